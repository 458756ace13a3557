//! The texts of a page, by the kind of their context.

use super::{Ast, LinkKind, NodeData, NodeKind};
use crate::text::Span;

/// The context of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextKind {
    /// Text of a block.
    Prose,
    /// Text inside of inline markup: a link, an image or emphasis.
    Inline,
    /// A value in front matter. The tree of a page has none of these.
    FrontMatter,
    /// A code span or a line of a code block.
    Code,
    /// An HTML tag or comment.
    Html,
    /// Text between the tags of an HTML block, which may be a script.
    HtmlText,
}

impl Ast {
    /// Calls `visit` for each text of the page, except autolinks and bare URLs.
    pub fn for_each_text(&self, source: &str, mut visit: impl FnMut(Span, TextKind)) {
        let mut hidden = 0;
        let markup = self.html_markup(source);
        for node in self.nodes().filter(|node| node.kind() != NodeKind::Document) {
            match node.data() {
                _ if node.span().start < hidden => {}
                NodeData::Link(link) if matches!(link.kind, LinkKind::Bare | LinkKind::Autolink) => {
                    hidden = node.span().end;
                }
                NodeData::Code(code) => visit(code.content, TextKind::Code),
                NodeData::CodeBlock(block) => {
                    self.code_lines(block).iter().for_each(|line| visit(*line, TextKind::Code));
                }
                _ => match node.kind() {
                    NodeKind::Text => {
                        let is_inline = node.parent().is_some_and(|parent| parent.kind().is_inline());
                        visit(node.span(), if is_inline { TextKind::Inline } else { TextKind::Prose });
                    }
                    NodeKind::HtmlInline => visit(node.span(), TextKind::Html),
                    NodeKind::HtmlBlock => html_block(node.span(), &markup, &mut visit),
                    _ => {}
                },
            }
        }
    }
}

/// Calls `visit` for each text and each tag of an HTML block.
pub(super) fn html_block(block: Span, markup: &[Span], visit: &mut impl FnMut(Span, TextKind)) {
    let first = markup.partition_point(|part| part.start < block.start);
    let mut text = block;
    for part in markup[first..].iter().take_while(|part| part.start < block.end) {
        visit(Span::new(text.start, part.start), TextKind::HtmlText);
        visit(*part, TextKind::Html);
        text.start = part.end;
    }
    visit(text, TextKind::HtmlText);
}
