//! Docusaurus, version 2 and later.

use std::sync::Arc;

use super::{
    Engine, Generator, Link, Otherwise, Reading, Route, Setup, SiteKind, Source, Start, Survey,
    script::{Part, Script},
    source::{dated, ends_in},
};
use crate::{
    data::Node,
    markdown::DialectName,
    site::urls::{Mount, RouteForm, join, join_route},
    text::SlugStyle,
};

pub(super) static DOCUSAURUS: Engine = Engine {
    kind: SiteKind::Docusaurus,
    configs: &[
        "docusaurus.config.ts",
        "docusaurus.config.mts",
        "docusaurus.config.cts",
        "docusaurus.config.js",
        "docusaurus.config.mjs",
        "docusaurus.config.cjs",
    ],
    is_config: |_, _| true,
    sign: |_| None,
    dialects: &[DialectName::Mdx, DialectName::Directives, DialectName::MathBlocks],
    setup,
};

/// What the pages of a folder are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Docs,
    Blog,
    Pages,
}

/// One version of one set of docs, a blog, or the pages, in one locale.
#[derive(Debug)]
struct Share {
    folder: Box<str>,
    role: Role,
    /// The set, which has its versions and locales together.
    set: usize,
    /// The path of the set, without the version and the locale.
    base: Box<str>,
    /// The path of its locale, empty for the default.
    locale: Box<str>,
    /// The folder in the default locale.
    original: Box<str>,
}

#[derive(Debug, Default)]
struct Docusaurus {
    parts: Vec<Share>,
    /// Paths of the categories that get a page.
    categories: Vec<Box<str>>,
    /// The paths of the locales but for the default.
    locales: Vec<Box<str>>,
}

/// A set of docs, a blog or the pages, as the config has it.
struct Instance<'a> {
    role: Role,
    id: &'a str,
    folder: &'a str,
    base: &'a str,
    /// The version that is published at the base, and the paths of versions.
    versions: Option<Part<'a>>,
    last: Option<&'a str>,
}

impl<'a> Instance<'a> {
    fn new(role: Role, options: Option<Part<'a>>) -> Self {
        let (folder, base) = match role {
            Role::Docs => ("docs", "docs"),
            Role::Blog => ("blog", "blog"),
            Role::Pages => ("src/pages", "/"),
        };
        let text = |key: &str| options.and_then(|options| options.text(key));
        Self {
            role,
            id: text("id").unwrap_or("default"),
            folder: text("path").unwrap_or(folder),
            base: text("routeBasePath").unwrap_or(base),
            versions: options.and_then(|options| options.block("versions")),
            last: text("lastVersion"),
        }
    }

    /// All that the config has.
    fn all(config: Part<'a>) -> Vec<Self> {
        let mut all = Vec::new();
        // The preset; a config without it may still have each of the plugins.
        let preset = config.block("presets").map_or(config, |presets| presets);
        for (role, key) in [(Role::Docs, "docs"), (Role::Blog, "blog"), (Role::Pages, "pages")] {
            if preset.flag(key) != Some(false) {
                all.push(Self::new(role, preset.block(key)));
            }
        }
        for (role, plugin) in [(Role::Docs, "plugin-content-docs"), (Role::Blog, "plugin-content-blog")] {
            let mut rest = config;
            while let Some(after) = rest.after(plugin) {
                let instance = Self::new(role, after.first_block());
                if instance.id != "default" {
                    all.push(instance);
                }
                rest = after;
            }
        }
        all
    }
}

fn setup(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    setup.defaults(
        &[("docs", "/docs"), ("blog", "/blog"), ("src/pages", "")],
        &["static"],
        RouteForm::Any,
        SlugStyle::Docusaurus,
    );
    let script = Script::javascript(&setup.text);
    let config = script.whole();
    setup.url(config.text("url"), config.text("baseUrl"));
    match config.flag("trailingSlash") {
        Some(true) => setup.form(RouteForm::Slash),
        Some(false) => setup.form(RouteForm::Bare),
        None => {}
    }
    if let Some(folders) = config.block("staticDirectories").map(Part::strings).filter(|it| !it.is_empty()) {
        setup.statics(folders);
    }
    let locales = config.block("i18n");
    let default = locales.and_then(|it| it.text("defaultLocale")).unwrap_or("en");
    let others: Vec<&str> = locales.and_then(|it| it.block("locales")).map(Part::strings).unwrap_or_default();
    let others: Vec<&str> = others.into_iter().filter(|it| *it != default).collect();
    let mut it = Docusaurus {
        locales: others.iter().map(|it| format!("/{it}").into()).collect(),
        ..Docusaurus::default()
    };
    for (set, instance) in Instance::all(config).iter().enumerate() {
        it.add(setup, set, instance, &others);
    }
    let mounts: Vec<Mount> = it
        .parts
        .iter()
        .map(|part| Mount::new(&part.folder, &format!("{}{}", part.locale, part.base)))
        .collect();
    if setup.config.is_some() {
        setup.content(mounts);
    }
    it.add_categories(setup);
    let redirects = redirects(config);
    setup.redirects(redirects);
    Arc::new(it)
}

