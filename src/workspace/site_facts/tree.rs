//! The files of sites as facts have them. Only the texts of pages come from somewhere else.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{KnownFiles, PlacedFacts, record::FilesRecord};
use crate::{
    discover::IgnoredByGit,
    site::urls::{Inventory, KnownSurroundings},
    vfs::{Content, EntryKind, FileSystem, FolderEntry, GitFolder, InventoryItem, ItemKind},
};

/// The files that facts list, whatever is on disk.
#[derive(Debug)]
pub(super) struct FactsTree {
    facts: PlacedFacts,
    /// Where pages are read from.
    texts: Arc<dyn FileSystem>,
}

impl FactsTree {
    pub(super) fn new(facts: PlacedFacts, texts: Arc<dyn FileSystem>) -> Self {
        Self { facts, texts }
    }

    fn files(&self, root: &Path) -> Option<&KnownFiles> {
        Some(&self.facts.site(root)?.files)
    }
}

impl KnownFiles {
    /// What is at a path relative to the root.
    fn kind(&self, path: &Path) -> Option<EntryKind> {
        let kind_in = |files: &[Arc<Path>]| {
            let next = files.get(files.partition_point(|file| **file < *path))?;
            match () {
                () if **next == *path => Some(EntryKind::File),
                () => next.starts_with(path).then_some(EntryKind::Folder),
            }
        };
        kind_in(&self.listed).or_else(|| kind_in(&self.hidden))
    }
}

impl FileSystem for FactsTree {
    fn kind(&self, path: &Path) -> io::Result<EntryKind> {
        let is_folder = self.facts.roots().any(|root| root.starts_with(path));
        let project = self.facts.project_around(path);
        let in_site = || {
            let project = project?;
            self.files(&project.root)?.kind(path.strip_prefix(&project.root).ok()?)
        };
        let kind = if is_folder { Some(EntryKind::Folder) } else { in_site() };
        kind.ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn real(&self, path: &Path) -> io::Result<PathBuf> {
        self.texts.real(path)
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Content> {
        self.texts.read(path, most)
    }

    // Facts list the files of a whole site at once.
    fn entries(&self, _: &Path) -> io::Result<Vec<FolderEntry>> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn link_text(&self, _: &Path) -> Option<String> {
        None
    }

    fn tracked(&self, _: &Path) -> Option<Vec<InventoryItem>> {
        None
    }

    fn repository(&self, _: &Path) -> Option<GitFolder> {
        None
    }

    fn is_gits(&self, real: &Path) -> bool {
        self.texts.is_gits(real)
    }

    fn shown_text(&self, path: &Path) -> Option<String> {
        self.texts.shown_text(path).or_else(|| self.facts.shown_text(path))
    }

    fn is_there(&self, path: &Path) -> bool {
        self.kind(path).is_ok()
    }
}

impl FilesRecord {
    /// What is around a site.
    pub(super) fn known(&self) -> KnownSurroundings {
        let inventory = &self.inventory;
        let item = |path: &String, kind| InventoryItem { path: path.clone(), kind };
        let all = inventory.files.iter().map(|path| item(path, ItemKind::File));
        let links = inventory.links.iter().map(|(path, text)| item(path, ItemKind::Link(text.clone())));
        let repositories = inventory.repositories.iter().map(|path| item(path, ItemKind::Repository));
        let items = all.chain(links).chain(repositories).collect();
        let rules = self.gitignore.iter().map(|(path, text)| (Path::new(path), text.as_str()));
        KnownSurroundings {
            inventory: Inventory::new(items, inventory.complete),
            ignored: IgnoredByGit::known(rules, Path::new(&self.folder)),
            renames: self.renames.clone(),
            remotes: self.remotes.clone(),
            folder: self.folder.clone(),
        }
    }
}
