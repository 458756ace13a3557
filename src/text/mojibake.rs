//! Text in UTF-8 that was read as Windows-1252 and written again: `Ã©` for `é`, `â€™` for `’`.

use std::ops::Range;

/// Characters that are UTF-8 read as Windows-1252.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MojibakeSequence {
    /// Their bytes in the text.
    pub range: Range<usize>,
    /// What they were.
    pub text: String,
}

/// What Windows-1252 has at 0x80 to 0x9F; where it has nothing, the control character of Latin-1.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// So many characters in a row that are UTF-8 are hardly anything else.
const CERTAIN: usize = 3;

/// How often a text may have been read wrongly.
const MAX_ROUNDS: usize = 3;

/// Whether a character is one of those with which a sequence begins.
pub const fn begins_mojibake(c: char) -> bool {
    matches!(c, '\u{C0}'..='\u{FF}')
}

/// The places of a text that are certainly UTF-8 read as Windows-1252, in order. Costs a search where there are none.
pub fn mojibake(text: &str) -> Vec<MojibakeSequence> {
    let mut found = Vec::new();
    let mut at = 0;
    // `Â` to `ô`, the characters that begin a sequence, are all encoded with this byte.
    while let Some(next) = memchr::memchr(0xC3, &text.as_bytes()[at..]) {
        let start = at + next;
        let run = Run::at(text, start);
        at = run.end.max(start + 1);
        while !text.is_char_boundary(at) {
            at += 1;
        }
        if run.is_certain {
            let mut decoded = run.text;
            for _ in 1..MAX_ROUNDS {
                decoded = repaired(&decoded);
            }
            found.push(MojibakeSequence { range: start..run.end, text: decoded });
        }
    }
    found
}

/// A text with one round of wrong reading undone where that is certain.
fn repaired(text: &str) -> String {
    let mut repaired = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let run = Run::at(text, at);
        if run.is_certain {
            repaired.push_str(&run.text);
            at = run.end;
        } else {
            repaired.push(c);
            at += c.len_utf8();
        }
    }
    repaired
}

/// Sequences in a row.
struct Run {
    end: usize,
    text: String,
    is_certain: bool,
}

impl Run {
    fn at(text: &str, start: usize) -> Self {
        let mut run = Self { end: start, text: String::new(), is_certain: false };
        let mut count = 0;
        while let Some((decoded, length)) = sequence(&text[run.end..]) {
            let before = text[..run.end].chars().next_back();
            run.is_certain |= is_telling(&text[run.end..run.end + length], decoded, before);
            run.text.push(decoded);
            run.end += length;
            count += 1;
        }
        run.is_certain |= count >= CERTAIN && run.text.chars().all(char::is_alphabetic);
        run
    }
}

/// The character that the first characters of a text are in UTF-8, and how many bytes of the text these are.
fn sequence(text: &str) -> Option<(char, usize)> {
    let mut chars = text.chars();
    let first = byte(chars.next()?)?;
    let length = match first {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let mut bytes = [first, 0, 0, 0];
    for slot in &mut bytes[1..length] {
        *slot = byte(chars.next()?).filter(|byte| (0x80..0xC0).contains(byte))?;
    }
    let decoded = std::str::from_utf8(&bytes[..length]).ok()?.chars().next()?;
    Some((decoded, text.len() - chars.as_str().len()))
}

/// The byte that Windows-1252 has for a character beyond ASCII.
fn byte(c: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(c)) {
        return (byte >= 0x80).then_some(byte);
    }
    HIGH.iter().position(|&high| high == c).map(|at| 0x80 + at as u8)
}

/// Whether a sequence is hardly anything that someone writes.
fn is_telling(written: &str, decoded: char, before: Option<char>) -> bool {
    let mut chars = written.chars();
    let (first, second) = (chars.next(), chars.next());
    // Words in uppercase end with `Ã` or `Â`, too.
    let follows_capital = before.is_some_and(char::is_uppercase);
    let is_quote = matches!(second, Some('‘' | '’' | '“' | '”' | '–' | '—' | '…' | '«' | '»' | '™' | '›'));
    let follows_letter = before.is_some_and(|c| c.is_alphabetic() && !c.is_uppercase());
    match first {
        Some('Ã') if is_quote => follows_letter,
        Some('Ã') => decoded.is_alphabetic() && !(second == Some('\u{A0}') && follows_capital),
        Some('Â') => !decoded.is_alphanumeric() && !follows_capital && second != Some('»'),
        Some('â') => ('\u{2000}'..'\u{2C00}').contains(&decoded),
        Some('ð') => true,
        Some('ï') => matches!(decoded, '\u{FEFF}' | '\u{FFFD}'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::mojibake;

    /// A text with what is found replaced.
    fn fixed(text: &str) -> String {
        let mut fixed = text.to_owned();
        for found in mojibake(text).into_iter().rev() {
            fixed.replace_range(found.range, &found.text);
        }
        fixed
    }

    /// A text in UTF-8, read as Windows-1252.
    fn misread(text: &str) -> String {
        let read = |byte: u8| match byte {
            0x80..=0x9F => super::HIGH[usize::from(byte - 0x80)],
            _ => char::from(byte),
        };
        text.bytes().map(read).collect()
    }

    #[test]
    fn what_was_read_wrongly_is_found_and_undone() {
        for text in [
            "café",
            "à la carte",
            "“quay” – it’s",
            "© 2024",
            "4 °C",
            "Fuß",
            "→ ebb",
            "😀",
            "Привет, мир",
            "海港の灯",
        ] {
            assert_eq!(fixed(&misread(text)), text);
            assert_eq!(fixed(&misread(&misread(text))), text);
        }
    }

    #[test]
    fn letters_of_other_languages_are_not_touched() {
        for text in [
            "NÃO",
            "MAÇÃ”",
            "À l’été « où »",
            "„MENÜ“ und „Ä“",
            "Â",
            "¿Qué?",
            "Ærø – ÅÄÖ",
            "naïve façade",
            "“Ã” is a letter",
            "é»\u{A0}",
            "Şişli Ñandú ðæ",
            "TÂ»",
        ] {
            assert_eq!(mojibake(text), [], "{text}");
        }
    }
}
