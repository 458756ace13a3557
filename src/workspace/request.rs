//! What is asked for, sorted into the projects that it belongs to.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{ConfigChoice, Error, Options};
use crate::{discover::Project, paths, vfs::EntryKind};

/// What is asked for in one project.
#[derive(Debug, Default)]
pub(super) struct Request {
    /// Folders, relative to the root.
    pub(super) folders: BTreeSet<PathBuf>,
    /// Files, relative to the root.
    pub(super) files: BTreeSet<Arc<Path>>,
}

impl Request {
    /// Whether findings in a file are wanted, by path relative to the root.
    pub(super) fn covers(&self, path: &Path) -> bool {
        self.files.contains(path) || self.folders.iter().any(|folder| path.starts_with(folder))
    }
}

/// Sorts what is named into projects.
pub(super) fn requests(options: &Options<'_>, errors: &mut Vec<Error>) -> BTreeMap<Project, Request> {
    let mut requests: BTreeMap<Project, Request> = BTreeMap::new();
    let absolute = |path: &Path| paths::absolute(path, &options.current);
    let mut known = HashMap::new();
    let discovered = |folder: &Path| options.project_of(folder);
    let mut project_of = |folder: PathBuf| {
        known
            .entry(folder)
            .or_insert_with_key(|folder| match &options.config {
                ConfigChoice::Discover => discovered(folder),
                ConfigChoice::File(file) => {
                    Project::with_config(&absolute(file), folder, || discovered(folder))
                }
                ConfigChoice::Nothing => Project { config: None, ..discovered(folder) },
            })
            .clone()
    };
    let here = [PathBuf::new()];
    let whole = if options.paths.is_empty() && options.given.is_none() { &here[..] } else { &options.paths };
    // A text that is given has a path like any file's, which need not exist.
    let mut files: Vec<PathBuf> = options.given.iter().map(|(path, _)| absolute(path)).collect();
    for path in whole {
        let full = absolute(path);
        match options.files.kind(&full) {
            Ok(EntryKind::Folder) => {
                let project = project_of(full.clone());
                let folder = paths::relative(&project.root, &full);
                requests.entry(project).or_default().folders.insert(folder);
            }
            Ok(EntryKind::File) => files.push(full),
            Ok(EntryKind::Link | EntryKind::Other) => errors.push(Error::NoFile(path.clone())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                errors.push(Error::NotFound(path.clone()));
            }
            Err(error) => errors.push(Error::unreadable(path, &error)),
        }
    }
    for full in files {
        let project = project_of(full.parent().unwrap_or(&full).to_owned());
        let file = paths::relative(&project.root, &full);
        requests.entry(project).or_default().files.insert(file.into());
    }
    requests
}
