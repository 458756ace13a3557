//! A whole check: finds the sites that the paths belong to, reads their files, runs the two phases in parallel. The
//! only file that does I/O for a check.

mod assemble;
mod error;
mod fingerprints;
mod fixing;
mod page_selection;
mod phases;
mod request;
mod since;
mod skipped_files;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use globset::GlobSet;
use jiff::civil;

pub use error::Error;
pub use fixing::{Change, fix, suppress, write};
pub use since::{Scope, since};

use assemble::assemble;
use fixing::Pass;
use phases::{Mode, ProjectChecker};
use request::{Request, requests};
use skipped_files::SkippedFiles;

use crate::{
    checkout::{Checkout, Difference, OnDisk, SiteFiles, Snapshot},
    config::{Config, Layer},
    diagnostic::Diagnostic,
    discover::{Listing, Project},
    disk::Protected,
    paths,
    site::Site,
    sources::Sources,
    spelling,
    text::Span,
};

/// What to check and how.
pub struct Options<'a> {
    /// Files and folders, as named; empty for the current folder.
    pub paths: Vec<PathBuf>,
    /// Where the files come from.
    pub files: Arc<dyn Checkout>,
    /// Where configs, schemas, data and word lists come from, if from elsewhere.
    pub config_files: Option<Arc<Snapshot>>,
    /// The change that may not bring comments which switch rules off, if there is one.
    pub untrusted_change: Option<&'a Difference>,
    /// A file whose text comes from elsewhere.
    pub given: Option<(PathBuf, Vec<u8>)>,
    /// The folder that `paths` are relative to, absolute.
    pub current: PathBuf,
    /// Which config to use.
    pub config: ConfigChoice,
    /// Settings of the command line.
    pub cli_overrides: Layer,
    /// The day that dates are measured against.
    pub today: civil::Date,
    /// Called for every file that was checked, from many threads, with the number of all.
    pub progress: &'a (dyn Fn(u64) + Sync),
}

impl Options<'_> {
    /// The files on disk in a folder, with whatever config there is, on a day.
    pub fn on_disk(current: PathBuf, today: civil::Date) -> Self {
        Self {
            paths: vec![],
            files: Arc::new(OnDisk),
            config_files: None,
            untrusted_change: None,
            given: None,
            current,
            config: ConfigChoice::Discover,
            cli_overrides: Layer::default(),
            today,
            progress: &|_| {},
        }
    }

    /// Where configs and what they refer to come from.
    fn config_checkout(&self) -> &dyn Checkout {
        self.config_files.as_deref().map_or(&*self.files, |files| files)
    }

    /// Lists a project, by the ignore rules and the configs that count.
    fn list(&self, project: &Project) -> Listing {
        match &self.config_files {
            None => self.files.list(project),
            Some(rules) => rules.pick(project, &*self.files),
        }
    }

    /// Which of these files of a project, by absolute path, ignore files leave out.
    fn ignored(&self, project: &Project, files: &[PathBuf]) -> HashSet<PathBuf> {
        match &self.config_files {
            None => self.files.ignored(project, files),
            Some(rules) => rules.ignored(project, files),
        }
    }

    /// Lists a project as far as its own config goes.
    fn list_for(&self, project: &Project) -> Listing {
        match self.config {
            ConfigChoice::Discover => self.list(project),
            ConfigChoice::File(_) | ConfigChoice::Nothing => self.list_whole(project),
        }
    }

    /// Lists a project in which other configs than its own do not count.
    fn list_whole(&self, project: &Project) -> Listing {
        let mut listing = self.list(project);
        for nested in std::mem::take(&mut listing.nested) {
            let inner = self.list_whole(&nested);
            let prefix = paths::relative(&project.root, &nested.root);
            listing.files.extend(inner.files.iter().map(|file| Arc::from(prefix.join(file))));
            listing.hidden.extend(inner.hidden.iter().map(|file| Arc::from(prefix.join(file))));
            listing.links.extend(inner.links.iter().map(|link| prefix.join(link)));
            listing.unreadable.extend(inner.unreadable);
            listing.unusable.extend(inner.unusable);
        }
        listing.files.sort();
        listing
    }
}

/// Which config to use.
#[derive(Debug, Clone)]
pub enum ConfigChoice {
    /// The nearest one.
    Discover,
    /// This file.
    File(PathBuf),
    /// None, not even a CMS config.
    Nothing,
}

