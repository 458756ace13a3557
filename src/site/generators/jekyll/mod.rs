//! Jekyll, by itself and as GitHub Pages runs it.

mod own_plugins;
mod pages;

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{Generator, GeneratorSupport, Setup, SiteKind, detect::RootCandidate, templates::TemplateData};
use crate::{
    data::{Entry, Node},
    markdown::DialectName,
    site::urls::{Mount, PathPattern, RouteForm, below, join},
    text::SlugStyle,
};
use globset::{GlobBuilder, GlobMatcher, GlobSet, GlobSetBuilder};
use own_plugins::{FOLDER, OwnPlugins};

pub(super) static JEKYLL: GeneratorSupport = GeneratorSupport {
    kind: SiteKind::Jekyll,
    configs: &["_config.yml", "_config.yaml", "_config.toml"],
    variant: None,
    is_config,
    sign,
    dialects: &[DialectName::Liquid, DialectName::Kramdown],
    setup,
};

/// Jupyter Book has a config of this name as well, and a table of contents beside it.
fn is_config(folder: &RootCandidate<'_>, _: &str) -> bool {
    !folder.has("_toc.yml")
}

fn sign(folder: &RootCandidate<'_>) -> Option<&'static str> {
    if folder.has("_posts/") && (folder.has("_layouts/") || folder.has("_includes/")) {
        return Some("_posts");
    }
    let gems = folder.read("Gemfile")?;
    let is_meant = gems.contains("\"jekyll\"") || gems.contains("'jekyll'") || gems.contains("github-pages");
    (is_meant && folder.has("_layouts/")).then_some("Gemfile")
}

/// A collection of documents, in a folder whose name begins with `_`.
#[derive(Debug)]
struct Collection {
    name: Box<str>,
    permalink: Option<PathPattern>,
    is_published: bool,
}

/// A front matter default of the config.
#[derive(Debug)]
struct FrontMatter {
    /// The files that it is for: a folder, or a pattern.
    path: Box<str>,
    pattern: Option<GlobMatcher>,
    /// `posts`, `pages` or a collection; empty for all.
    section: Box<str>,
    permalink: Option<Box<str>>,
    published: Option<bool>,
}

/// What `exclude` leaves out: files, folders and what is in them.
#[derive(Debug, Default)]
struct Excluded {
    paths: HashSet<PathBuf>,
    globs: GlobSet,
}

impl Excluded {
    fn of(patterns: &[Box<str>]) -> Self {
        let glob = |pattern: &str| GlobBuilder::new(pattern).literal_separator(true).build().ok();
        let mut globs = GlobSetBuilder::new();
        for glob in patterns.iter().filter(|it| it.contains('*')).filter_map(|it| glob(it)) {
            globs.add(glob);
        }
        let paths = patterns.iter().map(|pattern| PathBuf::from(&**pattern)).collect();
        Self { paths, globs: globs.build().unwrap_or_default() }
    }

    fn has(&self, below: &str) -> bool {
        let mut folders = Path::new(below).ancestors();
        folders.any(|path| self.paths.contains(path) || self.globs.is_match(path))
    }
}

#[derive(Debug, Default)]
struct Jekyll {
    posts: Option<PathPattern>,
    collections: Vec<Collection>,
    /// The folder of the collections, where that is not the source.
    collections_folder: Box<str>,
    excluded: Excluded,
    included: Vec<Box<str>>,
    defaults: Vec<FrontMatter>,
    plugins: HashSet<Box<str>>,
    own_plugins: OwnPlugins,
    gems: Gems,
    published: AlsoPublished,
    feed: Feed,
    /// Whether GitHub Pages builds the site, whose plugins make pages of files without front matter.
    on_github: bool,
    relative_links: RelativeLinks,
    dates: DateReading,
    /// Whether a version before 3 builds the site.
    is_old: bool,
    /// The front matter of pages in HTML.
    templates: TemplateData,
}

/// Whether the list of gems has plugins of which nothing is known: some are on without the config.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Gems {
    #[default]
    Known,
    Unknown,
}

/// What is published besides the usual pages.
#[derive(Debug, Default)]
struct AlsoPublished {
    /// Posts of the future.
    future: bool,
    /// Pages that say they are not.
    unpublished: bool,
}

