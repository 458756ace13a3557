//! The cache: whether a check uses one, where it is, and `copydesk cache`.

use std::{
    fs::File,
    io::{self, Read as _, Seek as _, SeekFrom, Write},
    path::PathBuf,
    time::UNIX_EPOCH,
};

use clap::{Args, Subcommand};
use xxhash_rust::xxh3::Xxh3;

use super::{Error, current_folder};
use crate::{
    disk::CacheFolder,
    paths,
    report::sanitize,
    workspace::{Cache, usual_cache_folder},
};

/// The variable that names the folder.
const VARIABLE: &str = "COPYDESK_CACHE_DIR";

/// Parts of the program that are compared, and their length in bytes.
const SAMPLES: u64 = 64;
const SAMPLE: u64 = 4096;

/// Options of every command that uses the cache.
#[derive(Debug, Args)]
pub(super) struct CacheChoice {
    /// Read every page, and do not use the cache; see `copydesk cache path`
    #[arg(long, conflicts_with = "cache_dir")]
    no_cache: bool,
    /// Use the cache in this directory, which must not be in the repository
    #[arg(long, value_name = "DIR")]
    cache_dir: Option<PathBuf>,
}

impl CacheChoice {
    /// The cache to use, if any.
    pub(super) fn cache(&self) -> Result<Option<Cache>, Error> {
        if self.no_cache {
            return Ok(None);
        }
        let folder = folder(self.cache_dir.as_ref())?;
        let current = current_folder()?;
        let is_named = self.cache_dir.is_some();
        if folder.as_ref().is_some_and(|folder| is_named && folder.may_be_checked_out(&current)) {
            let reason = "--cache-dir is in the repository; its files could come from a commit";
            return Err(Error::Usage(reason.to_owned()));
        }
        // Without a way to tell one program from another, the facts of another one could be used.
        Ok(folder.and_then(|folder| Some(Cache { folder, program: program().ok()? })))
    }
}

/// Manage the cache of page facts
#[derive(Debug, Args)]
pub(super) struct CacheCommand {
    #[command(subcommand)]
    action: Action,
    /// Directory of the cache [default: `COPYDESK_CACHE_DIR`, else `copydesk` in the cache directory of the user]
    #[arg(long, value_name = "DIR", global = true)]
    cache_dir: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Print the directory of the cache
    Path,
    /// Remove the files of the cache
    Clean,
}

impl CacheCommand {
    pub(super) fn run(self, out: &mut dyn Write) -> Result<(), Error> {
        let unknown =
            || Error::Usage(format!("cache directory unknown; set `{VARIABLE}` or use --cache-dir"));
        let folder = folder(self.cache_dir.as_ref())?.ok_or_else(unknown)?;
        let shown = sanitize(&folder.path().display().to_string());
        match self.action {
            Action::Path => writeln!(out, "{shown}")?,
            Action::Clean => {
                let failed = |source| Error::File { path: folder.path().to_owned(), source };
                let removed = folder.clean().map_err(failed)?;
                writeln!(out, "{shown}: removed {} KiB", removed.div_ceil(1024))?;
            }
        }
        Ok(())
    }
}

/// The folder: the given one, else that of the variable, else the usual one.
fn folder(given: Option<&PathBuf>) -> Result<Option<CacheFolder>, Error> {
    let Some(named) = given.cloned().or_else(named_by_variable) else {
        return Ok(usual_cache_folder().map(CacheFolder::new));
    };
    Ok(Some(CacheFolder::new(paths::absolute(&named, &current_folder()?))))
}

fn named_by_variable() -> Option<PathBuf> {
    std::env::var_os(VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// What tells this program from another one: its version is not enough, because it can be built from other sources or
/// with other dependencies.
fn program() -> io::Result<u64> {
    let mut file = File::open(std::env::current_exe()?)?;
    let metadata = file.metadata()?;
    let mut hasher = Xxh3::new();
    hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
    hasher.update(&metadata.len().to_le_bytes());
    let changed = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    hasher.update(&changed.as_nanos().to_le_bytes());
    let step = (metadata.len() / SAMPLES).max(SAMPLE);
    for number in 0..metadata.len() / step {
        let mut sample = Vec::with_capacity(SAMPLE as usize);
        file.seek(SeekFrom::Start(number * step))?;
        (&mut file).take(SAMPLE).read_to_end(&mut sample)?;
        hasher.update(&sample);
    }
    Ok(hasher.digest())
}
