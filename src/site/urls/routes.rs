//! Which page has which path on its site.

use std::collections::{HashMap, HashSet};

use super::{
    clash::{Claims, Clash, Clashes},
    layout::Layout,
    path::{ending, join_route, key, name, parent, stem},
    pattern::PathPattern,
    sites::Sites,
    target::Alias,
};
use crate::{
    data::Node,
    front_matter::names_old_paths,
    site::{
        Page,
        generators::{PageSource, Route, SiteKind, Survey},
    },
    text::Span,
};

/// The paths of the sites of a project.
#[derive(Debug, Default)]
pub(super) struct Routes {
    /// The path of each page, as its site has it, escapes resolved; `None` where a page is not on a site or its path is
    /// not known.
    pub(super) canonical: Vec<Option<Box<str>>>,
    /// Pages that are on no site although they are in a folder of its pages, or that are not published yet.
    unpublished: HashSet<usize>,
    clashes: Clashes,
    sites: Vec<SiteRoutes>,
}

/// The paths of one site.
#[derive(Debug, Default)]
pub(super) struct SiteRoutes {
    by_key: HashMap<Box<str>, RouteTarget>,
    /// Keys of the folders that pages appear in.
    folders: HashSet<Box<str>>,
    /// Old paths that pages give themselves, by key.
    pub(super) aliases: HashMap<Box<str>, Alias>,
    /// Pages that are not published, by key.
    unpublished: HashMap<Box<str>, usize>,
    /// Keys of folders in which pages depend on data.
    dynamic: HashSet<Box<str>>,
    /// Keys in lowercase, for those that differ in case only.
    by_small_key: HashMap<Box<str>, RouteTarget>,
}

/// What a path leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RouteTarget {
    /// A page.
    Page(usize),
    /// A file that becomes a page and is none of the checked ones.
    File(Box<str>),
    /// A page whose path depends on data, somewhere below.
    Dynamic,
}

impl Routes {
    pub(super) fn new(pages: &[Page], sites: &Sites, survey: &Survey<'_>) -> Self {
        let mut routes =
            Self { sites: sites.iter().map(|_| SiteRoutes::default()).collect(), ..Self::default() };
        let mut others = Vec::new();
        let mut claims: Vec<Claims> = sites.iter().map(|_| Claims::default()).collect();
        for (index, page) in pages.iter().enumerate() {
            let path = page.path.to_string_lossy();
            let site = sites.index_of(&path);
            let layout = sites.get(site);
            let canonical = match route(&path, Some(page), layout, survey) {
                Some(route) => {
                    let canonical = routes.add(site, index, page, &route, layout);
                    routes.claim(&mut claims[site], index, page, &route, layout);
                    others.extend(route.others.into_iter().map(|other| (site, other, index)));
                    canonical
                }
                None if layout.mount_of(&path).is_some() => {
                    routes.unpublished.insert(index);
                    None
                }
                None => None,
            };
            routes.canonical.push(canonical);
        }
        for claims in claims {
            claims.finish(&mut routes.clashes);
        }
        // A page of its own goes before one that stands in for what is not translated.
        for (site, other, index) in others {
            routes.sites[site].add(&other, RouteTarget::Page(index));
        }
        routes.add_other_files(pages, sites, survey);
        routes
    }

    /// Adds a page. Gives its path, if that is known.
    fn add(
        &mut self,
        site: usize,
        index: usize,
        page: &Page,
        route: &Route,
        layout: &Layout,
    ) -> Option<Box<str>> {
        let site = &mut self.sites[site];
        if !route.is_published {
            self.unpublished.insert(index);
        }
        if route.is_open {
            if route.is_published {
                site.add(&route.canonical, RouteTarget::Dynamic);
            }
            return None;
        }
        if !route.is_published {
            site.unpublished.entry(key(&route.canonical).into()).or_insert(index);
            return Some(route.canonical.as_str().into());
        }
        for (old, span) in old_paths(page, layout, &route.canonical) {
            match old.find(PLACEHOLDER) {
                Some(at) => site.add(&old[..at], RouteTarget::Dynamic),
                None => _ = site.aliases.entry(key(&old).into()).or_insert(Alias { page: index, span }),
            }
        }
        site.add(&route.canonical, RouteTarget::Page(index));
        if let Some((mount, below)) = layout.mount_of(&page.path.to_string_lossy()) {
            site.add_folder(&format!("{}/{}", mount.at, below));
        }
        Some(route.canonical.as_str().into())
    }

    /// Notes which URLs a page claims, where the generator is known to publish it there.
    fn claim(&mut self, claims: &mut Claims, index: usize, page: &Page, route: &Route, layout: &Layout) {
        let is_filtered =
            || layout.mount_of(&page.path.to_string_lossy()).is_some_and(|(mount, _)| mount.is_filtered);
        if route.is_open || !route.is_published || layout.generator().is_none() || is_filtered() {
            return;
        }
        claims.add_page(&route.canonical, index, &mut self.clashes);
        for (old, span) in old_paths(page, layout, &route.canonical) {
            if !old.contains(PLACEHOLDER) {
                claims.add_alias(&old, index, span);
            }
        }
    }