/// The feed of the plugin `jekyll-feed`.
#[derive(Debug, Default)]
struct Feed {
    /// Its path, if the config says so.
    path: Option<Box<str>>,
    /// Whether there are others: of collections, categories or tags.
    has_others: bool,
}

impl Feed {
    fn of(config: Option<&Node>) -> Self {
        let path = config.and_then(|it| it.get("path")?.text());
        let has_others = ["collections", "categories", "tags"]
            .iter()
            .any(|key| config.is_some_and(|it| it.get(key).is_some()));
        Self { path: path.map(|path| format!("/{}", path.trim_start_matches('/')).into()), has_others }
    }

    /// Whether it is at a path.
    fn is_at(&self, path: &str) -> bool {
        match &self.path {
            Some(own) => **own == *path,
            None => matches!(path, "/feed.xml" | "/atom.xml"),
        }
    }
}

/// At which day a post is whose date has a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum DateReading {
    /// That in UTC, as where most sites are built.
    #[default]
    InUtc,
    /// That in the time zone that the config names: as it is written, the day before or the day after.
    InZone,
}

/// In which files the plugin `jekyll-relative-links` makes URLs of links to files
/// (<https://github.com/benbalter/jekyll-relative-links>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum RelativeLinks {
    /// In none: the site does not have it.
    #[default]
    Off,
    /// In pages, but not in posts and other collections.
    Pages,
    /// In all.
    All,
}

impl RelativeLinks {
    const PLUGIN: &'static str = "jekyll-relative-links";

    /// What the config makes of the plugin, if the site has it.
    fn of(config: Option<&Node>) -> Self {
        let flag = |key: &str| config.and_then(|it| it.get("relative_links")?.get(key)?.as_bool());
        match (flag("enabled"), flag("collections")) {
            (Some(false), _) => Self::Off,
            (_, Some(true)) => Self::All,
            _ => Self::Pages,
        }
    }
}

fn setup(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    setup.defaults(&[("", "")], &[""], RouteForm::Html, SlugStyle::Kramdown);
    let root = setup.root();
    let get = |key: &str| root.as_ref().and_then(|root| root.get(key));
    let text = |key: &str| get(key).and_then(Node::text);
    setup.url(text("url"), text("baseurl"));
    languages(setup, root.as_ref());
    take_source(setup, text("source"));
    let is_on = |key: &str| get(key).and_then(Node::as_bool) == Some(true);
    let list = |key: &str| -> Vec<Box<str>> {
        let items = get(key).map_or(&[][..], Node::self_or_items).iter();
        items.filter_map(|it| Some(it.text()?.trim_matches('/').into())).collect()
    };
    let mut jekyll = Jekyll {
        excluded: Excluded::of(&list("exclude")),
        included: list("include"),
        plugins: list("plugins").into_iter().chain(list("gems")).collect(),
        dates: get("timezone").map_or(DateReading::InUtc, |_| DateReading::InZone),
        published: AlsoPublished { future: is_on("future"), unpublished: is_on("unpublished") },
        feed: Feed::of(get("feed")),
        collections_folder: text("collections_dir").map(|it| it.trim_matches('/').into()).unwrap_or_default(),
        ..Jekyll::default()
    };
    // The site's own are in a folder.
    jekyll.plugins.extend((!setup.names(FOLDER).is_empty()).then(|| FOLDER.into()));
    jekyll.own_plugins = OwnPlugins::read(setup, text("source").unwrap_or_default());
    // GitHub needs no list of plugins, and who has their own Gemfile without GitHub's builds the site by themselves.
    let gems = setup.read("Gemfile").unwrap_or_default();
    jekyll.on_github =
        if gems.is_empty() { setup.read("Gemfile.lock").is_none() } else { gems.contains("github-pages") };
    if gems.split(['"', '\'']).any(|name| name.starts_with("jekyll-") && !is_known_gem(name)) {
        jekyll.gems = Gems::Unknown;
    }
    jekyll.is_old = is_old(setup);
    take_engine(setup, root.as_ref());
    if get("plugins").or_else(|| get("gems")).is_some() && !gems.contains("github-pages") {
        jekyll.on_github = OF_GITHUB.iter().all(|name| jekyll.plugins.contains(*name));
    }
    let has = |plugin: &str| jekyll.plugins.contains(plugin) || gems.contains(plugin);
    if jekyll.on_github || has(RelativeLinks::PLUGIN) {
        jekyll.relative_links = RelativeLinks::of(root.as_ref());
    }
    jekyll.collections =
        get("collections").map_or(&[][..], Node::entries).iter().filter_map(collection).collect();
    add_files(setup, &jekyll.collections, &jekyll.collections_folder);
    let defaults = get("defaults").map_or(&[][..], Node::items).iter();
    jekyll.defaults = defaults.filter_map(front_matter).collect();
    if let Some(permalink) = text("permalink") {
        // The styles that have names; pages follow those that end with a slash.
        let pattern = named_style(permalink);
        if pattern.ends_with('/') {
            setup.form(RouteForm::Slash);
        } else if ![":output_ext", ".html"].iter().any(|ending| pattern.ends_with(ending)) {
            setup.form(RouteForm::Bare);
        }
        jekyll.posts = Some(PathPattern::with_colons(pattern));
    }
    jekyll.templates = take_templates(setup);
    Arc::new(jekyll)
}

