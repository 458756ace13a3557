//! `eslint`: the results of `ESLint`'s `json` formatter, for tools that know that one. Columns and ranges count UTF-16
//! code units, as they do for JavaScript, and a byte order mark is not part of the text.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::{
    Reporter, json_escape,
    reported::{self, ReportedDiagnostic, reported},
    sanitize, slashed,
};
use crate::{
    diagnostic::Severity,
    fix::{Applicability, Fix},
    run::{Error, Run},
    sources::SourceText,
};

pub(super) struct Eslint;

impl Reporter for Eslint {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        json_escape::document(out, &Report(run))
    }
}

struct Report<'a>(&'a Run);

/// What `ESLint` says of a file (`LintResult`).
#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
struct FileResult {
    /// Absolute.
    file_path: String,
    messages: Vec<Entry>,
    suppressed_messages: [(); 0],
    error_count: usize,
    fatal_error_count: usize,
    warning_count: usize,
    fixable_error_count: usize,
    fixable_warning_count: usize,
    used_deprecated_rules: [(); 0],
}

/// A `LintMessage`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    rule_id: Option<&'static str>,
    /// 2 for an error, 1 for all else.
    severity: u8,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    fatal: bool,
    message: String,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Change>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
}

/// One range and its new text.
#[derive(Serialize)]
struct Change {
    /// From the first character after a byte order mark, which is at -1.
    range: [i64; 2],
    text: String,
}

#[derive(Serialize)]
struct Suggestion {
    desc: String,
    fix: Change,
}

/// The text of a file as `ESLint` counts it.
struct Units<'a> {
    source: &'a SourceText,
    /// UTF-16 code units before each line.
    before: Vec<u32>,
    /// 1 where the text begins with a byte order mark.
    mark: u32,
}

impl Serialize for Report<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let run = self.0;
        let all: Vec<ReportedDiagnostic<'_>> = reported(run).collect();
        let files =
            all.chunk_by(|one, next| one.path == next.path).map(|reported| FileResult::new(run, reported));
        serializer.collect_seq(run.errors.iter().map(FileResult::of_error).chain(files))
    }
}

impl FileResult {
    /// The result for a file with these findings, of which there is one at least.
    fn new(run: &Run, all: &[ReportedDiagnostic<'_>]) -> Self {
        let units = Units::new(&all[0].source);
        let path = &all[0].diagnostic.primary.path;
        let mut result = Self { file_path: slashed(&run.root.join(path)), ..Self::default() };
        for reported in all {
            let message = Entry::new(reported, &units);
            let is_fixable = usize::from(message.fix.is_some());
            if message.severity == 2 {
                result.error_count += 1;
                result.fixable_error_count += is_fixable;
            } else {
                result.warning_count += 1;
                result.fixable_warning_count += is_fixable;
            }
            result.messages.push(message);
        }
        result
    }

    /// A file that could not be checked.
    fn of_error(error: &Error) -> Self {
        let message = Entry {
            rule_id: None,
            severity: 2,
            fatal: true,
            message: sanitize::visible(&error.to_string()),
            line: 1,
            column: 1,
            end_line: 1,
            end_column: 1,
            fix: None,
            suggestions: vec![],
        };
        Self {
            file_path: slashed(error.path()),
            messages: vec![message],
            error_count: 1,
            fatal_error_count: 1,
            ..Self::default()
        }
    }
}

impl Entry {
    fn new(reported: &ReportedDiagnostic<'_>, units: &Units<'_>) -> Self {
        let (start, end) = (reported.range.start, reported.range.end);
        let mut fix = None;
        let mut suggestions = Vec::new();
        for offered in reported.applicable() {
            let Some(change) = units.change(reported, offered) else { continue };
            if offered.applicability == Applicability::Safe && fix.is_none() {
                fix = Some(change);
            } else {
                suggestions.push(Suggestion { desc: sanitize::visible(&offered.title), fix: change });
            }
        }
        Self {
            rule_id: Some(reported.diagnostic.rule.id),
            severity: if reported.diagnostic.severity == Severity::Error { 2 } else { 1 },
            fatal: false,
            message: reported.advice(),
            line: start.line,
            column: units.column(start.line, start.utf16_column),
            end_line: end.line,
            end_column: units.column(end.line, end.utf16_column),
            fix,
            suggestions,
        }
    }
}

impl<'a> Units<'a> {
    fn new(source: &'a SourceText) -> Self {
        let mark = u32::from(source.text.starts_with('\u{feff}'));
        let mut count = 0;
        let mut at = 0;
        let lines = 0..source.lines.line_count();
        let before = lines.map(|line| {
            let start = source.lines.line_start(line) as usize;
            count += source.text[at..start].encode_utf16().count() as u32;
            at = start;
            count
        });
        Self { source, before: before.collect(), mark }
    }

    /// The column without the byte order mark, which is in the first line.
    fn column(&self, line: u32, column: u32) -> u32 {
        if line == 1 { column.saturating_sub(self.mark).max(1) } else { column }
    }

    fn change(&self, reported: &ReportedDiagnostic<'_>, fix: &Fix) -> Option<Change> {
        let change = reported.replacement(fix)?;
        let reported::Range { start, end } = reported::Range::new(self.source, change.span);
        let offset = |line: u32, column: u32| {
            i64::from(self.before[line as usize - 1]) + i64::from(column) - 1 - i64::from(self.mark)
        };
        let range = [offset(start.line, start.utf16_column), offset(end.line, end.utf16_column)];
        Some(Change { range, text: change.text })
    }
}
