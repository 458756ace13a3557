//! VuePress, versions 1 and 2.

use std::sync::Arc;

use globset::GlobSet;

use super::{
    Generator, GeneratorLink, GeneratorSupport, LinkReading, Otherwise, PageSource, Route, Setup, SiteKind,
    Start, Survey,
    detect::RootCandidate,
    script::{Script, ScriptPart},
    setup::{globs, is_asset},
    source::ends_in,
};
use crate::{
    data::Node,
    markdown::DialectName,
    site::urls::{RouteForm, join, parent},
    text::SlugStyle,
};

pub(super) static VUEPRESS: GeneratorSupport = GeneratorSupport {
    kind: SiteKind::Vuepress,
    configs: &[
        ".vuepress/config.js",
        ".vuepress/config.ts",
        ".vuepress/config.mjs",
        ".vuepress/config.mts",
        ".vuepress/config.cjs",
        ".vuepress/config.cts",
        ".vuepress/config.yml",
        ".vuepress/config.toml",
        ".vuepress/config/index.js",
        ".vuepress/config/index.ts",
    ],
    variant: None,
    is_config: |_, _| true,
    sign,
    dialects: &[DialectName::Vitepress, DialectName::MathBlocks],
    setup,
};

/// It needs no config, but what belongs to a site is always in this folder.
fn sign(folder: &RootCandidate<'_>) -> Option<&'static str> {
    folder.has(".vuepress/").then_some(".vuepress")
}

/// Scripts in its folder that are read: a config may have parts, such as that of the theme.
const MAX_SCRIPTS: usize = 32;

/// Programs of a config and of plugins that make pages, or give them other paths, by rules of their own.
const MAKERS: [&str; 6] = [
    "additionalPages",
    "createPage(",
    "extendsPageOptions",
    "extendPageData",
    "plugin-redirect",
    "plugin-permalink",
];

/// The first parts of the paths of pages that plugins and themes for blogs make.
const BLOG_PARTS: [&str; 8] =
    ["tag", "tags", "category", "categories", "article", "timeline", "star", "page"];

#[derive(Debug)]
struct Vuepress {
    source: Box<str>,
    excluded: GlobSet,
    /// Whether a pattern of the config gives pages their paths.
    has_pattern: bool,
    /// Whether programs of the site may make pages, or give them other paths.
    makes_pages: bool,
    /// Whether the theme makes a page for each folder.
    lists_folders: bool,
}

fn setup(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    setup.defaults(&[("", "")], &[".vuepress/public"], RouteForm::Html, SlugStyle::Vitepress);
    let data = setup.config.filter(|path| ends_in(path, &["yml", "toml"])).and_then(|_| setup.root());
    let script = Script::javascript(&if data.is_some() { String::new() } else { whole_text(setup) });
    let config = script.whole();
    let text = |key: &str| {
        let of_data = data.as_ref().and_then(|root| root.get(key)).and_then(Node::text);
        of_data.or_else(|| config.text(key)).map(str::to_owned)
    };
    let (host, base) = (text("hostname"), text("base"));
    // The name of a host may be written without a scheme.
    setup.url(host.as_deref().filter(|host| host.contains("://")), base.as_deref());
    setup.default_language(text("lang").as_deref());
    if config.mentions("clean-urls") || config.flag("cleanUrl") == Some(true) {
        setup.form(RouteForm::Bare);
    }
    // A function of the site's own makes the anchors.
    if config.mentions("slugify") {
        setup.layout.slugs = SlugStyle::Any;
        setup.says("slugs");
    }
    setup.template_ids(&[".vuepress/theme", ".vuepress/components", ".vuepress/layouts"], &["vue"]);
    let patterns = ["pagePatterns", "patterns"].into_iter().find_map(|key| config.block(key));
    let patterns = patterns.map(ScriptPart::strings).unwrap_or_default();
    let excluded = patterns.iter().filter_map(|pattern| pattern.strip_prefix('!'));
    let is_pattern = |key: &str| text(key).is_some_and(|path| path.contains(':'));
    Arc::new(Vuepress {
        source: setup.layout.root.clone(),
        excluded: globs(excluded),
        has_pattern: is_pattern("permalinkPattern") || is_pattern("permalink"),
        makes_pages: MAKERS.iter().any(|maker| config.mentions(maker)),
        lists_folders: config.mentions("theme-hope") || config.mentions("hopeTheme"),
    })
}

/// The config with the other scripts beside it.
fn whole_text(setup: &Setup<'_>) -> String {
    let mut text = setup.text.to_string();
    let config = setup.config.and_then(|path| path.rsplit_once('/')).map(|(_, name)| name);
    for folder in [".vuepress", ".vuepress/config"] {
        let names = setup.names(folder);
        let is_part = |name: &&String| {
            ends_in(name, &["js", "ts", "mjs", "mts", "cjs", "cts"])
                && config != Some(name.as_str())
                && !name.starts_with("client.")
        };
        let parts = names.iter().filter(is_part).take(MAX_SCRIPTS);
        for part in parts.filter_map(|name| setup.read(&format!("{folder}/{name}"))) {
            text.push('\n');
            text.push_str(&part);
        }
    }
    text
}

/// Whether a file with this name, without its extension, is the page of its folder.
fn is_index(stem: &str) -> bool {
    stem.eq_ignore_ascii_case("readme") || stem.eq_ignore_ascii_case("index")
}

/// The files that may be the page of a folder.
fn indices(folder: &str) -> impl Iterator<Item = String> + use<'_> {
    let names = ["README.md", "index.md", "readme.md", "Readme.md"];
    names.into_iter().filter_map(move |name| join(folder, name))
}

