//! MkDocs, with its usual plugins.

mod blog;
mod languages;

use std::sync::Arc;

use ignore::gitignore::Gitignore;

use blog::{Blog, blogs};
use languages::{Languages, languages};

use super::{
    Generator, GeneratorLink, GeneratorSupport, LinkMarkup, LinkReading, Otherwise, PageSource, Route, Setup,
    SiteKind, Start, Survey,
    setup::{ignore_patterns, is_ignored},
};
use crate::{
    data::Node,
    markdown::DialectName,
    site::urls::{Mount, Preprocessed, RouteForm, join, parent},
    text::SlugStyle,
};

pub(super) static MKDOCS: GeneratorSupport = GeneratorSupport {
    kind: SiteKind::Mkdocs,
    configs: &["mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "zensical.toml"],
    variant: Some(("mkdocs-", ".yml")),
    is_config: |_, _| true,
    sign: |_| None,
    dialects: &[DialectName::Templates, DialectName::Mkdocs],
    setup,
};

#[derive(Debug)]
struct Mkdocs {
    docs: Box<str>,
    /// What the config leaves out, and what it keeps out of the published site.
    excluded: Gitignore,
    drafts: Gitignore,
    languages: Option<Languages>,
    /// The blogs of Material's plugin.
    blogs: Vec<Blog>,
    /// The folder of the site's own theme, whose files are published with those of the pages.
    theme: Option<Box<str>>,
    /// Whether links that begin with `/` name files.
    has_rooted_links: bool,
    /// Whether a plugin makes pages that no file tells of.
    has_other_pages: bool,
    /// Whether a script puts the site together elsewhere before it is built, so that its files may have other places.
    is_assembled: bool,
}

/// The value of a key in the config or in one that it builds on.
fn inherited(setup: &Setup<'_>) -> Vec<Node> {
    // Zensical has the same settings in a table.
    let own = |root: Node| root.get("project").cloned().unwrap_or(root);
    let mut parts: Vec<Node> = setup.root().map(own).into_iter().collect();
    let mut path = setup.config.unwrap_or_default().to_owned();
    while parts.len() < MAX_PARENTS
        && let Some(base) = parts.last().and_then(|root| root.get("INHERIT")).and_then(Node::text)
        && let Some(above) = join(parent(&path), base)
        && let Some(root) =
            setup.project.text(&above).and_then(|text| super::setup::tree_of(&above, &text).root)
    {
        path = above;
        parts.push(root);
    }
    parts
}

/// The most configs that may build on each other.
const MAX_PARENTS: usize = 8;

/// A plugin, which is a name or a name with its settings.
fn plugin<'n>(plugins: &'n Node, name: &str) -> Option<&'n Node> {
    plugins
        .self_or_items()
        .iter()
        .find_map(|it| if it.text() == Some(name) { Some(it) } else { it.get(name) })
}

/// Plugins that change where pages are or make more of them.
const EXTRA: [&str; 8] = [
    "awesome-pages",
    "gen-files",
    "monorepo",
    "multirepo",
    "mkdocstrings",
    "literate-nav",
    "macros",
    "api-autonav",
];

/// Extensions of Python-Markdown that turn bare URLs into links.
const AUTOLINKS: [&str; 3] = ["pymdownx.magiclink", "mdx_linkify", "urlize"];

fn setup(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    setup.defaults(&[("docs", "")], &["docs"], RouteForm::Slash, SlugStyle::Mkdocs);
    let parts = inherited(setup);
    let get = |key: &str| parts.iter().find_map(|part| part.get(key));
    let text = |key: &str| get(key).and_then(Node::text);
    setup.url(text("site_url"), None);
    if let Some(folder) = text("docs_dir") {
        setup.source(folder);
    }
    if get("use_directory_urls").and_then(Node::as_bool) == Some(false) {
        setup.form(RouteForm::Html);
    }
    let plugins = get("plugins");
    // A config adds its plugins to those of the one that it builds on.
    let all = || parts.iter().filter_map(|part| part.get("plugins"));
    let find = |name: &str| all().find_map(|plugins| plugin(plugins, name));
    let links = get("validation")
        .and_then(|it| it.get("absolute_links").or_else(|| it.get("links")?.get("absolute_links")));
    let docs = setup.layout.content.first().map(|mount| mount.folder.clone()).unwrap_or_default();
    let theme = get("theme");
    let custom = theme.and_then(|theme| setup.path(theme.get("custom_dir")?.text()?));
    // MkDocs does not build without the folder.
    let is_assembled = custom.as_ref().is_some_and(|folder| setup.project.names(folder).is_empty());
    let it = Mkdocs {
        excluded: ignore_patterns(&[".*", "/templates/"], text("exclude_docs").unwrap_or_default()),
        drafts: ignore_patterns(&[], text("draft_docs").unwrap_or_default()),
        languages: find("i18n").and_then(languages),
        blogs: blogs(plugins),
        theme: custom.map(Into::into),
        has_rooted_links: links.and_then(Node::text) == Some("relative_to_docs"),
        has_other_pages: EXTRA
            .iter()
            .any(|name| *name != "awesome-pages" && *name != "literate-nav" && find(name).is_some())
            || get("hooks").is_some()
            || is_assembled,
        is_assembled,
        docs,
    };
    setup.layout.statics.extend(it.theme.clone());
    setup.layout.copied = it.files();
    setup.default_language(theme.and_then(|theme| theme.get("language")?.text()));
    let translated = find("i18n").and_then(|i18n| i18n.get("languages")).map_or(&[][..], Node::items).iter();
    setup.layout.languages.tags =
        translated.filter_map(|it| Some(it.get("locale")?.text()?.into())).collect();
    take_extensions(setup, get("markdown_extensions"));
    let has_plugin = |name: &&str| find(name).is_some();
    setup.layout.preprocessed =
        if get("hooks").is_some() || ["mkdocstrings", "autorefs"].iter().any(has_plugin) {
            Preprocessed::All
        } else if has_plugin(&"macros") {
            Preprocessed::Marked
        } else {
            Preprocessed::None
        };
    if let Some(maps) = find("redirects").and_then(|it| it.get("redirect_maps")) {
        add_redirects(setup, maps);
    }
    Arc::new(it)
}

