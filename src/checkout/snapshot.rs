//! The files as git keeps them, in its index or in a commit.

use std::{
    collections::{HashMap, HashSet},
    io,
    ops::Bound,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::{Timestamp, civil};

use super::{Checkout, Content, EntryKind, OnDisk, config_folder, ignored::Ignored, slashed};
use crate::{
    config::markdownlint,
    discover::{self, FoundFiles, Listing, Project},
    git::{self, Blob, Blobs, Entries, Place, TrackedKind, TreeEntry},
    history,
    paths::{self, is_hidden},
    site::urls::{FileIndex, Inventory, InventoryItem, ItemKind},
};

/// How many links may lead to each other.
const MAX_LINKS: usize = 8;

/// The longest text of a link, in bytes: that of a path on all systems.
const MAX_LINK: u64 = 4096;

/// The files of a repository as git keeps them in one state. Paths outside of it are those on disk.
#[derive(Debug)]
pub struct Snapshot {
    /// The repository, absolute.
    top: PathBuf,
    /// Whether it has no working tree.
    is_bare: bool,
    /// The commit, for questions about its history.
    commit: Box<str>,
    entries: Entries,
    from_disk: FromDisk,
    blobs: Blobs,
    ignored: Arc<Ignored>,
}

/// Which files of a state are read on disk, where it is faster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FromDisk {
    /// All but those, which are not the same there, by path relative to the repository.
    AllBut(HashSet<PathBuf>),
    /// None: what is there may have come through filters that a change asked for.
    Nothing,
}

impl FromDisk {
    fn has(&self, path: &Path) -> bool {
        match self {
            Self::AllBut(differ) => !differ.contains(path),
            Self::Nothing => false,
        }
    }
}

impl Snapshot {
    /// The files of a commit.
    ///
    /// # Errors
    ///
    /// When git cannot list them.
    pub fn of_commit(top: &Path, commit: &str, from_disk: FromDisk) -> Result<Self, git::RevisionError> {
        Ok(Self::new(top.into(), commit, git::of_commit(top, commit)?, from_disk))
    }

    /// The files of the commit that a revision names, in the repository that a path is in or that it is. Nothing is read
    /// from a working tree.
    ///
    /// # Errors
    ///
    /// When the path is outside of any repository, the commit is unknown, or git cannot list the files.
    pub fn of_revision(path: &Path, revision: &str) -> Result<Self, git::RevisionError> {
        let place = match git::bare_around(path) {
            Some(top) => Place::Bare(top),
            None => Place::Folder(git::repository(path)?),
        };
        let commit = git::commit(place, revision)?;
        Ok(Self::new(place, &commit, git::of_commit(place, &commit)?, FromDisk::Nothing))
    }

    /// The files of the index.
    ///
    /// # Errors
    ///
    /// When git cannot list them.
    pub fn of_index(top: &Path, from_disk: FromDisk) -> Result<Self, git::RevisionError> {
        Ok(Self::new(top.into(), "HEAD", git::of_index(top)?, from_disk))
    }

    fn new(place: Place<'_>, commit: &str, entries: Entries, from_disk: FromDisk) -> Self {
        let (top, is_bare) = match place {
            Place::Folder(top) => (top, false),
            Place::Bare(top) => (top, true),
        };
        let mut snapshot = Self {
            top: top.to_owned(),
            is_bare,
            commit: commit.into(),
            entries,
            from_disk,
            blobs: Blobs::new(place),
            ignored: Arc::default(),
        };
        let is_file = |entry: &TreeEntry| entry.kind == TrackedKind::File;
        let rules = snapshot.entries.iter();
        let rules = rules.filter(|(path, entry)| is_file(entry) && Ignored::has_rules(path));
        let rules: Vec<_> =
            rules.filter_map(|(path, entry)| Some((path, snapshot.text(path, entry)?))).collect();
        let rules = rules.iter().map(|(path, text)| (path.as_path(), text.as_str()));
        snapshot.ignored = Arc::new(Ignored::new(rules));
        snapshot
    }

