//! `a` or `an`, by the sound that follows.

use super::{Hit, Topic, matcher::is_quoted};
use crate::{
    spelling::words::{Flags, Gap, Words},
    text::Span,
};

pub(super) const IDS: &[&str] = &["a-before-vowel", "an-before-consonant"];

/// How a word or a number begins when it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sound {
    Vowel,
    Consonant,
}
use Sound::{Consonant, Vowel};

/// Words that follow the letter `a` where it is a name, and that no article can stand before.
const AFTER_A_NAME: &[&str] = &[
    "and", "or", "is", "are", "as", "at", "in", "if", "of", "on", "it", "its", "into", "also", "either", "equals", "exists",
    "appears", "always", "each", "unless", "until", "under", "over", "above", "after", "against", "along", "among", "around",
    "onto", "out", "us", "i", "an", "a", "isn't", "instead", "off", "up", "has", "was", "were", "to", "the", "then", "they",
    "we", "you", "he", "she", "this", "that", "these", "those", "can", "will", "would", "should", "not", "with", "from",
    "by", "for", "but", "be", "which", "while", "when", "where", "there", "their", "our", "your", "my", "does", "do", "had", "have",
    "der", "die", "das", "den", "dem", "einem", "einer", "einen", "la", "el", "al", "un", "una", "uno", "este", "esta", "otro", "otra", "ambos", "usted", "et", "en", "est", "ils", "elle", "été",
];

/// Judges the article at `index`.
pub(super) fn judge(words: &Words, source: &str, index: usize) -> Option<Hit> {
    let all = words.all();
    let word = &all[index];
    let article = words.text(index, source);
    let may_be_capital = matches!(word.gap, Gap::Start | Gap::Sentence);
    let is_plain = article.starts_with('a') || may_be_capital;
    if !is_plain || article.ends_with('N') || word.gap == Gap::Hyphen {
        return None;
    }
    let next = all.get(index + 1).filter(|next| next.gap == Gap::Blank);
    let (sound, end) = if let Some(next) = next {
        if next.flags.has_any(Flags::IDENTIFIER.with(Flags::FOREIGN)) {
            return None;
        }
        let text = words.text(index + 1, source);
        let before_hyphen = next.flags.has(Flags::BEFORE_HYPHEN);
        if !before_hyphen && AFTER_A_NAME.iter().any(|it| it.eq_ignore_ascii_case(text)) {
            return None;
        }
        (sound(text, before_hyphen)?, next.span.end)
    } else {
        let rest = &source[word.span.end as usize..];
        let number = rest.trim_start_matches(' ');
        let digits = number.len() - number.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if number.len() == rest.len() || digits == 0 {
            return None;
        }
        let end = word.span.end as usize + rest.len() - number.len() + digits;
        (number_sound(&number[..digits], &number[digits..])?, end as u32)
    };
    let right = article.len() == 2 && sound == Vowel || article.len() == 1 && sound == Consonant;
    if right || is_quoted(source, Span::new(word.span.start, end)) {
        return None;
    }
    let (pattern, write) = if sound == Vowel { (IDS[0], "an") } else { (IDS[1], "a") };
    Some(Hit { topic: Topic::Article, pattern, phrase: index..index + 1, wrong: index..index + 1, write })
}

/// How a number begins, given its digits and what follows them.
fn number_sound(digits: &str, rest: &str) -> Option<Sound> {
    match digits {
        _ if digits.starts_with('0') => None,
        _ if digits.starts_with('8') => Some(Vowel),
        "11" | "18" => (!rest.starts_with('.') || true).then_some(Vowel),
        // `eleven hundred` and `one thousand one hundred` are both usual.
        _ if digits.len() == 4 && (digits.starts_with("11") || digits.starts_with("18")) => None,
        _ => Some(Consonant),
    }
}

