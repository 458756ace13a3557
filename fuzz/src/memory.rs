//! Files in memory.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use copydesk::{
    internals::{
        discover::{IgnoredByGit, SiteFiles},
        site::urls::{Inventory, KnownSurroundings, Surroundings},
    },
    vfs::{InventoryItem, ItemKind},
};

/// Files of a site, by path.
#[derive(Debug, Default, Clone)]
pub struct Memory(BTreeMap<String, Arc<str>>);

impl Memory {
    pub fn with(mut self, path: &str, text: &str) -> Self {
        self.0.insert(path.to_owned(), text.into());
        self
    }

    pub fn get(&self, path: &Path) -> Option<Arc<str>> {
        self.0.get(path.to_str()?).cloned()
    }

    pub fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// The files, as a config reads them.
    pub fn site_files(&self) -> SiteFiles {
        SiteFiles::in_memory(self.0.iter().map(|(path, text)| (path.as_str(), &**text)))
    }

    /// The files, as links lead to them, in a repository.
    pub fn surroundings(&self) -> Arc<Surroundings> {
        let item = |path: &String| InventoryItem { path: path.clone(), kind: ItemKind::File };
        Arc::new(Surroundings::known(KnownSurroundings {
            inventory: Inventory::new(self.0.keys().map(item).collect(), true),
            ignored: IgnoredByGit::known([(Path::new(".gitignore"), "/made/\n")], Path::new("")),
            renames: vec![("blog/former.md".to_owned(), "blog/page.md".to_owned())],
            remotes: vec!["git@github.com:quay/site.git".to_owned()],
            folder: String::new(),
        }))
    }
}
