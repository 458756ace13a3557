//! The host of a site that no config names, learned from the links of its pages.

use std::collections::{BTreeMap, HashSet};

use super::{
    destination::MAX_PATH,
    path::{decode, ending, key},
    routes::SiteRoutes,
};
use crate::{
    data::Node,
    links::{WebAddress, hosts::without_www},
    site::{Page, Site},
};

/// The number of pages of a site that links on one host must name before it is the site's own: other sites may have
/// `/about` and `/blog`, too.
const MIN_PAGES: usize = 3;

/// For each site of the project without a URL the host that its links show to be its own, lower case and without
/// `www.`.
#[derive(Debug, Default)]
pub(super) struct OwnHosts(Vec<Option<Box<str>>>);

/// What the different paths on one host are on a site, apart from its home page and its files.
#[derive(Debug, Default)]
struct Paths<'a> {
    seen: HashSet<&'a str>,
    /// Those of pages.
    pages: usize,
    /// Those that the site might have: in a folder with pages.
    beside_pages: usize,
    others: usize,
}

impl OwnHosts {
    pub(super) fn of(site: &Site) -> Self {
        let is_open = |index: usize| {
            let layout = site.urls.sites.get(index);
            layout.url.is_none() && layout.generator().is_some()
        };
        let count = site.urls.sites.iter().len();
        if !(0..count).any(is_open) {
            return Self::default();
        }
        let mut hosts: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for web in site.pages.iter().flat_map(addresses).filter_map(WebAddress::of) {
            let is_name = web.host().contains('.') && web.host().contains(|c: char| c.is_ascii_alphabetic());
            if is_name && web.port.is_none() && web.path().len() <= MAX_PATH {
                hosts.entry(without_www(web.host()).to_ascii_lowercase()).or_default().push(web.path());
            }
        }
        let configured = |host: &str| {
            let urls = site.urls.sites.iter().flat_map(|layout| layout.url.iter().chain(&layout.aliases));
            { urls }.any(|url| url.host_str().is_some_and(|own| without_www(own) == host))
        };
        hosts.retain(|host, paths| paths.len() >= MIN_PAGES && !configured(host));
        Self((0..count).map(|index| is_open(index).then(|| host_of(site, index, &hosts))?).collect())
    }

    /// Whether a host, written without `www.`, is that of a site.
    pub(super) fn has(&self, host: &str) -> bool {
        self.0.iter().flatten().any(|own| own.eq_ignore_ascii_case(host))
    }

    /// The first site with this host.
    pub(super) fn site_of(&self, host: &str) -> Option<usize> {
        self.0
            .iter()
            .position(|own| own.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(without_www(host))))
    }
}

impl Site {
    /// The hosts that no config names; looked for when first asked for.
    pub(super) fn own_hosts(&self) -> &OwnHosts {
        self.urls.own_hosts.get_or_init(|| OwnHosts::of(self))
    }
}

/// The texts of a page that may be URLs: its links, and values of its front matter.
fn addresses(page: &Page) -> impl Iterator<Item = &str> {
    let values = page.root().into_iter().flat_map(Node::values).filter_map(|(_, node)| node.as_str());
    page.targets.iter().map(|target| &*target.url).chain(values)
}

/// The host on which most paths are those of pages of this site.
fn host_of(site: &Site, index: usize, hosts: &BTreeMap<String, Vec<&str>>) -> Option<Box<str>> {
    let (routes, base) = (site.routes().of(index), site.urls.sites.get(index).base());
    let counted = hosts.iter().filter_map(|(host, paths)| {
        let mut counted = Paths::default();
        for path in paths {
            counted.add(path, base, routes);
        }
        counted.show_own_host().then_some((counted.pages, host))
    });
    // Of two with as many pages the first by name.
    let (_, host) = counted.max_by(|(a, a_host), (b, b_host)| a.cmp(b).then_with(|| b_host.cmp(a_host)))?;
    Some(host.as_str().into())
}

impl<'a> Paths<'a> {
    fn add(&mut self, path: &'a str, base: &str, routes: &SiteRoutes) {
        let ending = ending(path);
        let is_file = !matches!(&*ending, "" | "html" | "htm");
        let path = key(path);
        if is_file || path.trim_matches('/').is_empty() || !self.seen.insert(path) {
            return;
        }
        let below = path.strip_prefix(base).filter(|rest| rest.starts_with('/')).and_then(decode);
        match below {
            Some(route) if routes.get(&route).is_some() => self.pages += 1,
            Some(route) if routes.knows_folder_of(&route) && route.matches('/').count() > 1 => {
                self.beside_pages += 1;
            }
            _ => self.others += 1,
        }
    }

    /// A page that is gone was in a folder with others. Where such paths are many, pages that both sites have by chance
    /// do not count.
    fn show_own_host(&self) -> bool {
        let all = self.pages + self.beside_pages + self.others;
        self.pages >= MIN_PAGES && self.pages > self.others && self.pages * 3 >= all
    }
}
