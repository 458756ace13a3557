//! A whole check: finds the sites that the paths belong to, reads their files, runs the two phases in parallel. The
//! only file that does I/O for a check.

mod assemble;
mod error;
mod fingerprints;
mod fixing;
mod request;

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
pub use fixing::{Change, fix, suppress, write};

use assemble::assemble;
use fixing::{Pass, Task};
use request::{Request, requests};

use crate::{
    checkout::Checkout,
    config::{Config, Layer, Settings},
    diagnostic::Diagnostic,
    discover::{self, Listing, Project},
    disk::Disk,
    document::{Damage, Document, MAX_LEN},
    history,
    lint::{self, Fixed},
    rule::Group,
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
    /// What a baseline knows and so is not reported, in order.
    pub baselined: Vec<Diagnostic>,
    /// What kept the run from doing its work.
    pub errors: Vec<Error>,
    /// The number of files that were checked and reported on.
    pub files: usize,
    /// The number of findings that were mended and so are not among them.
    pub mended: usize,
    /// Whether a config has mistakes, so that its site was not checked.
    pub broken_config: bool,
    /// The texts that the findings lie in.
    pub sources: Sources,
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
    let mut outcomes = BTreeMap::new();
    each_project(options, &mut errors, |project, request, listing, errors| {
        let mut outcome = check_project(project, request, listing, pass, errors);
        fixes.append(&mut outcome.fixes);
        let exclude = outcome.config.exclude.clone();
        outcomes.insert(project.clone(), outcome);
        exclude
    });
    (assemble(outcomes, options, errors), fixes)
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
        let pass = Pass::plain(options);
        let check = Check { project, request, listing, pass: &pass, disk: &disk };
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
            baselined: vec![],
            errors: vec![],
            files: 0,
            mended: 0,
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
            baselined: shown(&self.baselined),
            errors: self.errors.clone(),
            files: self.files,
            mended: self.mended,
            broken_config: self.broken_config,
            sources: self.sources.clone(),
        }
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
    /// The pages that change.
    fixes: Vec<PageFix>,
}

/// A page that changes.
struct PageFix {
    change: Change,
    /// The number of findings that are gone by that.
    mended: usize,
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
    pass: &Pass<'_>,
    errors: &mut Vec<Error>,
) -> Outcome {
    let disk = Disk::new(project);
    let (mut config, mut mistakes) = config_for(project, &disk, pass.options);
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
        fixes: vec![],
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
    Check { project, request, listing, pass, disk: &disk }.run(&paths, &mut outcome, errors);
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
    pass: &'a Pass<'a>,
    disk: &'a Disk,
}

