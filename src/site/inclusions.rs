//! Pages that other pages include. What such a page refers to is looked for from the pages that include it.

use std::collections::HashMap;

use super::{
    Page, Site,
    urls::{is_for_forge, join, name, parent},
};

/// How many pages that include a page, directly or through others, and how many pages with one name are taken into account.
const MOST: usize = 100;

/// The pages that include a page, by the place of that page.
#[derive(Debug, Default)]
pub(super) struct Inclusions {
    by_page: HashMap<usize, Vec<usize>>,
    /// All pages, by the name of their file; empty where no page includes another.
    by_name: HashMap<Box<str>, Vec<usize>>,
}

impl Inclusions {
    fn gather(site: &Site) -> Self {
        let mut inclusions = Self::default();
        if site.pages.iter().all(|page| page.includes.is_empty()) {
            return inclusions;
        }
        for (index, page) in site.pages.iter().enumerate() {
            if let Some(path) = page.path.to_str() {
                inclusions.by_name.entry(name(path).into()).or_default().push(index);
            }
        }
        for (index, page) in site.pages.iter().enumerate() {
            for written in &page.includes {
                for included in inclusions.of(site, page, written) {
                    let including = inclusions.by_page.entry(included).or_default();
                    if included != index && including.last() != Some(&index) {
                        including.push(index);
                    }
                }
            }
        }
        inclusions
    }

    /// The pages that a page may mean: the one at the path from its folder unless that is the page itself, else those whose
    /// paths end with the path, as engines have folders of their own for what is included.
    fn of(&self, site: &Site, page: &Page, written: &str) -> Vec<usize> {
        let path = page.path.to_string_lossy();
        let itself = site.page_at(&path);
        let near = join(parent(&path), written).and_then(|path| site.page_at(&path));
        if let Some(near) = near.filter(|near| Some(*near) != itself) {
            return vec![near];
        }
        let end = written.trim_start_matches(['.', '/', '@']);
        let is_end =
            |path: &str| path.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
        let named = self.by_name.get(name(end)).into_iter().flatten();
        named
            .take(MOST)
            .copied()
            .filter(|index| Some(*index) != itself && site.pages[*index].path.to_str().is_some_and(is_end))
            .collect()
    }
}

impl Site {
    /// The page from which the relative URLs of a page are read: the page itself, or the first that includes it where it is
    /// not published by itself.
    pub(super) fn reading_page<'a>(&'a self, page: &'a Page) -> &'a Page {
        let Some(path) = page.path.to_str() else { return page };
        // Forges show it as well, and what takes it in adjusts its URLs.
        if is_for_forge(path) {
            return page;
        }
        if self.page_at(path).is_some_and(|index| self.route(index).is_some()) {
            return page;
        }
        self.including_pages(page).first().copied().unwrap_or(page)
    }

    /// The pages that a page includes, directly or through others; `None` where one of them is not known.
    pub fn included_pages<'a>(&'a self, page: &'a Page) -> Option<Vec<&'a Page>> {
        let mut found: Vec<usize> = Vec::new();
        let mut next = 0;
        let mut from = Some(page);
        while let Some(page) = from {
            for written in &page.includes {
                let included = self.inclusions().of(self, page, written);
                if included.is_empty() || found.len() > MOST {
                    return None;
                }
                for index in included {
                    if !found.contains(&index) {
                        found.push(index);
                    }
                }
            }
            from = found.get(next).map(|index| &self.pages[*index]);
            next += 1;
        }
        Some(found.into_iter().map(|index| &self.pages[index]).collect())
    }

    fn inclusions(&self) -> &Inclusions {
        self.inclusions.get_or_init(|| Inclusions::gather(self))
    }

    /// The pages that include a page, directly or through others.
    pub fn including_pages<'a>(&'a self, page: &Page) -> Vec<&'a Page> {
        let inclusions = self.inclusions();
        let of = |index: usize| inclusions.by_page.get(&index).map_or(&[][..], Vec::as_slice);
        let Some(start) = page.path.to_str().and_then(|path| self.page_at(path)) else { return vec![] };
        let mut found: Vec<usize> = of(start).iter().take(MOST).copied().collect();
        let mut next = 0;
        while next < found.len() && found.len() < MOST {
            for index in of(found[next]) {
                if *index != start && !found.contains(index) {
                    found.push(*index);
                }
            }
            next += 1;
        }
        found.into_iter().map(|index| &self.pages[index]).collect()
    }
}
