//! Spaces after the marks of quotes beyond the one that belongs to the mark.

use super::ast::{Ast, Node, NodeKind};
use super::container_prefix::{Container, Cursor};
use super::data::NodeData;
use crate::text::{LineIndex, Span};

/// Spaces after the mark of a quote, without the first. Those that are code, or the indentation that an item asks
/// for, are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuoteGap {
    /// The spaces.
    pub span: Span,
    /// Whether an item of a list follows them, or is around the quote's mark.
    pub in_list: bool,
}

impl Ast {
    /// The gaps of all quotes, in source order. Made anew with each call; costs nothing without quotes.
    pub fn quote_gaps(&self, source: &str, lines: &LineIndex) -> Vec<QuoteGap> {
        let mut quotes: Vec<Node<'_>> =
            self.of(NodeKind::BlockQuote).chain(self.of(NodeKind::Alert)).collect();
        quotes.sort_by_key(|quote| quote.index());
        let mut search = Search { source, lines, gaps: vec![] };
        let mut behind = 0;
        for quote in quotes {
            if quote.index() >= behind {
                search.quote(quote);
                behind = quote.index() + 1 + quote.descendants().len();
            }
        }
        search.gaps
    }
}

struct Search<'a> {
    source: &'a str,
    lines: &'a LineIndex,
    gaps: Vec<QuoteGap>,
}

impl Search<'_> {
    /// Walks over the lines of an outermost quote: each is a line of a leaf, or of nothing but containers.
    fn quote(&mut self, quote: Node<'_>) {
        let mut line = self.lines.line_of(quote.span().start);
        let mut innermost = quote;
        for node in quote.descendants().filter(|node| !node.kind().is_inline() && !is_part_of_table(*node)) {
            let first = self.lines.line_of(node.span().start);
            if first > line {
                self.lines_without_leaf(innermost, line..first);
                line = first;
            }
            if node.kind().is_container() {
                innermost = node;
                continue;
            }
            let end = self.last_line(node) + 1;
            let containers = containers(node);
            for line in line.max(first)..end {
                self.line(&containers, Some(node), line);
            }
            line = line.max(end);
            innermost = node.parent().unwrap_or(quote);
        }
        let end = self.last_line(quote) + 1;
        self.lines_without_leaf(innermost, line..end.max(line));
    }

    fn last_line(&self, node: Node<'_>) -> u32 {
        self.lines.last_line_of(node.span())
    }

    /// Lines of `innermost` or of what is around it, in which there is no block.
    fn lines_without_leaf(&mut self, innermost: Node<'_>, lines: std::ops::Range<u32>) {
        let mut around: Vec<Node<'_>> = containers(innermost);
        around.push(innermost);
        for line in lines {
            // Lists and items that are over have no say in the lines after them, but for blank ones.
            let is_blank = self.lines.line_span(self.source, line).of(self.source).bytes().all(is_no_text);
            while !is_blank
                && around.len() > 1
                && around.last().is_some_and(|node| self.last_line(*node) < line)
            {
                around.pop();
            }
            self.line(&around, None, line);
        }
    }

    /// Passes the containers of a line and looks at what is after the marks of the quotes among them.
    fn line(&mut self, containers: &[Node<'_>], leaf: Option<Node<'_>>, line: u32) {
        if self.is_inside(leaf, line) {
            return;
        }
        let mut cursor = Cursor::new(self.source, self.lines.line_start(line));
        let mut behind_mark = false;
        let mut in_list = false;
        for node in containers {
            let Some(container) = node.container() else { continue };
            let begins_here = self.lines.line_of(node.span().start) == line;
            let gap = cursor.gap();
            match container {
                Container::Quote => {
                    if !cursor.has_mark_ahead() {
                        break;
                    }
                    if behind_mark {
                        self.push(gap, in_list);
                    }
                    behind_mark = true;
                }
                Container::Item(_) if begins_here => {
                    if behind_mark {
                        self.push(gap, true);
                    }
                    (behind_mark, in_list) = (false, true);
                }
                Container::Item(item) => {
                    in_list = true;
                    let columns = cursor.columns_before_text();
                    if columns.is_some_and(|columns| columns < item.indent + item.padding) {
                        break;
                    }
                    behind_mark = false;
                }
                Container::Footnote(_) => {
                    if behind_mark && begins_here {
                        self.push(gap, in_list);
                    }
                    behind_mark = false;
                }
            }
            cursor.pass(&container, begins_here);
        }
        if behind_mark {
            self.push(self.before_leaf(leaf, line, cursor.gap()), in_list);
        }
    }

    /// Whether a line is in HTML or indented code that begins above it: its spaces are part of that.
    fn is_inside(&self, leaf: Option<Node<'_>>, line: u32) -> bool {
        let is_raw = |leaf: &Node<'_>| match leaf.data() {
            NodeData::HtmlBlock(_) => true,
            NodeData::CodeBlock(code) => code.fence.is_none(),
            _ => false,
        };
        leaf.is_some_and(|leaf| is_raw(&leaf) && self.lines.line_of(leaf.span().start) < line)
    }

    /// The part of the spaces before a leaf's line that is neither code, HTML nor part of a table.
    fn before_leaf(&self, leaf: Option<Node<'_>>, line: u32, gap: Span) -> Span {
        let Some(leaf) = leaf else { return gap };
        let is_first = self.lines.line_of(leaf.span().start) == line;
        match leaf.data() {
            NodeData::HtmlBlock(_) => Span::empty(gap.start),
            NodeData::Table(table) if self.lines.line_of(table.delimiter_row.start) == line => {
                Span::empty(gap.start)
            }
            NodeData::CodeBlock(code) => {
                let Some(fence) = code.fence else { return Span::empty(gap.start) };
                // A closing fence may be indented as it likes.
                let closes = fence.closing.is_some_and(|closing| self.lines.line_of(closing.start) == line);
                let most = match (is_first, closes) {
                    (true, _) => u32::MAX,
                    (_, true) => 0,
                    _ => fence.indent,
                };
                Span::new(gap.start, gap.end.min(gap.start.saturating_add(most)))
            }
            _ => gap,
        }
    }

    fn push(&mut self, span: Span, in_list: bool) {
        if !span.is_empty() {
            self.gaps.push(QuoteGap { span, in_list });
        }
    }
}

fn is_no_text(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'>')
}

/// The containers around a node, the outermost first.
fn containers(node: Node<'_>) -> Vec<Node<'_>> {
    let mut around: Vec<Node<'_>> = node.ancestors().collect();
    around.reverse();
    around
}

fn is_part_of_table(node: Node<'_>) -> bool {
    matches!(node.kind(), NodeKind::TableRow | NodeKind::TableCell)
}
