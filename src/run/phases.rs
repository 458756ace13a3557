//! The two phases over one project, in parallel.

use std::{
    collections::{BTreeSet, HashMap},
    io,
    path::Path,
    sync::Arc,
};

use rayon::prelude::*;

use super::{
    Error, PageFix, ProjectResult,
    fixing::{Change, Pass, Task},
    request::Request,
    skipped_files::SkippedFiles,
};
use crate::{
    checkout::{Checkout as _, Content, Difference, SiteFiles},
    config::{Config, Settings},
    diagnostic::Diagnostic,
    discover::{Listing, Project},
    document::{Damage, Document, MAX_LEN},
    history,
    lint::{self, Fixed, FixedRules},
    paths,
    rule::Group,
    site::{Page, Site, urls::Urls},
    suppress::{
        markdownlint::Comments,
        trust::{self, Version},
    },
};

/// Pages that a thread takes at once. Few, because some pages take a hundred times as long as others.
const MAX_AT_ONCE: usize = 4;

/// The two phases over one project.
pub(super) struct ProjectChecker<'a> {
    pub(super) project: &'a Project,
    pub(super) request: &'a Request,
    pub(super) listing: &'a Listing,
    pub(super) pass: &'a Pass<'a>,
    /// The pages.
    pub(super) files: &'a SiteFiles<'a>,
    /// What the config refers to.
    pub(super) config_files: &'a SiteFiles<'a>,
}

/// A page after the first phase.
struct CheckedPage {
    page: Page,
    settings: Arc<Settings>,
    diagnostics: Vec<Diagnostic>,
    /// The text, if there are findings.
    source: Option<Arc<str>>,
    /// The text and the settings of the config, if the page may be fixed.
    fixable: Option<(Arc<str>, Arc<Settings>)>,
}

