//! The lines of a table as their pipes part them.

use super::ast::{Node, NodeKind, Typed};
use super::data::Table;
use crate::text::Span;

/// A line of a table: a row, or the line of dashes under its header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableLine {
    /// The line without what stands before the table in it, and without the blanks at its end.
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

impl TableLine {
    fn new(span: Span, source: &str) -> Self {
        let mut pipes = Vec::new();
        let mut bytes = span.of(source).bytes().zip(span.start..);
        while let Some((byte, at)) = bytes.next() {
            match byte {
                b'|' => pipes.push(at),
                b'\\' => {
                    // A backslash escapes pipes and backslashes; passing anything else behind it does no harm.
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

    /// What lies between the pipes, blanks included: one span for each cell.
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
