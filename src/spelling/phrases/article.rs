//! `a` or `an`, by the sound that follows.

use super::{Hit, Topic, phrase::is_quoted};
use crate::{
    spelling::{
        WordStatus, lexicon,
        words::{Flags, Gap, Words},
    },
    text::Span,
};

pub(super) const IDS: &[&str] = &["a-before-vowel", "an-before-consonant", "before-code"];

/// How a word or a number begins when it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sound {
    Vowel,
    Consonant,
}
use Sound::{Consonant, Vowel};

/// Words that follow the letter `a` where it is a name, and that no article can be before.
const AFTER_A_NAME: &[&str] = &[
    "and", "or", "is", "are", "as", "at", "in", "if", "of", "on", "it", "its", "into", "also", "either",
    "equals", "exists", "appears", "always", "each", "unless", "until", "under", "over", "above", "after",
    "against", "along", "among", "around", "onto", "out", "us", "i", "an", "a", "isn't", "instead", "off",
    "up", "has", "was", "were", "to", "the", "then", "they", "we", "you", "he", "she", "this", "that",
    "these", "those", "can", "will", "would", "should", "not", "with", "from", "by", "for", "but", "be",
    "which", "while", "when", "where", "there", "their", "our", "your", "my", "does", "do", "had", "have",
    "der", "die", "das", "den", "dem", "einem", "einer", "einen", "la", "el", "al", "un", "una", "uno",
    "este", "esta", "otro", "otra", "ambos", "usted", "et", "en", "est", "ils", "elle", "été",
];

/// Judges the article at `index`.
#[inline(never)]
pub(super) fn judge(words: &Words, source: &str, index: usize) -> Option<Hit> {
    let word = &words.all()[index];
    let article = words.text(index, source);
    let may_be_capital = matches!(word.gap, Gap::Start | Gap::Sentence);
    if !article.starts_with('a') && !may_be_capital || article.ends_with('N') || word.gap == Gap::Hyphen {
        return None;
    }
    let wanted = if article.len() == 1 { Consonant } else { Vowel };
    let next = words.all().get(index + 1).filter(|next| next.gap == Gap::Blank);
    let code = code_word(source, word.span.end);
    let (sound, end) = if let Some((text, end)) = code {
        (sound_in_code(text).filter(|_| plainly(text) != Some(wanted))?, end)
    } else if let Some(next) = next {
        let text = words.text(index + 1, source);
        // The first letter of `<u>s</u>entence`, and of `e m p h a s i s`.
        let is_split = text.len() == 1
            && (source[next.span.end as usize..].starts_with("</")
                || words.all().get(index + 2).is_some_and(|it| it.gap == Gap::Blank && it.span.len() == 1));
        if is_split
            || plainly(text) == Some(wanted)
            || next.flags.has_any(Flags::IDENTIFIER.with(Flags::FOREIGN))
        {
            return None;
        }
        let may_follow_a_name = !next.flags.has(Flags::BEFORE_HYPHEN)
            && AFTER_A_NAME.iter().any(|it| it.eq_ignore_ascii_case(text));
        (sound(text).filter(|_| !may_follow_a_name)?, next.span.end)
    } else {
        number(source, word.span.end)?
    };
    if sound == wanted || is_quoted(source, Span::new(word.span.start, end)) {
        return None;
    }
    let (pattern, write) = if sound == Vowel { (IDS[0], "an") } else { (IDS[1], "a") };
    let pattern = if code.is_some() { IDS[2] } else { pattern };
    Some(Hit {
        topic: Topic::Article,
        pattern,
        phrase: index..index + 1,
        wrong: index..index + 1,
        write: write.into(),
    })
}

