//! A whole check: finds the sites that the paths belong to, reads their files, runs the two phases in parallel. The
//! only file that does I/O for a check.

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
    paths,
    site::Site,
    spelling,
};

/// Checks what the options name.
pub fn check(options: &Options<'_>) -> Run {
    pass(&Pass::plain(options)).0
}

/// Checks what the options name, and gives the pages that the pass asks to change.
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

/// A site whose pages were read and not checked.
pub struct IndexedSite {
    /// The folder that the paths of its pages are relative to, absolute.
    pub root: PathBuf,
    /// What is wrong with its config, if anything: then there are no pages.
    pub mistakes: Vec<Diagnostic>,
    /// Its pages and what they say together.
    pub site: Site,
    /// Which of its pages were asked for.
    pub asked: Vec<bool>,
}

/// Reads the sites that the options name, words included, without checking them.
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
        sites.push(IndexedSite { root: project.root.clone(), mistakes, site: index.site, asked });
        config.exclude
    });
    (sites, errors)
}

/// What is known of a project before its pages are read.
struct LoadedProject<'a> {
    project: &'a Project,
    listing: &'a Listing,
    /// The pages.
    files: SiteFiles<'a>,
    /// What the config refers to.
    config_files: SiteFiles<'a>,
    config: Config,
    /// What is wrong with the config.
    mistakes: Vec<Diagnostic>,
}

/// Goes through the projects that the options name and those in them. `visit` gives what a project leaves out.
fn each_project(
    options: &Options<'_>,
    errors: &mut Vec<Error>,
    mut visit: impl FnMut(LoadedProject<'_>, &Request, &mut Vec<Error>) -> GlobSet,
) {
    let mut waiting = requests(options, errors);
    // A project comes before those in it, so that what it asks of them is known when their turn comes.
    while let Some((project, request)) = waiting.pop_first() {
        let config_files = SiteFiles::new(options.config_checkout(), &project);
        let list = || {
            let listing = options.list_for(&project);
            // Schemas may still be compiled, and nothing else can begin.
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

/// Reads the config of a project as it holds for a page, with what is wrong in it.
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

/// What one project gave.
struct ProjectResult {
    config: Config,
    kept: Vec<Diagnostic>,
    suppressed: Vec<Diagnostic>,
    files: usize,
    broken_config: bool,
    sources: HashMap<Arc<Path>, Arc<str>>,
    /// What looks like a page and was not checked.
    skipped_files: SkippedFiles,
    /// Names of parameters whose values no report may show.
    secret_parameters: BTreeSet<String>,
    /// The pages that change.
    fixes: Vec<PageFix>,
    /// The files that were read: pages, and what the config is made of and refers to; absolute.
    inputs: Vec<PathBuf>,
    /// Why some fixes were not applied, with the page, absolute.
    held: Vec<(PathBuf, String)>,
}

/// A page that changes.
struct PageFix {
    change: Change,
    /// The number of findings that are gone by that.
    fixed_count: usize,
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
    // One from elsewhere may speak of folders that these files have not got yet.
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
        // Places in these are places in this state of them.
        let texts = config_files.into_texts().map(|(path, text)| (Arc::from(path), text));
        result.sources.extend(texts);
    }
    result
}
