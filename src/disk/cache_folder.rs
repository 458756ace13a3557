//! A folder of files that may be lost at any time: what is in them can be worked out again.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
    time::SystemTime,
};

use super::open_regular;
use crate::git;

/// The largest file that is read, in bytes.
const MAX_FILE: u64 = 128 * 1024 * 1024;

/// Bytes of all files together, above which the oldest are removed.
const MAX_FOLDER: u64 = 256 * 1024 * 1024;

/// What a file of the cache holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CacheKind {
    /// The facts of the pages of a site.
    Facts,
    /// A run, and everything that it follows from.
    Run,
}

impl CacheKind {
    const ALL: [Self; 2] = [Self::Facts, Self::Run];

    /// What the names of files end in.
    const fn suffix(self) -> &'static str {
        match self {
            Self::Facts => ".facts",
            Self::Run => ".run",
        }
    }
}

/// What the names of files that are being written end in, after the end that they will have.
const PARTIAL: &str = ".new";

/// A folder for a cache, which need not exist.
#[derive(Debug, Clone)]
pub struct CacheFolder(PathBuf);

impl CacheFolder {
    /// The folder at a path.
    pub const fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Whether the files of the cache could be part of the repository that a folder is in: a commit could bring findings
    /// of its own.
    pub fn may_be_checked_out(&self, folder: &Path) -> bool {
        let top = git::top_of(folder).unwrap_or(folder);
        // The folder may not be there yet, and a link may lead to it.
        let real = self.0.ancestors().find_map(|path| path.canonicalize().ok());
        let is_below = |top: &Path| self.0.starts_with(top) || real.is_some_and(|real| real.starts_with(top));
        is_below(&top.canonicalize().unwrap_or_else(|_| top.to_owned()))
    }

    /// The content of a file; `None` where there is none that can be read.
    pub fn read(&self, kind: CacheKind, name: u64) -> Option<Vec<u8>> {
        let mut file = open_regular(&self.file(kind, name)).ok()?;
        let mut content = Vec::new();
        (&mut file).take(MAX_FILE + 1).read_to_end(&mut content).ok()?;
        (content.len() as u64 <= MAX_FILE).then_some(content)
    }

    /// Writes a file so that others find it as it was before or as it is now, and removes the oldest files if there is
    /// too much in the folder.
    ///
    /// # Errors
    ///
    /// When it cannot be written; then it is as it was.
    pub fn write(&self, kind: CacheKind, name: u64, content: &[u8]) -> io::Result<()> {
        create(&self.0)?;
        let partial = self.partial(kind, name);
        let written = write_new(&partial, content).and_then(|()| fs::rename(&partial, self.file(kind, name)));
        if written.is_err() {
            // What is left is removed with the oldest files.
            let _ = fs::remove_file(&partial);
        }
        written?;
        self.trim();
        Ok(())
    }

    /// Removes all files of the cache, and gives how many bytes they had. Other files in the folder are left alone.
    ///
    /// # Errors
    ///
    /// When one cannot be removed.
    pub fn clean(&self) -> io::Result<u64> {
        let mut removed = 0;
        for (_, len, path) in self.files() {
            fs::remove_file(path)?;
            removed += len;
        }
        Ok(removed)
    }

    fn file(&self, kind: CacheKind, name: u64) -> PathBuf {
        self.0.join(format!("{name:016x}{}", kind.suffix()))
    }

    /// A name that no other process and no other thread takes.
    fn partial(&self, kind: CacheKind, name: u64) -> PathBuf {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        self.0.join(format!("{name:016x}-{}-{next}{}{PARTIAL}", std::process::id(), kind.suffix()))
    }

    /// The files of the cache, the oldest first: when each was written, its length and its path.
    fn files(&self) -> Vec<(SystemTime, u64, PathBuf)> {
        let entries = fs::read_dir(&self.0).into_iter().flatten().filter_map(Result::ok);
        let ours = entries.filter(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let is_hash = name.get(..16).is_some_and(|hash| hash.bytes().all(|it| it.is_ascii_hexdigit()));
            let whole = name.strip_suffix(PARTIAL).unwrap_or(&name);
            is_hash && CacheKind::ALL.iter().any(|kind| whole.ends_with(kind.suffix()))
        });
        let mut files: Vec<_> = ours
            .filter_map(|entry| {
                let metadata = entry.metadata().ok().filter(fs::Metadata::is_file)?;
                Some((metadata.modified().ok()?, metadata.len(), entry.path()))
            })
            .collect();
        files.sort();
        files
    }

    fn trim(&self) {
        let files = self.files();
        let mut all: u64 = files.iter().map(|(_, len, _)| len).sum();
        for (_, len, path) in files {
            if all <= MAX_FOLDER {
                return;
            }
            // Another process may have removed it.
            let _ = fs::remove_file(path);
            all -= len;
        }
    }
}

fn write_new(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file: File = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(content)
}

/// Creates a folder that only its owner can read, and those above it.
fn create(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
