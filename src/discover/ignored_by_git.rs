//! Which files are not git's to tell of, whether or not they exist: those that it would ignore, and those of submodules.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use ignore::gitignore::Gitignore;

use super::ignore_files::{self, PathCase, ignores};
use crate::vfs::{FileSystem, GitFolder, read_text};

const NAME: &str = ".gitignore";

/// The file that lists the submodules of a repository.
const SUBMODULES: &str = ".gitmodules";

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
    /// The folders of other repositories in this one, absolute, once they are known.
    submodules: OnceLock<Box<[PathBuf]>>,
}

impl IgnoredByGit {
    /// Those of the repository that a folder, absolute, is in.
    pub fn of(files: Arc<dyn FileSystem>, folder: &Path) -> Self {
        let repository = files.repository(folder);
        let top = repository.as_ref().and_then(GitFolder::top).map(Path::to_owned);
        let folder = folder.to_owned();
        Self { files: Some(files), top, folder, rules: Mutex::default(), submodules: OnceLock::new() }
    }

    /// Those with these texts, and the submodules in the text of `.gitmodules`, by path relative to the repository, for paths
    /// in a folder of it.
    pub fn known<'t>(texts: impl IntoIterator<Item = (&'t Path, &'t str)>, folder: &Path) -> Self {
        let mut rules = HashMap::new();
        let mut submodules = Box::default();
        for (path, text) in texts {
            let above = path.parent().unwrap_or(Path::new(""));
            if path.ends_with(NAME) {
                rules.insert(above.to_owned(), ignore_files::rules(text, PathCase::Any).ok().map(Arc::new));
            } else if path == Path::new(SUBMODULES) {
                submodules = listed(text, above);
            }
        }
        Self {
            files: None,
            top: Some(PathBuf::new()),
            folder: folder.to_owned(),
            rules: Mutex::new(rules),
            submodules: submodules.into(),
        }
    }

    /// Whether git would ignore a file with this path, relative to the folder, or leave it to a submodule. The nearest rule
    /// that matches it counts. The case of paths does not: those on a site have lost that of their files.
    pub fn has(&self, path: &str) -> bool {
        let Some(top) = &self.top else { return false };
        let path = self.folder.join(path);
        if self.submodules(top).iter().any(|submodule| path.starts_with(submodule)) {
            return true;
        }
        let mut folders = path.ancestors().skip(1).take_while(|folder| folder.starts_with(top));
        let nearest = folders.find_map(|folder| ignores(&*self.rules_in(folder, top)?, folder, &path));
        nearest.unwrap_or(false)
    }

    fn submodules(&self, top: &Path) -> &[PathBuf] {
        self.submodules.get_or_init(|| {
            let text = self.files.as_ref().and_then(|files| read_text(&**files, &top.join(SUBMODULES)).ok());
            text.map_or_else(Box::default, |text| listed(&text, top))
        })
    }

    fn rules_in(&self, folder: &Path, top: &Path) -> Option<Arc<Gitignore>> {
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        let read = || {
            let rules = ignore_files::read(&**self.files.as_ref()?, &folder.join(NAME), top, PathCase::Any);
            rules.ok().flatten().map(Arc::new)
        };
        rules.entry(folder.to_owned()).or_insert_with(read).clone()
    }
}

/// The most submodules that are looked at.
const MAX_SUBMODULES: usize = 256;

/// The folders in the text of `.gitmodules`.
fn listed(text: &str, top: &Path) -> Box<[PathBuf]> {
    let paths = text.lines().filter_map(|line| {
        let value = line.trim().strip_prefix("path")?.trim_start().strip_prefix('=')?;
        let path = value.trim().trim_matches('"').trim_end_matches('/');
        (!path.is_empty()).then(|| top.join(path))
    });
    paths.take(MAX_SUBMODULES).collect()
}
