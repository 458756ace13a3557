//! Paths that lead nowhere and are one letter away from something that is there: whatever else is unknown of a site, such
//! a path is misspelled.

use super::{
    path::{ending, join, key, name, parent},
    resolve::LinkResolver,
    suggest::Neighbours,
};
use crate::spelling::is_name_slip;

/// So many names are compared with a path.
const MOST: usize = 1024;

impl LinkResolver<'_> {
    /// Whether a path of the site, at which nothing is, is a slip of one letter away from that of a page
    /// beside it. The names of folders depend on the language.
    pub(super) fn is_misspelled_route(&self, route: &str) -> bool {
        // What answers may have been renamed.
        if self.layout.moves.may_answer(route) {
            return false;
        }
        let below = route.trim_matches('/');
        if !matches!(ending(below).as_str(), "" | "html" | "htm") {
            let copies = self.layout.statics.iter().filter_map(|folder| join(folder, below));
            return copies.into_iter().any(|file| self.is_misspelled_file(&file));
        }
        let written = key(route);
        let neighbours = Neighbours::of_site(self.site);
        let pages = neighbours.below(parent(written)).iter();
        let mut routes = pages.take(MOST).filter_map(|page| self.site.route(*page));
        routes.any(|other| is_name_slip(written, key(other)))
    }

    /// Whether the path of a file, at which nothing is, is a slip of one letter away from that of a file beside it.
    pub(super) fn is_misspelled_file(&self, path: &str) -> bool {
        self.inventory().beside(path).take(MOST).any(|other| is_name_slip(name(path), name(other)))
    }
}
