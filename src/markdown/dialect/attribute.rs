//! Attributes: expressions of MDX as their values, `href={"./tides.md"}`, and lists of them, `{: .class }`.

use std::ops::Range;

/// The value that the brace at `open` begins, and where its expression ends. The value of a string is what is between
/// its quotes; that of any other expression is the expression itself.
pub(in super::super) fn value_in_braces(text: &str, open: usize) -> (Range<usize>, usize) {
    if let Some((value, end)) = string(text, open + 1) {
        return (value, end);
    }
    let mut depth = 0_u32;
    let close = text[open..].bytes().position(|byte| {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    let end = close.map_or(text.len(), |close| open + close + 1);
    (open..end, end)
}

/// A string that is all there is before the next brace.
fn string(text: &str, at: usize) -> Option<(Range<usize>, usize)> {
    let quoted = text[at..].trim_start();
    let quote = quoted.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let start = text.len() - quoted.len() + 1;
    let length = text[start..].find(quote)?;
    let is_plain = !text[start..start + length].contains(['\\', '\n', '$']);
    let after = text[start + length + 1..].trim_start();
    let end = text.len() - after.strip_prefix('}')?.len();
    is_plain.then_some((start..start + length, end))
}

/// `{: .class }` or `{ #id .class key=value }` alone on a line.
pub(super) fn is_attribute_list(line: &[u8]) -> bool {
    let Some(inner) = line.strip_prefix(b"{").and_then(|line| line.strip_suffix(b"}")) else { return false };
    let inner = inner.trim_ascii_start();
    let begins = match inner {
        // An extension with a body; one without ends with a slash.
        [b':', b':', rest @ ..] => rest.ends_with(b"/"),
        [b':', ..] => true,
        [b'#' | b'.', next, ..] => next.is_ascii_alphanumeric() || matches!(next, b'-' | b'_'),
        _ => false,
    };
    begins && memchr::memchr2(b'{', b'}', inner).is_none()
}

#[cfg(test)]
mod tests {
    use super::value_in_braces;

    #[test]
    fn a_string_is_its_content_and_anything_else_itself() {
        for (text, value, rest) in [
            ("{\"./tides.md\"} b", "./tides.md", " b"),
            ("{ 'a } b' }>", "a } b", ">"),
            ("{`a.md`}/>", "a.md", "/>"),
            ("{`a/${b}.md`}/>", "{`a/${b}.md`}", "/>"),
            ("{a + \"b\"} c", "{a + \"b\"}", " c"),
            ("{\"a\" + b} c", "{\"a\" + b}", " c"),
            ("{{ a: 1 }} c", "{{ a: 1 }}", " c"),
            ("{a", "{a", ""),
        ] {
            let (found, end) = value_in_braces(text, 0);
            assert_eq!((&text[found], &text[end..]), (value, rest), "{text}");
        }
    }
}
