//! What the rules about definitions of links and footnotes share.

use std::collections::HashSet;

use crate::{
    document::Document,
    fix::{Applicability, Fix},
    markdown::{Definition, Footnote, Typed, normalize_label},
    text::Span,
};

/// Labels of a rule's option, as definitions have them.
pub fn labels(written: &[String]) -> HashSet<String> {
    written.iter().map(|label| normalize_label(label)).collect()
}

/// Whether a definition leads nowhere, as those do that writers use for comments.
pub fn is_comment(definition: &Definition) -> bool {
    matches!(&*definition.url, "" | "#")
}

/// The label of a definition with its brackets.
pub fn label(definition: &Definition) -> Span {
    Span::new(definition.span.start, definition.label.end + 1)
}

/// The label of a footnote with its brackets.
pub fn note_label(note: &Typed<'_, Footnote>) -> Span {
    Span::new(note.span().start, note.label.end + 1)
}

/// Takes a definition out of the page with its lines. Where it shares them with the mark of a quote or a list, that
/// would take more.
pub fn removal(doc: &Document, definition: &Definition, applicability: Applicability) -> Option<Fix> {
    let first = doc.lines.line_span(&doc.source, doc.lines.line_of(definition.span.start));
    let last_line = doc.lines.line_of(definition.span.end);
    let last = doc.lines.line_span(&doc.source, last_line);
    let before = doc.slice(Span::new(first.start, definition.span.start));
    let behind = doc.slice(Span::new(definition.span.end, last.end));
    if !before.trim().is_empty() || !behind.trim().is_empty() {
        return None;
    }
    let end =
        if last_line + 1 < doc.lines.line_count() { doc.lines.line_start(last_line + 1) } else { last.end };
    Some(Fix::replace("remove the definition", applicability, Span::new(first.start, end), ""))
}
