//! The names of the generators.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::front_matter::{BareLines, FrontMatterSearch};

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
    /// MkDocs.
    Mkdocs,
    /// Docusaurus, version 2 and later.
    Docusaurus,
    /// mdBook.
    Mdbook,
    /// Astro, with or without Starlight.
    Astro,
    /// VitePress.
    Vitepress,
    /// VuePress.
    Vuepress,
    /// Eleventy.
    Eleventy,
    /// Next.js, with Nextra or Fumadocs.
    Next,
    /// Hexo.
    Hexo,
    /// Zola.
    Zola,
    /// Pelican.
    Pelican,
    /// Sphinx with `MyST`.
    Sphinx,
    /// Nuxt Content.
    Nuxt,
    /// Docsify.
    Docsify,
    /// Mintlify.
    Mintlify,
    /// Quarto.
    Quarto,
    /// Franklin.
    Franklin,
    /// GitBook.
    Gitbook,
    /// No generator: the files are read as they are, such as on GitHub.
    Plain,
}

impl SiteKind {
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
            Self::Vuepress => "vuepress",
            Self::Eleventy => "eleventy",
            Self::Next => "next",
            Self::Hexo => "hexo",
            Self::Zola => "zola",
            Self::Pelican => "pelican",
            Self::Sphinx => "sphinx",
            Self::Nuxt => "nuxt",
            Self::Docsify => "docsify",
            Self::Mintlify => "mintlify",
            Self::Quarto => "quarto",
            Self::Franklin => "franklin",
            Self::Gitbook => "gitbook",
            Self::Plain => "plain",
        }
    }

    /// Whether a bundler reads the destinations in pages, for which folders may have names such as `@assets`.
    pub const fn has_aliases(self) -> bool {
        matches!(
            self,
            Self::Docusaurus
                | Self::Vitepress
                | Self::Vuepress
                | Self::Astro
                | Self::Gatsby
                | Self::Next
                | Self::Nuxt
        )
    }

    /// Whether the page of a folder is a file in that folder even where other pages are files beside it, `tides/index.html` and
    /// never `tides.html`, and no program in the browser finds one by the name of the other.
    pub const fn writes_folders(self) -> bool {
        matches!(self, Self::Jekyll | Self::Mkdocs | Self::Mdbook | Self::Hexo | Self::Pelican)
    }

    /// How it looks for front matter. Most end it at three hyphens, whatever follows them.
    pub const fn front_matter_search(self) -> FrontMatterSearch {
        FrontMatterSearch {
            skips_blank_lines: matches!(self, Self::Hugo | Self::Zola | Self::Astro),
            needs_exact_end: matches!(self, Self::Jekyll | Self::Mkdocs | Self::Pelican | Self::Zola),
            bare_lines: match self {
                Self::Mkdocs => BareLines::OrYaml,
                Self::Pelican => BareLines::Only,
                _ => BareLines::Text,
            },
        }
    }

    /// Whether its editor puts a backslash before signs of bare URLs, and takes it away when it reads them.
    pub const fn escapes_bare_urls(self) -> bool {
        matches!(self, Self::Gitbook)
    }

    /// Whether its Markdown engine turns bare URLs into links by default, as GitHub's does; `None` where there is none.
    pub const fn makes_autolinks(self) -> Option<bool> {
        match self {
            Self::Hugo
            | Self::Docusaurus
            | Self::Vitepress
            | Self::Vuepress
            | Self::Astro
            | Self::Gatsby
            | Self::Next
            | Self::Hexo
            | Self::Nuxt
            | Self::Docsify
            | Self::Mintlify => Some(true),
            Self::Jekyll
            | Self::Mkdocs
            | Self::Mdbook
            | Self::Eleventy
            | Self::Zola
            | Self::Pelican
            | Self::Sphinx => Some(false),
            Self::Quarto | Self::Franklin | Self::Gitbook | Self::Plain => None,
        }
    }
}
