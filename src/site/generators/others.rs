//! Generators whose sites only their programs know, Zola, and sites without a generator.

use std::sync::Arc;

use globset::GlobSet;

use super::{
    Generator, GeneratorLink, GeneratorSupport, LinkMarkup, LinkReading, Otherwise, PageSource, Route, Setup,
    SiteKind, Start, Survey, detect::RootCandidate, script::Script, slugs, source::dated,
};
use crate::{
    data::Node,
    markdown::DialectName,
    site::urls::{RouteForm, join, parent},
    text::SlugStyle,
};

pub(super) static GATSBY: GeneratorSupport = GeneratorSupport {
    kind: SiteKind::Gatsby,
    configs: &["gatsby-config.js", "gatsby-config.ts", "gatsby-config.mjs", "gatsby-config.cjs"],
    variant: None,
    is_config: |_, _| true,
    sign: |_| None,
    dialects: PLAIN_DIALECTS,
    setup: gatsby,
};

pub(super) static NEXT: GeneratorSupport = GeneratorSupport {
    kind: SiteKind::Next,
    configs: &["next.config.js", "next.config.mjs", "next.config.ts", "next.config.cjs"],
    variant: None,
    is_config: |folder, _| ["nextra", FUMADOCS].iter().any(|name| folder.depends_on(name)),
    sign: |_| None,
    dialects: &[DialectName::Mdx, DialectName::MathBlocks, DialectName::Alerts],
    setup: next,
};

pub(super) static ZOLA: GeneratorSupport = GeneratorSupport {
    kind: SiteKind::Zola,
    configs: &["config.toml", "zola.toml"],
    variant: None,
    is_config: is_zola,
    sign: |_| None,
    dialects: PLAIN_DIALECTS,
    setup: zola,
};

/// Stands for a site without a generator.
pub(super) static PLAIN: GeneratorSupport = GeneratorSupport {
    kind: SiteKind::Plain,
    configs: &[],
    variant: None,
    is_config: |_, _| false,
    sign: |_| None,
    dialects: &[DialectName::Templates, DialectName::MathBlocks, DialectName::Alerts],
    setup: plain,
};

const PLAIN_DIALECTS: &[DialectName] = &[DialectName::Templates, DialectName::MathBlocks];

/// The package that every site of Fumadocs has.
const FUMADOCS: &str = "fumadocs-core";

/// Paths by folder and name; other things may be anywhere.
#[derive(Debug)]
struct ByName {
    kind: SiteKind,
    endings: &'static [&'static str],
}

fn gatsby(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    // Gatsby's Markdown makes no anchors by itself; a plugin does.
    setup.defaults(&[("src/pages", "")], &["static"], RouteForm::Slash, SlugStyle::None);
    let script = Script::javascript(&setup.text);
    let config = script.whole();
    setup.url(config.text("siteUrl"), config.text("pathPrefix"));
    setup.default_language(config.language());
    match config.text("trailingSlash") {
        Some("never") => setup.form(RouteForm::Bare),
        Some("ignore") => setup.form(RouteForm::Any),
        _ => {}
    }
    let is_changed = ["maintainCase", "removeAccents"].iter().any(|it| config.flag(it) == Some(true));
    if config.mentions("gatsby-remark-autolink-headers") && !is_changed {
        setup.layout.slugs = SlugStyle::Github;
        setup.says("slugs");
    }
    Arc::new(ByName { kind: SiteKind::Gatsby, endings: &["js", "jsx", "ts", "tsx", "mdx"] })
}

fn next(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    setup.defaults(
        &[("pages", ""), ("src/pages", ""), ("content", ""), ("src/content", "")],
        &["public"],
        RouteForm::Any,
        SlugStyle::Github,
    );
    // Components of Fumadocs make anchors, and headings have ids in a form of their own.
    if setup.read("package.json").is_some_and(|text| text.contains(FUMADOCS)) {
        setup.layout.slugs = SlugStyle::None;
        setup.says("slugs");
    }
    let script = Script::javascript(&setup.text);
    setup.url(None, script.whole().text("basePath"));
    setup.default_language(script.whole().language());
    Arc::new(ByName { kind: SiteKind::Next, endings: &["js", "jsx", "ts", "tsx", "mdx"] })
}

fn plain(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    setup.defaults(&[("", "")], &[""], RouteForm::Any, SlugStyle::Github);
    Arc::new(ByName { kind: SiteKind::Plain, endings: &[] })
}

impl Generator for ByName {
    fn route(&self, page: &PageSource<'_>) -> Option<Route> {
        let own = match self.kind {
            SiteKind::Gatsby => ["path", "slug", "permalink"].iter().find_map(|key| page.text(key)),
            _ => None,
        };
        let is_path = |path: &&str| !path.contains([':', '{']);
        if let Some(path) = own.filter(|path| path.starts_with('/') && is_path(path)) {
            return Some(Route::at(path.to_owned()));
        }
        // Programs of sites put the slash in front themselves.
        let permalink = page.text("permalink").filter(|path| self.kind == SiteKind::Gatsby && is_path(path));
        if let Some(path) = permalink.filter(|path| path.contains(['/', '.'])) {
            return Some(Route::at(format!("/{path}")));
        }
        let folder = format!("{}{}", page.mount.at, page.folder_path());
        let stem = page.stem();
        let is_index = match self.kind {
            SiteKind::Plain => stem.eq_ignore_ascii_case("readme") || matches!(stem, "index" | "_index"),
            _ => stem == "index",
        };
        Some(Route::at(if is_index {
            page.folder_route(&folder)
        } else {
            page.formed(&format!("{folder}/{stem}"))
        }))
    }

