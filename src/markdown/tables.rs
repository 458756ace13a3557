//! The lines of a table as their pipes part them.

use super::ast::{Ast, Node, NodeKind, Typed};
use super::data::{NodeData, Table};
use crate::text::Span;

/// A line of a table: a row, or the line of dashes under its header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableLine {
    /// The line without what is before the table in it, and without the spaces at its end.
    pub span: Span,
    /// The offsets of the pipes that part cells or end a row: those that no backslash escapes (GFM 0.29, section
    /// 4.10).
    pub pipes: Box<[u32]>,
}

impl Typed<'_, Table> {
    /// The lines of the table: the header, the line of dashes, the other rows.
    pub fn lines(self, source: &str) -> impl Iterator<Item = TableLine> {
        let mut rows = self.node().children().filter(|node| node.kind() == NodeKind::TableRow);
        let header = rows.next().map(Node::span);
        let spans = header.into_iter().chain([self.delimiter_row]).chain(rows.map(Node::span));
        spans.map(move |span| TableLine::new(span, source))
    }
}

/// Code that a pipe in it splits over two cells, so that readers see its backticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SplitCode {
    /// From the first backtick to the last, as far as the row shows them.
    pub code: Span,
    /// The pipe; missing where the row has more cells than the table, so that not all of it is shown.
    pub pipe: Option<Span>,
}

impl Ast {
    /// The code that pipes split in tables, in source order. `ticks` are the backticks of [`Ast::bare_marks`].
    pub fn split_code(&self, source: &str, ticks: &[(Span, usize)]) -> Vec<SplitCode> {
        if self.of(NodeKind::Table).len() == 0 {
            return vec![];
        }
        let row = |block: usize| self.node(block).filter(|it| it.kind() == NodeKind::TableCell)?.parent();
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(&(first, cell)) = ticks.get(at) {
            at += 1;
            let Some(here) = row(cell) else { continue };
            let surplus = match here.data() {
                NodeData::TableRow(row) => row.surplus,
                _ => None,
            };
            let second = ticks.get(at).filter(|(run, other)| {
                let is_same_row = row(*other).is_some_and(|row| row.index() == here.index());
                is_same_row && *other != cell && run.len() == first.len()
            });
            if let Some((second, _)) = second {
                let between = Span::new(first.end, second.start);
                let pipe = between.of(source).find('|').filter(|_| surplus.is_none());
                let pipe = pipe.map(|i| Span::new(between.start + i as u32, between.start + i as u32 + 1));
                found.push(SplitCode { code: first.join(*second), pipe });
                at += 1;
            } else if surplus.is_some_and(|it| it.of(source).contains('`')) {
                found.push(SplitCode { code: first, pipe: None });
            }
        }
        found
    }
}

impl TableLine {
    pub(super) fn new(span: Span, source: &str) -> Self {
        let mut pipes = Vec::new();
        let mut bytes = span.of(source).bytes().zip(span.start..);
        while let Some((byte, at)) = bytes.next() {
            match byte {
                b'|' => pipes.push(at),
                b'\\' => {
                    // A backslash escapes pipes and backslashes; passing anything else after it does no harm.
                    bytes.next();
                }
                _ => {}
            }
        }
        Self { span, pipes: pipes.into() }
    }

    /// Whether the line begins with a pipe.
    pub fn has_leading_pipe(&self) -> bool {
        self.pipes.first() == Some(&self.span.start)
    }

    /// Whether the line ends with a pipe.
    pub fn has_trailing_pipe(&self) -> bool {
        self.pipes.last().is_some_and(|&pipe| pipe + 1 == self.span.end)
    }

    /// What is between the pipes, spaces included: one span for each cell.
    pub fn cells(&self) -> impl Iterator<Item = Span> + '_ {
        let inner = if self.has_leading_pipe() { &self.pipes[1..] } else { &self.pipes };
        let first = if self.has_leading_pipe() { self.span.start + 1 } else { self.span.start };
        let starts = std::iter::once(first).chain(inner.iter().map(|pipe| pipe + 1));
        let last = Some(self.span.end).filter(|_| inner.is_empty() || !self.has_trailing_pipe());
        let ends = inner.iter().copied().chain(last);
        starts.zip(ends).map(|(start, end)| Span::new(start, end))
    }
}

#[cfg(test)]
mod tests {
    use super::TableLine;
    use crate::text::Span;

    fn cells(line: &str) -> Vec<&str> {
        let parted = TableLine::new(Span::from_range(0..line.len()), line);
        parted.cells().map(|cell| cell.of(line)).collect()
    }

    #[test]
    fn pipes_part_cells_unless_they_are_escaped() {
        assert_eq!(cells("| a | b |"), [" a ", " b "]);
        assert_eq!(cells("a|b"), ["a", "b"]);
        assert_eq!(cells("a||b|"), ["a", "", "b"]);
        assert_eq!(cells(r"| a \| b | \\|"), [r" a \| b ", r" \\"]);
        assert_eq!(cells(r"a \\| `b\|c`"), [r"a \\", r" `b\|c`"]);
        assert_eq!(cells("| a"), [" a"]);
        for one in ["|", "||", "| |", "a"] {
            assert_eq!(cells(one).len(), 1, "{one}");
        }
    }
}
