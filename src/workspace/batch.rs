//! Pages that are given as texts, each checked by itself under one config, or as a part of a site that is known by facts:
//! none is read from a file.

use std::{
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use jiff::civil;
use rayon::prelude::*;

use super::{
    ConfigChoice, Facts, Options, PlacedFacts, Purpose, Run, SiteFacts, Workspace,
    assemble::{assemble, sources},
    load::{LoadedProject, config_for},
    request::requests,
};
use crate::{
    config::{Config, Settings},
    diagnostic::Diagnostic,
    discover::{Listing, Project, SiteFiles},
    document::{Damage, Document, MAX_LEN},
    fix::Applicability,
    lint::{self, Fixed, GuardedTask},
    paths,
    rule::Group,
    secrets::Secrets,
    site::{Alone, Page},
    vfs::FileSystem,
};

/// The longest path of a page, in bytes.
const MAX_PATH: usize = 4096;

/// The longest name of a page's site, in bytes: every finding repeats it.
pub const MAX_SITE: usize = 1024;

/// What all pages have in common.
pub struct Batch {
    root: PathBuf,
    current: PathBuf,
    files: Arc<dyn FileSystem>,
    context: Context,
}

/// What a page is a part of.
enum Context {
    /// Nothing but itself.
    Alone(Box<Lonely>),
    /// A site that is known by facts.
    Sites(Box<Workspace<'static>>),
}

/// What holds for pages that are checked by themselves.
struct Lonely {
    project: Project,
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
    /// Reads the config of the project of the current folder, or that of the sites whose facts the options have. Of the
    /// options, the paths do not matter.
    ///
    /// # Errors
    ///
    /// A run that says what is wrong with the config.
    pub fn open(options: &Options<'_>) -> Result<Self, Box<Run>> {
        if options.site_facts.is_some() {
            return Self::open_sites(options);
        }
        let mut errors = Vec::new();
        let failed = |errors| Box::new(assemble(vec![], options, errors));
        let Some((project, request)) = requests(options, &mut errors).pop_first() else {
            return Err(failed(errors));
        };
        let config_files = SiteFiles::new(options.config_file_system(), &project);
        let (config, mistakes) = config_for(&project, &config_files, options);
        // Only without a config file do folders have settings of their own.
        let listing = match options.config {
            ConfigChoice::Discover if project.config.is_none() => options.list_for(&project),
            _ => Listing::default(),
        };
        let files = Arc::new(SiteFiles::new(Arc::clone(&options.files), &project));
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
        let root = project.root.clone();
        Ok(Self::of(root, options, Context::Alone(Box::new(Lonely { project, config, alone }))))
    }

    /// Sites that are known by facts, whose roots are relative to an absolute folder. Nothing is read from it.
    ///
    /// # Errors
    ///
    /// A run that says what is wrong with their configs.
    pub fn in_sites(facts: SiteFacts, folder: &Path, today: civil::Date) -> Result<Self, Box<Run>> {
        let nothing = Options::in_memory(folder, [], today);
        let texts = Arc::clone(&nothing.files);
        Self::open(&PlacedFacts::new(facts, folder).apply(texts, nothing))
    }

    fn open_sites(options: &Options<'_>) -> Result<Self, Box<Run>> {
        let workspace = Workspace::open_for(Purpose::Known, options.lasting(), &Facts::default());
        let run = workspace.without_findings();
        if run.broken_config || !run.errors.is_empty() {
            return Err(Box::new(run));
        }
        let root = match &*workspace.sites {
            [site] => site.project.root.clone(),
            _ => options.current.clone(),
        };
        Ok(Self::of(root, options, Context::Sites(Box::new(workspace))))
    }

    fn of(root: PathBuf, options: &Options<'_>, context: Context) -> Self {
        Self { root, current: options.current.clone(), files: Arc::clone(&options.files), context }
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
        let full = paths::absolute(Path::new(given), &self.current);
        let path = paths::relative(&self.root, &full);
        match path.components().next() {
            Some(_) if !self.knows_site_of(&full) => Err(BadPath::OutsideRoot),
            _ if given.is_empty() || given.ends_with('/') => Err(BadPath::Empty),
            None => Err(BadPath::Empty),
            Some(Component::Normal(_)) => Ok(path.into()),
            Some(_) => Err(BadPath::OutsideRoot),
        }
    }

    /// Whether a page at an absolute path would be in a site that is known.
    fn knows_site_of(&self, path: &Path) -> bool {
        match &self.context {
            Context::Alone(_) => true,
            Context::Sites(workspace) => workspace.site_at(path).is_some(),
        }
    }

    /// The findings in each of some pages, as runs of one file each, in the order of the pages. A page that the config
    /// excludes has none.
    ///
    /// In a site that is known by facts, a page whose text is not the one that they were gathered from is checked as if it
    /// had changed, and no other page had. That takes time in proportion to the site.
    pub fn check(&self, pages: &[PageText]) -> Vec<Run> {
        match &self.context {
            Context::Alone(lonely) => self.check_alone(lonely, pages),
            Context::Sites(workspace) => {
                let check = |page| self.check_in_site(workspace, page);
                pages.par_iter().with_max_len(1).map(check).collect()
            }
        }
    }

    fn check_alone(&self, lonely: &Lonely, pages: &[PageText]) -> Vec<Run> {
        let paths: Vec<_> = pages.iter().map(|page| Arc::clone(&page.path)).collect();
        let settings = lonely.config.settings(&paths);
        let files = SiteFiles::new(Arc::clone(&self.files), &lonely.project);
        let both = pages.par_iter().zip(&settings).with_max_len(1);
        both.map(|(page, settings)| self.check_alone_guarded(lonely, page, settings, &files)).collect()
    }

    /// Checks one page; a bug of copydesk is a finding in that page and does not affect the others.
    fn guarded(&self, page: &PageText, check: impl FnOnce() -> Run) -> Run {
        lint::guarded(&page.path, GuardedTask::Check, check).unwrap_or_else(|error| {
            let run = self.run_of(Secrets::default());
            run.sources.keep(&page.path, page.text.as_str().into());
            Run { files: 1, diagnostics: vec![*error], ..run }
        })
    }

    /// A run that has checked nothing yet.
    fn run_of(&self, secrets: Secrets) -> Run {
        let sources = sources(&self.root, secrets, &self.files);
        Run::of_nothing(self.root.clone(), self.current.clone(), sources)
    }

    /// The findings in one page, as [`Self::check`] gives them, without another thread.
    pub fn check_one(&self, page: &PageText) -> Run {
        match &self.context {
            Context::Alone(lonely) => {
                let settings = lonely.config.settings(std::slice::from_ref(&page.path)).remove(0);
                let files = SiteFiles::new(Arc::clone(&self.files), &lonely.project);
                self.check_alone_guarded(lonely, page, &settings, &files)
            }
            Context::Sites(workspace) => self.check_in_site(workspace, page),
        }
    }

    /// A page with the fixes applied that are at least as good as `least`. A page that the config excludes stays as
    /// it is.
    pub fn fix(&self, page: &PageText, least: Applicability) -> Fixed {
        let check = |text: &Arc<str>| {
            let page = PageText { path: Arc::clone(&page.path), text: text.to_string() };
            self.check_one(&page).diagnostics
        };
        let source = Arc::from(page.text.as_str());
        let dialect = match &self.context {
            Context::Alone(lonely) => lonely.config.dialect_for(&page.path),
            Context::Sites(workspace) => workspace.dialect_at(&self.root.join(&page.path)),
        };
        let fixed = || lint::fix_to_fixpoint((&page.path, dialect), &source, &check(&source), least, check);
        lint::guarded(&page.path, GuardedTask::Change, fixed)
            .unwrap_or_else(|error| Fixed::unchanged(&source, vec![error.message]))
    }

    fn check_in_site(&self, workspace: &Workspace<'_>, page: &PageText) -> Run {
        self.guarded(page, || workspace.check_given(&self.root, &page.path, &page.text))
    }

    /// Checks a page by itself, unless the config excludes it.
    fn check_alone_guarded(
        &self,
        lonely: &Lonely,
        page: &PageText,
        settings: &Arc<Settings>,
        files: &SiteFiles,
    ) -> Run {
        if lonely.config.leaves_out(&page.path) {
            return self.run_of(Secrets::default());
        }
        self.guarded(page, || self.check_page(lonely, page, settings, files))
    }

    fn check_page(
        &self,
        Lonely { config, alone, .. }: &Lonely,
        page: &PageText,
        base_settings: &Arc<Settings>,
        files: &SiteFiles,
    ) -> Run {
        let mut document = document(config, page);
        config.equip(&mut document);
        let settings = config.settings_on(&document, base_settings);
        let mistakes = config.check_own_schema(files, &mut document).err();
        let mut diagnostics = mistakes.map_or_else(Vec::new, |mistakes| mistakes.to_vec());
        config.check_generator(&mut document);
        diagnostics.extend(lint::check(&document, &settings));
        let source = Arc::clone(&document.source);
        let page = if settings.checks(Group::Spelling) {
            Page::with_words(document, &config.sites)
        } else {
            Page::of(document, &config.sites)
        };
        let site = alone.site_of(page);
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
}

fn document(config: &Config, page: &PageText) -> Document {
    let len = page.text.len() as u64;
    if len > MAX_LEN {
        return Document::damaged(&page.path, "", Damage::TooLong(len));
    }
    let collections = config.collections_for(&page.path);
    let dialect = config.dialect_for(&page.path);
    Document::parse_in(dialect, &page.path, page.text.as_str(), &collections)
}