/// The word with which inline code begins that follows the offset `from`, and where it ends: `isolation` of
/// `isolationLevel`. Code that begins with a letter alone, or with one and a number, has none.
fn code_word(source: &str, from: u32) -> Option<(&str, u32)> {
    let rest = &source[from as usize..];
    let code = rest.strip_prefix(" `").or_else(|| rest.strip_prefix("\n`"))?;
    let letters = code.bytes().take_while(u8::is_ascii_alphabetic).count();
    let first = first_part(&code[..letters]);
    let is_part = first.len() < letters || !code[letters..].starts_with(['`', ' ', '(', '.']);
    let is_word = first.len() > 1
        && !code[letters..].starts_with(|c: char| c.is_ascii_digit() || !c.is_ascii())
        && (!is_part || lexicon::is_known_lower(&first.to_ascii_lowercase()));
    is_word.then(|| (first, from + (rest.len() - code.len() + first.len()) as u32))
}

/// The first part of a name in mixed case; all of a word in one case.
fn first_part(name: &str) -> &str {
    let bytes = name.as_bytes();
    let starts_lower = bytes.first().is_some_and(u8::is_ascii_lowercase);
    let first_capital =
        bytes.iter().skip(1).position(u8::is_ascii_uppercase).map_or(bytes.len(), |at| at + 1);
    let is_shouted = bytes.iter().all(u8::is_ascii_uppercase);
    // `HTTPServer` has no end that its case shows.
    let is_unclear = !starts_lower && first_capital == 1 && !is_shouted;
    match () {
        () if is_shouted => name,
        () if is_unclear => "",
        () => &name[..first_capital],
    }
}

/// How a word of code begins. Names in uppercase are said as words, if they can be, unless they are short.
fn sound_in_code(word: &str) -> Option<Sound> {
    const SHORT: usize = 4;
    let is_shouted = word.len() > SHORT && word.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_shouted { spoken(&word.to_ascii_lowercase()) } else { sound(word) }
}

/// How a word begins that needs no second look.
fn plainly(word: &str) -> Option<Sound> {
    match word.as_bytes() {
        [b'a' | b'i', _, ..]
        | [b'e', b'a'..=b't' | b'v' | b'x'..=b'z', ..]
        | [b'o', b'a'..=b'm' | b'p'..=b't', ..] => Some(Vowel),
        [b'b' | b'c' | b'd' | b'g' | b'j' | b'k' | b'p' | b'q' | b't' | b'v' | b'w' | b'z', ..] => {
            Some(Consonant)
        }
        [b'f' | b'l' | b'm' | b'n' | b'r' | b's', b'a' | b'e' | b'i' | b'o' | b'u', ..]
        | [
            b's',
            b'c' | b'h' | b'k' | b'l' | b'm' | b'n' | b'p' | b't' | b'w',
            b'a' | b'e' | b'i' | b'o' | b'r' | b'u',
            ..,
        ] => Some(Consonant),
        _ => None,
    }
}

/// How the number begins that follows the offset `from`, and where its digits end.
fn number(source: &str, from: u32) -> Option<(Sound, u32)> {
    let rest = &source[from as usize..];
    let number = rest.trim_start_matches(' ');
    let digits = number.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(number.len());
    if number.len() == rest.len() || digits == 0 {
        return None;
    }
    let sound = number_sound(&number[..digits])?;
    Some((sound, from + (rest.len() - number.len() + digits) as u32))
}

/// How a number begins, given its digits.
fn number_sound(digits: &str) -> Option<Sound> {
    match digits {
        "11" | "18" => Some(Vowel),
        // `eleven hundred` and `one thousand one hundred` are both usual, and so are `oh` and `zero`.
        _ if digits.len() == 4 && (digits.starts_with("11") || digits.starts_with("18")) => None,
        _ if digits.starts_with('0') => None,
        _ => Some(if digits.starts_with('8') { Vowel } else { Consonant }),
    }
}

