//! The files as git keeps them, in its index or in a commit.

use std::{
    collections::{HashMap, HashSet},
    io,
    ops::Bound,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use super::{
    Content, Disk, EntryKind, FileSystem, FolderEntry, GitFolder, InventoryItem, ItemKind,
    git_folder::GitFolderKind, slashed,
};
use crate::{
    git::{self, Blob, Blobs, Entries, Place, TrackedKind, TreeEntry},
    paths,
};

/// How many links may lead to each other.
const MAX_LINKS: usize = 8;

/// The longest text of a link, in bytes: that of a path on all systems.
const MAX_LINK: u64 = 4096;

/// The files of a repository as git keeps them in one state. Paths outside of it are those on disk.
#[derive(Debug)]
pub struct GitTree {
    /// The repository, absolute.
    top: PathBuf,
    /// Whether it has no working tree.
    is_bare: bool,
    /// The commit, for questions about its history.
    commit: Box<str>,
    entries: Entries,
    from_disk: FromDisk,
    blobs: Blobs,
    /// What is in each folder, by path relative to the repository; made when a folder is first asked for.
    folders: OnceLock<HashMap<PathBuf, Vec<FolderEntry>>>,
}

/// Which files of a state are read on disk, where it is faster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FromDisk {
    /// All but those, which are not the same there, by path relative to the repository.
    AllBut(HashSet<PathBuf>),
    /// None: what is there may have come through filters that a change asked for.
    Nothing,
}

impl FromDisk {
    fn has(&self, path: &Path) -> bool {
        match self {
            Self::AllBut(differ) => !differ.contains(path),
            Self::Nothing => false,
        }
    }
}

impl GitTree {
    /// The files of a commit.
    ///
    /// # Errors
    ///
    /// When git cannot list them.
    pub fn of_commit(top: &Path, commit: &str, from_disk: FromDisk) -> Result<Self, git::RevisionError> {
        Ok(Self::new(top.into(), commit, git::of_commit(top, commit)?, from_disk))
    }

    /// The files of the commit that a revision names, in the repository that a path is in or that it is. Nothing is read
    /// from a working tree.
    ///
    /// # Errors
    ///
    /// When the path is outside of any repository, the commit is unknown, or git cannot list the files.
    pub fn of_revision(path: &Path, revision: &str) -> Result<Self, git::RevisionError> {
        let place = match git::bare_around(path) {
            Some(top) => Place::Bare(top),
            None => Place::Folder(git::repository(path)?),
        };
        let commit = git::commit(place, revision)?;
        Ok(Self::new(place, &commit, git::of_commit(place, &commit)?, FromDisk::Nothing))
    }

    /// The files of the index.
    ///
    /// # Errors
    ///
    /// When git cannot list them.
    pub fn of_index(top: &Path, from_disk: FromDisk) -> Result<Self, git::RevisionError> {
        Ok(Self::new(top.into(), "HEAD", git::of_index(top)?, from_disk))
    }

    fn new(place: Place<'_>, commit: &str, entries: Entries, from_disk: FromDisk) -> Self {
        let (top, is_bare) = match place {
            Place::Folder(top) => (top, false),
            Place::Bare(top) => (top, true),
        };
        Self {
            top: top.to_owned(),
            is_bare,
            commit: commit.into(),
            entries,
            from_disk,
            blobs: Blobs::new(place),
            folders: OnceLock::new(),
        }
    }

    /// Whether git keeps something at an absolute path.
    pub fn has(&self, path: &Path) -> bool {
        path.strip_prefix(&self.top).is_ok_and(|path| self.entries.contains_key(path))
    }

    /// The content of an entry, links not followed.
    fn content(&self, path: &Path, entry: &TreeEntry, most: u64) -> io::Result<Content> {
        // A file that a sparse checkout leaves out does not differ and is not there.
        if entry.kind == TrackedKind::File
            && self.from_disk.has(path)
            && let Ok(content) = Disk.read(&self.top.join(path), most)
        {
            return Ok(content);
        }
        Ok(match self.blobs.read(&entry.object, most)? {
            Blob::Bytes(bytes) => Content::Bytes(bytes),
            Blob::TooLong(len) => Content::TooLong(len),
        })
    }

    /// The text of a symbolic link.
    fn link(&self, path: &Path, entry: &TreeEntry) -> Option<String> {
        match self.content(path, entry, MAX_LINK).ok()? {
            Content::Bytes(bytes) => String::from_utf8(bytes).ok(),
            Content::TooLong(_) => None,
        }
    }

    fn has_folder(&self, path: &Path) -> bool {
        path.as_os_str().is_empty() || self.below(path).next().is_some()
    }

