//! The text in HTML, for want of a tree.

use memchr::memmem;

use crate::text::Span;

/// A part of a piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HtmlRun {
    /// What readers see.
    Text(Span),
    /// What is in a comment.
    Comment(Span),
    /// A tag.
    Tag,
    /// A whole element whose text is code.
    Code,
}

/// Elements whose text is not prose.
const CODE: [&str; 10] = ["code", "kbd", "math", "pre", "samp", "script", "style", "svg", "tt", "var"];

/// Whether the text of an element is not prose.
pub(super) fn holds_code(name: &str) -> bool {
    CODE.iter().any(|code| code.eq_ignore_ascii_case(name))
}

/// The name of the tag that begins `text`.
pub(super) fn tag_name(text: &str) -> Option<&str> {
    let text = text.strip_prefix('<')?;
    let text = text.strip_prefix('/').unwrap_or(text);
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '.').unwrap_or(text.len());
    (end > 0).then_some(&text[..end])
}

/// Gives the parts of a piece of HTML in order.
pub(super) fn runs(source: &str, span: Span, mut give: impl FnMut(HtmlRun)) {
    let text = span.of(source);
    let place = |from: usize, to: usize| Span::from_range(from..to).shift(span.start);
    let mut at = 0;
    while let Some(tag) = memchr::memchr(b'<', &text.as_bytes()[at..]).map(|tag| at + tag) {
        let rest = &text[tag..];
        let comment = rest.starts_with("<!--");
        if !comment && !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
            give(HtmlRun::Text(place(at, tag + 1)));
            at = tag + 1;
            continue;
        }
        give(HtmlRun::Text(place(at, tag)));
        if comment {
            let len = memmem::find(rest.as_bytes(), b"-->").unwrap_or(rest.len()).max(4);
            give(HtmlRun::Comment(place(tag + 4, tag + len)));
            at = (tag + len + 3).min(text.len());
        } else {
            at = tag + tag_len(rest);
            let code = tag_name(rest).filter(|name| holds_code(name) && !rest.starts_with("</"));
            give(if code.is_some() { HtmlRun::Code } else { HtmlRun::Tag });
            at += code.map_or(0, |name| code_len(&text[at..], name));
        }
    }
    give(HtmlRun::Text(place(at, text.len())));
}

/// The length of the tag that begins `text`: up to the `>` that no quotes hold.
fn tag_len(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (byte, quote) {
            (b'>', None) => return at + 1,
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// The length of what is in an element, up to its end tag.
fn code_len(text: &str, name: &str) -> usize {
    let mut at = 0;
    while let Some(end) = memmem::find(&text.as_bytes()[at..], b"</").map(|end| at + end) {
        if tag_name(&text[end..]).is_some_and(|it| it.eq_ignore_ascii_case(name)) {
            return end;
        }
        at = end + 2;
    }
    text.len()
}
