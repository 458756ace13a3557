//! Which files there are: the site that a path belongs to, and what lies in it.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use ignore::WalkBuilder;

use crate::config::{CMS_PATHS, FILE_NAMES, markdownlint};

/// A site: the folder that all its paths are relative to, and what says how it is checked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Project {
    /// The folder, absolute.
    pub root: PathBuf,
    /// The config file, relative to `root`, or absolute where it lies elsewhere; `None` where there is none.
    pub config: Option<PathBuf>,
}

impl Project {
    /// The project that a folder belongs to: the nearest config upward, else the nearest CMS config, else the
    /// repository, else the nearest config of markdownlint, else the folder itself. The search ends at the repository's root, so that nothing outside it has
    /// a say.
    pub fn of(folder: &Path) -> Self {
        Self::among(folder, &|path| path.is_file())
    }

    /// The project that a folder belongs to where only these files are there, by absolute path.
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
        let has_cms = |dir: &&Path| paths().any(|path| is_file(&dir.join(path)));
        // Editors read one in the home folder, which is nobody's site.
        let home = std::env::home_dir();
        let below_home = || ancestors().take_while(|dir| home.as_deref() != Some(*dir));
        let root = ancestors()
            .find(has_cms)
            .or_else(|| ancestors().find(|dir| dir.join(".git").exists()))
            .or_else(|| below_home().find(|dir| markdownlint::is_in(dir, is_file)));
        Self { root: root.unwrap_or(folder).to_owned(), config: None }
    }

    /// The project whose config lies in this very folder.
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

/// What lies in a project.
#[derive(Debug, Default)]
pub struct Listing {
    /// Its files, relative to its root, sorted. Files of nested projects are not among them.
    pub files: Vec<Arc<Path>>,
    /// Its symbolic links, which are not followed, relative to its root, sorted.
    pub links: Vec<PathBuf>,
    /// The projects in it that have a config of their own.
    pub nested: Vec<Project>,
    /// Folders that could not be read, with the reason.
    pub unreadable: Vec<(PathBuf, String)>,
}

/// Lists a project, respecting `.gitignore`, `.ignore` and `.copydeskignore`, and without a config of ours
/// `.markdownlintignore`, without following links. Hidden files, unless a config of markdownlint-cli2 holds, and
/// `node_modules` are left out.
pub fn list(project: &Project) -> Listing {
    let nested = Arc::new(Mutex::new(HashMap::new()));
    let seen = Arc::clone(&nested);
    let root = project.root.clone();
    let mut walk = WalkBuilder::new(&project.root);
    if project.config.is_none() {
        walk.add_custom_ignore_filename(".markdownlintignore");
        walk.hidden(!markdownlint::picks_hidden_files(&project.root, &|path| path.is_file()));
    }
    let walk = walk
        .require_git(false)
        .add_custom_ignore_filename(".copydeskignore")
        .filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            if !is_folder || entry.path() == root {
                return true;
            }
            if entry.file_name() == "node_modules" || entry.file_name() == ".git" {
                return false;
            }
            let Some(project) = Project::at(entry.path(), &|path| path.is_file()) else { return true };
            seen.lock().unwrap_or_else(PoisonError::into_inner).insert(project.root.clone(), project);
            false
        })
        .build();
    let mut listing = Listing::default();
    for entry in walk {
        match entry {
            Ok(entry) => {
                let relative = entry.path().strip_prefix(&project.root).unwrap_or(entry.path());
                match entry.file_type() {
                    Some(kind) if kind.is_file() => listing.files.push(Arc::from(relative)),
                    Some(kind) if kind.is_symlink() => listing.links.push(relative.to_owned()),
                    _ => {}
                }
            }
            Err(error) => listing.unreadable.push(describe(&error, &project.root)),
        }
    }
    let nested = std::mem::take(&mut *nested.lock().unwrap_or_else(PoisonError::into_inner));
    listing.nested = nested.into_values().collect();
    listing.nested.sort();
    listing.files.sort();
    listing.links.sort();
    listing
}

/// All files in a folder and the symbolic links, which come with `true`: hidden files and nested projects included,
/// ignored files, `.git` and `node_modules` left out. Relative to the folder.
pub fn everything(root: &Path) -> Vec<(PathBuf, bool)> {
    let walk = WalkBuilder::new(root)
        .require_git(false)
        .hidden(false)
        .filter_entry(|entry| entry.file_name() != ".git" && entry.file_name() != "node_modules")
        .build();
    let relative = |entry: ignore::DirEntry| {
        let kind = entry.file_type().filter(|kind| kind.is_file() || kind.is_symlink())?;
        Some((entry.path().strip_prefix(root).ok()?.to_owned(), kind.is_symlink()))
    };
    walk.filter_map(Result::ok).filter_map(relative).collect()
}

/// Files and symbolic links, by absolute path.
#[derive(Debug, Default)]
pub struct Found {
    /// The files.
    pub files: Vec<PathBuf>,
    /// The links.
    pub links: Vec<PathBuf>,
}

/// All files in a folder and below but for what `skips` says of a file or folder, whatever ignore files say; links are
/// not followed.
pub fn all_but(root: &Path, skips: &(dyn Fn(&Path) -> bool + Sync)) -> Found {
    let mut found = Found::default();
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

/// A path made absolute and free of `.` and `..`, without asking the disk.
pub fn absolute(path: &Path, current: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in current.join(path).components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => {
                clean.pop();
            }
            part => clean.push(part),
        }
    }
    clean
}

/// The way from one folder to another path, both absolute; empty where they are the same.
pub fn relative(from: &Path, to: &Path) -> PathBuf {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(shared).map(|_| "..");
    up.map(PathBuf::from).chain([to.components().skip(shared).collect()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_cleaned_as_text() {
        let clean = |path: &str| absolute(Path::new(path), Path::new("/a/b"));
        assert_eq!(clean("./c/../d.md"), Path::new("/a/b/d.md"));
        assert_eq!(clean("../../../x"), Path::new("/x"));
    }

    #[test]
    fn the_way_to_a_sibling_goes_up() {
        assert_eq!(relative(Path::new("/a/b"), Path::new("/a/c/d")), Path::new("../c/d"));
        assert_eq!(relative(Path::new("/a/b"), Path::new("/a/b")), Path::new(""));
        assert_eq!(relative(Path::new("/a"), Path::new("/a/b")), Path::new("b"));
    }
}
