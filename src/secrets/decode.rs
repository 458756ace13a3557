//! A word of a text as renderers and browsers decode it, with the place of every byte in the text.
//!
//! Decoded are character references of HTML, backslash escapes of CommonMark, YAML, TOML and JSON, lines continued by a
//! backslash, full-width forms of ASCII as Chinese and Japanese keyboards write them, and percent escapes and character
//! references as deep as they are nested. Tabs and line breaks are left out, as browsers leave them out of URLs, and so
//! are characters that show nothing, as in the names of hosts (UTS #46, section 4).

use std::{borrow::Cow, ops::Range};

use super::words::gap;
use crate::text::{CharacterReference, invisible_name};

/// Levels of percent-encoding that are told apart; deeper ones count as the last.
pub(super) const LEVELS: usize = 4;

/// Where a decoded byte comes from.
#[derive(Debug, Clone, Copy)]
struct Origin {
    /// Its first byte in the text.
    at: u32,
    /// How often it is percent-encoded.
    level: u8,
    /// Whether the text has a character reference or a backslash escape for it.
    is_escaped: bool,
}

/// A decoded word. Places in it are indices of decoded bytes.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    pub bytes: Cow<'a, [u8]>,
    /// One for each byte; none at all where every byte is written as it is.
    origins: Vec<Origin>,
    /// The word in the text.
    source: Range<usize>,
}

impl<'a> Decoded<'a> {
    pub(super) fn new(text: &'a str, word: Range<usize>) -> Self {
        let bytes = &text.as_bytes()[word.clone()];
        let is_plain = memchr::memchr3(b'&', b'%', b'\\', bytes).is_none()
            && memchr::memchr3(LATIN_1, PUNCTUATION, FORMS, bytes).is_none()
            && memchr::memchr3(b'\t', b'\n', b'\r', bytes).is_none();
        if is_plain {
            return Self { bytes: Cow::Borrowed(bytes), origins: vec![], source: word };
        }
        let mut decoder = Decoder { bytes: Vec::with_capacity(bytes.len()), origins: vec![] };
        let mut at = 0;
        while at < bytes.len() {
            at += decoder.unit(&bytes[at..], word.start + at);
        }
        Self { bytes: Cow::Owned(decoder.bytes), origins: decoder.origins, source: word }
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The byte at a place; none past the end.
    pub(super) fn get(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    /// How often a byte is percent-encoded.
    pub(super) fn level(&self, at: usize) -> usize {
        self.origins.get(at).map_or(0, |origin| usize::from(origin.level))
    }

    /// Whether a byte is written as it is.
    pub(super) fn is_plain(&self, at: usize) -> bool {
        self.origins.get(at).is_none_or(|origin| origin.level == 0 && !origin.is_escaped)
    }

    /// The bytes of the text that a range stands for.
    pub(super) fn source(&self, range: Range<usize>) -> Range<usize> {
        let place = |at: usize| match self.origins.get(at) {
            Some(origin) => origin.at as usize,
            None if at < self.len() => self.source.start + at,
            None => self.source.end,
        };
        place(range.start)..place(range.end)
    }

    /// A range as text.
    pub(super) fn text(&self, range: Range<usize>) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes[range])
    }

    /// The word in the text.
    pub(super) fn word(&self) -> Range<usize> {
        self.source.clone()
    }
}

/// Bytes of a character reference that is looked for in decoded text.
const LONGEST_REFERENCE: usize = 12;

struct Decoder {
    bytes: Vec<u8>,
    origins: Vec<Origin>,
}

impl Decoder {
    /// Decodes what `rest` begins with and returns how many of its bytes that takes.
    fn unit(&mut self, rest: &[u8], at: usize) -> usize {
        let (value, length) = match rest[0] {
            b'&' => match reference(rest) {
                Some(found) => found,
                None => return self.plain(rest[0], at),
            },
            b'\\' => match escape(rest) {
                Some((None, length)) => return length,
                Some((Some(value), length)) => (value, length),
                None => return self.plain(rest[0], at),
            },
            LATIN_1 | PUNCTUATION | FORMS => match wide(rest) {
                Some((c, length)) if shows_nothing(c) => return length,
                Some((c, length)) if is_full_width(c) => (narrow(c), length),
                _ => return self.plain(rest[0], at),
            },
            b' ' | b'\t' | b'\r' | b'\n' => return gap(rest).max(1),
            byte => return self.plain(byte, at),
        };
        if matches!(value, '\t' | '\n' | '\r') {
            return length;
        }
        self.push_char(value, Origin { at: at as u32, level: 0, is_escaped: true });
        length
    }