fn collection(entry: &Entry) -> Option<Collection> {
    let flag = entry.value.get("output").and_then(Node::as_bool);
    let permalink = entry.value.get("permalink").and_then(Node::text).map(PathPattern::with_colons);
    Some(Collection { name: entry.key.text()?.into(), permalink, is_published: flag == Some(true) })
}

/// Adds the files of collections, which appear where documents with their names do.
fn add_files(setup: &mut Setup<'_>, collections: &[Collection], outer: &str) {
    let source = setup.layout.content.first().map(|mount| mount.folder.clone()).unwrap_or_default();
    for collection in collections.iter().filter(|it| it.is_published) {
        let usual = PathPattern::with_colons("/:collection/:path");
        let pattern = collection.permalink.as_ref().unwrap_or(&usual);
        // Of other patterns it depends on the file in which folder it is.
        let path = pattern.fill(|name| match name {
            "collection" => Some(collection.name.to_string()),
            "path" => Some(String::from("*")),
            "output_ext" => Some(String::new()),
            _ => None,
        });
        let Some(at) = path.as_deref().and_then(|path| path.trim_end_matches('/').strip_suffix("/*")) else {
            continue;
        };
        let folder = join(&source, outer).and_then(|folder| join(&folder, &format!("_{}", collection.name)));
        setup.layout.copied.extend(folder.map(|folder| Mount::new(&folder, at)));
    }
}

/// Plugins that a list has to name for the site to be as GitHub builds it.
const OF_GITHUB: [&str; 2] = [RelativeLinks::PLUGIN, "jekyll-optional-front-matter"];

/// Folders of the site with something other than pages and documents.
const PARTS: [&str; 6] = ["_includes", "_layouts", "_data", "_sass", "_site", FOLDER];

/// Takes what pages in HTML say of where they appear, and the ids that all pages have.
fn take_templates(setup: &mut Setup<'_>) -> TemplateData {
    let folder = setup.layout.content.first().map(|mount| mount.folder.clone()).unwrap_or_default();
    let source = below(&setup.layout.root, &folder).unwrap_or_default();
    let in_source = |name: &str| join(source, name).unwrap_or_default();
    let is_other = |name: &str| PARTS.contains(&name) || matches!(name, "node_modules" | "vendor");
    let enters = |name: &str| !name.starts_with('.') && !is_other(name);
    let templates = TemplateData::read(setup, source, &["html"], enters);
    setup.redirects(templates.moved("redirect_from"));
    setup.templates(&[&in_source("_layouts"), &in_source("_includes")], &["html", "md"], |path| {
        path.rsplit_once("_includes/").map(|(_, name)| name)
    });
    templates
}

/// Whether it is known which pages a gem makes: themes make none.
fn is_known_gem(name: &str) -> bool {
    pages::KNOWN_PLUGINS.contains(&name) || name.starts_with("jekyll-theme-")
}

