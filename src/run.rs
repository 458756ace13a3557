//! A whole check: finds the sites that the paths belong to, reads their files, runs the two phases in parallel. The
//! only file that does I/O for a check.

mod error;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use globset::GlobSet;
use jiff::civil;
use rayon::prelude::*;

pub use error::Error;

use crate::{
    checkout::Checkout,
    config::{Config, Layer, Settings},
    diagnostic::{Diagnostic, Label},
    discover::{self, Listing, Project},
    disk::Disk,
    document::{Damage, Document, MAX_LEN},
    history, lint,
    rule::Group,
    secrets::Secrets,
    site::{Page, Site, urls::Urls},
    sources::Sources,
    suppress::markdownlint::Comments,
};

/// What to check and how.
pub struct Options<'a> {
    /// Files and folders, as named; empty for the current folder.
    pub paths: Vec<PathBuf>,
    /// A file whose text comes from elsewhere than the disk.
    pub given: Option<(PathBuf, Vec<u8>)>,
    /// The folder that `paths` are relative to, absolute.
    pub current: PathBuf,
    /// Which config to use.
    pub config: ConfigChoice,
    /// Settings of the command line.
    pub last: Layer,
    /// The day that dates are measured against.
    pub today: civil::Date,
    /// Called for every file that was checked, from many threads, with the number of all.
    pub progress: &'a (dyn Fn(u64) + Sync),
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
    /// The way from the current folder to `root`; empty where they are the same.
    pub prefix: PathBuf,
    /// What is reported, in order.
    pub diagnostics: Vec<Diagnostic>,
    /// What a comment switched off, in order.
    pub suppressed: Vec<Diagnostic>,
    /// What kept the run from doing its work.
    pub errors: Vec<Error>,
    /// The number of files that were checked and reported on.
    pub files: usize,
    /// Whether a config has mistakes, so that its site was not checked.
    pub broken_config: bool,
    /// The texts that the findings lie in.
    pub sources: Sources,
}

/// Checks what the options name.
pub fn check(options: &Options<'_>) -> Run {
    let mut errors = Vec::new();
    let mut outcomes = BTreeMap::new();
    each_project(options, &mut errors, |project, request, listing, errors| {
        let outcome = check_project(project, request, listing, options, errors);
        let exclude = outcome.config.exclude.clone();
        outcomes.insert(project.clone(), outcome);
        exclude
    });
    assemble(outcomes, options, errors)
}

