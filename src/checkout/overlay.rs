//! Texts that take the place of files, such as those that are open in an editor.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    io,
    ops::Bound,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use jiff::{Timestamp, civil};

use super::{Checkout, Content, EntryKind, config_folder, nothing::Nothing, slashed};
use crate::{
    discover::{FoundFiles, Listing, Project, is_passed_over},
    paths::is_hidden,
    site::{
        FileStart,
        urls::{FileIndex, Inventory},
    },
    sources::text_of,
};

/// The files of another checkout, some of them with other texts, some gone, some added. Projects and the rules of
/// ignore files are those of the other checkout.
#[derive(Debug)]
pub struct CheckoutOverlay {
    under: Arc<dyn Checkout>,
    /// By absolute path.
    entries: RwLock<BTreeMap<PathBuf, Entry>>,
}

/// What takes the place of a file.
#[derive(Debug, Clone)]
enum Entry {
    /// A file with this content.
    File(Arc<[u8]>),
    /// Nothing.
    Gone,
}

impl CheckoutOverlay {
    /// The files of `under` as they are.
    pub fn new(under: Arc<dyn Checkout>) -> Self {
        Self { under, entries: RwLock::default() }
    }

    /// Files that are in memory alone, by absolute path.
    pub fn of_files<'f>(files: impl IntoIterator<Item = (PathBuf, &'f [u8])>) -> Self {
        let overlay = Self::new(Arc::new(Nothing));
        for (path, content) in files {
            overlay.set(path, content);
        }
        overlay
    }

    /// Gives a file, by absolute path, another content.
    pub fn set(&self, path: PathBuf, content: impl Into<Arc<[u8]>>) {
        self.write().insert(path, Entry::File(content.into()));
    }

    /// Takes a file for gone.
    pub fn remove(&self, path: PathBuf) {
        self.write().insert(path, Entry::Gone);
    }

    /// Takes a file as it is in the other checkout again.
    pub fn forget(&self, path: &Path) {
        self.write().remove(path);
    }

    fn read_entries(&self) -> RwLockReadGuard<'_, BTreeMap<PathBuf, Entry>> {
        self.entries.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, BTreeMap<PathBuf, Entry>> {
        self.entries.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// What takes the place of a file, if anything does.
    fn at(&self, path: &Path) -> Option<Entry> {
        self.read_entries().get(path).cloned()
    }

    /// Whether a file was given a content in a folder or below.
    fn has_below(&self, folder: &Path) -> bool {
        let entries = self.read_entries();
        let mut below = entries
            .range::<Path, _>((Bound::Included(folder), Bound::Unbounded))
            .take_while(|(path, _)| path.starts_with(folder));
        below.any(|(path, entry)| matches!(entry, Entry::File(_)) && path != folder)
    }

    /// The files with another content, and those that are gone, in a folder and below.
    fn changes(&self, folder: &Path) -> (Vec<PathBuf>, HashSet<PathBuf>) {
        let entries = self.read_entries();
        let below = entries
            .range::<Path, _>((Bound::Included(folder), Bound::Unbounded))
            .take_while(|(path, _)| path.starts_with(folder));
        let (given, gone): (Vec<_>, Vec<_>) = below.partition(|(_, entry)| matches!(entry, Entry::File(_)));
        let path = |(path, _): (&PathBuf, _)| path.clone();
        (given.into_iter().map(path).collect(), gone.into_iter().map(path).collect())
    }
}

fn not_found() -> io::Error {
    io::ErrorKind::NotFound.into()
}

impl Checkout for CheckoutOverlay {
    fn kind(&self, path: &Path) -> io::Result<EntryKind> {
        match self.at(path) {
            Some(Entry::File(_)) => Ok(EntryKind::File),
            Some(Entry::Gone) => Err(not_found()),
            None => self
                .under
                .kind(path)
                .or_else(|error| if self.has_below(path) { Ok(EntryKind::Folder) } else { Err(error) }),
        }
    }

