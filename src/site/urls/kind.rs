//! What makes a site of the pages, and what follows from that unless the config says otherwise.

use schemars::JsonSchema;
use serde::Deserialize;

use super::layout::{Mount, RouteForm};
use crate::text::SlugStyle;

/// Site generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SiteKind {
    /// Gatsby, with pages in `src/pages`.
    Gatsby,
    /// Hugo.
    Hugo,
    /// Jekyll, as configured by GitHub Pages.
    Jekyll,
    /// `MkDocs`.
    Mkdocs,
    /// Docusaurus, version 2 and later.
    Docusaurus,
    /// mdBook.
    Mdbook,
    /// Astro.
    Astro,
    /// `VitePress`.
    Vitepress,
    /// No generator: the files are read as they are, such as on GitHub.
    Plain,
}

impl SiteKind {
    /// All kinds that have a config file, in the order in which they are looked for.
    pub const DETECTED: [Self; 8] = [
        Self::Gatsby,
        Self::Docusaurus,
        Self::Astro,
        Self::Vitepress,
        Self::Hugo,
        Self::Mkdocs,
        Self::Mdbook,
        Self::Jekyll,
    ];

    /// The name in the config.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gatsby => "gatsby",
            Self::Hugo => "hugo",
            Self::Jekyll => "jekyll",
            Self::Mkdocs => "mkdocs",
            Self::Docusaurus => "docusaurus",
            Self::Mdbook => "mdbook",
            Self::Astro => "astro",
            Self::Vitepress => "vitepress",
            Self::Plain => "plain",
        }
    }

    /// The files that give it away, relative to the site's root.
    pub const fn config_files(self) -> &'static [&'static str] {
        match self {
            Self::Gatsby => &["gatsby-config.js", "gatsby-config.ts", "gatsby-config.mjs"],
            Self::Hugo => &["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml"],
            Self::Jekyll => &["_config.yml", "_config.yaml", "_config.toml"],
            Self::Mkdocs => &["mkdocs.yml", "mkdocs.yaml"],
            Self::Docusaurus => &["docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs"],
            Self::Mdbook => &["book.toml"],
            Self::Astro => &["astro.config.mjs", "astro.config.ts", "astro.config.js"],
            Self::Vitepress => &[
                ".vitepress/config.ts",
                ".vitepress/config.mts",
                ".vitepress/config.js",
                ".vitepress/config.mjs",
                "docs/.vitepress/config.ts",
                "docs/.vitepress/config.mts",
                "docs/.vitepress/config.js",
                "docs/.vitepress/config.mjs",
            ],
            Self::Plain => &[],
        }
    }

    /// Where its pages lie and at which path of the site each folder appears.
    pub(crate) fn content(self) -> Vec<Mount> {
        match self {
            Self::Gatsby => vec![Mount::new("src/pages", "")],
            Self::Hugo => vec![Mount::new("content", "")],
            Self::Mkdocs => vec![Mount::new("docs", "")],
            Self::Mdbook => vec![Mount::new("src", "")],
            Self::Docusaurus => {
                vec![Mount::new("docs", "/docs"), Mount::new("blog", "/blog"), Mount::new("src/pages", "")]
            }
            Self::Astro => vec![
                Mount::new("src/pages", ""),
                Mount::new("src/content/docs", ""),
                Mount::new("src/content", ""),
            ],
            Self::Jekyll | Self::Vitepress | Self::Plain => vec![Mount::new("", "")],
        }
    }

    /// The folders whose files appear at the root of the site as they are.
    pub(crate) const fn statics(self) -> &'static [&'static str] {
        match self {
            Self::Gatsby | Self::Hugo | Self::Docusaurus => &["static"],
            Self::Astro | Self::Vitepress => &["public"],
            Self::Mkdocs => &["docs"],
            Self::Mdbook => &["src"],
            Self::Jekyll | Self::Plain => &[""],
        }
    }

    /// What the path of a page looks like.
    pub(crate) const fn route_form(self) -> RouteForm {
        match self {
            Self::Gatsby | Self::Hugo | Self::Mkdocs => RouteForm::Slash,
            Self::Jekyll | Self::Mdbook => RouteForm::Html,
            Self::Docusaurus | Self::Astro | Self::Vitepress | Self::Plain => RouteForm::Any,
        }
    }

    /// How it makes anchors of headings.
    pub(crate) const fn slugs(self) -> SlugStyle {
        match self {
            // Gatsby's Markdown makes none by itself; a plugin does.
            Self::Gatsby => SlugStyle::None,
            Self::Hugo => SlugStyle::Hugo,
            Self::Jekyll => SlugStyle::Kramdown,
            Self::Mkdocs => SlugStyle::Mkdocs,
            Self::Docusaurus => SlugStyle::Docusaurus,
            Self::Mdbook => SlugStyle::Mdbook,
            Self::Vitepress => SlugStyle::Vitepress,
            Self::Astro | Self::Plain => SlugStyle::Github,
        }
    }

    /// Whether a link to a page's file, `other.md`, becomes one to its path on the site.
    pub const fn follows_source_links(self) -> bool {
        !matches!(self, Self::Gatsby | Self::Hugo | Self::Astro)
    }

    /// Whether files beside the pages appear beside them on the site.
    pub(crate) const fn serves_content_files(self) -> bool {
        matches!(self, Self::Hugo | Self::Jekyll | Self::Mkdocs | Self::Mdbook | Self::Plain)
    }

    /// Whether a path that begins with `/` may name a source file: `/guide/install.md`.
    pub(crate) const fn follows_rooted_source_links(self) -> bool {
        matches!(self, Self::Docusaurus | Self::Vitepress | Self::Mkdocs | Self::Plain)
    }

    /// Endings of files, besides Markdown, that become a page in a content folder.
    pub(crate) const fn page_endings(self) -> &'static [&'static str] {
        match self {
            Self::Gatsby | Self::Docusaurus => &["js", "jsx", "ts", "tsx", "mdx"],
            Self::Astro => &["astro", "mdx", "html"],
            Self::Hugo | Self::Jekyll => &["html"],
            Self::Mkdocs | Self::Mdbook | Self::Vitepress | Self::Plain => &[],
        }
    }

    /// Parts of the site that it, or a usual plugin, makes without a file.
    pub(crate) const fn generated(self) -> &'static [&'static str] {
        match self {
            Self::Hugo | Self::Jekyll | Self::Gatsby | Self::Astro => {
                &["/tags", "/categories", "/page", "/404", "/search"]
            }
            Self::Docusaurus => &["/blog", "/docs/tags", "/docs/category", "/search", "/404"],
            Self::Mkdocs | Self::Mdbook | Self::Vitepress => &["/404", "/search", "/print", "/tags"],
            Self::Plain => &[],
        }
    }
}
