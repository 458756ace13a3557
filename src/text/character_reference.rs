//! Character references of HTML, which Markdown takes over: `&amp;`, `&#61;`, `&#x3D;`.

use std::{borrow::Cow, collections::HashMap, str, sync::LazyLock};

use entities::ENTITIES;
use memchr::memchr;

/// A character reference at the beginning of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CharacterReference {
    /// Bytes of the reference, with its semicolon.
    pub len: usize,
    shown: Shown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// A named reference may stand for two characters.
    Named(&'static str),
    Numeric(char),
}

impl CharacterReference {
    /// The reference that `text` begins with, by the rules of CommonMark 0.31.2, section 6.2: with a semicolon, and a
    /// number of at most 7 decimal or 6 hexadecimal digits.
    pub fn at_start(text: &[u8]) -> Option<Self> {
        let name = text.strip_prefix(b"&")?;
        let end = name.iter().take(LONGEST_NAME + 1).position(|&byte| byte == b';')?;
        let name = &name[..end];
        let shown = match name.strip_prefix(b"#") {
            Some(number) => Shown::Numeric(numeric(number)?),
            None => Shown::Named(NAMES.get(str::from_utf8(name).ok()?)?),
        };
        Some(Self { len: end + 2, shown })
    }

    /// What the reference stands for; the buffer takes the character of a number.
    pub fn shown<'a>(&'a self, buffer: &'a mut [u8; 4]) -> &'a str {
        match self.shown {
            Shown::Named(shown) => shown,
            Shown::Numeric(shown) => shown.encode_utf8(buffer),
        }
    }
}

/// The text with its character references resolved.
pub fn resolve_character_references(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut resolved = text[..first].to_owned();
    let mut rest = &text[first..];
    while let Some(start) = memchr(b'&', rest.as_bytes()) {
        resolved.push_str(&rest[..start]);
        rest = &rest[start..];
        if let Some(reference) = CharacterReference::at_start(rest.as_bytes()) {
            resolved.push_str(reference.shown(&mut [0; 4]));
            rest = &rest[reference.len..];
        } else {
            resolved.push('&');
            rest = &rest[1..];
        }
    }
    resolved.push_str(rest);
    Cow::Owned(resolved)
}

/// Bytes of `CounterClockwiseContourIntegral`.
const LONGEST_NAME: usize = 31;

/// The characters of each name without `&` and `;` (HTML, section 13.5, "Named character references").
static NAMES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let complete = ENTITIES
        .iter()
        .filter_map(|it| Some((it.entity.strip_prefix('&')?.strip_suffix(';')?, it.characters)));
    complete.collect()
});

fn numeric(number: &[u8]) -> Option<char> {
    let (digits, radix, most) = match number {
        [b'x' | b'X', digits @ ..] => (digits, 16, 6),
        digits => (digits, 10, 7),
    };
    if digits.len() > most || !digits.iter().all(|&digit| char::from(digit).is_digit(radix)) {
        return None;
    }
    let code = u32::from_str_radix(str::from_utf8(digits).ok()?, radix).ok()?;
    Some(char::from_u32(code).filter(|&shown| shown != '\0').unwrap_or(char::REPLACEMENT_CHARACTER))
}

#[cfg(test)]
mod tests {
    use super::{CharacterReference, resolve_character_references};

    /// Checks the bytes and what is shown of the reference that each text begins with.
    fn check(cases: &[(&str, Option<(usize, &str)>)]) {
        for (text, expected) in cases {
            let reference = CharacterReference::at_start(text.as_bytes());
            let mut buffer = [0; 4];
            let seen = reference.as_ref().map(|it| (it.len, it.shown(&mut buffer)));
            assert_eq!(seen, *expected, "{text}");
        }
    }

    #[test]
    fn numbers_have_a_semicolon_and_few_digits() {
        check(&[
            ("&#35;x", Some((5, "#"))),
            ("&#X1d4B3;", Some((9, "𝒳"))),
            ("&#0;", Some((4, "\u{FFFD}"))),
            ("&#xD800;", Some((8, "\u{FFFD}"))),
            ("&#9999999;", Some((10, "\u{FFFD}"))),
            ("&#12345678;", None),
            ("&#;", None),
            ("&#x;", None),
            ("&#+1;", None),
            ("&#35", None),
        ]);
    }

    #[test]
    fn names_are_those_of_html() {
        check(&[
            ("&amp;b", Some((5, "&"))),
            ("&auml;b", Some((6, "ä"))),
            ("&nGt;x", Some((5, "\u{226B}\u{20D2}"))),
            ("&fjlig;x", Some((7, "fj"))),
            ("&CounterClockwiseContourIntegral;", Some((33, "∳"))),
            ("&nosuch;", None),
            ("&amp", None),
            ("&é;", None),
        ]);
    }

    #[test]
    fn what_is_no_reference_stays_as_it_is() {
        for (text, expected) in [
            ("/a?b=1&amp;c=2&copy;&#x41;&nosuch;&c;&", "/a?b=1&c=2©A&nosuch;&c;&"),
            ("&amp", "&amp"),
            ("é&é;&lt;", "é&é;<"),
        ] {
            assert_eq!(resolve_character_references(text), expected);
        }
    }
}
