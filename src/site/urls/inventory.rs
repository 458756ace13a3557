//! Which files there are, by name alone: nothing in here touches the disk.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::OnceLock,
};

use xxhash_rust::xxh3::xxh3_64;

use super::path::{ending, join, name, parent};
use crate::{
    text::{PAGE_ENDINGS_WITH_MDX, Search},
    vfs::{InventoryItem, ItemKind},
};

/// The files of a site, sorted. Names are compared by case on every system.
#[derive(Debug, Default)]
pub struct Inventory {
    /// All paths, one after the other.
    text: String,
    /// Where each path ends.
    ends: Vec<u32>,
    /// Files by a hash of their path, the first of those that share one.
    by_hash: HashMap<u64, u32>,
    /// The first file in each folder and below, likewise.
    folders: HashMap<u64, u32>,
    links: BTreeMap<String, Option<String>>,
    repositories: BTreeSet<String>,
    is_complete: bool,
    /// Paths of files and folders by how they look in lowercase. Asked only after a miss.
    twins: OnceLock<HashMap<Box<str>, u32>>,
    /// Files by their name in lowercase. Asked only after a miss.
    names: OnceLock<HashMap<Box<str>, Vec<u32>>>,
    /// The names of files and folders, and what is before the first dot of each. Asked only after a miss.
    stems: OnceLock<HashSet<Box<str>>>,
    /// The names of pages and of folders that begin with a number which puts them in order, without it. Asked only after a miss.
    ordered: OnceLock<HashSet<Box<str>>>,
    /// The files in each folder that are not in one below it, by a hash of the folder's path. Asked only after a miss.
    siblings: OnceLock<HashMap<u64, Vec<u32>>>,
}

/// What is at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// A file, by its path with links resolved.
    File(String),
    /// A folder, likewise.
    Folder(String),
    /// Nothing.
    Missing,
    /// Nobody knows: after a link or in a repository that the checkout lacks. The path is that of the obstacle.
    Unknown(String),
    /// A symbolic link leads out of the site.
    Outside,
}

/// How many links may lead to each other.
const MAX_LINKS: usize = 8;

impl Inventory {
    /// Takes stock. `is_complete` says that files which a checkout may lack are among the items.
    pub fn new(mut items: Vec<InventoryItem>, is_complete: bool) -> Self {
        items.sort_unstable();
        items.dedup_by(|later, first| later.path == first.path);
        let mut inventory = Self { is_complete, ..Self::default() };
        for InventoryItem { path, kind } in items {
            // More than 4 GiB of names do not fit into `u32`; what is after them is as good as not there.
            let Ok(end) = u32::try_from(inventory.text.len() + path.len()) else { break };
            match kind {
                ItemKind::File => {
                    inventory.text.push_str(&path);
                    inventory.ends.push(end);
                    inventory.index(&path);
                }
                ItemKind::Link(text) => {
                    inventory.links.insert(path, text);
                }
                ItemKind::Repository => {
                    inventory.repositories.insert(path);
                }
            }
        }
        inventory
    }

    /// Makes the last file, whose path this is, be found.
    fn index(&mut self, path: &str) {
        let index = self.ends.len() as u32 - 1;
        self.by_hash.entry(xxh3_64(path.as_bytes())).or_insert(index);
        let mut folder = parent(path);
        // A folder that is known is in folders that are.
        while !folder.is_empty() && !self.folders.contains_key(&xxh3_64(folder.as_bytes())) {
            self.folders.insert(xxh3_64(folder.as_bytes()), index);
            folder = parent(folder);
        }
    }