    /// Whether the rules of this state keep a file from being a page, by absolute path. `.markdownlintignore` counts
    /// where a site has no config of ours.
    pub fn ignores(&self, path: &Path, project: &Project) -> bool {
        path.strip_prefix(&self.top).is_ok_and(|path| self.ignored.matches(path, project.config.is_none()))
    }

    /// Whether git keeps something at an absolute path.
    pub fn has(&self, path: &Path) -> bool {
        path.strip_prefix(&self.top).is_ok_and(|path| self.entries.contains_key(path))
    }

    /// What is in a project: the files of a state, of which the rules and the configs of this one leave some out.
    pub fn pick(&self, project: &Project, state: &dyn Checkout) -> Listing {
        let Ok(root) = project.root.strip_prefix(&self.top) else { return Listing::default() };
        let is_file = |path: &Path| self.kind(path).is_ok_and(|kind| kind == EntryKind::File);
        let with_hidden =
            project.config.is_none() && markdownlint::picks_hidden_files(&project.root, &is_file);
        let nested = self.nested(root, project);
        let skips = |path: &Path| {
            let relative = path.strip_prefix(&project.root).unwrap_or(path);
            discover::is_passed_over(relative)
                || nested.iter().any(|inner| path.starts_with(&inner.root))
                || self.ignores(path, project)
        };
        let found = state.files(&project.root, &skips);
        let relative = |path: &PathBuf| path.strip_prefix(&project.root).ok().map(Path::to_owned);
        let is_apart = |path: &Path| !with_hidden && is_hidden(path);
        let files = found.files.iter().filter_map(relative).map(Arc::from);
        let (mut hidden, mut files): (Vec<Arc<Path>>, _) = files.partition(|path: &Arc<Path>| is_apart(path));
        let links = found.links.iter().filter_map(relative).filter(|path| !is_apart(path));
        let mut links: Vec<PathBuf> = links.collect();
        hidden.sort();
        files.sort();
        links.sort();
        Listing { files, hidden, links, nested, ..Listing::default() }
    }

    fn text(&self, path: &Path, entry: &TreeEntry) -> Option<String> {
        match self.content(path, entry, discover::MAX_IGNORE_FILE).ok()? {
            Content::Bytes(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            Content::TooLong(_) => None,
        }
    }

    /// The content of an entry, links not followed.
    fn content(&self, path: &Path, entry: &TreeEntry, most: u64) -> io::Result<Content> {
        // A file that a sparse checkout leaves out does not differ and is not there.
        if entry.kind == TrackedKind::File
            && self.from_disk.has(path)
            && let Ok(content) = OnDisk.read(&self.top.join(path), most)
        {
            return Ok(content);
        }
        Ok(match self.blobs.read(&entry.object, most)? {
            Blob::Bytes(bytes) => Content::Bytes(bytes),
            Blob::TooLong(len) => Content::TooLong(len),
        })
    }

    /// The text of a symbolic link.
    fn link(&self, path: &Path, entry: &TreeEntry) -> Option<String> {
        match self.content(path, entry, MAX_LINK).ok()? {
            Content::Bytes(bytes) => String::from_utf8(bytes).ok(),
            Content::TooLong(_) => None,
        }
    }

    fn has_folder(&self, path: &Path) -> bool {
        path.as_os_str().is_empty() || self.below(path).next().is_some()
    }

    /// The entries below a folder.
    fn below<'a>(&'a self, folder: &'a Path) -> impl Iterator<Item = (&'a PathBuf, &'a TreeEntry)> {
        let entries = self.entries.range::<Path, _>((Bound::Included(folder), Bound::Unbounded));
        entries
            .skip_while(move |(path, _)| *path == folder)
            .take_while(move |(path, _)| path.starts_with(folder))
    }

