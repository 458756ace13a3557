//! Fixes that add blank lines around headings, lists, code blocks and tables.

use crate::{
    document::Document,
    fix::{Applicability, Edit, Fix},
    markdown::{Engine, Node, NodeData, NodeKind},
    text::{Span, quantity},
};

/// A fix that adds `count` blank lines above a block. It is unsafe in a list item, where they make the list loose.
pub(super) fn above(doc: &Document, block: Node<'_>, count: u32) -> Fix {
    let start = doc.lines.line_start(doc.lines.line_of(block.span().start));
    let content = blank_line(doc, block).repeat(count as usize);
    Fix::new(
        title("above", count),
        applicability(doc, block),
        vec![Edit { span: Span::empty(start), content }],
    )
}

/// A fix that adds `count` blank lines below a block, which ends with `last`.
pub(super) fn below(doc: &Document, block: Node<'_>, last: Span, count: u32) -> Fix {
    let next = doc.lines.line_start(doc.lines.last_line_of(last) + 1);
    let content = blank_line(doc, block).repeat(count as usize);
    // The last item of a list has what is below it there.
    let ends_item = block.kind() == NodeKind::List && doc.dialect.engine() != Engine::CommonMark;
    Fix::new(
        title("below", count),
        if ends_item { Applicability::Unsafe } else { applicability(doc, block) },
        vec![Edit { span: Span::empty(next), content }],
    )
}

fn title(side: &str, count: u32) -> String {
    match count {
        1 => format!("Add a blank line {side}"),
        _ => format!("Add {} {side}", quantity(count, "blank line")),
    }
}

/// Unsafe in a list item, after unclosed code or HTML, and in lazy continuation lines: the markers of the block
/// quotes around them are omitted there, and a blank line without markers would end the quotes.
fn applicability(doc: &Document, block: Node<'_>) -> Applicability {
    let in_item =
        block.ancestors().any(|node| node.kind() == NodeKind::Item) || belongs_to_list_above(doc, block);
    let quotes =
        block.ancestors().filter(|node| matches!(node.kind(), NodeKind::BlockQuote | NodeKind::Alert));
    let is_lazy = quotes.count() > doc.slice(prefix(doc, block)).matches('>').count();
    if in_item || is_lazy || is_open(block) { Applicability::Unsafe } else { Applicability::Safe }
}

/// Whether a block is in the last item of the list above: in kramdown and in Python-Markdown, an item has all lines up to a
/// blank one.
fn belongs_to_list_above(doc: &Document, block: Node<'_>) -> bool {
    doc.dialect.engine() != Engine::CommonMark
        && block.previous_sibling().is_some_and(|it| it.kind() == NodeKind::List)
        && !doc.is_clear_above(block.span())
}

/// Whether a block ends in unclosed code or HTML, of which a blank line below would be part.
fn is_open(block: Node<'_>) -> bool {
    let mut last = block;
    loop {
        match last.data() {
            NodeData::CodeBlock(code) => {
                return code.fence.as_ref().is_some_and(|fence| fence.closing.is_none());
            }
            _ if last.kind() == NodeKind::HtmlBlock => return true,
            _ => {}
        }
        match last.children().last() {
            Some(child) if !child.kind().is_inline() => last = child,
            _ => return false,
        }
    }
}

/// The text before a block on its first line.
fn prefix(doc: &Document, block: Node<'_>) -> Span {
    let line = doc.lines.line_of(block.span().start);
    Span::new(doc.lines.line_start(line), block.span().start)
}

/// A blank line with the block quote markers of a block, and a line ending as used in the file.
fn blank_line(doc: &Document, block: Node<'_>) -> String {
    let markers: String =
        doc.slice(prefix(doc, block)).chars().map(|c| if c == '>' { c } else { ' ' }).collect();
    format!("{}{}", markers.trim_end(), doc.line_break())
}
