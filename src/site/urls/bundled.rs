//! Files that are published with the page in whose folder they are.

use super::{
    path::{join, parent, stem},
    resolve::LinkResolver,
    routes::RouteTarget,
};
use crate::site::generators::SiteKind;

/// So many folders above a file are looked at for its page.
const MOST_FOLDERS: usize = 8;

impl LinkResolver<'_> {
    /// The files that may be published with the page in whose folder they are, or below it, wherever that page appears: its
    /// own, or in Hugo that of the page in another language.
    pub(super) fn bundled_files(&self, below: &str) -> Vec<String> {
        let folders = std::iter::successors(Some(parent(below)), |folder| Some(parent(folder)));
        let folders = folders.take_while(|folder| !folder.is_empty()).take(MOST_FOLDERS);
        let page_at = |folder: &str| match self.routes().get(&format!("/{folder}")) {
            Some(RouteTarget::Page(page)) => self.site.pages[*page].path.to_str(),
            _ => None,
        };
        let mut pages = folders.filter_map(|folder| Some((folder, page_at(folder)?)));
        let Some((folder, path)) = pages.next() else { return vec![] };
        // In front of the extension may be a language: `index.fr.md`.
        let stem = stem(path);
        if !matches!(stem.split('.').next(), Some("index" | "_index")) {
            return vec![];
        }
        let file = below[folder.len()..].trim_start_matches('/');
        let mut files: Vec<String> = join(parent(path), file).into_iter().collect();
        if let Some((_, page)) =
            self.layout.mount_of(path).filter(|_| self.layout.kind == Some(SiteKind::Hugo))
        {
            let folders = self.layout.content.iter().filter_map(|mount| join(&mount.folder, parent(page)));
            files.extend(folders.filter_map(|folder| join(&folder, file)));
        }
        files
    }
}
