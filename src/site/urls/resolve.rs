//! From a destination to what it leads to.

use std::{borrow::Cow, cell::OnceCell};

use url::Url;

use super::{
    Evidence, Form, Found, Inventory, Layout, Lookup, Malformed, Missing, OwnHost, OwnSite, PageTarget,
    RouteForm, SiteKind, Target,
    destination::{Destination, LocalPath, MAX_PATH, Start},
    leads::may_be_in_repository,
    moved::{Moved, path_on},
    path::{decode, ending, join, join_route, key, name, parent},
    routes::{Place, Routes},
};
use crate::{
    diagnostic::Label,
    site::{Page, Site},
};

/// Files that stand for their folder, in the order in which they are looked for.
const INDEX_FILES: [&str; 6] =
    ["index.md", "_index.md", "README.md", "readme.md", "index.markdown", "index.html"];

/// Endings that a link to a page's file may leave out.
const PAGE_ENDINGS: [&str; 5] = ["md", "markdown", "mkd", "mdown", "mdx"];

/// Files that generators make.
const GENERATED_FILES: [&str; 10] = [
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
];

/// One page's view of the site.
pub(super) struct Resolver<'a> {
    site: &'a Site,
    layout: &'a Layout,
    /// The page's file.
    path: Cow<'a, str>,
    /// The page's path on the site, once somebody asks.
    route: OnceCell<Option<&'a str>>,
}

type Anchor = Option<Box<str>>;

impl<'a> Resolver<'a> {
    pub(super) fn new(site: &'a Site, from: &'a Page) -> Self {
        let path = from.path.to_string_lossy();
        Self { site, layout: &site.urls.layout, path, route: OnceCell::new() }
    }

    /// The view from the host, which is the same from every page.
    fn at_host(&self) -> Self {
        Self { path: self.path.clone(), route: OnceCell::from(None), ..*self }
    }

    /// Whether the page has a path on the site.
    pub(super) fn is_on_site(&self) -> bool {
        self.route().is_some()
    }

