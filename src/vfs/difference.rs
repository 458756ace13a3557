//! What a change turns into what: the files before and after it.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{Disk, FileSystem, GitTree, git_tree::FromDisk};
use crate::git::{self, RevisionDiff, Sides};

/// The files before and after a change.
#[derive(Debug)]
pub struct Difference {
    /// Before: in the last commit that the present one and the revision have in common.
    pub before: Arc<GitTree>,
    /// After.
    pub after: Arc<dyn FileSystem>,
    /// The commit that the revision names: a change does not choose what it is, as it does with the commit that both
    /// have in common.
    pub revision: Arc<GitTree>,
    /// Files that are not in both as they are in the other, absolute.
    differ: HashSet<PathBuf>,
    /// What a file was called before, by what it is called after, absolute.
    old_names: HashMap<PathBuf, PathBuf>,
}

/// Which state the change led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// The files on disk, those that git does not know among them.
    Disk,
    /// The index.
    Index,
}

/// The files of the index of the repository that a folder is in.
///
/// # Errors
///
/// When there is none, or git cannot list them.
pub fn staged(folder: &Path) -> Result<GitTree, git::RevisionError> {
    let top = git::repository(folder)?;
    let unstaged = RevisionDiff::of(top, Sides::IndexAndDisk)?;
    GitTree::of_index(top, FromDisk::AllBut(unstaged.differ))
}

impl Difference {
    /// What the repository that a folder is in has over a revision: the change since the last commit that both have
    /// in common.
    ///
    /// # Errors
    ///
    /// When there is no repository, the revision is none, or git fails.
    pub fn since(folder: &Path, revision: &str, after: After) -> Result<Self, git::RevisionError> {
        let top = git::repository(folder)?;
        let named = git::commit(top, revision)?;
        let base = git::merge_base(top, revision, &named)?;
        let absolute = |paths: &HashSet<PathBuf>| paths.iter().map(|path| top.join(path)).collect();
        let (compared, differ_on_disk, after): (_, _, Arc<dyn FileSystem>) = match after {
            After::Disk => {
                let compared = RevisionDiff::of(top, Sides::CommitAndDisk(&base))?;
                let differ = compared.differ.clone();
                (compared, differ, Arc::new(Disk))
            }
            After::Index => {
                let compared = RevisionDiff::of(top, Sides::CommitAndIndex(&base))?;
                let unstaged = RevisionDiff::of(top, Sides::IndexAndDisk)?.differ;
                let differ = compared.differ.union(&unstaged).cloned().collect();
                (compared, differ, Arc::new(GitTree::of_index(top, FromDisk::AllBut(unstaged))?))
            }
        };
        let before = Arc::new(GitTree::of_commit(top, &base, FromDisk::AllBut(differ_on_disk))?);
        let revision = Arc::new(GitTree::of_commit(top, &named, FromDisk::Nothing)?);
        let old_names = compared.renamed.iter().map(|(old, new)| (top.join(new), top.join(old)));
        Ok(Self {
            before,
            after,
            revision,
            differ: absolute(&compared.differ),
            old_names: old_names.collect(),
        })
    }

    /// What a file was called before, by what it is called after; both absolute.
    pub fn old_name<'a>(&'a self, path: &'a Path) -> &'a Path {
        self.old_names.get(path).map_or(path, PathBuf::as_path)
    }

    /// The files that were renamed, absolute: the new path and the old one.
    pub fn renamed(&self) -> impl Iterator<Item = (&Path, &Path)> {
        self.old_names.iter().map(|(new, old)| (new.as_path(), old.as_path()))
    }

    /// The files that git knows and that the change touches, absolute.
    pub fn touched(&self) -> impl Iterator<Item = &Path> {
        self.differ.iter().map(PathBuf::as_path)
    }

    /// Whether a file, by its absolute path after the change, is part of it.
    pub fn touches(&self, path: &Path) -> bool {
        self.differ.contains(path) || !self.before.has(path)
    }
}
