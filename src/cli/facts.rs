//! `copydesk facts`: what pages tell each other, for runs that do not have them all.

use std::{
    fs::File,
    io::{self, BufReader, Write},
    num::NonZeroUsize,
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use clap::{Args, Subcommand};

use super::{
    Error, Outcome,
    batch::{self, InputLine, InputLines},
    current_folder, first_path,
    inputs::today,
    print_error,
    selection::Selection,
};
use crate::{
    report::{Format, RenderOptions, reporter, sanitize},
    run::{self, Options, PlacedFacts, Shard, SiteFacts},
    vfs::{FileSystem, GitTree, Memory},
    workspace::FactsMergeError,
};

/// Write what the pages of a site tell each other, as JSON lines on stdout
///
/// With `check --site-facts`, one machine can check some pages of a site without reading the others.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Command {
    #[command(subcommand)]
    action: Option<Action>,
    /// Files and directories whose sites are read as a whole [default: current directory]
    paths: Vec<PathBuf>,
    /// Read the files of a site from stdin, one JSON object with `path` and, for pages and configs, `text` per line
    #[arg(long, conflicts_with = "paths")]
    stdin_batch: bool,
    /// Read the files of a commit, in the repository of the first path, which may be a bare one
    #[arg(long, value_name = "REV", conflicts_with = "stdin_batch")]
    revision: Option<String>,
    /// Read only one of several parts of the pages, e.g. `2/8`
    #[arg(long, value_name = "NUMBER/COUNT")]
    shard: Option<Shard>,
    #[command(flatten)]
    selection: Selection,
    /// Number of threads [default: number of cores]
    #[arg(long, value_name = "N", value_parser = super::threads)]
    threads: Option<NonZeroUsize>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Join the facts of all shards, or of several sites, on stdout
    Merge {
        /// Files of facts, in any order
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

impl Command {
    pub(super) fn run(self, out: &mut dyn Write) -> Result<Outcome, Error> {
        match self.action {
            Some(Action::Merge { files }) => merge(&files, out).map(|()| Outcome::Clean),
            None => self.write(out),
        }
    }

    fn write(self, mut out: &mut dyn Write) -> Result<Outcome, Error> {
        super::set_threads(self.threads);
        let options = Options::on_disk(current_folder()?, today());
        let files: Arc<dyn FileSystem> = match &self.revision {
            Some(revision) => {
                let first = first_path(&self.paths, &options.current);
                let tree = GitTree::of_revision(&first, revision);
                Arc::new(tree.map_err(|error| Error::Usage(error.to_string()))?)
            }
            None if self.stdin_batch => Arc::new(streamed(&options.current)?),
            None => Arc::clone(&options.files),
        };
        let options = Options {
            files,
            config: self.selection.config()?,
            cli_overrides: self.selection.layer()?,
            paths: self.paths,
            shard: self.shard,
            ..options
        };
        let run = run::write_facts(&options, &mut out)?;
        run.errors.iter().for_each(|error| print_error(error));
        if run.broken_config {
            reporter(Format::default(), RenderOptions::default()).report(&run, &mut io::stderr().lock())?;
        }
        let is_whole = !run.broken_config && run.errors.is_empty();
        Ok(if is_whole { Outcome::Clean } else { Outcome::Failed })
    }
}

/// The files of a site on standard input, by path relative to a folder. What is on disk is not among them.
fn streamed(folder: &Path) -> Result<Memory, Error> {
    let lines = InputLines::of(io::stdin());
    let failed = |source| Error::Input { what: "standard input".into(), source };
    let (mut files, mut number) = (Memory::default(), 0_u64);
    while let Some(window) = lines.take().map_err(failed)? {
        for line in window {
            number += 1;
            if matches!(&line, InputLine::Bytes(bytes) if bytes.trim_ascii().is_empty()) {
                continue;
            }
            let refused = |why: String| Error::Usage(format!("standard input: line {number}: {why}"));
            let (path, text) = batch::file(&line).map_err(refused)?;
            let is_below = Path::new(&path).components().all(|part| matches!(part, Component::Normal(_)));
            if path.is_empty() || path.contains('\0') || !is_below {
                return Err(refused("`path` is outside the site root".to_owned()));
            }
            files.set(folder.join(path), text.unwrap_or_default().into_bytes());
        }
    }
    Ok(files)
}

/// Reads the facts of sites whose roots are relative to the current folder.
pub(super) fn read(path: &Path) -> Result<PlacedFacts, Error> {
    let facts = SiteFacts::read(open(path)?).map_err(|error| refused(path, &error))?;
    Ok(PlacedFacts::new(facts, &current_folder()?))
}

fn open(path: &Path) -> Result<BufReader<File>, Error> {
    let failed = |source| Error::Input { what: sanitize(&path.display().to_string()), source };
    Ok(BufReader::new(File::open(path).map_err(failed)?))
}

fn refused(path: &Path, why: &dyn std::fmt::Display) -> Error {
    Error::Usage(format!("{}: {why}", path.display()))
}

fn merge(paths: &[PathBuf], mut out: &mut dyn Write) -> Result<(), Error> {
    let inputs = paths.iter().map(|path| open(path)).collect::<Result<Vec<_>, _>>()?;
    run::merge_facts(inputs, &mut out).map_err(|error| match error {
        FactsMergeError::Input { input, error } => refused(&paths[input], &error),
        FactsMergeError::Output(error) => error.into(),
    })
}