    /// The entries below a folder.
    fn below<'a>(&'a self, folder: &'a Path) -> impl Iterator<Item = (&'a PathBuf, &'a TreeEntry)> {
        let entries = self.entries.range::<Path, _>((Bound::Included(folder), Bound::Unbounded));
        entries
            .skip_while(move |(path, _)| *path == folder)
            .take_while(move |(path, _)| path.starts_with(folder))
    }

    /// Follows the links on an absolute path, as texts.
    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        let nothing = || io::Error::from(io::ErrorKind::NotFound);
        let mut path = path.strip_prefix(&self.top).map_err(|_| nothing())?.to_owned();
        for _ in 0..=MAX_LINKS {
            let link = path.ancestors().find_map(|part| Some((part.to_owned(), self.entries.get(part)?)));
            let Some((part, entry)) = link.filter(|(_, entry)| entry.kind == TrackedKind::Link) else {
                return Ok(path);
            };
            let text = self.link(&part, entry).ok_or_else(nothing)?;
            let folder = self.top.join(part.parent().unwrap_or(Path::new("")));
            let target = paths::absolute(Path::new(&text), &folder);
            let rest = path.strip_prefix(&part).unwrap_or(Path::new(""));
            path = target.strip_prefix(&self.top).map_err(|_| nothing())?.join(rest);
        }
        Err(nothing())
    }
}

impl FileSystem for GitTree {
    fn kind(&self, path: &Path) -> io::Result<EntryKind> {
        if !path.starts_with(&self.top) {
            return Disk.kind(path);
        }
        let path = self.resolve(path)?;
        match self.entries.get(&path) {
            Some(TreeEntry { kind: TrackedKind::File, .. }) => Ok(EntryKind::File),
            Some(_) => Ok(EntryKind::Other),
            None if self.has_folder(&path) => Ok(EntryKind::Folder),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn real(&self, path: &Path) -> io::Result<PathBuf> {
        if !path.starts_with(&self.top) {
            return Disk.real(path);
        }
        let resolved = self.resolve(path)?;
        let is_there = self.entries.contains_key(&resolved) || self.has_folder(&resolved);
        is_there.then(|| self.top.join(resolved)).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Content> {
        if !path.starts_with(&self.top) {
            return Disk.read(path, most);
        }
        let path = self.resolve(path)?;
        let entry = self.entries.get(&path).filter(|entry| entry.kind == TrackedKind::File);
        self.content(&path, entry.ok_or(io::ErrorKind::NotFound)?, most)
    }

    fn is_there(&self, path: &Path) -> bool {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return true };
        if !path.starts_with(&self.top) {
            return Disk.is_there(path);
        }
        self.resolve(folder).is_ok_and(|folder| {
            let path = folder.join(name);
            self.entries.contains_key(&path) || self.has_folder(&path)
        })
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<FolderEntry>> {
        if !folder.starts_with(&self.top) {
            return Disk.entries(folder);
        }
        let folder = self.resolve(folder)?;
        let folders = self.folders.get_or_init(|| folders(&self.entries));
        folders.get(&folder).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn link_text(&self, path: &Path) -> Option<String> {
        let Ok(relative) = path.strip_prefix(&self.top) else { return Disk.link_text(path) };
        let entry = self.entries.get(relative).filter(|entry| entry.kind == TrackedKind::Link);
        self.link(relative, entry?)
    }

    fn tracked(&self, folder: &Path) -> Option<Vec<InventoryItem>> {
        let folder = folder.strip_prefix(&self.top).unwrap_or(folder);
        let items = self.below(folder).filter_map(|(path, entry)| {
            let relative = path.strip_prefix(folder).ok()?;
            let kind = match entry.kind {
                TrackedKind::File => ItemKind::File,
                TrackedKind::Link => ItemKind::Link(self.link(path, entry)),
                TrackedKind::Repository => ItemKind::Repository,
            };
            // A path that is no UTF-8 cannot be linked to.
            relative.to_str()?;
            Some(InventoryItem { path: slashed(relative), kind })
        });
        Some(items.collect())
    }

    fn is_gits(&self, real: &Path) -> bool {
        // What is in a bare repository as a file is none of its own files. Elsewhere one state says what the others do.
        !(self.is_bare && real.starts_with(&self.top)) && Disk.is_gits(real)
    }

    fn repository(&self, folder: &Path) -> Option<GitFolder> {
        if !folder.starts_with(&self.top) {
            return Disk.repository(folder);
        }
        let kind = if self.is_bare { GitFolderKind::Bare } else { GitFolderKind::WithFiles };
        Some(GitFolder::at(&self.top, kind, folder, &self.commit))
    }
}

/// What is in each folder of a tree, sorted by name.
fn folders(entries: &Entries) -> HashMap<PathBuf, Vec<FolderEntry>> {
    let mut folders: HashMap<PathBuf, Vec<FolderEntry>> = HashMap::from([(PathBuf::new(), vec![])]);
    for (path, entry) in entries {
        let mut kind = match entry.kind {
            TrackedKind::File => EntryKind::File,
            TrackedKind::Link => EntryKind::Link,
            TrackedKind::Repository => EntryKind::Other,
        };
        // A folder that is known is in folders that are.
        let mut path = path.as_path();
        while let (Some(folder), Some(name)) = (path.parent(), path.file_name()) {
            let is_known = folders.contains_key(folder);
            let inside = folders.entry(folder.to_owned()).or_default();
            inside.push(FolderEntry { name: name.to_owned(), kind });
            if is_known {
                break;
            }
            (path, kind) = (folder, EntryKind::Folder);
        }
    }
    for entries in folders.values_mut() {
        entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    }
    folders
}