    /// The URLs of a page that pages before it claim.
    pub(super) fn clashes(&self, page: usize) -> &[Clash] {
        self.clashes.get(&page).map_or(&[], Vec::as_slice)
    }

    /// Files that become pages and are none of ours: programs, templates, Markdown that the config leaves out.
    fn add_other_files(&mut self, pages: &[Page], sites: &Sites, survey: &Survey<'_>) {
        let is_ours =
            |path: &str| pages.binary_search_by(|page| (*page.path).cmp(std::path::Path::new(path))).is_ok();
        for path in survey.files() {
            let site = sites.index_of(path);
            let layout = sites.get(site);
            let Some(generator) = &layout.generator else { continue };
            let ending = ending(path);
            let is_markdown = matches!(ending.as_str(), "md" | "markdown" | "mdx");
            let is_page =
                is_markdown || generator.page_endings().iter().any(|it| path.ends_with(&format!(".{it}")));
            if !is_page || is_ours(path) {
                continue;
            }
            let Some(route) = route(path, None, layout, survey).filter(|route| route.is_published) else {
                continue;
            };
            match route.canonical.find(['[', '{']) {
                Some(_) if !generator.is_open(path) => {}
                Some(at) => self.sites[site].add(parent(&route.canonical[..at]), RouteTarget::Dynamic),
                None if route.is_open => self.sites[site].add(&route.canonical, RouteTarget::Dynamic),
                None => self.sites[site].add(&route.canonical, RouteTarget::File(path.into())),
            }
        }
    }

    /// The paths of a site.
    pub(super) fn of(&self, site: usize) -> &SiteRoutes {
        &self.sites[site]
    }

    /// Whether links to a page are broken because it is not on its site.
    pub(super) fn is_unpublished(&self, page: usize) -> bool {
        self.unpublished.contains(&page)
    }
}

impl SiteRoutes {
    fn add(&mut self, route: &str, place: RouteTarget) {
        self.add_folder(route);
        let key = key(route);
        self.by_small_key.entry(key.to_lowercase().into()).or_insert_with(|| place.clone());
        if place == RouteTarget::Dynamic {
            self.dynamic.insert(key.into());
        }
        let held = self.by_key.entry(key.into()).or_insert_with(|| place.clone());
        if *held == RouteTarget::Dynamic {
            *held = place;
        }
    }

    /// Notes that something appears in the folders of a path.
    fn add_folder(&mut self, route: &str) {
        let mut folder = key(route);
        while !folder.is_empty() {
            folder = parent(folder);
            if !self.folders.insert(folder.into()) {
                break;
            }
        }
    }

    /// What the site has at a path, in any of its forms.
    pub(super) fn get(&self, route: &str) -> Option<&RouteTarget> {
        self.by_key.get(key(route)).filter(|place| **place != RouteTarget::Dynamic)
    }

    /// The page that would be at a path if it was published.
    pub(super) fn unpublished(&self, route: &str) -> Option<usize> {
        self.unpublished.get(key(route)).copied()
    }

    /// What the site has at a path in other case.
    pub(super) fn case_twin(&self, route: &str) -> Option<&RouteTarget> {
        let key = key(route);
        // What is there in the same case is in another form.
        if self.by_key.contains_key(key) {
            return None;
        }
        self.by_small_key.get(key.to_lowercase().as_str())
    }

    /// Whether pages that nothing here lists may be at a path.
    pub(super) fn is_dynamic(&self, route: &str) -> bool {
        let mut folder = key(route);
        while !folder.is_empty() {
            folder = parent(folder);
            if self.dynamic.contains(folder) {
                return true;
            }
        }
        false
    }

    /// Whether pages appear in the year of a path such as `/news/2024/05/06/tides`.
    pub(super) fn knows_year_of(&self, route: &str) -> bool {
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let mut folder = parent(key(route));
        while is_number(name(folder)) && is_number(name(parent(folder))) {
            folder = parent(folder);
        }
        name(folder).len() == 4 && is_number(name(folder)) && self.folders.contains(folder)
    }

    /// Whether a page, or a folder with pages in it, has this name in the `/` of the site.
    pub(super) fn has_first_part(&self, part: &str) -> bool {
        let path = format!("/{part}");
        self.folders.contains(&*path) || self.by_key.contains_key(key(&path))
    }

    /// Whether pages appear right below the folder of a path.
    pub(super) fn knows_folder_of(&self, route: &str) -> bool {
        self.folders.contains(parent(key(route)))
    }
}

