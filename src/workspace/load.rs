//! The projects that the options name, with their configs, before any page is read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::GlobSet;

use super::{
    ConfigChoice, Error, Options,
    request::{Request, requests},
};
use crate::{
    config::{Config, Layer},
    diagnostic::Diagnostic,
    discover::{Listing, Project, SiteFiles},
    paths, spelling,
    vfs::Disk,
};

/// A project before its pages are read.
pub(super) struct LoadedProject {
    pub(super) project: Project,
    pub(super) request: Request,
    pub(super) listing: Listing,
    /// The pages.
    pub(super) files: Arc<SiteFiles>,
    /// The files that the config refers to.
    pub(super) config_files: SiteFiles,
    pub(super) config: Config,
    /// Errors in the config.
    pub(super) mistakes: Vec<Diagnostic>,
}

/// Visits the projects that the options name and those nested in them. `visit` returns the paths that a project
/// excludes.
pub(super) fn each_project(
    options: &Options<'_>,
    errors: &mut Vec<Error>,
    mut visit: impl FnMut(LoadedProject) -> GlobSet,
) {
    let mut waiting = requests(options, errors);
    // A project is visited before those nested in it, which it adds to the requests.
    while let Some((project, request)) = waiting.pop_first() {
        let config_files = options.config_files_of(&project);
        let list = || {
            let listing = options.list_for(&project);
            // Meanwhile, schemas may still be compiled on the other thread. With a cache, no page may need to be read.
            if options.cache.is_none() {
                spelling::prepare();
            }
            listing
        };
        let (listing, (config, mistakes)) =
            rayon::join(list, || config_for(&project, &config_files, options));
        let files = Arc::new(SiteFiles::new(Arc::clone(&options.files), &project));
        let nested: Vec<(Project, PathBuf)> = listing
            .nested
            .iter()
            .map(|nested| (nested.clone(), paths::relative(&project.root, &nested.root)))
            .filter(|(_, path)| request.covers(path))
            .collect();
        let exclude =
            visit(LoadedProject { project, request, listing, files, config_files, config, mistakes });
        for (nested, _) in nested.into_iter().filter(|(_, path)| !exclude.is_match(path)) {
            waiting.entry(nested).or_default().folders.insert(PathBuf::new());
        }
    }
}

pub(super) fn config_for(
    project: &Project,
    files: &SiteFiles,
    options: &Options<'_>,
) -> (Config, Vec<Diagnostic>) {
    let cli_overrides = options.cli_overrides.clone();
    match options.config {
        ConfigChoice::Nothing => (Config::defaults(cli_overrides), vec![]),
        ConfigChoice::Discover | ConfigChoice::File(_) => read_config(project, files, cli_overrides),
    }
}

/// Reads the config of a project for one page, and the errors in it.
pub fn load_config(project: &Project, page: &Path) -> (Config, Vec<Diagnostic>) {
    let files = SiteFiles::new(Arc::new(Disk), project);
    let (mut config, mut mistakes) = read_config(project, &files, Layer::default());
    mistakes.extend(config.read_folders(&files, &[Arc::from(page)]));
    (config, mistakes)
}

fn read_config(project: &Project, files: &SiteFiles, cli_overrides: Layer) -> (Config, Vec<Diagnostic>) {
    match &project.config {
        Some(path) => Config::load(files, path, cli_overrides),
        None => Config::without_file(files, cli_overrides),
    }
}
