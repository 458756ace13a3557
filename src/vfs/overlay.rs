//! Texts that take the place of files, such as those that are open in an editor.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use super::{
    Content, EntryKind, FileStart, FileSystem, FolderEntry, GitFolder, InventoryItem, LocalRules,
    memory::{has_below, in_folder, not_found},
    text_of,
};

/// The files of another file system, some of them with other texts, some gone, some added. What git knows of them is
/// that of the other one.
#[derive(Debug)]
pub struct FileOverlay {
    under: Arc<dyn FileSystem>,
    /// By absolute path.
    entries: RwLock<BTreeMap<PathBuf, Entry>>,
}

/// What takes the place of a file.
#[derive(Debug, Clone)]
enum Entry {
    /// A file with this content.
    File(Arc<[u8]>),
    /// Nothing.
    Gone,
}

impl FileOverlay {
    /// The files of `under` as they are.
    pub fn new(under: Arc<dyn FileSystem>) -> Self {
        Self { under, entries: RwLock::default() }
    }

    /// Gives a file, by absolute path, another content.
    pub fn set(&self, path: PathBuf, content: impl Into<Arc<[u8]>>) {
        self.write().insert(path, Entry::File(content.into()));
    }

    /// Takes a file for gone.
    pub fn remove(&self, path: PathBuf) {
        self.write().insert(path, Entry::Gone);
    }

    /// Takes a file as it is in the other file system again.
    pub fn forget(&self, path: &Path) {
        self.write().remove(path);
    }

    fn read_entries(&self) -> RwLockReadGuard<'_, BTreeMap<PathBuf, Entry>> {
        self.entries.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, BTreeMap<PathBuf, Entry>> {
        self.entries.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// What takes the place of a file, if anything does.
    fn at(&self, path: &Path) -> Option<Entry> {
        self.read_entries().get(path).cloned()
    }

    /// Whether a file was given a content below a folder.
    fn has_below(&self, folder: &Path) -> bool {
        has_below(&self.read_entries(), folder, |entry| matches!(entry, Entry::File(_)))
    }
}

impl FileSystem for FileOverlay {
    fn kind(&self, path: &Path) -> io::Result<EntryKind> {
        match self.at(path) {
            Some(Entry::File(_)) => Ok(EntryKind::File),
            Some(Entry::Gone) => Err(not_found()),
            None => self
                .under
                .kind(path)
                .or_else(|error| if self.has_below(path) { Ok(EntryKind::Folder) } else { Err(error) }),
        }
    }

    fn real(&self, path: &Path) -> io::Result<PathBuf> {
        match self.at(path) {
            // A content that is given is that of this very path, wherever a link there leads.
            Some(Entry::File(_)) => {
                match (path.parent().map(|folder| self.under.real(folder)), path.file_name()) {
                    (Some(Ok(folder)), Some(name)) => Ok(folder.join(name)),
                    _ => Ok(path.to_owned()),
                }
            }
            Some(Entry::Gone) => Err(not_found()),
            None => self
                .under
                .real(path)
                .or_else(|error| if self.has_below(path) { Ok(path.to_owned()) } else { Err(error) }),
        }
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Content> {
        match self.at(path) {
            Some(Entry::File(content)) => Ok(Content::of(&content, most)),
            Some(Entry::Gone) => Err(not_found()),
            None => self.under.read(path, most),
        }
    }

    fn start(&self, path: &Path, most: u64) -> io::Result<FileStart> {
        match self.at(path) {
            Some(Entry::File(content)) => Ok(FileStart::of(&content, most)),
            Some(Entry::Gone) => Err(not_found()),
            None => self.under.start(path, most),
        }
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<FolderEntry>> {
        let under = self.under.entries(folder);
        let changes = self.read_entries();
        let given = in_folder(&changes, folder, |entry| matches!(entry, Entry::File(_)));
        if under.is_err() && given.is_empty() {
            return under;
        }
        let is_gone =
            |entry: &FolderEntry| matches!(changes.get(&folder.join(&entry.name)), Some(Entry::Gone));
        let mut entries = under.unwrap_or_default();
        if !changes.is_empty() {
            entries.retain(|entry| !is_gone(entry));
        }
        for entry in given {
            match entries.binary_search_by(|it| it.name.cmp(&entry.name)) {
                // What a link leads to is replaced, and so is no link any more.
                Ok(at) if entry.kind == EntryKind::File => entries[at] = entry,
                Ok(_) => {}
                Err(at) => entries.insert(at, entry),
            }
        }
        Ok(entries)
    }

    fn is_there(&self, path: &Path) -> bool {
        self.at(path).map_or_else(
            || self.under.is_there(path) || self.has_below(path),
            |entry| matches!(entry, Entry::File(_)),
        )
    }

    fn link_text(&self, path: &Path) -> Option<String> {
        self.at(path).map_or_else(|| self.under.link_text(path), |_| None)
    }

    fn tracked(&self, folder: &Path) -> Option<Vec<InventoryItem>> {
        self.under.tracked(folder)
    }

    fn repository(&self, folder: &Path) -> Option<GitFolder> {
        self.under.repository(folder)
    }

    fn is_gits(&self, real: &Path) -> bool {
        self.under.is_gits(real)
    }

    fn local_rules(&self, scope: LocalRules<'_>) -> Option<String> {
        self.under.local_rules(scope)
    }

    fn shown_text(&self, path: &Path) -> Option<String> {
        match self.at(path) {
            Some(Entry::File(content)) => text_of(content.to_vec()).ok(),
            Some(Entry::Gone) => None,
            None => self.under.shown_text(path),
        }
    }
}
