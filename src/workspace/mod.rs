//! Sites that stay open: their pages are read once, and again only when they change.

mod assemble;
mod batch;
mod compared;
mod error;
mod fixing;
mod given_page;
mod last_run;
mod load;
mod open_site;
mod options;
mod page_selection;
mod read_page;
mod request;
mod result;
mod sealed;
mod second_phase;
mod shard;
mod site_facts;
mod skipped_files;
mod store;
mod stored_diagnostic;
mod stored_page;
mod stored_verdicts;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

pub use batch::{BadPath, Batch, MAX_SITE, PageText};
pub use error::Error;
pub use fixing::FileChange;
pub(crate) use fixing::{PageFix, PageTask};
pub(crate) use last_run::LastRun;
pub use load::load_config;
pub use options::{ConfigChoice, Options};
pub use read_page::Facts;
pub(crate) use read_page::Purpose;
pub use result::Run;
pub use shard::Shard;
pub use site_facts::{
    FactsError, FactsMergeError, PlacedFacts, SiteFacts, json_schema as facts_schema, merge as merge_facts,
    write as write_facts,
};
pub use store::{Cache, usual_cache_folder};

use assemble::assemble;
pub(crate) use assemble::note;
use fixing::Fixer;
use load::each_project;
use open_site::OpenSite;
use read_page::ReadPage;
use second_phase::{FirstFindings, ProjectResult};

use crate::{
    config::{CMS_PATHS, Config, FILE_NAMES, Settings},
    diagnostic::Diagnostic,
    discover::{IGNORE_FILES, Project},
    fix::Applicability,
    lint::Fixed,
    markdown::Dialect,
    paths,
    site::{Page, Site},
    vfs::{EntryKind, FileOverlay, FileSystem as _, read_text},
};

/// The sites that some options name, open: what each page says is kept, and only a page whose text changes is read
/// again. Findings are the same as those of a run over the same texts.
///
/// Paths are absolute, both as arguments and as results, except those in findings, which are
/// relative to the root of the page's site ([`Workspace::root_of`]).
///
/// ```
/// use std::path::Path;
///
/// use copydesk::{Workspace, run::Options};
///
/// let files = [("copydesk.yaml", ""), ("index.md", "See [the tides](tides.md).\n")];
/// let options = Options::in_memory(Path::new("/site"), files, jiff::civil::date(2024, 6, 1));
/// let mut workspace = Workspace::open(options);
/// let page = Path::new("/site/index.md");
/// assert_eq!(workspace.check_page(page).unwrap()[0].rule.id, "broken-link");
///
/// workspace.set_text(Path::new("/site/tides.md"), "High water is at noon.\n");
/// assert!(workspace.check_page(page).unwrap().is_empty());
/// ```
pub struct Workspace<'a> {
    options: Options<'a>,
    overlay: Arc<FileOverlay>,
    purpose: Purpose,
    /// Sorted by root: one in another one is after that.
    sites: Vec<OpenSite>,
    /// What was named and is not there.
    errors: Vec<Error>,
}

impl<'a> Workspace<'a> {
    /// Opens the sites that the options name, reads their configs and their pages.
    pub fn open(options: Options<'a>) -> Self {
        Self::open_with(options, &Facts::default())
    }

    /// Opens the sites as [`Self::open`] does, but reads no page that `known` has.
    pub fn open_with(options: Options<'a>, known: &Facts) -> Self {
        Self::open_for(Purpose::Check, options, known)
    }

    pub(crate) fn open_for(purpose: Purpose, options: Options<'a>, known: &Facts) -> Self {
        let overlay = Arc::new(FileOverlay::new(Arc::clone(&options.files)));
        if let Some((path, bytes)) = &options.given {
            overlay.set(paths::absolute(path, &options.current), &**bytes);
        }
        let options = Options { files: Arc::clone(&overlay) as _, ..options };
        let mut workspace = Self { options, overlay, purpose, sites: vec![], errors: vec![] };
        workspace.read(known);
        workspace
    }

    /// Reads everything except the pages in `known`.
    fn read(&mut self, known: &Facts) {
        let Self { options, purpose, .. } = self;
        let (mut errors, mut missing, mut sites) = (Vec::new(), Vec::new(), Vec::new());
        each_project(options, &mut errors, |loaded| {
            let site = OpenSite::new(loaded, options, *purpose, known);
            missing.extend(site.missing_facts(options));
            let exclude = site.config.exclude.clone();
            sites.push(site);
            exclude
        });
        errors.append(&mut missing);
        sites.sort_by(|a, b| a.project.cmp(&b.project));
        (self.sites, self.errors) = (sites, errors);
    }

    /// Reads the configs again, and those pages that they change. That happens by itself when a file of a config is
    /// changed by one of the methods here.
    pub fn reload(&mut self) {
        let known = self.facts();
        self.read(&known);
    }