/// A page after the first phase.
struct Checked {
    page: Page,
    settings: Arc<Settings>,
    found: Vec<Diagnostic>,
    /// The text, where a finding needs it.
    source: Option<Arc<str>>,
    /// The text, where it may be fixed, and the settings that hold for it as far as it has none of its own.
    fixable: Option<(Arc<str>, Arc<Settings>)>,
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
        let first = First { check: self, config, purpose: Purpose::Check, words: gathered.words };
        let second: Vec<_> = site
            .pages
            .par_iter()
            .zip(gathered.found)
            .zip(&gathered.settings)
            .zip(&gathered.fixable)
            .filter(|(((page, _), _), _)| self.reports(config, &page.path))
            .map(|(((page, mut found), settings), fixable)| {
                found.extend(lint::check_page(page, site, settings));
                let applied = lint::finish(page, found, settings);
                let fixed = fixable.as_ref().map(|(source, usual)| {
                    (source, Refix { first: &first, site, page, usual }.run(source, &applied.kept))
                });
                (page, applied, fixed)
            })
            .collect();
        outcome.files = second.len();
        for (page, applied, fixed) in second {
            outcome.kept.extend(applied.kept);
            outcome.suppressed.extend(applied.suppressed);
            if let Some((source, fixed)) = fixed {
                outcome.kept.extend(fixed.mistakes);
                let root = self.project.root.clone();
                let change = Change {
                    path: root.join(&page.path),
                    root,
                    before: Arc::clone(source),
                    after: fixed.text,
                };
                let is_one = change.before != change.after;
                outcome.fixes.extend(is_one.then_some(PageFix { change, mended: fixed.mended }));
            }
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
                (self.pass.options.progress)(total);
                checked
            })
            .collect();
        let mut pages = Vec::new();
        let (mut found, mut used, mut sources) = (Vec::new(), Vec::new(), HashMap::new());
        let mut fixable = Vec::new();
        for (checked, path) in checked.into_iter().zip(paths) {
            match checked {
                Ok(mut checked) => {
                    checked.page.added = history.get(&**path).copied();
                    sources.extend(checked.source.map(|source| (Arc::clone(path), source)));
                    pages.push(checked.page);
                    found.push(checked.found);
                    used.push(checked.settings);
                    fixable.push(checked.fixable);
                }
                Err(error) if self.reports(config, path) => errors.push(error),
                Err(_) => {}
            }
        }
        let around = Arc::new(Checkout::new(&self.project.root, &self.listing.files));
        let site = Site::new(pages, config.collections.clone(), &config.data, self.pass.options.today)
            .with_urls(Urls::new(Arc::clone(&config.layout), around));
        let site = if words { site.with_spelling(&config.spelling) } else { site };
        Gathered { site, found, settings: used, fixable, sources, words }
    }

    fn read(&self, path: &Path) -> Result<Content, Error> {
        let full = self.project.root.join(path);
        if let Some(text) = self.pass.texts.get(&full) {
            return Ok(Content::Bytes(text.as_bytes().to_vec()));
        }
        if let Some((given, bytes)) = &self.pass.options.given
            && discover::absolute(given, &self.pass.options.current) == full
        {
            return Ok(Content::Bytes(bytes.clone()));
        }
        let shown = discover::relative(&self.pass.options.current, &full);
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
    fixable: Vec<Option<(Arc<str>, Arc<Settings>)>>,
    /// Whether the pages' words were read.
    words: bool,
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
        Ok(self.page_of(path, usual, self.check.read(path)?))
    }

    fn page_of(&self, path: &Arc<Path>, usual: &Arc<Settings>, content: Content) -> Checked {
        let collections = self.config.collections_for(path);
        let mut document = match content {
            Content::Bytes(bytes) => Document::from_bytes(path, bytes, &collections),
            Content::TooLong(len) => Document::damaged(path, "", Damage::TooLong(len)),
        };
        document.reading = Arc::clone(&self.config.reading);
        if !self.config.has_markdownlint_comments(path) {
            document.suppressions.markdownlint = Comments::default();
        }
        let settings = self.config.settings_on(&document, usual);
        let reports = self.check.reports(self.config, path);
        let mut found = Vec::new();
        if self.purpose == Purpose::Check {
            if let Err(mistakes) = self.config.check_own_schema(self.check.disk, &mut document) {
                found.extend(mistakes.iter().cloned());
            }
            if reports {
                found.extend(lint::check(&document, &settings));
            }
        }
        let is_changed = !matches!(self.check.pass.task, Task::Look);
        let is_fixable = is_changed && reports && document.damage.is_none();
        let fixable = is_fixable.then(|| (Arc::clone(&document.source), Arc::clone(usual)));
        let source = (!found.is_empty()).then(|| Arc::clone(&document.source));
        let layout = &self.config.layout;
        let page = if self.words { Page::with_words(document, layout) } else { Page::of(document, layout) };
        Checked { page, settings, found, source, fixable }
    }
}

/// One page of a site, to be fixed while the others stay as they are.
struct Refix<'a> {
    first: &'a First<'a>,
    site: &'a Site,
    page: &'a Page,
    usual: &'a Arc<Settings>,
}

impl Refix<'_> {
    fn run(&self, source: &Arc<str>, found: &[Diagnostic]) -> Fixed {
        let (path, check) = (&self.page.path, |text: &Arc<str>| self.check(text));
        let unchanged = |text| Fixed { text, mended: 0, mistakes: vec![] };
        match &self.first.check.pass.task {
            Task::Look => unchanged(Arc::clone(source)),
            Task::Fix(least) => lint::fix_to_fixpoint(path, source, found, *least, check),
            Task::Suppress(reason) => unchanged(lint::silence(path, source, found, reason.as_ref(), check)),
        }
    }

    /// Both phases again, with another text.
    fn check(&self, text: &str) -> Vec<Diagnostic> {
        let content = Content::Bytes(text.as_bytes().to_vec());
        let Checked { mut page, settings, mut found, .. } =
            self.first.page_of(&self.page.path, self.usual, content);
        page.added = self.page.added;
        found.extend(lint::check_page(&page, self.site, &settings));
        lint::finish(&page, found, &settings).kept
    }
}

enum Content {
    Bytes(Vec<u8>),
    TooLong(u64),
}
