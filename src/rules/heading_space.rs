//! Blanks between the `#` and the text of a heading.

use crate::{
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::Heading,
    text::Span,
};

/// The blanks behind the opening `#`; those up to the end of the line where the heading is empty.
pub(super) fn behind_opening(doc: &Document, heading: &Heading) -> Span {
    let start = heading.marker.end;
    if !heading.content.is_empty() {
        return Span::new(start, heading.content.start);
    }
    let text = &doc.source[start as usize..];
    let blanks = text.len() - text.trim_start_matches([' ', '\t']).len();
    Span::new(start, start + blanks as u32)
}

/// The blanks before the closing `#`.
pub(super) fn before_closing(heading: &Heading) -> Span {
    heading.closing.map_or(Span::empty(heading.content.end), |closing| {
        Span::new(heading.content.end.min(closing.start), closing.start)
    })
}

/// Reports blanks of which there is more than one.
pub(super) fn report(blanks: Span, side: &str, sink: &mut Sink<'_>) {
    if blanks.len() < 2 {
        return;
    }
    let extra = Span::new(blanks.start + 1, blanks.end);
    sink.report(extra, format!("{} blanks {side} of this heading", blanks.len()))
        .help("one is enough")
        .fix(Fix::replace("leave one blank", Applicability::Safe, blanks, " "));
}
