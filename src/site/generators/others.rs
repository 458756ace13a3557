//! Generators whose sites only their programs know, and sites without a generator.

use std::sync::Arc;

use super::{
    Generator, GeneratorLink, GeneratorSupport, LinkMarkup, LinkReading, Otherwise, PageSource, Route, Setup,
    SiteKind, Start, Survey, script::Script,
};
use crate::{
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
