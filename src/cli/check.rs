//! `copydesk check`.

use std::{
    fs,
    io::{self, BufRead, IsTerminal, Read, Write},
    num::NonZeroUsize,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use clap::{Args, ValueEnum};
use jiff::civil;

use super::{
    Error, Outcome,
    baseline::{Coverage, Known},
    complain, current_folder, patch,
    reports::{self, Target},
    say,
    selection::Selection,
    suppressions,
};
use crate::{
    checkout::{self, After, Checkout, Difference, OnDisk},
    diagnostic::{Diagnostic, Severity},
    discover::{self, Project},
    disk,
    fix::Applicability,
    git,
    report::{Color, Format, RenderOptions},
    run::{self, Change, Options, Run, Scope},
    suppress::insert::Reason,
};

/// Check pages and report what is wrong.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct Check {
    /// Files and folders; `@FILE` reads a list of them [default: the current folder]
    paths: Vec<PathBuf>,
    /// Apply the fixes that are safe; the page of --stdin-filename goes to standard output, its report to standard error
    #[arg(long, group = "applies")]
    fix: bool,
    /// Print the fixes as a patch instead and write nothing; fails when there is something to change
    #[arg(long, group = "applies", conflicts_with_all = ["fix", "format"])]
    diff: bool,
    /// Write comments into the pages that switch off what is found; what no comment can switch off is still reported
    #[arg(
        long,
        conflicts_with_all = ["fix", "unsafe_fixes", "stdin_filename", "baseline", "quiet", "since", "staged"]
    )]
    add_suppressions: bool,
    /// Why they are written, behind the rules in each comment
    #[arg(long, value_name = "TEXT", requires = "add_suppressions")]
    reason: Option<Reason>,
    /// Apply the fixes too that are only probably right
    #[arg(long, requires = "applies")]
    unsafe_fixes: bool,
    // The help is made from the formats.
    #[arg(long, value_name = "FORMAT[=FILE]", default_value = "auto", help = format_help())]
    format: Vec<Target>,
    #[command(flatten)]
    selection: Selection,
    /// Leave out the findings that this file knows; `copydesk baseline create` writes it
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Read one page from standard input; config and site are those of this path
    #[arg(long, value_name = "PATH", conflicts_with = "paths")]
    stdin_filename: Option<PathBuf>,
    /// Read the paths to check from a file, one a line; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "stdin_filename")]
    files_from: Option<PathBuf>,
    /// The paths of --files-from end with NUL instead of a line break
    #[arg(short = '0', requires = "files_from")]
    null: bool,
    /// Report only what the change since this revision brings, or since where both parted
    #[arg(long, value_name = "REV", conflicts_with_all = ["applies", "stdin_filename"])]
    since: Option<String>,
    /// What of it: what is `new`, in untouched files too, or all on touched `lines` or in touched `files`
    #[arg(long, value_enum, requires = "since", default_value_t = Scope::New, hide_possible_values = true)]
    scope: Scope,
    /// Check what is staged for the next commit, not what is on disk
    #[arg(long, conflicts_with_all = ["applies", "stdin_filename"])]
    staged: bool,
    /// Take configs, schemas, data and word lists from before the change: it has no say in how it is checked
    #[arg(long, requires = "since")]
    untrusted_config: bool,
    /// The least severity that makes the command fail
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = FailOn::Warning)]
    fail_on: FailOn,
    /// Look at errors alone: nothing else is reported or makes the command fail
    #[arg(long, short)]
    quiet: bool,
    /// List at most so many findings, the worst of them; the others are counted, and count for the exit code
    #[arg(long, value_name = "N", conflicts_with = "diff")]
    max_diagnostics: Option<usize>,
    /// Say on standard error how often each rule found something
    #[arg(long)]
    statistics: bool,
    /// Colours in the report
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = When::Auto)]
    color: When,
    /// Threads to use [default: one a core]
    #[arg(long, value_name = "N", value_parser = super::threads)]
    threads: Option<NonZeroUsize>,
}

/// Id of the findings about copydesk itself.
pub(super) const INTERNAL_ERROR: &str = "internal-error";

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

