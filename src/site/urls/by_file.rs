//! Links as a forge reads them, or a site of which nothing is known: files come first.

use super::{
    Form, Lookup, PageTarget, RouteForm, Target,
    path::{ending, is_for_forge, join, join_route, name, parent},
    resolve::{AnchorName, LinkResolver, folder_of_route},
};
use crate::{
    site::generators::{SiteKind, Start},
    text::PAGE_ENDINGS_WITH_MDX,
};

/// Files that stand for their folder, in the order in which they are looked for.
const INDEX_FILES: [&str; 6] =
    ["index.md", "_index.md", "README.md", "readme.md", "index.markdown", "index.html"];

/// Parts of a repository on forges, besides its files, sorted.
const FORGE_SECTIONS: [&str; 22] = [
    "-",
    "actions",
    "blob",
    "branches",
    "commit",
    "commits",
    "compare",
    "discussions",
    "fork",
    "graphs",
    "issues",
    "labels",
    "milestones",
    "network",
    "packages",
    "projects",
    "pulls",
    "raw",
    "releases",
    "security",
    "tree",
    "wiki",
];

impl LinkResolver<'_> {
    /// A path from the page on: to a file beside it, or from its path on the site.
    pub(super) fn relative(&self, path: &str, anchor: AnchorName) -> Target {
        let by_file = join(parent(&self.path), path);
        let found = by_file.as_deref().and_then(|path| self.file(path, &anchor));
        let folder = match found {
            Some(folder @ Target::Folder { .. }) => Some(folder),
            // From where the page is published, the path leads to another one.
            Some(Target::Page(PageTarget { anchor: Some(_), .. }))
                if self.route().is_none() && self.is_unplaced() && self.goes_out(path) =>
            {
                return Target::NotVerified { root: "..".into() };
            }
            Some(target) => return target,
            None => None,
        };
        if self.route().is_some()
            && let Some(target) = self.relative_route(path, &anchor)
        {
            return target;
        }
        if let Some(folder) = folder {
            return folder;
        }
        let folder = self.route().map_or("", folder_of_route);
        let is_file = self.is_meant_as_file(path);
        if !is_file && let Some(root) = self.above_site(folder, path) {
            return Target::NotVerified { root };
        }
        let Some(file) = by_file else { return self.outside(path) };
        let slash = if path.ends_with('/') { "/" } else { "" };
        let route = format!("{}{slash}", join_route(folder, path));
        if !is_file {
            return self.missing_route(&route, anchor, Start::Page);
        }
        match self.unknown_file(path, &route) {
            Some(root) if !self.is_misspelled_file(&file) => Target::NotVerified { root },
            None if self.is_read_elsewhere(path) => Target::NotVerified { root: "..".into() },
            _ => self.missing_file(file, anchor),
        }
    }

    /// Whether a page that the generator does not publish is probably a part of others or a copy of one: a file elsewhere
    /// has the whole path of the link, so the link is meant for where the page is taken to. What forges show, such as a
    /// README, is read where it is.
    fn is_read_elsewhere(&self, path: &str) -> bool {
        const MOST: usize = 16;
        let mut tail = path;
        while let Some(rest) = tail.strip_prefix("../").or_else(|| tail.strip_prefix("./")) {
            tail = rest;
        }
        let is_unpublished = self.layout.generator().is_some()
            && self.route().is_none()
            && (self.layout.mount_of(&self.path).is_none() || self.is_unplaced() && self.goes_out(path));
        let is_far = tail.contains('/') || path.starts_with("../");
        let there = format!("/{tail}");
        // A program of which nothing is known may publish the page, and the files of such a folder beside it.
        let is_public = |file: &str| {
            let folder = file.strip_suffix(&there).unwrap_or_default();
            matches!(name(folder), "public" | "static")
        };
        let is_unknown = self.layout.kind.is_none();
        is_far
            && (is_unpublished || is_unknown)
            && !is_for_forge(&self.path)
            && self
                .inventory()
                .same_name(tail, MOST)
                .any(|it| it.ends_with(&there) && (!is_unknown || is_public(it)))
    }

    /// What is above the site's root. Where it is in the site's repository, the forge that shows the page leads
    /// there; what a generator publishes does not.
    pub(super) fn outside(&self, path: &str) -> Target {
        let is_published = self.route().is_some() && self.layout.generator().is_some();
        // Browsers read it from a path that is not known.
        if self.route().is_none() && self.is_unplaced() {
            return Target::NotVerified { root: "..".into() };
        }
        let (_, folder) = self.site.urls.repositories();
        if let Some(target) = self.on_branch(path).filter(|_| !is_published) {
            return target;
        }
        match join(&format!("{folder}/{}", parent(&self.path)), path) {
            Some(_) if !is_published => Target::NotVerified { root: "..".into() },
            None if !is_published && self.is_of_forge(path) => Target::External,
            _ => Target::OutsideRoot,
        }
    }

    /// Whether the generator publishes the page at a path that is not known, such as one with the title of a post.
    fn is_unplaced(&self) -> bool {
        let page = self.site.page_at(&self.path);
        self.layout.generator().is_some()
            && self.layout.mount_of(&self.path).is_some()
            && page.is_some_and(|page| !self.site.routes().is_unpublished(page))
    }

    /// The file that a link leads to by the name of the branch, from a file on a forge at `blob/BRANCH/`: `../main/tides.md`.
    fn on_branch(&self, path: &str) -> Option<Target> {
        const BRANCHES: [&str; 4] = ["main", "master", "develop", "HEAD"];
        let (_, folder) = self.site.urls.repositories();
        let from = if folder.is_empty() { parent(&self.path) } else { return None };
        let ups = from.split('/').filter(|part| !part.is_empty()).count() + 1;
        let mut rest = path;
        for _ in 0..ups {
            rest = rest.strip_prefix("../")?;
        }
        let (branch, rest) = rest.split_once('/')?;
        BRANCHES.contains(&branch).then(|| self.file(rest, &None)).flatten()
    }

    /// Whether a link leads from a file on a forge, at `blob/BRANCH/`, to another part of the repository there, such as
    /// its issues.
    fn is_of_forge(&self, path: &str) -> bool {
        let is_up = |part: &&str| *part == "..";
        let parts = || path.split('/').filter(|part| !matches!(*part, "" | "."));
        let (_, folder) = self.site.urls.repositories();
        let of = |path: &str| path.split('/').filter(|part| !part.is_empty()).count();
        let depth = of(folder) + of(parent(&self.path));
        let section = parts().find(|part| !is_up(part)).unwrap_or_default();
        parts().take_while(is_up).count() == depth + 2 && FORGE_SECTIONS.contains(&section)
    }

    /// The way up, where a relative link leaves the site for another one on the same host: when the site is below a
    /// path there, or its URL is unknown.
    pub(super) fn above_site(&self, folder: &str, path: &str) -> Option<Box<str>> {
        let may_be_below = self.layout.url.is_none() || !self.layout.base().is_empty();
        (may_be_below && join(folder, path).is_none()).then(|| "..".into())
    }

    /// What would have to be known to say that a relative link to a file leads nowhere; `None` where all is known.
    fn unknown_file(&self, path: &str, route: &str) -> Option<Box<str>> {
        match self.layout.kind {
            Some(SiteKind::Plain) => None,
            // The page becomes a part of the site, or of another one, in an unknown way.
            Some(_) if self.route().is_none() && matches!(ending(path).as_str(), "html" | "htm") => {
                Some("..".into())
            }
            // In a folder of the site that holds none of its pages.
            Some(_) if self.route().is_none() && ending(path).is_empty() && self.is_part() => {
                Some("..".into())
            }
            // Something makes HTML of the pages, in an unknown place.
            None if matches!(ending(path).as_str(), "html" | "htm") => Some(route.into()),
            None if self.route().is_some() && !self.layout.statics.is_empty() => {
                let ending = ending(path);
                let is_page = ending.is_empty() || PAGE_ENDINGS_WITH_MDX.contains(&ending.as_str());
                if is_page { None } else { self.unknown_part(route, Start::Page) }
            }
            _ => None,
        }
    }

    /// Whether the page is probably a part of others: in a folder of the site that has none of its pages, and no README.
    pub(super) fn is_part(&self) -> bool {
        if self.layout.generator().is_none() {
            return false;
        }
        let root = &*self.layout.root;
        let below = super::layout::below(root, &self.path).unwrap_or_default();
        let is_hidden = below.starts_with('.');
        below.contains('/') && !is_hidden && !name(&self.path).to_lowercase().starts_with("readme")
    }

    /// What a path from the `/` leads to in a page that forges show beside the files, and readers there are meant: a file
    /// of the repository.
    pub(super) fn on_forge(&self, path: &str, anchor: &AnchorName) -> Option<Target> {
        const PAGES: [&str; 5] = ["readme", "contributing", "code_of_conduct", "security", "changelog"];
        let is_meant = |stem: &str| PAGES.contains(&stem.to_ascii_lowercase().as_str());
        // In the root only: elsewhere the name has a folder in front.
        self.path.strip_suffix(".md").filter(|stem| is_meant(stem))?;
        self.file(&join("", path)?, anchor)
    }

    /// Whether a relative link that leads nowhere was meant for a file: on a forge all are, on a site those with an
    /// ending that pages do not have there.
    pub(super) fn is_meant_as_file(&self, path: &str) -> bool {
        let ending = ending(path);
        let is_site = self.route().is_some() && self.layout.generator().is_some();
        !is_site || !ending.is_empty() && !matches!(ending.as_str(), "html" | "htm")
    }

    /// A relative link as the browser reads it.
    fn relative_route(&self, path: &str, anchor: &AnchorName) -> Option<Target> {
        let route = self.route()?;
        if self.layout.kind == Some(SiteKind::Plain) {
            return None;
        }
        let slash = if path.ends_with('/') { "/" } else { "" };
        let at = |folder: &str| self.at_route(&format!("{}{slash}", join_route(folder, path)), anchor);
        let is_somewhere = |target: &Target| !matches!(target, Target::Folder { .. });
        let first = at(folder_of_route(route));
        if first.as_ref().is_some_and(is_somewhere) || self.layout.route_form != RouteForm::Any {
            return first;
        }
        // Where the server takes both forms, so must we; and the generator may read links from the file's folder.
        let source = self.layout.mount_of(&self.path);
        let source = source.map(|(mount, below)| format!("{}/{}", mount.at, parent(below)));
        at(&format!("{route}/")).filter(is_somewhere).or_else(|| at(&source?)).or(first)
    }

    /// The page or file at a path, relative to the root.
    pub(super) fn file(&self, path: &str, anchor: &AnchorName) -> Option<Target> {
        if self.site.page_at(path).is_some() {
            return Some(self.existing(path, anchor));
        }
        match self.inventory().lookup(path) {
            Lookup::File(path) => Some(self.existing(&path, anchor)),
            Lookup::Folder(path) => {
                let index = INDEX_FILES.iter().filter_map(|name| join(&path, name));
                let index = index.into_iter().find(|file| self.inventory().has_file(file));
                let takes_index = self.route().is_none() || self.layout.generator().is_none();
                match index.filter(|_| takes_index) {
                    Some(index) => Some(self.existing(&index, anchor)),
                    None => Some(Target::Folder { path: path.into() }),
                }
            }
            Lookup::Outside => Some(Target::OutsideRoot),
            Lookup::Unknown(root) => Some(Target::NotVerified { root: root.into() }),
            Lookup::Missing => self.without_ending(path, anchor),
        }
    }

    /// A page whose file is named without its ending, or with the one it has on the site, where nothing says that the
    /// generator does not take that.
    fn without_ending(&self, path: &str, anchor: &AnchorName) -> Option<Target> {
        if self.layout.kind.is_some() || name(path).is_empty() {
            return None;
        }
        let stem = path.strip_suffix(".html").unwrap_or(path);
        let mut file = format!("{stem}.");
        let is_there = |ending: &&&str| {
            file.truncate(stem.len() + 1);
            file.push_str(ending);
            self.inventory().has_file(&file)
        };
        PAGE_ENDINGS_WITH_MDX.iter().find(is_there)?;
        Some(self.existing(&file, anchor))
    }

    pub(super) fn existing(&self, path: &str, anchor: &AnchorName) -> Target {
        let anchor = anchor.clone();
        match self.site.page_at(path) {
            Some(page) => Target::Page(PageTarget { page, anchor, form: Form::Source }),
            None => Target::File { path: path.into(), anchor },
        }
    }
}
