//! One site of a workspace: its config, its pages after the first phase, and what follows from them together.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use jiff::{Timestamp, civil};
use rayon::prelude::*;

use super::{
    Cache, ConfigChoice, Error, Options, Shard,
    load::LoadedProject,
    read_page::{Facts, PageReader, Purpose, ReadPage},
    request::Request,
    store::SiteStore,
};
use crate::{
    config::{Config, Settings},
    diagnostic::Diagnostic,
    discover::{Listing, Project, SiteFiles},
    links::LinkReport,
    paths,
    rule::Group,
    rules,
    secrets::Secrets,
    site::{
        Before, Images, Page, PageFacts, Site,
        urls::{Surroundings, Urls},
    },
};

/// Pages that a thread takes at once. Few, because some pages take a hundred times as long as others.
pub(super) const MAX_AT_ONCE: usize = 4;

/// A page that was read, or why it could not be.
type Read = Result<Arc<ReadPage>, Error>;

/// A site whose pages were read.
pub(super) struct OpenSite {
    pub(super) project: Project,
    pub(super) request: Request,
    pub(super) listing: Listing,
    /// The pages.
    pub(super) files: Arc<SiteFiles>,
    /// What the config refers to.
    pub(super) config_files: SiteFiles,
    pub(super) config: Config,
    /// Errors in the config. If there are any, no page was read.
    pub(super) mistakes: Vec<Diagnostic>,
    /// Globs of the config that match no page.
    pub(super) unused_globs: Vec<Diagnostic>,
    /// The paths of all pages, sorted.
    pub(super) paths: Vec<Arc<Path>>,
    /// The pages that could be read, by path.
    pub(super) pages: Vec<Arc<ReadPage>>,
    /// Why the others could not be.
    pub(super) unread: BTreeMap<Arc<Path>, Error>,
    /// Whether the words of pages are needed.
    pub(super) words: bool,
    /// A hash of the config and everything that it was read from.
    pub(super) digest: u64,
    /// The same, without what is in folders: other programs may write there.
    pub(super) digest_of_texts: u64,
    history: HashMap<PathBuf, civil::Date>,
    /// When the last commit changed each file, where a rule asks for that.
    changes: HashMap<PathBuf, Timestamp>,
    pub(super) around: Arc<Surroundings>,
    pub(super) images: Arc<Images>,
    today: civil::Date,
    link_report: Option<Arc<LinkReport>>,
    shard: Option<Shard>,
    pub(super) store: Option<SiteStore>,
    /// Whether the text or the facts of a page are given instead of read, which makes it one of this run alone.
    pub(super) has_given: bool,
    /// The folder, absolute, that shards are relative to.
    current: PathBuf,
    /// What the site was before the change that is looked at.
    before: Option<Arc<Before>>,
    site: OnceLock<Site>,
    /// Whether findings in a page are reported by some shard: to compare its path with all globs takes long, and each page
    /// is asked for several times.
    wanted: OnceLock<HashMap<Arc<Path>, bool>>,
}

impl OpenSite {
    /// Reads the pages of a project, except those in `known`.
    pub(super) fn new(
        mut loaded: LoadedProject,
        options: &Options<'_>,
        purpose: Purpose,
        known: &Facts,
    ) -> Self {
        let paths = loaded.settled_pages(options);
        let LoadedProject { project, request, listing, files, config_files, config, mistakes } = loaded;
        // A config from another revision may name folders that these files do not have yet.
        let is_own = purpose != Purpose::Index && options.config_files.is_none();
        let unused_globs = if is_own { config.unused_globs(&paths) } else { vec![] };
        let digest_of_texts = digest(config_files.digest_of_texts(), options);
        let digest = digest(config_files.digest(), options);
        let around = options.surroundings(&project, &listing);
        // A change that is not trusted must not take a missing page for one that the build creates.
        let around = Arc::new(match &options.config_files {
            Some(revision) => around.with_ignore_files_of(Arc::clone(revision) as _),
            None => around,
        });
        let images = Arc::new(Images::new(Arc::clone(&files)));
        let mut site = Self {
            project,
            request,
            listing,
            files,
            config_files,
            config,
            mistakes,
            unused_globs,
            paths,
            pages: vec![],
            unread: BTreeMap::new(),
            words: false,
            digest,
            digest_of_texts,
            history: HashMap::new(),
            changes: HashMap::new(),
            around,
            images,
            today: options.today,
            link_report: options.link_report.clone(),
            shard: options.shard,
            store: None,
            has_given: options.given.is_some() || options.site_facts.is_some(),
            current: options.current.clone(),
            before: None,
            site: OnceLock::new(),
            wanted: OnceLock::new(),
        };
        if site.mistakes.is_empty() {
            site.read_pages(options, purpose, known);
        }
        site
    }