/// The pairs of `redirects: [{from, to}]`, where `from` may be a list.
fn redirects(config: Part<'_>) -> Vec<(&str, &str)> {
    let Some(list) = config.after("plugin-client-redirects").and_then(|rest| rest.block("redirects")) else {
        return vec![];
    };
    let mut pairs = Vec::new();
    for entry in list.blocks() {
        let to = entry.text("to");
        let several = entry.block("from").map(Part::strings).unwrap_or_default();
        let from = entry.text("from").into_iter().chain(several);
        pairs.extend(from.filter_map(|from| Some((from, to?))));
    }
    pairs
}

impl Docusaurus {
    /// Adds a set with its versions and locales.
    fn add(&mut self, setup: &Setup<'_>, set: usize, instance: &Instance<'_>, locales: &[&str]) {
        let Some(current) = setup.path(instance.folder) else { return };
        let base = join_route("", instance.base);
        let base = base.trim_end_matches('/').to_owned();
        let prefix = if instance.id == "default" { String::new() } else { format!("{}_", instance.id) };
        let listed = setup.tree(&format!("{prefix}versions.json")).filter(|_| instance.role == Role::Docs);
        let names: Vec<String> = listed.and_then(|tree| tree.root).map_or_else(Vec::new, |root| {
            root.items().iter().filter_map(Node::text).map(str::to_owned).collect()
        });
        let last = instance
            .last
            .map(str::to_owned)
            .or_else(|| names.first().cloned())
            .unwrap_or_else(|| "current".to_owned());
        let path_of = |version: &str| {
            let options = instance.versions.and_then(|versions| {
                versions.block(version).or_else(|| versions.block(&format!("v{version}")))
            });
            let usual = if version == last {
                ""
            } else if version == "current" {
                "next"
            } else {
                version
            };
            let path = options.and_then(|options| options.text("path")).unwrap_or(usual);
            let path = join_route("", &format!("{base}/{path}"));
            path.trim_end_matches('/').to_owned()
        };
        let plugin = match instance.role {
            Role::Docs => "docusaurus-plugin-content-docs",
            Role::Blog => "docusaurus-plugin-content-blog",
            Role::Pages => "docusaurus-plugin-content-pages",
        };
        let plugin =
            if instance.id == "default" { plugin.to_owned() } else { format!("{plugin}-{}", instance.id) };
        for version in names.iter().map(String::as_str).chain(["current"]) {
            let folder = if version == "current" {
                Some(current.clone())
            } else {
                setup.path(&format!("{prefix}versioned_docs/version-{version}"))
            };
            let Some(folder) = folder else { continue };
            let base = path_of(version);
            let translated = match (instance.role, version) {
                (Role::Docs, "current") => "/current".to_owned(),
                (Role::Docs, version) => format!("/version-{version}"),
                _ => String::new(),
            };
            let original = folder.as_str();
            let part = |folder: &str, locale: &str| Share {
                folder: folder.into(),
                role: instance.role,
                set,
                base: base.as_str().into(),
                locale: locale.into(),
                original: original.into(),
            };
            for locale in locales {
                if let Some(there) = setup.path(&format!("i18n/{locale}/{plugin}{translated}")) {
                    self.parts.push(part(&there, &format!("/{locale}")));
                }
            }
            self.parts.push(part(original, ""));
        }
    }

    /// Categories of which the config makes a page.
    fn add_categories(&mut self, setup: &Setup<'_>) {
        let mut found = Vec::new();
        for part in self.parts.iter().filter(|part| part.role == Role::Docs && part.locale.is_empty()) {
            let mut folders = vec![part.folder.to_string()];
            while let Some(folder) = folders.pop() {
                for name in setup.project.names(&folder).iter() {
                    if let Some(inner) = name.strip_suffix('/') {
                        if folders.len() < MAX_FOLDERS {
                            folders.push(format!("{folder}/{inner}"));
                        }
                        continue;
                    }
                    if !name.starts_with("_category_.") {
                        continue;
                    }
                    let path = format!("{folder}/{name}");
                    let tree = setup.project.read(&path).map(|text| super::setup::tree_of(&path, &text));
                    found.extend(
                        tree.and_then(|tree| category(&tree.root?, &folder))
                            .map(|path| format!("{}{path}", part.base)),
                    );
                }
            }
        }
        self.categories = found.into_iter().map(Into::into).collect();
    }

