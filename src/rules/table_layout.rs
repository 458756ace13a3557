//! How tables are laid out in the source.

use unicode_width::UnicodeWidthStr;

use crate::{
    document::Document,
    fix::{Applicability, Edit, Fix},
    markdown::TableLine,
    text::Span,
};

/// The dashes that a column has at least.
const SHORTEST: usize = 3;

/// How many times as long as a table is the aligned one may be. Each cell of a column becomes as wide as its widest.
const MOST_GROWTH: usize = 8;

/// Bytes that an aligned table may have in any case.
const LEAST_SIZE: usize = 10_000;

/// A fix that puts the pipes of a table below each other; nothing where rows are not complete, or not below each other
/// themselves, or where one wide cell would make the table many times as long.
pub(super) fn align(doc: &Document, lines: &[TableLine]) -> Option<Fix> {
    let header = lines.first()?;
    let columns = header.cells().count();
    let is_whole = |line: &TableLine| {
        line.has_leading_pipe() && line.has_trailing_pipe() && line.cells().count() == columns
    };
    let disputed = |line: &TableLine| line.pipes.iter().any(|&pipe| is_disputed(doc, pipe));
    if lines.iter().any(disputed) {
        return None;
    }
    if !lines.iter().all(|line| is_whole(line) && indentation(doc, line) == indentation(doc, header)) {
        return None;
    }
    let mut widths = vec![SHORTEST; columns];
    for (_, line) in texts(lines) {
        for (width, cell) in widths.iter_mut().zip(line.cells()) {
            *width = text(doc, cell).width().max(*width);
        }
    }
    let size = (widths.iter().sum::<usize>() + 3 * columns + 1).saturating_mul(lines.len());
    let written: usize = lines.iter().map(|line| line.span.len() as usize).sum();
    if size > MOST_GROWTH * written + LEAST_SIZE {
        return None;
    }
    let write = |(i, line): (usize, &TableLine)| {
        let mut content = String::from("|");
        for (&width, cell) in widths.iter().zip(line.cells()) {
            let text = text(doc, cell);
            let text = if i == DASHES { dashes(text, width) } else { text.to_owned() };
            let rest = width - text.width().min(width);
            content.extend([" ", &text, &" ".repeat(rest), " |"]);
        }
        Edit { span: line.span, content }
    };
    let edits = lines.iter().enumerate().map(write).collect();
    Some(Fix::new("put the pipes of a column below each other", Applicability::Safe, edits))
}

/// Whether parsers do not agree on a pipe: behind two backslashes, for some it is escaped and for others the first of
/// them escapes the second.
pub(super) fn is_disputed(doc: &Document, pipe: u32) -> bool {
    doc.source[..pipe as usize].ends_with('\\')
}

/// The line of dashes, counted from the header.
const DASHES: usize = 1;

/// The lines that hold texts.
fn texts(lines: &[TableLine]) -> impl Iterator<Item = (usize, &TableLine)> {
    lines.iter().enumerate().filter(|(i, _)| *i != DASHES)
}

/// The cells before a line's first pipe.
fn indentation(doc: &Document, line: &TableLine) -> usize {
    let start = doc.lines.line_start(doc.lines.line_of(line.span.start));
    doc.slice(Span::new(start, line.span.start)).width()
}

/// What is in a cell, without the blanks around it.
fn text(doc: &Document, cell: Span) -> &str {
    doc.slice(cell).trim_matches([' ', '\t'])
}

/// The dashes of a column, as wide as it is, with the colons that they have.
fn dashes(written: &str, width: usize) -> String {
    let left = if written.starts_with(':') { ":" } else { "" };
    let right = if written.ends_with(':') { ":" } else { "" };
    format!("{left}{}{right}", "-".repeat(width - left.len() - right.len()))
}
