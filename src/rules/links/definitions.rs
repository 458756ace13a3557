//! Link reference definitions and footnote definitions.

use std::collections::HashSet;

use crate::{
    document::Document,
    fix::{Applicability, Fix},
    markdown::{Definition, Footnote, Typed, normalize_label},
    text::Span,
};

/// The labels of an option, normalized.
pub fn labels(written: &[String]) -> HashSet<String> {
    written.iter().map(|label| normalize_label(label)).collect()
}

/// Whether a definition has no real destination and may be a comment.
pub fn is_comment(definition: &Definition) -> bool {
    matches!(&*definition.url, "" | "#")
}

/// Whether a template makes a label, or a part of it.
pub fn is_made_by_template(doc: &Document, label: Span) -> bool {
    doc.ast.overlay().is_some_and(|overlay| overlay.island_at(label).is_some())
}

/// The label of a definition, including the brackets.
pub fn label(definition: &Definition) -> Span {
    Span::new(definition.span.start, definition.label.end + 1)
}

/// The label of a footnote definition, including the brackets.
pub fn note_label(note: &Typed<'_, Footnote>) -> Span {
    Span::new(note.span().start, note.label.end + 1)
}

/// Removes the lines of a definition; `None` if they contain anything else, such as a block quote marker.
pub fn removal(doc: &Document, definition: &Definition, applicability: Applicability) -> Option<Fix> {
    let first = doc.lines.line_span(&doc.source, doc.lines.line_of(definition.span.start));
    let last_line = doc.lines.line_of(definition.span.end);
    let last = doc.lines.line_span(&doc.source, last_line);
    let before = doc.slice(Span::new(first.start, definition.span.start));
    let after = doc.slice(Span::new(definition.span.end, last.end));
    if !before.trim().is_empty() || !after.trim().is_empty() {
        return None;
    }
    let end =
        if last_line + 1 < doc.lines.line_count() { doc.lines.line_start(last_line + 1) } else { last.end };
    Some(Fix::replace("Remove the definition", applicability, Span::new(first.start, end), ""))
}
