//! What is known of sites whose pages are not at hand: `copydesk facts` writes it, [`SiteFacts::read`] reads it.

mod masked;
mod merge;
mod outline;
mod read;
mod record;
mod tree;
mod write;

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::civil;
use xxhash_rust::xxh3::xxh3_128;

pub use merge::{FactsMergeError, merge};
pub(super) use outline::Outline;
pub use read::FactsError;
pub use record::json_schema;
pub use write::write;

use super::{ConfigChoice, Options};
use crate::{
    discover::{FileTexts, FolderNames, Listing, Project, SiteFiles},
    front_matter::Collection,
    paths,
    site::{PageFacts, urls::Surroundings},
    vfs::FileSystem,
};
use outline::text_of_shape;
use record::{ConfigOrigin, FilesRecord};
use tree::FactsTree;

/// What the pages of some sites tell each other, and what else the rules that need a whole site ask for: its config,
/// its generator and its files. With it, a page is checked as a part of its site while no other page is read.
///
/// ```
/// use std::path::Path;
///
/// use copydesk::{
///     check_str_in,
///     run::{Options, SiteFacts},
///     workspace::{Batch, write_facts},
/// };
///
/// let today = jiff::civil::date(2024, 6, 1);
/// let files = [("index.md", "See [the tides](tides.md).\n"), ("tides.md", "High water is at noon.\n")];
/// let options = Options::in_memory(Path::new("/site"), files, today);
/// let mut file = Vec::new();
/// write_facts(&options, &mut file)?;
///
/// let facts = SiteFacts::read(&*file)?;
/// let site = Batch::in_sites(facts, Path::new("/site"), today).expect("its config is valid");
/// assert!(check_str_in(&site, "index.md", "See [the tides](tides.md).\n")?.is_empty());
/// let findings = check_str_in(&site, "index.md", "See [the tides](tide.md).\n")?;
/// assert_eq!(findings[0].rule.id, "broken-link");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct SiteFacts {
    origin: ConfigOrigin,
    /// By root, relative to the current folder.
    sites: BTreeMap<PathBuf, KnownSite>,
}

/// What is known of one site.
#[derive(Debug)]
struct KnownSite {
    config: Option<PathBuf>,
    words: bool,
    texts: FileTexts,
    names: FolderNames,
    files: KnownFiles,
    pages: BTreeMap<Arc<Path>, KnownPage>,
}

/// The files of a site, by path relative to its root; the lists are sorted.
#[derive(Debug, Default)]
struct KnownFiles {
    listed: Vec<Arc<Path>>,
    hidden: Vec<Arc<Path>>,
    links: Vec<PathBuf>,
    around: Option<Arc<FilesRecord>>,
}

/// What is known of one page.
#[derive(Debug)]
pub(super) struct KnownPage {
    hash: u128,
    shape: Box<str>,
    collection: Option<usize>,
    added: Option<civil::Date>,
    /// Without the collection, which is the config's.
    facts: Arc<PageFacts>,
}

impl KnownPage {
    /// Whether this is what is known of a page with this content.
    pub(super) fn is_of(&self, content: &[u8]) -> bool {
        self.hash == xxh3_128(content)
    }

    /// The facts, with the collection that their number means.
    pub(super) fn facts_in(&self, collections: &[Arc<Collection>]) -> Arc<PageFacts> {
        match self.collection.and_then(|number| collections.get(number)) {
            Some(collection) => {
                let collection = Some(Arc::clone(collection));
                Arc::new(PageFacts { collection, ..PageFacts::clone(&self.facts) })
            }
            None => Arc::clone(&self.facts),
        }
    }
}

/// Facts, and the absolute folder that the roots of their sites are relative to.
#[derive(Debug, Clone)]
pub struct PlacedFacts {
    facts: Arc<SiteFacts>,
    current: PathBuf,
}

impl PlacedFacts {
    /// Facts of sites below, or around, an absolute folder.
    pub fn new(facts: SiteFacts, current: &Path) -> Self {
        Self { facts: Arc::new(facts), current: current.to_owned() }
    }

