//! Spaces between the `#` markers and the text of a heading.

use crate::{
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::Heading,
    text::{Span, quantity},
};

/// The spaces after the opening `#`, up to the end of the line if the heading is empty.
pub(super) fn after_opening(doc: &Document, heading: &Heading) -> Span {
    let start = heading.marker.end;
    if !heading.content.is_empty() {
        return Span::new(start, heading.content.start);
    }
    let text = &doc.source[start as usize..];
    let spaces = text.len() - text.trim_start_matches([' ', '\t']).len();
    Span::new(start, start + spaces as u32)
}

/// The spaces before the closing `#`.
pub(super) fn before_closing(heading: &Heading) -> Span {
    heading.closing.map_or(Span::empty(heading.content.end), |closing| {
        Span::new(heading.content.end.min(closing.start), closing.start)
    })
}

/// Reports spaces if there is more than one; `side` says on which side of which marker they are.
pub(super) fn report(spaces: Span, side: &str, sink: &mut Sink<'_>) {
    if spaces.len() < 2 {
        return;
    }
    let extra = Span::new(spaces.start + 1, spaces.end);
    let message = format!("{} {side}, expected 1", quantity(spaces.len(), "space"));
    sink.report(extra, message).fix(Fix::replace(
        "Replace with a single space",
        Applicability::Safe,
        spaces,
        " ",
    ));
}
