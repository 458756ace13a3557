//! A whole check: finds the sites that the paths belong to, reads their files, and runs the two phases in parallel.

mod assemble;
mod error;
mod fingerprints;
mod fixing;
mod options;
mod page_selection;
mod phases;
mod request;
mod result;
mod since;
mod skipped_files;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::{Path, PathBuf},
    sync::Arc,
};

use globset::GlobSet;

pub use error::Error;
pub use fixing::{Change, fix, suppress, write};
pub use options::{ConfigChoice, Options};
pub use result::Run;
pub use since::{Scope, since};

use assemble::assemble;
use fixing::Pass;
use phases::{Mode, ProjectChecker};
use request::{Request, requests};
use skipped_files::SkippedFiles;

use crate::{
    checkout::{OnDisk, SiteFiles},
    config::{Config, Layer},
    diagnostic::Diagnostic,
    discover::{Listing, Project},
    lint::FixedRules,
    paths,
    site::Site,
    spelling,
};

/// Checks the files that the options name.
pub fn check(options: &Options<'_>) -> Run {
    pass(&Pass::plain(options)).0
}

/// Runs one pass, and returns the pages that it changes.
fn pass(pass: &Pass<'_>) -> (Run, Vec<PageFix>) {
    let options = pass.options;
    let mut errors = Vec::new();
    let mut fixes = Vec::new();
    let mut results = BTreeMap::new();
    each_project(options, &mut errors, |loaded, request, errors| {
        let project = loaded.project.clone();
        let mut result = check_project(loaded, request, pass, errors);
        fixes.append(&mut result.fixes);
        let exclude = result.config.exclude.clone();
        results.insert(project, result);
        exclude
    });
    (assemble(results, options, errors), fixes)
}

/// A site whose pages were read, but not checked.
pub struct IndexedSite {
    /// The absolute path of the folder that the paths of its pages are relative to.
    pub root: PathBuf,
    /// Errors in its config. If there are any, there are no pages.
    pub mistakes: Vec<Diagnostic>,
    /// Its pages.
    pub site: Site,
    /// By page: whether it was requested.
    pub asked: Vec<bool>,
    /// Its config.
    pub config: Config,
    /// Its files, relative to the root, sorted.
    pub files: Vec<Arc<Path>>,
}

/// Reads the sites that the options name, including the words of their pages, without checking them.
pub fn survey(options: &Options<'_>) -> (Vec<IndexedSite>, Vec<Error>) {
    let (mut errors, mut sites) = (Vec::new(), Vec::new());
    each_project(options, &mut errors, |mut loaded, request, errors| {
        let paths = loaded.settled_pages(request, options);
        let LoadedProject { project, listing, files, config_files, config, mistakes } = loaded;
        let pass = Pass::plain(options);
        let check = ProjectChecker {
            project,
            request,
            listing,
            pass: &pass,
            files: &files,
            config_files: &config_files,
        };
        let paths = if mistakes.is_empty() { paths } else { vec![] };
        let index = check.gather(&paths, &config, Mode::Index, errors);
        let asked = index.site.pages.iter().map(|page| check.reports(&config, &page.path)).collect();
        let exclude = config.exclude.clone();
        let (root, files) = (project.root.clone(), listing.files.clone());
        sites.push(IndexedSite { root, mistakes, site: index.site, asked, config, files });
        exclude
    });
    (sites, errors)
}

/// A project before its pages are read.
struct LoadedProject<'a> {
    project: &'a Project,
    listing: &'a Listing,
    /// The pages.
    files: SiteFiles<'a>,
    /// The files that the config refers to.
    config_files: SiteFiles<'a>,
    config: Config,
    /// Errors in the config.
    mistakes: Vec<Diagnostic>,
}

