//! `github`: workflow commands that GitHub Actions shows as annotations beside the lines of a change. Columns count
//! code points.

use std::{
    fmt::Write as _,
    io::{self, BufWriter, Write},
};

use super::{
    Reporter,
    reported::{ReportedDiagnostic, reported},
    sanitize,
};
use crate::{diagnostic::Severity, run::Run, text::quantity};

/// Annotations of one kind that GitHub shows of a step; the rest it drops without a word ("Usage limits" of workflow
/// commands).
const MOST: usize = 10;

pub(super) struct Github;

impl Reporter for Github {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        let mut left = run.diagnostics.len() + run.errors.len() + run.unlisted.len();
        for error in run.errors.iter().take(MOST) {
            writeln!(out, "::error title=copydesk::{}", data(&sanitize::visible(&error.to_string())))?;
            left -= 1;
        }
        let errors = MOST.saturating_sub(run.errors.len());
        // One notice is kept for the closing word.
        let room = [(Severity::Error, errors), (Severity::Warning, MOST), (Severity::Info, MOST - 1)];
        for (severity, room) in room {
            let mut all: Vec<_> =
                reported(run).filter(|reported| reported.diagnostic.severity == severity).collect();
            // Annotations of other lines are beside nothing in the view of a change.
            all.sort_by_key(|reported| !run.is_on_touched_line(reported.diagnostic));
            for reported in all.iter().take(room) {
                annotation(reported, &mut out)?;
                left -= 1;
            }
        }
        if left > 0 {
            let more = quantity(left, "more finding");
            let why = if left > run.unlisted.len() {
                format!("GitHub shows at most {MOST} annotations per level")
            } else {
                "limited by --max-diagnostics".to_owned()
            };

            writeln!(out, "::notice title=copydesk::{more}: {why}")?;
        }
        out.flush()
    }
}

fn annotation(reported: &ReportedDiagnostic<'_>, out: &mut impl Write) -> io::Result<()> {
    let command = match reported.diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let (start, end) = (reported.range.start, reported.range.end);
    let last = reported.range.last_line();
    let mut place = format!("file={},line={},endLine={last}", property(&reported.path), start.line);
    if start.line == end.line {
        // Columns are refused where the lines differ.
        write!(place, ",col={},endColumn={}", start.column, end.column)
            .expect("writing to a string cannot fail");
    }
    let rule = reported.diagnostic.rule.id;
    writeln!(out, "::{command} {place},title=copydesk {rule}::{}", data(&reported.advice()))
}

/// The text of a command: what would end the line is escaped, as the runner reads it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property. Line breaks stay what they are, other characters that drive terminals become marks.
fn property(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            '%' => value.push_str("%25"),
            '\r' => value.push_str("%0D"),
            '\n' => value.push_str("%0A"),
            ':' => value.push_str("%3A"),
            ',' => value.push_str("%2C"),
            _ => sanitize::push(&mut value, ch),
        }
    }
    value
}
