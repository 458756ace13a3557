//! From a destination to what it leads to.

use std::{borrow::Cow, cell::OnceCell};

use url::Url;

use super::{
    Form, Inventory, Layout, Malformed, OwnHost, OwnSite, PageTarget, RouteForm, Target,
    destination::{LocalPath, MAX_PATH, ParsedDestination},
    moved::{Moved, path_on},
    path::{decode, ending, join, join_route, key, name, parent},
    resolved_links::may_be_in_repository,
    routes::{RouteTarget, SiteRoutes},
};
use crate::{
    diagnostic::Label,
    links::hosts::without_www,
    site::{
        Page, Site,
        generators::{LinkMarkup, SiteKind, Start},
    },
};

/// One page's view of the site.
pub(super) struct LinkResolver<'a> {
    pub(super) site: &'a Site,
    /// The site of the page among those of the project.
    pub(super) index: usize,
    pub(super) layout: &'a Layout,
    /// What the links are written in.
    pub(super) markup: LinkMarkup,
    /// The page's file.
    pub(super) path: Cow<'a, str>,
    /// The page's place among the pages and its path on the site, once somebody asks.
    route: OnceCell<Option<&'a str>>,
    /// See [`Self::scope`].
    scope: OnceCell<String>,
}

/// What is after the `#` of a destination.
pub(super) type AnchorName = Option<Box<str>>;

impl<'a> LinkResolver<'a> {
    pub(super) fn new(site: &'a Site, from: &'a Page) -> Self {
        let path = from.path.to_string_lossy();
        let index = site.urls.sites.index_of(&path);
        Self {
            site,
            index,
            layout: site.urls.sites.get(index),
            markup: LinkMarkup::Markdown,
            path,
            route: OnceCell::new(),
            scope: OnceCell::new(),
        }
    }

    /// The view from the `/` of a site, which is the same from every page.
    pub(super) fn at_root(site: &'a Site, index: usize) -> Self {
        let layout = site.urls.sites.get(index);
        let (route, scope) = (OnceCell::from(None), OnceCell::new());
        let markup = LinkMarkup::Markdown;
        Self { path: Cow::Borrowed(""), route, scope, site, index, layout, markup }
    }

    /// The view of the links that are written in something else.
    pub(super) fn in_markup(self, markup: LinkMarkup) -> Self {
        Self { markup, ..self }
    }

    /// Whether the page has a path on the site.
    pub(super) fn is_on_site(&self) -> bool {
        self.route().is_some()
    }

    /// What the page's reading of paths from the site's `/` depends on: its folder of pages, the language in its name, what
    /// they are written in, and what the generator tells apart.
    pub(super) fn scope(&self) -> &str {
        self.scope.get_or_init(|| {
            let folder = self.layout.mount_of(&self.path).map_or("", |(mount, _)| &*mount.folder);
            let mut parts = name(&self.path).rsplit('.');
            let language = parts.nth(1).filter(|_| parts.next().is_some());
            let mark = if self.markup == LinkMarkup::Html { "<" } else { "" };
            let kind = self.layout.generator().map_or("", |it| it.reading_kind(&self.path));
            format!("{folder}.{}{mark}{kind}", language.unwrap_or_default())
        })
    }

