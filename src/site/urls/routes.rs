//! Which page has which path on the site.

use std::collections::{HashMap, HashSet};

use jiff::civil;

use super::{
    inventory::Inventory,
    kind::SiteKind,
    layout::{Layout, Mount, RouteForm, Section},
    path::{ending, join_route, key, name, parent, stem},
    pattern::{Pattern, slug},
    target::Alias,
};
use crate::{data::Node, front_matter::dates, site::Page};

/// The paths of a site.
#[derive(Debug, Default)]
pub(super) struct Routes {
    /// The path of each page, as the site has it, escapes resolved; `None` where a page is not on the site.
    pub(super) canonical: Vec<Option<Box<str>>>,
    by_key: HashMap<Box<str>, Place>,
    /// Keys of the folders that pages appear in.
    folders: HashSet<Box<str>>,
    /// Old paths that pages give themselves, by key.
    pub(super) aliases: HashMap<Box<str>, Alias>,
    /// Keys in small letters, for those that differ in case only.
    by_small_key: HashMap<Box<str>, Place>,
}

/// What a path leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// A page.
    Page(usize),
    /// A file that becomes a page and is none of the checked ones.
    File(Box<str>),
    /// A page whose path depends on data, somewhere below.
    Dynamic,
}

impl Routes {
    pub(super) fn new(pages: &[Page], layout: &Layout, inventory: &Inventory) -> Self {
        let mut routes = Self::default();
        for (index, page) in pages.iter().enumerate() {
            let path = page.path.to_string_lossy();
            let Some(route) = Source::of(&path, page.root(), page.collection_permalink(), layout).route()
            else {
                routes.canonical.push(None);
                continue;
            };
            for other in &route.others {
                routes.add(other, Place::Page(index));
            }
            for (old, span) in old_paths(page, layout, &route.canonical) {
                routes.aliases.entry(key(&old).into()).or_insert(Alias { page: index, span });
            }
            routes.add(&route.canonical, Place::Page(index));
            routes.canonical.push(Some(route.canonical.into()));
        }
        routes.add_other_files(pages, layout, inventory);
        routes
    }

    /// Files that become pages and are none of ours: programs, templates, Markdown that the config leaves out.
    fn add_other_files(&mut self, pages: &[Page], layout: &Layout, inventory: &Inventory) {
        let Some(kind) = layout.kind else { return };
        let is_ours =
            |path: &str| pages.binary_search_by(|page| (*page.path).cmp(std::path::Path::new(path))).is_ok();
        for path in inventory.files() {
            let ending = ending(path);
            let is_markdown = matches!(ending.as_str(), "md" | "markdown" | "mdx");
            if !is_markdown && !kind.page_endings().contains(&ending.as_str()) || is_ours(path) {
                continue;
            }
            let Some(route) = Source::of(path, None, None, layout).route() else { continue };
            match route.canonical.find(['[', '{']) {
                Some(at) => self.add(parent(&route.canonical[..at]), Place::Dynamic),
                None => self.add(&route.canonical, Place::File(path.into())),
            }
        }
    }

    fn add(&mut self, route: &str, place: Place) {
        let key = key(route);
        let mut folder = key;
        while !folder.is_empty() {
            folder = parent(folder);
            if !self.folders.insert(folder.into()) {
                break;
            }
        }
        self.by_small_key.entry(key.to_lowercase().into()).or_insert_with(|| place.clone());
        let held = self.by_key.entry(key.into()).or_insert_with(|| place.clone());
        if *held == Place::Dynamic {
            *held = place;
        }
    }

    /// What the site has at a path, in any of its forms.
    pub(super) fn get(&self, route: &str) -> Option<&Place> {
        self.by_key.get(key(route)).filter(|place| **place != Place::Dynamic)
    }

    /// What the site has at a path in other case.
    pub(super) fn case_twin(&self, route: &str) -> Option<&Place> {
        self.by_small_key.get(key(route).to_lowercase().as_str())
    }

    /// Whether pages that nothing here lists may lie at a path.
    pub(super) fn is_dynamic(&self, route: &str) -> bool {
        let mut folder = key(route);
        while !folder.is_empty() {
            folder = parent(folder);
            if self.by_key.get(folder) == Some(&Place::Dynamic) {
                return true;
            }
        }
        false
    }

    /// Whether pages appear right below the folder of a path.
    pub(super) fn knows_folder_of(&self, route: &str) -> bool {
        self.folders.contains(parent(key(route)))
    }

