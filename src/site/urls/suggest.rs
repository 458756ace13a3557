//! What a link to something missing may have meant.

use std::{collections::HashMap, sync::OnceLock};

use super::{
    Found, Missing, Reason, Suggestion, Target, path,
    path::{encode, ending, key, name, parent},
    resolve::LinkResolver,
    routes::route_name,
};
use crate::{
    site::{Page, Site},
    text::Search,
};

/// How many suggestions a reader gets.
const MOST: usize = 3;

/// How often a file may have been renamed.
const MAX_RENAMES: usize = 16;

/// Pages by what is near to them. Asked only after a miss.
#[derive(Debug, Default)]
pub(super) struct Neighbours {
    by_name: HashMap<Box<str>, Vec<usize>>,
    by_folder: HashMap<Box<str>, Vec<usize>>,
    /// Files that were renamed, by the path that their old name had on the site. Git is asked for them, so only for
    /// suggestions.
    renamed: OnceLock<HashMap<Box<str>, String>>,
}

impl Neighbours {
    /// Those of the pages of a site.
    pub(super) fn of_site(site: &Site) -> &Self {
        site.urls.neighbours.get_or_init(|| Self::of(site))
    }

    /// The pages whose path is directly below this one.
    pub(super) fn below(&self, folder: &str) -> &[usize] {
        self.by_folder.get(folder).map_or(&[], Vec::as_slice)
    }

    fn of(site: &Site) -> Self {
        let mut neighbours = Self::default();
        for (index, route) in site.routes().canonical.iter().enumerate() {
            let Some(route) = route else { continue };
            let (name, folder) = (route_name(route).to_lowercase(), parent(key(route)));
            neighbours.by_name.entry(name.into()).or_default().push(index);
            neighbours.by_folder.entry(folder.into()).or_default().push(index);
        }
        neighbours
    }

    /// What the file is called today that had this path on the site once.
    fn renamed(&self, site: &Site, route: &str) -> Option<&String> {
        self.renamed.get_or_init(|| renamed(site)).get(key(route))
    }
}

fn renamed(site: &Site) -> HashMap<Box<str>, String> {
    let survey = site.survey();
    let mut renamed = HashMap::new();
    for old in site.urls.renames().keys() {
        let route = super::routes::route_of_file(old, &site.urls.sites, &survey);
        if let (Some(route), Some(new)) = (route, newest(site, old)) {
            renamed.entry(key(&route).into()).or_insert(new);
        }
    }
    renamed
}

/// What a file is called today that had this path once; `None` where it is gone.
fn newest(site: &Site, old: &str) -> Option<String> {
    let renames = site.urls.renames();
    let mut path = renames.get(old)?;
    for _ in 0..MAX_RENAMES {
        if site.urls.inventory().has_file(path) {
            return Some(path.clone());
        }
        path = renames.get(path)?;
    }
    None
}

/// Suggestions for what the links of a page may have meant. What several of them lack is searched for once.
#[derive(Debug)]
pub struct LinkSuggestions<'a> {
    /// The site of the page.
    pub site: &'a Site,
    /// The page from which the links are read.
    pub page: &'a Page,
    search: Search,
    known: HashMap<&'a Missing, Vec<Suggestion>>,
}

impl<'a> LinkSuggestions<'a> {
    /// Those for the links of a page.
    pub fn new(site: &'a Site, page: &'a Page) -> Self {
        let page = site.reading_page(page);
        Self { site, page, search: Search::in_file_of(page.len as usize), known: HashMap::new() }
    }

    /// Whether a folder of the project has a file at a path of the front matter: templates put something in front of
    /// such paths.
    pub fn are_below_folder(&self, path: &str) -> bool {
        const MOST_FILES: usize = 1024;
        let path = path.trim_start_matches(['.', '/']);
        let tail = format!("/{path}");
        let mut same = self.site.urls.inventory().same_name(path, MOST_FILES);
        same.any(|file| file.ends_with(&tail))
    }

    /// What a link to something missing may have meant, the likeliest first; at most three. Asks git, the first time.
    pub fn get(&mut self, missing: &'a Missing) -> &[Suggestion] {
        let search = || suggestions(self.site, self.page, missing, &mut self.search);
        self.known.entry(missing).or_insert_with(search)
    }
}

