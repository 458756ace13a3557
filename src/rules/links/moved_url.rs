use crate::{
    declare_rule,
    diagnostic::Sink,
    fix::Applicability,
    links::{self, AddressKind, shortened},
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
}

impl Rule for MovedUrl {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        for target in &page.targets {
            let Some(Moved { to, place }) = moved(page, site, target) else { continue };
            let found = sink.report(target.span, format!("this address moved to `{}`", shortened(&to)));
            found.also(place).help(format!("write `{}`", shortened(&to)));
            rewrite(found, target, Applicability::Unsafe, to);
        }
    }
}

/// Where the address went, as it is to be written in its place.
fn moved(page: &Page, site: &Site, target: &links::Target) -> Option<Moved> {
    if !matches!(target.address, AddressKind::Web | AddressKind::ProtocolRelative | AddressKind::Relative) {
        return None;
    }
    if target.address == AddressKind::Web
        && let Some(moved) = site.moved(&target.url)
    {
        return Some(moved);
    }
    let moved = match site.resolve(page, &target.url) {
        Target::Moved(moved) => moved,
        Target::OwnSite(own) => match *own.target {
            Target::Moved(moved) => moved,
            _ => return None,
        },
        _ => return None,
    };
    if !moved.to.starts_with('/') {
        return Some(moved);
    }
    let fragment = fragment(&target.url);
    let is_whole = moved.to.contains(['?', '#']);
    let to = if is_whole { moved.to } else { like(page, site, target, &format!("{}{fragment}", moved.to)) };
    Some(Moved { to, ..moved })
}
