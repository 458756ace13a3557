//! Changes of texts as the protocol has them.

use gen_lsp_types::{
    DocumentChange, Edit, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextDocumentIdentifier,
    TextEdit, Uri, WorkspaceEdit,
};
use similar::DiffOp;

use super::{documents::OpenDocument, position::TextPositions};
use crate::{
    fix,
    text::{Span, line_diff, lines},
};

/// An edit. One that parts a carriage return from its line feed takes both, because no position is between them.
pub(super) fn text_edit(places: &TextPositions<'_>, edit: &fix::Edit) -> TextEdit {
    let bytes = places.text.as_bytes();
    let parts = |at: u32| at > 0 && bytes.get(at as usize - 1..=at as usize) == Some(b"\r\n");
    let (mut span, mut content) = (edit.span, edit.content.clone());
    if parts(span.start) {
        span.start -= 1;
        content.insert(0, '\r');
    }
    if parts(span.end) {
        span.end += 1;
        content.push('\n');
    }
    TextEdit { range: places.range(span), new_text: content }
}

/// The edits that make one text another: of lines, as small as possible, so that cursors and marks stay where they are.
pub(super) fn difference(places: &TextPositions<'_>, after: &str) -> Vec<TextEdit> {
    let before = places.text;
    let (old, new) = (lines(before), lines(after));
    let starts = |lines: &[&str]| -> Vec<usize> {
        let ends = lines.iter().scan(0, |at, line| {
            *at += line.len();
            Some(*at)
        });
        std::iter::once(0).chain(ends).collect()
    };
    let (old_starts, new_starts) = (starts(&old), starts(&new));
    let ops = line_diff(&old, &new).into_iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    ops.map(|op| {
        let (old, new) = (op.old_range(), op.new_range());
        let (start, end) = (old_starts[old.start], old_starts[old.end]);
        let content = &after[new_starts[new.start]..new_starts[new.end]];
        text_edit(places, &narrowed(&before[start..end], start, content))
    })
    .collect()
}

/// The edit of a text at an offset without what both texts begin and end with.
fn narrowed(old: &str, at: usize, new: &str) -> fix::Edit {
    let same = |(one, other): &(char, char)| one == other;
    let head: usize = old.chars().zip(new.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (old, new) = (&old[head..], &new[head..]);
    let tail: usize =
        old.chars().rev().zip(new.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let end = at + head + old.len() - tail;
    fix::Edit { span: Span::from_range(at + head..end), content: new[..new.len() - tail].to_owned() }
}

/// Edits of one text that is open, which are only for this version of it.
pub(super) fn of_open(document: &OpenDocument, edits: Vec<TextEdit>) -> WorkspaceEdit {
    of_documents(vec![(document.uri.clone(), Some(document.version), edits)])
}

/// Edits of several texts, with the versions of those that are open.
pub(super) fn of_documents(edits: Vec<(Uri, Option<i32>, Vec<TextEdit>)>) -> WorkspaceEdit {
    let change = |(uri, version, edits): (Uri, Option<i32>, Vec<TextEdit>)| {
        DocumentChange::TextDocumentEdit(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                version,
                text_document_identifier: TextDocumentIdentifier { uri },
            },
            edits: edits.into_iter().map(Edit::TextEdit).collect(),
        })
    };
    WorkspaceEdit {
        document_changes: Some(edits.into_iter().map(change).collect()),
        ..WorkspaceEdit::default()
    }
}

#[cfg(test)]
mod tests {
    use gen_lsp_types::TextEdit;

    use super::{difference, text_edit};
    use crate::{
        fix::Edit,
        server::position::{Encoding, TextPositions},
        text::{LineIndex, Span},
    };

    /// What a client makes of edits: all are of the text before.
    fn applied(text: &str, edits: &[TextEdit], encoding: Encoding) -> String {
        let lines = LineIndex::new(text);
        let places = TextPositions { text, lines: &lines, encoding };
        let mut result = text.to_owned();
        for edit in edits.iter().rev() {
            result.replace_range(places.span(edit.range).range(), &edit.new_text);
        }
        result
    }

    #[test]
    fn edits_lead_from_one_text_to_the_other() {
        let texts =
            ["", "a\n", "é𝒳\r\nb\r\n’c", "é𝒳\nb\n’c", "b\r\n’c\r\n\r\n", "a\nb\nc\nd\n", "a\nB\nc\nD"];
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for before in texts {
                let lines = LineIndex::new(before);
                let places = TextPositions { text: before, lines: &lines, encoding };
                for after in texts {
                    assert_eq!(applied(before, &difference(&places, after), encoding), after, "{before:?}");
                }
            }
        }
    }

    #[test]
    fn half_a_line_break_is_replaced_as_a_whole() {
        let text = "a\r\nb";
        let lines = LineIndex::new(text);
        let places = TextPositions { text, lines: &lines, encoding: Encoding::Utf16 };
        for (span, content, after) in
            [(Span::new(1, 2), "", "a\nb"), (Span::new(2, 3), "", "a\rb"), (Span::new(2, 2), "x", "a\rx\nb")]
        {
            let edit = text_edit(&places, &Edit { span, content: content.to_owned() });
            assert_eq!(applied(text, &[edit], Encoding::Utf16), after);
        }
    }
}
