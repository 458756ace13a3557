//! `copydesk check`.

use std::{
    io::{self, IsTerminal, Write},
    num::NonZeroUsize,
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;

use super::{
    Error, Outcome,
    baseline::{self, Coverage, LoadedBaseline},
    batch::{self, Judging},
    cache::CacheChoice,
    current_folder, facts, first_path,
    inputs::{kind_at, read_list, read_stdin, today, with_lists},
    links, patch, print_error,
    progress::Progress,
    reports::{self, ReportTarget},
    selection::Selection,
    severities::{FailOn, Failing, Least},
    suppressions,
    terminal::{self, When},
    watch,
};
use crate::{
    diagnostic::{Diagnostic, Severity},
    discover::Project,
    disk,
    fix::Applicability,
    git,
    lint::SuppressionReason,
    paths,
    report::{Audience, Format, RenderOptions},
    rules,
    run::{self, ChangeScope, FileChange, Options, Run, Shard},
    vfs::{self, After, Difference, Disk, EntryKind, FileSystem, GitTree, Memory},
};

/// Check files and report problems
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct Check {
    /// Files and directories; `@FILE` reads a list of paths [default: current directory]
    paths: Vec<PathBuf>,
    /// Apply safe fixes; with --stdin-filename, write the fixed page to stdout and the report to stderr
    #[arg(long, group = "applies")]
    fix: bool,
    /// Print fixes as a patch instead of applying them; exit with 1 if there are any
    #[arg(long, group = "applies", conflicts_with_all = ["fix", "format"])]
    diff: bool,
    /// Add suppression comments for all current findings
    #[arg(
        long,
        conflicts_with_all = [
            "fix", "unsafe_fixes", "stdin_filename", "baseline", "quiet", "severity", "since", "staged",
        ]
    )]
    add_suppressions: bool,
    /// Reason to add to the suppression comments
    #[arg(long, value_name = "TEXT", requires = "add_suppressions")]
    reason: Option<SuppressionReason>,
    /// Also apply unsafe fixes
    #[arg(long, requires = "applies")]
    unsafe_fixes: bool,
    // The help is made from the formats.
    #[arg(long, value_name = "FORMAT[=FILE]", default_value = "auto", help = format_help())]
    format: Vec<ReportTarget>,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    cache: CacheChoice,
    /// Hide findings recorded in this file [default: `baseline` in the config]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Report external URLs that a link checker could not reach, or that redirect, by its report (`lychee --format json`)
    #[arg(long, value_name = "FILE")]
    link_report: Option<PathBuf>,
    /// Read one page from stdin and check it as if it were at this path
    #[arg(long, value_name = "PATH", conflicts_with = "paths")]
    stdin_filename: Option<PathBuf>,
    /// Read pages from stdin, one JSON object with `path` and `text` per line, and check each by itself
    #[arg(
        long,
        conflicts_with_all = [
            "paths", "applies", "format", "add_suppressions", "baseline", "stdin_filename", "files_from", "since",
            "staged", "max_diagnostics", "statistics", "watch"
        ]
    )]
    stdin_batch: bool,
    /// Take what other pages say, the config and the list of files from this file, made by `copydesk facts`
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with_all = [
            "config", "no_config", "applies", "add_suppressions", "stdin_filename", "since", "staged", "watch"
        ]
    )]
    site_facts: Option<PathBuf>,
    /// Read paths from a file, one per line; `-` for stdin
    #[arg(long, value_name = "FILE", conflicts_with = "stdin_filename")]
    files_from: Option<PathBuf>,
    /// Paths in --files-from are NUL-separated
    #[arg(short = '0', requires = "files_from")]
    null: bool,
    /// Report only findings introduced since REV (compared with the merge base)
    #[arg(long, value_name = "REV", conflicts_with_all = ["applies", "stdin_filename"])]
    since: Option<String>,
    /// Report only the findings in one of several parts of the files, e.g. `2/8`
    #[arg(long, value_name = "NUMBER/COUNT", conflicts_with_all = ["applies", "add_suppressions", "stdin_filename", "stdin_batch", "since"])]
    shard: Option<Shard>,
    /// Which findings count as introduced: `new` (anywhere), on changed `lines`, in changed `files`
    #[arg(long, value_enum, requires = "since", default_value_t = ChangeScope::New, hide_possible_values = true)]
    scope: ChangeScope,
    /// Check the git index instead of the working tree
    #[arg(long, conflicts_with_all = ["applies", "stdin_filename"])]
    staged: bool,
    /// Check the files of a commit, in the repository of the first path, which may be a bare one
    #[arg(
        long,
        value_name = "REV",
        conflicts_with_all = [
            "applies", "add_suppressions", "stdin_filename", "stdin_batch", "since", "staged", "site_facts", "watch"
        ]
    )]
    revision: Option<String>,
    /// Read configs, schemas, data and word lists from the base revision
    #[arg(long, requires = "since")]
    untrusted_config: bool,
    #[command(flatten)]
    failing: Failing,
    /// Minimum severity to report [default: info; on a terminal, infos are counted but not shown]
    #[arg(long, value_enum, value_name = "SEVERITY", conflicts_with = "quiet")]
    severity: Option<Least>,
    /// Report errors only, like `--severity error`
    #[arg(long, short)]
    quiet: bool,
    /// Maximum number of findings to report, most severe first [default on a terminal: 50]; all count for the exit code
    #[arg(long, value_name = "N", conflicts_with = "diff")]
    max_diagnostics: Option<usize>,
    /// Print only a table of the rules and their numbers of findings; on stderr if another report is on stdout
    #[arg(long)]
    statistics: bool,
    /// List the fixes that are applied, by file and rule
    #[arg(long, requires = "fix")]
    show_fixes: bool,
    /// Check again whenever a file changes, until interrupted
    #[arg(long, conflicts_with_all = ["diff", "add_suppressions", "stdin_filename", "files_from"])]
    watch: bool,
    /// When to use colors
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = When::Auto)]
    color: When,
    /// Number of threads [default: number of cores]
    #[arg(long, value_name = "N", value_parser = super::threads)]
    threads: Option<NonZeroUsize>,
}