/// What a run found.
#[derive(Debug)]
pub struct Run {
    /// The folder that all paths in it are relative to, absolute.
    pub root: PathBuf,
    /// The folder that paths in reports are relative to, absolute.
    pub current: PathBuf,
    /// What is reported, in order.
    pub diagnostics: Vec<Diagnostic>,
    /// What a comment switched off, in order.
    pub suppressed: Vec<Diagnostic>,
    /// What a baseline knows and so is not reported, in order.
    pub baselined: Vec<Diagnostic>,
    /// What the change does not bring, where only that was asked for, in order.
    pub old: Vec<Diagnostic>,
    /// What is found and not listed, because only so much was asked for, in order.
    pub unlisted: Vec<Diagnostic>,
    /// What kept the run from doing its work.
    pub errors: Vec<Error>,
    /// The number of files that were checked and reported on.
    pub files: usize,
    /// The number of files that look like pages, were asked for and cannot be read as such.
    pub unread: usize,
    /// The number of findings that were mended and so are not among them.
    pub fixed_count: usize,
    /// Whether a config has mistakes, so that its site was not checked.
    pub broken_config: bool,
    /// What is good to know and no report shows.
    pub notes: Vec<String>,
    /// The places of the findings on lines that the change touches, where only what a change brings was asked for.
    pub touched: Option<HashSet<(Arc<Path>, Span)>>,
    /// The texts that the findings lie in.
    pub sources: Sources,
    /// What no report may be written to, or through.
    pub protected: Protected,
}

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

impl Run {
    /// A run that looked at nothing.
    pub fn of_nothing(root: PathBuf, current: PathBuf, sources: Sources) -> Self {
        Self {
            root,
            current,
            diagnostics: vec![],
            suppressed: vec![],
            baselined: vec![],
            old: vec![],
            unlisted: vec![],
            errors: vec![],
            files: 0,
            unread: 0,
            fixed_count: 0,
            broken_config: false,
            notes: vec![],
            touched: None,
            sources,
            protected: Protected::default(),
        }
    }

    /// A run that got no further than the config.
    pub fn of_config(project: &Project, current: &Path, mistakes: Vec<Diagnostic>) -> Self {
        Self {
            broken_config: !mistakes.is_empty(),
            diagnostics: mistakes,
            protected: Protected { folders: vec![project.root.clone()], ..Protected::default() },
            ..Self::of_nothing(project.root.clone(), current.to_owned(), Sources::new(&project.root))
        }
    }

    /// A path of the run as it is seen from the current folder.
    pub fn from_current(&self, path: &Path) -> PathBuf {
        paths::relative(&self.current, &self.root.join(path))
    }

    /// Lists so many findings, the worst of them, and only counts the others.
    pub fn truncate_findings(&mut self, most: usize) {
        let mut order: Vec<usize> = (0..self.diagnostics.len()).collect();
        order.sort_by_key(|&index| Reverse(self.diagnostics[index].severity));
        let mut is_listed = vec![false; order.len()];
        order.iter().take(most).for_each(|&index| is_listed[index] = true);
        let mut is_listed = is_listed.into_iter();
        let all = std::mem::take(&mut self.diagnostics).into_iter();
        (self.diagnostics, self.unlisted) = all.partition(|_| is_listed.next() == Some(true));
    }

    /// Whether a finding lies on a line that the change touches, as far as only what a change brings was asked for.
    pub fn is_on_touched_line(&self, diagnostic: &Diagnostic) -> bool {
        let place = (Arc::clone(&diagnostic.primary.path), diagnostic.primary.span);
        self.touched.as_ref().is_some_and(|touched| touched.contains(&place))
    }

    /// The run as it may be shown: its findings say and bring nothing that is secret.
    pub fn shown(&self) -> Self {
        let shown =
            |diagnostics: &[Diagnostic]| diagnostics.iter().map(|it| self.sources.shown(it)).collect();
        Self {
            root: self.root.clone(),
            current: self.current.clone(),
            diagnostics: shown(&self.diagnostics),
            suppressed: shown(&self.suppressed),
            baselined: shown(&self.baselined),
            old: shown(&self.old),
            unlisted: shown(&self.unlisted),
            errors: self.errors.clone(),
            files: self.files,
            unread: self.unread,
            fixed_count: self.fixed_count,
            broken_config: self.broken_config,
            notes: self.notes.clone(),
            touched: self.touched.clone(),
            sources: self.sources.clone(),
            protected: self.protected.clone(),
        }
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