impl Generator for Vuepress {
    fn route(&self, page: &PageSource<'_>) -> Option<Route> {
        if self.excluded.is_match(page.below) || page.folders().any(is_of_program) {
            return None;
        }
        let folder = page.folder_path();
        let stem = page.stem();
        let regular =
            if is_index(stem) { format!("{folder}/") } else { page.formed(&format!("{folder}/{stem}")) };
        let own = page.text("permalink").map(|own| own.trim_start_matches('/'));
        let is_of_blog = page.folders().any(|folder| folder == "_posts");
        Some(match own {
            Some(own) if own.contains(':') => Route::open("/"),
            Some(own) => {
                let bare = format!("/{own}");
                let is_whole = own.is_empty() || own.ends_with('/') || ends_in(own, &["html"]);
                let canonical = if is_whole { bare.clone() } else { format!("{bare}/") };
                Route { others: vec![bare, regular], ..Route::at(canonical) }
            }
            None if self.has_pattern || is_of_blog => Route::open("/"),
            None => Route::at(regular),
        })
    }

    /// Links name files, or the paths that these have unless they choose others; what has no extension is left to the
    /// browser, and the program that runs there finds the page.
    fn reads(&self, link: &GeneratorLink<'_>) -> LinkReading {
        let name = link.path.rsplit('/').next().unwrap_or_default();
        let ending = name.rsplit_once('.').map(|(_, ending)| ending);
        if ending.is_some_and(|ending| !matches!(ending, "md" | "html") && is_asset(ending)) {
            return LinkReading::Url;
        }
        let base = if link.start == Start::Page { parent(link.from) } else { &*self.source };
        let Some(target) = join(base, link.path) else { return LinkReading::Url };
        let page = target.strip_suffix(".md").or_else(|| target.strip_suffix(".html"));
        let is_folder = name.is_empty() || matches!(name, "." | "..");
        let files: Vec<String> = match page {
            // Version 1 finds the page in place of a folder that is not there.
            _ if is_folder => indices(&target).chain([format!("{target}.md")]).collect(),
            Some(stem) if is_index(stem.rsplit('/').next().unwrap_or_default()) => {
                indices(parent(stem)).collect()
            }
            Some(stem) => vec![format!("{stem}.md")],
            None => std::iter::once(format!("{target}.md")).chain(indices(&target)).collect(),
        };
        LinkReading::Files(files, if self.makes_pages { Otherwise::Unknown } else { Otherwise::Url })
    }

    fn page_endings(&self) -> &'static [&'static str] {
        &["vue"]
    }

    fn prefers_files(&self) -> bool {
        true
    }

    fn may_make(&self, path: &str, _: &Survey<'_>) -> bool {
        let first = path.split('/').nth(1).unwrap_or_default();
        self.makes_pages
            || self.lists_folders && path.ends_with('/')
            || BLOG_PARTS.contains(&first)
            || matches!(path, "/404.html" | "/sitemap.xml")
    }
}

/// Whether a folder belongs to the program and has no pages.
fn is_of_program(folder: &str) -> bool {
    matches!(folder, ".vuepress" | "node_modules")
}
