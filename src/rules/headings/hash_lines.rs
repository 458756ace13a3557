//! Lines that start with `#`, whether they are headings or not.

use crate::{document::Document, markdown::LineKind, text::Span};

/// The lines that start with `#` in their first column and are neither code nor HTML.
pub(super) fn lines(doc: &Document) -> impl Iterator<Item = Span> {
    let start = doc.lines.line_start(doc.body_lines().start);
    let body = &doc.source.as_bytes()[start as usize..];
    let starts_line = |at: &usize| *at == 0 || matches!(body[at - 1], b'\n' | b'\r');
    memchr::memchr_iter(b'#', body)
        .filter(move |at| starts_line(at))
        .map(move |at| doc.lines.line_of(start + at as u32))
        .filter(|&line| !doc.line_kind(line).is(LineKind::CODE.or(LineKind::HTML)))
        .map(|line| doc.line(line))
}

/// The number of `#` at the start of a text.
pub(super) fn count(text: &str) -> usize {
    text.bytes().take_while(|&byte| byte == b'#').count()
}
