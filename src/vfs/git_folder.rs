//! What git knows of a folder besides the files in it.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use jiff::{Timestamp, civil};

use super::{Content, Disk, FileSystem as _, MAX_LEN, slashed};
use crate::{
    git::{self, Place},
    history, paths,
};

/// One thing that is in a site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct InventoryItem {
    /// Path relative to the root, with `/` between its parts.
    pub path: String,
    /// What it is.
    pub kind: ItemKind,
}

/// What is at a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// A file.
    File,
    /// A symbolic link with its text; `None` where the checkout lacks it.
    Link(Option<String>),
    /// Another repository, whose files are not known.
    Repository,
}

/// A folder as git knows it, up to a commit. Git is asked when a method is called, and each time.
#[derive(Debug, Clone)]
pub struct GitFolder {
    /// The folder, absolute.
    folder: PathBuf,
    top: Option<PathBuf>,
    kind: GitFolderKind,
    commit: Box<str>,
    asked: Arc<Asked>,
}

/// What git was asked about a folder.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// The remotes.
    pub(super) remotes: AtomicBool,
    /// Something that follows from the history.
    pub(super) history: AtomicBool,
}

/// What the repository of a folder has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GitFolderKind {
    /// A working tree, which the folder is in.
    WithFiles,
    /// None.
    Bare,
}

impl GitFolder {
    /// What git on disk says of a folder, up to the last commit. There may be no repository.
    pub(super) fn on_disk(folder: &Path) -> Self {
        let top = git::top_of(folder).map(Path::to_owned);
        let kind = GitFolderKind::WithFiles;
        Self { folder: folder.to_owned(), top, kind, commit: "HEAD".into(), asked: Arc::default() }
    }

    /// What the repository at `top` says of a folder in it, up to a commit.
    pub(super) fn at(top: &Path, kind: GitFolderKind, folder: &Path, commit: &str) -> Self {
        let (folder, top) = (folder.to_owned(), Some(top.to_owned()));
        Self { folder, top, kind, commit: commit.into(), asked: Arc::default() }
    }

    /// The same folder, which notes what git is asked about it.
    pub(super) fn noting(self, asked: &Arc<Asked>) -> Self {
        Self { asked: Arc::clone(asked), ..self }
    }

    /// What all answers about the history follow from: the commit, and where the history of a shallow clone ends.
    pub(super) fn history(&self) -> Option<String> {
        let (commit, shallow) = match self.bare() {
            Some((place, _)) => git::history_in(place, &self.commit),
            None => git::history(&self.folder, &self.commit),
        }?;
        let ends = Disk.read(&shallow, MAX_LEN).ok();
        let ends = ends.as_ref().and_then(Content::text).unwrap_or_default();
        Some(format!("{commit} {ends}"))
    }

    /// The folder of the repository, absolute.
    pub fn top(&self) -> Option<&Path> {
        self.top.as_deref()
    }

    /// Whether the repository has no working tree.
    pub fn is_bare(&self) -> bool {
        self.kind == GitFolderKind::Bare
    }

    /// What git is asked about in a bare repository, and the folder in it.
    fn bare(&self) -> Option<(Place<'_>, &Path)> {
        let top = self.top().filter(|_| self.is_bare())?;
        Some((Place::Bare(top), self.folder.strip_prefix(top).unwrap_or(&self.folder)))
    }

    /// Files that were renamed, the latest first: the old path and the new one, relative to the folder.
    pub fn renames(&self) -> Vec<(String, String)> {
        self.asked.history.store(true, Ordering::Relaxed);
        match self.bare() {
            Some((place, folder)) => git::renames_in(place, folder, &self.commit),
            None => git::renames(&self.folder, &self.commit),
        }
    }

    /// The URLs of the remotes.
    pub fn remotes(&self) -> Vec<String> {
        self.asked.remotes.store(true, Ordering::Relaxed);
        match self.bare() {
            Some((place, _)) => git::remotes_in(place),
            None => git::remotes(&self.folder),
        }
    }

    /// The folder in the repository, without a slash at either end; empty where it is the whole.
    pub fn folder_in_repository(&self) -> String {
        match self.bare() {
            Some((_, folder)) => slashed(folder),
            None => git::top_of(&self.folder)
                .map_or_else(String::new, |top| slashed(&paths::relative(top, &self.folder))),
        }
    }

    /// The days on which the files in the folder and below were added, by path relative to it.
    pub fn additions(&self) -> HashMap<PathBuf, civil::Date> {
        self.asked.history.store(true, Ordering::Relaxed);
        match self.bare() {
            Some((place, folder)) => history::additions_in(place, folder, &self.commit),
            None => history::additions(&self.folder),
        }
    }

    /// When the last commit changed each of the files in the folder and below, by path relative to it.
    pub fn last_commits(&self) -> HashMap<PathBuf, Timestamp> {
        self.asked.history.store(true, Ordering::Relaxed);
        match self.bare() {
            Some((place, folder)) => history::last_commits(place, folder, &self.commit),
            None => history::last_commits((&*self.folder).into(), Path::new(""), &self.commit),
        }
    }
}
