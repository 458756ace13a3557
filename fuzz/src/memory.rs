//! Files in memory.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use copydesk::{
    config::{Files, MISSING},
    site::urls::{FileIndex, Inventory, InventoryItem, ItemKind},
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
}

impl Files for Memory {
    fn read(&self, path: &Path) -> Result<Arc<str>, String> {
        self.get(path).ok_or_else(|| MISSING.to_owned())
    }
}

impl FileIndex for Memory {
    fn inventory(&self) -> Inventory {
        let item = |path: &String| InventoryItem { path: path.clone(), kind: ItemKind::File };
        Inventory::new(self.0.keys().map(item).collect(), true)
    }

    fn ignores(&self, path: &str) -> bool {
        path.starts_with("made/")
    }

    fn renames(&self) -> Vec<(String, String)> {
        vec![("blog/former.md".to_owned(), "blog/page.md".to_owned())]
    }

    fn remotes(&self) -> Vec<String> {
        vec!["git@github.com:quay/site.git".to_owned()]
    }

    fn folder_in_repository(&self) -> String {
        String::new()
    }
}