/// How a word begins; nothing where it is said in two ways, or where it is not known.
fn sound(word: &str) -> Option<Sound> {
    /// Without a vowel, and usually said letter by letter; others are short for words: `src`, `msg`, `fmt`.
    const LETTERS: &[&str] = &[
        "ssh", "html", "http", "https", "npm", "xml", "ftp", "sftp", "rss", "sdk", "rpc", "lts", "mvp",
        "nfs", "sms", "mp", "rtl", "hls", "ldap",
    ];
    let lower = word.to_ascii_lowercase();
    let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
    let starts_capital = word.starts_with(|c: char| c.is_ascii_uppercase());
    if word.len() == 1 {
        return letter(&lower);
    }
    if capitals > 1 || capitals == 1 && !starts_capital {
        return mixed(word, &lower);
    }
    // Of two letters it may be read letter by letter: `a ul`, `an li`.
    if word.len() == 2 && letter(&lower) != spoken(&lower) {
        return None;
    }
    if !lower.contains(['a', 'e', 'i', 'o', 'u', 'y']) {
        return letter(&lower)
            .filter(|sound| *sound == Consonant && !starts_capital || LETTERS.contains(&&*lower));
    }
    spoken(&lower)
}

/// How the name of a word's first letter begins.
fn letter(lower: &str) -> Option<Sound> {
    match lower.as_bytes().first()? {
        b'a' | b'e' | b'f' | b'i' | b'l' | b'm' | b'n' | b'o' | b'r' | b's' | b'x' | b'h' => Some(Vowel),
        b'a'..=b'z' => Some(Consonant),
        _ => None,
    }
}

/// Said letter by letter, though they have vowels.
const SPELT: &[&str] =
    &["udp", "ui", "uid", "uri", "url", "usb", "utc", "utf", "uuid", "ux", "uefi", "usa", "uk", "ulid"];

/// How an abbreviation or a name with capital letters inside begins: said as a word, or letter by letter.
fn mixed(word: &str, lower: &str) -> Option<Sound> {
    let plural = lower.strip_suffix("'s").or(lower.strip_suffix('s'));
    let lower = plural.filter(|_| !word.ends_with('S')).unwrap_or(lower);
    let by_letter = letter(lower);
    let acronym = word[..lower.len()].bytes().all(|byte| byte.is_ascii_uppercase());
    let cannot_be_said = !lower.contains(['a', 'e', 'i', 'o', 'u', 'y'])
        || lower.starts_with(CONSONANTS) && !pronounceable(lower);
    // `SLA` and `SNI` could be said as words, but are not.
    let is_spelt =
        acronym && matches!(lower.as_bytes(), [b's', b'l' | b'm' | b'n', b'a' | b'e' | b'i' | b'o' | b'u']);
    if SPELT.contains(&lower) || is_spelt || acronym && cannot_be_said && lower != "sql" {
        return by_letter;
    }
    let by_word = spoken(lower);
    (by_letter == by_word).then_some(by_letter).flatten()
}

/// How a word that is said as one begins.
fn spoken(lower: &str) -> Option<Sound> {
    let starts = |list: &[&str]| list.iter().any(|it| lower.starts_with(it));
    match lower.as_bytes()[0] {
        b'a' | b'i' => Some(Vowel),
        b'e' if starts(&["euler"]) => Some(Vowel),
        b'e' => Some(if starts(&["eu", "ew"]) { Consonant } else { Vowel }),
        b'o' if starts(&["ouija", "oui"]) => Some(Consonant),
        b'o' => {
            let one = matches!(lower, "one" | "ones" | "one's" | "once" | "oneself" | "onetime");
            // Names are made with `one`: OneGet.
            if lower.starts_with("one") && !one { None } else { Some(if one { Consonant } else { Vowel }) }
        }
        b'u' => after_u(lower),
        b'h' if starts(&["hour", "honest", "honor", "honour", "heir"]) => Some(Vowel),
        // The h is mute for some, or the stress is after it.
        b'h' if starts(&[
            "herb",
            "homage",
            "histor",
            "hotel",
            "habit",
            "hyst",
            "heredit",
            "heroic",
            "hallucin",
            "hilarious",
            "horrif",
            "human",
        ]) =>
        {
            None
        }
        b'x' | b'y' if !lower[1..].starts_with(['a', 'e', 'i', 'o', 'u']) => None,
        b'x' => None,
        _ => pronounceable(lower).then_some(Consonant),
    }
}

