//! Where the URLs of a page lead, looked up once for all rules.

use std::{cell::OnceCell, collections::HashMap, sync::PoisonError};

use super::{
    OwnSite, Target,
    destination::{MAX_PATH, anchor},
    path::decode,
    resolve::LinkResolver,
};
use crate::{
    links::{
        self, AddressKind, Schemeless, WebAddress, defect, hosts::without_www, is_placeholder, is_variable,
    },
    site::{Extent, Page, Site, generators::LinkMarkup},
};

/// The URLs of a page that lead to something of the site or its repository, or that moved: by their place among
/// the URLs of the page.
pub(in crate::site) type ResolvedLinks = Box<[(u32, Target)]>;

impl Site {
    /// The URLs of a page that name something of the site or its repository, or that moved, each with where it
    /// leads; in source order. Those that are ill-formed, a cause by itself, and those that name a part of the page are
    /// left out.
    ///
    /// Looked up when first asked for; the first page takes stock of the site's files.
    pub fn leads<'a>(&'a self, page: &'a Page) -> impl Iterator<Item = (&'a links::UrlTarget, &'a Target)> {
        let leads = page.leads.get_or_init(|| find(self, page));
        leads.iter().map(|(index, target)| (&page.targets[*index as usize], target))
    }

    /// Where another destination would lead in the place of one of a page's own.
    pub fn would_lead(&self, page: &Page, target: &links::UrlTarget, destination: &str) -> Target {
        resolver_of(self, self.reading_page(page), target).resolve(destination)
    }

    /// Whether [`Site::leads`] has the URL at a place in [`Page::targets`].
    pub(super) fn has_lead(&self, page: &Page, target: usize) -> bool {
        let leads = page.leads.get_or_init(|| find(self, page));
        leads.binary_search_by_key(&(target as u32), |(index, _)| *index).is_ok()
    }
}

impl Target {
    /// The same with another anchor.
    fn at(mut self, anchor: Option<Box<str>>) -> Self {
        match &mut self {
            Self::SamePage { anchor: held } | Self::File { anchor: held, .. } => *held = anchor,
            Self::Page(to) => to.anchor = anchor,
            Self::Missing(missing) => missing.anchor = anchor,
            _ => {}
        }
        self
    }

    /// Whether it is a page, a file or a folder of the site.
    pub const fn is_there(&self) -> bool {
        matches!(self, Self::Page(_) | Self::File { .. } | Self::Folder { .. })
    }

    /// Where a URL leads on the site, whether or not it names the site's host.
    pub fn on_site(&self) -> &Self {
        match self {
            Self::OwnSite(OwnSite { target, .. }) => target,
            other => other,
        }
    }
}

fn find<'a>(site: &Site, page: &'a Page) -> ResolvedLinks {
    if site.extent() == Extent::OnePage {
        return Box::default();
    }
    let reader = site.reading_page(page);
    let (markdown, html) = (LinkResolver::new(site, reader), OnceCell::new());
    let including = OnceCell::new();
    let lead = |target: &links::UrlTarget| {
        let resolver = match markup(target) {
            LinkMarkup::Markdown => &markdown,
            LinkMarkup::Html => html.get_or_init(|| resolver_of(site, reader, target)),
        };
        let mut found = lead(site, resolver, target)?;
        if is_missing(&found) && is_relative(target) {
            let including = including.get_or_init(|| site.including_pages(page));
            found = from_including_pages(site, including, target).unwrap_or(found);
        }
        if page.is_in_vault && is_missing(&found) && is_relative(target) {
            let named = decode(&target.url).and_then(|name| site.in_vault(&name));
            found = named.filter(|named| !is_missing(named)).unwrap_or(found);
        }
        (!matches!(found, Target::External)).then(|| site.urls.sites.exceptions.apply(&target.url, found))
    };
    // From one page, a URL leads to the same place however often it is there.
    let mut known: HashMap<(LinkMarkup, AddressKind, &'a str), Option<Target>> =
        HashMap::with_capacity(page.targets.len());
    let mut lead_once = |target: &'a links::UrlTarget| {
        let key = (markup(target), target.address, &*target.url);
        known.entry(key).or_insert_with(|| lead(target)).clone()
    };
    let targets = page.targets.iter().enumerate();
    targets.filter_map(|(index, target)| Some((index as u32, lead_once(target)?))).collect()
}