    fn real(&self, path: &Path) -> io::Result<PathBuf> {
        match self.at(path) {
            // A content that is given is that of this very path, wherever a link there leads.
            Some(Entry::File(_)) => {
                match (path.parent().map(|folder| self.under.real(folder)), path.file_name()) {
                    (Some(Ok(folder)), Some(name)) => Ok(folder.join(name)),
                    _ => Ok(path.to_owned()),
                }
            }
            Some(Entry::Gone) => Err(not_found()),
            None => self
                .under
                .real(path)
                .or_else(|error| if self.has_below(path) { Ok(path.to_owned()) } else { Err(error) }),
        }
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Content> {
        match self.at(path) {
            Some(Entry::File(content)) if content.len() as u64 > most => {
                Ok(Content::TooLong(content.len() as u64))
            }
            Some(Entry::File(content)) => Ok(Content::Bytes(content.to_vec())),
            Some(Entry::Gone) => Err(not_found()),
            None => self.under.read(path, most),
        }
    }

    fn start(&self, path: &Path, most: u64) -> io::Result<FileStart> {
        match self.at(path) {
            Some(Entry::File(content)) => {
                let bytes =
                    content.iter().copied().take(usize::try_from(most).unwrap_or(usize::MAX)).collect();
                Ok(FileStart { bytes, len: content.len() as u64 })
            }
            Some(Entry::Gone) => Err(not_found()),
            None => self.under.start(path, most),
        }
    }

    fn list(&self, project: &Project) -> Listing {
        let mut listing = self.under.list(project);
        let (given, gone) = self.changes(&project.root);
        let relative = |path: &Path| path.strip_prefix(&project.root).unwrap_or(path).to_owned();
        let gone: HashSet<PathBuf> = gone.iter().map(|path| relative(path)).collect();
        if !gone.is_empty() {
            listing.files.retain(|path| !gone.contains(&**path));
            listing.hidden.retain(|path| !gone.contains(&**path));
            listing.links.retain(|path| !gone.contains(path));
        }
        let ignored = if given.is_empty() { HashSet::new() } else { self.under.ignored(project, &given) };
        let added = given.iter().filter(|path| !ignored.contains(*path) && !is_passed_over(&relative(path)));
        let configs = added.clone().filter_map(|path| config_folder(path));
        let folders = configs.filter(|folder| *folder != project.root && !is_hidden(&relative(folder)));
        for folder in folders {
            listing.add_nested(project, Project::at(folder, &|path| self.is_there(path)));
        }
        let is_nested = |path: &Path| listing.nested.iter().any(|nested| path.starts_with(&nested.root));
        let added: Vec<PathBuf> = added.filter(|path| !is_nested(path)).map(|path| relative(path)).collect();
        for path in added {
            let files = if is_hidden(&path) { &mut listing.hidden } else { &mut listing.files };
            if let Err(at) = files.binary_search_by(|file| (**file).cmp(&path)) {
                files.insert(at, path.into());
            }
        }
        listing
    }

    fn ignored(&self, project: &Project, files: &[PathBuf]) -> HashSet<PathBuf> {
        self.under.ignored(project, files)
    }

    fn files(&self, root: &Path, skips: &(dyn Fn(&Path) -> bool + Sync)) -> FoundFiles {
        let mut found = self.under.files(root, skips);
        let (given, gone) = self.changes(root);
        found.files.retain(|path| !gone.contains(path));
        found.links.retain(|path| !gone.contains(path));
        let known: HashSet<PathBuf> = found.files.iter().cloned().collect();
        found.files.extend(given.into_iter().filter(|path| !known.contains(path) && !skips(path)));
        found
    }

    fn around(&self, root: &Path, listed: &[Arc<Path>]) -> Arc<dyn FileIndex> {
        let under = self.under.around(root, listed);
        let (_, gone) = self.changes(root);
        if gone.is_empty() {
            return under;
        }
        let gone = gone.iter().filter_map(|path| path.strip_prefix(root).ok()).map(slashed).collect();
        Arc::new(Around { under, gone })
    }

    fn additions(&self, folder: &Path) -> HashMap<PathBuf, civil::Date> {
        self.under.additions(folder)
    }

    fn last_commits(&self, folder: &Path) -> HashMap<PathBuf, Timestamp> {
        self.under.last_commits(folder)
    }

    fn shown_text(&self, path: &Path) -> Option<String> {
        match self.at(path) {
            Some(Entry::File(content)) => text_of(content.to_vec()).ok(),
            Some(Entry::Gone) => None,
            None => self.under.shown_text(path),
        }
    }

    fn names(&self, folder: &Path) -> Vec<String> {
        let mut names = self.under.names(folder);
        let (given, gone) = self.changes(folder);
        let in_folder = |path: &PathBuf| path.parent() == Some(folder);
        let name = |path: &PathBuf| {
            let mut rest = path.strip_prefix(folder).ok()?.components();
            let name = rest.next()?.as_os_str().to_str()?.to_owned();
            Some(if rest.next().is_some() { format!("{name}/") } else { name })
        };
        let gone: Vec<String> = gone.iter().filter(|path| in_folder(path)).filter_map(name).collect();
        names.retain(|name| !gone.contains(name));
        names.extend(given.iter().filter_map(name));
        names.sort_unstable();
        names.dedup();
        names
    }

    fn is_there(&self, path: &Path) -> bool {
        self.at(path).map_or_else(
            || self.under.is_there(path) || self.has_below(path),
            |entry| matches!(entry, Entry::File(_)),
        )
    }
}

/// What is around a site, without the files that are taken for gone.
#[derive(Debug)]
struct Around {
    under: Arc<dyn FileIndex>,
    /// Relative to the site's root.
    gone: HashSet<String>,
}

impl FileIndex for Around {
    fn inventory(&self) -> Inventory {
        let inventory = self.under.inventory();
        // What git tracks is known whether or not it is on disk.
        if inventory.is_complete() {
            return inventory;
        }
        Inventory::new(inventory.items().filter(|item| !self.gone.contains(&item.path)).collect(), false)
    }

    fn ignores(&self, path: &str) -> bool {
        self.under.ignores(path)
    }

    fn renames(&self) -> Vec<(String, String)> {
        self.under.renames()
    }

    fn remotes(&self) -> Vec<String> {
        self.under.remotes()
    }

    fn folder_in_repository(&self) -> String {
        self.under.folder_in_repository()
    }
}
