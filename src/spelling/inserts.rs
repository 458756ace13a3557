//! What stands in text and is not read as words: templates, formulas, emoji names, entities.

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

/// The length up to and with `end`, searched from `from` on.
fn until(bytes: &[u8], from: usize, end: &[u8]) -> Option<usize> {
    Some(from + memmem::find(&bytes[from..], end)? + end.len())
}

/// The length of a name between its first byte and `end`.
fn name(bytes: &[u8], part: impl Fn(u8) -> bool, end: u8) -> Option<usize> {
    let len = bytes[1..].iter().position(|&byte| !part(byte)).filter(|&len| len > 0)?;
    (bytes[1 + len] == end).then_some(len + 2)
}