    fn reads(&self, link: &GeneratorLink<'_>) -> LinkReading {
        if self.kind == SiteKind::Gatsby {
            return LinkReading::Url;
        }
        let folder = parent(link.from);
        let base = if link.start == Start::Page { folder } else { &*link.layout.root };
        let otherwise = if self.kind == SiteKind::Plain { Otherwise::Missing } else { Otherwise::Url };
        LinkReading::Files(join(base, link.path).into_iter().collect(), otherwise)
    }

    fn page_endings(&self) -> &'static [&'static str] {
        self.endings
    }

    /// Links in MDX are components of Next.js.
    fn adds_base(&self, markup: LinkMarkup) -> bool {
        self.kind == SiteKind::Next && markup == LinkMarkup::Markdown
    }

    fn publishes_files(&self) -> bool {
        self.kind == SiteKind::Plain
    }

    fn may_make(&self, path: &str, _: &Survey<'_>) -> bool {
        let first = path.split('/').nth(1).unwrap_or_default();
        match self.kind {
            SiteKind::Plain => false,
            SiteKind::Gatsby => matches!(first, "tags" | "categories" | "page" | "404" | "search"),
            _ => true,
        }
    }
}

/// Hugo has a config of the same name, with `baseURL`.
fn is_zola(folder: &RootCandidate<'_>, path: &str) -> bool {
    let root = folder.read(path).and_then(|text| super::setup::tree_of(path, &text).root);
    path == "zola.toml" || root.is_some_and(|root| root.get("base_url").is_some())
}

#[derive(Debug)]
struct Zola {
    content: Box<str>,
    /// Files that the config leaves out.
    ignored: GlobSet,
    languages: Vec<Box<str>>,
}

fn zola(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    setup.defaults(&[("content", "")], &["static"], RouteForm::Slash, SlugStyle::Any);
    let root = setup.root();
    let get = |key: &str| root.as_ref().and_then(|root| root.get(key));
    setup.url(get("base_url").and_then(Node::text), None);
    setup.default_language(get("default_language").and_then(Node::text));
    let languages = get("languages").map_or(&[][..], Node::entries).iter();
    let languages = languages.filter_map(|entry| Some(entry.key.text()?.into())).collect();
    let ignored = get("ignored_content").map_or(&[][..], Node::items).iter().filter_map(Node::text);
    let ignored = super::setup::loose_globs(ignored);
    setup.template_ids(&["templates", "themes/*/templates"], &["html"]);
    Arc::new(Zola { content: setup.path("content").unwrap_or_default().into(), ignored, languages })
}

impl Generator for Zola {
    fn route(&self, page: &PageSource<'_>) -> Option<Route> {
        // The patterns are for whole paths.
        if self.ignored.is_match(format!("/{}", page.path)) {
            return None;
        }
        let is_published = page.flag("draft") != Some(true);
        if let Some(path) = page.text("path") {
            return Some(Route::at(format!("/{}/", path.trim_matches('/'))).published(is_published));
        }
        let stem = page.stem();
        let code = stem.rsplit_once('.').filter(|(_, code)| self.languages.iter().any(|it| **it == **code));
        let (stem, prefix) = code.map_or((stem, String::new()), |(stem, code)| (stem, format!("/{code}")));
        let folders: Vec<String> = page.folders().map(slugs::jekyll).collect();
        let folder: String = folders.iter().flat_map(|folder| ["/", folder]).collect();
        let stem = dated(stem).map_or(stem, |(_, rest)| rest);
        let path = match (stem, page.text("slug")) {
            ("_index", _) | ("index", None) => folder,
            ("index", Some(slug)) => {
                format!("{}/{slug}", parent(&folder))
            }
            (stem, slug) => format!("{folder}/{}", slug.map_or_else(|| slugs::jekyll(stem), str::to_owned)),
        };
        Some(Route::at(format!("{prefix}{path}/")).published(is_published))
    }

    /// `@/` is the folder of pages.
    fn reads(&self, link: &GeneratorLink<'_>) -> LinkReading {
        match link.start {
            Start::Content => {
                LinkReading::Files(join(&self.content, link.path).into_iter().collect(), Otherwise::Missing)
            }
            _ => LinkReading::Url,
        }
    }

    fn publishes_files(&self) -> bool {
        true
    }

    fn may_make(&self, path: &str, _: &Survey<'_>) -> bool {
        let first = path.split('/').nth(1).unwrap_or_default();
        path.contains("/page/")
            || matches!(
                first,
                "tags"
                    | "categories"
                    | "authors"
                    | "404.html"
                    | "rss.xml"
                    | "atom.xml"
                    | "sitemap.xml"
                    | "robots.txt"
            )
    }

    fn old_paths_key(&self) -> Option<&'static str> {
        Some("aliases")
    }
}