    /// Whether files count as existing that a partial checkout lacks.
    pub const fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The files, sorted.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.get(index))
    }

    /// All that it was made of.
    pub fn items(&self) -> impl Iterator<Item = InventoryItem> {
        let files = self.files().map(|path| InventoryItem { path: path.to_owned(), kind: ItemKind::File });
        let link = |(path, text): (&String, &_)| InventoryItem {
            path: path.clone(),
            kind: ItemKind::Link(Clone::clone(text)),
        };
        let repository = |path: &String| InventoryItem { path: path.clone(), kind: ItemKind::Repository };
        files.chain(self.links.iter().map(link)).chain(self.repositories.iter().map(repository))
    }

    fn get(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[index] as usize]
    }

    /// The first file that is not before `path`.
    fn position(&self, path: &str) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.get(middle) < path { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// Whether a file is at this very path.
    pub fn has_file(&self, path: &str) -> bool {
        let Some(&index) = self.by_hash.get(&xxh3_64(path.as_bytes())) else { return false };
        let other_path_of_this_hash = || {
            let at = self.position(path);
            at < self.len() && self.get(at) == path
        };
        self.get(index as usize) == path || other_path_of_this_hash()
    }

    /// Whether a folder with files in it is at this very path.
    pub fn has_folder(&self, path: &str) -> bool {
        let is_known = || self.folders.contains_key(&xxh3_64(path.as_bytes()));
        path.is_empty() || is_known() && self.below(path).next().is_some()
    }

    /// The files in a folder and below.
    fn below(&self, folder: &str) -> impl Iterator<Item = &str> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let from = self.position(&prefix);
        (from..self.len()).map(|index| self.get(index)).take_while(move |path| path.starts_with(&prefix))
    }

    /// What is at a path without `.`, `..` and outer slashes.
    pub fn lookup(&self, path: &str) -> Lookup {
        let mut path = path.to_owned();
        for _ in 0..=MAX_LINKS {
            if self.has_file(&path) {
                return Lookup::File(path);
            }
            if self.has_folder(&path) {
                return Lookup::Folder(path);
            }
            if let Some(obstacle) = folders_on(&path).find(|it| self.repositories.contains(*it)) {
                return Lookup::Unknown(obstacle.to_owned());
            }
            let Some((link, text)) = self.link_on(&path) else { return Lookup::Missing };
            let Some(text) = text else { return Lookup::Unknown(link.to_owned()) };
            if text.starts_with('/') || text.contains(['\\', ':']) {
                return Lookup::Outside;
            }
            let Some(target) = join(parent(link), text) else { return Lookup::Outside };
            path = format!("{target}{}", &path[link.len()..]);
        }
        Lookup::Missing
    }

    /// The symbolic link that a path leads through, if one.
    fn link_on(&self, path: &str) -> Option<(&str, Option<&str>)> {
        if self.links.is_empty() {
            return None;
        }
        folders_on(path)
            .filter_map(|path| self.links.get_key_value(path))
            .map(|(link, text)| (link.as_str(), text.as_deref()))
            .next()
    }

    /// The file or folder whose path differs from this one in nothing but case.
    pub fn case_twin(&self, path: &str) -> Option<&str> {
        let twins = self.twins.get_or_init(|| {
            let mut twins = HashMap::new();
            let mut last = "";
            for (index, path) in self.files().enumerate() {
                // The folders that this file shares with the one before are there already.
                let shared = last.bytes().zip(path.bytes()).take_while(|(a, b)| a == b).count();
                let folders = path.match_indices('/').map(|(at, _)| at).filter(|&at| at >= shared);
                for end in folders.chain([path.len()]) {
                    twins.entry(path[..end].to_lowercase().into()).or_insert(index as u32);
                }
                last = path;
            }
            twins
        });
        let lower = path.to_lowercase();
        let file = self.get(*twins.get(lower.as_str())? as usize);
        // Small letters may take another number of bytes, but never another number of slashes.
        let parts = path.matches('/').count();
        let end = file.match_indices('/').nth(parts).map_or(file.len(), |(at, _)| at);
        let twin = &file[..end];
        (twin != path && twin.to_lowercase() == lower).then_some(twin)
    }

    /// The files that have the name, in any case, that a path ends with; at most `most`.
    pub fn same_name<'a>(&'a self, path: &str, most: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        let names = self.names.get_or_init(|| {
            let mut names: HashMap<Box<str>, Vec<u32>> = HashMap::new();
            for (index, path) in self.files().enumerate() {
                names.entry(name(path).to_lowercase().into()).or_default().push(index as u32);
            }
            names
        });
        let found = names.get(name(path).to_lowercase().as_str()).map_or(&[][..], Vec::as_slice);
        found.iter().take(most).map(|&index| self.get(index as usize))
    }

    /// Whether a file or folder has this name, whatever follows a dot in it.
    pub fn has_stem(&self, name: &str) -> bool {
        let stems = self.stems.get_or_init(|| {
            let parts = self.files().flat_map(|path| path.split('/'));
            parts.flat_map(|part| [part, part.split('.').next().unwrap_or(part)]).map(Box::from).collect()
        });
        stems.contains(name)
    }

    /// Whether a page or a folder has this name after a number that puts it in order: `tides` for `20-tides.md`.
    pub fn has_ordered(&self, name: &str) -> bool {
        let ordered = self.ordered.get_or_init(|| {
            let unnumbered = |part: &str| {
                let mut rest = part;
                // A date is several numbers.
                loop {
                    let bare = rest.trim_start_matches(|c: char| c.is_ascii_digit());
                    match bare.strip_prefix(['-', '_', '.']).filter(|_| bare.len() < rest.len()) {
                        Some(after) => rest = after,
                        None => break,
                    }
                }
                if rest.len() == part.len() {
                    return None;
                }
                let ending = ending(rest);
                let is_page = PAGE_ENDINGS_WITH_MDX.contains(&&*ending);
                Some(Box::from(if is_page { &rest[..rest.len() - ending.len() - 1] } else { rest }))
            };
            self.files().flat_map(|path| path.split('/')).filter_map(unnumbered).collect()
        });
        ordered.contains(name)
    }

    /// The files in the folder of a path, by their paths.
    pub fn beside(&self, path: &str) -> impl Iterator<Item = &str> {
        let siblings = self.siblings.get_or_init(|| {
            let mut siblings: HashMap<u64, Vec<u32>> = HashMap::new();
            for (index, path) in self.files().enumerate() {
                siblings.entry(xxh3_64(parent(path).as_bytes())).or_default().push(index as u32);
            }
            siblings
        });
        let siblings = siblings.get(&xxh3_64(parent(path).as_bytes())).map_or(&[][..], Vec::as_slice);
        siblings.iter().map(|&index| self.get(index as usize))
    }

    /// The file in the same folder whose name is most likely meant.
    pub fn nearest(&self, path: &str, search: &mut Search) -> Option<&str> {
        let folder = parent(path);
        // Where names begin is the same for all of them.
        let start = if folder.is_empty() { 0 } else { folder.len() + 1 };
        let names = self.beside(path).filter_map(|path| path.get(start..));
        let near = join(folder, search.nearest_outside_series(name(path), names)?)?;
        let at = self.position(&near);
        (at < self.len() && self.get(at) == near).then(|| self.get(at))
    }
}