impl FailOn {
    fn is_reached(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Info => severity >= Severity::Info,
            Self::Never => false,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

impl Check {
    pub(super) fn run(self, out: &mut dyn Write) -> Result<Outcome, Error> {
        let current = current_folder()?;
        let paths = self.paths()?;
        let given = match &self.stdin_filename {
            Some(path) => Some((path.clone(), read_stdin()?)),
            None => None,
        };
        let known = self.baseline.as_deref().map(|file| Known::read(file, &current)).transpose()?;
        let (mut run, changes) = self.check(paths.clone(), given.clone(), current.clone())?;
        run.protected.inputs.extend(self.lists().map(|list| discover::absolute(list, &current)));
        if (self.fix && given.is_none()) || (self.add_suppressions && !self.diff) {
            run.errors.extend(run::write(&changes, &current));
            disk::remove_strays(run.protected.inputs.iter().filter_map(|input| input.parent()));
        }
        if self.add_suppressions {
            suppressions::tell(&run, &changes);
        }
        if let Some(known) = &known {
            let asked = given.iter().map(|(path, _)| path).chain(&paths);
            known.hide(&mut run, &Coverage::new(asked, &current, &self.selection));
        }
        if self.quiet {
            run.diagnostics.retain(|diagnostic| diagnostic.severity == Severity::Error);
        }
        let outcome = self.outcome(&run, &changes);
        if let Some(most) = self.max_diagnostics {
            run.list_at_most(most);
        }
        for error in &run.errors {
            complain(error);
        }
        for note in &run.notes {
            say(&format!("note: {note}"));
        }
        if !run.unlisted.is_empty() {
            // Not every format has a place to say it.
            say(&format!("note: {} more of the findings are not listed", run.unlisted.len()));
        }
        match given {
            _ if self.diff => self.print_patch(&run, &changes, &current, out)?,
            Some((path, bytes)) if self.fix => {
                let path = discover::absolute(&path, &current);
                let fixed = changes.iter().find(|change| change.path == path);
                out.write_all(fixed.map_or(&bytes, |change| change.after.as_bytes()))?;
                // The page comes first: it is written whatever becomes of the report.
                out.flush()?;
                self.report(&run, &mut io::stderr().lock(), io::stderr().is_terminal())?;
            }
            _ => self.report(&run, out, io::stdout().is_terminal())?,
        }
        if self.statistics {
            // Standard output is the report's alone; nobody is left to be told when standard error is closed.
            let _ = statistics(&run, &mut io::stderr().lock());
        }
        Ok(outcome)
    }

    /// The changes as a patch; what keeps a page from being fixed goes to standard error.
    fn print_patch(
        &self,
        run: &Run,
        changes: &[Change],
        current: &Path,
        out: &mut dyn Write,
    ) -> Result<(), Error> {
        let mut obstacles = run.shown();
        obstacles.diagnostics.retain(|it| run.broken_config || it.rule == INTERNAL_ERROR);
        if !obstacles.diagnostics.is_empty() {
            self.report(&obstacles, &mut io::stderr().lock(), io::stderr().is_terminal())?;
        }
        for change in changes {
            let path = discover::relative(current, &change.path);
            let text = patch::of(&path, &change.before, &change.after);
            if run.sources.hides_part_of(&text) {
                complain(&format!("{}: its patch would show a secret; use --fix", path.display()));
            } else {
                out.write_all(text.as_bytes())?;
            }
        }
        Ok(())
    }

    fn check(
        &self,
        paths: Vec<PathBuf>,
        given: Option<(PathBuf, Vec<u8>)>,
        current: PathBuf,
    ) -> Result<(Run, Vec<Change>), Error> {
        let config = self.selection.config()?;
        let last = self.selection.layer()?;
        let is_whole = self.paths.is_empty() && self.files_from.is_none();
        if paths.is_empty() && given.is_none() && !is_whole {
            // An empty list is no wish to check everything.
            let nowhere = Project { root: current.clone(), config: None };
            return Ok((Run::of_config(&nowhere, &current, vec![]), vec![]));
        }
        // This thread is one of them, so that nothing has to go from thread to thread where there is little to do. It fails
        // only where a pool was made before; nothing made one.
        let threads = self.threads.map_or(0, NonZeroUsize::get);
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).use_current_thread().build_global();
        let progress = Progress::new();
        let tick = |total| progress.tick(total);
        let (files, difference) = self.state(&paths, &current)?;
        let config_files = difference.as_ref().filter(|_| self.untrusted_config);
        let config_files = config_files.map(|difference| Arc::clone(&difference.before));
        let options = Options {
            paths,
            files,
            config_files,
            given,
            current,
            config,
            last,
            today: today(),
            progress: &tick,
        };
        let check = || match &difference {
            Some(difference) => run::since(&options, difference, self.scope),
            None => run::check(&options),
        };
        let done = match (self.fix || self.diff, self.unsafe_fixes) {
            _ if self.add_suppressions => run::suppress(&options, self.reason.clone()),
            (false, _) => (check(), vec![]),
            (true, false) => run::fix(&options, Applicability::Safe),
            (true, true) => run::fix(&options, Applicability::Unsafe),
        };
        progress.finish();
        Ok(done)
    }

    /// The files to check and, with `--since`, what they are compared with: in the repository of the first path.
    fn state(
        &self,
        paths: &[PathBuf],
        current: &Path,
    ) -> Result<(Arc<dyn Checkout>, Option<Difference>), Error> {
        let first =
            paths.first().map_or_else(|| current.to_owned(), |path| discover::absolute(path, current));
        let after = if self.staged { After::Index } else { After::Disk };
        let refused = |error: git::Error| Error::Usage(error.to_string());
        Ok(match &self.since {
            Some(revision) => {
                let difference = Difference::since(&first, revision, after).map_err(refused)?;
                (Arc::clone(&difference.after), Some(difference))
            }
            None if self.staged => (Arc::new(checkout::staged(&first).map_err(refused)?), None),
            None => (Arc::new(OnDisk), None),
        })
    }

    fn outcome(&self, run: &Run, changes: &[Change]) -> Outcome {
        let internal = |diagnostic: &Diagnostic| diagnostic.rule == INTERNAL_ERROR;
        if run.broken_config || !run.errors.is_empty() || run.diagnostics.iter().any(internal) {
            Outcome::Failed
        } else if self.diff {
            if changes.is_empty() { Outcome::Clean } else { Outcome::Findings }
        } else if run.diagnostics.iter().any(|diagnostic| self.fail_on.is_reached(diagnostic.severity)) {
            Outcome::Findings
        } else {
            Outcome::Clean
        }
    }

    /// Writes all reports.
    fn report(&self, run: &Run, out: &mut dyn Write, on_terminal: bool) -> Result<(), Error> {
        let options = RenderOptions { color: self.color.on(on_terminal), width: width(on_terminal) };
        reports::write(&self.format, run, options, out)
    }

    /// The paths that are named, lists among them read.
    fn paths(&self) -> Result<Vec<PathBuf>, Error> {
        let mut paths = Vec::new();
        for path in &self.paths {
            match path.to_str().and_then(|text| text.strip_prefix('@')) {
                Some(list) if !path.exists() => paths.extend(read_list(Path::new(list), b'\n')?),
                _ => paths.push(path.clone()),
            }
        }
        if let Some(list) = &self.files_from {
            paths.extend(read_list(list, if self.null { b'\0' } else { b'\n' })?);
        }
        Ok(paths)
    }

    /// The files that the command line names beside those to check.
    fn lists(&self) -> impl Iterator<Item = &PathBuf> {
        self.baseline.iter().chain(&self.files_from)
    }
}

/// The help of `--format`, with every format there is.
fn format_help() -> String {
    let names: Vec<&str> = Format::names().collect();
    format!("How to report: {}; `json=report.json` writes to a file; repeatable", names.join(", "))
}

impl When {
    /// Whether to colour: `--color` first, then `NO_COLOR` and `CLICOLOR_FORCE` (no-color.org, bixense.com/clicolors),
    /// then the terminal.
    fn on(self, on_terminal: bool) -> Color {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
        let color = match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto if set("NO_COLOR") => false,
            Self::Auto => on_terminal || set("CLICOLOR_FORCE"),
        };
        if color { Color::Always } else { Color::Never }
    }
}

