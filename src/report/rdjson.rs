//! `rdjson` and `rdjsonl`: reviewdog's diagnostic format, as one object or one diagnostic a line. Columns count bytes
//! of UTF-8.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::{
    Reporter, json_escape,
    reported::{self, ReportedDiagnostic, reported, web_page},
    sanitize, slashed,
};
use crate::{
    diagnostic::Severity,
    run::{Error, Run},
    text,
};

pub(super) struct Rdjson;

pub(super) struct Rdjsonl;

impl Reporter for Rdjson {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        json_escape::document(out, &Report { source: SOURCE, diagnostics: Diagnostics(run) })
    }
}

impl Reporter for Rdjsonl {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let with_source = |mut diagnostic: Diagnostic| {
            diagnostic.source = Some(SOURCE);
            diagnostic
        };
        json_escape::lines(out, diagnostics(run).map(with_source))
    }
}

const SOURCE: Source = Source { name: env!("CARGO_PKG_NAME") };

#[derive(Serialize)]
struct Report<'a> {
    source: Source,
    diagnostics: Diagnostics<'a>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

/// The findings of a run, written one by one.
struct Diagnostics<'a>(&'a Run);

#[derive(Serialize)]
struct Diagnostic {
    message: String,
    location: Location,
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Code>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related>,
}

#[derive(Serialize)]
struct Location {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

/// Half-open.
#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

#[derive(Serialize)]
struct Related {
    message: String,
    location: Location,
}

impl Serialize for Diagnostics<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(diagnostics(self.0))
    }
}

fn diagnostics(run: &Run) -> impl Iterator<Item = Diagnostic> {
    let trouble = run.errors.iter().map(Diagnostic::of_error);
    trouble.chain(reported(run).map(move |reported| Diagnostic::new(run, &reported)))
}

impl Diagnostic {
    fn new(run: &Run, reported: &ReportedDiagnostic<'_>) -> Self {
        let suggestion = |change: reported::Replacement| Suggestion {
            range: reported::Range::new(&reported.source, change.span).into(),
            text: change.text,
        };
        let related = reported.diagnostic.secondary.iter().map(|label| Related {
            message: sanitize::visible(label.message.as_deref().unwrap_or_default()),
            location: Location {
                path: reported::path(run, label),
                range: Some(reported::Range::new(&run.sources.get(&label.path), label.span).into()),
            },
        });
        Self {
            message: reported.advice(),
            location: Location { path: reported.path.clone(), range: Some(reported.range.into()) },
            severity: match reported.diagnostic.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Info => "INFO",
            },
            source: None,
            code: Some(Code { value: reported.diagnostic.rule.id, url: web_page(reported.diagnostic.rule) }),
            suggestions: reported
                .applicable()
                .filter_map(|fix| reported.replacement(fix))
                .map(suggestion)
                .collect(),
            related_locations: related.collect(),
        }
    }

    /// A file that could not be checked.
    fn of_error(error: &Error) -> Self {
        Self {
            message: sanitize::visible(&error.to_string()),
            location: Location { path: slashed(error.path()), range: None },
            severity: "ERROR",
            source: None,
            code: None,
            suggestions: vec![],
            related_locations: vec![],
        }
    }
}

impl From<reported::Range> for Range {
    fn from(range: reported::Range) -> Self {
        let place = |at: text::Position| Position { line: at.line, column: at.byte_column };
        Self { start: place(range.start), end: place(range.end) }
    }
}