/// The paths of the folders that contain a path, the outermost first, and the path itself.
fn folders_on(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| at).chain([path.len()]).map(|end| &path[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inventory() -> Inventory {
        let file = |path: &str| InventoryItem { path: path.into(), kind: ItemKind::File };
        let link = |path: &str, text: Option<&str>| InventoryItem {
            path: path.into(),
            kind: ItemKind::Link(text.map(str::to_owned)),
        };
        let items = vec![
            file("docs/a.md"),
            file("docs/a.md"),
            file("docs-old/B.md"),
            file("docs/Guide/Über.md"),
            file("docs/guide-2/tides.md"),
            link("latest", Some("docs/Guide")),
            link("docs/out", Some("../../secret")),
            link("abs", Some("/etc")),
            link("lost", None),
            link("loop", Some("loop")),
            InventoryItem { path: "theme".into(), kind: ItemKind::Repository },
        ];
        Inventory::new(items, true)
    }

    #[test]
    fn files_and_folders_are_found_by_case() {
        let it = inventory();
        assert_eq!(it.len(), 4);
        assert_eq!(it.lookup("docs/a.md"), Lookup::File("docs/a.md".into()));
        assert_eq!(it.lookup("docs/Guide"), Lookup::Folder("docs/Guide".into()));
        assert_eq!(it.lookup("docs/guide"), Lookup::Missing);
        assert_eq!(it.lookup("doc"), Lookup::Missing);
        assert_eq!(it.case_twin("docs/guide"), Some("docs/Guide"));
        assert_eq!(it.case_twin("DOCS/guide/ÜBER.md"), Some("docs/Guide/Über.md"));
        assert_eq!(it.case_twin("docs-old/b.md"), Some("docs-old/B.md"));
        assert_eq!(it.case_twin("docs/a.md"), None);
    }

    #[test]
    fn links_are_followed_by_their_text_and_never_out() {
        let it = inventory();
        assert_eq!(it.lookup("latest/Über.md"), Lookup::File("docs/Guide/Über.md".into()));
        assert_eq!(it.lookup("docs/out/key"), Lookup::Outside);
        assert_eq!(it.lookup("abs/passwd"), Lookup::Outside);
        assert_eq!(it.lookup("lost/x"), Lookup::Unknown("lost".into()));
        assert_eq!(it.lookup("theme/x/y"), Lookup::Unknown("theme".into()));
        assert_eq!(it.lookup("theme"), Lookup::Unknown("theme".into()));
        assert_eq!(it.lookup("themes/x"), Lookup::Missing);
        assert_eq!(it.lookup("loop"), Lookup::Missing);
    }

    #[test]
    fn what_was_meant_is_near() {
        let it = inventory();
        let mut search = Search::in_file_of(0);
        assert_eq!(it.nearest("docs/guide-2/tide.md", &mut search), Some("docs/guide-2/tides.md"));
        assert_eq!(it.nearest("docs/guide-2/harbour.md", &mut search), None);
        assert_eq!(it.same_name("x/TIDES.md", 3).collect::<Vec<_>>(), ["docs/guide-2/tides.md"]);
    }
}