/// A site whose pages were read and not checked.
pub struct Surveyed {
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
pub fn survey(options: &Options<'_>) -> (Vec<Surveyed>, Vec<Error>) {
    let (mut errors, mut sites) = (Vec::new(), Vec::new());
    each_project(options, &mut errors, |project, request, listing, errors| {
        let disk = Disk::new(project);
        let (mut config, mut mistakes) = config_for(project, &disk, options);
        let check = Check { project, request, listing, options, disk: &disk };
        let paths = settled_pages(&mut config, &disk, request, listing, &mut mistakes);
        let paths = if mistakes.is_empty() { paths } else { vec![] };
        let gathered = check.gather(&paths, &config, Purpose::Survey, errors);
        let asked = gathered.site.pages.iter().map(|page| check.reports(&config, &page.path)).collect();
        sites.push(Surveyed { root: project.root.clone(), mistakes, site: gathered.site, asked });
        config.exclude
    });
    (sites, errors)
}

/// Goes through the projects that the options name and those in them. `visit` gives what a project leaves out.
fn each_project(
    options: &Options<'_>,
    errors: &mut Vec<Error>,
    mut visit: impl FnMut(&Project, &Request, &Listing, &mut Vec<Error>) -> GlobSet,
) {
    let mut waiting = requests(options, errors);
    // A project comes before those in it, so that what it asks of them is known when their turn comes.
    while let Some((project, request)) = waiting.pop_first() {
        let listing = match options.config {
            ConfigChoice::Discover => discover::list(&project),
            ConfigChoice::File(_) | ConfigChoice::Nothing => list_whole(&project),
        };
        let exclude = visit(&project, &request, &listing, errors);
        let nested = listing.nested.into_iter().filter(|nested| {
            let path = discover::relative(&project.root, &nested.root);
            request.covers(&path) && !exclude.is_match(&path)
        });
        for nested in nested {
            waiting.entry(nested).or_default().folders.insert(PathBuf::new());
        }
    }
}

fn config_for(project: &Project, disk: &Disk, options: &Options<'_>) -> (Config, Vec<Diagnostic>) {
    let last = options.last.clone();
    match options.config {
        ConfigChoice::Nothing => (Config::defaults(last), vec![]),
        ConfigChoice::Discover | ConfigChoice::File(_) => read_config(project, disk, last),
    }
}

/// Reads the config of a project as it holds for a page, with what is wrong in it.
pub fn load_config(project: &Project, page: &Path) -> (Config, Vec<Diagnostic>) {
    let disk = Disk::new(project);
    let (mut config, mut mistakes) = read_config(project, &disk, Layer::default());
    mistakes.extend(config.read_folders(&disk, &[Arc::from(page)]));
    (config, mistakes)
}

fn read_config(project: &Project, disk: &Disk, last: Layer) -> (Config, Vec<Diagnostic>) {
    match &project.config {
        Some(path) => Config::load(disk, path, last),
        None => Config::without_file(disk, last),
    }
}

impl Run {
    /// A run that got no further than the config.
    pub fn of_config(project: &Project, current: &Path, mistakes: Vec<Diagnostic>) -> Self {
        Self {
            prefix: discover::relative(current, &project.root),
            broken_config: !mistakes.is_empty(),
            diagnostics: mistakes,
            suppressed: vec![],
            errors: vec![],
            files: 0,
            sources: Sources::new(&project.root),
            root: project.root.clone(),
        }
    }

