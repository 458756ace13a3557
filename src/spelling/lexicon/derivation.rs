//! Words that no list has because anybody can make them.

use super::{
    LONGEST,
    entry::{Forms, Size},
};

/// How an unknown word seems to be made of known ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Derivation {
    /// A known word behind a prefix or a first part: `resynchronise`, `multitenant`.
    Prefix,
    /// A known word before an ending: `mirrorless`.
    Suffix,
    /// Two known words: `seedbox`.
    Compound,
}

const PREFIXES: [&str; 48] = [
    "anti", "auto", "back", "be", "cloud", "co", "cross", "data", "de", "dis", "en", "end", "file", "front",
    "git", "hot", "hyper", "in", "inter", "intra", "key", "kube", "meta", "micro", "mis", "multi", "net",
    "non", "open", "out", "over", "post", "pre", "re", "run", "sub", "super", "sys", "time", "un", "under",
    "up", "counter", "mega", "mini", "pseudo", "semi", "ultra",
];

const SUFFIXES: [&str; 48] = [
    "ability", "able", "al", "ally", "ary", "d", "ed", "er", "ers", "es", "ful", "ible", "ic", "ing",
    "isation", "ise", "ised", "ish", "ising", "ism", "ist", "ists", "ity", "ization", "ize", "ized", "izes",
    "izing", "less", "like", "ly", "ment", "ments", "ness", "or", "s", "wise", "y", "ises", "izer", "izers",
    "iser", "isers", "ings", "ables", "ship", "hood", "ward",
];

/// Endings of verbs that a prefix may stand before although the verb's form is in no list: `reindexing`.
const VERBAL: [&str; 5] = ["ing", "ed", "er", "able", "ation"];

/// The fewest letters of a word that a prefix or an ending goes with.
const SHORTEST_BASE: usize = 4;
/// The fewest letters of a form that may have an ending behind a prefix.
const SHORTEST_VERB: usize = 6;
/// The fewest letters of a part of a compound that is a word, and of one that is a term.
const SHORTEST_PART: usize = 3;
const SHORTEST_TERM: usize = 4;

/// How a word of the letters a to z may be made of known ones, if it may; it need not be unknown itself.
pub fn derived(word: &str) -> Option<Derivation> {
    if word.len() > 2 * LONGEST || !word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let word = word.to_ascii_lowercase();
    if has_prefix(&word) {
        Some(Derivation::Prefix)
    } else if has_suffix(&word) {
        Some(Derivation::Suffix)
    } else if is_compound(&word) {
        Some(Derivation::Compound)
    } else {
        None
    }
}

fn has_prefix(word: &str) -> bool {
    PREFIXES.iter().filter_map(|prefix| word.strip_prefix(prefix)).any(|base| {
        base.len() >= SHORTEST_BASE && is_word(base, Size::S60)
            || base.len() >= SHORTEST_VERB
                && VERBAL.iter().any(|ending| base.ends_with(ending))
                && has_suffix(base)
    })
}

fn has_suffix(word: &str) -> bool {
    SUFFIXES.iter().filter_map(|suffix| word.strip_suffix(suffix)).any(|stem| {
        let is_base = |base: &str| {
            base.len() >= SHORTEST_BASE && (is_word(base, Size::S60) || Forms::of(base).has(Forms::TECHNICAL))
        };
        let bytes = stem.as_bytes();
        let doubled = bytes.len() > 2 && bytes[bytes.len() - 1] == bytes[bytes.len() - 2];
        is_base(stem)
            || is_base(&format!("{stem}e"))
            || doubled && is_base(&stem[..stem.len() - 1])
            || stem.strip_suffix('i').is_some_and(|stem| is_base(&format!("{stem}y")))
    })
}

fn is_compound(word: &str) -> bool {
    let is_part = |part: &str| {
        is_word(part, Size::S50) || part.len() >= SHORTEST_TERM && Forms::of(part).has(Forms::TECHNICAL)
    };
    (SHORTEST_PART..=word.len().saturating_sub(SHORTEST_PART)).any(|at| {
        let (first, second) = word.split_at(at);
        is_part(first) && is_part(second)
    })
}

fn is_word(word: &str, largest: Size) -> bool {
    Forms::of(word).size().is_some_and(|size| size <= largest)
}
