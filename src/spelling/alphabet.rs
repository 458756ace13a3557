//! What characters are to words.

use crate::text::Span;

/// What a character is to words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CharacterKind {
    /// Part of a word.
    Letter,
    /// Part of the letter before it: an accent of its own.
    Mark,
    /// Between words.
    Blank,
    /// Not seen by readers, in the middle of words too: soft hyphens, joiners.
    Invisible,
    /// Part of a word between its letters.
    Apostrophe,
    /// Opens a quotation or an aside.
    Opening,
    /// Closes one.
    Closing,
    /// Ends a sentence, or announces one.
    SentenceEnd,
    /// Parts words and sentences' parts.
    Dash,
    /// Any other punctuation, a digit, a symbol.
    Other,
}

/// What `c` is to words.
pub(super) fn kind(c: char) -> CharacterKind {
    match c {
        '\'' | '\u{2019}' => CharacterKind::Apostrophe,
        '"' | '(' | '[' | '\u{201c}' | '\u{2018}' | '\u{ab}' | '\u{201e}' => CharacterKind::Opening,
        ')' | ']' | '\u{201d}' | '\u{bb}' | '*' | '_' => CharacterKind::Closing,
        '.' | '!' | '?' | ':' | '|' | '\u{2026}' => CharacterKind::SentenceEnd,
        '\u{2013}' | '\u{2014}' | '\u{2212}' => CharacterKind::Dash,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => CharacterKind::Invisible,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}' => CharacterKind::Mark,
        c if c.is_alphabetic() => CharacterKind::Letter,
        c if c.is_whitespace() || c.is_control() => CharacterKind::Blank,
        _ => CharacterKind::Other,
    }
}

/// How many letters of the basic alphabet `text` begins with.
#[inline]
pub(super) fn letters(text: &[u8]) -> usize {
    run(text, others, u8::is_ascii_alphabetic)
}

/// How many bytes `text` begins with that are not letters of the basic alphabet.
#[inline]
pub(super) fn no_letters(text: &[u8]) -> usize {
    run(text, |bytes| others(bytes) ^ HIGHEST, |byte| !byte.is_ascii_alphabetic())
}

/// How many bytes of a kind `text` begins with, eight at a time: `others` marks those of another kind.
#[inline]
fn run(text: &[u8], others: impl Fn(u64) -> u64, is_one: impl Fn(&u8) -> bool) -> usize {
    let mut at = 0;
    while let Some(eight) = text.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let others = others(u64::from_le_bytes(*eight));
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at + text[at..].iter().take_while(|byte| is_one(byte)).count()
}

/// The bytes up to the end of a span and a few after it, so that [`letters`] need not count its last ones one by one.
#[inline]
pub(super) fn reach(source: &str, span: Span) -> &[u8] {
    &source.as_bytes()[..source.len().min(span.end as usize + 8)]
}

/// One in each of eight bytes, and the highest bit of each.
const EACH: u64 = 0x0101_0101_0101_0101;
const HIGHEST: u64 = 0x80 * EACH;

/// Marks which of eight bytes are not letters of the basic alphabet, with the highest bit of each.
#[inline]
const fn others(bytes: u64) -> u64 {
    const LOWER: u64 = 0x20 * EACH;
    let lower = (bytes | LOWER) & !HIGHEST;
    // The sums stay within their bytes and reach the highest bit from `a` on, and from after `z` on.
    let from_a = lower + (0x80 - b'a' as u64) * EACH;
    let behind_z = lower + (0x80 - (b'z' + 1) as u64) * EACH;
    (!from_a | behind_z | bytes) & HIGHEST
}

/// Whether the bytes before a word, the nearer one first, say that it is part of a name in code. 0 stands for code.
pub(super) fn touches_before(near: u8, far: u8, at_start: bool) -> bool {
    match near {
        b'@' | b'#' | b'$' | b'\\' | b'=' | b'&' | b'%' | b'~' | b'<' | 0 => true,
        b'_' | b'.' | b'/' | b'(' | b']' => far.is_ascii_alphanumeric(),
        b':' => far == b':',
        b'-' => far == b'-' || (far == b' ' && !at_start),
        byte => byte.is_ascii_digit(),
    }
}

/// Whether the bytes after a word, the nearer one first, say that it is part of a name in code. 0 stands for code.
pub(super) fn touches_after(near: u8, far: u8) -> bool {
    match near {
        b'=' | b'\\' | b'@' | b'(' | 0 => true,
        b'_' | b'.' | b'/' | b'[' => far.is_ascii_alphanumeric(),
        b':' => far == b':',
        byte => byte.is_ascii_digit(),
    }
}

#[cfg(test)]
mod tests {
    use super::{letters, no_letters};

    #[test]
    fn letters_are_counted_wherever_they_end() {
        for byte in 0..=u8::MAX {
            for count in 0..20 {
                let mut text = vec![b'q'; count];
                text.push(byte);
                let expected = count + usize::from(byte.is_ascii_alphabetic());
                assert_eq!(letters(&text), expected, "{byte} behind {count} letters");
                text.extend(b"? more");
                assert_eq!(letters(&text), expected, "{byte} behind {count} letters, and more");
                let others: Vec<u8> = text.iter().map(|byte| byte ^ 0x40).collect();
                let expected = others.iter().position(u8::is_ascii_alphabetic).unwrap_or(others.len());
                assert_eq!(no_letters(&others), expected, "{others:?}");
            }
        }
    }
}
