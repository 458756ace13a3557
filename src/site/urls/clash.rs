//! URLs that more than one page claims.

use std::collections::HashMap;

use super::path::key;
use crate::{site::Site, text::Span};

/// A URL of a page that something else claims, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The URL as the page has it: a path on the site.
    pub route: Box<str>,
    /// The alias in the front matter of the page; `None` where it is the page's own URL.
    pub alias: Option<Span>,
    /// The other page, by its place in [`Site::pages`].
    pub other: usize,
    /// Where the other page claims it as an alias; `None` where it is that page's own URL.
    pub other_alias: Option<Span>,
}

/// The clashes of each page.
pub(super) type Clashes = HashMap<usize, Vec<Clash>>;

/// A claim to a URL: by a page, by its alias, or by itself.
#[derive(Debug, Clone, Copy)]
struct Claim {
    page: usize,
    alias: Option<Span>,
}

/// Who has claimed the URLs of one site, as they are written, without the trailing slash.
#[derive(Debug, Default)]
pub(super) struct Claims {
    by_route: HashMap<Box<str>, Claim>,
    aliases: Vec<(Box<str>, Claim)>,
}

impl Claims {
    /// A page claims its own URL. Pages come in the order of their paths.
    pub(super) fn add_page(&mut self, route: &str, page: usize, clashes: &mut Clashes) {
        self.add(route, Claim { page, alias: None }, clashes);
    }

    /// A page claims a URL that it had before.
    pub(super) fn add_alias(&mut self, route: &str, page: usize, alias: Span) {
        self.aliases.push((route.into(), Claim { page, alias: Some(alias) }));
    }

    /// Once all pages are known: an alias never takes the URL of another page.
    pub(super) fn finish(mut self, clashes: &mut Clashes) {
        for (route, claim) in std::mem::take(&mut self.aliases) {
            self.add(&route, claim, clashes);
        }
    }

    fn add(&mut self, route: &str, claim: Claim, clashes: &mut Clashes) {
        let bare = route.trim_end_matches('/');
        let first = *self.by_route.entry(bare.into()).or_insert(claim);
        if first.page != claim.page {
            let (other, other_alias) = (first.page, first.alias);
            let clash = Clash { route: route.into(), alias: claim.alias, other, other_alias };
            clashes.entry(claim.page).or_default().push(clash);
        }
    }
}

impl Site {
    /// The URLs of a page that pages before it, by path, claim, too. A URL with `.html` is another one.
    pub fn clashes(&self, page: usize) -> &[Clash] {
        self.routes().clashes(page)
    }

    /// Whether the config or a redirects file sends the readers of a page elsewhere.
    pub fn redirect_of(&self, page: usize) -> Option<super::Moved> {
        // A draft may well be redirected to what readers get instead.
        let route = self.route(page).filter(|_| !self.routes().is_unpublished(page))?;
        let layout = self.layout_of(&self.pages[page]);
        // Where no generator is known, neither is the URL of the page.
        let moves = layout.generator().map(|_| &layout.moves)?;
        moves.exact(route).filter(|_| !key(route).trim_matches('/').is_empty())
    }
}