impl ProjectChecker<'_> {
    /// Whether findings in a file are reported: it was requested, and is a page, not only a file that pages refer to.
    pub(super) fn reports(&self, config: &Config, path: &Path) -> bool {
        self.request.files.contains(path) || (self.request.covers(path) && config.is_page(path))
    }

    pub(super) fn run(&self, paths: &[Arc<Path>], result: &mut ProjectResult, errors: &mut Vec<Error>) {
        let config = &result.config;
        result.skipped_files = SkippedFiles::of(self, config);
        let strays = config.strays(paths).into_iter();
        result.kept.extend(strays.filter(|it| self.reports(config, &it.primary.path)));
        let index = self.gather(paths, config, Mode::Lint, errors);
        let site = &index.site;
        let page_checker = PageChecker { check: self, config, mode: Mode::Lint, words: index.words };
        if index.settings.iter().any(|settings| settings.checks(Group::Links)) {
            // Rules that compare the URLs of all pages would otherwise resolve them on one thread.
            let reported = site.pages.par_iter().filter(|page| self.reports(config, &page.path));
            reported.for_each(|page| drop(site.leads(page)));
        }
        let second: Vec<_> = site
            .pages
            .par_iter()
            .with_max_len(MAX_AT_ONCE)
            .zip(index.diagnostics)
            .zip(&index.settings)
            .zip(&index.fixable)
            .filter(|(((page, _), _), _)| self.reports(config, &page.path))
            .map(|(((page, mut diagnostics), settings), fixable)| {
                diagnostics.extend(lint::check_page(page, site, settings));
                let applied = lint::finish(page, diagnostics, settings);
                let fixed = fixable.as_ref().map(|(source, base_settings)| {
                    (
                        source,
                        PageFixer { page_checker: &page_checker, site, page, base_settings }
                            .run(source, &applied.kept),
                    )
                });
                (page, applied, fixed)
            })
            .collect();
        result.files = second.len();
        for (page, applied, fixed) in second {
            result.kept.extend(applied.kept);
            result.suppressed.extend(applied.suppressed);
            if let Some((source, fixed)) = fixed {
                let root = self.project.root.clone();
                let path = root.join(&page.path);
                result.held.extend(fixed.held.into_iter().map(|reason| (path.clone(), reason)));
                let change = Change { path, root, before: Arc::clone(source), after: fixed.text };
                let is_one = change.before != change.after;
                result.fixes.extend(is_one.then_some(PageFix { change, fixed: fixed.fixed }));
            }
        }
        if !self.request.folders.is_empty() {
            result.kept.extend(lint::check_site(site, &config.site_settings(), &config.path));
        }
        result.secret_parameters = secret_parameters(&index.settings);
        result.sources = index.sources;
        // Freeing all pages takes as long as the report, so it is done in parallel.
        rayon::spawn(|| drop(index.site));
    }

    /// The first phase.
    pub(super) fn gather(
        &self,
        paths: &[Arc<Path>],
        config: &Config,
        mode: Mode,
        errors: &mut Vec<Error>,
    ) -> ProjectIndex {
        let settings = config.settings(paths);
        let words = match mode {
            Mode::Index => true,
            Mode::Lint => settings.iter().any(|settings| settings.checks(Group::Spelling)),
        };
        let page_checker = PageChecker { check: self, config, mode, words };
        let history = match mode {
            Mode::Lint if config.asks_for_history() => history::additions(&self.project.root),
            _ => HashMap::new(),
        };
        let total = paths.len() as u64;
        let checked: Vec<Result<CheckedPage, Error>> = paths
            .par_iter()
            .with_max_len(MAX_AT_ONCE)
            .zip(&settings)
            .map(|(path, settings)| {
                let checked = page_checker.page(path, settings);
                (self.pass.options.progress)(total);
                checked
            })
            .collect();
        let mut pages = Vec::new();
        let (mut diagnostics, mut used, mut sources) = (Vec::new(), Vec::new(), HashMap::new());
        let mut fixable = Vec::new();
        for (checked, path) in checked.into_iter().zip(paths) {
            match checked {
                Ok(mut checked) => {
                    checked.page.added = history.get(&**path).copied();
                    sources.extend(checked.source.map(|source| (Arc::clone(path), source)));
                    pages.push(checked.page);
                    diagnostics.push(checked.diagnostics);
                    used.push(checked.settings);
                    fixable.push(checked.fixable);
                }
                Err(error) if self.reports(config, path) => errors.push(error),
                Err(_) => {}
            }
        }
        let around = self.pass.options.files.around(&self.project.root, &self.listing.files);
        let site = Site::new(pages, config.collections.clone(), &config.data, self.pass.options.today)
            .with_urls(Urls::new(Arc::clone(&config.sites), around));
        let site = if words { site.with_spelling(&config.spelling) } else { site };
        ProjectIndex { site, diagnostics, settings: used, fixable, sources, words }
    }

    fn read(&self, path: &Path) -> Result<Content, Error> {
        let full = self.project.root.join(path);
        if let Some(text) = self.pass.texts.get(&full) {
            return Ok(Content::Bytes(text.as_bytes().to_vec()));
        }
        if let Some((given, bytes)) = &self.pass.options.given
            && paths::absolute(given, &self.pass.options.current) == full
        {
            return Ok(Content::Bytes(bytes.clone()));
        }
        let shown = paths::relative(&self.pass.options.current, &full);
        let read = || {
            if self.request.files.contains(path) && !self.files.holds(&full)? {
                return Err(io::Error::other("symlink points outside the site root"));
            }
            self.pass.options.files.read(&full, MAX_LEN)
        };
        read().map_err(|error| Error::unreadable(&shown, &error))
    }
}

/// The parameters that rules consider secret, on any page.
fn secret_parameters(settings: &[Arc<Settings>]) -> BTreeSet<String> {
    let different: HashMap<*const Settings, &Arc<Settings>> =
        settings.iter().map(|settings| (Arc::as_ptr(settings), settings)).collect();
    let active = different.into_values().flat_map(|settings| &settings.active);
    active.flat_map(|active| active.rule.secret_parameters()).cloned().collect()
}

/// Why the pages of a site are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// To check them.
    Lint,
    /// To index their content.
    Index,
}

/// The result of the first phase, by page, in the order of the site's pages.
pub(super) struct ProjectIndex {
    pub(super) site: Site,
    diagnostics: Vec<Vec<Diagnostic>>,
    settings: Vec<Arc<Settings>>,
    fixable: Vec<Option<(Arc<str>, Arc<Settings>)>>,
    /// Whether the pages' words were read.
    words: bool,
    sources: HashMap<Arc<Path>, Arc<str>>,
}

/// Runs the first phase on pages.
struct PageChecker<'a> {
    check: &'a ProjectChecker<'a>,
    config: &'a Config,
    mode: Mode,
    /// Whether the words of pages are needed.
    words: bool,
}

