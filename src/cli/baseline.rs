//! `copydesk baseline`, and what `check --baseline` has in common with it.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::{Args, Subcommand};

use super::{
    Error, Outcome, current_folder,
    inputs::{self, today},
    print_error, print_note,
    progress::Progress,
    selection::Selection,
};
use crate::{
    baseline::{Baseline, BaselineEntry, FILE_NAME},
    config,
    discover::{Project, SiteFiles},
    disk::{self, Kept},
    paths,
    report::{Format, RenderOptions, reporter, sanitize},
    rules,
    run::{self, Options, Run, Shard},
    sources::Sources,
    text::quantity,
    vfs::{Disk, EntryKind, FileSystem, contained, read_text},
};

/// Manage the baseline of accepted findings
#[derive(Debug, Args)]
pub(super) struct BaselineCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Record all current findings; entries for other pages and rules are kept
    Create(Asked),
    /// Remove entries that no longer match; nothing is added
    Prune(Asked),
    /// Fail if any entry no longer matches, and list those entries
    Check(Asked),
}

#[derive(Debug, Args)]
struct Asked {
    /// Files and directories [default: current directory]
    paths: Vec<PathBuf>,
    /// Baseline file [default: `baseline` in the config, or `copydesk-baseline.json` in the project root]
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Only look at one of several parts of the files, e.g. `2/8`
    #[arg(long, value_name = "NUMBER/COUNT")]
    shard: Option<Shard>,
    #[command(flatten)]
    selection: Selection,
}

impl BaselineCommand {
    pub(super) fn run(self, out: &mut dyn Write) -> Result<Outcome, Error> {
        match self.action {
            Action::Create(asked) => asked.create(out),
            Action::Prune(asked) => asked.prune(out),
            Action::Check(asked) => asked.check(out),
        }
    }
}

impl Asked {
    fn create(&self, out: &mut dyn Write) -> Result<Outcome, Error> {
        let current = current_folder()?;
        let mut known = LoadedBaseline::at(&self.file(&current), &current);
        if Disk.is_there(&known.path) {
            known = LoadedBaseline::read(&Disk, &known.path, &current)?;
        }
        let Some(run) = self.look(&current)? else { return Ok(Outcome::Failed) };
        let coverage = self.coverage(&current);
        let found = Baseline::of(&run, &known.root);
        let before = std::mem::replace(&mut known.baseline, found);
        let count = known.baseline.entries.len();
        let is_new =
            |entry: &&BaselineEntry| !before.entries.iter().any(|it| it.fingerprint == entry.fingerprint);
        let new = known.baseline.entries.iter().filter(is_new).count();
        let others = before.entries.into_iter().filter(|entry| !coverage.has(&known.root, entry));
        known.baseline.entries.extend(others);
        known.write()?;
        let shown = known.shown();
        match (count, new) {
            (0, _) => writeln!(out, "{shown}: no findings")?,
            (all, new) => writeln!(out, "{shown}: {}, {new} new", quantity(all, "finding"))?,
        }
        Ok(Outcome::Clean)
    }

    fn prune(&self, out: &mut dyn Write) -> Result<Outcome, Error> {
        let current = current_folder()?;
        let mut known = LoadedBaseline::read(&Disk, &self.file(&current), &current)?;
        let Some(mut run) = self.look(&current)? else { return Ok(Outcome::Failed) };
        let stale = known.stale(&mut run, &self.coverage(&current));
        let gone = stale.iter().filter(|stale| **stale).count();
        let shown = known.shown();
        if gone == 0 {
            writeln!(out, "{shown}: nothing to remove")?;
            return Ok(Outcome::Clean);
        }
        let mut stale = stale.into_iter();
        known.baseline.entries.retain(|_| stale.next() == Some(false));
        known.write()?;
        writeln!(out, "{shown}: removed {}, {} left", quantity(gone, "entry"), known.baseline.entries.len())?;
        Ok(Outcome::Clean)
    }

