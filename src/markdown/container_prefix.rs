//! What is before a block in its lines: the marks and the indentation of the containers around it.

use super::ast::{Node, NodeKind};
use super::data::{Item, NodeData};
use crate::text::{LineIndex, Span};

/// Columns up to which a tab reaches.
const TAB: u32 = 4;

/// Columns by which the lines of a footnote's definition are indented.
const FOOTNOTE_INDENT: u32 = 4;

/// A container, as far as its lines show it.
pub(super) enum Container<'a> {
    /// A block quote or an alert.
    Quote,
    /// An item of a list.
    Item(&'a Item),
    /// The definition of a footnote, whose text begins at this offset.
    Footnote(u32),
}

impl Node<'_> {
    /// Where, in the first line of this block, the marks and the indentation of the containers around it end. What
    /// is between that and the block is its own indentation.
    ///
    /// A block quote's mark takes one space after it; the indentation that an item asks for is the item's.
    pub fn prefix_end(self, source: &str, lines: &LineIndex) -> u32 {
        let line = lines.line_of(self.span().start);
        let containers: Vec<Self> = self.ancestors().filter(|node| node.kind().is_container()).collect();
        let mut cursor = Cursor::new(source, lines.line_start(line));
        for node in containers.into_iter().rev() {
            if let Some(container) = node.container() {
                cursor.pass(&container, lines.line_of(node.span().start) == line);
            }
        }
        cursor.at.min(self.span().start)
    }

    /// Where the last mark of a quote before this block ends in its line, the space after it included; the line's
    /// start where there is none.
    pub fn quote_end(self, source: &str, lines: &LineIndex) -> u32 {
        let line = lines.line_of(self.span().start);
        let start = Cursor::new(source, lines.line_start(line)).at;
        let before = &source[start as usize..self.span().start.max(start) as usize];
        let Some(mark) = before.rfind('>') else { return start };
        let blank = usize::from(before[mark + 1..].starts_with([' ', '\t']));
        start + (mark + 1 + blank) as u32
    }

    /// The spaces that indent the first line of this block: those before it, or, where the line begins containers too,
    /// those before the mark of the innermost that is indented. Empty where nothing is.
    pub fn indentation(self, source: &str, lines: &LineIndex) -> Span {
        let line = lines.line_of(self.span().start);
        let containers: Vec<Self> = self.ancestors().filter(|node| node.kind().is_container()).collect();
        let mut cursor = Cursor::new(source, lines.line_start(line));
        let mut indentation = Span::empty(self.span().start);
        for node in containers.into_iter().rev() {
            let Some(container) = node.container() else { continue };
            let begins_here = lines.line_of(node.span().start) == line;
            let gap = cursor.gap();
            if !gap.is_empty() && (begins_here || matches!(container, Container::Quote)) {
                indentation = gap;
            }
            cursor.pass(&container, begins_here);
        }
        let own = Span::new(cursor.at.min(self.span().start), self.span().start);
        if own.is_empty() { indentation } else { own }
    }

    /// What the node is as a container of lines, if it is one.
    pub(super) fn container(&self) -> Option<Container<'_>> {
        Some(match (self.kind(), self.data()) {
            (NodeKind::BlockQuote | NodeKind::Alert, _) => Container::Quote,
            (NodeKind::Item | NodeKind::Container, NodeData::Item(item)) => Container::Item(item),
            (NodeKind::FootnoteDefinition, NodeData::Footnote(footnote)) => {
                Container::Footnote(footnote.label.end + 2)
            }
            _ => return None,
        })
    }
}

/// A place in a line, with its column: tabs count.
pub(super) struct Cursor<'s> {
    text: &'s [u8],
    /// The place, in bytes.
    pub(super) at: u32,
    /// Columns before it, from 0.
    pub(super) column: u32,
}

impl<'s> Cursor<'s> {
    /// The start of a line, after a byte order mark.
    pub(super) fn new(source: &'s str, line_start: u32) -> Self {
        let mark = if line_start == 0 && source.starts_with('\u{FEFF}') { 3 } else { 0 };
        Self { text: source.as_bytes(), at: line_start + mark, column: 0 }
    }

    fn next(&self) -> u8 {
        self.text.get(self.at as usize).copied().unwrap_or(0)
    }

    /// Passes what a container has in this line, which may be the one that it begins in.
    pub(super) fn pass(&mut self, container: &Container<'_>, begins_here: bool) {
        match container {
            Container::Quote => self.quote(),
            Container::Item(item) if begins_here => {
                self.blanks(item.indent);
                let marker = item.marker.len();
                self.at += marker;
                self.column += marker;
                self.blanks(item.padding.saturating_sub(marker));
            }
            Container::Item(item) => self.blanks(item.indent + item.padding),
            Container::Footnote(text) if begins_here => {
                self.at = *text;
                self.blanks(u32::MAX);
            }
            Container::Footnote(_) => self.blanks(FOOTNOTE_INDENT),
        }
    }

    fn quote(&mut self) {
        let (at, column) = (self.at, self.column);
        self.blanks(TAB - 1);
        if self.next() == b'>' {
            self.at += 1;
            self.column += 1;
            self.blanks(1);
        } else {
            // A line that goes on without the mark.
            (self.at, self.column) = (at, column);
        }
    }

    /// Passes spaces of up to so many columns. A tab that reaches further is passed too.
    pub(super) fn blanks(&mut self, columns: u32) {
        let end = self.column.saturating_add(columns);
        while self.column < end {
            match self.next() {
                b' ' => self.column += 1,
                b'\t' => self.column += TAB - self.column % TAB,
                _ => return,
            }
            self.at += 1;
        }
    }

    /// The spaces that follow.
    pub(super) fn gap(&self) -> Span {
        let blanks =
            self.text[self.at as usize..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        Span::new(self.at, self.at + blanks as u32)
    }

    /// Whether the mark of a quote follows, indented no more than it may be.
    pub(super) fn has_mark_ahead(&self) -> bool {
        let mut ahead = Self { ..*self };
        ahead.blanks(TAB - 1);
        ahead.next() == b'>'
    }

    /// How many columns of spaces follow, if something other than a line break follows them.
    pub(super) fn columns_before_text(&self) -> Option<u32> {
        let mut ahead = Self { ..*self };
        ahead.blanks(u32::MAX);
        (!matches!(ahead.next(), b'\n' | b'\r' | 0)).then_some(ahead.column - self.column)
    }
}
