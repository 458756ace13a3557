//! Words that lexicons do not list because everybody can make them: with prefixes, with suffixes, of two words.

use super::lexicon::{self, LexiconEntry, Size};

/// How an unknown word may be made of known ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Derivation {
    /// A prefix before a known word: `redeploy`.
    Prefix,
    /// A suffix after a known word: `approver`.
    Suffix,
    /// Two known words: `changelog`.
    Compound,
    /// A form of a known word, which the lexicon would have if it were usual: `learnings`.
    Form,
}

const PREFIXES: [&str; 43] = [
    "anti", "auto", "back", "cloud", "co", "cross", "data", "de", "dis", "end", "file", "front", "git",
    "hot", "hyper", "inter", "intra", "key", "kube", "macro", "meta", "micro", "mis", "multi", "net", "non",
    "open", "out", "over", "post", "pre", "re", "run", "sub", "super", "sys", "time", "un", "under", "up",
    "en", "prev", "py",
];

/// Suffixes that make words of words, and names of programs, which no lexicon lists all.
const SUFFIXES: [&str; 50] = [
    "ctl",
    "db",
    "fs",
    "gen",
    "id",
    "ids",
    "js",
    "os",
    "able",
    "ability",
    "al",
    "ally",
    "ary",
    "ee",
    "ees",
    "er",
    "ers",
    "ful",
    "ible",
    "ic",
    "ification",
    "ified",
    "ifies",
    "ify",
    "ifying",
    "isation",
    "ise",
    "ised",
    "ises",
    "ish",
    "ising",
    "ism",
    "ist",
    "ists",
    "ity",
    "ization",
    "ize",
    "ized",
    "izes",
    "izing",
    "less",
    "like",
    "ly",
    "ment",
    "ments",
    "ness",
    "or",
    "ors",
    "wise",
    "y",
];

/// Endings of plurals, tenses and the like. Lexicons list what is usual of common words, all of it of few others.
const ENDINGS: [&str; 7] = ["s", "es", "ed", "d", "ing", "er", "ers"];

/// Words of three letters that compounds are made of.
const SHORT_PARTS: [&str; 56] = [
    "arg", "bus", "cfg", "cmd", "ins", "ref", "api", "app", "bar", "bit", "bot", "box", "dev", "dns", "end",
    "env", "fix", "hub", "job", "key", "lab", "lib", "log", "map", "net", "off", "ops", "out", "run", "set",
    "sub", "sys", "tab", "tag", "top", "url", "web", "sha", "ssh", "tls", "cpu", "css", "csv", "dom", "gen",
    "gpu", "gui", "img", "nav", "pen", "pkg", "pod", "sql", "ssl", "vpn", "xml",
];

const SHORTEST_BASE: usize = 4;
/// Suffixes of so many letters make words of common words that are shorter by one: `bitness`.
const LONG_SUFFIX: usize = 4;

/// How a word in lower case may be made of known ones, if it may.
pub fn derivation(word: &str) -> Option<Derivation> {
    if !word.is_ascii() || has_triple(word) || is_able(word) {
        return None;
    }
    let prefixed = || PREFIXES.iter().filter_map(|prefix| word.strip_prefix(prefix)).any(follows_prefix);
    if prefixed() {
        Some(Derivation::Prefix)
    } else if is_suffixed(word) {
        Some(Derivation::Suffix)
    } else if (3..word.len().saturating_sub(2)).any(|at| is_part(&word[..at]) && is_part(&word[at..])) {
        Some(Derivation::Compound)
    } else if has_base(word, &ENDINGS, is_listed) {
        Some(Derivation::Form)
    } else {
        None
    }
}

/// Whether a text is a prefix that makes words of words.
pub fn is_prefix(text: &str) -> bool {
    PREFIXES.contains(&text)
}

/// Whether two words in lower case are one word after two prefixes, so that each means something else: `recompress` and
/// `decompress`.
pub fn differ_in_prefix(word: &str, other: &str) -> bool {
    const SHORTEST: usize = 6;
    PREFIXES.iter().any(|prefix| {
        let base = word.strip_prefix(prefix).filter(|base| base.len() >= SHORTEST && is_listed(base));
        let prefix_of_other = base.and_then(|base| other.strip_suffix(base));
        prefix_of_other.is_some_and(|it| it != *prefix && is_prefix(it))
    })
}

/// Whether a text is a suffix that makes words of words.
pub fn is_suffix(text: &str) -> bool {
    SUFFIXES.contains(&text)
}

fn size(word: &str) -> Option<Size> {
    lexicon::lookup(word).and_then(LexiconEntry::size)
}

fn follows_prefix(rest: &str) -> bool {
    const ACTIVE: [&str; 5] = ["able", "ation", "ed", "er", "ing"];
    // Of the short words, rare ones are too often what is left of a typo.
    let rarest = if rest.len() == SHORTEST_BASE { Size::S40 } else { Size::S60 };
    let listed = size(rest).is_some_and(|size| size <= rarest);
    let made = || rest.len() >= 6 && ACTIVE.iter().any(|ending| rest.ends_with(ending)) && is_suffixed(rest);
    rest.len() >= SHORTEST_BASE && (listed || made())
}