    fn route(&self) -> Option<&'a str> {
        *self.route.get_or_init(|| self.site.page_at(&self.path).and_then(|page| self.site.route(page)))
    }

    /// Where a destination leads.
    pub(super) fn resolve(&self, destination: &str) -> Target {
        match Destination::parse(destination) {
            Destination::Empty => Target::Empty,
            Destination::Fragment(anchor) => Target::SamePage { anchor },
            Destination::Email => Target::Email,
            Destination::FileSystem => Target::FileSystem,
            Destination::OtherScheme(scheme) => Target::OtherScheme(scheme),
            Destination::Template => Target::Template,
            Destination::Malformed(why) => Target::Malformed(why),
            Destination::Web(url) => self.at_host().web(&url),
            Destination::Path(local) => self.local(local),
        }
    }

    fn inventory(&self) -> &'a Inventory {
        self.site.urls.inventory()
    }

    fn routes(&self) -> &'a Routes {
        self.site.routes()
    }

    fn local(&self, local: LocalPath<'_>) -> Target {
        let LocalPath { path, start, fragment: anchor } = local;
        match start {
            // What is none of the site's pages is read on the forge, where `/` is the repository.
            Start::Site if self.route().is_some() || self.is_published() => self.rooted(&path, anchor),
            Start::Site | Start::Sources => match join("", &path) {
                Some(path) => self.file(&path, &anchor).unwrap_or_else(|| self.missing_file(path, anchor)),
                None => Target::OutsideRoot,
            },
            Start::Page => self.relative(&path, anchor),
        }
    }

    /// Whether the page is of the site although its path is not known.
    fn is_published(&self) -> bool {
        self.layout.mount_of(&self.path).is_some()
    }

    /// A path from the site's `/`.
    fn rooted(&self, path: &str, anchor: Anchor) -> Target {
        let written = format!("/{path}");
        let base = self.layout.base();
        let below_base = written.strip_prefix(base).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        // Some generators put the base in front of a link and some do not.
        let candidates = below_base.into_iter().chain((!base.is_empty()).then_some(written.as_str()));
        for candidate in candidates {
            if let Some(target) = self.at_route(candidate, &anchor) {
                return target;
            }
        }
        self.missing_route(below_base.unwrap_or(&written), anchor, Start::Site)
    }

    /// What lies at a path of the site.
    fn at_route(&self, written: &str, anchor: &Anchor) -> Option<Target> {
        let mut route = join_route("", written);
        if written.ends_with('/') && route.len() > 1 {
            route.push('/');
        }
        match self.routes().get(&route) {
            Some(Place::Page(page)) => {
                let form = self.form(*page, &route);
                return Some(Target::Page(PageTarget { page: *page, anchor: anchor.clone(), form }));
            }
            Some(Place::File(path)) => {
                return Some(Target::File { path: path.clone(), anchor: anchor.clone() });
            }
            Some(Place::Dynamic) | None => {}
        }
        let below = route.trim_matches('/');
        let served = self.layout.statics.iter().map(|folder| join(folder, below));
        let sources = self.source_paths(&route).into_iter().map(Some);
        let mut folder = None;
        for path in served.chain(sources).flatten() {
            match self.file(&path, anchor) {
                Some(Target::Folder { path }) => folder = Some(Target::Folder { path }),
                Some(target) => return Some(target),
                None => {}
            }
        }
        if let Some(moved) = self.moved_here(&route) {
            return Some(Target::Moved(moved));
        }
        folder.or_else(|| (route == "/").then(|| Target::Folder { path: "".into() }))
    }

    /// The source files that a path of the site may name, where the generator has it so.
    fn source_paths(&self, route: &str) -> Vec<String> {
        let kind = self.layout.kind;
        let is_page = PAGE_ENDINGS.contains(&ending(route).as_str());
        let takes = kind
            .is_none_or(|kind| kind.serves_content_files() || is_page && kind.follows_rooted_source_links());
        if !takes {
            return vec![];
        }
        let below = |at: &str| route.strip_prefix(at).filter(|rest| rest.starts_with('/'));
        let mounts = self.layout.content.iter();
        let mut paths: Vec<String> =
            mounts.filter_map(|mount| join(&mount.folder, below(&mount.at)?)).collect();
        let itself = route.trim_matches('/');
        if matches!(kind, None | Some(SiteKind::Docusaurus | SiteKind::Plain))
            && paths.iter().all(|path| path != itself)
        {
            paths.push(itself.to_owned());
        }
        paths
    }

    fn moved_here(&self, route: &str) -> Option<Moved> {
        if let Some(moved) = self.site.moved(route) {
            return Some(moved);
        }
        let alias = self.routes().aliases.get(key(route))?;
        let to = self.site.canonical_link(alias.page, None)?;
        Some(Moved { to, place: Label::new(&self.site.pages[alias.page].path, alias.span) })
    }

    /// How a path of the site names a page.
    fn form(&self, page: usize, written: &str) -> Form {
        let canonical = self.site.route(page).unwrap_or_default();
        let bare = written.trim_end_matches('/');
        let is_file = |path: &str| matches!(ending(path).as_str(), "html" | "htm");
        if written == canonical {
            Form::Canonical
        } else if key(written) != key(canonical) {
            Form::Other
        } else if is_file(bare) && !is_file(canonical) {
            if self.takes_html() { Form::Canonical } else { Form::Html }
        } else if self.layout.route_form == RouteForm::Any {
            Form::Canonical
        } else if canonical.strip_suffix('/') == Some(written) {
            Form::SlashMissing
        } else if written.ends_with('/') && self.layout.route_form == RouteForm::Slash {
            // The page has chosen its path itself, against the form of the others; the server takes both.
            Form::Canonical
        } else if written.ends_with('/') || is_file(canonical) {
            Form::SlashExtra
        } else {
            Form::Other
        }
    }

    /// Whether the server has each page with `.html` too.
    fn takes_html(&self) -> bool {
        match self.layout.route_form {
            RouteForm::Html => true,
            RouteForm::Any => !matches!(self.layout.kind, Some(SiteKind::Docusaurus | SiteKind::Astro)),
            RouteForm::Slash | RouteForm::Bare => false,
        }
    }

    /// A path from the page on: to a file beside it, or from its path on the site.
    fn relative(&self, path: &str, anchor: Anchor) -> Target {
        let by_file = join(parent(&self.path), path);
        let found = by_file.as_deref().and_then(|path| self.file(path, &anchor));
        let folder = match found {
            Some(folder @ Target::Folder { .. }) => Some(folder),
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
            Some(root) => Target::NotVerified { root },
            None => self.missing_file(file, anchor),
        }
    }

    /// What lies above the site's root. Where it lies in the site's repository, the forge that shows the page leads
    /// there; what a generator publishes does not.
    fn outside(&self, path: &str) -> Target {
        let is_published =
            self.route().is_some() && !matches!(self.layout.kind, None | Some(SiteKind::Plain));
        let (_, folder) = self.site.urls.repositories();
        match join(&format!("{folder}/{}", parent(&self.path)), path) {
            Some(_) if !is_published => Target::NotVerified { root: "..".into() },
            _ => Target::OutsideRoot,
        }
    }

    /// The way up, where a relative link leaves the site for another one on the same host: when the site lies below a
    /// path there, or nobody has said where it lies.
    fn above_site(&self, folder: &str, path: &str) -> Option<Box<str>> {
        let may_be_below = self.layout.url.is_none() || !self.layout.base().is_empty();
        (may_be_below && join(folder, path).is_none()).then(|| "..".into())
    }

    /// What would have to be known to say that a relative link to a file leads nowhere; `None` where all is known.
    fn unknown_file(&self, path: &str, route: &str) -> Option<Box<str>> {
        match self.layout.kind {
            Some(SiteKind::Plain) => None,
            // The page becomes a part of the site, or of another one, in a way that nobody has told us.
            Some(_) if self.route().is_none() && matches!(ending(path).as_str(), "html" | "htm") => {
                Some((*self.path).into())
            }
            // Something makes HTML of the pages, and where it puts that nobody has told us.
            None if matches!(ending(path).as_str(), "html" | "htm") => Some(route.into()),
            None if self.route().is_some() && !self.layout.statics.is_empty() => {
                let ending = ending(path);
                let is_page = ending.is_empty() || PAGE_ENDINGS.contains(&ending.as_str());
                if is_page { None } else { self.unknown_part(route, Start::Page) }
            }
            _ => None,
        }
    }

    /// Whether a relative link that leads nowhere was meant for a file: on a forge all are, on a site those with an
    /// ending that pages do not have there.
    fn is_meant_as_file(&self, path: &str) -> bool {
        let ending = ending(path);
        let is_site = self.route().is_some() && !matches!(self.layout.kind, None | Some(SiteKind::Plain));
        !is_site || !ending.is_empty() && !matches!(ending.as_str(), "html" | "htm")
    }

    /// A relative link as the browser reads it.
    fn relative_route(&self, path: &str, anchor: &Anchor) -> Option<Target> {
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
    fn file(&self, path: &str, anchor: &Anchor) -> Option<Target> {
        if self.site.page_at(path).is_some() {
            return Some(self.existing(path, anchor));
        }
        match self.inventory().lookup(path) {
            Lookup::File(path) => Some(self.existing(&path, anchor)),
            Lookup::Folder(path) => {
                let index = INDEX_FILES.iter().filter_map(|name| join(&path, name));
                let index = index.into_iter().find(|file| self.inventory().has_file(file));
                let takes_index =
                    self.route().is_none() || self.layout.kind.is_none_or(|kind| kind == SiteKind::Plain);
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
    fn without_ending(&self, path: &str, anchor: &Anchor) -> Option<Target> {
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
        PAGE_ENDINGS.iter().find(is_there)?;
        Some(self.existing(&file, anchor))
    }

    fn existing(&self, path: &str, anchor: &Anchor) -> Target {
        let anchor = anchor.clone();
        match self.site.page_at(path) {
            Some(page) => {
                let follows = self.layout.kind.is_none_or(SiteKind::follows_source_links);
                let form = if follows || self.route().is_none() { Form::Source } else { Form::RawSource };
                Target::Page(PageTarget { page, anchor, form })
            }
            None => Target::File { path: path.into(), anchor },
        }
    }

    fn evidence(&self) -> Evidence {
        if self.inventory().is_complete() { Evidence::Index } else { Evidence::Disk }
    }

    fn missing_file(&self, path: String, anchor: Anchor) -> Target {
        let twin = self.inventory().case_twin(&path).map(|twin| self.found(twin));
        if twin.is_none()
            && let Some(root) = self.unknown_folder(&path)
        {
            return Target::NotVerified { root };
        }
        Target::Missing(Missing {
            looked_for: path.into(),
            case_twin: twin,
            better_form: None,
            evidence: self.evidence(),
            anchor,
        })
    }

    /// The folder of a file that is no page, where the checkout lacks it as a whole: without git's index nobody can
    /// tell whether pictures and downloads were left out of it.
    fn unknown_folder(&self, path: &str) -> Option<Box<str>> {
        let ending = ending(path);
        let is_page = ending.is_empty() || PAGE_ENDINGS.contains(&ending.as_str());
        let folder = parent(path);
        let is_unknown = !is_page && !self.inventory().is_complete() && !self.inventory().has_folder(folder);
        is_unknown.then(|| folder.into())
    }

    fn found(&self, path: &str) -> Found {
        self.site.page_at(path).map_or_else(|| Found::File(path.into()), Found::Page)
    }

    /// Nothing lies at a path of the site; whether that is certain depends on how much of the site is known.
    fn missing_route(&self, route: &str, anchor: Anchor, start: Start) -> Target {
        let twin = match self.routes().case_twin(route) {
            Some(Place::Page(page)) => Some(Found::Page(*page)),
            Some(Place::File(path)) => Some(Found::File(path.clone())),
            Some(Place::Dynamic) | None => self.static_twin(route),
        };
        if twin.is_none()
            && let Some(root) = self.unknown_part(route, start)
        {
            return Target::NotVerified { root };
        }
        Target::Missing(Missing {
            looked_for: route.into(),
            case_twin: twin,
            better_form: self.better_form(route),
            evidence: self.evidence(),
            anchor,
        })
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

    /// The part of the site that would have to be known to say that nothing lies at a path; `None` where all is known.
    fn unknown_part(&self, route: &str, start: Start) -> Option<Box<str>> {
        let key = key(route);
        let first = || Box::from(key.split('/').nth(1).map_or("/".to_owned(), |part| format!("/{part}")));
        let is_at = |part: &&&str| {
            key.strip_prefix(**part).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let generated = self.layout.kind.map_or(&[][..], SiteKind::generated);
        if let Some(part) =
            generated.iter().find(is_at).filter(|part| !self.routes().is_folder(part) || key == **part)
        {
            return Some((*part).into());
        }
        if GENERATED_FILES.contains(&name(route)) {
            return Some(route.into());
        }
        if self.routes().is_dynamic(route) {
            return Some(parent(key).into());
        }
        let ending = ending(route.trim_end_matches('/'));
        if !ending.is_empty()
            && !matches!(ending.as_str(), "html" | "htm")
            && !crate::text::PAGE_ENDINGS.contains(&ending.as_str())
        {
            return self.unknown_static(route).or_else(|| self.layout.statics.is_empty().then(first));
        }
        let is_top = !key.get(1..).unwrap_or_default().contains('/');
        let is_guess = self.layout.kind.is_none() && is_top;
        (start == Start::Site && (is_guess || !self.routes().knows_folder_of(route))).then(first)
    }

    /// The static folder that a file of the site would lie in and that the checkout lacks. Without git's index a
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

    /// An address of the web: the site's own, the repository's own, or another.
    fn web(&self, url: &Url) -> Target {
        let is_long = url.path().len() > MAX_PATH;
        if let Some((host, path)) = self.own_host(url) {
            if is_long {
                let target = Box::new(Target::Malformed(Malformed::TooLong));
                return Target::OwnSite(OwnSite { host, target });
            }
            let decoded = decode(&path).map_or_else(|| path.clone(), Cow::into_owned);
            let anchor = url.fragment().and_then(super::destination::anchor);
            let target = self
                .at_route(&decoded, &anchor)
                .unwrap_or_else(|| self.missing_route(&decoded, anchor, Start::Site));
            return Target::OwnSite(OwnSite { host, target: Box::new(target) });
        }
        if is_long || !may_be_in_repository(url.host_str().unwrap_or_default(), url.path()) {
            return Target::External;
        }
        let (repositories, folder) = self.site.urls.repositories();
        match repositories.iter().find_map(|repository| repository.entry(url)) {
            Some(entry) => self.own_repository(url, &entry, folder),
            None => Target::External,
        }
    }

    fn own_repository(&self, url: &Url, entry: &super::repository::Entry, folder: &str) -> Target {
        let anchor = url.fragment().and_then(super::destination::anchor);
        let decoded = |path: &str| decode(path).map(|path| path.trim_matches('/').to_owned());
        let here = |path: &str| super::layout::below(folder, path).map(str::to_owned);
        let first = entry.paths().find_map(decoded).unwrap_or_default();
        let mut target = None;
        if entry.is_current {
            let found = entry.paths().filter_map(decoded).filter_map(|path| here(&path));
            target = found.into_iter().find_map(|path| self.file(&path, &anchor));
            target = target.or_else(|| Some(self.missing_file(here(&first)?, anchor)));
        }
        Target::OwnRepository { path: first.into(), target: target.map(Box::new) }
    }

    /// How an address names a host of the site, and its path there.
    fn own_host(&self, url: &Url) -> Option<(OwnHost, String)> {
        let bare = |url: &Url| Some(url.host_str()?.trim_start_matches("www.").to_owned());
        let host = bare(url)?;
        let is_own = |own: &&Url| bare(own).as_ref() == Some(&host) && own.port() == url.port();
        let main = self.layout.url.as_ref();
        let own = main.into_iter().chain(&self.layout.aliases).filter(is_own);
        let path = own.into_iter().find_map(|own| path_on(url, own.path().trim_end_matches('/')))?;
        let host = match main.filter(|main| main.host_str() == url.host_str() && main.port() == url.port()) {
            Some(main) if main.scheme() == url.scheme() => OwnHost::Canonical,
            Some(_) => OwnHost::OtherScheme,
            None => OwnHost::OtherName,
        };
        Some((host, path))
    }
}

/// The folder from which the browser reads the links of a page.
fn folder_of_route(route: &str) -> &str {
    if route.ends_with('/') { route } else { parent(route) }
}
