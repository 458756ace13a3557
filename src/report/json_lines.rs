//! `json-lines`: one finding of `json` a line and nothing else.

use std::io::{self, Write};

use serde::Serialize;

use super::{Reporter, json, json_escape};
use crate::run::Run;

pub(super) struct JsonLines;

impl Reporter for JsonLines {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        json_escape::lines(out, json::findings(run))
    }
}

/// Which page of a batch a line is about.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct BatchPage<'a> {
    /// The number of the page's line in the input, 1-based.
    pub input: u64,
    /// The site of the page, if the input names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<&'a str>,
}

#[derive(Serialize)]
struct BatchFinding<'a> {
    #[serde(flatten)]
    page: BatchPage<'a>,
    #[serde(flatten)]
    finding: json::Finding<'a>,
}

#[derive(Serialize)]
struct BatchError<'a> {
    #[serde(flatten)]
    page: BatchPage<'a>,
    error: &'a str,
}

/// Writes the findings in one page of a batch, with secrets masked.
///
/// # Errors
///
/// Those of `out`, with their kind.
pub fn batch_findings(page: BatchPage<'_>, run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let run = run.shown();
    json_escape::lines(out, json::findings(&run).map(|finding| BatchFinding { page, finding }))
}

/// Writes why a line of a batch is not a page.
///
/// # Errors
///
/// Those of `out`, with their kind.
pub fn batch_error(page: BatchPage<'_>, error: &str, out: &mut dyn Write) -> io::Result<()> {
    json_escape::document(out, &BatchError { page, error })
}
