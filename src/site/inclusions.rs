//! Pages that other pages include. What such a page refers to is looked for from the pages that include it.

use std::collections::HashMap;

use super::{
    Page, Site,
    urls::{join, name, parent},
};

/// How many pages that include a page, directly or through others, and how many pages with one name are taken into account.
const MOST: usize = 100;

/// The pages that include a page, by the place of that page.
#[derive(Debug, Default)]
pub(super) struct Inclusions {
    by_page: HashMap<usize, Vec<usize>>,
}

impl Inclusions {
    fn of(site: &Site) -> Self {
        let mut inclusions = Self::default();
        if site.pages.iter().all(|page| page.includes.is_empty()) {
            return inclusions;
        }
        let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, page) in site.pages.iter().enumerate() {
            if let Some(path) = page.path.to_str() {
                by_name.entry(name(path)).or_default().push(index);
            }
        }
        for (index, page) in site.pages.iter().enumerate() {
            for written in &page.includes {
                for included in inclusions_of(site, page, written, &by_name) {
                    let including = inclusions.by_page.entry(included).or_default();
                    if included != index && including.last() != Some(&index) {
                        including.push(index);
                    }
                }
            }
        }
        inclusions
    }
}

/// The pages that a page may mean: the one at the path from its folder, else those whose paths end with the path, as
/// engines have folders of their own for what is included.
fn inclusions_of(site: &Site, page: &Page, written: &str, by_name: &HashMap<&str, Vec<usize>>) -> Vec<usize> {
    let path = page.path.to_string_lossy();
    if let Some(near) = join(parent(&path), written).and_then(|path| site.page_at(&path)) {
        return vec![near];
    }
    let end = written.trim_start_matches(['.', '/', '@']);
    let is_end =
        |path: &str| path.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
    let named = by_name.get(name(end)).into_iter().flatten();
    named.take(MOST).copied().filter(|index| site.pages[*index].path.to_str().is_some_and(is_end)).collect()
}

impl Site {
    /// The page from which the relative URLs of a page are read: the page itself, or the first that includes it where it is
    /// not published by itself.
    pub(super) fn reading_page<'a>(&'a self, page: &'a Page) -> &'a Page {
        let Some(path) = page.path.to_str() else { return page };
        if self.page_at(path).is_some_and(|index| self.route(index).is_some()) {
            return page;
        }
        self.including_pages(page).first().copied().unwrap_or(page)
    }

    /// The pages that include a page, directly or through others.
    pub fn including_pages<'a>(&'a self, page: &Page) -> Vec<&'a Page> {
        let inclusions = self.inclusions.get_or_init(|| Inclusions::of(self));
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