/// A page's view of the site from a link as it is written.
fn resolver_of<'a>(site: &'a Site, page: &'a Page, target: &links::UrlTarget) -> LinkResolver<'a> {
    LinkResolver::new(site, page).in_markup(markup(target))
}

fn markup(target: &links::UrlTarget) -> LinkMarkup {
    if target.kind.is_html() { LinkMarkup::Html } else { LinkMarkup::Markdown }
}

/// Whether it depends on the page where a URL leads.
fn is_relative(target: &links::UrlTarget) -> bool {
    target.address == AddressKind::Relative && !target.url.starts_with('/')
}

const fn is_missing(target: &Target) -> bool {
    matches!(target, Target::Missing(_) | Target::OutsideRoot)
}

/// Where a URL leads from one of the pages that include the page with it, if it leads anywhere.
fn from_including_pages(site: &Site, including: &[&Page], target: &links::UrlTarget) -> Option<Target> {
    let leads = including.iter().filter_map(|page| lead(site, &resolver_of(site, page, target), target));
    { leads }.find(|lead| !is_missing(lead))
}

fn lead(site: &Site, resolver: &LinkResolver<'_>, target: &links::UrlTarget) -> Option<Target> {
    let url = &*target.url;
    match target.address {
        AddressKind::Web => {
            if let Some(moved) = site.moved(url) {
                return Some(Target::Moved(moved));
            }
        }
        AddressKind::ProtocolRelative => {}
        AddressKind::Template => {
            return resolver.by_tag(url).filter(|lead| !matches!(lead, Target::Template));
        }
        AddressKind::Vault => return site.in_vault(url),
        AddressKind::Relative => {
            let is_path =
                !is_placeholder(url) && !is_variable(url) && defect(url, target.address, &[]).is_none();
            let found = is_path.then(|| local(site, resolver, url))?;
            // A file or folder may be named like a host.
            return (Schemeless::of(url).is_none() || found.is_there()).then_some(found);
        }
        _ => return None,
    }
    (!is_elsewhere(site, url)).then(|| resolver.resolve(url))
}

/// Where a path leads. Those from the site's `/` lead to the same place from every page of a language and a version, and
/// are looked up once for these.
fn local(site: &Site, resolver: &LinkResolver<'_>, url: &str) -> Target {
    let (path, fragment) = url.split_once('#').map_or((url, None), |(path, fragment)| (path, Some(fragment)));
    let is_same_for_all = path.starts_with('/') && !path.ends_with(' ') && path.len() <= MAX_PATH;
    if !is_same_for_all || !resolver.is_on_site() {
        return resolver.resolve(url);
    }
    let key = (resolver.index, format!("{}{path}", resolver.scope()).into());
    let known = site.urls.rooted.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    let target = known.unwrap_or_else(|| {
        let target = resolver.resolve(path);
        let mut rooted = site.urls.rooted.write().unwrap_or_else(PoisonError::into_inner);
        rooted.insert(key, target.clone());
        target
    });
    target.at(fragment.and_then(anchor))
}

/// Whether a URL is plainly one of another site, by its text alone.
fn is_elsewhere(site: &Site, url: &str) -> bool {
    let Some(web) = WebAddress::of(url) else { return false };
    let host = without_www(web.host());
    let is_plain = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
    let sites = site.urls.sites.iter();
    let own =
        sites.flat_map(|layout| layout.url.iter().chain(&layout.aliases)).filter_map(url::Url::host_str);
    let is_own = |own: &str| without_www(own).eq_ignore_ascii_case(host);
    is_plain && !{ own }.any(is_own) && !site.own_hosts().has(host) && !may_be_in_repository(host, web.path())
}

/// Whether a URL may be of a file in a repository. Only then is git asked for the remotes.
pub(super) fn may_be_in_repository(host: &str, path: &str) -> bool {
    host.eq_ignore_ascii_case("raw.githubusercontent.com")
        || path.split('/').any(|part| matches!(part, "blob" | "tree" | "raw" | "edit" | "blame" | "src"))
}