/// How a word begins; nothing where it is said in two ways, or where it is not known.
fn sound(word: &str, before_hyphen: bool) -> Option<Sound> {
    let lower = word.to_ascii_lowercase();
    let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
    let starts_capital = word.starts_with(|c: char| c.is_ascii_uppercase());
    if word.len() == 1 {
        return if before_hyphen || !starts_capital { letter(&lower) } else { letter(&lower) };
    }
    let plural = lower.strip_suffix("'s").or(lower.strip_suffix('s')).unwrap_or(&lower);
    if capitals > 1 || capitals == 1 && !starts_capital {
        return mixed(word, plural);
    }
    if !lower.contains(['a', 'e', 'i', 'o', 'u', 'y']) {
        return letter(&lower);
    }
    spoken(&lower)
}

/// How the name of a word's first letter begins.
fn letter(lower: &str) -> Option<Sound> {
    match lower.as_bytes().first()? {
        b'a' | b'e' | b'f' | b'i' | b'l' | b'm' | b'n' | b'o' | b'r' | b's' | b'x' => Some(Vowel),
        b'h' => Some(Vowel),
        b'a'..=b'z' => Some(Consonant),
        _ => None,
    }
}

/// How an abbreviation or a name with capitals inside begins: said as a word, or letter by letter.
fn mixed(word: &str, lower: &str) -> Option<Sound> {
    /// Said letter by letter, though they have vowels.
    const SPELT: &[&str] = &["udp", "ui", "uid", "uri", "url", "usb", "utc", "utf", "uuid", "ux", "uefi", "usa", "uk", "ulid"];
    let by_letter = letter(lower);
    let acronym = word.trim_end_matches('s').bytes().all(|byte| byte.is_ascii_uppercase());
    if SPELT.contains(&lower) || acronym && !lower.contains(['a', 'e', 'i', 'o', 'u', 'y']) && lower != "sql" {
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
            Some(if one { Consonant } else { Vowel })
        }
        b'u' => after_u(lower),
        b'h' if starts(&["hour", "honest", "honor", "honour", "heir"]) => Some(Vowel),
        // The h is mute for some, or the stress lies behind it.
        b'h' if starts(&["herb", "homage", "histor", "hotel", "habit", "hyst", "heredit", "heroic", "hallucin", "hilarious", "horrif", "human"]) => None,
        b'x' | b'y' if !lower[1..].starts_with(['a', 'e', 'i', 'o', 'u']) => None,
        b'x' => None,
        _ => pronounceable(lower).then_some(Consonant),
    }
}

/// How a word with `u` begins: as `under` or as `use`.
fn after_u(lower: &str) -> Option<Sound> {
    let starts = |list: &[&str]| list.iter().any(|it| lower.starts_with(it));
    if starts(&["uni"]) {
        let negation = starts(&["unin", "unim", "unide", "unidio", "unig", "unir", "uniss"]);
        return Some(if negation { Vowel } else { Consonant });
    }
    if starts(&["unanim", "unary", "ubi", "ufo", "uk", "use", "usa", "usi", "usu", "uti", "uto", "ute", "uuid", "ura", "ure", "uri", "uro", "url", "usb", "ui", "ux"]) {
        return Some(Consonant);
    }
    if starts(&["uga", "udev", "uv", "uw", "udp", "utf", "uefi", "uid", "ubu", "uu", "ud", "uc", "uf", "uy", "uz"]) {
        return None;
    }
    Some(Vowel)
}

/// Whether a word begins with consonants as English words do; others may be said letter by letter.
fn pronounceable(lower: &str) -> bool {
    const CLUSTERS: &[&str] = &[
        "bl", "br", "ch", "cl", "cr", "dr", "dw", "fl", "fr", "gh", "gl", "gn", "gr", "kn", "ph", "pl", "pr", "ps", "py", "rh", "sc",
        "sch", "scr", "sh", "shr", "sk", "sl", "sm", "sn", "sp", "spl", "spr", "sq", "st", "str", "sw", "th", "thr", "tr",
        "tw", "wh", "wr", "kl", "kr",
    ];
    let end = lower.find(['a', 'e', 'i', 'o', 'u', 'y']).unwrap_or(lower.len());
    end <= 1 && lower.len() > 2 || CLUSTERS.contains(&&lower[..end])
}
