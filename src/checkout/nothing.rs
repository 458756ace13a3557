//! No files at all.

use std::{
    collections::HashSet,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{Checkout, Content, EntryKind, slashed};
use crate::{
    discover::{FoundFiles, Listing, Project},
    site::urls::{FileIndex, Inventory, InventoryItem, ItemKind},
};

/// No files: what an overlay has takes their place.
#[derive(Debug)]
pub(super) struct Nothing;

fn not_found() -> io::Error {
    io::ErrorKind::NotFound.into()
}

impl Checkout for Nothing {
    fn kind(&self, _: &Path) -> io::Result<EntryKind> {
        Err(not_found())
    }

    fn real(&self, _: &Path) -> io::Result<PathBuf> {
        Err(not_found())
    }

    fn read(&self, _: &Path, _: u64) -> io::Result<Content> {
        Err(not_found())
    }

    fn list(&self, _: &Project) -> Listing {
        Listing::default()
    }

    fn ignored(&self, _: &Project, _: &[PathBuf]) -> HashSet<PathBuf> {
        HashSet::new()
    }

    fn files(&self, _: &Path, _: &(dyn Fn(&Path) -> bool + Sync)) -> FoundFiles {
        FoundFiles::default()
    }

    fn around(&self, _: &Path, listed: &[Arc<Path>]) -> Arc<dyn FileIndex> {
        Arc::new(Around(listed.to_vec()))
    }

    fn names(&self, _: &Path) -> Vec<String> {
        vec![]
    }

    fn is_there(&self, _: &Path) -> bool {
        false
    }
}

/// The files that are listed, and no repository.
#[derive(Debug)]
struct Around(Vec<Arc<Path>>);

impl FileIndex for Around {
    fn inventory(&self) -> Inventory {
        let file = |path: &Arc<Path>| InventoryItem { path: slashed(path), kind: ItemKind::File };
        Inventory::new(self.0.iter().map(file).collect(), true)
    }

    fn ignores(&self, _: &str) -> bool {
        false
    }

    fn renames(&self) -> Vec<(String, String)> {
        vec![]
    }

    fn remotes(&self) -> Vec<String> {
        vec![]
    }

    fn folder_in_repository(&self) -> String {
        String::new()
    }
}
