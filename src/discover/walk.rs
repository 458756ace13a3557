//! A walk through the folders of a site.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    IGNORE_FILES, Listing, Project,
    ignore_files::{Decision, IgnoreFiles},
};
use crate::vfs::{EntryKind, FileSystem, FolderEntry, InventoryItem, ItemKind, slashed};

/// What becomes of hidden files that no ignore file takes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hidden {
    /// They are files like others.
    Listed,
    /// They are told apart.
    Apart,
}

/// A walk, and what it finds.
pub(super) struct Walk<'a> {
    pub(super) files: &'a dyn FileSystem,
    pub(super) rules: IgnoreFiles<'a>,
    pub(super) hidden: Hidden,
    pub(super) listing: &'a mut Listing,
}

/// A folder that the walk has not entered yet.
struct Waiting {
    path: PathBuf,
    /// Whether a part of its path has a dot in front, and no ignore file takes that back.
    hidden: bool,
}

impl Walk<'_> {
    /// Lists what is in a folder and below it, except for folders that are projects of their own. Nothing is sorted.
    pub(super) fn run(mut self, root: &Path, project_at: impl Fn(&Path) -> Option<Project>) {
        let mut waiting = vec![Waiting { path: root.to_owned(), hidden: false }];
        // The rules rely on it that everything in a folder comes before anything in the next one.
        while let Some(folder) = waiting.pop() {
            if folder.path != root {
                let project = if folder.hidden { None } else { project_at(&folder.path) };
                if let Some(project) = project {
                    self.listing.nested.push(project);
                    continue;
                }
            }
            let entries = match self.files.entries(&folder.path) {
                Ok(entries) => entries,
                // Hidden files are not listed unless they are named.
                Err(_) if folder.hidden => continue,
                Err(error) => {
                    self.listing.unreadable.push((folder.path, error.to_string()));
                    continue;
                }
            };
            if folder.path != root {
                self.rules.enter(&folder.path);
            }
            for entry in entries {
                waiting.extend(self.add(root, &folder, &entry));
            }
        }
        self.listing.unusable.append(&mut self.rules.unusable);
    }

    /// Whether a folder holds the packages of others, as a file in it tells. Links may lead to what is in it.
    fn is_vendored(&self, path: &Path, name: &OsStr) -> bool {
        const MANIFESTS: [&str; 2] = ["modules.txt", "autoload.php"];
        let is_file =
            |name: &str| self.files.kind(&path.join(name)).is_ok_and(|kind| kind == EntryKind::File);
        self.hidden == Hidden::Apart && name == "vendor" && MANIFESTS.into_iter().any(is_file)
    }

    /// Adds what has a name in a folder to the listing, or returns it if it is a folder itself.
    fn add(&mut self, root: &Path, folder: &Waiting, entry: &FolderEntry) -> Option<Waiting> {
        if entry.name == ".git" {
            return None;
        }
        let path = folder.path.join(&entry.name);
        let decision = self.rules.decide(&path, entry.kind);
        let is_apart = decision == Decision::Unsaid && self.hidden == Hidden::Apart;
        let hidden = folder.hidden || (is_apart && entry.name.as_encoded_bytes().starts_with(b"."));
        let relative = || path.strip_prefix(root).unwrap_or(&path);
        match entry.kind {
            _ if decision == Decision::Ignored => {}
            EntryKind::Folder if is_passed_over(&entry.name) || self.is_vendored(&path, &entry.name) => {
                let seen = (!hidden).then(|| relative().to_owned());
                self.listing.passed_over.extend(seen);
            }
            EntryKind::Folder => return Some(Waiting { path, hidden }),
            EntryKind::File if hidden => self.listing.hidden.push(Arc::from(relative())),
            EntryKind::File => self.listing.files.push(Arc::from(relative())),
            EntryKind::Link if !hidden => self.listing.links.push(relative().to_owned()),
            EntryKind::Link | EntryKind::Other => {}
        }
        None
    }
}

/// Whether a folder is left out whatever ignore files say, by its name.
pub(super) fn is_passed_over(name: &OsStr) -> bool {
    name == "node_modules" || name == ".git"
}

/// All files in a folder, absolute, and the symbolic links: hidden files and nested projects included, ignored files,
/// `.git` and `node_modules` left out.
pub fn everything(files: &dyn FileSystem, root: &Path) -> Vec<InventoryItem> {
    let ours = IGNORE_FILES.iter().position(|name| *name == ".ignore").unwrap_or_default();
    let rules = IgnoreFiles::above(files, root, ours..IGNORE_FILES.len()).with_local_rules();
    let mut listing = Listing::default();
    Walk { files, rules, hidden: Hidden::Listed, listing: &mut listing }.run(root, |_| None);
    let is_ours = |path: &Path| !path.file_name().is_some_and(is_passed_over);
    let file = |path: &Arc<Path>| InventoryItem { path: slashed(path), kind: ItemKind::File };
    let link = |path: &PathBuf| InventoryItem {
        path: slashed(path),
        kind: ItemKind::Link(files.link_text(&root.join(path))),
    };
    let files = listing.files.iter().filter(|path| is_ours(path)).map(file);
    files.chain(listing.links.iter().filter(|path| is_ours(path)).map(link)).collect()
}