/// How a word with `u` begins: as `under` or as `use`.
fn after_u(lower: &str) -> Option<Sound> {
    let starts = |list: &[&str]| list.iter().any(|it| lower.starts_with(it));
    if starts(&["uni"]) {
        let negation = starts(&["unin", "unim", "uniden", "unidio", "unig", "uniss"]);
        return Some(if negation { Vowel } else { Consonant });
    }
    if starts(&[
        "unanim", "unary", "ubi", "ufo", "uk", "use", "usa", "usi", "usu", "uti", "uto", "ute", "uuid",
        "ura", "ure", "uri", "uro", "url", "usb", "ui", "ux",
    ]) {
        return Some(Consonant);
    }
    if starts(&[
        "uga", "udev", "uv", "uw", "udp", "utf", "uefi", "uid", "ubu", "uu", "ud", "uc", "uf", "uy", "uz",
        "umd",
    ]) {
        return None;
    }
    // The letter may be said before a word, as in `ulimit`.
    let is_joined = || lower.get(1..).is_some_and(|rest| rest.len() > 2 && lexicon::is_known_lower(rest));
    if WordStatus::of(lower) != WordStatus::Common && is_joined() {
        return None;
    }
    Some(Vowel)
}

/// Letters that are consonants wherever they stand.
const CONSONANTS: [char; 19] =
    ['b', 'c', 'd', 'f', 'g', 'j', 'k', 'l', 'm', 'n', 'p', 'q', 'r', 's', 't', 'v', 'w', 'x', 'z'];

/// Whether a word begins with consonants as English words do; others may be said letter by letter.
fn pronounceable(lower: &str) -> bool {
    const CLUSTERS: &[&str] = &[
        "bl", "br", "ch", "cl", "cr", "dr", "dw", "fl", "fr", "gh", "gl", "gn", "gr", "kn", "ph", "pl", "pr",
        "ps", "py", "rh", "sc", "sch", "scr", "sh", "shr", "sk", "sl", "sm", "sn", "sp", "spl", "spr", "sq",
        "st", "str", "sw", "th", "thr", "tr", "tw", "wh", "wr", "kl", "kr",
    ];
    let end = lower.find(['a', 'e', 'i', 'o', 'u', 'y']).unwrap_or(lower.len());
    end <= 1 && lower.len() > 2 || CLUSTERS.contains(&&lower[..end])
}

#[cfg(test)]
mod tests {
    use super::{
        Sound::{Consonant, Vowel},
        number_sound, plainly, sound,
    };

    #[test]
    fn words_begin_as_they_are_said() {
        for (words, expected) in [
            (
                "apple hour honest heir Euler umbrella unusual unimportant uninstalled unidentified SSH NPM FBI MDX \
                npm X s island onion only uppercase LTS HTML's RPCs SLA SMO",
                Some(Vowel),
            ),
            (
                "boat European ewe one once user unique unicorn unit Unix unary unanimous unidirectional ubiquitous \
                URL USB UI UUIDs PDF CL yes yard house U Ukrainian utility jdk C specific string shrimp three",
                Some(Consonant),
            ),
            ("SQL historic herb src msg nginx rsync OneGet NASA xenon Mr ytterbium LAN ul li", None),
        ] {
            for word in words.split(' ') {
                assert_eq!(sound(word), expected, "{word}");
            }
        }
    }

    #[test]
    fn the_first_look_does_not_contradict_the_second() {
        for word in
            ["apple", "island", "event", "over", "string", "small", "boat", "quite", "yes", "family", "lamp"]
        {
            assert!(plainly(word).is_none_or(|quick| sound(word) == Some(quick)), "{word}");
        }
    }

    #[test]
    fn numbers_begin_as_they_are_said() {
        for (digits, expected) in [
            ("8", Some(Vowel)),
            ("80", Some(Vowel)),
            ("11", Some(Vowel)),
            ("18", Some(Vowel)),
            ("12", Some(Consonant)),
            ("1", Some(Consonant)),
            ("110", Some(Consonant)),
            ("1100", None),
            ("0", None),
        ] {
            assert_eq!(number_sound(digits), expected, "{digits}");
        }
    }
}
