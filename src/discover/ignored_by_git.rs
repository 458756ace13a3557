//! Which files git would ignore, whether or not they exist.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use ignore::gitignore::Gitignore;

use super::ignore_files::{self, ignores};
use crate::vfs::{FileSystem, GitFolder};

const NAME: &str = ".gitignore";

/// The `.gitignore` files of a checkout, each read when a path in its folder is first asked for.
#[derive(Debug)]
pub struct IgnoredByGit {
    /// Where they are read; `None` where all are known.
    files: Option<Arc<dyn FileSystem>>,
    /// The folder of the repository, absolute; `None` outside of one.
    top: Option<PathBuf>,
    /// The folder that paths are relative to.
    folder: PathBuf,
    rules: Mutex<HashMap<PathBuf, Option<Arc<Gitignore>>>>,
}

impl IgnoredByGit {
    /// Those of the repository that a folder, absolute, is in.
    pub fn of(files: Arc<dyn FileSystem>, folder: &Path) -> Self {
        let repository = files.repository(folder);
        let top = repository.as_ref().and_then(GitFolder::top).map(Path::to_owned);
        Self { files: Some(files), top, folder: folder.to_owned(), rules: Mutex::default() }
    }

    /// Those with these texts, by path relative to the repository, for paths in a folder of it.
    pub fn known<'t>(texts: impl IntoIterator<Item = (&'t Path, &'t str)>, folder: &Path) -> Self {
        let rules = texts.into_iter().filter(|(path, _)| path.ends_with(NAME)).map(|(path, text)| {
            let folder = path.parent().unwrap_or(Path::new(""));
            (folder.to_owned(), ignore_files::rules(text).ok().map(Arc::new))
        });
        let rules = Mutex::new(rules.collect());
        Self { files: None, top: Some(PathBuf::new()), folder: folder.to_owned(), rules }
    }

    /// Whether git would ignore a file with this path, relative to the folder. The nearest rule that matches it counts.
    pub fn has(&self, path: &str) -> bool {
        let Some(top) = &self.top else { return false };
        let path = self.folder.join(path);
        let mut folders = path.ancestors().skip(1).take_while(|folder| folder.starts_with(top));
        let nearest = folders.find_map(|folder| ignores(&*self.rules_in(folder, top)?, folder, &path));
        nearest.unwrap_or(false)
    }

    fn rules_in(&self, folder: &Path, top: &Path) -> Option<Arc<Gitignore>> {
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        let read = || {
            let rules = ignore_files::read(&**self.files.as_ref()?, &folder.join(NAME), top);
            rules.ok().flatten().map(Arc::new)
        };
        rules.entry(folder.to_owned()).or_insert_with(read).clone()
    }
}
