//! What is missing, and what would have to be known to say so.

use super::{
    Found, Missing, MissingEvidence, RouteForm, Target,
    path::{ending, join, key, name, parent},
    repository::Repository,
    resolve::{AnchorName, LinkResolver},
    routes::RouteTarget,
};
use crate::{
    site::generators::{Generator, LinkMarkup, SiteKind, Start},
    text::PAGE_ENDINGS_WITH_MDX,
};

/// What is after the path of a page in the names of its usual source files.
const PAGE_SOURCES: [&str; 4] = [".md", ".mdx", "/index.md", "/_index.md"];

/// Names of the version to which hosts redirect the URLs without one: `/docs/tides` to `/docs/latest/tides`.
const VERSIONS: [&str; 3] = ["latest", "stable", "current"];

/// Files that generators and their usual plugins make: the last ones for language models, and feeds of MkDocs.
const GENERATED_FILES: [&str; 16] = [
    "index.xml",
    "feed.xml",
    "rss.xml",
    "atom.xml",
    "sitemap.xml",
    "sitemap-index.xml",
    "feed.json",
    "robots.txt",
    "manifest.webmanifest",
    "llms.txt",
    "llms-full.txt",
    "llms-small.txt",
    "feed_rss_created.xml",
    "feed_rss_updated.xml",
    "feed_json_created.json",
    "feed_json_updated.json",
];