impl Check {
    pub(super) fn run(self, out: &mut dyn Write) -> Result<Outcome, Error> {
        if self.stdin_batch {
            return self.run_batch(out);
        }
        if self.watch {
            let sites = watch::sites(&self.paths()?, &current_folder()?);
            return watch::repeat(&sites, out, |out| self.once(out).map(|(_, inputs)| inputs));
        }
        self.once(out).map(|(outcome, _)| outcome)
    }

    /// One check. Returns the files that it read, too.
    fn once(&self, out: &mut dyn Write) -> Result<(Outcome, Vec<PathBuf>), Error> {
        let current = current_folder()?;
        let paths = self.paths()?;
        let given = match &self.stdin_filename {
            Some(path) => Some((path.clone(), read_stdin()?)),
            None => None,
        };
        let (mut run, changes, known) = self.check(paths.clone(), given.clone(), current.clone())?;
        run.protected.inputs.extend(self.lists().map(|list| paths::absolute(list, &current)));
        if (self.fix && given.is_none()) || (self.add_suppressions && !self.diff) {
            run.errors.extend(run::write(&changes, &current));
        }
        if given.is_none() {
            disk::remove_strays(&run.protected);
        }
        if self.add_suppressions {
            suppressions::print_summary(&run, &changes);
        }
        if let Some(known) = &known {
            let asked = given.iter().map(|(path, _)| path).chain(&paths);
            known.hide(&mut run, &Coverage::new(asked, &current, &self.selection, self.shard));
        }
        run.diagnostics.retain(|diagnostic| self.least().is_none_or(|least| diagnostic.severity >= least));
        let outcome = self.outcome(&run, &changes);
        if let Some(most) = self.max_diagnostics {
            run.truncate_findings(most);
        }
        if self.show_fixes {
            reports::print_fixes(&run);
        }
        for error in &run.errors {
            print_error(error);
        }
        if self.read_nothing(&run) && run.errors.is_empty() && !run.broken_config {
            print_error(
                &"no pages to check; `files` in the config, or paths on the command line, select them",
            );
        }
        reports::print_notes(&run);
        run.mask();
        match given {
            _ if self.diff => self.print_patch(&run, &changes, &current, out)?,
            Some((path, bytes)) if self.fix => {
                let path = paths::absolute(&path, &current);
                let fixed = changes.iter().find(|change| change.path == path);
                out.write_all(fixed.map_or(&bytes, |change| change.after.as_bytes()))?;
                // The page comes first: it is written whatever becomes of the report.
                out.flush()?;
                self.report(&run, &mut io::stderr().lock(), io::stderr().is_terminal())?;
            }
            _ => self.report(&run, out, io::stdout().is_terminal())?,
        }
        if self.statistics && !self.targets().contains(&ReportTarget::STATISTICS) {
            let options = self.options(io::stderr().is_terminal());
            // Only the report is written to stdout. If stderr is closed, the failure cannot be reported.
            let _ = reports::write(&[ReportTarget::STATISTICS], &run, &options, &mut io::stderr().lock());
        }
        Ok((outcome, run.protected.inputs))
    }