    pub(super) fn route(&self) -> Option<&'a str> {
        *self.route.get_or_init(|| self.site.page_at(&self.path).and_then(|page| self.site.route(page)))
    }

    /// Where a destination leads.
    pub(super) fn resolve(&self, destination: &str) -> Target {
        if let Some(target) = self.by_tag(destination) {
            return target;
        }
        match ParsedDestination::parse(destination) {
            ParsedDestination::Empty => Target::Empty,
            ParsedDestination::Fragment(anchor) => Target::SamePage { anchor },
            ParsedDestination::Email => Target::Email,
            ParsedDestination::FileSystem if destination.starts_with("~/") && self.has_aliases() => {
                Target::NotVerified { root: "/~".into() }
            }
            ParsedDestination::FileSystem => Target::FileSystem,
            ParsedDestination::OtherScheme(scheme) => Target::OtherScheme(scheme),
            ParsedDestination::Template => Target::Template,
            ParsedDestination::Malformed(why) => Target::Malformed(why),
            ParsedDestination::Web(url) => self.web(&url),
            ParsedDestination::Path(local) => self.local(local),
        }
    }

    pub(super) fn inventory(&self) -> &'a Inventory {
        self.site.urls.inventory()
    }

    pub(super) fn routes(&self) -> &'a SiteRoutes {
        self.site.routes().of(self.index)
    }

    fn local(&self, local: LocalPath<'_>) -> Target {
        let LocalPath { path, start, fragment: anchor } = local;
        if start == Start::Content && self.layout.kind != Some(SiteKind::Zola) {
            return Target::NotVerified { root: "/@".into() };
        }
        if start == Start::Page && self.is_alias(&path) {
            return Target::NotVerified { root: "/@".into() };
        }
        if let Some(generator) = self.layout.generator() {
            if let Some(route) = self.route() {
                return self.by_generator(generator, route, &path, start, anchor);
            }
            // A part of other pages, whose links the generator reads as those of pages.
            let part = || self.named_by_generator(generator, &path, start, &anchor);
            if let Some(target) = self.layout.mount_of(&self.path).and_then(|_| part()) {
                return target;
            }
        }
        match start {
            // What is none of the site's pages is read on the forge, where `/` is the repository.
            Start::Site if self.is_published() || self.is_part() => {
                let target = self.on_forge(&path, &anchor).unwrap_or_else(|| self.rooted(&path, anchor));
                // What makes the pages, if anything does, hardly makes its start page of a README.
                let is_guess = path.is_empty() && self.layout.kind.is_none() && self.is_readme(&target);
                if is_guess { Target::NotVerified { root: "/".into() } } else { target }
            }
            // On a forge it is the start page of the forge, and whatever a program makes of the page has another one.
            Start::Site if path.is_empty() => Target::NotVerified { root: "/".into() },
            Start::Site | Start::Sources | Start::Content => match join("", &path) {
                Some(file) => {
                    let found = self.file(&file, &anchor).or_else(|| self.named_for_agents(&path, &anchor));
                    found.unwrap_or_else(|| self.missing_file(file, anchor))
                }
                None => Target::OutsideRoot,
            },
            Start::Page => self.relative(&path, anchor),
        }
    }

    /// What the site has at a path in instructions for coding agents: no forge or browser is meant to follow it.
    fn named_for_agents(&self, path: &str, anchor: &AnchorName) -> Option<Target> {
        let is_read_by_agents = matches!(name(&self.path), "AGENTS.md" | "CLAUDE.md" | "GEMINI.md");
        is_read_by_agents.then(|| self.at_route(&format!("/{path}"), anchor)).flatten()
    }

    /// Whether a path begins with a name that the bundler of the site gives a folder, such as `@assets/pier.png`.
    fn is_alias(&self, path: &str) -> bool {
        let Some((first, _)) = path.split_once('/').filter(|_| path.starts_with('@')) else { return false };
        self.has_aliases()
            && !join(parent(&self.path), first).is_some_and(|folder| self.inventory().has_folder(&folder))
    }

    fn has_aliases(&self) -> bool {
        self.layout.kind.is_some_and(SiteKind::has_aliases)
    }

    fn is_readme(&self, target: &Target) -> bool {
        let Target::Page(to) = target else { return false };
        name(&self.site.pages[to.page].path.to_string_lossy()).starts_with("README.")
    }

    /// Whether the page is of the site, be its path known or not.
    fn is_published(&self) -> bool {
        let may_be = || self.layout.mount_of(&self.path).is_some() && !self.is_copied(&self.path);
        self.route().is_some() || may_be()
    }

    /// A path from the site's `/`.
    pub(super) fn rooted(&self, path: &str, anchor: AnchorName) -> Target {
        let written = format!("/{path}");
        let base = self.layout.base();
        let below_base = written.strip_prefix(base).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        // Some generators put the base in front of a link and some do not.
        let candidates = below_base.into_iter().chain((!base.is_empty()).then_some(written.as_str()));
        // A path that has the base already gets it twice.
        let is_doubled = self.layout.generator().is_some_and(|it| it.adds_base(self.markup));
        for candidate in candidates {
            match self.at_route(candidate, &anchor) {
                Some(_) if is_doubled && candidate.len() > 1 && candidate.len() < written.len() => {
                    return self.missing_for_sure(&written, None, anchor);
                }
                Some(target) => return target,
                None => {}
            }
        }
        self.missing_route(below_base.unwrap_or(&written), anchor, Start::Site)
    }

    /// What is at a path of the site.
    pub(super) fn at_route(&self, written: &str, anchor: &AnchorName) -> Option<Target> {
        let mut route = join_route("", written);
        if written.ends_with('/') && route.len() > 1 {
            route.push('/');
        }
        match self.routes().get(&route) {
            Some(RouteTarget::Page(page)) if self.is_served(*page, &route) => {
                let form = self.form(*page, &route);
                return Some(Target::Page(PageTarget { page: *page, anchor: anchor.clone(), form }));
            }
            Some(RouteTarget::File(path)) => {
                return Some(Target::File { path: path.clone(), anchor: anchor.clone() });
            }
            Some(RouteTarget::Dynamic | RouteTarget::Page(_)) | None => {}
        }
        let mut folder = None;
        for path in self.served_files(&route) {
            match self.file(&path, anchor) {
                Some(Target::Folder { path }) => {
                    let index = format!("{path}/index.html");
                    if self.inventory().has_file(&index) && self.is_copied(&index) {
                        return Some(self.existing(&index, anchor));
                    }
                    folder = Some(Target::Folder { path });
                }
                Some(target) => return Some(target),
                None => {}
            }
        }
        if let Some(moved) = self.moved_here(&route) {
            return Some(Target::Moved(moved));
        }
        let is_known = self.layout.generator().is_some();
        folder.filter(|_| !is_known).or_else(|| (route == "/").then(|| Target::Folder { path: "".into() }))
    }

    fn moved_here(&self, route: &str) -> Option<Moved> {
        if let Some(moved) = self.layout.moves.find(route).or_else(|| self.layout.moves.find(key(route))) {
            return Some(moved);
        }
        let alias = self.routes().aliases.get(key(route))?;
        let to = self.site.canonical_link(alias.page, None)?;
        let place = Label::new(&self.site.pages[alias.page].path, alias.span);
        Some(Moved { to, place, is_redirect: true })
    }

    /// Whether the server has a page at a path: a page that is a file, `/tides.html`, is not at `/tides/`, and one that is
    /// a folder, `/tides/`, not at `/tides.html`.
    fn is_served(&self, page: usize, written: &str) -> bool {
        let canonical = self.site.route(page).unwrap_or_default();
        let is_file = ending(canonical) == "html" && !canonical.ends_with("/index.html");
        let moves = &self.layout.moves;
        let is_known = self.layout.generator().is_some();
        let is_exact = is_known && moves.are_generated();
        let may_move = || moves.may_answer(written) || moves.find(written).is_some();
        // Plugins of Gatsby make redirects for hosts.
        let asks_for_file = || match self.layout.route_form {
            RouteForm::Slash => {
                self.layout.kind != Some(SiteKind::Gatsby) && self.form(page, written) == Form::Html
            }
            RouteForm::Html => {
                self.layout.kind.is_some_and(SiteKind::writes_folders)
                    && matches!(ending(written).as_str(), "html" | "htm")
            }
            RouteForm::Bare | RouteForm::Any => false,
        };
        let is_folder = || canonical.ends_with('/') && asks_for_file();
        let is_lost = || is_known && !written.ends_with("/index.html") && is_folder() && !may_move();
        !(is_exact && is_file && written.ends_with('/') || is_lost())
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
            // A page that has its own path as an alias has it with the extension.
            let is_alias = self.routes().aliases.contains_key(key(written));
            if self.takes_html() || is_alias { Form::Canonical } else { Form::Html }
        } else if self.layout.route_form == RouteForm::Any
            // Servers have it at its folder as well.
            || canonical.strip_suffix("index.html").is_some_and(|folder| folder == written)
        {
            Form::Canonical
        } else if canonical.strip_suffix('/') == Some(written) {
            Form::SlashMissing
        } else if written.ends_with('/') && self.layout.route_form == RouteForm::Slash {
            // The page has chosen its path itself, against the form of the others; the server takes both.
            Form::Canonical
        } else if written.ends_with('/') {
            Form::SlashExtra
        } else if is_file(canonical) {
            Form::HtmlMissing
        } else {
            Form::Other
        }
    }

    /// Whether the server has each page with `.html` too.
    fn takes_html(&self) -> bool {
        match self.layout.route_form {
            RouteForm::Html => true,
            // With clean URLs, its pages are still files with that name.
            RouteForm::Bare => {
                matches!(
                    self.layout.kind,
                    Some(SiteKind::Vitepress | SiteKind::Vuepress | SiteKind::Docusaurus)
                )
            }
            RouteForm::Any => self.layout.generator().is_none(),
            RouteForm::Slash => false,
        }
    }

    /// A URL: the site's own, the repository's own, or another.
    fn web(&self, url: &Url) -> Target {
        let is_long = url.path().len() > MAX_PATH;
        if let Some((index, host, path)) = self.own_host(url) {
            let there = Self::at_root(self.site, index);
            if is_long {
                let target = Box::new(Target::Malformed(Malformed::TooLong));
                return Target::OwnSite(OwnSite { host, target });
            }
            let decoded = decode(&path).map_or_else(|| path.clone(), Cow::into_owned);
            let anchor = url.fragment().and_then(super::destination::anchor);
            let target =
                there.at_route(&decoded, &anchor).unwrap_or_else(|| there.missing_on_host(&decoded, anchor));
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

    fn own_repository(&self, url: &Url, entry: &super::repository::RepositoryEntry, folder: &str) -> Target {
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

    /// Which of the sites has the host of a URL, how that names it, and the path there.
    fn own_host(&self, url: &Url) -> Option<(usize, OwnHost, String)> {
        let host = url.host_str()?;
        let is_own = |own: &&Url| {
            own.host_str().is_some_and(|own| without_www(own) == without_www(host))
                && own.port() == url.port()
        };
        let all = self.site.urls.sites.iter().enumerate();
        let found = all.filter_map(|(index, layout)| {
            let own = layout.url.as_ref().into_iter().chain(&layout.aliases).filter(is_own);
            let below = own.filter_map(|own| {
                let base = own.path().trim_end_matches('/');
                Some((base.len(), path_on(url, base)?))
            });
            let (len, path) = below.max_by_key(|(len, _)| *len)?;
            Some((len, index, path))
        });
        // Of several sites on a host the one with the longest path counts, and of those with the same the first.
        let Some((_, index, path)) = found.max_by_key(|(len, index, _)| (*len, usize::MAX - index)) else {
            let index = self.site.own_hosts().site_of(host).filter(|_| url.port().is_none())?;
            let path = path_on(url, self.site.urls.sites.get(index).base())?;
            return Some((index, OwnHost::Learned, path));
        };
        let main = self.site.urls.sites.get(index).url.as_ref();
        let host = match main.filter(|main| main.host_str() == url.host_str() && main.port() == url.port()) {
            Some(main) if main.scheme() == url.scheme() => OwnHost::Canonical,
            Some(_) => OwnHost::OtherScheme,
            None => OwnHost::OtherName,
        };
        Some((index, host, path))
    }
}

/// The folder from which the browser reads the links of a page.
pub(super) fn folder_of_route(route: &str) -> &str {
    if route.ends_with('/') { route } else { parent(route) }
}