/// Whether a version before 3 builds the site.
fn is_old(setup: &Setup<'_>) -> bool {
    let locked = setup.read("Gemfile.lock").unwrap_or_default();
    ["jekyll (1.", "jekyll (2."].iter().any(|version| locked.contains(version))
}

/// Takes the folder of the site's files, if the config names one. A program may copy them before the build: then they are in
/// the folder with the name of the copy, `src` for `.tmp/src`.
fn take_source(setup: &mut Setup<'_>, folder: Option<&str>) {
    let Some(folder) = folder else { return };
    let is_there = |folder: &str| !setup.names(folder).is_empty();
    let original = folder.trim_end_matches('/').rsplit_once('/').map(|(_, name)| name);
    let original = original.filter(|name| !is_there(folder) && is_there(name));
    setup.source(original.unwrap_or(folder));
}

/// Takes the engine of Markdown and its options: others than kramdown make anchors in ways of their own, or none, and links
/// of bare URLs only where that is asked for; kramdown may write other scripts in Latin letters in anchors, put something in
/// front of them, or make them as it did before GitHub's.
fn take_engine(setup: &mut Setup<'_>, root: Option<&Node>) {
    let get = |key: &str| root.and_then(|root| root.get(key));
    let engine = get("markdown").and_then(Node::text).map(str::to_ascii_lowercase);
    let other = engine.filter(|engine| engine != "kramdown");
    let option = |key: &str| get("kramdown").and_then(|it| it.get(key));
    let flag = |key: &str| option(key).and_then(Node::as_bool);
    let text = |key: &str| option(key).and_then(Node::text);
    let is_own = flag("transliterated_header_ids") == Some(true)
        || flag("auto_ids") == Some(false)
        || text("auto_id_prefix").is_some_and(|prefix| !prefix.is_empty())
        || text("input").is_some_and(|parser| !parser.eq_ignore_ascii_case("gfm"));
    if other.is_some() || is_own {
        setup.layout.slugs = SlugStyle::None;
        setup.says("slugs");
    }
    if let Some(engine) = other {
        let options = [&*engine, "commonmark"].into_iter().filter_map(get);
        let mut extensions = options
            .filter_map(|it| it.get("extensions"))
            .flat_map(Node::self_or_items)
            .filter_map(Node::text);
        setup.layout.autolinks = Some(extensions.any(|name| name == "autolink"));
    }
}

fn named_style(permalink: &str) -> &str {
    match permalink {
        "date" => DATE_STYLE,
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        pattern => pattern,
    }
}

const DATE_STYLE: &str = "/:categories/:year/:month/:day/:title:output_ext";

/// Takes the languages that the config names: the site's own key, and those of the plugins that publish translations.
fn languages(setup: &mut Setup<'_>, root: Option<&Node>) {
    let get = |key: &str| root.and_then(|root| root.get(key));
    let default = ["default_lang", "lang", "locale"].into_iter().find_map(|key| get(key)?.text());
    setup.default_language(default);
    let tags = get("languages").map_or(&[][..], Node::items).iter();
    setup.layout.languages.tags = tags.filter_map(|it| it.text().map(Box::from)).collect();
}

fn front_matter(node: &Node) -> Option<FrontMatter> {
    let (scope, values) = (node.get("scope")?, node.get("values")?);
    let text = |node: &Node, key: &str| {
        node.get(key).and_then(Node::text).unwrap_or_default().trim_matches('/').to_owned()
    };
    let path = text(scope, "path");
    let glob =
        path.contains('*').then(|| GlobBuilder::new(&path).literal_separator(true).build().ok()).flatten();
    Some(FrontMatter {
        path: path.into(),
        pattern: glob.map(|glob| glob.compile_matcher()),
        section: text(scope, "type").into(),
        permalink: values.get("permalink").and_then(Node::text).map(Into::into),
        published: values.get("published").and_then(Node::as_bool),
    })
}

impl FrontMatter {
    fn is_for(&self, below: &str, section: &str) -> bool {
        let is_there = match &self.pattern {
            Some(pattern) => Path::new(below).ancestors().any(|it| pattern.is_match(it)),
            None => self.path.is_empty() || Path::new(below).starts_with(&*self.path),
        };
        is_there && (self.section.is_empty() || *self.section == *section)
    }
}
