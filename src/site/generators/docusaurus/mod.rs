//! Docusaurus, version 2 and later: its config.

mod pages;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::{
    Generator, GeneratorSupport, Setup, SiteKind,
    script::{Script, ScriptPart},
    setup::{each_file, globs, tree_of},
};
use globset::GlobSet;
use pages::{category, category_path};

use crate::{
    data::Node,
    markdown::DialectName,
    site::urls::{Mount, RouteForm, below, join_route},
    text::SlugStyle,
};

pub(super) static DOCUSAURUS: GeneratorSupport = GeneratorSupport {
    kind: SiteKind::Docusaurus,
    configs: &[
        "docusaurus.config.ts",
        "docusaurus.config.mts",
        "docusaurus.config.cts",
        "docusaurus.config.js",
        "docusaurus.config.mjs",
        "docusaurus.config.cjs",
    ],
    variant: None,
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

/// What the config says of a set.
#[derive(Debug)]
struct Set {
    /// The files that are left out.
    excluded: GlobSet,
    /// Whether the numbers that put files in order stay in paths.
    keeps_numbers: bool,
    /// The paths of its lists.
    tags: Box<str>,
    archive: Box<str>,
    authors: Box<str>,
    page: Box<str>,
    /// The paths that a file gives tags, below that of their list.
    named_tags: HashSet<String>,
}

/// The files that are left out of a set unless the config has a list of its own.
const EXCLUDED: [&str; 4] =
    ["**/_*.{js,jsx,ts,tsx,md,mdx}", "**/_*/**", "**/*.test.{js,jsx,ts,tsx}", "**/__tests__/**"];

#[derive(Debug, Default)]
struct Docusaurus {
    sets: Vec<Set>,
    parts: Vec<Share>,
    /// Whether pages are files with `.html`.
    has_html: bool,
    /// Paths of the categories that get a page.
    categories: Vec<Box<str>>,
    /// The paths of the locales but for the default.
    locales: Vec<Box<str>>,
    /// Folders of versions that are not listed, and not published.
    archived: Vec<Box<str>>,
    /// The paths at which those versions were, and may still be.
    archived_paths: Vec<Box<str>>,
    /// Whether the config names a search, which may have a page.
    has_search: bool,
    /// Whether the build stops at a link to a page that is not there.
    stops_at_broken_links: bool,
}

/// Whether a build stops at a link to a page that is not there, and all that make pages are known here.
fn stops_at_broken_links(config: ScriptPart<'_>) -> bool {
    const PLUGINS: [&str; 5] = ["content-", "client-redirects", "sitemap", "google-", "ideal-image"];
    let stops = !config.mentions("onBrokenLinks") || config.text("onBrokenLinks") == Some("throw");
    let strings = |key: &str| config.block(key).map(ScriptPart::strings).unwrap_or_default();
    let is_known = |name: &str| {
        let plugin = name.strip_prefix("@docusaurus/plugin-");
        plugin.is_some_and(|plugin| PLUGINS.iter().any(|known| plugin.starts_with(known)))
    };
    let is_name =
        |text: &&str| text.starts_with('.') || text.contains("docusaurus") || text.contains("plugin");
    let is_preset = |text: &&str| text.contains("docusaurus") || text.contains("preset");
    // A program may read other plugins than the config names, or change the links.
    let has_program = ["async ", "eforeDefaultRemarkPlugins", "preprocessor"];
    stops
        && !has_program.iter().any(|it| config.mentions(it))
        && strings("plugins").into_iter().filter(is_name).all(is_known)
        && strings("presets").into_iter().filter(is_preset).all(|it| it == "@docusaurus/preset-classic")
}

/// Instances of a plugin that are read. What follows the name of a plugin may have no end.
const MAX_INSTANCES: usize = 32;

/// A set of docs, a blog or the pages, as the config has it.
struct Instance<'a> {
    role: Role,
    id: &'a str,
    folder: &'a str,
    base: &'a str,
    /// The version that is published at the base, and the paths of versions.
    versions: Option<ScriptPart<'a>>,
    last: Option<&'a str>,
    /// All that the config says of it.
    options: Option<ScriptPart<'a>>,
}