/// Columns of the terminal; `None` where the report goes elsewhere.
fn width(on_terminal: bool) -> Option<usize> {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    if on_terminal { asked.or_else(|| Some(usize::from(console::Term::stdout().size().1))) } else { asked }
}

fn read_stdin() -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let failed = |source| Error::Input { what: "standard input".into(), source };
    io::stdin().lock().read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// The paths in a list that ends each with `end`.
fn read_list(list: &Path, end: u8) -> Result<Vec<PathBuf>, Error> {
    let failed = |source| Error::Input { what: list.display().to_string(), source };
    let read = |reader: &mut dyn BufRead| -> io::Result<Vec<PathBuf>> {
        let lines = reader.split(end).collect::<io::Result<Vec<_>>>()?;
        let lines = lines.iter().map(|line| {
            let line = line.strip_suffix(b"\r").filter(|_| end == b'\n').unwrap_or(line);
            git::path_of(line)
        });
        Ok(lines.filter(|path| !path.as_os_str().is_empty()).collect())
    };
    if list == Path::new("-") {
        return read(&mut io::stdin().lock()).map_err(failed);
    }
    read(&mut io::BufReader::new(fs::File::open(list).map_err(failed)?)).map_err(failed)
}

/// The day of the run, in UTC: that of `SOURCE_DATE_EPOCH` (reproducible-builds.org) if it is set, else today.
pub(super) fn today() -> civil::Date {
    let asked = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let time = asked.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    time.unwrap_or_else(jiff::Timestamp::now).to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// How often each rule found something, most first.
fn statistics(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for diagnostic in run.diagnostics.iter().chain(&run.unlisted) {
        match counts.iter_mut().find(|(rule, _)| *rule == diagnostic.rule) {
            Some((_, count)) => *count += 1,
            None => counts.push((diagnostic.rule, 1)),
        }
    }
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    counts.iter().try_for_each(|(rule, count)| writeln!(out, "{count:>6}  {rule}"))
}

/// A bar on standard error, shown once a run takes longer than people like to wait without one.
pub(super) struct Progress {
    bar: indicatif::ProgressBar,
    start: Instant,
}

const PATIENCE: Duration = Duration::from_millis(700);

impl Progress {
    pub(super) fn new() -> Self {
        Self { bar: indicatif::ProgressBar::hidden(), start: Instant::now() }
    }

    pub(super) fn tick(&self, total: u64) {
        self.bar.inc(1);
        if self.bar.is_hidden() && self.start.elapsed() > PATIENCE && io::stderr().is_terminal() {
            self.bar.set_length(total);
            self.bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
        }
    }

    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
