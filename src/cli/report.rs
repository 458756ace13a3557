//! `copydesk report`: what is done with reports that are there.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::{Args, Subcommand};

use super::Error;
use crate::{
    baseline::Baseline,
    report::{Mergeable, sanitize},
};

/// Merge reports
#[derive(Debug, Args)]
pub(super) struct ReportCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Merge the reports of all shards into the report of the whole run, on stdout
    ///
    /// The reports must have the same format: json, json-lines, sarif or a baseline.
    Merge {
        /// Reports, in any order
        #[arg(required = true)]
        reports: Vec<PathBuf>,
    },
}

impl ReportCommand {
    pub(super) fn run(self, out: &mut dyn Write) -> Result<(), Error> {
        let Action::Merge { reports } = self.action;
        let texts = reports.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        // A report of lines without findings is empty, and says nothing of its format.
        let first = texts.iter().position(|text| !text.is_empty()).unwrap_or_default();
        let merged = match Mergeable::of(texts[first]) {
            Some(format) => {
                format.merge(&texts).map_err(|error| refused(&reports[error.report()], &error))?
            }
            None => baselines(&reports, &texts)?,
        };
        Ok(out.write_all(merged.as_bytes())?)
    }
}

fn read(path: &Path) -> Result<String, Error> {
    let failed = |source| Error::Input { what: sanitize(&path.display().to_string()), source };
    fs::read_to_string(path).map_err(failed)
}

fn refused(path: &Path, why: &dyn std::fmt::Display) -> Error {
    Error::Usage(format!("{}: {why}", path.display()))
}

/// Merges baselines: an entry that several have is there once.
fn baselines(paths: &[PathBuf], texts: &[&str]) -> Result<String, Error> {
    let mut merged = Baseline::default();
    for (path, text) in paths.iter().zip(texts) {
        let baseline = Baseline::parse(&Arc::from(path.as_path()), text)
            .map_err(|_| refused(path, &"not a report in the format json, json-lines, sarif or baseline"))?;
        merged.entries.extend(baseline.entries);
    }
    merged.entries.sort_unstable();
    merged.entries.dedup();
    Ok(merged.to_json())
}
