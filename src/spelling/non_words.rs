//! What is in text and is not read as words: templates, formulas, emoji names, entities.

use memchr::memmem;

/// How many bytes such a thing may have: without its end in that distance, it is none.
const LONGEST: usize = 400;

/// The length in bytes of what begins `text` and is not read as words, if something does.
pub(super) fn at(text: &str) -> Option<usize> {
    let bytes = &text.as_bytes()[..text.len().min(LONGEST)];
    match bytes {
        [b'{', b'{', ..] => until(bytes, 2, b"}}"),
        [b'{', b'%', ..] => until(bytes, 2, b"%}"),
        [b'{', b'#' | b':', ..] => until(bytes, 2, b"}"),
        [b'{', ..] => until(bytes, 1, b"}").filter(|&end| !bytes[..end].contains(&b' ')),
        [b'$', b'$', ..] => until(bytes, 2, b"$$"),
        [b'$', first, ..] if !first.is_ascii_digit() && !first.is_ascii_whitespace() => {
            until(bytes, 2, b"$").filter(|&end| !bytes[end - 2].is_ascii_whitespace())
        }
        [b':', ..] => name(bytes, |byte| byte.is_ascii_lowercase() || b"_+-".contains(&byte), b':'),
        [b'&', ..] => name(bytes, |byte| byte.is_ascii_alphanumeric() || byte == b'#', b';'),
        _ => None,
    }
}

/// The length in bytes of the entity of an apostrophe that begins `text`, if one does.
pub(super) fn apostrophe(text: &str) -> Option<usize> {
    const ENTITIES: [&str; 6] = ["&#8217;", "&rsquo;", "&#39;", "&apos;", "&#x27;", "&#x2019;"];
    ENTITIES.iter().find(|entity| text.starts_with(**entity)).map(|entity| entity.len())
}

/// Whether `text` begins with the entity of a letter with an accent, such as `&eacute;`.
pub(super) fn is_letter(text: &str) -> bool {
    const ACCENTS: [&str; 10] =
        ["acute", "caron", "cedil", "circ", "grave", "lig", "ring", "slash", "tilde", "uml"];
    let name = text.strip_prefix('&').and_then(|rest| rest.split_once(';')).map_or("", |(name, _)| name);
    ACCENTS
        .iter()
        .any(|accent| name.strip_suffix(accent).is_some_and(|letter| (1..=2).contains(&letter.len())))
}

/// The length up to and with `end`, searched from `from` on.
fn until(bytes: &[u8], from: usize, end: &[u8]) -> Option<usize> {
    Some(from + memmem::find(&bytes[from..], end)? + end.len())
}

/// The length of a name between its first byte and `end`.
fn name(bytes: &[u8], part: impl Fn(u8) -> bool, end: u8) -> Option<usize> {
    let len = bytes[1..].iter().position(|&byte| !part(byte)).filter(|&len| len > 0)?;
    (bytes[1 + len] == end).then_some(len + 2)
}
