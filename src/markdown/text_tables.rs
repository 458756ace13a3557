//! Text that was meant to be a table.

use super::ast::Ast;
use super::dialect::{IslandKind, Overlay};
use super::node_kind::NodeKind;
use super::tables::TableLine;
use crate::text::Span;

/// Lines of a paragraph that look like a table and are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextTable {
    /// What is wrong with it.
    pub kind: TextTableKind,
    /// The line that shows it.
    pub span: Span,
}

/// Why lines of text are not a table (GFM 0.29, section 4.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextTableKind {
    /// No delimiter row follows the first line.
    NoDelimiterRow,
    /// The lines begin with a delimiter row, and no header row is above it.
    NoHeaderRow,
    /// The delimiter row has another number of cells than the header row.
    Columns {
        /// Cells of the header row.
        header: usize,
        /// Cells of the delimiter row.
        delimiter: usize,
    },
    /// The delimiter row has other characters than `|`, `:`, `-` and spaces.
    Characters,
    /// The rows follow a table after a blank line.
    AfterBlankLine,
}

impl Ast {
    /// The paragraphs with lines that were meant to be a table, in source order. `source` is the text as the parser read
    /// it.
    pub fn text_tables(&self, source: &str) -> Vec<TextTable> {
        let paragraphs = self.of(NodeKind::Paragraph);
        let paragraphs =
            paragraphs.filter(|it| memchr::memchr(b'|', it.span().of(source).as_bytes()).is_some());
        let paragraphs = paragraphs.filter(|it| !self.is_below_tag(it.span(), source));
        let found = paragraphs.filter_map(|paragraph| {
            let lines = lines(paragraph.span(), source);
            let follows_table = paragraph.previous_sibling().is_some_and(|it| it.kind() == NodeKind::Table);
            table_of(&lines, source, follows_table)
        });
        found.collect()
    }

    /// Whether the line above a paragraph is a tag of a template, which may make something else of its lines.
    fn is_below_tag(&self, paragraph: Span, source: &str) -> bool {
        let islands = self.overlay().map_or(&[][..], Overlay::islands);
        let next = islands.partition_point(|island| island.span.end <= paragraph.start);
        islands[..next].last().filter(|it| it.kind == IslandKind::Tag && it.is_block).is_some_and(|tag| {
            let between = Span::new(tag.span.end, paragraph.start).of(source);
            between.trim().is_empty() && between.matches('\n').count() < 2
        })
    }
}

/// The lines of a paragraph without the whitespace and the block quote markers around their text.
fn lines(paragraph: Span, source: &str) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut at = paragraph.start;
    for line in paragraph.of(source).split_inclusive(['\n', '\r']) {
        let text = line.trim_start_matches([' ', '\t', '>']);
        let start = at + (line.len() - text.len()) as u32;
        at += line.len() as u32;
        let text = text.trim_end();
        if !text.is_empty() {
            lines.push(Span::new(start, start + text.len() as u32));
        }
    }
    lines
}

fn table_of(lines: &[Span], source: &str, follows_table: bool) -> Option<TextTable> {
    let texts = || lines.iter().map(|line| line.of(source));
    // The lines of a grid table of Pandoc.
    if texts().any(|line| line.starts_with("+-") || line.starts_with("+=")) {
        return None;
    }
    if let Some(at) = texts().position(is_delimiter_row) {
        return of_delimiter_row(lines, at, source);
    }
    let is_bare_table = lines.len() > 2 && texts().all(is_bare_row) && same_cells(lines, source);
    let is_table = lines.len() > 1 && texts().all(is_row) && same_cells(lines, source) || is_bare_table;
    if follows_table && texts().all(is_row) {
        return Some(TextTable { kind: TextTableKind::AfterBlankLine, span: lines[0] });
    }
    is_table.then(|| TextTable { kind: TextTableKind::NoDelimiterRow, span: lines[0] })
}

/// What is wrong with lines that have something like a delimiter row.
fn of_delimiter_row(lines: &[Span], at: usize, source: &str) -> Option<TextTable> {
    let line = lines[at];
    let text = line.of(source);
    let has_rows_below = lines[at + 1..].iter().any(|line| line.of(source).contains('|'));
    let kind = if at == 0 || !lines[at - 1].of(source).contains('|') {
        (has_rows_below && text.starts_with('|')).then_some(TextTableKind::NoHeaderRow)
    } else if text.contains(|c: char| !matches!(c, '|' | ':' | '-' | ' ' | '\t')) {
        Some(TextTableKind::Characters)
    } else {
        let (header, delimiter) = (cells(lines[at - 1], source), cells(line, source));
        (header != delimiter).then_some(TextTableKind::Columns { header, delimiter })
    };
    kind.map(|kind| TextTable { kind, span: line })
}

fn cells(line: Span, source: &str) -> usize {
    TableLine::new(line, source).cells().count()
}

fn same_cells(lines: &[Span], source: &str) -> bool {
    let first = cells(lines[0], source);
    first > 1 && lines.iter().all(|line| cells(*line, source) == first)
}

/// Whether a line begins and ends with a pipe, with text between.
fn is_row(line: &str) -> bool {
    let inner = line.strip_prefix('|').and_then(|line| line.strip_suffix('|'));
    inner.is_some_and(|inner| inner.contains(char::is_alphanumeric))
}

/// Whether a line is like a row without pipes at its ends: three cells of plain text or more. Two could be anything;
/// links, markup and code between pipes are a menu or a command line.
fn is_bare_row(line: &str) -> bool {
    line.matches(" | ").count() > 1 && !line.contains(['[', '<', '`', '{', '*', '$']) && !line.ends_with('.')
}

/// Whether a line has nothing but dashes of some kind, pipes and colons.
fn is_delimiter_row(line: &str) -> bool {
    let is_dash = |c: char| matches!(c, '-' | '–' | '—' | '=' | '_');
    let is_other = |c: char| matches!(c, '|' | ':' | ' ' | '\t' | '+');
    let dashes = line.chars().filter(|c| is_dash(*c)).count();
    dashes > 1 && line.contains('|') && line.chars().all(|c| is_dash(c) || is_other(c))
}
