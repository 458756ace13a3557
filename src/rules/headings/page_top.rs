//! The first content of a page.

use crate::{
    document::Document,
    markdown::{Node, NodeKind},
    text::Span,
};

/// The first block or link reference definition of a page that is not a comment.
pub(super) fn first_content(doc: &Document) -> Option<Span> {
    let block = blocks(doc).next().map(Node::span);
    let definition = doc.ast.definitions().first().map(|definition| definition.span);
    block.into_iter().chain(definition).min()
}

/// The blocks of a page that are not comments.
pub(super) fn blocks(doc: &Document) -> impl Iterator<Item = Node<'_>> {
    doc.ast.root().children().filter(|&node| !is_comment(doc, node))
}

/// Whether a block is a single HTML comment.
fn is_comment(doc: &Document, node: Node<'_>) -> bool {
    let text = doc.slice(node.span());
    let inside = text.strip_prefix("<!--").and_then(|text| text.strip_suffix("-->"));
    node.kind() == NodeKind::HtmlBlock
        && inside
            .is_some_and(|text| !(text.starts_with('>') || text.starts_with("->") || text.ends_with('-')))
}