    /// What was read of all pages.
    pub fn facts(&self) -> Facts {
        let mut facts = Facts::default();
        self.sites.iter().flat_map(|site| &site.pages).for_each(|page| facts.add(page));
        facts
    }

    /// Checks all pages, and the sites as a whole.
    pub fn check(&self) -> Run {
        self.check_and(&PageTask::Look).0
    }

    /// Checks all pages, and gives those that a task changes.
    pub(crate) fn check_and(&self, task: &PageTask) -> (Run, Vec<PageFix>) {
        self.check_with(task, self.sites.iter().map(OpenSite::first).collect())
    }

    /// Checks all pages, and the sites as a whole, for the last time: see [`OpenSite::take_first`].
    pub(crate) fn check_last(&mut self) -> Run {
        let first = self.sites.iter_mut().map(OpenSite::take_first).collect();
        self.check_with(&PageTask::Look, first).0
    }

    fn check_with(&self, task: &PageTask, first: Vec<Vec<FirstFindings<'_>>>) -> (Run, Vec<PageFix>) {
        let (mut errors, mut fixes, mut results) = (self.errors.clone(), Vec::new(), Vec::new());
        for (site, first) in self.sites.iter().zip(first) {
            let mut result = site.check(&self.options, task, first, &mut errors);
            fixes.append(&mut result.fixes);
            results.push((&site.project, result));
        }
        (assemble(results, &self.options, errors), fixes)
    }

    /// The findings in a page, sorted; those that comments of the page suppress are left out. `None` where it is no
    /// page whose findings are wanted, or cannot be read.
    pub fn check_page(&self, path: &Path) -> Option<Vec<Diagnostic>> {
        let (site, at) = self.find(path)?;
        Some(site.findings(&site.site().pages[at], &site.pages[at]).kept)
    }

    /// A page with the fixes applied that are at least as good as `least`, in the site as it is. Nothing is written,
    /// and the page in the workspace stays as it is.
    pub fn fix(&self, path: &Path, least: Applicability) -> Option<Fixed> {
        let (site, at) = self.find(path)?;
        let source = self.text(path)?;
        let fixer =
            Fixer { options: &self.options, site, page: &site.site().pages[at], read: &site.pages[at] };
        Some(fixer.fix(&source, least))
    }

    /// Gives a file a text, whatever the file system has. The file need not exist.
    pub fn set_text(&mut self, path: &Path, text: &str) {
        self.overlay.set(path.to_owned(), text.as_bytes());
        self.update(&[(path.to_owned(), None)]);
    }

    /// Gives pages the texts that a task left them with.
    pub(crate) fn take(&mut self, fixes: impl Iterator<Item = PageFix>) {
        let set = |fix: PageFix| {
            self.overlay.set(fix.change.path.clone(), fix.change.after.as_bytes());
            (fix.change.path, fix.read)
        };
        let changed: Vec<_> = fixes.map(set).collect();
        self.update(&changed);
    }

    /// Takes a file for gone, whatever the file system has.
    pub fn remove(&mut self, path: &Path) {
        self.overlay.remove(path.to_owned());
        self.update(&[(path.to_owned(), None)]);
    }

    /// Takes files as the file system has them: an editor closed them, or another program changed, made or removed
    /// them.
    pub fn refresh(&mut self, paths: &[PathBuf]) {
        let forget = |path: &PathBuf| {
            self.overlay.forget(path);
            (path.clone(), None)
        };
        let changed: Vec<_> = paths.iter().map(forget).collect();
        self.update(&changed);
    }

    /// Reads again what follows from files that changed: pages by themselves, unless they are here as they were read with
    /// their new text, and everything else with the config.
    fn update(&mut self, changed: &[(PathBuf, Option<Arc<ReadPage>>)]) {
        let Self { options, overlay, purpose, sites, .. } = self;
        let mut reload = false;
        for (path, read) in changed {
            let Some(site) = sites.iter_mut().rev().find(|site| path.starts_with(&site.project.root)) else {
                continue;
            };
            let relative = paths::relative(&site.project.root, path);
            site.images.forget(&relative);
            let is_file = overlay.kind(path).is_ok_and(|kind| kind == EntryKind::File);
            let is_new = is_file && !site.has(&relative) && options.may_list(&site.project, path);
            let is_gone = !is_file && site.has(&relative);
            reload |= is_config(path) || site.config_inputs().contains(path) || is_new || is_gone;
            let Some(at) = site.position(&relative).filter(|_| !reload) else { continue };
            let again = || site.read_again(at, options, *purpose);
            match read.as_ref().map(Arc::clone).or_else(again) {
                Some(page) => site.replace(at, page),
                None => reload = true,
            }
        }
        if reload {
            self.reload();
        }
    }

    /// The site that a path belongs to, and the place of the page among its pages.
    fn find(&self, path: &Path) -> Option<(&OpenSite, usize)> {
        let site = self.site_at(path)?;
        let relative = paths::relative(&site.project.root, path);
        let at = site.position(&relative).filter(|_| site.reports(&relative))?;
        Some((site, at))
    }

