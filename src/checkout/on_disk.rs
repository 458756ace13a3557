//! The files as they are on disk.

use std::{
    collections::HashSet,
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{Checkout, Content, EntryKind, slashed};
use crate::{
    discover::{self, FoundFiles, Listing, Project},
    disk,
    git::{self, TrackedKind},
    paths,
    site::{
        FileStart,
        urls::{FileIndex, Inventory, InventoryItem, ItemKind},
    },
};

/// The files as they are on disk.
#[derive(Debug, Clone, Copy, Default)]
pub struct OnDisk;

impl Checkout for OnDisk {
    fn kind(&self, path: &Path) -> io::Result<EntryKind> {
        let metadata = fs::metadata(path)?;
        Ok(match () {
            () if metadata.is_file() => EntryKind::File,
            () if metadata.is_dir() => EntryKind::Folder,
            () => EntryKind::Other,
        })
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

    fn names(&self, folder: &Path) -> Vec<String> {
        let name = |entry: fs::DirEntry| {
            let slash = if entry.file_type().ok()?.is_dir() { "/" } else { "" };
            Some(format!("{}{slash}", entry.file_name().to_str()?))
        };
        let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
        let mut names: Vec<String> = entries.filter_map(name).collect();
        names.sort_unstable();
        names
    }

    fn is_there(&self, path: &Path) -> bool {
        path.symlink_metadata().is_ok()
    }

    fn list(&self, project: &Project) -> Listing {
        discover::list(project)
    }

    fn ignored(&self, project: &Project, files: &[PathBuf]) -> HashSet<PathBuf> {
        discover::ignored(project, files)
    }

    fn files(&self, root: &Path, skips: &(dyn Fn(&Path) -> bool + Sync)) -> FoundFiles {
        discover::all_but(root, skips)
    }

    fn around(&self, root: &Path, listed: &[Arc<Path>]) -> Arc<dyn FileIndex> {
        let ignored = discover::IgnoredByGit::of(root);
        Arc::new(Around { root: root.to_owned(), listed: listed.to_vec(), ignored })
    }
}

/// What is around a site on disk and in git, asked when a link first needs it.
#[derive(Debug)]
struct Around {
    root: PathBuf,
    listed: Vec<Arc<Path>>,
    ignored: discover::IgnoredByGit,
}

impl Around {
    /// The text of a symbolic link; nothing is asked of what it leads to.
    fn link(&self, path: &str) -> Option<String> {
        fs::read_link(self.root.join(path)).ok().map(|text| slashed(&text))
    }
}

impl FileIndex for Around {
    fn inventory(&self) -> Inventory {
        let file = |path: String| InventoryItem { path, kind: ItemKind::File };
        let mut items: Vec<InventoryItem> = self.listed.iter().map(|path| file(slashed(path))).collect();
        let tracked = git::tracked(&self.root);
        let is_complete = tracked.is_some();
        match tracked {
            Some(tracked) => items.extend(tracked.into_iter().map(|it| {
                let kind = match it.kind {
                    TrackedKind::File => ItemKind::File,
                    TrackedKind::Link => ItemKind::Link(self.link(&it.path)),
                    TrackedKind::Repository => ItemKind::Repository,
                };
                InventoryItem { path: it.path, kind }
            })),
            None => items.extend(discover::everything(&self.root).into_iter().map(|(path, is_link)| {
                let path = slashed(&path);
                let kind = if is_link { ItemKind::Link(self.link(&path)) } else { ItemKind::File };
                InventoryItem { path, kind }
            })),
        }
        Inventory::new(items, is_complete)
    }

    fn ignores(&self, path: &str) -> bool {
        self.ignored.has(&self.root.join(path))
    }

    fn renames(&self) -> Vec<(String, String)> {
        git::renames(&self.root, "HEAD")
    }

    fn remotes(&self) -> Vec<String> {
        git::remotes(&self.root)
    }

    fn folder_in_repository(&self) -> String {
        git::top_of(&self.root).map_or_else(String::new, |top| slashed(&paths::relative(top, &self.root)))
    }
}