    fn push_char(&mut self, value: char, origin: Origin) {
        for &byte in value.encode_utf8(&mut [0; 4]).as_bytes() {
            self.push(byte, origin);
        }
    }

    fn plain(&mut self, byte: u8, at: usize) -> usize {
        self.push(byte, Origin { at: at as u32, level: 0, is_escaped: false });
        1
    }

    /// Adds a byte; one that completes a percent escape, or a reference whose `&` was one itself, takes its place.
    fn push(&mut self, byte: u8, origin: Origin) {
        self.bytes.push(byte);
        self.origins.push(origin);
        while let [.., b'%', high, low] = self.bytes[..]
            && let (Some(high), Some(low)) = (digit(high), digit(low))
        {
            let start = self.bytes.len() - 3;
            let level = self.origins[start..].iter().map(|it| it.level).max().unwrap_or_default() + 1;
            self.bytes.truncate(start + 1);
            self.origins.truncate(start + 1);
            self.bytes[start] = (high * 16 + low) as u8;
            self.origins[start].level = level.min(LEVELS as u8 - 1);
        }
        if byte == b';' {
            self.fold_reference();
        }
    }

    /// Decodes the reference that the bytes end with, if its `&` was written as one: `&amp;#64;` stands for an `@` where
    /// a text is decoded twice.
    fn fold_reference(&mut self) {
        while self.bytes.last() == Some(&b';') {
            let least = self.bytes.len().saturating_sub(LONGEST_REFERENCE);
            let Some(start) = memchr::memrchr(b'&', &self.bytes[least..]).map(|at| least + at) else {
                return;
            };
            let origin = self.origins[start];
            let found = reference(&self.bytes[start..]).filter(|_| origin.is_escaped);
            let Some((value, _)) = found.filter(|(_, length)| start + length == self.bytes.len()) else {
                return;
            };
            self.bytes.truncate(start);
            self.origins.truncate(start);
            if value == ';' {
                // It may end another one.
                self.bytes.push(b';');
                self.origins.push(origin);
                continue;
            }
            self.push_char(value, origin);
        }
    }
}

fn digit(byte: u8) -> Option<u32> {
    char::from(byte).to_digit(16)
}

/// The character of a reference such as `&#61;` and `&equals;`, and the bytes that it takes. A number needs no semicolon,
/// as in browsers. Of the few names that stand for two characters the second never matters in a URL.
fn reference(rest: &[u8]) -> Option<(char, usize)> {
    if rest.get(1) == Some(&b'#') {
        let (start, radix) = if matches!(rest.get(2), Some(b'x' | b'X')) { (3, 16) } else { (2, 10) };
        let is_digit = |byte: &&u8| char::from(**byte).is_digit(radix);
        let count = rest.get(start..)?.iter().take(8).take_while(is_digit).count();
        let number = std::str::from_utf8(&rest[start..start + count]).ok()?;
        let value = u32::from_str_radix(number, radix).ok().and_then(char::from_u32)?;
        let end = start + count;
        return Some((value, end + usize::from(rest.get(end) == Some(&b';'))));
    }
    let reference = CharacterReference::at_start(rest)?;
    let value = reference.shown(&mut [0; 4]).chars().next()?;
    Some((value, reference.len))
}

/// The first bytes in UTF-8 of the characters that are left out or decoded: of U+0080 to U+00BF, of U+2000 to U+2FFF and of
/// U+F000 to U+FFFF.
const LATIN_1: u8 = 0xC2;
const PUNCTUATION: u8 = 0xE2;
const FORMS: u8 = 0xEF;

/// All of them.
pub(super) const DECODED: [u8; 3] = [LATIN_1, PUNCTUATION, FORMS];

/// The character of two or three bytes that a text begins with, and how many they are.
fn wide(rest: &[u8]) -> Option<(char, usize)> {
    let length = if rest[0] == LATIN_1 { 2 } else { 3 };
    let c = std::str::from_utf8(rest.get(..length)?).ok()?.chars().next()?;
    Some((c, length))
}

/// Whether a character shows nothing within a word. Soft hyphens and variation selectors are as good as none there.
fn shows_nothing(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{FE00}'..='\u{FE0F}') || invisible_name(c).is_some()
}

/// Whether a character is the full-width form of one of ASCII.
fn is_full_width(c: char) -> bool {
    ('\u{FF01}'..='\u{FF5E}').contains(&c)
}

