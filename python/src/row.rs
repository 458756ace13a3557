//! Findings by value: what a row of the table and a `Finding` in Python have.

use copydesk::{
    fix::Applicability,
    report::{self, Change, Finding, Related},
    run::Run,
};
use pyo3::IntoPyObject;

/// A finding. What it says is documented in `copydesk/_findings.py`.
#[derive(Debug, IntoPyObject)]
pub(crate) struct Row {
    pub(crate) file: String,
    pub(crate) rule: &'static str,
    pub(crate) group: &'static str,
    pub(crate) url: String,
    pub(crate) severity: &'static str,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    pub(crate) range: Range,
    pub(crate) related: Vec<RelatedRow>,
    pub(crate) fixes: Vec<FixRow>,
    pub(crate) fingerprint: String,
}

/// A range of a file. Lines and columns are 1-based, columns in code points, bytes 0-based.
#[derive(Debug, Clone, Copy, IntoPyObject)]
pub(crate) struct Range {
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) end_line: u32,
    pub(crate) end_column: u32,
    pub(crate) start_byte: u32,
    pub(crate) end_byte: u32,
}

/// A related location.
#[derive(Debug, IntoPyObject)]
pub(crate) struct RelatedRow {
    pub(crate) message: String,
    pub(crate) file: String,
    pub(crate) range: Range,
}

/// A fix.
#[derive(Debug, IntoPyObject)]
pub(crate) struct FixRow {
    pub(crate) title: String,
    pub(crate) applicability: &'static str,
    pub(crate) edits: Vec<EditRow>,
}

/// New text for a range of the page.
#[derive(Debug, IntoPyObject)]
pub(crate) struct EditRow {
    pub(crate) start_byte: u32,
    pub(crate) end_byte: u32,
    pub(crate) new_text: String,
}

/// The findings of a run, without its secrets.
pub(crate) fn rows(run: &Run) -> Vec<Row> {
    if run.diagnostics.is_empty() {
        return vec![];
    }
    report::findings(&run.shown()).map(Row::from).collect()
}

impl From<Finding<'_>> for Row {
    fn from(finding: Finding<'_>) -> Self {
        Self {
            file: finding.file,
            rule: finding.rule,
            group: finding.group,
            url: finding.url,
            severity: finding.severity.name(),
            message: finding.message.to_owned(),
            help: finding.help.map(str::to_owned),
            range: Range::from(&finding.range),
            related: finding.related.into_iter().map(RelatedRow::from).collect(),
            fixes: finding.fixes.iter().map(FixRow::from).collect(),
            fingerprint: finding.fingerprint,
        }
    }
}

impl From<&report::JsonRange> for Range {
    fn from(range: &report::JsonRange) -> Self {
        Self {
            line: range.start.line,
            column: range.start.column,
            end_line: range.end.line,
            end_column: range.end.column,
            start_byte: range.start.offset,
            end_byte: range.end.offset,
        }
    }
}

impl From<Related<'_>> for RelatedRow {
    fn from(related: Related<'_>) -> Self {
        let range = Range::from(&related.range);
        Self { message: related.message.to_owned(), file: related.file, range }
    }
}

impl From<&Change<'_>> for FixRow {
    fn from(change: &Change<'_>) -> Self {
        let edits = change.edits.iter().map(|edit| EditRow {
            start_byte: edit.range.start.offset,
            end_byte: edit.range.end.offset,
            new_text: edit.new_text.to_owned(),
        });
        let applicability = match change.applicability {
            Applicability::DisplayOnly => "display",
            Applicability::Unsafe => "unsafe",
            Applicability::Safe => "safe",
        };
        Self { title: change.title.to_owned(), applicability, edits: edits.collect() }
    }
}
