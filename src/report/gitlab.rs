//! `gitlab`: GitLab's code quality report, a subset of Code Climate's. Columns count code points; fingerprints know no
//! line numbers, so that a merge request shows what is new and not what moved.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::{
    Reporter, json_escape,
    reported::{ReportedDiagnostic, reported},
    sanitize, slashed,
};
use crate::{
    diagnostic::Severity,
    run::{Error, Run},
    text::Position,
};

pub(super) struct Gitlab;

impl Reporter for Gitlab {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        json_escape::document(out, &Report(run))
    }
}

struct Report<'a>(&'a Run);

#[derive(Serialize)]
struct Entry {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    positions: Positions,
}

#[derive(Serialize)]
struct Positions {
    begin: Place,
    end: Place,
}

#[derive(Serialize)]
struct Place {
    line: u32,
    column: u32,
}

impl Serialize for Report<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let trouble = self.0.errors.iter().map(Entry::of_error);
        serializer.collect_seq(trouble.chain(reported(self.0).map(|reported| Entry::new(&reported))))
    }
}

impl Entry {
    fn new(reported: &ReportedDiagnostic<'_>) -> Self {
        Self {
            description: reported.message(),
            check_name: reported.diagnostic.rule.id,
            fingerprint: reported.fingerprint.to_string(),
            severity: match reported.diagnostic.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info => "info",
            },
            location: Location {
                path: reported.path.clone(),
                positions: Positions { begin: reported.range.start.into(), end: reported.range.end.into() },
            },
        }
    }

    /// A file that could not be checked: at its start, and known by its path.
    fn of_error(error: &Error) -> Self {
        let path = slashed(error.path());
        let start = || Place { line: 1, column: 1 };
        Self {
            description: sanitize::visible(&error.to_string()),
            check_name: "tool-error",
            fingerprint: format!("{:016x}", xxhash_rust::xxh3::xxh3_64(path.as_bytes())),
            severity: "critical",
            location: Location { path, positions: Positions { begin: start(), end: start() } },
        }
    }
}

impl From<Position> for Place {
    fn from(at: Position) -> Self {
        Self { line: at.line, column: at.column }
    }
}
