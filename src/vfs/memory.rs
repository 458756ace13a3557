//! Files that are in memory alone.

use std::{
    collections::BTreeMap,
    io,
    ops::Bound,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{Content, EntryKind, FileSystem, FolderEntry, GitFolder, InventoryItem};

/// Files in memory, and no repository: what is not among them does not exist.
#[derive(Debug, Clone, Default)]
pub struct Memory(BTreeMap<PathBuf, Arc<[u8]>>);

impl Memory {
    /// Files by absolute path.
    pub fn new<'f>(files: impl IntoIterator<Item = (PathBuf, &'f [u8])>) -> Self {
        Self(files.into_iter().map(|(path, content)| (path, content.into())).collect())
    }

    /// Adds a file, by absolute path, or gives it another content.
    pub fn set(&mut self, path: PathBuf, content: impl Into<Arc<[u8]>>) {
        self.0.insert(path, content.into());
    }

    fn has_folder(&self, path: &Path) -> bool {
        has_below(&self.0, path, |_| true)
    }
}

impl FileSystem for Memory {
    fn kind(&self, path: &Path) -> io::Result<EntryKind> {
        match () {
            () if self.0.contains_key(path) => Ok(EntryKind::File),
            () if self.has_folder(path) => Ok(EntryKind::Folder),
            () => Err(not_found()),
        }
    }

    fn real(&self, path: &Path) -> io::Result<PathBuf> {
        self.kind(path).map(|_| path.to_owned())
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Content> {
        self.0.get(path).map(|content| Content::of(content, most)).ok_or_else(not_found)
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<FolderEntry>> {
        let entries = in_folder(&self.0, folder, |_| true);
        if entries.is_empty() { Err(not_found()) } else { Ok(entries) }
    }

    fn is_there(&self, path: &Path) -> bool {
        self.kind(path).is_ok()
    }

    fn link_text(&self, _: &Path) -> Option<String> {
        None
    }

    // Nothing is known of files that are not there, because there are none: those that are there are all.
    fn tracked(&self, _: &Path) -> Option<Vec<InventoryItem>> {
        Some(vec![])
    }

    fn repository(&self, _: &Path) -> Option<GitFolder> {
        None
    }
}

pub(super) fn not_found() -> io::Error {
    io::ErrorKind::NotFound.into()
}

/// What is below a folder, by path.
fn below<'m, T>(
    files: &'m BTreeMap<PathBuf, T>,
    folder: &'m Path,
) -> impl Iterator<Item = (&'m Path, &'m T)> {
    let from = files.range::<Path, _>((Bound::Excluded(folder), Bound::Unbounded));
    from.map(|(path, file)| (path.as_path(), file)).take_while(move |(path, _)| path.starts_with(folder))
}

/// Whether there is a file below a folder that counts.
pub(super) fn has_below<T>(files: &BTreeMap<PathBuf, T>, folder: &Path, counts: impl Fn(&T) -> bool) -> bool {
    below(files, folder).any(|(_, file)| counts(file))
}

/// What is in a folder, of those files that count, sorted.
pub(super) fn in_folder<T>(
    files: &BTreeMap<PathBuf, T>,
    folder: &Path,
    counts: impl Fn(&T) -> bool,
) -> Vec<FolderEntry> {
    let mut entries: Vec<FolderEntry> = Vec::new();
    for (path, _) in below(files, folder).filter(|(_, file)| counts(file)) {
        let Ok(rest) = path.strip_prefix(folder) else { continue };
        let mut parts = rest.iter();
        let Some(name) = parts.next() else { continue };
        let kind = if parts.next().is_some() { EntryKind::Folder } else { EntryKind::File };
        // Paths are sorted by their parts, so that what is in one folder follows each other.
        if entries.last().is_none_or(|last| last.name != *name) {
            entries.push(FolderEntry { name: name.to_owned(), kind });
        }
    }
    entries
}