    fn part(&self, folder: &str) -> Option<&Share> {
        self.parts.iter().find(|part| *part.folder == *folder)
    }

    fn part_of(&self, path: &str) -> Option<&Share> {
        let fitting = self.parts.iter().filter(|part| Mount::new(&part.folder, "").below(path).is_some());
        fitting.max_by_key(|part| part.folder.len())
    }

    fn docs(page: &Source<'_>) -> String {
        let folders: Vec<&str> = page.folders().map(without_number).collect();
        let at = &*page.mount.at;
        let folder = format!("{at}/{}", folders.join("/"));
        let folder = folder.trim_end_matches('/');
        if let Some(slug) = page.text("slug") {
            // Below the base of the set where it begins with a slash, and else beside the page.
            let path = if slug.starts_with('/') { join_route(at, slug) } else { join_route(folder, slug) };
            return page.formed(&path);
        }
        let stem = page.stem();
        let is_index = stem.eq_ignore_ascii_case("index")
            || stem.eq_ignore_ascii_case("readme")
            || page.folders().next_back().is_some_and(|it| without_number(it) == without_number(stem));
        if let Some(id) = page.text("id") {
            return page.formed(&join_route(folder, id));
        }
        if is_index {
            page.folder_route(folder)
        } else {
            page.formed(&format!("{folder}/{}", without_number(stem)))
        }
    }

    fn blog(page: &Source<'_>) -> String {
        let at = &*page.mount.at;
        if let Some(slug) = page.text("slug") {
            return page.formed(&join_route(at, slug));
        }
        let mut path = page.below.strip_suffix(&format!("/{}", page.name())).unwrap_or_default().to_owned();
        if page.stem() != "index" {
            path = join(&path, page.stem()).unwrap_or_default();
        }
        // A date, in one name or in folders, is put in front of what comes before it.
        let parts: Vec<&str> = path.split('/').collect();
        for (index, part) in parts.iter().enumerate() {
            let rest = parts[index + 1..].join("/");
            let (date, name) = match dated(part) {
                Some((date, name)) => (date, join(name, &rest).unwrap_or_default()),
                None => match folders_date(&parts[index..]) {
                    Some(found) => found,
                    None => continue,
                },
            };
            let before = parts[..index].join("/");
            return page.formed(&join_route(at, &format!("{}/{before}/{name}", date.strftime("%Y/%m/%d"))));
        }
        page.formed(&join_route(at, &path))
    }
}

/// `2024/03/05/x` or `2024/03-05-x`: the date and the rest.
fn folders_date(parts: &[&str]) -> Option<(jiff::civil::Date, String)> {
    let joined = parts.join("-");
    let has_year = parts.first()?.len() == 4 && parts.len() > 1;
    let (date, _) = dated(&joined).filter(|_| has_year)?;
    let rest = match parts {
        [_, _, day, rest @ ..] if day.len() <= 2 => rest.join("/"),
        [_, month, rest @ ..] => join(month.splitn(3, '-').nth(2)?, &rest.join("/"))?,
        _ => return None,
    };
    (!rest.is_empty()).then_some((date, rest))
}

/// The page that a category gets, by its file.
fn category(root: &Node, folder: &str) -> Option<String> {
    let link = root.get("link")?;
    if link.get("type")?.text()? != "generated-index" {
        return None;
    }
    if let Some(slug) = link.get("slug").and_then(Node::text) {
        return Some(join_route("", slug));
    }
    let name = folder.rsplit_once('/').map_or(folder, |(_, name)| name);
    let label = root.get("label").and_then(Node::text).unwrap_or_else(|| without_number(name));
    Some(format!("/category/{}", super::slugs::jekyll(label)))
}

/// The most folders of docs that are looked into at a time.
const MAX_FOLDERS: usize = 10_000;

/// `01-tides`, `1. Tides`: the name without the number that puts it in order. A version such as `7.0` or a date such as
/// `2021-11` is none.
pub(super) fn without_number(name: &str) -> &str {
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = &name[digits(name)..];
    let bare = rest.trim_start().trim_start_matches(['-', '_', '.']).trim_start();
    let is_number = rest.len() < name.len() && rest.trim_start().starts_with(['-', '_', '.']);
    let is_dotted = rest.starts_with(['-', '_', '.']) && digits(&rest[1..]) > 0;
    if is_number && !is_dotted && !bare.is_empty() { bare } else { name }
}