    /// The run as it may be shown: its findings say and bring nothing that is secret.
    pub fn shown(&self) -> Self {
        let shown = |found: &[Diagnostic]| found.iter().map(|it| self.sources.shown(it)).collect();
        Self {
            root: self.root.clone(),
            prefix: self.prefix.clone(),
            diagnostics: shown(&self.diagnostics),
            suppressed: shown(&self.suppressed),
            errors: self.errors.clone(),
            files: self.files,
            broken_config: self.broken_config,
            sources: self.sources.clone(),
        }
    }
}

/// What is asked for in one project.
#[derive(Debug, Default)]
struct Request {
    /// Folders, relative to the root.
    folders: BTreeSet<PathBuf>,
    /// Files, relative to the root.
    files: BTreeSet<Arc<Path>>,
}

impl Request {
    fn covers(&self, path: &Path) -> bool {
        self.files.contains(path) || self.folders.iter().any(|folder| path.starts_with(folder))
    }
}

/// What one project gave.
struct Outcome {
    config: Config,
    kept: Vec<Diagnostic>,
    suppressed: Vec<Diagnostic>,
    files: usize,
    broken_config: bool,
    sources: HashMap<Arc<Path>, Arc<str>>,
    /// Names of parameters whose values no report may show.
    secret_parameters: BTreeSet<String>,
}

/// Sorts what is named into projects.
fn requests(options: &Options<'_>, errors: &mut Vec<Error>) -> BTreeMap<Project, Request> {
    let mut requests: BTreeMap<Project, Request> = BTreeMap::new();
    let absolute = |path: &Path| discover::absolute(path, &options.current);
    let mut known = HashMap::new();
    let mut project_of = |folder: PathBuf| {
        known
            .entry(folder)
            .or_insert_with_key(|folder| match &options.config {
                ConfigChoice::Discover => Project::of(folder),
                ConfigChoice::File(file) => Project::with_config(&absolute(file), folder),
                ConfigChoice::Nothing => Project { config: None, ..Project::of(folder) },
            })
            .clone()
    };
    let here = [PathBuf::new()];
    let whole = if options.paths.is_empty() && options.given.is_none() { &here[..] } else { &options.paths };
    // A text that is given has a path like any file's, which need not exist.
    let mut files: Vec<PathBuf> = options.given.iter().map(|(path, _)| absolute(path)).collect();
    for path in whole {
        let full = absolute(path);
        match fs::metadata(&full) {
            Ok(metadata) if metadata.is_dir() => {
                let project = project_of(full.clone());
                let folder = discover::relative(&project.root, &full);
                requests.entry(project).or_default().folders.insert(folder);
            }
            Ok(metadata) if metadata.is_file() => files.push(full),
            Ok(_) => errors.push(Error::NoFile(path.clone())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                errors.push(Error::NotFound(path.clone()));
            }
            Err(error) => errors.push(Error::unreadable(path, &error)),
        }
    }
    for full in files {
        let project = project_of(full.parent().unwrap_or(&full).to_owned());
        let file = discover::relative(&project.root, &full);
        requests.entry(project).or_default().files.insert(file.into());
    }
    requests
}

/// Lists a project in which other configs than its own do not count.
fn list_whole(project: &Project) -> Listing {
    let mut listing = discover::list(project);
    for nested in std::mem::take(&mut listing.nested) {
        let inner = list_whole(&nested);
        let prefix = discover::relative(&project.root, &nested.root);
        listing.files.extend(inner.files.iter().map(|file| Arc::from(prefix.join(file))));
        listing.unreadable.extend(inner.unreadable);
    }
    listing.files.sort();
    listing
}

fn check_project(
    project: &Project,
    request: &Request,
    listing: &Listing,
    options: &Options<'_>,
    errors: &mut Vec<Error>,
) -> Outcome {
    let disk = Disk::new(project);
    let (mut config, mut mistakes) = config_for(project, &disk, options);
    let paths = settled_pages(&mut config, &disk, request, listing, &mut mistakes);
    mistakes.extend(config.idle_globs(&paths));
    let mut outcome = Outcome {
        config,
        kept: mistakes,
        suppressed: vec![],
        files: 0,
        broken_config: false,
        sources: HashMap::new(),
        secret_parameters: BTreeSet::new(),
    };
    let unreadable = listing
        .unreadable
        .iter()
        .filter(|(path, _)| request.covers(&discover::relative(&project.root, path)));
    errors.extend(
        unreadable.map(|(path, reason)| Error::Unreadable { path: path.clone(), reason: reason.clone() }),
    );
    if !outcome.kept.is_empty() {
        outcome.broken_config = true;
        return outcome;
    }
    outcome.kept.clone_from(&outcome.config.notes);
    Check { project, request, listing, options, disk: &disk }.run(&paths, &mut outcome, errors);
    outcome
}

/// The pages of a project, after the configs in their folders were read, which may leave some out.
fn settled_pages(
    config: &mut Config,
    disk: &Disk,
    request: &Request,
    listing: &Listing,
    mistakes: &mut Vec<Diagnostic>,
) -> Vec<Arc<Path>> {
    mistakes.extend(config.read_folders(disk, &pages(config, request, listing)));
    pages(config, request, listing)
}

/// The pages of a project, sorted: what its globs pick, what its pages refer to, and the files that were named and are
/// not excluded.
fn pages(config: &Config, request: &Request, listing: &Listing) -> Vec<Arc<Path>> {
    let picked = listing.files.iter().filter(|path| config.is_page(path) || config.is_record(path));
    let named = request.files.iter().filter(|path| !config.leaves_out(path));
    let all: BTreeSet<&Arc<Path>> = picked.chain(named).collect();
    all.into_iter().cloned().collect()
}

/// The two phases over one project.
struct Check<'a> {
    project: &'a Project,
    request: &'a Request,
    listing: &'a Listing,
    options: &'a Options<'a>,
    disk: &'a Disk,
}

/// A page after the first phase.
struct Checked {
    page: Page,
    settings: Arc<Settings>,
    found: Vec<Diagnostic>,
    /// The text, where a finding needs it.
    source: Option<Arc<str>>,
}

