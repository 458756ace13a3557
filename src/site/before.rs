//! What a site published before a change.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use super::{PageFacts, Site, urls::key_of_address};
use crate::{data::Node, front_matter::names_old_paths};

/// The pages that a site published before a change, and what the change did with them.
#[derive(Debug, Default)]
pub struct Before {
    /// By the path that they had.
    pages: HashMap<Arc<Path>, OldPage>,
    /// The path that a page had, by the one that it has now, where these differ.
    old_names: HashMap<PathBuf, PathBuf>,
    /// The files that the change touches, by the path that they have now.
    touched: HashSet<PathBuf>,
    /// Paths in files that the change touches and that are no pages: some of them may be redirects of a kind that
    /// is not known here.
    mentioned: HashSet<Box<str>>,
    /// Old paths in the front matter of the pages as they are now.
    aliases: OnceLock<HashSet<Box<str>>>,
}

/// A page as it was published before a change.
#[derive(Debug)]
pub struct OldPage {
    /// What the page said.
    pub facts: Arc<PageFacts>,
    /// Its path on the site.
    pub route: Box<str>,
}

/// What a change does with the files of a site, by path relative to its root.
#[derive(Debug, Default)]
pub struct RouteChanges {
    /// The path that a file had, by the one that it has now.
    pub old_names: HashMap<PathBuf, PathBuf>,
    /// The files that differ, by the path that they have now.
    pub touched: HashSet<PathBuf>,
    /// The texts of those that are no pages.
    pub texts: Vec<String>,
}

impl Before {
    /// What a site published, and what a change does with its files.
    pub fn new(site: &Site, changes: RouteChanges) -> Self {
        let published = site.pages.iter().enumerate().filter_map(|(index, page)| {
            let route = site.published_route(index)?.into();
            Some((Arc::clone(&page.path), OldPage { facts: page.facts(), route }))
        });
        Self {
            pages: published.collect(),
            old_names: changes.old_names,
            touched: changes.touched,
            mentioned: changes.texts.iter().flat_map(|text| paths_in(text)).collect(),
            aliases: OnceLock::new(),
        }
    }

    /// A page as it was, by the path that it has now.
    pub fn page(&self, path: &Path) -> Option<&OldPage> {
        self.pages.get(self.old_names.get(path).map_or(path, PathBuf::as_path))
    }

    /// Whether the change touches a page, by the path that it has now.
    pub fn touches(&self, path: &Path) -> bool {
        self.touched.contains(path) || self.old_names.contains_key(path)
    }

    /// The pages that are gone from a site, by path.
    pub fn removed<'a>(&'a self, site: &Site) -> Vec<&'a OldPage> {
        let now = site.pages.iter().map(|page| self.old_names.get(&*page.path).map_or(&*page.path, |it| it));
        let kept: HashSet<&Path> = now.collect();
        let removed = self.pages.iter().filter(|(path, _)| !kept.contains(&***path)).map(|(_, page)| page);
        let mut removed: Vec<_> = removed.collect();
        removed.sort_by(|a, b| a.facts.path.cmp(&b.facts.path));
        removed
    }
}

impl Site {
    /// The site after a change.
    pub fn with_before(mut self, before: Option<Arc<Before>>) -> Self {
        self.before = before;
        self
    }

    /// What the site was before the change that is looked at, if one is.
    pub fn before(&self) -> Option<&Before> {
        self.before.as_deref()
    }

    /// Whether the URL that a page had still leads somewhere.
    pub fn keeps_url(&self, before: &Before, old: &OldPage) -> bool {
        let file = old.facts.path.to_string_lossy();
        let base = self.urls.sites.of(&file).base();
        let aliases = before.aliases.get_or_init(|| {
            let roots = self.pages.iter().filter_map(|page| page.root());
            roots.flat_map(aliases).collect()
        });
        let is_named = |path: &str| {
            key_of_address(path).is_some_and(|key| before.mentioned.contains(&key) || aliases.contains(&key))
        };
        is_named(&old.route) || is_named(&format!("{base}{}", old.route)) || self.answers(&file, &old.route)
    }
}

/// The old paths in front matter, whichever plugin reads them.
fn aliases(root: &Node) -> impl Iterator<Item = Box<str>> {
    let says_so = |key: &str| {
        let lower = key.to_ascii_lowercase();
        lower.contains("alias") || lower.contains("redirect") || names_old_paths(key)
    };
    let entries = root.entries().iter().filter(move |entry| entry.key.text().is_some_and(says_so));
    let values = entries.flat_map(|entry| entry.value.self_or_items());
    values.filter_map(|node| key_of_address(node.text()?))
}

/// The paths of URLs in a text of any kind.
fn paths_in(text: &str) -> impl Iterator<Item = Box<str>> {
    let ends = |c: char| c.is_whitespace() || "\"'`,;(){}".contains(c);
    let marks = |c: char| "^$?*<>[]:".contains(c);
    let words = text.split(ends).map(move |word| word.trim_matches(marks));
    words.filter(|word| word.contains('/')).filter_map(key_of_address)
}