impl<'a> Instance<'a> {
    fn new(role: Role, options: Option<ScriptPart<'a>>) -> Self {
        let (folder, base) = match role {
            Role::Docs => ("docs", "docs"),
            Role::Blog => ("blog", "blog"),
            Role::Pages => ("src/pages", "/"),
        };
        // Versions have a `path` of their own.
        let entries: HashMap<&str, &str> =
            options.map(ScriptPart::pairs).unwrap_or_default().into_iter().collect();
        let text = |key: &str| entries.get(key).copied();
        Self {
            role,
            id: text("id").unwrap_or("default"),
            folder: text("path").unwrap_or(folder),
            base: text("routeBasePath").unwrap_or(base),
            versions: options.and_then(|options| options.block("versions")),
            last: text("lastVersion"),
            options,
        }
    }

    /// What the config says of its pages.
    fn set(&self) -> Set {
        let text = |key: &str, usual: &str| {
            self.options.and_then(|it| it.text(key)).unwrap_or(usual).trim_matches('/').into()
        };
        let own = self.options.and_then(|it| it.block("exclude")).map(ScriptPart::strings);
        Set {
            excluded: globs(own.unwrap_or_else(|| EXCLUDED.to_vec())),
            keeps_numbers: self.options.and_then(|it| it.flag("numberPrefixParser")) == Some(false),
            tags: text("tagsBasePath", "tags"),
            archive: text("archiveBasePath", "archive"),
            authors: text("authorsBasePath", "authors"),
            page: text("pageBasePath", "page"),
            named_tags: HashSet::new(),
        }
    }

    /// The paths of its tags in the file that lists them.
    fn named_tags(&self, setup: &Setup<'_>) -> HashSet<String> {
        let name = self.options.and_then(|it| it.text("tags")).unwrap_or("tags.yml");
        let root = setup.tree(&format!("{}/{name}", self.folder)).and_then(|tree| tree.root);
        root.iter().flat_map(pages::named_tags).collect()
    }