/// What extensions of Python-Markdown make of URLs and headings.
fn take_extensions(setup: &mut Setup<'_>, all: Option<&Node>) {
    let extension = |name: &str| all.and_then(|all| plugin(all, name));
    if AUTOLINKS.iter().any(|name| extension(name).is_some()) {
        setup.layout.autolinks = Some(true);
    }
    let headings = extension("toc").or_else(|| extension("markdown.extensions.toc"));
    if let Some(style) = headings.and_then(heading_slugs) {
        setup.layout.slugs = style;
        setup.says("slugs");
    }
}

/// The pairs of files of the plugin for redirects.
fn add_redirects(setup: &mut Setup<'_>, maps: &Node) {
    let form = setup.layout.route_form;
    let pairs: Vec<(String, String)> = super::setup::texts(Some(maps))
        .into_iter()
        .map(|(from, to)| (route_of(&from, form), route_of(&to, form)))
        .collect();
    setup.redirects(pairs.iter().map(|(from, to)| (from.as_str(), to.as_str())));
}

/// How anchors are made, by the settings of the extension that makes them; `None` as by default.
fn heading_slugs(settings: &Node) -> Option<SlugStyle> {
    let separator = settings.get("separator").and_then(Node::text).unwrap_or("-");
    let function = settings.get("slugify");
    match (function, separator) {
        (None, "-") => None,
        (None, "_") => Some(SlugStyle::MkdocsUnderscore),
        (Some(function), "-") => Some(own_slugs(function)),
        _ => Some(SlugStyle::None),
    }
}

/// What a function makes that the config names: `!!python/object/apply:pymdownx.slugs.slugify` with options.
fn own_slugs(function: &Node) -> SlugStyle {
    let option = |key: &str| function.get("kwds").and_then(|options| options.get(key)?.text());
    let is_known = function.tag.as_deref().is_some_and(|tag| tag.ends_with(":pymdownx.slugs.slugify"));
    match option("case") {
        Some("lower") if is_known && option("normalize").is_none() => SlugStyle::Pymdownx,
        Some("lower") => SlugStyle::Any,
        _ => SlugStyle::None,
    }
}

impl Mkdocs {
    /// Whether a file has a language in its name that its path begins with: `img/a.fr.png` for `/fr/img/a.png`.
    fn has_translated_file(&self, path: &str, survey: &Survey<'_>) -> bool {
        let parts = path.trim_start_matches('/').split_once('/');
        parts.is_some_and(|(code, rest)| {
            let named = rest.rsplit_once('.').map(|(stem, ending)| format!("{stem}.{code}.{ending}"));
            named.and_then(|name| join(&self.docs, &name)).is_some_and(|file| survey.has_file(&file))
        })
    }
}

/// Files that it or a usual plugin makes.
const FILES: [&str; 6] =
    ["/404", "/404.html", "/sitemap.xml", "/search", "/search/search_index.json", "/tags.json"];

/// The path of a page by the path of its file.
fn route_of(file: &str, form: RouteForm) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem).trim_start_matches('/');
    let is_index =
        stem == "index" || stem.ends_with("/index") || stem == "README" || stem.ends_with("/README");
    if is_index {
        return format!("/{}", &stem[..stem.len() - stem.rsplit('/').next().map_or(0, str::len)]);
    }
    super::source::formed(form, &format!("/{stem}"))
}

impl Mkdocs {
    /// The folders of files of the languages.
    fn files(&self) -> Vec<Mount> {
        self.languages.as_ref().map(|languages| languages.files(&self.docs)).unwrap_or_default()
    }

    /// The blog that a page is a post of.
    fn blog(&self, page: &PageSource<'_>) -> Option<&Blog> {
        self.blogs.iter().find(|blog| blog.has(page))
    }
}

