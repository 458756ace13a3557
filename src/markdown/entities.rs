//! Entities, read against the text they stand for: the tree says what they became, so no table of names is needed.
//! Where the tree says nothing, in HTML, the parser is asked.

use std::borrow::Cow;

use comrak::nodes::NodeValue;

/// Bytes that the entity at the head of `source` takes, and bytes of `literal` that it stands for.
///
/// Nothing when no entity is there (CommonMark 0.31.2, section 6.2), or none that begins `literal`.
pub(super) fn entity(source: &[u8], literal: &str) -> Option<(usize, usize)> {
    let name = source.strip_prefix(b"&")?;
    let length = name.iter().take(MAX_NAME).position(|&byte| byte == b';')?;
    let name = &name[..length];
    let literal_length = match name.strip_prefix(b"#") {
        Some(number) => numeric(number, literal)?,
        None => named(name, literal, &source[length + 2..])?,
    };
    Some((length + 2, literal_length))
}

/// The text with its entities resolved; those without a semicolon stay as they are.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut decoded = text[..first].to_owned();
    let mut rest = &text[first..];
    while let Some(start) = memchr::memchr(b'&', rest.as_bytes()) {
        decoded.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.bytes().take(MAX_NAME + 1).position(|byte| byte == b';').map_or(1, |end| end + 1);
        match &rest[..end] {
            "&" | "&amp;" => decoded.push('&'),
            "&quot;" => decoded.push('"'),
            entity => decoded.push_str(&shown(entity)),
        }
        rest = &rest[end..];
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// What the parser shows for an entity; itself if it is none.
fn shown(entity: &str) -> Cow<'_, str> {
    let name = &entity[1..entity.len() - 1];
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#') {
        return Cow::Borrowed(entity);
    }
    let arena = comrak::Arena::new();
    let root = comrak::parse_document(&arena, entity, &comrak::Options::default());
    let text = root.descendants().find_map(|node| match &node.data().value {
        NodeValue::Text(text) => Some(text.clone()),
        _ => None,
    });
    text.map_or(Cow::Borrowed(entity), |text| Cow::Owned(text.into_owned()))
}

/// One more than the longest name, `CounterClockwiseContourIntegral`, with its semicolon.
const MAX_NAME: usize = 33;

fn numeric(number: &[u8], literal: &str) -> Option<usize> {
    let (digits, radix, most) = match number {
        [b'x' | b'X', digits @ ..] => (digits, 16, 6),
        digits => (digits, 10, 7),
    };
    if digits.is_empty() || digits.len() > most {
        return None;
    }
    let mut code = 0;
    for &digit in digits {
        code = code * radix + char::from(digit).to_digit(radix)?;
    }
    let shown = char::from_u32(code).filter(|&c| c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER);
    literal.starts_with(shown).then_some(shown.len_utf8())
}

fn named(name: &[u8], literal: &str, after: &[u8]) -> Option<usize> {
    if name.is_empty() || !name.iter().all(u8::is_ascii_alphanumeric) {
        return None;
    }
    // An ampersand that shows as itself is either `&amp;` or no entity at all.
    if literal.starts_with('&') {
        return matches!(name, b"amp" | b"AMP").then_some(1);
    }
    let mut chars = literal.chars();
    let first = chars.next()?.len_utf8();
    let Some(second) = chars.next() else { return Some(first) };
    let mut encoded = [0; 4];
    let in_source = after.starts_with(second.encode_utf8(&mut encoded).as_bytes());
    let pair = name == b"fjlig" || (SECOND.contains(&second) && !in_source);
    Some(if pair { first + second.len_utf8() } else { first })
}

/// What can be the second character of an entity that stands for two, `&fjlig;` apart (HTML, section 13.5).
const SECOND: [char; 7] =
    ['\u{200A}', '\u{20D2}', '\u{20E5}', '\u{0331}', '\u{0333}', '\u{0338}', '\u{FE00}'];

#[cfg(test)]
mod tests {
    use super::{decode, entity};

    #[test]
    fn html_says_what_the_parser_would() {
        assert_eq!(decode("/a?b=1&amp;c=2&copy;&#x41;&nosuch;&c;&"), "/a?b=1&c=2©A&nosuch;&c;&");
        assert_eq!(decode("&amp"), "&amp");
        assert_eq!(decode("é&é;&lt;"), "é&é;<");
    }

    #[test]
    fn numbers_are_decoded() {
        assert_eq!(entity(b"&#35;x", "#x"), Some((5, 1)));
        assert_eq!(entity(b"&#X1d4B3;", "𝒳"), Some((9, 4)));
        assert_eq!(entity(b"&#0;", "\u{FFFD}"), Some((4, 3)));
        assert_eq!(entity(b"&#35;", "&#35;"), None);
        assert_eq!(entity(b"&#12345678;", "&#12345678;"), None);
    }

    #[test]
    fn names_are_known_by_what_they_became() {
        assert_eq!(entity(b"&auml;b", "äb"), Some((6, 2)));
        assert_eq!(entity(b"&amp;b", "&b"), Some((5, 1)));
        assert_eq!(entity(b"&nosuch;", "&nosuch;"), None);
        assert_eq!(entity("&nGt;x".as_bytes(), "\u{226B}\u{20D2}x"), Some((5, 6)));
        assert_eq!(entity(b"&fjlig;x", "fjx"), Some((7, 2)));
    }
}
