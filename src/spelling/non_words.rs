//! What is in text and is not read as words: templates, formulas, emoji names, entities, and the names of pages and
//! blocks in notes.

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
        [b'[', b'[', ..] => wikilink(bytes),
        [b'^', ..] => block_id(bytes),
        _ => None,
    }
}

/// The length of a wikilink, `[[page]]`, or of what is before the text that it shows: `[[page|`.
fn wikilink(bytes: &[u8]) -> Option<usize> {
    let end = until(bytes, 2, b"]]")?;
    let inner = &bytes[2..end - 2];
    let bar = memchr::memchr(b'|', inner);
    (!inner.contains(&b'\n')).then_some(bar.map_or(end, |bar| 2 + bar + 1))
}

/// The length of the name of a block at the end of its line: `^low-tide`.
fn block_id(bytes: &[u8]) -> Option<usize> {
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'-';
    let end = 1 + bytes[1..].iter().take_while(is_part).count();
    (end > 1 && matches!(bytes.get(end), None | Some(b'\r' | b'\n'))).then_some(end)
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
    // Two letters, an accent and the semicolon.
    const LONGEST_NAME: usize = 2 + 5 + 1;
    let Some(rest) = text.strip_prefix('&') else { return false };
    let end = rest.bytes().take(LONGEST_NAME).position(|byte| byte == b';');
    let name = end.map_or("", |end| &rest[..end]);
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

#[cfg(test)]
mod tests {
    use super::at;

    #[test]
    fn names_in_notes_are_not_words() {
        for (text, expected) in [
            ("[[github tides.png]] and", Some(20)),
            ("[[tides|the low tide]]", Some(8)),
            ("[[tides\n]]", None),
            ("[tides]", None),
            ("^github", Some(7)),
            ("^low-tide\nNext", Some(9)),
            ("^2 of it", None),
            ("^", None),
        ] {
            assert_eq!(at(text), expected, "{text}");
        }
    }
}