    fn check(&self, out: &mut dyn Write) -> Result<Outcome, Error> {
        let current = current_folder()?;
        let known = LoadedBaseline::read(&Disk, &self.file(&current), &current)?;
        let Some(mut run) = self.look(&current)? else { return Ok(Outcome::Failed) };
        let stale = known.stale(&mut run, &self.coverage(&current));
        let mut gone: Vec<&BaselineEntry> = known
            .baseline
            .entries
            .iter()
            .zip(&stale)
            .filter(|(_, stale)| **stale)
            .map(|(it, _)| it)
            .collect();
        gone.sort();
        for BaselineEntry { file, rule, message, .. } in &gone {
            writeln!(out, "{}", sanitize(&format!("{file}: {rule}: {message}")))?;
        }
        if gone.is_empty() {
            return Ok(Outcome::Clean);
        }
        print_note(&format!("{}: {}", known.shown(), no_longer(gone.len())));
        Ok(Outcome::Findings)
    }

    fn file(&self, current: &Path) -> PathBuf {
        let configured = || configured(Arc::new(Disk), &self.selection, self.paths.first(), current);
        let usual = || Project::of(&Disk, current).root.join(FILE_NAME);
        self.file.clone().or_else(configured).unwrap_or_else(usual)
    }

    fn coverage(&self, current: &Path) -> Coverage<'_> {
        Coverage::new(&self.paths, current, &self.selection, self.shard)
    }

    /// Checks what is asked for; `None` where the check could not be done, which was said.
    fn look(&self, current: &Path) -> Result<Option<Run>, Error> {
        let progress = Progress::new();
        let run = run::check(&Options {
            paths: self.paths.clone(),
            shard: self.shard,
            config: self.selection.config()?,
            cli_overrides: self.selection.layer()?,
            progress: &|total| progress.tick(total),
            ..Options::on_disk(current.to_owned(), today())
        });
        progress.finish();
        if is_whole(&run) {
            return Ok(Some(run));
        }
        run.errors.iter().for_each(|error| print_error(error));
        let mut obstacles = run.shown().into_owned();
        obstacles.diagnostics.retain(|it| run.broken_config || it.rule == rules::INTERNAL_ERROR);
        if !obstacles.diagnostics.is_empty() {
            report(&obstacles)?;
        }
        Ok(None)
    }
}

/// Records the findings of a run in a new baseline, and gives their number.
pub(super) fn record(run: &Run, file: &Path) -> Result<usize, Error> {
    let mut known = LoadedBaseline::at(file, &run.current);
    known.baseline = Baseline::of(run, &known.root);
    known.write()?;
    Ok(known.baseline.entries.len())
}

/// Whether a run did all its work, so that what it did not find is not there.
fn is_whole(run: &Run) -> bool {
    let failed = run.diagnostics.iter().any(|it| it.rule == rules::INTERNAL_ERROR);
    // From a run for a change, what the change does not bring was taken out.
    !failed && !run.broken_config && run.errors.is_empty() && run.touched.is_none()
}

/// The baseline that the config for a path names; that of the current folder without one.
pub(super) fn configured(
    files: Arc<dyn FileSystem>,
    selection: &Selection,
    path: Option<&PathBuf>,
    current: &Path,
) -> Option<PathBuf> {
    let full = path.map_or_else(|| current.to_owned(), |path| paths::absolute(path, current));
    let folder = if inputs::kind_at(&full) == Some(EntryKind::Folder) {
        &full
    } else {
        full.parent().unwrap_or(&full)
    };
    let project = selection.project(folder, current);
    let file = config::baseline(&SiteFiles::new(files, &project), project.config.as_deref()?)?;
    Some(project.root.join(file))
}

/// What a run was asked to look at.
pub(super) struct Coverage<'a> {
    /// Files and folders, absolute.
    paths: Vec<PathBuf>,
    /// The folder, absolute, that shards are relative to.
    current: PathBuf,
    selection: &'a Selection,
    shard: Option<Shard>,
}

