//! The files as they are on disk.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use ignore::gitignore;

use super::{
    Content, EntryKind, FileStart, FileSystem, FolderEntry, GitFolder, InventoryItem, ItemKind, LocalRules,
    slashed,
};
use crate::{
    disk,
    git::{self, TrackedKind},
};

/// The largest file with rules of this machine that is read, in bytes.
const MAX_RULES: u64 = 1 << 20;

/// The files as they are on disk.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disk;

impl FileSystem for Disk {
    fn kind(&self, path: &Path) -> io::Result<EntryKind> {
        Ok(kind_of(fs::metadata(path)?.file_type()))
    }

    fn real(&self, path: &Path) -> io::Result<PathBuf> {
        path.canonicalize()
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Content> {
        let file = disk::open_regular(path)?;
        let len = file.metadata()?.len();
        if len > most {
            return Ok(Content::TooLong(len));
        }
        let mut bytes = Vec::with_capacity(len as usize);
        // A file may grow while it is read, and some say that they are empty and are not.
        file.take(most + 1).read_to_end(&mut bytes)?;
        let read = bytes.len() as u64;
        Ok(if read > most { Content::TooLong(read) } else { Content::Bytes(bytes) })
    }

    fn start(&self, path: &Path, most: u64) -> io::Result<FileStart> {
        let file = disk::open_regular(path)?;
        let len = file.metadata()?.len();
        let mut bytes = Vec::new();
        file.take(most).read_to_end(&mut bytes)?;
        Ok(FileStart { bytes, len })
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<FolderEntry>> {
        let entry = |entry: fs::DirEntry| {
            let kind = entry.file_type().map_or(EntryKind::Other, kind_of);
            FolderEntry { name: entry.file_name(), kind }
        };
        let mut entries: Vec<FolderEntry> = fs::read_dir(folder)?.filter_map(Result::ok).map(entry).collect();
        entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    fn is_there(&self, path: &Path) -> bool {
        path.symlink_metadata().is_ok()
    }

    fn link_text(&self, path: &Path) -> Option<String> {
        fs::read_link(path).ok().map(|text| slashed(&text))
    }

    fn tracked(&self, folder: &Path) -> Option<Vec<InventoryItem>> {
        let item = |it: git::Tracked| {
            let kind = match it.kind {
                TrackedKind::File => ItemKind::File,
                TrackedKind::Link => ItemKind::Link(self.link_text(&folder.join(&it.path))),
                TrackedKind::Repository => ItemKind::Repository,
            };
            InventoryItem { path: it.path, kind }
        };
        Some(git::tracked(folder)?.into_iter().map(item).collect())
    }

    fn repository(&self, folder: &Path) -> Option<GitFolder> {
        Some(GitFolder::on_disk(folder))
    }

    fn is_gits(&self, real: &Path) -> bool {
        git::directory_around(real).is_some()
    }

    fn local_rules(&self, scope: LocalRules<'_>) -> Option<String> {
        let file = match scope {
            LocalRules::User => gitignore::gitconfig_excludes_path()?,
            LocalRules::Repository(folder) => git::exclude_file(folder)?,
        };
        match self.read(&file, MAX_RULES).ok()? {
            Content::Bytes(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            Content::TooLong(_) => None,
        }
    }
}

fn kind_of(kind: fs::FileType) -> EntryKind {
    match () {
        () if kind.is_file() => EntryKind::File,
        () if kind.is_dir() => EntryKind::Folder,
        () if kind.is_symlink() => EntryKind::Link,
        () => EntryKind::Other,
    }
}
