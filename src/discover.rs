//! Which files there are: the site that a path belongs to, and what is in it.

mod ignore_files;
mod ignored_by_git;

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use ignore::{DirEntry, WalkBuilder};

pub use ignore_files::{IGNORE_FILES, MAX_IGNORE_FILE, ignores, rules};
pub use ignored_by_git::IgnoredByGit;

use crate::config::{CMS_PATHS, FILE_NAMES, markdownlint};
use ignore_files::{Decision, FileKind, IgnoreFiles};

/// A site: the folder that all its paths are relative to, and what says how it is checked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Project {
    /// The folder, absolute.
    pub root: PathBuf,
    /// The config file, relative to `root`, or absolute where it is elsewhere; `None` where there is none.
    pub config: Option<PathBuf>,
}

impl Project {
    /// The project that a folder belongs to: the nearest config upward, else the nearest CMS config, else the
    /// repository, else the nearest config of markdownlint, else the folder itself. The search ends at the
    /// repository's root, so that nothing outside it has a say.
    pub fn of(folder: &Path) -> Self {
        Self::among(folder, &is_there)
    }

    /// The project that a folder belongs to where only these files are there, by absolute path. A config that cannot
    /// be read, such as a link to nothing, is one as well: that it cannot be is said when it is read.
    pub fn among(folder: &Path, is_file: &dyn Fn(&Path) -> bool) -> Self {
        let ancestors = || {
            let mut inside = true;
            folder
                .ancestors()
                .take_while(move |dir| std::mem::replace(&mut inside, !dir.join(".git").exists()))
        };
        if let Some(project) = ancestors().find_map(|folder| Self::at(folder, is_file)) {
            return project;
        }
        // One below `site/` says nothing about the folders beside that; the root of its repository is found by itself.
        let paths = || CMS_PATHS.iter().filter(|path| !path.starts_with("site/"));
        let cms_in = |dir: &Path| paths().map(|path| dir.join(path)).find(|file| is_file(file));
        // `static/admin/config.yml` is `admin/config.yml` of `static`, which is not the root for that.
        let cms_root = || {
            let cms = ancestors().find_map(cms_in)?;
            ancestors().filter(|dir| paths().any(|path| dir.join(path) == cms)).last()
        };
        // Editors read one in the home folder, which is not a site.
        let home = std::env::home_dir();
        let below_home = || ancestors().take_while(|dir| home.as_deref() != Some(*dir));
        let root = cms_root()
            .or_else(|| ancestors().find(|dir| dir.join(".git").exists()))
            .or_else(|| below_home().find(|dir| markdownlint::is_in(dir, is_file)));
        Self { root: root.unwrap_or(folder).to_owned(), config: None }
    }

    /// The project whose config is in this very folder.
    pub fn at(folder: &Path, is_file: &dyn Fn(&Path) -> bool) -> Option<Self> {
        let name = FILE_NAMES.iter().find(|name| is_file(&folder.join(name)))?;
        Some(Self { root: folder.to_owned(), config: Some(PathBuf::from(name)) })
    }

    /// The project of a folder that is to be checked with this config file, both absolute. Its root is where the
    /// config lies; where the folder is not below that, the root that it would have without the config, `usual`.
    pub fn with_config(file: &Path, folder: &Path, usual: impl FnOnce() -> Self) -> Self {
        let place = file.parent().unwrap_or(Path::new("/"));
        let place = if place.ends_with(".config") { place.parent().unwrap_or(place) } else { place };
        if !folder.starts_with(place) {
            return Self { config: Some(file.to_owned()), ..usual() };
        }
        Self { root: place.to_owned(), config: file.strip_prefix(place).ok().map(Path::to_owned) }
    }
}

/// What is in a project.
#[derive(Debug, Default)]
pub struct Listing {
    /// Its files, relative to its root, sorted. Files of nested projects are not among them.
    pub files: Vec<Arc<Path>>,
    /// Files in it whose path has a part that begins with a dot, and that no ignore file takes back; as `files` are.
    /// They are pages only if a glob or a path on the command line names them.
    pub hidden: Vec<Arc<Path>>,
    /// Its symbolic links, which are not followed, relative to its root, sorted.
    pub links: Vec<PathBuf>,
    /// The projects in it that have a config of their own.
    pub nested: Vec<Project>,
    /// Folders that could not be read, with the reason.
    pub unreadable: Vec<(PathBuf, String)>,
    /// Ignore files that cannot be used, absolute, with the reason.
    pub unusable: Vec<(PathBuf, String)>,
}

impl Listing {
    /// Adds a project in `outer`, the one that is listed, and takes out what is in it.
    pub fn add_nested(&mut self, outer: &Project, nested: Option<Project>) {
        let Some(nested) =
            nested.filter(|it| !self.nested.iter().any(|other| it.root.starts_with(&other.root)))
        else {
            return;
        };
        let is_outside = |path: &Path| !outer.root.join(path).starts_with(&nested.root);
        self.files.retain(|path| is_outside(path));
        self.hidden.retain(|path| is_outside(path));
        self.links.retain(|path| is_outside(path));
        self.nested.retain(|other| !other.root.starts_with(&nested.root));
        self.nested.push(nested);
        self.nested.sort();
    }