/// The ASCII character of a full-width form.
fn narrow(form: char) -> char {
    char::from((u32::from(form) - 0xFEE0) as u8)
}

/// The character of a backslash escape, and the bytes that it takes. A line that goes on after a backslash has none.
fn escape(rest: &[u8]) -> Option<(Option<char>, usize)> {
    let next = *rest.get(1)?;
    let code = |digits: usize| {
        let number = std::str::from_utf8(rest.get(2..2 + digits)?).ok()?;
        let value = u32::from_str_radix(number, 16).ok().and_then(char::from_u32)?;
        Some((Some(value), 2 + digits))
    };
    match next {
        b'\n' | b'\r' => Some((None, 1 + continuation(&rest[1..]))),
        b'u' if rest.get(2) == Some(&b'{') => code_point(rest),
        b'u' => code(4),
        b'U' => code(8),
        b'x' => code(2),
        b'0'..=b'1' => octal(rest),
        _ if next.is_ascii_punctuation() => Some((Some(char::from(next)), 2)),
        _ => None,
    }
}

/// The character of `\100`, as shells, C and JavaScript have it, and the bytes that it takes.
fn octal(rest: &[u8]) -> Option<(Option<char>, usize)> {
    let number = std::str::from_utf8(rest.get(1..4)?).ok()?;
    let value = u8::from_str_radix(number, 8).ok()?;
    Some((Some(char::from(value)), 4))
}

/// The character of `\u{40}`, as JavaScript has it, and the bytes that it takes.
fn code_point(rest: &[u8]) -> Option<(Option<char>, usize)> {
    let digits = rest.get(3..)?.iter().take(8).take_while(|byte| byte.is_ascii_hexdigit()).count();
    let number = std::str::from_utf8(&rest[3..3 + digits]).ok()?;
    let value = u32::from_str_radix(number, 16).ok().and_then(char::from_u32)?;
    (rest.get(3 + digits) == Some(&b'}')).then_some((Some(value), digits + 4))
}

/// The bytes of a line ending and of the indentation of the line after it; 0 where there is none.
pub(super) fn continuation(rest: &[u8]) -> usize {
    let ending = match rest {
        [b'\r', b'\n', ..] => 2,
        [b'\n' | b'\r', ..] => 1,
        _ => return 0,
    };
    ending + rest[ending..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

#[cfg(test)]
mod tests {
    use super::Decoded;

    fn decoded(text: &str) -> String {
        Decoded::new(text, 0..text.len()).text_all()
    }

    impl Decoded<'_> {
        fn text_all(&self) -> String {
            self.text(0..self.len()).into_owned()
        }
    }

    #[test]
    fn every_escape_of_a_url_is_decoded() {
        for (text, expected) in [
            ("a&#61;b&#x3D;c&equals;d&amp;e&nosuch;", "a=b=c=d&e&nosuch;"),
            ("\\u003D\\x3d\\U0000003d\\/\\@\\q", "===/@\\q"),
            ("\\075\\100\\08\\1", "=@\\08\\1"),
            ("\\u{3D}\\u{00003d}\\u{3d\\u{}", "==\\u{3d\\u{}"),
            ("a%3Db%253Dc%25253Dd%zz%", "a=b=c=d%zz%"),
            ("&#37;3D", "="),
            ("？a＝b、ｃ", "?a=b、c"),
            ("a&amp;#64;b&amp;amp;#61;c&#38;commat;d&#64;", "a@b=c@d@"),
            ("&amp;#64&amp;#59&amp;#59;", "@"),
            ("to\u{200B}k\u{AD}en\u{FEFF}=\u{2060}“é”", "token=“é”"),
            ("to\\\n   ken\\\r\n\t=", "token="),
            ("\\\\x3d", "\\x3d"),
            ("to\tk\r\n\t en&#9;&NewLine;=", "token="),
        ] {
            assert_eq!(decoded(text), expected, "{text}");
        }
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "é&#61;%2540&amp;x";
        let word = Decoded::new(text, 0..text.len());
        assert_eq!(word.text_all(), "é=@&x");
        assert_eq!(&text[word.source(2..3)], "&#61;");
        assert_eq!(&text[word.source(3..4)], "%2540");
        assert_eq!((word.level(3), word.level(4), word.is_plain(2), word.is_plain(5)), (2, 0, false, true));
        assert_eq!(&text[word.source(4..6)], "&amp;x");
    }
}
