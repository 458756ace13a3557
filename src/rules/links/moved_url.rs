use crate::{
    declare_rule,
    diagnostic::Sink,
    fix::{Applicability, Changes},
    links::{AddressKind, shortened},
    rule::{Fixable, Rule},
    rules::destinations::{fragment, like, rewrite},
    site::{
        Page, Site,
        urls::{Moved, Target},
    },
};

declare_rule! {
    /// A link leads to an address that moved
    ///
    /// ## Why
    ///
    /// The old address may answer with a redirect today and with nothing tomorrow. What moved where is said by
    /// `links.moved` in the config, by `netlify.toml` and `_redirects`, and by the old paths that pages name themselves:
    /// `aliases` in Hugo, `redirect_from` in Jekyll. An old path at which the site has a page again counts as moved only
    /// if its address is named in full.
    ///
    /// With `links: { moved: { "https://ferries.example/times": "https://ferry-times.example" } }` in the config:
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// The [ferry times](https://ferries.example/times/summer).
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// The [ferry times](https://ferry-times.example/summer).
    /// ```
    pub struct MovedUrl {}
    id = "moved-url",
    fixable = Fixable::Sometimes,
    changes = Changes::Addresses,
}

impl Rule for MovedUrl {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        for (target, leads) in site.leads(page) {
            let Target::Moved(Moved { to, place }) = leads.on_site() else { continue };
            // The new one of an address that is named in full has its query and fragment already.
            let is_named = target.address == AddressKind::Web && matches!(leads, Target::Moved(_));
            let is_whole = is_named || !to.starts_with('/') || to.contains(['?', '#']);
            let to = if is_whole {
                to.clone()
            } else {
                like(page, site, target, &format!("{to}{}", fragment(&target.url)))
            };
            let found = sink.report(target.span, format!("this address moved to `{}`", shortened(&to)));
            found.also(place.clone()).help(format!("write `{}`", shortened(&to)));
            rewrite(found, target, Applicability::Unsafe, to);
        }
    }
}
