//! Which URL leads to which page or file: asked by name alone, from the walk and git's index, without a look at
//! the disk for each link.

mod absent;
mod bundled;
mod by_file;
mod by_generator;
mod clash;
mod destination;
mod inventory;
mod layout;
mod missing;
mod misspelled;
mod moved;
mod own_host;
mod path;
mod pattern;
mod redirects;
mod removed;
mod repository;
mod resolve;
mod resolved_links;
mod routes;
mod served;
mod sites;
mod suggest;
mod surroundings;
mod target;
mod url_patterns;
mod usage;
mod vault;

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock, RwLock},
};

use url::Url;

pub use clash::Clash;
pub use destination::Malformed;
pub use inventory::{Inventory, Lookup};
pub use layout::{Layout, LayoutOrigin, Mount, Preprocessed, RouteForm, TrailingSlash};
pub use moved::{Move, Moved, Moves, Reach};
pub use pattern::PathPattern;
pub use redirects::{HUGO_TEMPLATES, REDIRECT_FILES, REDIRECT_LISTS, may_have_redirects};
pub use sites::Sites;
pub use suggest::LinkSuggestions;
pub use surroundings::{KnownSurroundings, Surroundings};
pub use target::{
    Form, Found, Missing, MissingEvidence, OwnHost, OwnSite, PageTarget, Reason, Suggestion, Target,
};
pub use url_patterns::{UrlExceptions, UrlPatterns};
pub use usage::{Spelling, Unusual};

pub(crate) use layout::{below, clean_folder};
pub(crate) use path::{decode, encode, ending, is_for_forge, join, join_route, key_of_address, name, parent};
pub(super) use resolved_links::ResolvedLinks;

use absent::AbsentFolders;
use own_host::OwnHosts;
use repository::Repository;
use routes::Routes;
use suggest::Neighbours;
use usage::{NamedTargets, UrlSpellings};

pub use super::generators::SiteKind;
use super::{
    Page, Site,
    generators::{Generator, Survey, TaxonomyTerms},
};

/// The URLs of a site.
#[derive(Debug, Default)]
pub struct Urls {
    /// Where pages and files appear.
    pub sites: Arc<Sites>,
    around: Arc<Surroundings>,
    routes: OnceLock<Routes>,
    terms: TaxonomyTerms,
    own_hosts: OnceLock<OwnHosts>,
    neighbours: OnceLock<Neighbours>,
    repositories: OnceLock<(Vec<Repository>, String)>,
    /// Where paths from the `/` of each site lead, without fragments.
    rooted: RwLock<HashMap<(usize, Box<str>), Target>>,
    named: OnceLock<NamedTargets>,
    absent: OnceLock<AbsentFolders>,
    spellings: OnceLock<UrlSpellings>,
}

impl Urls {
    /// The URLs that follow from layouts. Nothing is asked of the surroundings yet, which may be those of a site with
    /// other pages.
    pub fn new(sites: Arc<Sites>, around: Arc<Surroundings>) -> Self {
        Self { sites, around, ..Self::default() }
    }

    /// The URLs that follow from layouts, of a site whose files are not known.
    pub fn without_files(sites: Arc<Sites>) -> Self {
        Self { sites, ..Self::default() }
    }

    fn inventory(&self) -> &Inventory {
        self.around.inventory()
    }

    /// Whether git ignores a file with this path: a program makes it.
    fn ignores(&self, path: &str) -> bool {
        self.around.ignores(path)
    }

    fn renames(&self) -> &HashMap<String, String> {
        self.around.renames()
    }

    /// The repositories of the site, and the folder that it has in them.
    fn repositories(&self) -> &(Vec<Repository>, String) {
        self.repositories.get_or_init(|| {
            let given = self.sites.main().repositories.iter().map(Url::to_string);
            let (remotes, folder) = self.around.remotes();
            let urls = given.chain(remotes.iter().cloned());
            (urls.filter_map(|remote| Repository::parse(&remote)).collect(), folder.clone())
        })
    }
}

impl Site {
    /// Gives the site its URLs.
    pub fn with_urls(mut self, urls: Urls) -> Self {
        self.urls = urls;
        self
    }

    /// Where a destination leads that a page has: Markdown's escapes and entities resolved, percent escapes not.
    ///
    /// The first call takes stock of the site's files; what follows takes time in proportion to the destination.
    pub fn resolve(&self, from: &Page, destination: &str) -> Target {
        resolve::LinkResolver::new(self, from).resolve(destination)
    }

    /// The path of a page on the site, below the site's base, percent escapes resolved; `None` where the page is none
    /// of the site's or its path is not known.
    pub fn route(&self, page: usize) -> Option<&str> {
        self.routes().canonical.get(page)?.as_deref()
    }

    /// The best destination for a page: its path from the `/` of the host, with an anchor if one is given.
    pub fn canonical_link(&self, page: usize, anchor: Option<&str>) -> Option<String> {
        let route = path::encode(self.route(page)?);
        let anchor = anchor.map_or_else(String::new, |anchor| format!("#{}", path::encode(anchor)));
        Some(format!("{}{route}{anchor}", self.layout_of(&self.pages[page]).base()))
    }

    /// The best destination for a page in another one: the way to its file where the generator makes a URL of that, else
    /// as [`Self::canonical_link`].
    pub fn best_link(&self, from: &Page, page: usize) -> Option<String> {
        let layout = self.layout_of(from);
        let to = self.pages[page].path.to_string_lossy();
        let is_near = std::ptr::eq(layout, self.urls.sites.of(&to));
        if is_near && layout.generator().is_some_and(Generator::prefers_files) {
            let from = from.path.to_string_lossy();
            return Some(path::encode(&path::relative(path::parent(&from), &to)));
        }
        self.canonical_link(page, None)
    }

    /// The layout of the site that a page is of.
    pub fn layout_of(&self, page: &Page) -> &Layout {
        self.urls.sites.of(&page.path.to_string_lossy())
    }

    /// Where a URL went, by the config, Netlify's files and the pages' own old paths. Paths begin at the site's
    /// `/`.
    pub fn moved(&self, address: &str) -> Option<Moved> {
        self.urls.sites.main().moves.find(address)
    }

    fn routes(&self) -> &Routes {
        self.urls.routes.get_or_init(|| Routes::new(&self.pages, &self.urls.sites, &self.survey()))
    }

    pub(in crate::site) fn survey(&self) -> Survey<'_> {
        Survey::new(&self.pages, self.urls.inventory(), self.today, &self.urls.terms)
    }
}

impl Page {
    /// The path that the config gives the pages of this page's collection.
    fn collection_permalink(&self) -> Option<&str> {
        self.collection.as_ref()?.permalink.as_deref()
    }
}

#[cfg(test)]
mod tests;