impl PageChecker<'_> {
    fn page(&self, path: &Arc<Path>, base_settings: &Arc<Settings>) -> Result<CheckedPage, Error> {
        Ok(self.page_of(path, base_settings, self.check.read(path)?))
    }

    fn page_of(&self, path: &Arc<Path>, base_settings: &Arc<Settings>, content: Content) -> CheckedPage {
        let collections = self.config.collections_for(path);
        let dialect = self.config.dialect_for(path);
        let mut document = match content {
            Content::Bytes(bytes) => Document::from_bytes(dialect, path, bytes, &collections),
            Content::TooLong(len) => Document::damaged(path, "", Damage::TooLong(len)),
        };
        document.reading = Arc::clone(&self.config.reading);
        document.is_preprocessed = self.config.sites.of(&path.to_string_lossy()).is_preprocessed;
        document.shared = Arc::clone(&self.config.shared);
        if !self.config.has_markdownlint_comments(path) {
            document.suppressions.markdownlint = Comments::default();
        }
        if let Some(difference) = self.check.pass.options.untrusted_change {
            self.distrust(&mut document, difference);
        }
        let settings = self.config.settings_on(&document, base_settings);
        let reports = self.check.reports(self.config, path);
        let mut diagnostics = Vec::new();
        if self.mode == Mode::Lint {
            if let Err(mistakes) = self.config.check_own_schema(self.check.config_files, &mut document) {
                diagnostics.extend(mistakes.iter().cloned());
            }
            self.config.check_generator(&mut document);
            if reports {
                diagnostics.extend(lint::check(&document, &settings));
            }
        }
        let is_changed = !matches!(self.check.pass.task, Task::Look);
        let is_fixable = is_changed && reports && document.damage.is_none();
        let fixable = is_fixable.then(|| (Arc::clone(&document.source), Arc::clone(base_settings)));
        let source = (!diagnostics.is_empty()).then(|| Arc::clone(&document.source));
        let sites = &self.config.sites;
        let page = if self.words { Page::with_words(document, sites) } else { Page::of(document, sites) };
        CheckedPage { page, settings, diagnostics, source, fixable }
    }

    /// Removes the suppression comments that an untrusted change adds.
    fn distrust(&self, document: &mut Document, difference: &Difference) {
        let path = self.check.project.root.join(&document.path);
        if document.suppressions.is_empty() || !difference.touches(&path) {
            return;
        }
        let bytes = match difference.before.read(difference.old_name(&path), MAX_LEN) {
            Ok(Content::Bytes(bytes)) => bytes,
            _ => vec![],
        };
        let dialect = self.config.dialect_for(&document.path);
        let old = Document::from_bytes(dialect, &document.path, bytes, &[]);
        let version = |source, lines| Version { source, lines };
        let now = version(&*document.source, &document.lines);
        trust::distrust(&mut document.suppressions, now, &old.suppressions, version(&old.source, &old.lines));
    }
}

/// Fixes one page of a site; the other pages are unchanged.
struct PageFixer<'a> {
    page_checker: &'a PageChecker<'a>,
    site: &'a Site,
    page: &'a Page,
    base_settings: &'a Arc<Settings>,
}

impl PageFixer<'_> {
    fn run(&self, source: &Arc<str>, diagnostics: &[Diagnostic]) -> Fixed {
        let (path, check) = (&self.page.path, |text: &Arc<str>| self.check(text));
        let page = (path, self.page_checker.config.dialect_for(path));
        let unchanged = |text| Fixed { text, fixed: FixedRules::new(), held: vec![] };
        match &self.page_checker.check.pass.task {
            Task::Look => unchanged(Arc::clone(source)),
            Task::Fix(min_applicability) => {
                lint::fix_to_fixpoint(page, source, diagnostics, *min_applicability, check)
            }
            Task::Suppress(reason) => {
                unchanged(lint::add_suppressions(page, source, diagnostics, reason.as_ref(), check))
            }
        }
    }

    /// Runs both phases on another text of the page.
    fn check(&self, text: &str) -> Vec<Diagnostic> {
        let content = Content::Bytes(text.as_bytes().to_vec());
        let CheckedPage { mut page, settings, mut diagnostics, .. } =
            self.page_checker.page_of(&self.page.path, self.base_settings, content);
        page.added = self.page.added;
        diagnostics.extend(lint::check_page(&page, self.site, &settings));
        lint::finish(&page, diagnostics, &settings).kept
    }
}
