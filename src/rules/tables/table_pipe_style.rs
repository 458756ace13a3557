use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::TableLine,
    rule::{Fixable, Rule},
    text::Span,
};

/// The pipes that the rows of tables are to have at their ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Style {
    /// Those of the page's first row.
    Consistent,
    /// `| a | b |`
    LeadingAndTrailing,
    /// `| a | b`
    LeadingOnly,
    /// `a | b`
    NoLeadingOrTrailing,
    /// Those of the table's first row.
    PerTable,
    /// `a | b |`
    TrailingOnly,
}

declare_rule! {
    /// The rows of a table have other pipes at their ends than the others
    ///
    /// ## Why
    ///
    /// The pipes at the ends of a row can be left out. A table in which each row has them is easier to read and to extend.
    ///
    /// ## Bad
    ///
    /// ```md
    /// | Tide | Time  |
    /// | ---- | ----- |
    /// | High | 12:40
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// | Tide | Time  |
    /// | ---- | ----- |
    /// | High | 12:40 |
    /// ```
    pub struct TablePipeStyle {
        /// The pipes. `consistent` takes those of the page's first row, `per_table` those of each table's first row.
        style: Style = Style::Consistent,
    }
    id = "table-pipe-style",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD055"],
}

/// Whether a row begins and ends with a pipe.
type Pipes = (bool, bool);

impl Rule for TablePipeStyle {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let mut expected = self.style.pipes();
        for table in doc.ast.tables() {
            if self.style == Style::PerTable {
                expected = None;
            }
            for line in table.lines(&doc.source) {
                let pipes = (line.has_leading_pipe(), line.has_trailing_pipe());
                let wanted = *expected.get_or_insert(pipes);
                if pipes.0 != wanted.0 {
                    leading(&line, wanted.0, sink);
                }
                if pipes.1 != wanted.1 {
                    trailing(&line, wanted.1, sink);
                }
            }
        }
    }
}

impl Style {
    const fn pipes(self) -> Option<Pipes> {
        match self {
            Self::Consistent | Self::PerTable => None,
            Self::LeadingAndTrailing => Some((true, true)),
            Self::LeadingOnly => Some((true, false)),
            Self::NoLeadingOrTrailing => Some((false, false)),
            Self::TrailingOnly => Some((false, true)),
        }
    }
}

fn leading(line: &TableLine, wanted: bool, sink: &mut Sink<'_>) {
    let start = line.span.start;
    if wanted {
        report_missing(Span::empty(start), "beginning", "| ", sink);
    } else {
        let first = line.cells().next().map_or(start + 1, |cell| cell.start);
        report_needless(Span::new(start, first), "beginning", sink);
    }
}

fn trailing(line: &TableLine, wanted: bool, sink: &mut Sink<'_>) {
    let end = line.span.end;
    if wanted {
        report_missing(Span::empty(end), "end", " |", sink);
    } else {
        report_needless(Span::new(end.max(1) - 1, end), "end", sink);
    }
}

fn report_missing(at: Span, side: &str, pipe: &str, sink: &mut Sink<'_>) {
    sink.report(at, format!("no pipe at the {side} of this row")).help("add the pipe").fix(Fix::replace(
        "add the pipe",
        Applicability::Safe,
        at,
        pipe,
    ));
}

/// Without its pipe a row may be one of another kind, or no row.
fn report_needless(pipe: Span, side: &str, sink: &mut Sink<'_>) {
    sink.report(pipe, format!("a pipe at the {side} of this row")).help("remove the pipe").fix(Fix::replace(
        "remove the pipe",
        Applicability::Unsafe,
        pipe,
        "",
    ));
}
