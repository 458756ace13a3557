//! `check --stdin-batch`: pages as JSON lines in, findings as JSON lines out.

mod lines;

use std::{
    borrow::Cow,
    io::{self, Write},
};

use rayon::prelude::*;
use serde::Deserialize;

use super::{Error, Outcome, print_error};
use crate::{
    diagnostic::Severity,
    report::{BatchPage, Format, RenderOptions, batch_error, batch_findings, reporter},
    rules,
    run::{Batch, MAX_SITE, Options, PageText, Run},
};
use lines::MAX_LINE;
pub(super) use lines::{InputLine, InputLines};

/// What is done with the findings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judging {
    /// The least severity that fails the run, if any does.
    pub(super) fail_on: Option<Severity>,
    /// The least severity that is reported.
    pub(super) least: Severity,
}

/// A line of the input.
#[derive(Deserialize)]
struct Input<'a> {
    #[serde(borrow)]
    path: Cow<'a, str>,
    #[serde(borrow)]
    text: Cow<'a, str>,
    site: Option<String>,
}

/// What a line of the input turned out to be.
enum Entry {
    Page { site: Option<String> },
    Blank,
    Bad(String),
}

/// What is written for a line of the input.
struct Answer {
    lines: io::Result<Vec<u8>>,
    worst: Option<Severity>,
    is_broken: bool,
}

/// Checks the pages that standard input has, one per line. Findings are written in the order of the lines, as soon as
/// they are known.
pub(super) fn run(options: &Options<'_>, judging: Judging, out: &mut dyn Write) -> Result<Outcome, Error> {
    let batch = match Batch::open(options) {
        Ok(batch) => batch,
        Err(run) => {
            run.errors.iter().for_each(|error| print_error(error));
            reporter(Format::default(), RenderOptions::default()).report(&run, &mut io::stderr().lock())?;
            return Ok(Outcome::Failed);
        }
    };
    let input = InputLines::of(io::stdin());
    let failed = |source| Error::Input { what: "standard input".into(), source };
    let (mut number, mut worst, mut is_broken) = (0, None, false);
    while let Some(lines) = input.take().map_err(failed)? {
        let first = number + 1;
        number += lines.len() as u64;
        for answer in answers(&batch, lines, first, judging.least) {
            out.write_all(&answer.lines?)?;
            worst = worst.max(answer.worst);
            is_broken |= answer.is_broken;
        }
        out.flush()?;
    }
    Ok(match judging.fail_on {
        _ if is_broken => Outcome::Failed,
        Some(least) if worst >= Some(least) => Outcome::Findings,
        _ => Outcome::Clean,
    })
}

/// The answers to some lines, of which the first has a number.
fn answers(batch: &Batch, lines: Vec<InputLine>, first: u64, least: Severity) -> Vec<Answer> {
    let read: Vec<(Entry, Option<PageText>)> = lines.into_par_iter().map(|line| entry(batch, line)).collect();
    let (entries, pages): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    let pages: Vec<PageText> = pages.into_iter().flatten().collect();
    let mut runs = batch.check(&pages).into_iter();
    let pairs: Vec<(Entry, Option<Run>)> = entries
        .into_iter()
        .map(|entry| {
            let run = if matches!(entry, Entry::Page { .. }) { runs.next() } else { None };
            (entry, run)
        })
        .collect();
    let numbered = pairs.into_par_iter().enumerate();
    numbered.map(|(index, (entry, run))| answer(&entry, run, first + index as u64, least)).collect()
}

fn answer(entry: &Entry, run: Option<Run>, input: u64, least: Severity) -> Answer {
    let mut lines = Vec::new();
    if let Entry::Bad(error) = entry {
        let written = batch_error(BatchPage { input, site: None }, error, &mut lines);
        return Answer { lines: written.map(|()| lines), worst: Some(Severity::Error), is_broken: false };
    }
    let (Entry::Page { site }, Some(mut run)) = (entry, run) else {
        return Answer { lines: Ok(lines), worst: None, is_broken: false };
    };
    run.diagnostics.retain(|diagnostic| diagnostic.severity >= least);
    let worst = run.diagnostics.iter().map(|diagnostic| diagnostic.severity).max();
    let is_broken = run.diagnostics.iter().any(|diagnostic| diagnostic.rule == rules::INTERNAL_ERROR);
    let written = match worst {
        Some(_) => batch_findings(BatchPage { input, site: site.as_deref() }, &run, &mut lines),
        None => Ok(()),
    };
    Answer { lines: written.map(|()| lines), worst, is_broken }
}

fn entry(batch: &Batch, line: InputLine) -> (Entry, Option<PageText>) {
    let bytes = match line {
        InputLine::Bytes(bytes) => bytes,
        InputLine::TooLong => return (Entry::Bad(format!("longer than {} MiB", MAX_LINE >> 20)), None),
    };
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    if bytes.trim_ascii().is_empty() {
        return (Entry::Blank, None);
    }
    match page(batch, bytes) {
        Ok((page, site)) => (Entry::Page { site }, Some(page)),
        Err(error) => (Entry::Bad(error), None),
    }
}

/// The page on a line, and its site.
fn page(batch: &Batch, line: &[u8]) -> Result<(PageText, Option<String>), String> {
    let text = std::str::from_utf8(line)
        .map_err(|error| format!("invalid UTF-8 at byte {}", error.valid_up_to() + 1))?;
    let Input { path, text, site } = serde_json::from_str(text).map_err(|error| reason(&error))?;
    if site.as_ref().is_some_and(|site| site.len() > MAX_SITE) {
        return Err(format!("`site` is longer than {MAX_SITE} bytes"));
    }
    let path = batch.path_of(&path).map_err(|error| error.to_string())?;
    Ok((PageText { path, text: text.into_owned() }, site))
}

/// The file that a line has: its path, and its content if that is there.
pub(super) fn file(line: &InputLine) -> Result<(String, Option<String>), String> {
    /// A line of the input.
    #[derive(Deserialize)]
    struct File {
        path: String,
        text: Option<String>,
    }
    match line {
        InputLine::Bytes(bytes) => {
            let File { path, text } = serde_json::from_slice(bytes).map_err(|error| reason(&error))?;
            Ok((path, text))
        }
        InputLine::TooLong => Err(format!("longer than {} MiB", MAX_LINE >> 20)),
    }
}

/// Why a line is not a page, without any text of it: that may be a secret.
fn reason(error: &serde_json::Error) -> String {
    if !error.is_data() {
        return format!("invalid JSON at column {}", error.column());
    }
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    if message.starts_with("missing field") || message.starts_with("duplicate field") {
        return message.to_owned();
    }
    "expected an object with the strings `path`, `text` and, optionally, `site`".to_owned()
}