    /// Whether pages appear below a path.
    pub(super) fn is_folder(&self, route: &str) -> bool {
        self.folders.contains(key(route))
    }
}

/// The paths of one page.
struct Route {
    canonical: String,
    /// Others at which the site may have it too.
    others: Vec<String>,
}

/// A file that becomes a page.
struct Source<'a> {
    layout: &'a Layout,
    mount: Option<&'a Mount>,
    root: Option<&'a Node>,
    permalink: Option<&'a str>,
    /// Folders below the mount, as the site has them.
    folders: Vec<String>,
    /// Name without ending, date and number.
    stem: String,
    /// The date in the name.
    date: Option<civil::Date>,
    language: Option<String>,
}

impl<'a> Source<'a> {
    fn of(path: &'a str, root: Option<&'a Node>, permalink: Option<&'a str>, layout: &'a Layout) -> Self {
        let found = layout.mount_of(path);
        let below = found.map_or(path, |(_, below)| below);
        let kind = layout.kind;
        let part = |part: &str| match kind {
            Some(SiteKind::Docusaurus) => without_number(part).to_owned(),
            Some(SiteKind::Hugo) => part.to_lowercase().replace(' ', "-"),
            _ => part.to_owned(),
        };
        let folders = parent(below).split('/').filter(|part| !part.is_empty()).map(part).collect();
        let name = stem(below);
        let (name, language) = match (kind, name.rsplit_once('.')) {
            (Some(SiteKind::Hugo), Some((name, language))) if is_language(language) => {
                (name, Some(language.to_lowercase()))
            }
            _ => (name, None),
        };
        let is_post = kind == Some(SiteKind::Jekyll)
            || kind == Some(SiteKind::Docusaurus) && found.is_some_and(|(mount, _)| &*mount.folder == "blog");
        let dated = if is_post { dated(name) } else { None };
        let (date, name) = dated.map_or((None, name), |(date, name)| (Some(date), name));
        Self {
            layout,
            mount: found.map(|(it, _)| it),
            root,
            permalink,
            folders,
            stem: part(name),
            date,
            language,
        }
    }

