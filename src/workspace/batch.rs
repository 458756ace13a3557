//! Pages that are given as texts, each checked by itself under one config: none is read from a file.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use rayon::prelude::*;

use super::{
    ConfigChoice, Options, Run,
    assemble::{assemble, sources},
    load::{LoadedProject, config_for},
    request::requests,
};
use crate::{
    checkout::{Checkout, SiteFiles},
    config::{Config, Settings},
    diagnostic::Diagnostic,
    discover::{Listing, Project},
    document::{Damage, Document, MAX_LEN},
    fix::Applicability,
    lint::{self, Fixed},
    paths,
    rule::Group,
    secrets::Secrets,
    site::{Alone, Page},
};

/// The longest path of a page, in bytes.
const MAX_PATH: usize = 4096;

/// The longest name of a page's site, in bytes: every finding repeats it.
pub const MAX_SITE: usize = 1024;

/// What all pages have in common.
pub struct Batch {
    project: Project,
    current: PathBuf,
    files: Arc<dyn Checkout>,
    config: Config,
    alone: Alone,
}

/// A page to check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageText {
    /// The path, relative to the root of the project.
    pub path: Arc<Path>,
    /// The content.
    pub text: String,
}

/// Why a path cannot be the path of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPath {
    /// It names no file.
    #[error("`path` is empty")]
    Empty,
    /// It has a character that no file name has.
    #[error("`path` contains a NUL character")]
    Nul,
    /// It is longer than [`MAX_PATH`].
    #[error("`path` is longer than {MAX_PATH} bytes")]
    TooLong,
    /// It is not below the root.
    #[error("`path` is outside the site root")]
    OutsideRoot,
}

impl Batch {
    /// Reads the config of the project of the current folder. Of the options, the paths do not matter.
    ///
    /// # Errors
    ///
    /// A run that says what is wrong with the config.
    pub fn open(options: &Options<'_>) -> Result<Self, Box<Run>> {
        let mut errors = Vec::new();
        let failed = |errors| Box::new(assemble(vec![], options, errors));
        let Some((project, request)) = requests(options, &mut errors).pop_first() else {
            return Err(failed(errors));
        };
        let config_files = SiteFiles::new(options.config_checkout(), &project);
        let (config, mistakes) = config_for(&project, &config_files, options);
        // Only without a config file do folders have settings of their own.
        let listing = match options.config {
            ConfigChoice::Discover if project.config.is_none() => options.list_for(&project),
            _ => Listing::default(),
        };
        let files = SiteFiles::new(Arc::clone(&options.files), &project);
        let mut loaded = LoadedProject { project, request, listing, files, config_files, config, mistakes };
        loaded.settled_pages(options);
        let LoadedProject { project, config, mistakes, .. } = loaded;
        if !mistakes.is_empty() {
            return Err(Box::new(Run::of_config(&project, &options.current, mistakes)));
        }
        let alone = Alone::new(
            config.collections.clone(),
            &config.data,
            &config.spelling,
            Arc::clone(&config.sites),
            options.today,
        );
        let (current, files) = (options.current.clone(), Arc::clone(&options.files));
        Ok(Self { project, current, files, config, alone })
    }

    /// The path of a page in the project, from one that is relative to the current folder.
    ///
    /// # Errors
    ///
    /// When no file of the project can have that path.
    pub fn path_of(&self, given: &str) -> Result<Arc<Path>, BadPath> {
        if given.contains('\0') {
            return Err(BadPath::Nul);
        }
        if given.len() > MAX_PATH {
            return Err(BadPath::TooLong);
        }
        let path = paths::relative(&self.project.root, &paths::absolute(Path::new(given), &self.current));
        match path.components().next() {
            _ if given.is_empty() || given.ends_with('/') => Err(BadPath::Empty),
            None => Err(BadPath::Empty),
            Some(Component::Normal(_)) => Ok(path.into()),
            Some(_) => Err(BadPath::OutsideRoot),
        }
    }