    /// Adds an entry of the walk below `root`, or why it cannot be read.
    fn add(
        &mut self,
        entry: Result<DirEntry, ignore::Error>,
        root: &Path,
        is_in_hidden: impl Fn(&Path) -> bool,
    ) {
        match entry {
            Ok(entry) => {
                let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
                let is_hidden = is_in_hidden(entry.path());
                match entry.file_type() {
                    Some(kind) if kind.is_file() && is_hidden => self.hidden.push(Arc::from(relative)),
                    Some(kind) if kind.is_file() => self.files.push(Arc::from(relative)),
                    Some(kind) if kind.is_symlink() && !is_hidden => self.links.push(relative.to_owned()),
                    _ => {}
                }
            }
            Err(error) => {
                let (path, reason) = describe(&error, root);
                // Hidden files are not listed unless they are named.
                self.unreadable.extend((!is_in_hidden(&path)).then_some((path, reason)));
            }
        }
    }
}

/// Lists a project, respecting `.gitignore`, `.ignore` and `.copydeskignore`, and without a config of ours
/// `.markdownlintignore`, without following links. Hidden files are listed by themselves, unless a config of
/// markdownlint-cli2 holds or an ignore file takes them back; `.git` and `node_modules` are left out.
pub fn list(project: &Project) -> Listing {
    let nested = Arc::new(Mutex::new(HashMap::new()));
    let seen = Arc::clone(&nested);
    let root = project.root.clone();
    let is_foreign = project.config.is_none();
    let first = usize::from(!is_foreign);
    let with_hidden = is_foreign && markdownlint::picks_hidden_files(&project.root, &is_there);
    let hidden = if with_hidden { Hidden::Listed } else { Hidden::Apart };
    let filter = Arc::new(Mutex::new(Filter::new(&project.root, first..IGNORE_FILES.len(), hidden)));
    let entries = Arc::clone(&filter);
    let walk = plain_walk(&project.root)
        .filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            if entry.path() == root {
                return true;
            }
            if is_folder && (entry.file_name() == "node_modules" || entry.file_name() == ".git") {
                return false;
            }
            let mut entries = lock(&entries);
            if !entries.passes(entry) {
                return false;
            }
            if !is_folder {
                return true;
            }
            let nested = Project::at(entry.path(), &is_there).filter(|_| !entries.is_in_hidden(entry.path()));
            if let Some(project) = nested {
                seen.lock().unwrap_or_else(PoisonError::into_inner).insert(project.root.clone(), project);
                return false;
            }
            entries.files.enter(entry.path());
            true
        })
        .build();
    let mut listing = Listing::default();
    let is_in_hidden = |path: &Path| lock(&filter).is_in_hidden(path);
    for entry in walk {
        listing.add(entry, &project.root, is_in_hidden);
    }
    let nested = std::mem::take(&mut *nested.lock().unwrap_or_else(PoisonError::into_inner));
    listing.nested = nested.into_values().collect();
    listing.nested.sort();
    listing.files.sort();
    listing.hidden.sort();
    listing.unusable.append(&mut lock(&filter).files.unusable);
    listing.links.sort();
    listing
}

/// A walk that reads no ignore file of a folder: those are ours to read. What git's own settings exclude is left out.
fn plain_walk(root: &Path) -> WalkBuilder {
    let mut walk = WalkBuilder::new(root);
    walk.require_git(false).hidden(false).ignore(false).git_ignore(false);
    walk
}

/// Whether a file, by path relative to its site, is in a folder that no ignore file needs to name.
pub fn is_passed_over(path: &Path) -> bool {
    path.components().any(|part| matches!(part.as_os_str().to_str(), Some("node_modules" | ".git")))
}

/// Whether there is anything at a path, a link to nothing included.
fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Which of some files, absolute, the ignore files of a project leave out, or of folders on the way to them.
pub fn ignored(project: &Project, files: &[PathBuf]) -> HashSet<PathBuf> {
    let first = usize::from(project.config.is_some());
    let mut rules = IgnoreFiles::above(&project.root, first..IGNORE_FILES.len());
    let mut entered: Vec<&Path> = Vec::new();
    let mut ignored = HashSet::new();
    let mut files: Vec<&PathBuf> = files.iter().filter(|file| file.starts_with(&project.root)).collect();
    files.sort();
    for file in files {
        entered.retain(|folder| file.starts_with(folder));
        let mut below: Vec<&Path> = file.ancestors().take_while(|path| *path != project.root).collect();
        below.reverse();
        for path in below {
            let kind = if path == file { FileKind::Other } else { FileKind::Folder };
            if entered.contains(&path) {
                continue;
            }
            if rules.decide(path, kind) == Decision::Ignored {
                ignored.insert(file.clone());
                break;
            }
            if kind == FileKind::Folder {
                rules.enter(path);
                entered.push(path);
            }
        }
    }
    ignored
}