/// What the files of the usual themes begin with: MkDocs reads links to them as links to files of the site.
const THEME_FILES: [&str; 4] = ["img/favicon.ico", "img/grid.png", "assets/images/", "assets/stylesheets/"];

impl Generator for Mkdocs {
    fn route(&self, page: &PageSource<'_>) -> Option<Route> {
        if is_ignored(&self.excluded, page.below) {
            return None;
        }
        let is_published = !is_ignored(&self.drafts, page.below);
        if let Some(blog) = self.blog(page) {
            let draft = page.flag("draft") == Some(true);
            let is_dated = page.root.is_some_and(|root| root.get("date").is_some());
            // The title may be that of the first heading.
            let route =
                blog.post(page).map(Route::at).or_else(|| is_dated.then(|| Route::open(&blog.path())));
            return route.map(|route| route.published(is_published && !draft));
        }
        let (bare, code) =
            self.languages.as_ref().map_or_else(|| (page.below.to_owned(), None), |it| it.split(page.below));
        let is_readme = page.stem() == "README";
        if is_readme && page.has_sibling("index.md") {
            return None;
        }
        let path = route_of(&bare, page.layout.route_form);
        let prefix = self.languages.as_ref().map_or_else(String::new, |it| it.prefix(code));
        let mut route = Route::at(format!("{prefix}{path}")).published(is_published);
        if let Some(languages) = self
            .languages
            .as_ref()
            .filter(|it| it.falls_back && prefix.is_empty() && code.is_none_or(|code| *code == *it.default))
        {
            route.others = languages.others.iter().map(|code| format!("/{code}{path}")).collect();
        }
        Some(route)
    }

    fn reads(&self, link: &GeneratorLink<'_>) -> LinkReading {
        let folder = parent(link.from);
        let path = link.path.trim_end_matches('/');
        let is_page =
            [".md", ".markdown", ".mdown", ".mkdn", ".mkd"].iter().any(|ending| path.ends_with(ending));
        let base = match link.start {
            Start::Page => folder,
            _ if self.has_rooted_links => &*self.docs,
            _ => return LinkReading::Url,
        };
        // What names a folder is left as it is, and so is HTML.
        if link.markup == LinkMarkup::Html
            || link.path.is_empty()
            || path != link.path && !is_page
            || !path.rsplit('/').next().is_some_and(|name| name.contains('.') && name != "." && name != "..")
        {
            return LinkReading::Url;
        }
        let Some(file) = join(base, path) else { return LinkReading::Url };
        let below = file.strip_prefix(&format!("{}/", self.docs));
        if below.is_none() && !self.docs.is_empty() {
            return match is_page {
                _ if self.is_assembled => LinkReading::Unknown,
                true => LinkReading::Files(vec![], Otherwise::Missing),
                false => LinkReading::Url,
            };
        }
        let mut files = match (&self.languages, below) {
            (Some(languages), Some(below)) => {
                let here = link.from.strip_prefix(&format!("{}/", self.docs)).unwrap_or(link.from);
                let found = languages.files_of_link(here, below);
                found.iter().filter_map(|file| join(&self.docs, file)).collect()
            }
            _ => vec![file.clone()],
        };
        let is_left_out = |file: &String| {
            let below = file.strip_prefix(&*self.docs).unwrap_or(file).trim_start_matches('/');
            is_ignored(&self.excluded, below)
        };
        files.retain(|file| !is_left_out(file));
        let of_theme = self.theme.as_deref().filter(|_| !is_page).zip(below);
        files.extend(of_theme.and_then(|(theme, below)| join(theme, below)));
        let is_of_theme = || below.is_some_and(|below| THEME_FILES.iter().any(|it| below.starts_with(it)));
        LinkReading::Files(
            files,
            match is_page {
                _ if self.is_assembled => Otherwise::Unknown,
                true => Otherwise::Missing,
                false if is_of_theme() => Otherwise::Unknown,
                false => Otherwise::Url,
            },
        )
    }

    fn publishes_files(&self) -> bool {
        true
    }

    fn bundles_files(&self, _: &str) -> bool {
        false
    }

    fn prefers_files(&self) -> bool {
        true
    }

    fn may_make(&self, path: &str, survey: &Survey<'_>) -> bool {
        let (written, path) = (path, path.trim_end_matches('/'));
        let bare = self
            .languages
            .as_ref()
            .and_then(|it| it.others.iter().find_map(|code| path.strip_prefix(&format!("/{code}"))));
        let path = bare.unwrap_or(path);
        let is_of_theme =
            |path: &str| THEME_FILES.iter().any(|it| path.trim_start_matches('/').starts_with(it));
        FILES.contains(&path)
            || is_of_theme(path)
            || bare.is_some() && self.has_translated_file(written, survey)
            || self.blogs.iter().any(|blog| blog.may_make(path))
            || self.has_other_pages
    }
}
