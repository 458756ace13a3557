//! What the pages of a site make of URLs together: which pages and files are named, and how URLs are written.

use std::collections::{HashMap, HashSet};

use super::{Form, Target};
use crate::{
    data::Node,
    links::{self, AddressKind, TargetKind, WebAddress, hosts::without_www},
    site::{Page, Site},
};

/// The pages and files that something names.
#[derive(Debug, Default)]
pub(super) struct NamedTargets {
    pages: HashSet<usize>,
    files: HashSet<Box<str>>,
    /// Names of files in lowercase, from texts of front matter that may be paths.
    names: HashSet<Box<str>>,
}

impl NamedTargets {
    fn of(site: &Site) -> Self {
        let mut named = Self::default();
        for (index, page) in site.pages.iter().enumerate() {
            for (_, leads) in site.leads(page) {
                let leads = match leads {
                    Target::OwnRepository { target: Some(target), .. } => target,
                    other => other.on_site(),
                };
                match leads {
                    Target::Page(to) if to.page != index => {
                        named.pages.insert(to.page);
                    }
                    Target::File { path, .. } => {
                        named.files.insert(path.clone());
                    }
                    _ => {}
                }
            }
            let texts = page.root().into_iter().flat_map(Node::values).filter_map(|(_, node)| node.as_str());
            named.names.extend(texts.filter_map(file_name));
        }
        named.names.extend(site.data_texts.iter().filter_map(|text| file_name(text)));
        named
    }
}

/// The name at the end of a text that may be a path to a file.
fn file_name(text: &str) -> Option<Box<str>> {
    let path = text.split(['?', '#']).next().unwrap_or_default().trim();
    let name = path.rsplit('/').next().unwrap_or_default();
    let decoded = super::path::decode(name)?;
    (name.contains('.') && !name.contains('\n')).then(|| decoded.to_lowercase().into())
}

/// What a URL names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Meant {
    /// A page, by its place among the pages.
    Page(usize),
    /// Something of another site: its URL without scheme, `www.` and slash at the end.
    Elsewhere(Box<str>),
}

/// How a URL is written, whatever it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spelling {
    /// As the way to the page's file.
    File,
    /// As the way to the page's path on the site.
    Relative,
    /// In full: a path from the site's `/`, or host and path. Without query and fragment.
    Whole(Box<str>),
}

/// How the URLs of a site are written: by what they name, each spelling with how often it is used, the one that comes
/// first in the site in front.
#[derive(Debug, Default)]
pub(super) struct UrlSpellings(HashMap<Meant, Vec<(Spelling, usize)>>);

/// A URL that is written other than its target usually is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusual<'a> {
    /// The URL.
    pub target: &'a links::UrlTarget,
    /// How it is written.
    pub spelling: Spelling,
    /// How most others are that name the same; of equally frequent ones the one that comes first in the site.
    pub usual: &'a Spelling,
    /// How many are written so.
    pub count: usize,
}

impl UrlSpellings {
    fn of(site: &Site) -> Self {
        let mut all = Self::default();
        for page in &site.pages {
            for (_, meant, spelling) in spellings(site, page) {
                let held = all.0.entry(meant).or_default();
                match held.iter().position(|(other, _)| *other == spelling) {
                    Some(index) => held[index].1 += 1,
                    // So many spellings of one URL are not slips but made up to be slow to compare.
                    None if held.len() < MAX_SPELLINGS => held.push((spelling, 1)),
                    None => {}
                }
            }
        }
        all
    }
}

/// Spellings of one target that are told apart.
const MAX_SPELLINGS: usize = 16;

/// The URLs of a page that name pages or something of other sites, with how they do it.
fn spellings<'a>(
    site: &'a Site,
    page: &'a Page,
) -> impl Iterator<Item = (&'a links::UrlTarget, Meant, Spelling)> {
    let pages = site.leads(page).filter_map(|(target, leads)| {
        let Target::Page(to) = leads else { return None };
        let is_link = matches!(
            target.kind,
            TargetKind::Link
                | TargetKind::Definition
                | TargetKind::Html
                | TargetKind::HtmlMedia
                | TargetKind::Wikilink
        );
        let path = target.url.split(['?', '#']).next().unwrap_or_default();
        let spelling = if path.starts_with('/') {
            Spelling::Whole(path.into())
        } else if matches!(to.form, Form::Source | Form::RawSource) {
            Spelling::File
        } else {
            Spelling::Relative
        };
        is_link.then_some((target, Meant::Page(to.page), spelling))
    });
    let elsewhere = page.targets.iter().enumerate().filter_map(|(index, target)| {
        let is_elsewhere = target.address == AddressKind::Web && !site.has_lead(page, index);
        let (meant, spelling) = elsewhere(&target.url).filter(|_| is_elsewhere)?;
        Some((target, meant, spelling))
    });
    pages.chain(elsewhere)
}

fn elsewhere(url: &str) -> Option<(Meant, Spelling)> {
    let web = WebAddress::of(url)?;
    let host = url[web.host.start..web.path.start].to_ascii_lowercase();
    let path = web.path();
    let query = url[web.path.end..].split('#').next().unwrap_or_default();
    // Of a host alone the slash is not part of the URL.
    let written = if path == "/" { "" } else { path };
    let meant = format!("{}{}{query}", without_www(&host), path.trim_end_matches('/'));
    Some((Meant::Elsewhere(meant.into()), Spelling::Whole(format!("{host}{written}").into())))
}

impl Site {
    fn named(&self) -> &NamedTargets {
        self.urls.named.get_or_init(|| NamedTargets::of(self))
    }

    /// Whether another page has a link to a page, given by its place in [`Site::pages`].
    pub fn is_linked(&self, page: usize) -> bool {
        self.named().pages.contains(&page)
    }

    /// The files that the site serves as they are and that no URL of a page, no text of front matter and of the
    /// data that collections refer to names; relative to the site's root.
    pub fn unnamed_files(&self) -> impl Iterator<Item = &str> {
        let is_served = |path: &&str| {
            let statics = &self.urls.sites.of(path).statics;
            statics.iter().any(|folder| super::layout::below(folder, path).is_some())
        };
        let files = self.urls.inventory().files().filter(is_served);
        let named = self.named();
        files.filter(|path| {
            !named.files.contains(*path)
                && !named.names.contains(super::path::name(path).to_lowercase().as_str())
                && self.page_at(path).is_none()
        })
    }

    /// The URLs of a page that other links of the site write in another form, in source order by what they name.
    pub fn unusual_spellings<'a>(&'a self, page: &'a Page) -> impl Iterator<Item = Unusual<'a>> {
        let all = self.urls.spellings.get_or_init(|| UrlSpellings::of(self));
        spellings(self, page).filter_map(|(target, meant, spelling)| {
            let held = all.0.get(&meant)?;
            let most = held.iter().map(|(_, count)| *count).max()?;
            let (usual, count) = held.iter().find(|(_, count)| *count == most)?;
            (*usual != spelling).then_some(Unusual { target, spelling, usual, count: *count })
        })
    }
}