    /// The findings in each of some pages, as runs of one file each, in the order of the pages. A page that the config
    /// excludes has none.
    pub fn check(&self, pages: &[PageText]) -> Vec<Run> {
        let paths: Vec<_> = pages.iter().map(|page| Arc::clone(&page.path)).collect();
        let settings = self.config.settings(&paths);
        let files = SiteFiles::new(Arc::clone(&self.files), &self.project);
        let both = pages.par_iter().zip(&settings).with_max_len(1);
        both.map(|(page, settings)| self.check_guarded(page, settings, &files)).collect()
    }

    /// Checks one page; a bug of copydesk is a finding in that page and does not affect the others.
    fn check_guarded(&self, page: &PageText, settings: &Arc<Settings>, files: &SiteFiles) -> Run {
        if self.config.leaves_out(&page.path) {
            return self.run_of(Secrets::default());
        }
        let checked = catch_unwind(AssertUnwindSafe(|| self.check_page(page, settings, files)));
        checked.unwrap_or_else(|panic| {
            let run = self.run_of(Secrets::default());
            run.sources.keep(&page.path, page.text.as_str().into());
            Run { files: 1, diagnostics: vec![lint::page_error(&page.path, panic.as_ref())], ..run }
        })
    }

    /// A run that has checked nothing yet.
    fn run_of(&self, secrets: Secrets) -> Run {
        let sources = sources(&self.project.root, secrets, &self.files);
        Run::of_nothing(self.project.root.clone(), self.current.clone(), sources)
    }

    /// A page with the fixes applied that are at least as good as `least`. A page that the config excludes stays as
    /// it is.
    pub fn fix(&self, page: &PageText, least: Applicability) -> Fixed {
        let check = |text: &Arc<str>| {
            let page = PageText { path: Arc::clone(&page.path), text: text.to_string() };
            self.check(&[page]).into_iter().flat_map(|run| run.diagnostics).collect::<Vec<_>>()
        };
        let source = Arc::from(page.text.as_str());
        let dialect = self.config.dialect_for(&page.path);
        lint::fix_to_fixpoint((&page.path, dialect), &source, &check(&source), least, check)
    }

    fn check_page(&self, page: &PageText, base_settings: &Arc<Settings>, files: &SiteFiles) -> Run {
        let mut document = self.document(page);
        self.config.equip(&mut document);
        let settings = self.config.settings_on(&document, base_settings);
        let mistakes = self.config.check_own_schema(files, &mut document).err();
        let mut diagnostics = mistakes.map_or_else(Vec::new, |mistakes| mistakes.to_vec());
        self.config.check_generator(&mut document);
        diagnostics.extend(lint::check(&document, &settings));
        let source = Arc::clone(&document.source);
        let page = if settings.checks(Group::Spelling) {
            Page::with_words(document, &self.config.sites)
        } else {
            Page::of(document, &self.config.sites)
        };
        let site = self.alone.site_of(page);
        let page = &site.pages[0];
        diagnostics.extend(lint::check_page(page, &site, &settings));
        let applied = lint::finish(page, site.extent(), diagnostics, &settings);
        let parameters = settings.active.iter().flat_map(|active| active.rule.secret_parameters());
        let run = self.run_of(Secrets::named(parameters.map(String::as_str)));
        run.sources.keep(&page.path, source);
        let mut diagnostics = applied.kept;
        diagnostics.sort_by(Diagnostic::order);
        diagnostics.dedup();
        Run { files: 1, diagnostics, suppressed: applied.suppressed, ..run }
    }

    fn document(&self, page: &PageText) -> Document {
        let len = page.text.len() as u64;
        if len > MAX_LEN {
            return Document::damaged(&page.path, "", Damage::TooLong(len));
        }
        let collections = self.config.collections_for(&page.path);
        let dialect = self.config.dialect_for(&page.path);
        Document::parse_in(dialect, &page.path, page.text.as_str(), &collections)
    }
}
