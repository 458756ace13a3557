//! URLs of pages before and after a change.

use super::resolve::LinkResolver;
use crate::site::{Page, Site};

impl Site {
    /// The path at which a page is published on its site, where the generator or the config tells.
    pub fn published_route(&self, page: usize) -> Option<&str> {
        let it = &self.pages[page];
        let is_known = self.layout_of(it).generator().is_some() || it.collection_permalink().is_some();
        self.route(page).filter(|_| is_known && !self.routes().is_unpublished(page))
    }

    /// Whether a URL of a page that was at `file` still leads somewhere: to a page, a file or a redirect, or to
    /// something that the build may create. `route` is its path on the site.
    pub fn answers(&self, file: &str, route: &str) -> bool {
        let index = self.urls.sites.index_of(file);
        let layout = self.urls.sites.get(index);
        let there = LinkResolver::at_root(self, index);
        let is_generated =
            || layout.generator().is_some_and(|generator| generator.may_make(route, &self.survey()));
        there.at_route(route, &None).is_some()
            || layout.moves.may_answer(route)
            || there.routes().is_dynamic(route)
            || self.urls.sites.exceptions.generates(route)
            || is_generated()
    }

    /// The front matter key in which the generator takes old paths of a page.
    pub fn old_paths_key(&self, page: &Page) -> Option<&'static str> {
        self.layout_of(page).generator()?.old_paths_key()
    }
}