/// Whether a file is left out by its name.
fn is_part_of_others(page: &Source<'_>) -> bool {
    page.below.split('/').any(|part| part.starts_with('_') || part == "__tests__")
        || page.name().contains(".test.")
}

impl Generator for Docusaurus {
    fn route(&self, page: &Source<'_>) -> Option<Route> {
        if is_part_of_others(page) {
            return None;
        }
        let part = self.part(&page.mount.folder);
        let canonical = match part.map_or(Role::Docs, |part| part.role) {
            Role::Docs => Self::docs(page),
            Role::Blog => Self::blog(page),
            Role::Pages => {
                let folder: String = page.folders().flat_map(|folder| ["/", folder]).collect();
                let folder = format!("{}{folder}", page.mount.at);
                match page.text("slug") {
                    Some(slug) => page.formed(&join_route(&page.mount.at, slug)),
                    None if page.stem() == "index" => page.folder_route(&folder),
                    None => page.formed(&format!("{folder}/{}", page.stem())),
                }
            }
        };
        let mut route = Route::at(canonical).published(page.flag("draft") != Some(true));
        // Pages that are not translated are in each locale as they are.
        if part.is_some_and(|part| part.locale.is_empty()) {
            route.others = self.locales.iter().map(|locale| format!("{locale}{}", route.canonical)).collect();
        }
        Some(route)
    }

    fn reads(&self, link: &Link<'_>) -> Reading {
        let is_file = ends_in(link.path, &["md", "mdx"]);
        if link.start == Start::Sources {
            return Reading::Files(
                join(&link.layout.root, link.path).into_iter().collect(),
                Otherwise::Missing,
            );
        }
        if !is_file {
            return Reading::Url;
        }
        let folder = link.from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let part = self.part_of(link.from);
        let mut bases: Vec<&str> = if link.start == Start::Page { vec![folder] } else { vec![] };
        let original = part.map(|part| original_folder(part, folder));
        if let Some(part) = part {
            bases.extend([&*part.folder, &*part.original]);
            bases.extend(original.as_deref());
        }
        bases.push(&link.layout.root);
        // A set of docs knows its own files only.
        let is_own = |path: &String| match (part, self.part_of(path)) {
            (Some(part), Some(other)) => part.set == other.set,
            _ => true,
        };
        let files = bases.into_iter().filter_map(|base| join(base, link.path));
        Reading::Files(files.filter(is_own).collect(), Otherwise::Missing)
    }

    fn page_endings(&self) -> &'static [&'static str] {
        &["js", "jsx", "ts", "tsx", "mdx"]
    }

    fn owns(&self, path: &str) -> bool {
        let is_below =
            |part: &Share| !part.base.is_empty() && crate::site::urls::below(&part.base, path).is_some();
        self.parts.iter().any(is_below)
    }

    fn may_make(&self, path: &str, survey: &Survey<'_>) -> bool {
        let path = path.trim_end_matches('/');
        let bare = self.locales.iter().find_map(|locale| path.strip_prefix(&**locale));
        let path = bare.filter(|rest| rest.starts_with('/')).unwrap_or(path);
        if self.categories.iter().any(|it| **it == *path) {
            return true;
        }
        let rest = |part: &Share| {
            path.strip_prefix(&*part.base).filter(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let is_made = |part: &Share| {
            let parts: Vec<&str> = rest(part).unwrap_or_default().split('/').skip(1).collect();
            match (part.role, parts.as_slice()) {
                (Role::Docs | Role::Blog, ["tags"])
                | (
                    Role::Blog,
                    [] | ["archive" | "authors" | "rss.xml" | "atom.xml" | "feed.json"] | ["authors", ..],
                ) => true,
                (Role::Docs | Role::Blog, ["tags", tag, ..]) => {
                    survey.has_term("tags", tag, super::slugs::jekyll)
                }
                (Role::Docs, ["category", ..]) => self.parts.is_empty(),
                (Role::Blog, ["page", number]) => number.parse::<u32>().is_ok(),
                _ => false,
            }
        };
        let has_rest = |part: &&Share| rest(part).is_some();
        self.parts.iter().filter(has_rest).any(is_made)
            || matches!(path, "/404" | "/404.html" | "/sitemap.xml")
    }
}

/// The folder of the default locale that is the same as one of a locale.
fn original_folder(part: &Share, folder: &str) -> String {
    let below = folder.strip_prefix(&*part.folder).unwrap_or_default();
    format!("{}{below}", part.original)
}