impl Check<'_> {
    /// Whether findings in a file are wanted: it was asked for, and it is a page and not just referred to.
    fn reports(&self, config: &Config, path: &Path) -> bool {
        self.request.files.contains(path) || (self.request.covers(path) && config.is_page(path))
    }

    fn run(&self, paths: &[Arc<Path>], outcome: &mut Outcome, errors: &mut Vec<Error>) {
        let config = &outcome.config;
        let gathered = self.gather(paths, config, Purpose::Check, errors);
        let site = &gathered.site;
        let second: Vec<_> = site
            .pages
            .par_iter()
            .zip(gathered.found)
            .zip(&gathered.settings)
            .filter(|((page, _), _)| self.reports(config, &page.path))
            .map(|((page, mut found), settings)| {
                found.extend(lint::check_page(page, site, settings));
                lint::finish(page, found, settings)
            })
            .collect();
        outcome.files = second.len();
        for applied in second {
            outcome.kept.extend(applied.kept);
            outcome.suppressed.extend(applied.suppressed);
        }
        if !self.request.folders.is_empty() {
            outcome.kept.extend(lint::check_site(site, &config.site_settings(), &config.path));
        }
        outcome.secret_parameters = secret_parameters(&gathered.settings);
        outcome.sources = gathered.sources;
    }

    /// The first phase.
    fn gather(
        &self,
        paths: &[Arc<Path>],
        config: &Config,
        purpose: Purpose,
        errors: &mut Vec<Error>,
    ) -> Gathered {
        let settings = config.settings(paths);
        let words = match purpose {
            Purpose::Survey => true,
            Purpose::Check => settings.iter().any(|settings| settings.checks(Group::Spelling)),
        };
        let first = First { check: self, config, purpose, words };
        let history = match purpose {
            Purpose::Check if config.asks_for_history() => history::additions(&self.project.root),
            _ => HashMap::new(),
        };
        let total = paths.len() as u64;
        let checked: Vec<Result<Checked, Error>> = paths
            .par_iter()
            .zip(&settings)
            .map(|(path, settings)| {
                let checked = first.page(path, settings);
                (self.options.progress)(total);
                checked
            })
            .collect();
        let mut pages = Vec::new();
        let (mut found, mut used, mut sources) = (Vec::new(), Vec::new(), HashMap::new());
        for (checked, path) in checked.into_iter().zip(paths) {
            match checked {
                Ok(mut checked) => {
                    checked.page.added = history.get(&**path).copied();
                    sources.extend(checked.source.map(|source| (Arc::clone(path), source)));
                    pages.push(checked.page);
                    found.push(checked.found);
                    used.push(checked.settings);
                }
                Err(error) if self.reports(config, path) => errors.push(error),
                Err(_) => {}
            }
        }
        let around = Arc::new(Checkout::new(&self.project.root, &self.listing.files));
        let site = Site::new(pages, config.collections.clone(), &config.data, self.options.today)
            .with_urls(Urls::new(Arc::clone(&config.layout), around));
        let site = if words { site.with_spelling(&config.spelling) } else { site };
        Gathered { site, found, settings: used, sources }
    }

    fn read(&self, path: &Path) -> Result<Content, Error> {
        let full = self.project.root.join(path);
        if let Some((given, bytes)) = &self.options.given
            && discover::absolute(given, &self.options.current) == full
        {
            return Ok(Content::Bytes(bytes.clone()));
        }
        let shown = discover::relative(&self.options.current, &full);
        let read = || {
            if self.request.files.contains(path) && !self.disk.holds(&full)? {
                return Err(io::Error::other("it is a link that leaves the site"));
            }
            let len = fs::metadata(&full)?.len();
            if len > MAX_LEN { Ok(Content::TooLong(len)) } else { fs::read(&full).map(Content::Bytes) }
        };
        read().map_err(|error| Error::unreadable(&shown, &error))
    }
}

/// What the rules that run on any page call secret.
fn secret_parameters(settings: &[Arc<Settings>]) -> BTreeSet<String> {
    let different: HashMap<*const Settings, &Arc<Settings>> =
        settings.iter().map(|settings| (Arc::as_ptr(settings), settings)).collect();
    let active = different.into_values().flat_map(|settings| &settings.active);
    active.flat_map(|active| active.rule.secret_parameters()).cloned().collect()
}

/// What the pages of a site are read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// To check them.
    Check,
    /// To know what they say.
    Survey,
}

