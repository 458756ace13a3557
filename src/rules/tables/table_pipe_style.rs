use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::TableLine,
    rule::{Fixable, Rule},
    rules::consistent::Consistent,
    text::Span,
};

/// The pipes at the ends of table rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum OuterPipes {
    /// `| a | b |`
    LeadingAndTrailing,
    /// `| a | b`
    LeadingOnly,
    /// `a | b`
    NoLeadingOrTrailing,
    /// The pipes of the first row of each table.
    PerTable,
    /// `a | b |`
    TrailingOnly,
}

declare_rule! {
    /// Inconsistent leading or trailing pipes
    ///
    /// ## What it does
    ///
    /// Checks that all table rows of a page consistently have, or omit, leading and trailing pipes.
    ///
    /// ## Why is this bad?
    ///
    /// Pipes at the ends of a row are optional. Tables that always have them are easier to read and to extend.
    ///
    /// ## Example
    ///
    /// ```md
    /// | Tide | Time  |
    /// | ---- | ----- |
    /// | High | 12:40
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// | Tide | Time  |
    /// | ---- | ----- |
    /// | High | 12:40 |
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes that add a pipe are safe: `--fix` applies them, and the rendered page stays the same. Fixes that
    /// remove one are unsafe, because without it the row could become another block.
    ///
    /// ## References
    ///
    /// - [GitHub Flavored Markdown: Tables](https://github.github.com/gfm/#tables-extension-)
    pub struct TablePipeStyle {
        /// The pipes at the ends of rows; `consistent` uses those of the first row in the page, `per_table` those of the
        /// first row of each table.
        style: Consistent<OuterPipes> = Consistent::First,
    }
    id = "table-pipe-style",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD055"],
}

impl Rule for TablePipeStyle {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let mut of_page = self.style;
        for table in doc.ast.tables() {
            let mut of_table = Consistent::First;
            for line in table.lines(&doc.source) {
                let actual = Pipes::of(&line);
                let expected = match of_page.or_first(actual.style()) {
                    OuterPipes::PerTable => of_table.or_first(actual),
                    style => style.pipes(),
                };
                if actual.leading != expected.leading {
                    leading(&line, actual, sink);
                }
                if actual.trailing != expected.trailing {
                    trailing(&line, actual, sink);
                }
            }
        }
    }
}

/// Whether a row starts and ends with a pipe.
#[derive(Clone, Copy)]
struct Pipes {
    leading: bool,
    trailing: bool,
}

impl Pipes {
    fn of(line: &TableLine) -> Self {
        Self { leading: line.has_leading_pipe(), trailing: line.has_trailing_pipe() }
    }

    const fn style(self) -> OuterPipes {
        match (self.leading, self.trailing) {
            (true, true) => OuterPipes::LeadingAndTrailing,
            (true, false) => OuterPipes::LeadingOnly,
            (false, false) => OuterPipes::NoLeadingOrTrailing,
            (false, true) => OuterPipes::TrailingOnly,
        }
    }
}

impl OuterPipes {
    const fn pipes(self) -> Pipes {
        let leading = matches!(self, Self::LeadingAndTrailing | Self::LeadingOnly);
        let trailing = matches!(self, Self::LeadingAndTrailing | Self::TrailingOnly);
        Pipes { leading, trailing }
    }
}

fn leading(line: &TableLine, actual: Pipes, sink: &mut Sink<'_>) {
    let start = line.span.start;
    if actual.leading {
        let first = line.cells().next().map_or(start + 1, |cell| cell.start);
        report_unexpected(Span::new(start, first), "leading", sink);
    } else {
        report_missing(Span::empty(start), "leading", "| ", sink);
    }
}

fn trailing(line: &TableLine, actual: Pipes, sink: &mut Sink<'_>) {
    let end = line.span.end;
    if actual.trailing {
        report_unexpected(Span::new(end.max(1) - 1, end), "trailing", sink);
    } else {
        report_missing(Span::empty(end), "trailing", " |", sink);
    }
}

fn report_missing(at: Span, side: &str, pipe: &str, sink: &mut Sink<'_>) {
    let fix = Fix::replace(format!("Add {side} pipe"), Applicability::Safe, at, pipe);
    sink.report(at, format!("missing {side} pipe")).fix(fix);
}

/// The fix is unsafe, because without its pipe the row could become another block.
fn report_unexpected(pipe: Span, side: &str, sink: &mut Sink<'_>) {
    let fix = Fix::replace(format!("Remove {side} pipe"), Applicability::Unsafe, pipe, "");
    sink.report(pipe, format!("unexpected {side} pipe")).fix(fix);
}
