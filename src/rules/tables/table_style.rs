use unicode_width::UnicodeWidthStr;

use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::TableLine,
    rule::{Fixable, Rule},
    rules::table_layout,
    text::Span,
};

/// How the cells of tables are to be set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Style {
    /// Whichever of the others the table follows best.
    Any,
    /// The pipes of a column are below each other.
    Aligned,
    /// One blank on either side of each cell.
    Compact,
    /// No blanks around cells.
    Tight,
}

declare_rule! {
    /// The cells of a table are not set apart alike
    ///
    /// ## Why
    ///
    /// A table can be read in the source, too, where its pipes are below each other, or where each cell has one blank on
    /// either side.
    ///
    /// ## Bad
    ///
    /// ```md
    /// | Tide | Time |
    /// |---|---|
    /// | High | 12:40 |
    /// |   Low|18:55|
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// | Tide | Time  |
    /// | ---- | ----- |
    /// | High | 12:40 |
    ///
    /// The same without alignment:
    ///
    /// | Tide | Time |
    /// | --- | --- |
    /// | High | 12:40 |
    /// ```
    pub struct TableStyle {
        /// How cells are set apart.
        style: Style = Style::Any,
        /// Whether the pipes of the line of dashes are below those of the header even where the others are not.
        #[serde(rename = "aligned_delimiter")]
        aligned_delimiter: bool = false,
    }
    id = "table-style",
    on = false,
    fixable = Fixable::Sometimes,
    aliases = &["MD060", "table-column-style"],
}

/// A pipe that is not where a style has it.
struct Slip {
    pipe: u32,
    message: String,
    help: &'static str,
    fix: Option<Fix>,
}

impl Rule for TableStyle {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for table in doc.ast.tables() {
            let lines: Vec<_> = table.lines(&doc.source).collect();
            for slip in self.slips(doc, &lines) {
                let found = sink.report(Span::new(slip.pipe, slip.pipe + 1), slip.message);
                found.help(slip.help).fixes.extend(slip.fix);
            }
        }
    }
}

impl TableStyle {
    /// What is wrong with a table by the style that it follows best, of those that are allowed.
    fn slips(&self, doc: &Document, lines: &[TableLine]) -> Vec<Slip> {
        let styles = match self.style {
            Style::Any => &[Style::Aligned, Style::Compact, Style::Tight][..],
            Style::Aligned => &[Style::Aligned],
            Style::Compact => &[Style::Compact],
            Style::Tight => &[Style::Tight],
        };
        let mut best: Option<Vec<Slip>> = None;
        for &style in styles {
            if best.as_ref().is_some_and(Vec::is_empty) {
                break;
            }
            let slips = match style {
                Style::Any | Style::Aligned => {
                    let mut slips = misaligned(doc, lines);
                    // It mends the whole table: one is enough.
                    if let Some(first) = slips.first_mut() {
                        first.fix = table_layout::align(doc, lines);
                    }
                    slips
                }
                Style::Compact => self.unspaced(doc, lines, " "),
                Style::Tight => self.unspaced(doc, lines, ""),
            };
            if best.as_ref().is_none_or(|best| slips.len() < best.len()) {
                best = Some(slips);
            }
        }
        best.unwrap_or_default()
    }

    /// The pipes that have something other than `gap` on a side where there is a cell.
    fn unspaced(&self, doc: &Document, lines: &[TableLine], gap: &str) -> Vec<Slip> {
        let mut slips = Vec::new();
        if self.aligned_delimiter {
            slips = misaligned(doc, &lines[..lines.len().min(2)]);
        }
        for line in lines {
            for &pipe in &line.pipes {
                let (head, tail) = (Span::new(line.span.start, pipe), Span::new(pipe + 1, line.span.end));
                let before = doc.slice(head).len() - doc.slice(head).trim_end_matches(BLANKS).len();
                let behind = doc.slice(tail).len() - doc.slice(tail).trim_start_matches(BLANKS).len();
                if !head.is_empty() {
                    // A bullet and a blank would begin a list.
                    let begins = !line.has_leading_pipe() && line.pipes.first() == Some(&pipe);
                    let is_unsure = begins || table_layout::is_disputed(doc, pipe);
                    let safe = if is_unsure { Applicability::Unsafe } else { Applicability::Safe };
                    let blanks = Span::new(pipe - before as u32, pipe);
                    slips.extend(unlike(doc, pipe, blanks, gap, ("before", safe)));
                }
                if !tail.is_empty() {
                    let blanks = Span::new(pipe + 1, pipe + 1 + behind as u32);
                    slips.extend(unlike(doc, pipe, blanks, gap, ("behind", Applicability::Safe)));
                }
            }
        }
        slips
    }
}

/// What can stand around the text of a cell.
const BLANKS: [char; 2] = [' ', '\t'];

/// What is wrong with the blanks on one side of a pipe.
fn unlike(
    doc: &Document,
    pipe: u32,
    blanks: Span,
    gap: &str,
    (side, safe): (&str, Applicability),
) -> Option<Slip> {
    if blanks.len() as usize == gap.len() {
        return None;
    }
    let (message, title) = match (blanks.len(), gap.is_empty()) {
        (0, _) => (format!("no blank {side} this pipe"), "add a blank"),
        (1, true) => (format!("a blank {side} this pipe"), "remove it"),
        (count, true) => (format!("{count} blanks {side} this pipe"), "remove them"),
        (count, false) => (format!("{count} blanks {side} this pipe"), "leave one blank"),
    };
    debug_assert!(doc.slice(blanks).trim().is_empty());
    Some(Slip { pipe, message, help: title, fix: Some(Fix::replace(title, safe, blanks, gap)) })
}

/// The pipes that are not below one of the header.
fn misaligned(doc: &Document, lines: &[TableLine]) -> Vec<Slip> {
    let Some((header, others)) = lines.split_first() else { return Vec::new() };
    let header: Vec<usize> = columns(doc, header).map(|(_, column)| column).collect();
    let mut slips = Vec::new();
    for line in others {
        let mut met = 0;
        for (pipe, column) in columns(doc, line) {
            // Behind the header's last pipe there is nothing to be below.
            if met == header.len() {
                break;
            }
            if header.binary_search(&column).is_ok() {
                met += 1;
            } else {
                let message = "this pipe is not below one of the header".to_owned();
                let help = "put the pipes of a column below each other";
                slips.push(Slip { pipe, message, help, fix: None });
            }
        }
    }
    slips
}

/// The pipes of a line with the columns that they are shown in.
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