/// What the first phase gives: by page, in the order of the site's pages.
struct Gathered {
    site: Site,
    found: Vec<Vec<Diagnostic>>,
    settings: Vec<Arc<Settings>>,
    sources: HashMap<Arc<Path>, Arc<str>>,
}

/// The first phase on one page after the other.
struct First<'a> {
    check: &'a Check<'a>,
    config: &'a Config,
    purpose: Purpose,
    /// Whether somebody will ask for the pages' words.
    words: bool,
}

impl First<'_> {
    fn page(&self, path: &Arc<Path>, usual: &Arc<Settings>) -> Result<Checked, Error> {
        let collections = self.config.collections_for(path);
        let mut document = match self.check.read(path)? {
            Content::Bytes(bytes) => Document::from_bytes(path, bytes, &collections),
            Content::TooLong(len) => Document::damaged(path, "", Damage::TooLong(len)),
        };
        document.reading = Arc::clone(&self.config.reading);
        if !self.config.has_markdownlint_comments(path) {
            document.suppressions.markdownlint = Comments::default();
        }
        let settings = self.config.settings_on(&document, usual);
        let mut found = Vec::new();
        if self.purpose == Purpose::Check {
            if let Err(mistakes) = self.config.check_own_schema(self.check.disk, &mut document) {
                found.extend(mistakes.iter().cloned());
            }
            if self.check.reports(self.config, path) {
                found.extend(lint::check(&document, &settings));
            }
        }
        let source = (!found.is_empty()).then(|| Arc::clone(&document.source));
        let layout = &self.config.layout;
        let page = if self.words { Page::with_words(document, layout) } else { Page::of(document, layout) };
        Ok(Checked { page, settings, found, source })
    }
}

enum Content {
    Bytes(Vec<u8>),
    TooLong(u64),
}

/// Puts the projects together; with several, all paths become relative to the current folder.
fn assemble(outcomes: BTreeMap<Project, Outcome>, options: &Options<'_>, errors: Vec<Error>) -> Run {
    let root = match outcomes.keys().next() {
        Some(project) if outcomes.len() == 1 => project.root.clone(),
        _ => options.current.clone(),
    };
    let names = outcomes.values().flat_map(|outcome| &outcome.secret_parameters).map(String::as_str);
    let secrets = Secrets::named(names);
    let mut run = Run {
        prefix: discover::relative(&options.current, &root),
        diagnostics: vec![],
        suppressed: vec![],
        errors,
        files: 0,
        broken_config: false,
        sources: Sources::hiding(&root, secrets),
        root,
    };
    for (project, outcome) in outcomes {
        let moved = Move { prefix: discover::relative(&run.root, &project.root) };
        run.files += outcome.files;
        run.broken_config |= outcome.broken_config;
        run.diagnostics.extend(outcome.kept.into_iter().map(|diagnostic| moved.diagnostic(diagnostic)));
        run.suppressed.extend(outcome.suppressed.into_iter().map(|diagnostic| moved.diagnostic(diagnostic)));
        for (path, text) in outcome.sources {
            run.sources.keep(&moved.path(&path), text);
        }
    }
    if let Some((path, bytes)) = &options.given {
        let full = discover::absolute(path, &options.current);
        let text = String::from_utf8_lossy(bytes).into_owned();
        run.sources.keep(&discover::relative(&run.root, &full), text.into());
    }
    run.diagnostics.sort_by(Diagnostic::order);
    run.diagnostics.dedup();
    run.suppressed.sort_by(Diagnostic::order);
    run
}

/// Paths of one project as seen from the run's root.
struct Move {
    prefix: PathBuf,
}

impl Move {
    fn path(&self, path: &Arc<Path>) -> Arc<Path> {
        if self.prefix.as_os_str().is_empty() { Arc::clone(path) } else { self.prefix.join(path).into() }
    }

    fn label(&self, label: &mut Label) {
        label.path = self.path(&label.path);
    }

    fn diagnostic(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        self.label(&mut diagnostic.primary);
        diagnostic.secondary.iter_mut().for_each(|label| self.label(label));
        diagnostic
    }
}