    /// Follows the links on an absolute path, as texts.
    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        let nothing = || io::Error::from(io::ErrorKind::NotFound);
        let mut path = path.strip_prefix(&self.top).map_err(|_| nothing())?.to_owned();
        for _ in 0..=MAX_LINKS {
            let link = path.ancestors().find_map(|part| Some((part.to_owned(), self.entries.get(part)?)));
            let Some((part, entry)) = link.filter(|(_, entry)| entry.kind == TrackedKind::Link) else {
                return Ok(path);
            };
            let text = self.link(&part, entry).ok_or_else(nothing)?;
            let folder = self.top.join(part.parent().unwrap_or(Path::new("")));
            let target = paths::absolute(Path::new(&text), &folder);
            let rest = path.strip_prefix(&part).unwrap_or(Path::new(""));
            path = target.strip_prefix(&self.top).map_err(|_| nothing())?.join(rest);
        }
        Err(nothing())
    }

    /// The projects with a config of their own below a folder, but for those in other such, absolute.
    fn nested(&self, root: &Path, project: &Project) -> Vec<Project> {
        let mut nested: Vec<Project> = Vec::new();
        for (path, _) in self.below(root) {
            let Some(folder) = config_folder(path) else { continue };
            let full = self.top.join(folder);
            let is_inner = nested.iter().any(|outer| full.starts_with(&outer.root));
            let is_passed_over = is_hidden(folder.strip_prefix(root).unwrap_or(folder))
                || self.ignores(&self.top.join(path), project);
            if folder != root && !is_inner && !is_passed_over {
                nested.extend(Project::at(&full, &|path| self.is_there(path)));
            }
        }
        nested.sort();
        nested
    }
}

