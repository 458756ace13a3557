//! `gitlab`: GitLab's code quality report, a subset of Code Climate's. Columns count code points; fingerprints know no
//! line numbers, so that a merge request shows what is new and not what moved.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::{
    Reporter,
    found::{Found, found},
    json_text, marks, slashed,
};
use crate::{
    diagnostic::Severity,
    run::{Error, Run},
    text::Position,
};

pub(super) struct Gitlab;

impl Reporter for Gitlab {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        json_text::document(out, &Report(run))
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
        serializer.collect_seq(trouble.chain(found(self.0).map(|found| Entry::new(&found))))
    }
}

impl Entry {
    fn new(found: &Found<'_>) -> Self {
        Self {
            description: found.message(),
            check_name: found.diagnostic.rule.id,
            fingerprint: found.fingerprint.to_string(),
            severity: match found.diagnostic.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info => "info",
            },
            location: Location {
                path: found.path.clone(),
                positions: Positions { begin: found.range.start.into(), end: found.range.end.into() },
            },
        }
    }

    /// A file that could not be checked: at its start, and known by its path.
    fn of_error(error: &Error) -> Self {
        let path = slashed(error.path());
        let start = || Place { line: 1, column: 1 };
        Self {
            description: marks::visible(&error.to_string()),
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