    fn read_pages(&mut self, options: &Options<'_>, purpose: Purpose, known: &Facts) {
        let settings = self.config.settings(&self.paths);
        let checks_words = || settings.iter().any(|settings| settings.checks(Group::Spelling));
        self.words = purpose == Purpose::Index || checks_words();
        if purpose != Purpose::Index && self.config.asks_for_history() {
            self.history = options.additions(&self.project.root);
        }
        if settings.iter().any(|settings| settings.runs(rules::STALE_TRANSLATION.id)) {
            let repository = options.repository(&self.project.root);
            self.changes = repository.map_or_else(HashMap::new, |it| it.last_commits());
        }
        let is_kept = purpose == Purpose::Check && options.untrusted_change.is_none();
        let is_safe = |cache: &&Cache| is_kept && !cache.folder.may_be_checked_out(&self.project.root);
        let cache = options.cache.as_ref().filter(is_safe);
        self.store = cache.map(|cache| SiteStore::open(cache, &self.project));
        let secrets = secrets_of(&settings);
        let (total, reader) = (self.paths.len() as u64, PageReader::new(options, purpose, &*self, secrets));
        let read: Vec<(Arc<Path>, Read)> = self
            .paths
            .par_iter()
            .with_max_len(MAX_AT_ONCE)
            .zip(&settings)
            .filter(|(path, _)| purpose != Purpose::Facts || self.is_in_shard(path))
            .map(|(path, settings)| {
                let read = reader.page(path, settings, known);
                (options.progress)(total);
                (Arc::clone(path), read)
            })
            .collect();
        for (path, read) in read {
            match read {
                Ok(page) => self.pages.push(page),
                Err(error) => drop(self.unread.insert(path, error)),
            }
        }
    }

    /// Why facts of the site do not suffice for what is checked.
    pub(super) fn missing_facts(&self, options: &Options<'_>) -> Option<Error> {
        let facts = options.site_facts.as_ref()?;
        let reason = "its facts have no words, because they were gathered without spelling rules".to_owned();
        let path = paths::relative(&options.current, &self.project.root);
        let lacks_words = self.words && !facts.has_words(&self.project.root);
        lacks_words.then_some(Error::Unreadable { path, reason })
    }

    /// What no report and no file of facts repeats.
    pub(super) fn secrets(&self) -> Secrets {
        Secrets::named(self.secret_parameters().iter().map(String::as_str))
    }

    /// Keeps what was read for the next run.
    pub(super) fn save(&self) {
        if let Some(store) = &self.store {
            self.keep_verdicts();
            store.save();
        }
    }

    /// Whether findings in a file are reported: it was requested, and is a page, not only a file that pages refer to.
    pub(super) fn reports(&self, path: &Path) -> bool {
        self.is_wanted(path) && self.is_in_shard(path)
    }

    /// Whether findings in a file are reported by some shard.
    pub(super) fn is_wanted(&self, path: &Path) -> bool {
        let is_wanted = |path: &Path| {
            self.request.files.contains(path) || (self.request.covers(path) && self.config.is_page(path))
        };
        let known = self
            .wanted
            .get_or_init(|| self.paths.iter().map(|path| (Arc::clone(path), is_wanted(path))).collect());
        known.get(path).copied().unwrap_or_else(|| is_wanted(path))
    }

    /// Whether a file, by path relative to the root, belongs to the part of the files that is checked.
    pub(super) fn is_in_shard(&self, path: &Path) -> bool {
        self.shard
            .is_none_or(|shard| shard.has(&paths::relative(&self.current, &self.project.root.join(path))))
    }

    /// What the pages say together.
    pub(super) fn site(&self) -> &Site {
        self.site.get_or_init(|| {
            let site = self.site_of(self.pages.iter().map(|read| self.page_of(&read.facts)).collect());
            self.recall_verdicts(&site);
            site
        })
    }

    /// What the pages say together if one of them says something else.
    pub(super) fn site_with(&self, changed: &Arc<PageFacts>) -> Site {
        let others = self.pages.iter().filter(|read| read.facts.path != changed.path);
        let pages = others.map(|read| &read.facts).chain([changed]);
        self.site_of(pages.map(|facts| self.page_of(facts)).collect())
    }