/// Visits the projects that the options name and those nested in them. `visit` returns the paths that a project
/// excludes.
fn each_project(
    options: &Options<'_>,
    errors: &mut Vec<Error>,
    mut visit: impl FnMut(LoadedProject<'_>, &Request, &mut Vec<Error>) -> GlobSet,
) {
    let mut waiting = requests(options, errors);
    // A project is visited before those nested in it, which it adds to the requests.
    while let Some((project, request)) = waiting.pop_first() {
        let config_files = SiteFiles::new(options.config_checkout(), &project);
        let list = || {
            let listing = options.list_for(&project);
            // Meanwhile, schemas may still be compiled on the other thread.
            spelling::prepare();
            listing
        };
        let (listing, (config, mistakes)) =
            rayon::join(list, || config_for(&project, &config_files, options));
        let files = SiteFiles::new(&*options.files, &project);
        let loaded =
            LoadedProject { project: &project, listing: &listing, files, config_files, config, mistakes };
        let exclude = visit(loaded, &request, errors);
        let nested = listing.nested.into_iter().filter(|nested| {
            let path = paths::relative(&project.root, &nested.root);
            request.covers(&path) && !exclude.is_match(&path)
        });
        for nested in nested {
            waiting.entry(nested).or_default().folders.insert(PathBuf::new());
        }
    }
}

fn config_for(project: &Project, files: &SiteFiles<'_>, options: &Options<'_>) -> (Config, Vec<Diagnostic>) {
    let cli_overrides = options.cli_overrides.clone();
    match options.config {
        ConfigChoice::Nothing => (Config::defaults(cli_overrides), vec![]),
        ConfigChoice::Discover | ConfigChoice::File(_) => read_config(project, files, cli_overrides),
    }
}

/// Reads the config of a project for one page, and the errors in it.
pub fn load_config(project: &Project, page: &Path) -> (Config, Vec<Diagnostic>) {
    let files = SiteFiles::new(&OnDisk, project);
    let (mut config, mut mistakes) = read_config(project, &files, Layer::default());
    mistakes.extend(config.read_folders(&files, &[Arc::from(page)]));
    (config, mistakes)
}

fn read_config(project: &Project, files: &SiteFiles<'_>, cli_overrides: Layer) -> (Config, Vec<Diagnostic>) {
    match &project.config {
        Some(path) => Config::load(files, path, cli_overrides),
        None => Config::without_file(files, cli_overrides),
    }
}

/// The result for one project.
struct ProjectResult {
    config: Config,
    kept: Vec<Diagnostic>,
    suppressed: Vec<Diagnostic>,
    files: usize,
    broken_config: bool,
    sources: HashMap<Arc<Path>, Arc<str>>,
    /// Files that look like pages and were not checked.
    skipped_files: SkippedFiles,
    /// Names of parameters whose values reports must mask.
    secret_parameters: BTreeSet<String>,
    /// The pages that change.
    fixes: Vec<PageFix>,
    /// The absolute paths of all files that were read: pages, configs, and the files that configs refer to.
    inputs: Vec<PathBuf>,
    /// Why some fixes were not applied, with the absolute path of the page.
    held: Vec<(PathBuf, String)>,
}

/// A page that changes.
struct PageFix {
    change: Change,
    /// How many findings this fixes, by rule.
    fixed: FixedRules,
}

fn check_project(
    mut loaded: LoadedProject<'_>,
    request: &Request,
    pass: &Pass<'_>,
    errors: &mut Vec<Error>,
) -> ProjectResult {
    let options = pass.options;
    let paths = loaded.settled_pages(request, options);
    let LoadedProject { project, listing, files, config_files, config, mut mistakes } = loaded;
    // A config from another revision may name folders that these files do not have yet.
    mistakes.extend(config.unused_globs(&paths).into_iter().filter(|_| options.config_files.is_none()));
    let mut result = ProjectResult {
        config,
        kept: mistakes,
        suppressed: vec![],
        files: 0,
        broken_config: false,
        sources: HashMap::new(),
        skipped_files: SkippedFiles::default(),
        secret_parameters: BTreeSet::new(),
        fixes: vec![],
        inputs: paths.iter().map(|path| project.root.join(path)).collect(),
        held: vec![],
    };
    result.inputs.extend(config_files.paths());
    let unreadable =
        listing.unreadable.iter().filter(|(path, _)| request.covers(&paths::relative(&project.root, path)));
    errors.extend(unreadable.chain(&listing.unusable).map(|(path, reason)| Error::Unreadable {
        path: paths::relative(&options.current, path),
        reason: reason.clone(),
    }));
    if !result.kept.is_empty() {
        result.broken_config = true;
        return result;
    }
    result.kept.clone_from(&result.config.notes);
    let check =
        ProjectChecker { project, request, listing, pass, files: &files, config_files: &config_files };
    check.run(&paths, &mut result, errors);
    result.inputs.extend(config_files.paths());
    if options.config_files.is_some() {
        // Spans in these files refer to this revision of them.
        let texts = config_files.into_texts().map(|(path, text)| (Arc::from(path), text));
        result.sources.extend(texts);
    }
    result
}