fn is_suffixed(word: &str) -> bool {
    let from_ible = || word.strip_suffix("ibility").is_some_and(|stem| is_listed(&format!("{stem}ible")));
    let of_short = |ending: &&str| {
        let stem = word.strip_suffix(*ending).filter(|stem| stem.len() + 1 == SHORTEST_BASE);
        ending.len() >= LONG_SUFFIX && stem.and_then(size).is_some_and(|size| size <= Size::S35)
    };
    has_base(word, &SUFFIXES, is_listed)
        || has_base(word, &ENDINGS, is_special)
        || SUFFIXES.iter().any(of_short)
        || from_ible()
}

/// Whether a word is one of `endings` after what `is_base` accepts.
fn has_base(word: &str, endings: &[&str], is_base: fn(&str) -> bool) -> bool {
    let stems = endings.iter().filter_map(|ending| Some((word.strip_suffix(ending)?, *ending)));
    stems.flat_map(|(stem, ending)| bases(stem, ending)).any(|base| is_base(&base))
}

/// What a word may have been before its ending: `stem`; before a vowel `steme`, and `stem` for `stemm`; `stemy` for
/// `stemi`.
fn bases(stem: &str, ending: &str) -> impl Iterator<Item = String> {
    let bytes = stem.as_bytes();
    let vowel = ending.starts_with(['a', 'e', 'i', 'o', 'y']);
    let doubled = bytes.len() > 2 && bytes[bytes.len() - 1] == bytes[bytes.len() - 2];
    let plain = !(ending == "s" && stem.ends_with('s'));
    let shorter = || stem[..stem.len() - 1].to_owned();
    let mut bases = Vec::new();
    bases.extend(plain.then(|| stem.to_owned()));
    bases.extend(vowel.then(|| format!("{stem}e")));
    bases.extend((vowel && doubled).then(shorter));
    bases.extend(stem.ends_with('i').then(|| shorter() + "y"));
    bases.into_iter().filter(|base| base.len() >= SHORTEST_BASE)
}

fn is_listed(word: &str) -> bool {
    lexicon::lookup(word)
        .is_some_and(|entry| entry.is_technical() || entry.size().is_some_and(|size| size <= Size::S60))
}

/// Whether it ends in `-ible` or the like, and is known with `-able`.
fn is_able(word: &str) -> bool {
    let endings = [("ible", "able"), ("ibly", "ably"), ("ibility", "ability")];
    endings.iter().any(|(with_i, with_a)| {
        word.strip_suffix(with_i).is_some_and(|stem| lexicon::is_known_lower(&format!("{stem}{with_a}")))
    })
}

/// Whether a letter stands three times in a row, which no word has.
fn has_triple(word: &str) -> bool {
    word.as_bytes().windows(3).any(|three| three[0] == three[1] && three[1] == three[2])
}

fn is_special(word: &str) -> bool {
    if word.len() == SHORTEST_BASE {
        return false;
    }
    lexicon::lookup(word).is_some_and(|entry| match entry.size() {
        Some(size) => size > Size::S50,
        None => entry.is_technical(),
    })
}

fn is_part(word: &str) -> bool {
    if word.len() < SHORTEST_BASE {
        return SHORT_PARTS.contains(&word);
    }
    lexicon::lookup(word).is_some_and(|entry| {
        entry
            .size()
            .is_some_and(|size| size <= if word.len() > SHORTEST_BASE { Size::S50 } else { Size::S40 })
            || (entry.is_technical() && word.len() > SHORTEST_BASE)
    })
}

#[cfg(test)]
mod tests {
    use super::{Derivation, derivation};

    #[test]
    fn prefixes_are_known() {
        assert!(super::is_prefix("re") && !super::is_prefix("x"));
    }

    #[test]
    fn words_with_other_prefixes_are_others() {
        for (word, other) in [("recompress", "decompress"), ("macrobenchmark", "microbenchmark")] {
            assert!(super::differ_in_prefix(word, other), "{word}");
        }
        for (word, other) in [("reploy", "deploy"), ("recompress", "recompres"), ("decompres", "decompress")]
        {
            assert!(!super::differ_in_prefix(word, other), "{word}");
        }
    }

    #[test]
    fn words_that_everybody_can_make_are_known_as_such() {
        for (word, expected) in [
            ("multitenant", Some(Derivation::Prefix)),
            ("reindexing", Some(Derivation::Prefix)),
            ("pyharbour", Some(Derivation::Prefix)),
            ("mirrorless", Some(Derivation::Suffix)),
            ("approvers", Some(Derivation::Suffix)),
            ("netness", Some(Derivation::Suffix)),
            ("seedbox", Some(Derivation::Compound)),
            ("harbourmaps", Some(Derivation::Compound)),
            ("neyond", None),
            ("directivess", None),
            ("enlistement", None),
            // By chance, `exist` and `entail`: such a reading weighs less where two letters are swapped.
            ("existentail", Some(Derivation::Compound)),
            ("é", None),
            ("", None),
        ] {
            assert_eq!(derivation(word), expected, "{word}");
        }
    }
}
