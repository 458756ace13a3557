//! The files of sites as facts have them. Only the texts of pages come from somewhere else.

use std::{
    collections::{HashMap, HashSet},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::{Timestamp, civil};

use super::{KnownFiles, PlacedFacts, record::FilesRecord};
use crate::{
    checkout::{Checkout, Content, EntryKind, Ignored},
    discover::{FoundFiles, Listing, Project},
    site::{
        FileStart,
        urls::{FileIndex, Inventory, InventoryItem, ItemKind},
    },
};

/// The files that facts list, whatever is on disk.
#[derive(Debug)]
pub(super) struct FactsTree {
    facts: PlacedFacts,
    /// Where pages are read from.
    texts: Arc<dyn Checkout>,
}

impl FactsTree {
    pub(super) fn new(facts: PlacedFacts, texts: Arc<dyn Checkout>) -> Self {
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

impl Checkout for FactsTree {
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

    fn start(&self, path: &Path, most: u64) -> io::Result<FileStart> {
        self.texts.start(path, most)
    }

    fn list(&self, project: &Project) -> Listing {
        let Some(files) = self.files(&project.root) else { return Listing::default() };
        Listing {
            files: files.listed.clone(),
            hidden: files.hidden.clone(),
            links: files.links.clone(),
            nested: self.facts.nested(&project.root),
            ..Listing::default()
        }
    }

    fn ignored(&self, _: &Project, _: &[PathBuf]) -> HashSet<PathBuf> {
        HashSet::new()
    }

    fn files(&self, _: &Path, _: &(dyn Fn(&Path) -> bool + Sync)) -> FoundFiles {
        FoundFiles::default()
    }

    fn around(&self, root: &Path, _: &[Arc<Path>]) -> Arc<dyn FileIndex> {
        Arc::new(Around::new(self.files(root).and_then(|files| files.around.clone())))
    }

    fn names(&self, _: &Path) -> Vec<String> {
        vec![]
    }

    fn additions(&self, folder: &Path) -> HashMap<PathBuf, civil::Date> {
        self.facts.additions(folder)
    }

    // Facts do not have it.
    fn last_commits(&self, _folder: &Path) -> HashMap<PathBuf, Timestamp> {
        HashMap::new()
    }

    fn shown_text(&self, path: &Path) -> Option<String> {
        self.texts.shown_text(path).or_else(|| self.facts.shown_text(path))
    }

    fn is_there(&self, path: &Path) -> bool {
        self.kind(path).is_ok()
    }

    fn project_of(&self, folder: &Path) -> Project {
        let nowhere = || Project { root: folder.to_owned(), config: None };
        self.facts.project_around(folder).unwrap_or_else(nowhere)
    }
}

/// What is around a site, as facts have it.
#[derive(Debug)]
struct Around {
    files: Option<Arc<FilesRecord>>,
    ignored: Ignored,
}

impl Around {
    fn new(files: Option<Arc<FilesRecord>>) -> Self {
        let rules = files.iter().flat_map(|files| &files.gitignore);
        let ignored = Ignored::new(rules.map(|(path, text)| (Path::new(path), text.as_str())));
        Self { files, ignored }
    }
}

impl FileIndex for Around {
    fn inventory(&self) -> Inventory {
        let Some(files) = &self.files else { return Inventory::default() };
        let inventory = &files.inventory;
        let item = |path: &String, kind| InventoryItem { path: path.clone(), kind };
        let all = inventory.files.iter().map(|path| item(path, ItemKind::File));
        let links = inventory.links.iter().map(|(path, text)| item(path, ItemKind::Link(text.clone())));
        let repositories = inventory.repositories.iter().map(|path| item(path, ItemKind::Repository));
        Inventory::new(all.chain(links).chain(repositories).collect(), inventory.complete)
    }

    fn ignores(&self, path: &str) -> bool {
        let folder = self.files.as_ref().map_or("", |files| files.folder.as_str());
        self.ignored.by_git(&Path::new(folder).join(path))
    }

    fn renames(&self) -> Vec<(String, String)> {
        self.files.as_ref().map_or_else(Vec::new, |files| files.renames.clone())
    }

    fn remotes(&self) -> Vec<String> {
        self.files.as_ref().map_or_else(Vec::new, |files| files.remotes.clone())
    }

    fn folder_in_repository(&self) -> String {
        self.files.as_ref().map_or_else(String::new, |files| files.folder.clone())
    }
}
