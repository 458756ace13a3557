//! Files of the source that a site serves as they are.

use super::{
    layout::below,
    path::{ending, join},
    resolve::LinkResolver,
};
use crate::{site::generators::SiteKind, text::PAGE_ENDINGS_WITH_MDX};

impl LinkResolver<'_> {
    /// The files that may be served at a path of the site.
    pub(super) fn served_files(&self, route: &str) -> Vec<String> {
        let inner = route.trim_matches('/');
        let mut paths: Vec<String> =
            self.layout.statics.iter().filter_map(|folder| join(folder, inner)).collect();
        for copied in &self.layout.copied {
            let at = copied.at.trim_start_matches('/');
            let rest = below(at, inner).map(|rest| join(&copied.folder, rest));
            paths.extend(rest.unwrap_or_else(|| (inner == at).then(|| copied.folder.to_string())));
        }
        paths.extend(self.source_paths(route));
        paths.extend(self.bundled_files(inner));
        // What is a page is not served as the file that it is made of.
        if self.layout.generator().is_some() {
            paths.retain(|path| self.is_copied(path));
        }
        paths
    }

    /// Whether a generator copies a file as it is.
    pub(super) fn is_copied(&self, path: &str) -> bool {
        let is_page = PAGE_ENDINGS_WITH_MDX.contains(&ending(path).as_str());
        let jekyll = self.layout.kind == Some(SiteKind::Jekyll);
        let has_front_matter =
            || self.site.page_at(path).is_none_or(|page| self.site.pages[page].front_matter.is_some());
        let published = self.layout.copied.iter().filter_map(|copied| copied.below(path));
        let shown = published.min_by_key(|below| below.len()).unwrap_or(path);
        let is_hidden = jekyll && shown.split('/').any(|part| part.starts_with('_'));
        let is_template = || self.layout.generator().is_some_and(|generator| generator.is_template(path));
        !is_hidden && (!is_page || jekyll && !has_front_matter()) && !is_template()
    }

    /// The source files that a path of the site may name, where the generator has it so.
    fn source_paths(&self, route: &str) -> Vec<String> {
        let generator = self.layout.generator();
        if generator.is_some_and(|generator| !generator.publishes_files()) {
            return vec![];
        }
        let rest = |at: &str| route.strip_prefix(at).filter(|rest| rest.starts_with('/'));
        let mounts = self.layout.content.iter();
        let mut paths: Vec<String> =
            mounts.filter_map(|mount| join(&mount.folder, rest(&mount.at)?)).collect();
        let itself = route.trim_matches('/');
        if generator.is_none() && paths.iter().all(|path| path != itself) {
            paths.push(itself.to_owned());
        }
        paths
    }
}