impl Checkout for Snapshot {
    fn kind(&self, path: &Path) -> io::Result<EntryKind> {
        if !path.starts_with(&self.top) {
            return OnDisk.kind(path);
        }
        let path = self.resolve(path)?;
        match self.entries.get(&path) {
            Some(TreeEntry { kind: TrackedKind::File, .. }) => Ok(EntryKind::File),
            Some(_) => Ok(EntryKind::Other),
            None if self.has_folder(&path) => Ok(EntryKind::Folder),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn real(&self, path: &Path) -> io::Result<PathBuf> {
        if !path.starts_with(&self.top) {
            return OnDisk.real(path);
        }
        let resolved = self.resolve(path)?;
        let is_there = self.entries.contains_key(&resolved) || self.has_folder(&resolved);
        is_there.then(|| self.top.join(resolved)).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Content> {
        if !path.starts_with(&self.top) {
            return OnDisk.read(path, most);
        }
        let path = self.resolve(path)?;
        let entry = self.entries.get(&path).filter(|entry| entry.kind == TrackedKind::File);
        self.content(&path, entry.ok_or(io::ErrorKind::NotFound)?, most)
    }

    fn is_there(&self, path: &Path) -> bool {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return true };
        if !path.starts_with(&self.top) {
            return OnDisk.is_there(path);
        }
        self.resolve(folder).is_ok_and(|folder| {
            let path = folder.join(name);
            self.entries.contains_key(&path) || self.has_folder(&path)
        })
    }

    fn names(&self, folder: &Path) -> Vec<String> {
        if !folder.starts_with(&self.top) {
            return OnDisk.names(folder);
        }
        let Ok(folder) = self.resolve(folder) else { return vec![] };
        let name = |path: &PathBuf| {
            let mut rest = path.strip_prefix(&folder).ok()?.components();
            let name = rest.next()?.as_os_str().to_str()?;
            Some(if rest.next().is_some() { format!("{name}/") } else { name.to_owned() })
        };
        let mut names: Vec<String> = self.below(&folder).filter_map(|(path, _)| name(path)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn list(&self, project: &Project) -> Listing {
        self.pick(project, self)
    }

    fn ignored(&self, project: &Project, files: &[PathBuf]) -> HashSet<PathBuf> {
        files.iter().filter(|file| self.ignores(file, project)).cloned().collect()
    }

    fn files(&self, root: &Path, skips: &(dyn Fn(&Path) -> bool + Sync)) -> FoundFiles {
        let Ok(folder) = root.strip_prefix(&self.top) else { return FoundFiles::default() };
        let of_kind = |kind: TrackedKind| {
            let entries = self.below(folder).filter(move |(_, entry)| entry.kind == kind);
            entries.map(|(path, _)| self.top.join(path)).filter(|path| !skips(path)).collect()
        };
        FoundFiles { files: of_kind(TrackedKind::File), links: of_kind(TrackedKind::Link) }
    }

    fn around(&self, root: &Path, _: &[Arc<Path>]) -> Arc<dyn FileIndex> {
        let folder = root.strip_prefix(&self.top).unwrap_or(root);
        let items = self.below(folder).filter_map(|(path, entry)| {
            let relative = path.strip_prefix(folder).ok()?;
            let kind = match entry.kind {
                TrackedKind::File => ItemKind::File,
                TrackedKind::Link => ItemKind::Link(self.link(path, entry)),
                TrackedKind::Repository => ItemKind::Repository,
            };
            // A path that is no UTF-8 cannot be linked to.
            relative.to_str()?;
            Some(InventoryItem { path: slashed(relative), kind })
        });
        Arc::new(Around {
            root: root.to_owned(),
            folder: folder.to_owned(),
            bare: self.is_bare.then(|| self.top.clone()),
            commit: self.commit.clone(),
            items: items.collect(),
            ignored: Arc::clone(&self.ignored),
        })
    }

    fn additions(&self, folder: &Path) -> HashMap<PathBuf, civil::Date> {
        if !self.is_bare {
            return history::additions(folder);
        }
        let relative = folder.strip_prefix(&self.top).unwrap_or(folder);
        history::additions_in(Place::Bare(&self.top), relative, &self.commit)
    }

    fn last_commits(&self, folder: &Path) -> HashMap<PathBuf, Timestamp> {
        if !self.is_bare {
            return history::last_commits_in(folder.into(), Path::new(""), &self.commit);
        }
        let relative = folder.strip_prefix(&self.top).unwrap_or(folder);
        history::last_commits_in(Place::Bare(&self.top), relative, &self.commit)
    }

    fn project_of(&self, folder: &Path) -> Project {
        let is_here = |path: &Path| !self.is_bare || path.starts_with(&self.top);
        let project = Project::among(folder, &|path| is_here(path) && self.is_there(path));
        // What is around a bare repository does not say how its files are checked.
        let is_inside = is_here(&project.root);
        if is_inside { project } else { Project { root: self.top.clone(), config: None } }
    }
}

/// What is around a site in what git keeps.
#[derive(Debug)]
struct Around {
    root: PathBuf,
    /// The root, relative to the repository.
    folder: PathBuf,
    /// The bare repository.
    bare: Option<PathBuf>,
    commit: Box<str>,
    items: Vec<InventoryItem>,
    ignored: Arc<Ignored>,
}

impl FileIndex for Around {
    fn inventory(&self) -> Inventory {
        Inventory::new(self.items.clone(), true)
    }

    fn ignores(&self, path: &str) -> bool {
        self.ignored.by_git(&self.folder.join(path))
    }

    fn renames(&self) -> Vec<(String, String)> {
        match &self.bare {
            Some(top) => git::renames_in(Place::Bare(top), &self.folder, &self.commit),
            None => git::renames(&self.root, &self.commit),
        }
    }

    fn remotes(&self) -> Vec<String> {
        match &self.bare {
            Some(top) => git::remotes_in(Place::Bare(top)),
            None => git::remotes(&self.root),
        }
    }

    fn folder_in_repository(&self) -> String {
        if self.bare.is_some() {
            return slashed(&self.folder);
        }
        git::top_of(&self.root).map_or_else(String::new, |top| slashed(&paths::relative(top, &self.root)))
    }
}
