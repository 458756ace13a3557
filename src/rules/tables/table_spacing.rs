//! Pipes of tables that are misaligned or not spaced as expected.

use unicode_width::UnicodeWidthStr;

use crate::{
    document::Document,
    fix::{Applicability, Fix},
    markdown::TableLine,
    rules::tables::table_layout,
    text::{Span, quantity},
};

/// A pipe that is not where a style expects it.
pub(super) struct SpacingDefect {
    pub pipe: u32,
    pub message: String,
    pub fix: Option<Fix>,
}

/// The whitespace around the text of a cell.
const WHITESPACE: [char; 2] = [' ', '\t'];

/// The pipes of a line that have something other than `gap` on a side where there is a cell.
pub(super) fn unspaced(doc: &Document, line: &TableLine, gap: &str) -> Vec<SpacingDefect> {
    let mut defects = Vec::new();
    for &pipe in &line.pipes {
        let (head, tail) = (Span::new(line.span.start, pipe), Span::new(pipe + 1, line.span.end));
        let before = doc.slice(head).len() - doc.slice(head).trim_end_matches(WHITESPACE).len();
        let after = doc.slice(tail).len() - doc.slice(tail).trim_start_matches(WHITESPACE).len();
        if !head.is_empty() {
            // A bullet and a space would start a list.
            let is_first_cell = !line.has_leading_pipe() && line.pipes.first() == Some(&pipe);
            let is_unsafe = is_first_cell || table_layout::is_ambiguous(doc, pipe);
            let applicability = if is_unsafe { Applicability::Unsafe } else { Applicability::Safe };
            let spaces = Span::new(pipe - before as u32, pipe);
            defects.extend(unexpected_gap(pipe, spaces, gap, ("before", applicability)));
        }
        if !tail.is_empty() {
            let spaces = Span::new(pipe + 1, pipe + 1 + after as u32);
            defects.extend(unexpected_gap(pipe, spaces, gap, ("after", Applicability::Safe)));
        }
    }
    defects
}

/// The defect of the spaces on one side of a pipe, if their number is not that of `gap`.
fn unexpected_gap(
    pipe: u32,
    spaces: Span,
    gap: &str,
    (side, applicability): (&str, Applicability),
) -> Option<SpacingDefect> {
    if spaces.len() as usize == gap.len() {
        return None;
    }
    let title = match (spaces.len(), gap.is_empty()) {
        (0, _) => "Insert space",
        (1, true) => "Remove space",
        (_, true) => "Remove spaces",
        (_, false) => "Replace with a single space",
    };
    let message = if spaces.is_empty() {
        format!("missing space {side} pipe")
    } else {
        format!("{} {side} pipe, expected {}", quantity(spaces.len(), "space"), gap.len())
    };
    Some(SpacingDefect { pipe, message, fix: Some(Fix::replace(title, applicability, spaces, gap)) })
}

/// The pipes that are not aligned with a pipe of the header, which is the first line.
pub(super) fn misaligned(doc: &Document, lines: &[TableLine]) -> Vec<SpacingDefect> {
    let Some((header, others)) = lines.split_first() else { return Vec::new() };
    let header: Vec<usize> = columns(doc, header).map(|(_, column)| column).collect();
    let mut defects = Vec::new();
    for line in others {
        let mut aligned = 0;
        for (pipe, column) in columns(doc, line) {
            // The header has no further pipes.
            if aligned == header.len() {
                break;
            }
            if header.binary_search(&column).is_ok() {
                aligned += 1;
            } else {
                let message = "pipe is not aligned with the header row".to_owned();
                defects.push(SpacingDefect { pipe, message, fix: None });
            }
        }
    }
    defects
}

/// The pipes of a line with their display columns.
fn columns<'a>(doc: &'a Document, line: &'a TableLine) -> impl Iterator<Item = (u32, usize)> + 'a {
    let start = doc.lines.line_start(doc.lines.line_of(line.span.start));
    let mut column = 0;
    let mut at = start;
    line.pipes.iter().map(move |&pipe| {
        column += doc.slice(Span::new(at, pipe)).width();
        at = pipe;
        (pipe, column)
    })
}
