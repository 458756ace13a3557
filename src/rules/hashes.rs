//! Lines that begin like a heading: what the rules about missing blanks at `#` share.

use crate::{document::Document, markdown::LineKind, text::Span};

/// The lines of text that begin with `#` in their first column, without code and HTML.
pub(super) fn lines(doc: &Document) -> impl Iterator<Item = Span> {
    let source = doc.source.as_bytes();
    let starts =
        doc.body_lines().filter(|&line| source.get(doc.lines.line_start(line) as usize) == Some(&b'#'));
    starts
        .filter(|&line| !doc.line_kind(line).is(LineKind::CODE.or(LineKind::HTML)))
        .map(|line| doc.line(line))
}

/// How many `#` a text begins with.
pub(super) fn count(text: &str) -> usize {
    text.bytes().take_while(|&byte| byte == b'#').count()
}