    /// The file with its sidebars, as the config names it.
    fn sidebars(&self) -> Option<&'a str> {
        let value = self.options?.after("sidebarPath")?.until(',');
        value.strings().into_iter().find(|path| path.contains('.'))
    }

    /// All that the config has.
    fn all(config: ScriptPart<'a>) -> Vec<Self> {
        let mut all = Vec::new();
        // The preset; a config without it may still have each of the plugins.
        let presets = config.block("presets");
        let preset = presets.unwrap_or(config);
        for (role, key) in [(Role::Docs, "docs"), (Role::Blog, "blog"), (Role::Pages, "pages")] {
            if preset.flag(key) != Some(false) {
                all.push(Self::new(role, preset.block(key)));
            }
        }
        for (role, plugin) in [(Role::Docs, "plugin-content-docs"), (Role::Blog, "plugin-content-blog")] {
            let mut rest = config;
            for _ in 0..MAX_INSTANCES {
                let Some(after) = rest.after(plugin) else { break };
                let instance = Self::new(role, after.first_block());
                // The plugin itself is there instead of the one that the preset brings.
                let is_in_place = instance.options.is_some()
                    && (presets.is_none() || !all.iter().any(|it| it.role == role));
                if is_in_place && instance.id == "default" {
                    all.retain(|it| it.role != role || it.id != "default");
                }
                if instance.id != "default" || is_in_place {
                    all.push(instance);
                }
                rest = after;
            }
        }
        all
    }

    /// The path of a version, without a slash at its end. The latest one has that of the instance.
    fn path_of(&self, version: &str, latest: &str, base: &str) -> String {
        let options = self
            .versions
            .and_then(|versions| versions.block(version).or_else(|| versions.block(&format!("v{version}"))));
        let usual = match version {
            _ if version == latest => "",
            "current" => "next",
            version => version,
        };
        let path = options.and_then(|options| options.text("path")).unwrap_or(usual);
        let path = join_route("", &format!("{base}/{path}"));
        path.trim_end_matches('/').to_owned()
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
    setup.default_language(config.language());
    match config.flag("trailingSlash") {
        Some(true) => setup.form(RouteForm::Slash),
        Some(false) => setup.form(RouteForm::Bare),
        None => {}
    }
    if let Some(folders) =
        config.block("staticDirectories").map(ScriptPart::strings).filter(|it| !it.is_empty())
    {
        setup.statics(folders);
    }
    let locales = config.block("i18n");
    let default = locales.and_then(|it| it.text("defaultLocale")).unwrap_or("en");
    let others: Vec<&str> =
        locales.and_then(|it| it.block("locales")).map(ScriptPart::strings).unwrap_or_default();
    let others: Vec<&str> = others.into_iter().filter(|it| *it != default).collect();
    let mut it = Docusaurus {
        locales: others.iter().map(|it| format!("/{it}").into()).collect(),
        ..Docusaurus::default()
    };
    let redirected = config.block("fromExtensions").map(ScriptPart::strings).unwrap_or_default();
    it.has_html = config.flag("trailingSlash") == Some(false) || redirected.contains(&"html");
    it.has_search = config.mentions("search");
    it.stops_at_broken_links = setup.config.is_some() && stops_at_broken_links(config);
    for (set, instance) in Instance::all(config).iter().enumerate() {
        let mut own = instance.set();
        own.named_tags = instance.named_tags(setup);
        it.sets.push(own);
        it.add(setup, set, instance, &others);
        it.add_sidebars(setup, set, instance);
    }
    it.add_archives(setup);
    let mounts: Vec<Mount> = it
        .parts
        .iter()
        .map(|part| Mount::new(&part.folder, &format!("{}{}", part.locale, part.base)))
        .collect();
    if setup.config.is_some() {
        setup.content(mounts);
    }
    it.add_categories(setup);
    setup.layout.copied = it.files(&setup.layout.statics);
    add_redirects(setup, config, &it.locales);
    Arc::new(it)
}

/// Each locale has them all.
fn add_redirects(setup: &mut Setup<'_>, config: ScriptPart<'_>, locales: &[Box<str>]) {
    let has_other_list = || {
        let options = config.after("plugin-client-redirects").and_then(ScriptPart::first_block);
        options.is_some_and(|it| it.mentions("redirects") && it.block("redirects").is_none())
    };
    if config.mentions("createRedirects") || has_other_list() {
        setup.layout.moves.open();
    }
    let pairs = redirects(config);
    for locale in locales.iter().map(|it| &**it).chain([""]) {
        let there: Vec<_> =
            pairs.iter().map(|(from, to)| (format!("{locale}{from}"), format!("{locale}{to}"))).collect();
        setup.redirects(there.iter().map(|(from, to)| (from.as_str(), to.as_str())));
    }
}

/// The pairs of `redirects: [{from, to}]`, where `from` may be a list.
fn redirects(config: ScriptPart<'_>) -> Vec<(&str, &str)> {
    let Some(list) = config.after("plugin-client-redirects").and_then(|rest| rest.block("redirects")) else {
        return vec![];
    };
    let mut pairs = Vec::new();
    for entry in list.blocks() {
        let to = entry.text("to");
        let several = entry.block("from").map(ScriptPart::strings).unwrap_or_default();
        let from = entry.text("from").into_iter().chain(several);
        pairs.extend(from.filter_map(|from| Some((from, to?))));
    }
    pairs
}