    /// Options for the sites of the facts: only the pages to check are read, from `texts`. Without paths, all pages in the
    /// folder are checked if it is in a site, else those of all sites.
    pub fn apply<'a>(&self, texts: Arc<dyn FileSystem>, options: Options<'a>) -> Options<'a> {
        let config = match self.facts.origin {
            ConfigOrigin::None => ConfigChoice::Nothing,
            ConfigOrigin::Discovered | ConfigOrigin::Given => ConfigChoice::Discover,
        };
        let files = Arc::new(FactsTree::new(self.clone(), texts));
        let is_in_site = self.project_around(&self.current).is_some();
        let paths =
            if options.paths.is_empty() && !is_in_site { self.roots().collect() } else { options.paths };
        Options { paths, files, config, site_facts: Some(self.clone()), ..options }
    }

    /// The absolute roots of the sites.
    pub(super) fn roots(&self) -> impl Iterator<Item = PathBuf> {
        self.facts.sites.keys().map(|root| paths::absolute(root, &self.current))
    }

    fn site(&self, root: &Path) -> Option<&KnownSite> {
        self.facts.sites.get(&paths::relative(&self.current, root))
    }

    /// The files that the config of a project was read from.
    pub(super) fn config_files(&self, project: &Project) -> SiteFiles {
        let site = self.site(&project.root);
        let (mut texts, names) =
            site.map(|site| (site.texts.clone(), site.names.clone())).unwrap_or_default();
        // A config elsewhere is asked for by its absolute path.
        let elsewhere = texts.iter().filter(|(path, _)| path.starts_with(".."));
        let elsewhere = elsewhere.map(|(path, text)| (paths::absolute(path, &project.root), text.clone()));
        let elsewhere: Vec<_> = elsewhere.collect();
        texts.extend(elsewhere);
        SiteFiles::recorded(project, texts, names)
    }

    /// The text of a file as findings in it are shown: that of a config, or one with the lines and widths of a page.
    fn shown_text(&self, path: &Path) -> Option<String> {
        let root = self.project_around(path)?.root;
        let site = self.site(&root)?;
        let path = paths::relative(&root, path);
        match site.texts.get(&path) {
            Some(Ok(text)) => Some(text.as_ref().to_owned()),
            _ => text_of_shape(&site.pages.get(&*path)?.shape),
        }
    }

    /// Whether the words of the pages of the site at a root are known.
    pub(super) fn has_words(&self, root: &Path) -> bool {
        self.site(root).is_some_and(|site| site.words)
    }

    /// What is known of a page, by path relative to the root of its site.
    pub(super) fn page(&self, root: &Path, path: &Path) -> Option<&KnownPage> {
        self.site(root)?.pages.get(path)
    }

    /// When the pages of the site at a root were added.
    pub(super) fn additions(&self, root: &Path) -> HashMap<PathBuf, civil::Date> {
        let pages = self.site(root).into_iter().flat_map(|site| &site.pages);
        pages.filter_map(|(path, page)| Some((path.to_path_buf(), page.added?))).collect()
    }

    /// The project that a folder is in; one by itself where it is in none.
    pub(super) fn project_of(&self, folder: &Path) -> Project {
        let nowhere = || Project { root: folder.to_owned(), config: None };
        self.project_around(folder).unwrap_or_else(nowhere)
    }

    /// What is in a project.
    pub(super) fn list(&self, project: &Project) -> Listing {
        let Some(KnownSite { files, .. }) = self.site(&project.root) else { return Listing::default() };
        Listing {
            files: files.listed.clone(),
            hidden: files.hidden.clone(),
            links: files.links.clone(),
            nested: self.nested(&project.root),
            ..Listing::default()
        }
    }

    /// What is around the pages of the site at a root.
    pub(super) fn surroundings(&self, root: &Path) -> Surroundings {
        let files = self.site(root).and_then(|site| site.files.around.as_deref());
        files.map_or_else(Surroundings::default, |files| Surroundings::known(files.known()))
    }

    /// The project that a folder is in, and whether it is in one.
    fn project_around(&self, folder: &Path) -> Option<Project> {
        let sites = self.facts.sites.iter();
        let around = sites.filter_map(|(root, site)| {
            let root = paths::absolute(root, &self.current);
            let config = |config: &PathBuf| {
                if config.starts_with("..") { paths::absolute(config, &root) } else { config.clone() }
            };
            let config = site.config.as_ref().map(config);
            folder.starts_with(&root).then_some(Project { root, config })
        });
        around.max_by_key(|project| project.root.components().count())
    }

    /// The projects right below a root.
    fn nested(&self, root: &Path) -> Vec<Project> {
        let inner = self.roots().filter(|other| other != root && other.starts_with(root));
        let inner: Vec<PathBuf> = inner.collect();
        let is_nearest = |path: &PathBuf| !inner.iter().any(|other| other != path && path.starts_with(other));
        inner.iter().filter(|path| is_nearest(path)).filter_map(|path| self.project_around(path)).collect()
    }
}
