//! What the lines of a file belong to, for rules about lines: long ones, blank ones, the spaces at their ends.

use super::ast::{Ast, Node, Typed};
use super::data::CodeBlock;
use super::node_kind::NodeKind;
use crate::text::{LineIndex, Span};

/// What a line belongs to; a line can belong to several of these, or to none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LineKind(u8);

impl LineKind {
    /// The line is a fence of a code block, or is between fences.
    pub const FENCED: Self = Self(1);
    /// The line opens or closes a fenced code block.
    pub const FENCE: Self = Self(1 << 1);
    /// The line is in an indented code block.
    pub const INDENTED: Self = Self(1 << 2);
    /// The line is in a code block of either kind.
    pub const CODE: Self = Self(Self::FENCED.0 | Self::INDENTED.0);
    /// The line is in a heading, the underline included.
    pub const HEADING: Self = Self(1 << 3);
    /// The line is a row of a table.
    pub const TABLE: Self = Self(1 << 4);
    /// The line is in a block of HTML.
    pub const HTML: Self = Self(1 << 5);
    /// The line is in a link reference definition or in the definition of a footnote.
    pub const DEFINITION: Self = Self(1 << 6);
    /// The line ends within an HTML comment.
    pub const COMMENT: Self = Self(1 << 7);

    /// Whether the line belongs to one of `kinds`.
    pub const fn is(self, kinds: Self) -> bool {
        self.0 & kinds.0 != 0
    }

    /// Both.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What each line belongs to.
#[derive(Debug)]
pub struct LineKinds {
    kinds: Box<[LineKind]>,
}

impl LineKinds {
    /// Looks at the blocks of a tree.
    pub fn of(ast: &Ast, source: &str, lines: &LineIndex) -> Self {
        let kinds = vec![LineKind::default(); lines.line_count() as usize].into();
        let mut marker = Marker { kinds, lines };
        for block in ast.code_blocks() {
            let kind = if block.fence.is_some() { LineKind::FENCED } else { LineKind::INDENTED };
            let reach = ast.code_lines(&block).last().copied().filter(|_| block.fence.is_some());
            let mut span = reach.map_or(block.span(), |last| block.span().join(last));
            if is_open_to_the_end(&block, source) {
                span.end = source.len() as u32 + 1;
            }
            marker.mark(span, kind);
            for fence in block.fence.iter().flat_map(|fence| [Some(fence.opening), fence.closing]).flatten() {
                marker.mark(fence, LineKind::FENCE);
            }
        }
        for (kind, line_kind) in [
            (NodeKind::Heading, LineKind::HEADING),
            (NodeKind::Table, LineKind::TABLE),
            (NodeKind::HtmlBlock, LineKind::HTML),
            (NodeKind::FootnoteDefinition, LineKind::DEFINITION),
        ] {
            ast.of(kind).for_each(|node| marker.mark(node.span(), line_kind));
        }
        for definition in ast.definitions() {
            marker.mark(definition.span, LineKind::DEFINITION);
        }
        for comment in ast.html_comments(source) {
            marker.mark_ends(comment, LineKind::COMMENT);
        }
        Self { kinds: marker.kinds }
    }

    /// What a line, counted from 0, belongs to.
    pub fn of_line(&self, line: u32) -> LineKind {
        self.kinds.get(line as usize).copied().unwrap_or_default()
    }
}

/// Whether a block has no closing fence and nothing ends it but the file: blank lines at its end are code.
fn is_open_to_the_end(block: &Typed<'_, CodeBlock>, source: &str) -> bool {
    let in_quote = |node: Node<'_>| matches!(node.kind(), NodeKind::BlockQuote | NodeKind::Alert);
    block.fence.is_some_and(|fence| fence.closing.is_none())
        && source[block.span().end as usize..].trim().is_empty()
        && !block.node().ancestors().any(in_quote)
}

struct Marker<'a> {
    kinds: Box<[LineKind]>,
    lines: &'a LineIndex,
}

impl Marker<'_> {
    /// Marks the lines that a span touches.
    fn mark(&mut self, span: Span, kind: LineKind) {
        let first = self.lines.line_of(span.start);
        let last = self.lines.last_line_of(span);
        self.mark_lines(first..last + 1, kind);
    }

    /// Marks the lines whose ends are in a span.
    fn mark_ends(&mut self, span: Span, kind: LineKind) {
        self.mark_lines(self.lines.line_of(span.start)..self.lines.line_of(span.end), kind);
    }

    fn mark_lines(&mut self, lines: std::ops::Range<u32>, kind: LineKind) {
        for slot in &mut self.kinds[lines.start as usize..lines.end as usize] {
            *slot = slot.or(kind);
        }
    }
}

/// Whether readers see nothing of a line: it is blank but for HTML comments, parts of them, and the marks of quotes.
pub fn is_vacant(line: &str) -> bool {
    let is_shown = |c: char| c != '>' && !c.is_whitespace();
    if memchr::memchr(b'-', line.as_bytes()).is_none() {
        return !line.contains(is_shown);
    }
    let mut rest = line;
    loop {
        let close = rest.find("-->");
        let comment = close.map_or(rest, |close| &rest[..close + "-->".len()]);
        let before = match (comment.find("<!--"), close) {
            (Some(open), _) => &rest[..open],
            (None, Some(_)) => "",
            (None, None) => rest,
        };
        if before.contains(is_shown) {
            return false;
        }
        if close.is_none() {
            return true;
        }
        rest = &rest[comment.len()..];
    }
}

#[cfg(test)]
mod tests {
    use super::is_vacant;

    #[test]
    fn comments_and_quote_marks_are_nothing_to_see() {
        for line in
            ["", " \t", "> >", "<!-- tide -->", "> <!-- a --> <!-- b", "the end of one --> <!--", "-->"]
        {
            assert!(is_vacant(line), "{line:?}");
        }
        for line in ["ebb", "<!-- tide --> ebb", "> <!-- a --> ebb <!-- b", "--> ebb", "- >"] {
            assert!(!is_vacant(line), "{line:?}");
        }
    }

    #[test]
    fn a_line_of_ends_of_comments_is_read_once() {
        assert!(is_vacant(&"-->".repeat(1_000_000)));
    }
}