impl Docusaurus {
    /// The files of locales: each is a site of its own, with the same files.
    fn files(&self, folders: &[Box<str>]) -> Vec<Mount> {
        let of = |locale| folders.iter().map(move |folder| Mount::new(folder, locale));
        self.locales.iter().flat_map(|locale| of(locale)).collect()
    }

    /// Adds a set with its versions and locales.
    fn add(&mut self, setup: &Setup<'_>, set: usize, instance: &Instance<'_>, locales: &[&str]) {
        let Some(current) = setup.path(instance.folder) else { return };
        let base = join_route("", instance.base);
        let base = base.trim_end_matches('/');
        let prefix = if instance.id == "default" { String::new() } else { format!("{}_", instance.id) };
        let listed = setup.tree(&format!("{prefix}versions.json")).filter(|_| instance.role == Role::Docs);
        let names: Vec<String> = listed.and_then(|tree| tree.root).map_or_else(Vec::new, |root| {
            root.items().iter().filter_map(Node::text).map(str::to_owned).collect()
        });
        let folders = setup.names(&format!("{prefix}versioned_docs"));
        let versions = folders.iter().filter_map(|it| it.strip_suffix('/')?.strip_prefix("version-"));
        let is_archived = |version: &&str| !names.is_empty() && !names.iter().any(|name| name == version);
        for version in versions.filter(is_archived) {
            self.archived.push(format!("{prefix}versioned_docs/version-{version}").into());
            self.archived_paths.push(join_route(base, version).into());
        }
        let last = instance.last.or(names.first().map(String::as_str)).unwrap_or("current");
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
            let base = instance.path_of(version, last, base);
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

    /// Folders of versions in other folders than that of published ones.
    fn add_archives(&mut self, setup: &Setup<'_>) {
        let is_published = |folder: &str| {
            self.parts
                .iter()
                .any(|part| setup.path(folder).is_some_and(|it| below(&it, &part.folder).is_some()))
        };
        let names = setup.names("");
        let folders = names.iter().filter_map(|name| name.strip_suffix('/'));
        let is_archive = |folder: &&str| {
            folder.contains("version") && setup.names(folder).iter().any(|name| name.starts_with("version-"))
        };
        let archives: Vec<_> =
            folders.filter(is_archive).filter(|it| !is_published(it)).map(Box::from).collect();
        self.archived.extend(archives);
    }

    /// Categories of which sidebars make a page: which of their texts are labels of such categories is not read.
    fn add_sidebars(&mut self, setup: &Setup<'_>, set: usize, instance: &Instance<'_>) {
        let text = instance.sidebars().and_then(|path| setup.read(path)).unwrap_or_default();
        let script = Script::javascript(&text);
        let sidebars = script.whole();
        if !sidebars.mentions("generated-index") {
            return;
        }
        let slugs = sidebars.texts("slug").map(|slug| join_route("", slug));
        let labels = sidebars.texts("label").map(category_path);
        let paths: Vec<String> = slugs.chain(labels).collect();
        let parts = self.parts.iter().filter(|part| part.set == set && part.locale.is_empty());
        let all = parts.flat_map(|part| paths.iter().map(|path| format!("{}{path}", part.base)));
        self.categories.extend(all.map(Into::into));
    }

    /// Categories of which the config makes a page.
    fn add_categories(&mut self, setup: &Setup<'_>) {
        let mut found = Vec::new();
        for part in self.parts.iter().filter(|part| part.role == Role::Docs && part.locale.is_empty()) {
            each_file(
                &part.folder,
                |folder| setup.project.names(folder),
                |_| true,
                |folder, name| {
                    if !name.starts_with("_category_.") {
                        return;
                    }
                    let path = format!("{folder}/{name}");
                    let tree = setup.project.text(&path).map(|text| tree_of(&path, &text));
                    let category = tree.and_then(|tree| category(&tree.root?, folder));
                    found.extend(category.map(|path| format!("{}{path}", part.base)));
                },
            );
        }
        self.categories.extend(found.into_iter().map(Into::into));
    }
}
