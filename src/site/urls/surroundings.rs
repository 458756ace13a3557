//! What a site is in: its other files, and its repository.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use super::Inventory;
use crate::{
    discover::{self, IgnoredByGit},
    vfs::{FileSystem, GitFolder, InventoryItem, ItemKind, slashed},
};

/// What is around the pages, remembered: a page can change without it being asked again. Each is asked at most once, and
/// only when a link needs it.
#[derive(Debug, Default)]
pub struct Surroundings {
    /// What is asked; `None` where all is known.
    folder: Option<SiteFolder>,
    inventory: OnceLock<Inventory>,
    ignored: OnceLock<Option<IgnoredByGit>>,
    renames: OnceLock<HashMap<String, String>>,
    remotes: OnceLock<(Vec<String>, String)>,
}

/// The folder of a site.
#[derive(Debug)]
struct SiteFolder {
    files: Arc<dyn FileSystem>,
    root: PathBuf,
    /// What is listed in it, relative to it.
    listed: Vec<Arc<Path>>,
}

/// What is known of a site's surroundings.
#[derive(Debug)]
pub struct KnownSurroundings {
    /// The files of the site.
    pub inventory: Inventory,
    /// Which files git ignores.
    pub ignored: IgnoredByGit,
    /// Files that were renamed, the latest first: the old path and the new one, relative to the site's root.
    pub renames: Vec<(String, String)>,
    /// The URLs of the repository's remotes.
    pub remotes: Vec<String>,
    /// The folder of the site in its repository, without a slash at either end; empty where it is the whole.
    pub folder: String,
}

impl Surroundings {
    /// What is around the pages of a site in a folder, absolute; `listed` is what is listed in it. Nothing is asked yet.
    pub fn new(files: Arc<dyn FileSystem>, root: &Path, listed: &[Arc<Path>]) -> Self {
        let folder = SiteFolder { files, root: root.to_owned(), listed: listed.to_vec() };
        Self { folder: Some(folder), ..Self::default() }
    }

    /// The same, where another state of the files says what git ignores.
    pub fn with_ignore_files_of(self, files: Arc<dyn FileSystem>) -> Self {
        let Some(folder) = &self.folder else { return self };
        let rules = IgnoredByGit::of(files, &folder.root);
        Self { ignored: Some(rules).into(), ..self }
    }

    /// What is known already.
    pub fn known(known: KnownSurroundings) -> Self {
        let KnownSurroundings { inventory, ignored, renames, remotes, folder } = known;
        Self {
            folder: None,
            inventory: inventory.into(),
            ignored: Some(ignored).into(),
            renames: latest(renames).into(),
            remotes: (remotes, folder).into(),
        }
    }

    /// The files of the site.
    pub fn inventory(&self) -> &Inventory {
        self.inventory
            .get_or_init(|| self.folder.as_ref().map_or_else(Inventory::default, SiteFolder::inventory))
    }

    /// Whether git ignores a file with this path, relative to the site's root: a program makes it, or it belongs to a
    /// submodule.
    pub(super) fn ignores(&self, path: &str) -> bool {
        let rules = |it: &SiteFolder| IgnoredByGit::of(Arc::clone(&it.files), &it.root);
        self.ignored.get_or_init(|| self.folder.as_ref().map(rules)).as_ref().is_some_and(|it| it.has(path))
    }

    pub(super) fn renames(&self) -> &HashMap<String, String> {
        self.renames.get_or_init(|| latest(self.repository().map_or_else(Vec::new, |it| it.renames())))
    }

    /// The URLs of the repository's remotes, and the folder of the site in it.
    pub(super) fn remotes(&self) -> &(Vec<String>, String) {
        let ask = |it: GitFolder| (it.remotes(), it.folder_in_repository());
        self.remotes.get_or_init(|| self.repository().map(ask).unwrap_or_default())
    }

    fn repository(&self) -> Option<GitFolder> {
        let folder = self.folder.as_ref()?;
        folder.files.repository(&folder.root)
    }
}

impl SiteFolder {
    fn inventory(&self) -> Inventory {
        let file = |path: &Arc<Path>| InventoryItem { path: slashed(path), kind: ItemKind::File };
        let mut items: Vec<InventoryItem> = self.listed.iter().map(file).collect();
        let tracked = self.files.tracked(&self.root);
        let is_complete = tracked.is_some();
        items.extend(tracked.unwrap_or_else(|| discover::everything(&*self.files, &self.root)));
        Inventory::new(items, is_complete)
    }
}

/// Old paths and the new ones that they have got last.
fn latest(renames: Vec<(String, String)>) -> HashMap<String, String> {
    let mut latest = HashMap::new();
    for (old, new) in renames {
        latest.entry(old).or_insert(new);
    }
    latest
}