    fn run_batch(&self, out: &mut dyn Write) -> Result<Outcome, Error> {
        super::set_threads(self.threads);
        let options = Options {
            config: self.selection.config()?,
            cli_overrides: self.selection.layer()?,
            ..Options::on_disk(current_folder()?, today())
        };
        let options = self.placed(Arc::new(Memory::default()), options)?;
        let least = self.least().unwrap_or(Severity::Info);
        batch::run(&options, Judging { fail_on: self.failing.on().severity(), least }, out)
    }

    /// The options for sites that are known by facts, if those are given. Texts of pages come from `texts` then.
    fn placed<'a>(&self, texts: Arc<dyn FileSystem>, options: Options<'a>) -> Result<Options<'a>, Error> {
        let Some(file) = &self.site_facts else { return Ok(options) };
        Ok(facts::read(file)?.apply(texts, options))
    }

    /// The least severity that is reported, if not all are.
    fn least(&self) -> Option<Severity> {
        if self.quiet { Some(Severity::Error) } else { self.severity.map(Least::severity) }
    }

    /// The changes as a patch; what keeps a page from being fixed goes to standard error.
    fn print_patch(
        &self,
        run: &Run,
        changes: &[FileChange],
        current: &Path,
        out: &mut dyn Write,
    ) -> Result<(), Error> {
        let mut obstacles = run.shown().into_owned();
        obstacles.diagnostics.retain(|it| run.broken_config || it.rule == rules::INTERNAL_ERROR);
        if !obstacles.diagnostics.is_empty() {
            self.report(&obstacles, &mut io::stderr().lock(), io::stderr().is_terminal())?;
        }
        for change in changes {
            let path = paths::relative(current, &change.path);
            let text = patch::of(&path, &change.before, &change.after);
            // A secret may be spread over lines, so the texts are compared and not the lines of the patch.
            let masked = |text| run.sources.masked(text);
            if patch::of(&path, &masked(&change.before), &masked(&change.after)) == text {
                out.write_all(text.as_bytes())?;
            } else {
                print_error(&format!("{}: patch would reveal a secret; use --fix instead", path.display()));
            }
        }
        Ok(())
    }

    fn check(
        &self,
        paths: Vec<PathBuf>,
        given: Option<(PathBuf, Vec<u8>)>,
        current: PathBuf,
    ) -> Result<(Run, Vec<FileChange>, Option<LoadedBaseline>), Error> {
        let config = self.selection.config()?;
        let cli_overrides = self.selection.layer()?;
        let is_whole = self.paths.is_empty() && self.files_from.is_none();
        if paths.is_empty() && given.is_none() && !is_whole {
            // An empty list is not a wish to check everything.
            let nowhere = Project { root: current.clone(), config: None };
            return Ok((Run::of_config(&nowhere, &current, vec![]), vec![], None));
        }
        super::set_threads(self.threads);
        let progress = Progress::new();
        let tick = |total| progress.tick(total);
        let (files, difference) = self.state(&paths, &current)?;
        let untrusted_change = difference.as_ref().filter(|_| self.untrusted_config);
        let config_files = untrusted_change.map(|difference| Arc::clone(&difference.revision));
        let trusted: Arc<dyn FileSystem> = match &config_files {
            Some(files) => Arc::<GitTree>::clone(files),
            None if self.revision.is_some() => Arc::clone(&files),
            None => Arc::new(Disk),
        };
        let known = self.known(&trusted, &paths, &current)?;
        let options = Options {
            paths,
            files,
            config_files,
            untrusted_change,
            given,
            current,
            shard: self.shard,
            cache: self.cache.cache()?,
            config,
            site_facts: None,
            cli_overrides,
            link_report: self.link_report.as_deref().map(links::read_report).transpose()?,
            today: today(),
            progress: &tick,
        };
        let options = self.placed(Arc::new(Disk), options)?;
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
        Ok((done.0, done.1, known))
    }

    /// The findings that are known: those of `--baseline`, or of the baseline that the config of the first path names.
    fn known(
        &self,
        files: &Arc<dyn FileSystem>,
        paths: &[PathBuf],
        current: &Path,
    ) -> Result<Option<LoadedBaseline>, Error> {
        if self.add_suppressions {
            return Ok(None);
        }
        let first = self.stdin_filename.iter().chain(paths).next();
        let configured = || baseline::configured(Arc::clone(files), &self.selection, first, current);
        let file = self.baseline.clone().or_else(configured);
        file.map(|file| LoadedBaseline::read(&**files, &file, current)).transpose()
    }

    /// The files to check and, with `--since`, what they are compared with: in the repository of the first path.
    fn state(
        &self,
        paths: &[PathBuf],
        current: &Path,
    ) -> Result<(Arc<dyn FileSystem>, Option<Difference>), Error> {
        let first = first_path(paths, current);
        let after = if self.staged { After::Index } else { After::Disk };
        let refused = |error: git::RevisionError| Error::Usage(error.to_string());
        Ok(match &self.since {
            Some(revision) => {
                let difference = Difference::since(&first, revision, after).map_err(refused)?;
                (Arc::clone(&difference.after), Some(difference))
            }
            None => match &self.revision {
                Some(revision) => (Arc::new(GitTree::of_revision(&first, revision).map_err(refused)?), None),
                None if self.staged => (Arc::new(vfs::staged(&first).map_err(refused)?), None),
                None => (Arc::new(Disk), None),
            },
        })
    }

    fn outcome(&self, run: &Run, changes: &[FileChange]) -> Outcome {
        let internal = |diagnostic: &Diagnostic| diagnostic.rule == rules::INTERNAL_ERROR;
        if self.read_nothing(run)
            || run.broken_config
            || !run.errors.is_empty()
            || run.diagnostics.iter().any(internal)
        {
            Outcome::Failed
        } else if self.diff {
            if changes.is_empty() { Outcome::Clean } else { Outcome::Findings }
        } else if run.diagnostics.iter().any(|diagnostic| self.failing.on().is_reached(diagnostic.severity)) {
            Outcome::Findings
        } else {
            Outcome::Clean
        }
    }

    /// Whether a folder was to be checked that has no pages: a check that looks at nothing must not pass for ever. A
    /// change need not touch a page, a shard need not have one, and files that are named may be excluded by the config.
    fn read_nothing(&self, run: &Run) -> bool {
        let names_folder = match (&*self.paths, &self.files_from, &self.stdin_filename) {
            ([], None, None) => true,
            (paths, ..) => paths.iter().any(|path| kind_at(path) == Some(EntryKind::Folder)),
        };
        run.files == 0 && self.since.is_none() && self.shard.is_none() && (names_folder || run.unread > 0)
    }

    /// Writes all reports.
    fn report(&self, run: &Run, out: &mut dyn Write, on_terminal: bool) -> Result<(), Error> {
        reports::write(&self.targets(), run, &self.options(on_terminal), out)
    }

    /// Where reports go. With `--statistics`, the table replaces the default report.
    fn targets(&self) -> Vec<ReportTarget> {
        let chosen = |target: &ReportTarget| match target {
            target if self.statistics && *target == ReportTarget::AUTO => ReportTarget::STATISTICS,
            target => target.clone(),
        };
        self.format.iter().map(chosen).collect()
    }

    fn options(&self, on_terminal: bool) -> RenderOptions {
        let audience = if on_terminal { Audience::Terminal } else { Audience::Log };
        let usual =
            if matches!(self.failing.on(), FailOn::Info) { Severity::Info } else { Severity::Warning };
        RenderOptions {
            max_excerpts: self.max_diagnostics,
            least_shown: self.severity.map_or(usual, Least::severity),
            ..terminal::options(self.color, audience)
        }
    }

    /// The paths that are named, lists among them read.
    fn paths(&self) -> Result<Vec<PathBuf>, Error> {
        let mut paths = with_lists(&self.paths)?;
        if let Some(list) = &self.files_from {
            paths.extend(read_list(list, if self.null { b'\0' } else { b'\n' })?);
        }
        Ok(paths)
    }

    /// The files that the command line names beside those to check.
    fn lists(&self) -> impl Iterator<Item = &PathBuf> {
        self.baseline.iter().chain(&self.files_from).chain(&self.link_report).chain(&self.site_facts)
    }
}

/// The help of `--format`, with every format there is.
fn format_help() -> String {
    let names: Vec<&str> = Format::names().collect();
    format!("Output format: {}; `json=report.json` writes to a file; can be repeated", names.join(", "))
}
