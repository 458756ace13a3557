//! The lines of lists that `trailing-space` exempts with `list_item_empty_lines`.

use std::collections::HashSet;

use crate::{document::Document, markdown::NodeKind, text::Span};

/// The lines of lists that may have trailing spaces: all except those from the last paragraph of an item to its end, and
/// the first lines of items of nested lists, other than the first item.
pub(super) fn exempt(doc: &Document) -> HashSet<u32> {
    let lines = |span: Span| doc.lines.line_of(span.start)..=doc.lines.last_line_of(span);
    let mut exempt = HashSet::new();
    for list in doc.ast.lists() {
        exempt.extend(lines(list.span()));
        for item in list.items() {
            let next = item.node().next_sibling().map_or(list.span().end, |next| next.span().start);
            let (marker, mut below) = (*lines(item.span()).start(), doc.lines.line_of(next));
            let is_nested = list.node().parent().is_some_and(|it| it.kind() == NodeKind::Item);
            if is_nested && item.span().start > list.span().start {
                exempt.remove(&marker);
            }
            let blocks: Vec<_> = item.node().children().collect();
            for block in blocks.into_iter().rev() {
                let block_lines = lines(block.span());
                for line in block_lines.end() + 1..below {
                    exempt.remove(&line);
                }
                below = *block_lines.start();
                if block.kind() == NodeKind::Paragraph {
                    break;
                }
                if below > marker {
                    exempt.remove(&below);
                }
            }
        }
    }
    exempt
}
