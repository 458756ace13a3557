//! `copydesk import`.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;

use super::{Error, Outcome, current_folder};
use crate::{
    config::import,
    diagnostic::Diagnostic,
    discover::{self, Project, SiteFiles},
    disk::{self, Kept},
    paths::{absolute, relative},
    report::{Format, RenderOptions, reporter, sanitize},
    run::Run,
    sources::Sources,
    vfs::Disk,
};

/// Convert configs of markdownlint, typos, codespell, cspell, lychee and remark-lint-frontmatter-schema to one config.
/// Settings that have no counterpart are listed on stderr
#[derive(Debug, Args)]
pub(super) struct Import {
    /// Configs to convert, such as `.markdownlint.json`, `_typos.toml` or `lychee.toml`; by default, those in the current
    /// directory
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write to this file instead of stdout; it must not exist
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Import {
    pub(super) fn run(self, out: &mut dyn Write) -> Result<Outcome, Error> {
        let current = current_folder()?;
        let named: Vec<PathBuf> =
            self.files.iter().map(|file| existing(file, &current)).collect::<Result<_, _>>()?;
        let folder = named.first().and_then(|file| file.parent()).unwrap_or(&current);
        // What they extend may be anywhere in the repository.
        let project = Project { config: None, ..Project::of(&Disk, folder) };
        let files = SiteFiles::new(Arc::new(Disk), &project);
        let paths = if named.is_empty() {
            let here = Project { root: current.clone(), config: None };
            let found = import::configs_in(&SiteFiles::new(Arc::new(Disk), &here));
            found.iter().map(|path| relative(&project.root, &current.join(path))).collect()
        } else {
            named.iter().map(|path| relative(&project.root, path)).collect::<Vec<_>>()
        };
        if paths.is_empty() {
            return Err(Error::Usage("no config of another tool in this directory".to_owned()));
        }
        let from_here = |mut it: Diagnostic| {
            it.primary.path = relative(&current, &project.root.join(&it.primary.path)).into();
            it
        };
        match import::import(&files, &paths, &pages(folder)) {
            Ok(imported) => {
                self.write(&imported.text, out)?;
                let notes: Vec<Diagnostic> = imported.notes.into_iter().map(from_here).collect();
                // If stderr is closed, the failure cannot be reported.
                let _ = print_notes(&notes, &Sources::new(&current), &mut io::stderr().lock());
                Ok(Outcome::Clean)
            }
            Err(mistakes) => {
                let here = Project { root: current.clone(), config: None };
                let run = Run::of_config(&here, &current, mistakes.into_iter().map(from_here).collect());
                let options = RenderOptions::default();
                reporter(Format::default(), options).report(&run, &mut io::stderr().lock())?;
                Ok(Outcome::Failed)
            }
        }
    }

    fn write(&self, text: &str, out: &mut dyn Write) -> Result<(), Error> {
        let Some(path) = &self.output else { return Ok(out.write_all(text.as_bytes())?) };
        let failed = |source| Error::File { path: path.clone(), source };
        let path = absolute(path, &current_folder()?);
        let root = Project::of(&Disk, path.parent().unwrap_or(&path)).root;
        disk::create(Kept { path: &path, root: &root }, text.as_bytes()).map_err(failed)
    }
}

/// The absolute path of a file that is there.
fn existing(file: &Path, current: &Path) -> Result<PathBuf, Error> {
    if file.is_file() {
        return Ok(absolute(file, current));
    }
    let what = if file.exists() { "not a file" } else { "file not found" };
    Err(Error::Usage(format!("{what}: {}", file.display())))
}

/// What is below a folder, relative to it.
fn pages(folder: &Path) -> Vec<Arc<Path>> {
    discover::list(&Disk, &Project { root: folder.to_owned(), config: None }).files
}

/// One line for each thing that was not taken over.
fn print_notes(notes: &[Diagnostic], sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    for Diagnostic { message, help, primary, .. } in notes {
        let source = sources.get(&primary.path);
        let at = source.lines.position(&source.text, primary.span.fit(&source.text).start);
        let path = primary.path.display();
        let help = help.as_ref().map_or(String::new(), |help| format!("; {help}"));
        writeln!(out, "{}", sanitize(&format!("{path}:{}:{}: {message}{help}", at.line, at.column)))?;
    }
    Ok(())
}