    fn text(&self, key: &str) -> Option<&'a str> {
        self.root?.get(key)?.text().filter(|text| !text.is_empty())
    }

    /// Whether the page is that of its folder.
    fn is_index(&self) -> bool {
        let is_readme = self.stem.eq_ignore_ascii_case("readme");
        match self.layout.kind {
            Some(SiteKind::Hugo) => matches!(self.stem.as_str(), "index" | "_index"),
            Some(SiteKind::Docusaurus) => {
                self.stem.eq_ignore_ascii_case("index")
                    || is_readme
                    || self.folders.last() == Some(&self.stem)
            }
            Some(SiteKind::Gatsby | SiteKind::Astro | SiteKind::Vitepress) => self.stem == "index",
            _ => is_readme || matches!(self.stem.as_str(), "index" | "_index"),
        }
    }

    fn route(&self) -> Option<Route> {
        let own = self.own_path();
        if let Some(pattern) = self.permalink
            && own.is_none()
        {
            let canonical = Pattern::with_braces(pattern).fill(|name| self.value(name))?;
            return Some(Route { canonical, others: vec![] });
        }
        let mount = self.mount?;
        if let Some(canonical) = own {
            return Some(Route { canonical, others: vec![] });
        }
        let special = self.folders.iter().find(|folder| folder.starts_with('_'));
        if let Some(folder) = special.filter(|_| self.layout.kind == Some(SiteKind::Jekyll)) {
            return self.jekyll(folder);
        }
        let usual = self.usual(mount);
        let others = self.language.iter().map(|language| format!("/{language}{usual}")).collect();
        let by_pattern = self.generator_pattern().and_then(|pattern| pattern.fill(|name| self.value(name)));
        Some(Route { canonical: by_pattern.unwrap_or(usual), others })
    }

    /// The path by folder and name.
    fn usual(&self, mount: &Mount) -> String {
        let folder = format!("{}/{}", mount.at, self.folders.join("/"));
        let folder = folder.trim_end_matches('/');
        let own_name = matches!(self.layout.kind, Some(SiteKind::Hugo | SiteKind::Docusaurus));
        let slug = self
            .text("slug")
            .or_else(|| self.text("id").filter(|_| self.layout.kind == Some(SiteKind::Docusaurus)));
        if own_name && let Some(slug) = slug {
            return self.formed(&join_route(folder, slug));
        }
        if let Some(date) = self.date.filter(|_| !self.is_index()) {
            return self.formed(&format!("{folder}/{}/{}", date.strftime("%Y/%m/%d"), self.stem));
        }
        if self.is_index() {
            return self.folder(folder);
        }
        self.formed(&format!("{folder}/{}", self.stem))
    }

    /// The path of a folder's page.
    fn folder(&self, folder: &str) -> String {
        let dated = folder.rsplit_once('/').and_then(|(above, name)| Some((above, dated(name)?)));
        let folder = match dated.filter(|_| self.layout.kind == Some(SiteKind::Docusaurus)) {
            Some((above, (date, name))) => format!("{above}/{}/{name}", date.strftime("%Y/%m/%d")),
            None => folder.to_owned(),
        };
        match self.layout.route_form {
            RouteForm::Bare if !folder.is_empty() => folder,
            _ => format!("{folder}/"),
        }
    }

    fn formed(&self, route: &str) -> String {
        match self.layout.route_form {
            RouteForm::Slash => format!("{}/", route.trim_end_matches('/')),
            RouteForm::Html => format!("{}.html", route.trim_end_matches('/')),
            RouteForm::Bare | RouteForm::Any if route == "/" => route.to_owned(),
            RouteForm::Bare | RouteForm::Any => route.trim_end_matches('/').to_owned(),
        }
    }

    /// The whole path that the page gives itself, by a key that its generator reads.
    fn own_path(&self) -> Option<String> {
        let keys: &[&str] = match self.layout.kind {
            Some(SiteKind::Hugo) => &["url"],
            Some(SiteKind::Jekyll) => &["permalink"],
            Some(SiteKind::Docusaurus) => &["slug"],
            Some(SiteKind::Gatsby | SiteKind::Astro) => &["path", "slug", "permalink"],
            Some(SiteKind::Mkdocs | SiteKind::Mdbook | SiteKind::Vitepress | SiteKind::Plain) => &[],
            None => &["permalink", "url", "path", "slug"],
        };
        let (key, path) = keys.iter().find_map(|key| Some((*key, self.text(key)?)))?;
        let is_pattern = path.contains(':') || path.contains('{');
        if is_pattern && self.layout.kind == Some(SiteKind::Jekyll) {
            return Pattern::with_colons(path).fill(|name| self.value(name));
        }
        // Only Hugo and Jekyll take one without a slash for a path from the root.
        let is_whole =
            path.starts_with('/') || matches!(key, "url" | "permalink") && self.layout.kind.is_some();
        let at = if self.layout.kind == Some(SiteKind::Docusaurus) { &*self.mount?.at } else { "" };
        (is_whole && !is_pattern && !path.contains("://"))
            .then(|| format!("{at}/{}", path.trim_start_matches('/')))
    }

    /// The pattern that the generator's config has for this page.
    fn generator_pattern(&self) -> Option<&Pattern> {
        let section = self.folders.first()?;
        let is_meant = |it: &Section| matches!(it, Section::Named(name) if **name == **section);
        let is_regular = self.layout.kind == Some(SiteKind::Hugo) && self.stem != "_index";
        let found = self.layout.permalinks.iter().find(|(it, _)| is_regular && is_meant(it));
        found.map(|(_, pattern)| pattern)
    }

    /// Jekyll: posts and collections, in folders with `_`, have paths of their own; what is in its other folders of that
    /// kind is not on the site.
    fn jekyll(&self, folder: &str) -> Option<Route> {
        let (section, default) = match folder {
            "_posts" | "_drafts" => (Section::Posts, "/:categories/:year/:month/:day/:title:output_ext"),
            "_includes" | "_layouts" | "_data" | "_sass" | "_site" => return None,
            name => (Section::Named(name[1..].into()), "/:collection/:path:output_ext"),
        };
        let given = self.layout.permalinks.iter().find(|(it, _)| *it == section);
        let pattern = given.map_or_else(|| Pattern::with_colons(default), |(_, pattern)| pattern.clone());
        let canonical = pattern.fill(|name| self.value(name))?;
        Some(Route { canonical, others: vec![] })
    }

    /// What stands for a placeholder.
    fn value(&self, name: &str) -> Option<String> {
        let date = || {
            let own = self.text("date").or_else(|| self.text("publishDate"));
            own.and_then(|text| dates::parse(text).ok()).map(|stamp| stamp.datetime.date()).or(self.date)
        };
        let format = |format: &str| Some(date()?.strftime(format).to_string());
        let is_hugo = self.layout.kind == Some(SiteKind::Hugo);
        // Jekyll's folders that begin with `_` are none of the path.
        let below: Vec<&str> =
            self.folders.iter().map(String::as_str).skip_while(|it| it.starts_with('_')).collect();
        match name {
            "stem" | "filename" | "contentbasename" | "name" | "basename" => Some(self.stem.clone()),
            "slug" | "slugorfilename" | "slugorcontentbasename" => {
                Some(self.text("slug").map_or_else(|| self.stem.clone(), slug))
            }
            "title" if is_hugo => self.text("title").map(slug),
            "title" => Some(self.text("slug").map_or_else(|| self.stem.clone(), slug)),
            "path" => Some(below.iter().copied().chain([self.stem.as_str()]).collect::<Vec<_>>().join("/")),
            "folder" | "sections" => Some(below.join("/")),
            "section" => self.folders.first().cloned(),
            "collection" => self.folders.iter().find_map(|it| it.strip_prefix('_')).map(str::to_owned),
            "categories" => Some(self.categories().join("/")),
            "output_ext" => Some(".html".to_owned()),
            "year" => format("%Y"),
            "month" => format("%m"),
            "day" => format("%d"),
            "short_year" => format("%y"),
            "i_month" => format("%-m"),
            "i_day" => format("%-d"),
            "y_day" => format("%j"),
            key => self.text(key).map(str::to_owned),
        }
    }

    /// A post's categories: the folders above `_posts`, and its own.
    fn categories(&self) -> Vec<String> {
        let above = self.folders.iter().take_while(|folder| !folder.starts_with('_'));
        let mut categories: Vec<String> = above.map(|folder| slug(folder)).collect();
        let own = ["category", "categories"].iter().filter_map(|key| self.root?.get(key));
        for text in own.flat_map(Node::self_or_items).filter_map(Node::text) {
            categories.extend(text.split_whitespace().map(slug));
        }
        let mut seen = HashSet::new();
        categories.retain(|category| !category.is_empty() && seen.insert(category.clone()));
        categories
    }
}

