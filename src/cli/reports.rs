//! Where the reports of a run go.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::{Error, current_folder, print_error, print_note};
use crate::{
    disk::{self, Protected},
    paths,
    report::{Format, RenderOptions, reporter},
    run::Run,
    text::{nearest, quantity},
};

/// A format and the file it goes to; standard output without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReportTarget {
    format: Format,
    file: Option<PathBuf>,
}

impl ReportTarget {
    /// The usual report on standard output.
    pub(super) const AUTO: Self = Self { format: Format::AUTO, file: None };
    /// The table of rules on standard output.
    pub(super) const STATISTICS: Self = Self { format: Format::STATISTICS, file: None };
}

impl std::str::FromStr for ReportTarget {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, file) = text.split_once('=').map_or((text, None), |(name, file)| (name, Some(file)));
        if file.is_some_and(str::is_empty) {
            return Err("missing file name after `=`".to_owned());
        }
        let format = name.parse().map_err(|error| match nearest(name, Format::names()) {
            Some(near) => format!("{error}; did you mean `{near}`?"),
            None => format!("{error}; possible values: {}", Format::names().collect::<Vec<_>>().join(", ")),
        })?;
        Ok(Self { format, file: file.map(PathBuf::from) })
    }
}

/// Writes all reports; `options` are those of the one on standard output. One that cannot be written keeps none of the
/// others from being.
pub(super) fn write(
    targets: &[ReportTarget],
    run: &Run,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let mut protected = run.protected.clone();
    let mut failed: Option<Error> = None;
    for target in targets {
        let written = match &target.file {
            Some(path) => write_to_file(target.format, path, run, options, &mut protected),
            None => reporter(target.format, options.clone()).report(run, out).map_err(Error::from),
        };
        let Err(error) = written else { continue };
        match &failed {
            Some(first) if !first.is_closed_pipe() => print_error(&error),
            _ => failed = Some(error),
        }
    }
    failed.map_or(Ok(()), Err)
}

fn write_to_file(
    format: Format,
    path: &Path,
    run: &Run,
    options: &RenderOptions,
    protected: &mut Protected,
) -> Result<(), Error> {
    let failed = |source| Error::File { path: path.to_owned(), source };
    let full = paths::absolute(path, &current_folder()?);
    let file = disk::open_report(&full, protected).map_err(failed)?;
    protected.reports.push(full);
    let mut file = io::BufWriter::new(file);
    let options = RenderOptions { revision: options.revision.clone(), ..RenderOptions::default() };
    let written = reporter(format, options).report(run, &mut file).and_then(|()| file.flush());
    written.map_err(failed)
}

/// Prints the notes of a run, and how many findings its report leaves out.
pub(super) fn print_notes(run: &Run) {
    for note in &run.notes {
        print_note(&format!("note: {note}"));
    }
    if !run.unlisted.is_empty() {
        // Not every format has a place to say it.
        print_note(&format!("note: {} not shown", quantity(run.unlisted.len(), "more finding")));
    }
}

/// What was fixed, on standard error: a line for each file, with its rules.
pub(super) fn print_fixes(run: &Run) {
    for (path, rules) in &run.fixed {
        let counts: Vec<String> = rules.iter().map(|(rule, count)| format!("{count} × {rule}")).collect();
        let path = paths::relative(&run.current, path);
        print_note(&format!("fixed: {}: {}", path.display(), counts.join(", ")));
    }
}