impl LinkResolver<'_> {
    fn evidence(&self) -> MissingEvidence {
        if self.inventory().is_complete() { MissingEvidence::Index } else { MissingEvidence::Disk }
    }

    pub(super) fn missing_file(&self, path: String, anchor: AnchorName) -> Target {
        let twin = self.inventory().case_twin(&path).map(|twin| self.found(twin));
        if twin.is_none()
            && let Some(root) = self.unknown_folder(&path)
        {
            return Target::NotVerified { root };
        }
        if twin.is_none()
            && (self.site.urls.ignores(&path)
                || self.is_in_language(&path)
                || self.is_for_mdx(&path)
                || self.is_named_by_program(&path)
                || self.is_named_by_order(&path))
        {
            return Target::Generated;
        }
        Target::Missing(Missing {
            unpublished: self.site.page_at(&path).filter(|page| self.site.routes().is_unpublished(*page)),
            looked_for: path.into(),
            case_twin: twin,
            better_form: None,
            evidence: self.evidence(),
            anchor,
        })
    }

    /// Whether a link names a page in MDX as if it was in Markdown, on a site whose generator is not known: some drop either
    /// ending.
    fn is_for_mdx(&self, path: &str) -> bool {
        self.layout.kind.is_none() && ending(path) == "md" && self.inventory().has_file(&format!("{path}x"))
    }

    /// Whether a path without the extension of a page has the name of a page elsewhere, on a site whose pages get their URLs
    /// from a program: browsers read the path from there.
    fn is_named_by_program(&self, path: &str) -> bool {
        let stem = name(path.trim_end_matches('/'));
        let is_page =
            |ending: &str| self.inventory().same_name(&format!("{stem}.{ending}"), 1).next().is_some();
        self.layout.kind == Some(SiteKind::Gatsby)
            && !stem.is_empty()
            && PAGE_ENDINGS_WITH_MDX.iter().any(|it| is_page(it))
    }

    /// Whether a link names a page without the number in front of its name and without its extension, on a site whose generator
    /// is not known: a program reads the pages, and knows them by such names.
    fn is_named_by_order(&self, path: &str) -> bool {
        let stem = name(path.trim_end_matches('/'));
        let is_ordered = |name: &str| {
            let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
            rest.len() < name.len() && rest.starts_with('-')
        };
        // Links from such a page out of its folder may lead to what the program has from elsewhere.
        let folder = parent(&self.path);
        let is_out = || path.strip_prefix(folder).is_none_or(|rest| !rest.starts_with('/'));
        let is_from_ordered = || is_ordered(name(&self.path)) && is_ordered(name(folder)) && is_out();
        self.layout.kind.is_none()
            && !stem.contains('.')
            && (self.inventory().has_ordered(stem) || is_from_ordered())
    }

    /// Whether a file is there with the language of this page in its name, `x.en.md` for `x.md` in `y.en.md`: a program of
    /// the site puts it there.
    fn is_in_language(&self, path: &str) -> bool {
        const LONGEST: usize = 5;
        let is_language = |code: &&str| {
            let is_part = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_');
            (2..=LONGEST).contains(&code.len()) && code.bytes().all(is_part)
        };
        let language = name(&self.path).rsplit('.').nth(1).filter(is_language);
        let parts = path.rsplit_once('.').filter(|(stem, _)| !name(stem).contains('.'));
        language.zip(parts).is_some_and(|(language, (stem, ending))| {
            name(&self.path).matches('.').count() > 1
                && self.inventory().has_file(&format!("{stem}.{language}.{ending}"))
        })
    }

    /// The folder of a file that is not a page, where the checkout lacks it as a whole: without git's index it is
    /// unknown whether images and downloads were left out of it.
    fn unknown_folder(&self, path: &str) -> Option<Box<str>> {
        let ending = ending(path);
        let is_page = ending.is_empty() || PAGE_ENDINGS_WITH_MDX.contains(&ending.as_str());
        let folder = parent(path);
        let is_unknown = !is_page && !self.inventory().is_complete() && !self.inventory().has_folder(folder);
        is_unknown.then(|| folder.into())
    }

    fn found(&self, path: &str) -> Found {
        self.site.page_at(path).map_or_else(|| Found::File(path.into()), Found::Page)
    }

    /// Nothing is at a path of the site; whether that is certain depends on how much of the site is known.
    pub(super) fn missing_route(&self, route: &str, anchor: AnchorName, start: Start) -> Target {
        let twin = match self.routes().case_twin(route) {
            Some(RouteTarget::Page(page)) => Some(Found::Page(*page)),
            Some(RouteTarget::File(path)) => Some(Found::File(path.clone())),
            Some(RouteTarget::Dynamic) | None => self.static_twin(route),
        };
        if twin.is_none()
            && let Some(root) = self.unknown_part(route, start)
            && !self.is_misspelled_route(route)
        {
            return Target::NotVerified { root };
        }
        if twin.is_none() && (self.has_ignored_source(route) || self.is_compiled(route)) {
            return Target::Generated;
        }
        if twin.is_none() && self.has_source_elsewhere(route) {
            return Target::NotVerified { root: route.into() };
        }
        self.missing_for_sure(route, twin, anchor)
    }

    /// Nothing is at a path of the site, whatever else is unknown of it.
    pub(super) fn missing_for_sure(
        &self,
        route: &str,
        case_twin: Option<Found>,
        anchor: AnchorName,
    ) -> Target {
        Target::Missing(Missing {
            looked_for: route.into(),
            case_twin,
            better_form: self
                .better_form(route)
                .filter(|form| matches!(self.at_route(form, &None), Some(Target::Page(_)))),
            unpublished: self.routes().unpublished(route),
            evidence: self.evidence(),
            anchor,
        })
    }

    /// Nothing is at the path of a URL on the site's host. Below a first part that the site does not have, the host may
    /// have the manual of a project, another version or a shop: what is not of this repository.
    pub(super) fn missing_on_host(&self, route: &str, anchor: AnchorName) -> Target {
        let first = route.split('/').nth(1).unwrap_or_default();
        let is_elsewhere =
            self.layout.base().is_empty() && !first.is_empty() && !self.routes().has_first_part(first);
        let is_unnamed_version = || {
            let rest =
                route.strip_prefix('/').and_then(|route| route.strip_prefix(first)).unwrap_or_default();
            VERSIONS.iter().any(|version| {
                let there = self.routes().get(&format!("/{first}/{version}{rest}"));
                there.is_some_and(|there| *there != RouteTarget::Dynamic)
            })
        };
        match self.missing_route(route, anchor, Start::Site) {
            Target::Missing(Missing { case_twin: None, better_form: None, unpublished: None, .. })
                if is_elsewhere || is_unnamed_version() =>
            {
                Target::NotVerified { root: format!("/{first}").into() }
            }
            target => target,
        }
    }

    /// Whether git ignores the file that a path of the site would come from: the build makes it.
    fn has_ignored_source(&self, route: &str) -> bool {
        let mounts = self.layout.content.iter();
        let sources = mounts.filter_map(|mount| {
            let rest = key(route).strip_prefix(&*mount.at).filter(|rest| rest.starts_with('/'))?;
            join(&mount.folder, rest)
        });
        let sources =
            sources.flat_map(|path| PAGE_SOURCES.iter().map(move |ending| format!("{path}{ending}")));
        let below = route.trim_matches('/');
        let copies = self.layout.statics.iter().filter_map(|folder| join(folder, below));
        sources.chain(copies).any(|path| self.site.urls.ignores(&path))
    }

    /// Whether a page has a path of the site that no folder of pages explains: a program publishes it there, as those of
    /// Gatsby's sites do.
    fn has_source_elsewhere(&self, route: &str) -> bool {
        const MOST: usize = 1024;
        let key = key(route);
        let is_published = |path: &&str| self.layout.mount_of(path).is_none();
        self.layout.kind == Some(SiteKind::Gatsby)
            && key.len() > 1
            && PAGE_SOURCES.iter().any(|ending| {
                let tail = format!("{key}{ending}");
                let mut same = self.inventory().same_name(tail.trim_start_matches('/'), MOST);
                same.any(|path| path.ends_with(&tail) && is_published(&path))
            })
    }

    /// Whether the generator makes a file at a path: a feed or the like, or a style sheet from a source in another language.
    pub(super) fn is_made(&self, route: &str) -> bool {
        let Some(generator) = self.layout.generator() else { return false };
        let is_known = || generator.tells_of_feeds() && !generator.may_make(route, &self.site.survey());
        GENERATED_FILES.contains(&name(route)) && !is_known() || self.is_compiled(route)
    }

    /// Whether the source of a style sheet is where it would be.
    fn is_compiled(&self, route: &str) -> bool {
        const SOURCES: [&str; 4] = ["scss", "sass", "less", "styl"];
        let Some(stem) = route.trim_matches('/').strip_suffix(".css") else { return false };
        let folders = self.layout.statics.iter().chain(self.layout.content.iter().map(|it| &it.folder));
        let paths = folders.filter_map(|folder| join(folder, stem));
        { paths }.any(|path| SOURCES.iter().any(|it| self.inventory().has_file(&format!("{path}.{it}"))))
    }

    fn better_form(&self, route: &str) -> Option<Box<str>> {
        let is_file = matches!(ending(route).as_str(), "html" | "htm");
        match self.layout.route_form {
            RouteForm::Slash if is_file => Some(format!("{}/", key(route)).into()),
            RouteForm::Bare if is_file => Some(key(route).into()),
            _ => None,
        }
    }

    fn static_twin(&self, route: &str) -> Option<Found> {
        let below = route.trim_matches('/');
        let paths = self.layout.statics.iter().filter_map(|folder| join(folder, below));
        paths.into_iter().find_map(|path| self.inventory().case_twin(&path).map(|twin| self.found(twin)))
    }

    /// The part of the site that would have to be known to say that nothing is at a path; `None` where all is known.
    pub(super) fn unknown_part(&self, route: &str, start: Start) -> Option<Box<str>> {
        let key = key(route);
        let first = || Box::from(key.split('/').nth(1).map_or("/".to_owned(), |part| format!("/{part}")));
        // The page of a folder is a file there.
        let folder = route.strip_suffix("index.html").filter(|folder| folder.ends_with('/'));
        let made = folder.unwrap_or(route);
        if made == "/" {
            return Some("/".into());
        }
        match self.layout.generator() {
            Some(generator) if generator.may_make(made, &self.site.survey()) => return Some(first()),
            Some(generator) if generator.tells_of_feeds() => {}
            _ if GENERATED_FILES.contains(&name(route)) => return Some(route.into()),
            _ => {}
        }
        if self.routes().is_dynamic(route) {
            let folder = parent(key);
            return Some(if folder.is_empty() { first() } else { folder.into() });
        }
        if self.layout.moves.may_answer(route) || self.may_be_elsewhere(route) {
            return Some(first());
        }
        // `/tides-0.1.0-mended/` is a page.
        let ending = if route.ends_with('/') { String::new() } else { ending(route) };
        if !ending.is_empty()
            && !matches!(ending.as_str(), "html" | "htm")
            && !crate::text::PAGE_ENDINGS.contains(&ending.as_str())
        {
            let is_unknown = self.layout.statics.is_empty() && self.layout.copied.is_empty();
            return self.unknown_static(route).or_else(|| is_unknown.then(first));
        }
        let is_top = !key.get(1..).unwrap_or_default().contains('/');
        let is_guess = self.layout.kind.is_none() && is_top;
        let is_markdown = self.markup == LinkMarkup::Markdown;
        let owns = |generator: &dyn Generator| {
            generator.owns(route) || is_markdown && generator.stops_at_broken_links()
        };
        let is_owned = || self.layout.generator().is_some_and(owns);
        let is_known = || {
            let routes = self.routes();
            routes.knows_folder_of(route)
                || routes.knows_year_of(route)
                || routes.unpublished(route).is_some()
                || self.names_source(route)
        };
        let is_open = is_guess || !is_known() && !is_owned();
        (start == Start::Site && is_open).then(first)
    }

    /// Whether a path of the site is that of the file of a page, from the repository or the folder of the pages on.
    fn names_source(&self, route: &str) -> bool {
        let below = route.trim_matches('/');
        let is_file = PAGE_ENDINGS_WITH_MDX.contains(&ending(below).as_str());
        let is_page = |path: String| self.site.page_at(&path).is_some_and(|it| self.site.route(it).is_some());
        let folders = self.layout.content.iter().map(|mount| &*mount.folder).chain([""]);
        is_file && folders.filter_map(|folder| join(folder, below)).any(is_page)
    }

    /// Whether a path may be that of another repository of the same owner: GitHub publishes them all on the host of the
    /// one that is named like the host.
    fn may_be_elsewhere(&self, route: &str) -> bool {
        let is_first =
            |part: &str| !part.is_empty() && !self.routes().has_first_part(part) && !self.has_files_at(part);
        self.layout.is_on_github_pages
            && self.layout.base().is_empty()
            && route.split('/').nth(1).is_some_and(is_first)
            && self.site.urls.repositories().0.iter().all(Repository::is_named_as_host)
    }

    /// Whether a folder of files is published at the first part of a path.
    fn has_files_at(&self, part: &str) -> bool {
        let has_folder =
            |folder: &str| join(folder, part).is_some_and(|path| self.inventory().has_folder(&path));
        self.layout.statics.iter().any(|folder| has_folder(folder))
            || self.layout.copied.iter().any(|copied| match copied.at.trim_matches('/') {
                "" => has_folder(&copied.folder),
                at => at.split('/').next() == Some(part),
            })
    }

    /// The static folder that a file of the site would be in and that the checkout lacks. Without git's index a
    /// folder in it may be lacking just as well.
    fn unknown_static(&self, route: &str) -> Option<Box<str>> {
        let inventory = self.inventory();
        let statics = &self.layout.statics;
        if let Some(folder) = statics.iter().find(|folder| !inventory.has_folder(folder)) {
            return Some(folder.clone());
        }
        let below = parent(route.trim_matches('/'));
        let folders: Vec<String> = statics.iter().filter_map(|folder| join(folder, below)).collect();
        let is_there = inventory.is_complete() || folders.iter().any(|folder| inventory.has_folder(folder));
        folders.into_iter().next().filter(|_| !is_there).map(Into::into)
    }
}
