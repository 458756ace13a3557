//! Rules about the characters and the sentences of the text.

pub(super) mod lookalike_letter;
pub(super) mod mojibake;
pub(super) mod punctuation_space;
pub(super) mod replacement_character;
pub(super) mod sentence_per_line;

use crate::{document::Document, markdown::TextKind, text::Span};

/// Calls `visit` for each text that the site shows: the front matter, as it is written, and the texts of the page without
/// code.
fn shown_texts(doc: &Document, mut visit: impl FnMut(Span)) {
    if let Some(front_matter) = &doc.front_matter {
        visit(front_matter.content);
    }
    doc.ast.for_each_text(&doc.source, |span, kind| {
        if matches!(kind, TextKind::Prose | TextKind::Inline | TextKind::HtmlText) {
            visit(span);
        }
    });
}