    fn site_of(&self, pages: Vec<Page>) -> Site {
        let config = &self.config;
        let site = Site::new(pages, config.collections.clone(), &config.data, self.today)
            .with_urls(Urls::new(Arc::clone(&config.sites), Arc::clone(&self.around)))
            .with_before(self.before.clone())
            .with_checked_data(config.checked_data.clone());
        let mut site = if self.words { site.with_spelling(&config.spelling) } else { site };
        site.link_report.clone_from(&self.link_report);
        site.images = Arc::clone(&self.images);
        site
    }

    /// A page of the site, by what it says.
    pub(super) fn page_of(&self, facts: &Arc<PageFacts>) -> Page {
        let mut page = Page::from(Arc::clone(facts));
        page.added = self.added(&page.path);
        page.changed = self.changes.get(&*page.path).copied();
        page
    }

    /// When a page was added, where a rule asks for that.
    pub(super) fn added(&self, path: &Path) -> Option<civil::Date> {
        self.history.get(path).copied()
    }

    /// The path, relative to the root, of something that the config names.
    pub(super) fn relative(&self, path: &Path) -> PathBuf {
        if path.is_absolute() { paths::relative(&self.project.root, path) } else { path.to_owned() }
    }

    /// Lets rules ask what the site was before a change.
    pub(super) fn compare_with(&mut self, before: Arc<Before>) {
        self.before = Some(before);
        self.site = OnceLock::new();
    }

    /// Takes the site out and drops the rest.
    pub(super) fn into_site(self) -> (Config, Listing, Site) {
        self.site();
        let Self { config, listing, site, .. } = self;
        (config, listing, site.into_inner().expect("the line above made it"))
    }

    /// The place of a page among `pages` and the pages of the site, by path relative to the root.
    pub(super) fn position(&self, path: &Path) -> Option<usize> {
        self.pages.binary_search_by(|page| (*page.facts.path).cmp(path)).ok()
    }

    /// Whether a file is known, by path relative to the root.
    pub(super) fn has(&self, path: &Path) -> bool {
        let is_in = |files: &[Arc<Path>]| files.binary_search_by(|file| (**file).cmp(path)).is_ok();
        let Listing { files, hidden, links, .. } = &self.listing;
        is_in(files) || is_in(hidden) || is_in(&self.paths) || links.iter().any(|link| link == path)
    }

    /// Reads one page again, by its place among `pages`; `None` where it cannot be read.
    pub(super) fn read_again(
        &self,
        at: usize,
        options: &Options<'_>,
        purpose: Purpose,
    ) -> Option<Arc<ReadPage>> {
        let (secrets, old) = (Secrets::default(), &self.pages[at]);
        let reader = PageReader::new(options, purpose, self, secrets);
        reader.page(&old.facts.path, &old.base_settings, &Facts::default()).ok()
    }

    /// Puts a page in the place of the one that was there.
    pub(super) fn replace(&mut self, at: usize, page: Arc<ReadPage>) {
        self.pages[at] = page;
        self.site = OnceLock::new();
    }

    /// The absolute paths of the files that the config was read from, or would have been, had they been there.
    pub(super) fn config_inputs(&self) -> Vec<PathBuf> {
        self.config_files.paths()
    }

    /// The parameters that rules consider secret, on any page.
    pub(super) fn secret_parameters(&self) -> BTreeSet<String> {
        secret_parameters(self.pages.iter().map(|page| &page.settings))
    }

    /// The same, whatever the comments of pages say.
    pub(super) fn base_secret_parameters(&self) -> BTreeSet<String> {
        secret_parameters(self.pages.iter().map(|page| &page.base_settings))
    }
}

fn secret_parameters<'a>(settings: impl Iterator<Item = &'a Arc<Settings>>) -> BTreeSet<String> {
    let different: HashMap<*const Settings, &Arc<Settings>> =
        settings.map(|settings| (Arc::as_ptr(settings), settings)).collect();
    let active = different.into_values().flat_map(|settings| &settings.active);
    active.flat_map(|active| active.rule.secret_parameters()).cloned().collect()
}

fn secrets_of(settings: &[Arc<Settings>]) -> Secrets {
    let names = secret_parameters(settings.iter());
    Secrets::named(names.iter().map(String::as_str))
}

/// A hash of a config, which follows from the files that it was read from and from what the options say.
fn digest(files: u64, options: &Options<'_>) -> u64 {
    let has_config = !matches!(options.config, ConfigChoice::Nothing);
    let text = format!("{:x} {has_config} {:?}", files, options.cli_overrides);
    xxhash_rust::xxh3::xxh3_64(text.as_bytes())
}