/// The old paths that a page gives itself: `aliases` in Hugo, `redirect_from` in Jekyll.
fn old_paths(page: &Page, layout: &Layout, canonical: &str) -> Vec<(String, crate::text::Span)> {
    let name = match layout.kind {
        Some(SiteKind::Hugo) => "aliases",
        Some(SiteKind::Jekyll) => "redirect_from",
        _ => return vec![],
    };
    let Some(node) = page.root().and_then(|root| root.get(name)) else { return vec![] };
    // Hugo takes an alias without a slash in front for one beside the page.
    let folder = parent(canonical.trim_end_matches('/'));
    let old = |it: &Node| Some((it.text().filter(|text| !text.is_empty())?.to_owned(), it.span));
    let whole = |(old, span): (String, _)| {
        let path = if old.starts_with('/') { old } else { join_route(folder, &old) };
        (path, span)
    };
    node.self_or_items().iter().filter_map(old).map(whole).collect()
}

/// `2024-05-06-tides`: the date and the rest.
fn dated(name: &str) -> Option<(civil::Date, &str)> {
    let (date, rest) = name.split_at_checked(10)?;
    let rest = rest.strip_prefix('-').filter(|rest| !rest.is_empty())?;
    Some((date.parse().ok()?, rest))
}

/// `01-tides`, `1. Tides`: the name without the number that puts it in order.
fn without_number(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let bare = rest.trim_start_matches([' ', '-', '_', '.']);
    // A version such as `7.0` or a date such as `2021-11` is no number.
    let is_number = rest.len() < name.len() && bare.len() < rest.len();
    if is_number && !bare.is_empty() && !bare.starts_with(|c: char| c.is_ascii_digit()) { bare } else { name }
}

/// `fr`, `pt-br`: a language at the end of a name.
fn is_language(text: &str) -> bool {
    let (language, region) = text.split_once('-').unwrap_or((text, "xx"));
    let is_code = |code: &str| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_code(language) && is_code(region)
}

/// The path on the site of a file that became a page by its name alone; `None` where such a file becomes none.
pub(super) fn route_of_file(path: &str, layout: &Layout) -> Option<String> {
    let ending = ending(path);
    let is_page = matches!(ending.as_str(), "md" | "markdown" | "mdx")
        || layout.kind.is_some_and(|kind| kind.page_endings().contains(&ending.as_str()));
    if is_page { Source::of(path, None, None, layout).route().map(|route| route.canonical) } else { None }
}

/// The last part of a page's path.
pub(super) fn route_name(route: &str) -> &str {
    name(key(route))
}