fn suggestions(site: &Site, from: &Page, missing: &Missing, search: &mut Search) -> Vec<Suggestion> {
    let mut found: Vec<(Reason, Found)> = Vec::new();
    found.extend(missing.case_twin.clone().map(|twin| (Reason::Case, twin)));
    if found.is_empty() {
        let is_route = missing.looked_for.starts_with('/');
        let looked_for = &missing.looked_for;
        let all =
            if is_route { by_route(site, looked_for, search) } else { by_file(site, looked_for, search) };
        for one in all {
            if found.iter().all(|(_, other)| *other != one.1) {
                found.push(one);
            }
        }
    }
    let resolver = LinkResolver::new(site, from);
    let suggestion = |(reason, found): (Reason, Found)| {
        let destination = destination(site, from, missing, &found)?;
        // Not everything that has the name is published, or is there where the page looks for it.
        let target = resolver.resolve(&destination);
        let leads = !matches!(target.on_site(), Target::Missing(_) | Target::OutsideRoot);
        leads.then_some(Suggestion { reason, found, destination })
    };
    found.into_iter().filter_map(suggestion).take(MOST).collect()
}

fn found(site: &Site, path: &str) -> Found {
    site.page_at(path).map_or_else(|| Found::File(path.into()), Found::Page)
}

fn by_file(site: &Site, path: &str, search: &mut Search) -> Vec<(Reason, Found)> {
    let inventory = site.urls.inventory();
    let mut all: Vec<_> =
        inventory.same_name(path, MOST).map(|path| (Reason::SameName, found(site, path))).collect();
    // Every folder has a file of such a name.
    if is_common(name(path)) {
        all.clear();
    }
    all.extend(newest(site, path).map(|path| (Reason::Renamed, found(site, &path))));
    all.extend(inventory.nearest(path, search).map(|path| (Reason::Similar, found(site, path))));
    all
}

fn by_route(site: &Site, route: &str, search: &mut Search) -> Vec<(Reason, Found)> {
    let mut all = Vec::new();
    let bare = route.trim_matches('/');
    let is_file = !matches!(ending(bare).as_str(), "" | "html" | "htm" | "md" | "markdown");
    if is_file {
        for folder in site.urls.sites.iter().flat_map(|layout| &layout.statics) {
            all.extend(path::join(folder, bare).iter().flat_map(|path| by_file(site, path, search)));
        }
        return all;
    }
    let neighbours = Neighbours::of_site(site);
    let name = path::stem_of_page(route_name(route));
    if !name.is_empty() {
        let same = neighbours.by_name.get(name.to_lowercase().as_str());
        all.extend(same.into_iter().flatten().take(MOST).map(|&page| (Reason::SameName, Found::Page(page))));
    }
    let renamed = neighbours.renamed(site, route);
    all.extend(renamed.map(|path| (Reason::Renamed, found(site, path))));
    let siblings = neighbours.below(parent(key(route)));
    let names = || siblings.iter().filter_map(|&page| Some((route_name(site.route(page)?), page)));
    if let Some(near) = search.nearest_outside_series(name, names().map(|(name, _)| name)) {
        let page = names().find(|(name, _)| *name == near).map(|(_, page)| page);
        all.extend(page.map(|page| (Reason::Similar, Found::Page(page))));
    }
    all
}

/// Whether so many files have this name that it says nothing.
fn is_common(name: &str) -> bool {
    let name = name.to_lowercase();
    matches!(
        name.as_str(),
        "readme.md" | "index.md" | "_index.md" | "index.html" | "license" | "changelog.md"
    )
}

/// What to write in a page for something that was found: a path on the site where the link had one, else the way from
/// file to file.
fn destination(site: &Site, from: &Page, missing: &Missing, found: &Found) -> Option<String> {
    let anchor = missing.anchor.as_ref().map_or_else(String::new, |anchor| format!("#{}", encode(anchor)));
    let is_route = missing.looked_for.starts_with('/');
    let path = match found {
        Found::Page(page) if is_route => {
            return site.canonical_link(*page, missing.anchor.as_deref());
        }
        Found::Page(page) => site.pages[*page].path.to_string_lossy().into_owned(),
        Found::File(path) => path.to_string(),
    };
    if is_route {
        let layout = site.layout_of(from);
        let survey = site.survey();
        let served = layout.statics.iter().find_map(|folder| super::layout::below(folder, &path));
        let route =
            super::routes::route_of_file(&path, &site.urls.sites, &survey).filter(|_| served.is_none());
        let route = route.or_else(|| Some(format!("/{}", served?)))?;
        return Some(format!("{}{}{anchor}", layout.base(), encode(&route)));
    }
    let from = from.path.to_string_lossy();
    Some(format!("{}{anchor}", encode(&path::relative(parent(&from), &path))))
}