fn lock(filter: &Mutex<Filter>) -> MutexGuard<'_, Filter> {
    filter.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What becomes of hidden files that no ignore file takes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hidden {
    /// They are files like others.
    Listed,
    /// They are told apart.
    Apart,
}

/// What a walk leaves out.
struct Filter {
    files: IgnoreFiles,
    hidden: Hidden,
    /// The hidden file or folder that was met last.
    met: Option<PathBuf>,
}

impl Filter {
    fn new(root: &Path, names: std::ops::Range<usize>, hidden: Hidden) -> Self {
        Self { files: IgnoreFiles::above(root, names), hidden, met: None }
    }

    fn passes(&mut self, entry: &DirEntry) -> bool {
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let kind = if is_folder { FileKind::Folder } else { FileKind::Other };
        let decision = self.files.decide(entry.path(), kind);
        let is_apart = decision == Decision::Unsaid && self.hidden == Hidden::Apart;
        let has_dot = entry.file_name().as_encoded_bytes().starts_with(b".");
        if is_apart && has_dot && !self.is_in_hidden(entry.path()) {
            self.met = Some(entry.path().to_owned());
        }
        decision != Decision::Ignored
    }

    /// Whether the walk is at a file or folder that is hidden, or in one that is.
    fn is_in_hidden(&self, path: &Path) -> bool {
        self.met.as_ref().is_some_and(|met| path.starts_with(met))
    }
}

/// All files in a folder and the symbolic links, which come with `true`: hidden files and nested projects included,
/// ignored files, `.git` and `node_modules` left out. Relative to the folder.
pub fn everything(root: &Path) -> Vec<(PathBuf, bool)> {
    let ours = IGNORE_FILES.iter().position(|name| *name == ".ignore").unwrap_or_default();
    let filter = Mutex::new(Filter::new(root, ours..IGNORE_FILES.len(), Hidden::Listed));
    let top = root.to_owned();
    let walk = plain_walk(root)
        .filter_entry(move |entry| {
            if entry.path() == top {
                return true;
            }
            let mut filter = lock(&filter);
            let is_ours = entry.file_name() != ".git" && entry.file_name() != "node_modules";
            if !is_ours || !filter.passes(entry) {
                return false;
            }
            if entry.file_type().is_some_and(|kind| kind.is_dir()) {
                filter.files.enter(entry.path());
            }
            true
        })
        .build();
    let relative = |entry: ignore::DirEntry| {
        let kind = entry.file_type().filter(|kind| kind.is_file() || kind.is_symlink())?;
        Some((entry.path().strip_prefix(root).ok()?.to_owned(), kind.is_symlink()))
    };
    walk.filter_map(Result::ok).filter_map(relative).collect()
}

/// Files and symbolic links, by absolute path.
#[derive(Debug, Default)]
pub struct FoundFiles {
    /// The files.
    pub files: Vec<PathBuf>,
    /// The links.
    pub links: Vec<PathBuf>,
}

/// All files in a folder and below but for what `skips` says of a file or folder, whatever ignore files say; links are
/// not followed.
pub fn all_but(root: &Path, skips: &(dyn Fn(&Path) -> bool + Sync)) -> FoundFiles {
    let mut found = FoundFiles::default();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok) {
            let path = entry.path();
            match entry.file_type() {
                _ if skips(&path) => {}
                Ok(kind) if kind.is_dir() => folders.push(path),
                Ok(kind) if kind.is_file() => found.files.push(path),
                Ok(kind) if kind.is_symlink() => found.links.push(path),
                _ => {}
            }
        }
    }
    found
}

/// The path that an error of the walk is about, and why, without the path.
fn describe(error: &ignore::Error, root: &Path) -> (PathBuf, String) {
    match error {
        ignore::Error::WithPath { path, err } => (path.clone(), describe(err, root).1),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            describe(err, root)
        }
        other => {
            let reason = other.io_error().map(|error| {
                // The walk's own error has the path again and the system's error in it.
                let inner = error.get_ref().and_then(|walk| walk.source());
                inner.map_or_else(|| error.to_string(), ToString::to_string)
            });
            (root.to_owned(), reason.unwrap_or_else(|| other.to_string()))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Project;

    #[test]
    fn a_site_begins_where_the_whole_path_of_its_cms_config_begins() {
        let root = |folder: &str, config: &str| {
            let config = Path::new("/nowhere/site").join(config);
            Project::among(Path::new(folder), &|file| file == config).root
        };
        for folder in
            ["/nowhere/site", "/nowhere/site/static", "/nowhere/site/static/admin", "/nowhere/site/blog"]
        {
            let found = root(folder, "static/admin/config.yml");
            assert_eq!(found, Path::new("/nowhere/site"), "{folder}");
        }
        assert_eq!(root("/nowhere/site/blog", "admin/config.yml"), Path::new("/nowhere/site"));
        assert_eq!(root("/nowhere/site/static", "docs/admin/config.yml"), Path::new("/nowhere/site/static"));
    }
}
