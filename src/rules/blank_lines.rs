//! Blank lines around blocks: what the rules about headings, lists, code and tables share.

use crate::{
    document::Document,
    fix::{Applicability, Edit, Fix},
    markdown::{Node, NodeData, NodeKind},
    text::Span,
};

/// A fix that puts `count` blank lines above a block. The lines of a list's item come apart where blank lines are put
/// between them, so there it is not safe.
pub(super) fn above(doc: &Document, block: Node<'_>, count: u32) -> Fix {
    let start = doc.lines.line_start(doc.lines.line_of(block.span().start));
    let content = blank_line(doc, block).repeat(count as usize);
    Fix::new(
        title("above", count),
        applicability(doc, block),
        vec![Edit { span: Span::empty(start), content }],
    )
}

/// A fix that puts `count` blank lines below a block, which ends with `last`.
pub(super) fn below(doc: &Document, block: Node<'_>, last: Span, count: u32) -> Fix {
    let next = doc.lines.line_start(doc.lines.last_line_of(last) + 1);
    let content = blank_line(doc, block).repeat(count as usize);
    Fix::new(
        title("below", count),
        applicability(doc, block),
        vec![Edit { span: Span::empty(next), content }],
    )
}

fn title(side: &str, count: u32) -> String {
    match count {
        1 => format!("add a blank line {side}"),
        _ => format!("add {count} blank lines {side}"),
    }
}

/// A block may go on lazily, without the marks of the quotes around it: then a blank line without them ends the quotes.
fn applicability(doc: &Document, block: Node<'_>) -> Applicability {
    let in_item = block.ancestors().any(|node| node.kind() == NodeKind::Item);
    let quotes =
        block.ancestors().filter(|node| matches!(node.kind(), NodeKind::BlockQuote | NodeKind::Alert));
    let is_lazy = quotes.count() > doc.slice(prefix(doc, block)).matches('>').count();
    if in_item || is_lazy || is_open(block) { Applicability::Unsafe } else { Applicability::Safe }
}

/// Whether a block ends in code or HTML that nothing closes, which a blank line below would be part of.
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

/// What stands before a block in its first line.
fn prefix(doc: &Document, block: Node<'_>) -> Span {
    let line = doc.lines.line_of(block.span().start);
    Span::new(doc.lines.line_start(line), block.span().start)
}

/// A blank line where a block stands: the marks of the quotes around it, and a line break as the file has them.
fn blank_line(doc: &Document, block: Node<'_>) -> String {
    let marks: String =
        doc.slice(prefix(doc, block)).chars().map(|c| if c == '>' { c } else { ' ' }).collect();
    format!("{}{}", marks.trim_end(), doc.line_break())
}
