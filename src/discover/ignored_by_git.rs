//! Which files git would ignore, whether or not they exist.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use ignore::gitignore::Gitignore;

use super::ignore_files::{self, ignores};
use crate::git;

/// The `.gitignore` files of a checkout, each read when a path in its folder is first asked for.
#[derive(Debug)]
pub struct IgnoredByGit {
    /// The folder of the repository, absolute; `None` outside of one.
    top: Option<PathBuf>,
    rules: Mutex<HashMap<PathBuf, Option<Arc<Gitignore>>>>,
}

impl IgnoredByGit {
    /// Those of the repository that a folder is in.
    pub fn of(folder: &Path) -> Self {
        Self { top: git::top_of(folder).map(Path::to_owned), rules: Mutex::default() }
    }

    /// Whether git would ignore a file at this absolute path. The nearest rule that matches it counts.
    pub fn has(&self, path: &Path) -> bool {
        let Some(top) = &self.top else { return false };
        let mut folders = path.ancestors().skip(1).take_while(|folder| folder.starts_with(top));
        let nearest = folders.find_map(|folder| ignores(&*self.rules_in(folder, top)?, folder, path));
        nearest.unwrap_or(false)
    }

    fn rules_in(&self, folder: &Path, top: &Path) -> Option<Arc<Gitignore>> {
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        let read = || ignore_files::read(&folder.join(".gitignore"), top).ok().flatten().map(Arc::new);
        rules.entry(folder.to_owned()).or_insert_with(read).clone()
    }
}
