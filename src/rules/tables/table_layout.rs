//! The layout of tables in the source: alignment of pipes and spacing of cells.

use unicode_width::UnicodeWidthStr;

use crate::{
    document::Document,
    fix::{Applicability, Edit, Fix},
    markdown::TableLine,
    text::Span,
};

/// The narrowest column.
const MIN_WIDTH: usize = 3;

/// How many times as long as a table is the aligned one may be. Each cell of a column becomes as wide as its widest.
const MAX_GROWTH: usize = 8;

/// Bytes that an aligned table may have in any case.
const LEAST_SIZE: usize = 10_000;

/// A fix that aligns the pipes of a table. `None` if a row is incomplete or indented differently, or if one wide cell
/// would make the table many times as long.
pub(super) fn align(doc: &Document, lines: &[TableLine]) -> Option<Fix> {
    let header = lines.first()?;
    let columns = header.cells().count();
    let is_complete = |line: &TableLine| {
        line.has_leading_pipe() && line.has_trailing_pipe() && line.cells().count() == columns
    };
    let ambiguous = |line: &TableLine| line.pipes.iter().any(|&pipe| is_ambiguous(doc, pipe));
    if lines.iter().any(ambiguous) {
        return None;
    }
    if !lines.iter().all(|line| is_complete(line) && indentation(doc, line) == indentation(doc, header)) {
        return None;
    }
    let mut widths = vec![MIN_WIDTH; columns];
    for (_, line) in texts(lines) {
        for (width, cell) in widths.iter_mut().zip(line.cells()) {
            *width = text(doc, cell).width().max(*width);
        }
    }
    let size = (widths.iter().sum::<usize>() + 3 * columns + 1).saturating_mul(lines.len());
    let written: usize = lines.iter().map(|line| line.span.len() as usize).sum();
    if size > MAX_GROWTH * written + LEAST_SIZE {
        return None;
    }
    let write = |(i, line): (usize, &TableLine)| {
        let mut content = String::from("|");
        for (&width, cell) in widths.iter().zip(line.cells()) {
            let text = text(doc, cell);
            let text = if i == DELIMITER_ROW { dashes(text, width) } else { text.to_owned() };
            let rest = width - text.width().min(width);
            content.extend([" ", &text, &" ".repeat(rest), " |"]);
        }
        Edit { span: line.span, content }
    };
    let edits = lines.iter().enumerate().map(write).collect();
    Some(Fix::new("Align the pipes of the table", Applicability::Safe, edits))
}

/// Whether parsers disagree about a pipe: after two backslashes, some take it as escaped, others take the second
/// backslash as escaped.
pub(super) fn is_ambiguous(doc: &Document, pipe: u32) -> bool {
    doc.source[..pipe as usize].ends_with('\\')
}

/// Index of the delimiter row.
const DELIMITER_ROW: usize = 1;

/// All rows except the delimiter row.
fn texts(lines: &[TableLine]) -> impl Iterator<Item = (usize, &TableLine)> {
    lines.iter().enumerate().filter(|(i, _)| *i != DELIMITER_ROW)
}

/// The width of the indentation of a line.
fn indentation(doc: &Document, line: &TableLine) -> usize {
    let start = doc.lines.line_start(doc.lines.line_of(line.span.start));
    doc.slice(Span::new(start, line.span.start)).width()
}

/// The text of a cell, without the whitespace around it.
fn text(doc: &Document, cell: Span) -> &str {
    doc.slice(cell).trim_matches([' ', '\t'])
}

/// The delimiter of a column, extended to its width, with its colons.
fn dashes(delimiter: &str, width: usize) -> String {
    let left = if delimiter.starts_with(':') { ":" } else { "" };
    let right = if delimiter.ends_with(':') { ":" } else { "" };
    format!("{left}{}{right}", "-".repeat(width - left.len() - right.len()))
}
