//! The files on disk, with the open texts in place of those on disk.

use std::{
    collections::{HashMap, HashSet},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    checkout::{Checkout, Content, Kind, OnDisk},
    discover::{Found, Listing, Project},
    site::urls::FileIndex,
};

/// The files on disk and the open texts. Only what is at a path on disk may be replaced: a text whose file is not saved
/// yet is there, too.
#[derive(Debug, Clone, Default)]
pub(super) struct Overlay {
    /// The open texts, by absolute path.
    pub(super) texts: HashMap<PathBuf, Arc<str>>,
}

impl Checkout for Overlay {
    fn kind(&self, path: &Path) -> io::Result<Kind> {
        if self.texts.contains_key(path) { Ok(Kind::File) } else { OnDisk.kind(path) }
    }

    fn real(&self, path: &Path) -> io::Result<PathBuf> {
        OnDisk.real(path).or_else(|error| {
            let (true, Some(name)) = (self.texts.contains_key(path), path.file_name()) else {
                return Err(error);
            };
            path.parent().map_or_else(|| Err(error), |folder| Ok(OnDisk.real(folder)?.join(name)))
        })
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Content> {
        match self.texts.get(path) {
            Some(text) if text.len() as u64 > most => Ok(Content::TooLong(text.len() as u64)),
            Some(text) => Ok(Content::Bytes(text.as_bytes().to_vec())),
            None => OnDisk.read(path, most),
        }
    }

    fn list(&self, project: &Project) -> Listing {
        OnDisk.list(project)
    }

    fn ignored(&self, project: &Project, files: &[PathBuf]) -> HashSet<PathBuf> {
        OnDisk.ignored(project, files)
    }

    fn files(&self, root: &Path, skips: &(dyn Fn(&Path) -> bool + Sync)) -> Found {
        OnDisk.files(root, skips)
    }

    fn around(&self, root: &Path, listed: &[Arc<Path>]) -> Arc<dyn FileIndex> {
        OnDisk.around(root, listed)
    }

    fn names(&self, folder: &Path) -> Vec<String> {
        OnDisk.names(folder)
    }

    fn is_there(&self, path: &Path) -> bool {
        self.texts.contains_key(path) || OnDisk.is_there(path)
    }
}