/// The paths of a file that becomes a page; `None` where it becomes none.
fn route(path: &str, page: Option<&Page>, layout: &Layout, survey: &Survey<'_>) -> Option<Route> {
    let root = page.and_then(|page| page.root());
    let by_config = page.and_then(Page::collection_permalink).filter(|_| own_path(root, layout).is_none());
    if let Some(pattern) = by_config {
        let (_, below) = layout.mount_of(path).map_or(("", path), |(mount, below)| (&*mount.folder, below));
        let value = |name: &str| match name {
            "stem" | "filename" => Some(stem(below).to_owned()),
            "folder" => Some(parent(below).to_owned()),
            key => by_config_value(root, key),
        };
        return PathPattern::with_braces(pattern).fill(value).map(Route::at);
    }
    let (mount, below) = layout.mount_of(path)?;
    let has_front_matter = page.is_none_or(|page| page.front_matter.is_some());
    let header = page.map_or(&[][..], |page| &page.header);
    let source = PageSource { layout, mount, path, below, root, header, has_front_matter, survey };
    match &layout.generator {
        Some(generator) => generator.route(&source),
        None => Some(unknown(&source)),
    }
}

/// What stands for a placeholder of the config: the date in parts, or a key of the front matter.
fn by_config_value(root: Option<&Node>, name: &str) -> Option<String> {
    let text = |key: &str| root?.get(key)?.text().filter(|text| !text.is_empty());
    let format = |format: &str| {
        let stamp = crate::front_matter::dates::parse(text("date").or_else(|| text("publishDate"))?).ok()?;
        Some(stamp.datetime.date().strftime(format).to_string())
    };
    match name {
        "year" => format("%Y"),
        "month" => format("%m"),
        "day" => format("%d"),
        key => text(key).map(str::to_owned),
    }
}

/// The whole path that a page gives itself where no generator is known.
fn own_path(root: Option<&Node>, layout: &Layout) -> Option<String> {
    let keys: &[&str] = match layout.kind {
        Some(crate::site::generators::SiteKind::Hugo) => &["url"],
        Some(crate::site::generators::SiteKind::Gatsby) => &["path", "slug", "permalink"],
        Some(_) => &["permalink", "slug"],
        None => &["permalink", "url", "path", "slug"],
    };
    let text = |key: &&str| root?.get(key)?.text().filter(|text| text.starts_with('/'));
    keys.iter().find_map(text).filter(|path| !path.contains([':', '{'])).map(str::to_owned)
}

/// The path of a page of which only the name is known.
fn unknown(page: &PageSource<'_>) -> Route {
    if let Some(own) = own_path(page.root, page.layout) {
        return Route::at(own);
    }
    let folder: String = page.folders().flat_map(|folder| ["/", folder]).collect();
    let folder = format!("{}{folder}", page.mount.at);
    let is_index = page.stem().eq_ignore_ascii_case("readme") || matches!(page.stem(), "index" | "_index");
    Route::at(if is_index {
        page.folder_route(&folder)
    } else {
        page.formed(&format!("{folder}/{}", page.stem()))
    })
}

/// What begins a part of an old path that a plugin of the site fills in, such as `/:title`.
const PLACEHOLDER: &str = "/:";

/// The old paths that a page gives itself: `aliases` in Hugo, `redirect_from` in Jekyll; of a generator of which nothing is
/// known, those that a key says are some.
fn old_paths(page: &Page, layout: &Layout, canonical: &str) -> Vec<(String, Span)> {
    let Some(generator) = &layout.generator else { return named_old_paths(page) };
    let Some(key) = generator.old_paths_key() else { return vec![] };
    let Some(node) = page.root().and_then(|root| root.get(key)) else { return vec![] };
    // Hugo takes an alias without a slash in front for one beside the page, Zola and the plugin of Jekyll for one at the root.
    let is_at_root = matches!(layout.kind, Some(SiteKind::Zola | SiteKind::Jekyll));
    let folder = if is_at_root { "" } else { parent(canonical.trim_end_matches('/')) };
    let old = |it: &Node| Some((it.text().filter(|text| !text.is_empty())?.to_owned(), it.span));
    let whole = |(old, span): (String, _)| {
        let path = if old.starts_with('/') {
            format!("{}{old}", generator.old_paths_base(canonical).unwrap_or_default())
        } else {
            join_route(folder, &old)
        };
        (path, span)
    };
    node.self_or_items().iter().filter_map(old).map(whole).collect()
}

/// The paths from the root of the site at the keys that say that they hold old ones.
fn named_old_paths(page: &Page) -> Vec<(String, Span)> {
    let entries = page.root().map_or(&[][..], Node::entries).iter();
    let named = entries.filter(|entry| entry.key.text().is_some_and(names_old_paths));
    let values = named.flat_map(|entry| entry.value.self_or_items());
    let paths = values.filter_map(|node| Some((node.text()?, node.span)));
    paths.filter(|(path, _)| path.starts_with('/')).map(|(path, span)| (path.to_owned(), span)).collect()
}

/// The path on its site of a file that became a page by its name alone; `None` where such a file becomes none.
pub(super) fn route_of_file(path: &str, sites: &Sites, survey: &Survey<'_>) -> Option<String> {
    let layout = sites.of(path);
    let ending = ending(path);
    let is_page = matches!(ending.as_str(), "md" | "markdown" | "mdx")
        || layout.generator.as_ref().is_some_and(|it| it.page_endings().contains(&ending.as_str()));
    if is_page { route(path, None, layout, survey).map(|route| route.canonical) } else { None }
}

/// The last part of a page's path.
pub(super) fn route_name(route: &str) -> &str {
    name(key(route))
}