    fn site_at(&self, path: &Path) -> Option<&OpenSite> {
        self.sites.iter().rev().find(|site| path.starts_with(&site.project.root))
    }

    /// The dialect of a page of one of the sites, by absolute path.
    fn dialect_at(&self, path: &Path) -> Dialect {
        let Some(site) = self.site_at(path) else { return Dialect::default() };
        site.config.dialect_for(&paths::relative(&site.project.root, path))
    }

    /// The root of the site that a path belongs to.
    pub fn root_of(&self, path: &Path) -> Option<&Path> {
        Some(&self.site_at(path)?.project.root)
    }

    /// The projects, one in another one after that.
    pub fn projects(&self) -> impl Iterator<Item = &Project> {
        self.sites.iter().map(|site| &site.project)
    }

    /// The config of the site that a path belongs to.
    pub fn config(&self, path: &Path) -> Option<&Config> {
        Some(&self.site_at(path)?.config)
    }

    /// The mistakes in the config of the site that a path belongs to. If there are any, no page of it is checked.
    pub fn mistakes(&self, path: &Path) -> &[Diagnostic] {
        self.site_at(path).map_or(&[], |site| &site.mistakes)
    }

    /// The site that a path belongs to: what its pages say together.
    pub fn site(&self, path: &Path) -> Option<&Site> {
        Some(self.site_at(path)?.site())
    }

    /// A page in its site.
    pub fn page(&self, path: &Path) -> Option<(&Site, &Page)> {
        let (site, at) = self.find(path)?;
        Some((site.site(), &site.site().pages[at]))
    }

    /// The settings that hold on a page, those from its own comments included.
    pub fn settings(&self, path: &Path) -> Option<&Settings> {
        let (site, at) = self.find(path)?;
        Some(&site.pages[at].settings)
    }

    /// The text of a file as it is now; `None` where it is none or cannot be read.
    pub fn text(&self, path: &Path) -> Option<Arc<str>> {
        let site = self.site_at(path)?;
        let kept = || site.pages[site.position(&paths::relative(&site.project.root, path))?].source.clone();
        let read =
            || site.files.holds(path).is_ok_and(|holds| holds).then(|| read_text(&*self.overlay, path).ok());
        kept().or_else(|| read().flatten().map(Arc::from))
    }

    /// All pages whose findings are wanted.
    pub fn pages(&self) -> impl Iterator<Item = PathBuf> {
        self.sites.iter().flat_map(|site| {
            let paths = site.pages.iter().map(|page| &page.facts.path).filter(|path| site.reports(path));
            paths.map(|path| site.project.root.join(path))
        })
    }

    /// All files of the sites.
    pub fn files(&self) -> impl Iterator<Item = PathBuf> {
        let files = |site: &'_ OpenSite| {
            site.listing.files.iter().map(|path| site.project.root.join(path)).collect::<Vec<_>>()
        };
        self.sites.iter().flat_map(files)
    }

    /// A run that checks no page: what kept the sites from being read, and the mistakes in their configs.
    pub(crate) fn without_findings(&self) -> Run {
        let (mut errors, mut results) = (self.errors.clone(), Vec::new());
        for site in &self.sites {
            errors.extend(site.unreadable(&self.options));
            let (kept, broken_config) = (site.mistakes.clone(), !site.mistakes.is_empty());
            results.push((&site.project, ProjectResult { kept, broken_config, ..ProjectResult::default() }));
        }
        assemble(results, &self.options, errors)
    }

    /// Takes the sites out and drops the rest.
    pub(crate) fn into_sites(self) -> (Vec<IndexedSite>, Vec<Error>) {
        let Self { sites, mut errors, .. } = self;
        let sites = sites.into_iter().map(|site| {
            errors.extend(site.unreadable_pages());
            let asked = site.pages.iter().map(|page| site.reports(&page.facts.path)).collect();
            let (root, mistakes) = (site.project.root.clone(), site.mistakes.clone());
            let (config, listing, site) = site.into_site();
            IndexedSite { root, mistakes, site, asked, config, files: listing.files }
        });
        let sites = sites.collect();
        (sites, errors)
    }

    /// Keeps what was read for the next run, where the options name a place for it.
    pub(crate) fn save(&self) {
        self.sites.iter().for_each(OpenSite::save);
    }

    /// Frees everything on another thread: that takes as long as a report.
    pub(crate) fn close(self) {
        let sites = self.sites;
        rayon::spawn(move || drop(sites));
    }
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

/// Whether a file, by its name alone, may decide what a site is and which files are in it.
fn is_config(path: &Path) -> bool {
    FILE_NAMES.iter().chain(&IGNORE_FILES).chain(&CMS_PATHS).any(|name| path.ends_with(name))
}
