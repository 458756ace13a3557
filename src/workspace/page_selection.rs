//! Which of a project's files are its pages in a run.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{Options, load::LoadedProject, request::Request};
use crate::{
    config::Config,
    discover::{Listing, Project},
    paths::is_hidden,
};

impl LoadedProject {
    /// The pages, after the configs in their folders were read, which may leave some out.
    pub(super) fn settled_pages(&mut self, options: &Options<'_>) -> Vec<Arc<Path>> {
        let named = named(&self.project, &self.request, options);
        let all = pages(&self.config, &self.request, &self.listing, &named);
        self.mistakes.extend(self.config.read_folders(&self.config_files, &all));
        pages(&self.config, &self.request, &self.listing, &named)
    }
}

/// The files that were named, but for those that ignore files leave out.
fn named(project: &Project, request: &Request, options: &Options<'_>) -> BTreeSet<Arc<Path>> {
    let full: Vec<PathBuf> = request.files.iter().map(|path| project.root.join(path)).collect();
    let ignored = options.ignored(project, &full);
    request
        .files
        .iter()
        .zip(&full)
        .filter(|(_, full)| !ignored.contains(*full))
        .map(|(it, _)| it.clone())
        .collect()
}

/// The pages of a project, sorted: what its globs pick, what its pages refer to, and the files that were named and are
/// not excluded.
fn pages(
    config: &Config,
    request: &Request,
    listing: &Listing,
    named: &BTreeSet<Arc<Path>>,
) -> Vec<Arc<Path>> {
    let hidden = listing.hidden.iter().filter(|path| config.names_hidden(path) || request.names_hidden(path));
    let listed = listing.files.iter().chain(hidden);
    let picked = listed.filter(|path| config.is_page(path) || config.is_record(path));
    let named = named.iter().filter(|path| !config.leaves_out(path));
    let all: BTreeSet<&Arc<Path>> = picked.chain(named).collect();
    all.into_iter().cloned().collect()
}

impl Request {
    /// Whether a hidden folder was named that a file is in.
    pub(super) fn names_hidden(&self, path: &Path) -> bool {
        self.folders.iter().any(|folder| is_hidden(folder) && path.starts_with(folder))
    }
}
