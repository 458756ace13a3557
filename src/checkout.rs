//! What lies around the pages of a site: its files on disk and in git, asked when a link first needs them.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    discover,
    git::{self, TrackedKind},
    site::urls::{Inventory, Item, ItemKind, Surroundings},
};

/// A site on disk.
#[derive(Debug)]
pub struct Checkout {
    root: PathBuf,
    listed: Vec<Arc<Path>>,
}

impl Checkout {
    /// The site in a folder, with the files that the walk through it gave.
    pub fn new(root: &Path, listed: &[Arc<Path>]) -> Self {
        Self { root: root.to_owned(), listed: listed.to_vec() }
    }

    /// The text of a symbolic link; nothing is asked of what it leads to.
    fn link(&self, path: &str) -> Option<String> {
        fs::read_link(self.root.join(path)).ok().map(|text| slashed(&text))
    }
}

impl Surroundings for Checkout {
    fn inventory(&self) -> Inventory {
        let file = |path: String| Item { path, kind: ItemKind::File };
        let mut items: Vec<Item> = self.listed.iter().map(|path| file(slashed(path))).collect();
        let tracked = git::tracked(&self.root);
        let is_complete = tracked.is_some();
        match tracked {
            Some(tracked) => items.extend(tracked.into_iter().map(|it| {
                let kind = match it.kind {
                    TrackedKind::File => ItemKind::File,
                    TrackedKind::Link => ItemKind::Link(self.link(&it.path)),
                    TrackedKind::Repository => ItemKind::Repository,
                };
                Item { path: it.path, kind }
            })),
            None => items.extend(discover::everything(&self.root).into_iter().map(|(path, is_link)| {
                let path = slashed(&path);
                let kind = if is_link { ItemKind::Link(self.link(&path)) } else { ItemKind::File };
                Item { path, kind }
            })),
        }
        Inventory::new(items, is_complete)
    }

    fn renames(&self) -> Vec<(String, String)> {
        git::renames(&self.root)
    }

    fn remotes(&self) -> Vec<String> {
        git::remotes(&self.root)
    }

    fn folder_in_repository(&self) -> String {
        let top = self.root.ancestors().find(|folder| folder.join(".git").exists());
        top.map_or_else(String::new, |top| slashed(&discover::relative(top, &self.root)))
    }
}

/// A path with `/` between its parts.
fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}