impl<'a> Coverage<'a> {
    /// What these paths name; all below the current folder where there are none.
    pub(super) fn new(
        paths: impl IntoIterator<Item = &'a PathBuf>,
        current: &Path,
        selection: &'a Selection,
        shard: Option<Shard>,
    ) -> Self {
        let mut paths: Vec<_> = paths.into_iter().map(|path| paths::absolute(path, current)).collect();
        if paths.is_empty() {
            paths.push(current.to_owned());
        }
        Self { paths, current: current.to_owned(), selection, shard }
    }

    /// Whether the run would have found what an entry is about.
    fn has(&self, root: &Path, entry: &BaselineEntry) -> bool {
        let file = paths::absolute(Path::new(&entry.file), root);
        self.paths.iter().any(|path| file.starts_with(path))
            && self.shard.is_none_or(|shard| shard.has(&paths::relative(&self.current, &file)))
            && self.selection.leaves(&entry.rule)
    }
}

/// A baseline, its file, and the root of the project that this is in.
pub(super) struct LoadedBaseline {
    baseline: Baseline,
    path: PathBuf,
    current: PathBuf,
    root: PathBuf,
}

impl LoadedBaseline {
    /// An empty baseline for a file.
    fn at(path: &Path, current: &Path) -> Self {
        let full = paths::absolute(path, current);
        let root = Project::of(&Disk, full.parent().unwrap_or(&full)).root;
        Self { baseline: Baseline::default(), path: full, current: current.to_owned(), root }
    }

    /// Reads a baseline from a state of the files; what is wrong with one is said on standard error.
    pub(super) fn read(files: &dyn FileSystem, path: &Path, current: &Path) -> Result<Self, Error> {
        let mut known = Self::at(path, current);
        let shown = paths::relative(current, &known.path);
        if files.kind(&known.path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            let text = format!(
                "baseline not found: {}; run `copydesk baseline create` to create it",
                shown.display()
            );
            return Err(Error::Usage(text));
        }
        if !contained(files, &known.path, &known.root) {
            return Err(Error::Usage(format!(
                "{} is a link that points outside the site root",
                shown.display()
            )));
        }
        let text = read_text(files, &known.path)
            .map_err(|why| Error::Usage(format!("cannot read {}: {why}", shown.display())))?;
        match Baseline::parse(&Arc::from(shown.as_path()), &text) {
            Ok(baseline) => known.baseline = baseline,
            Err(mistakes) => {
                let here = Project { root: current.to_owned(), config: None };
                let run = Run { sources: Sources::new(current), ..Run::of_config(&here, current, mistakes) };
                run.sources.keep(&shown, text.into());
                report(&run)?;
                return Err(Error::Told(format!("baseline {}", shown.display())));
            }
        }
        Ok(known)
    }

    fn write(&self) -> Result<(), Error> {
        let failed = |source| Error::File { path: paths::relative(&self.current, &self.path), source };
        let kept = Kept { path: &self.path, root: &self.root };
        disk::replace(kept, self.baseline.to_json().as_bytes()).map_err(failed)
    }

    fn shown(&self) -> String {
        sanitize(&paths::relative(&self.current, &self.path).display().to_string())
    }

    /// Takes what is known out of a run, and says on standard error when entries match nothing any more.
    pub(super) fn hide(&self, run: &mut Run, coverage: &Coverage<'_>) {
        let whole = is_whole(run);
        let gone = self.stale(run, coverage).into_iter().filter(|stale| *stale).count();
        if whole && gone > 0 {
            print_note(&format!("note: {}; remove with `copydesk baseline prune`", no_longer(gone)));
        }
    }

    /// Takes what is known out of a run. Gives, for each entry, whether the run should have found it and did not.
    fn stale(&self, run: &mut Run, coverage: &Coverage<'_>) -> Vec<bool> {
        let used = self.baseline.hide(run, &self.root);
        let entries = self.baseline.entries.iter().zip(used);
        entries.map(|(entry, used)| !used && coverage.has(&self.root, entry)).collect()
    }
}

/// A report for people on standard error.
fn report(run: &Run) -> Result<(), Error> {
    let options = RenderOptions::default();
    Ok(reporter(Format::default(), options).report(run, &mut io::stderr().lock())?)
}

fn no_longer(count: usize) -> String {
    format!("{} without a matching finding", quantity(count, "baseline entry"))
}
