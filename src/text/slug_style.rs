//! Which rules make the anchor of a heading from its text.

use schemars::JsonSchema;
use serde::Deserialize;

/// The site generator, or forge, whose rules make the anchors of headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SlugStyle {
    /// As GitHub, and most plugins that imitate it.
    #[default]
    Github,
    /// As GitLab.
    Gitlab,
    /// As Hugo.
    Hugo,
    /// As kramdown, Jekyll's Markdown.
    Kramdown,
    /// As the `toc` extension of Python-Markdown.
    Mkdocs,
    /// As mdBook.
    Mdbook,
    /// As `VitePress`.
    Vitepress,
    /// As Docusaurus.
    Docusaurus,
    /// Headings have no anchors.
    None,
}

impl SlugStyle {
    /// The name in the config.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Hugo => "hugo",
            Self::Kramdown => "kramdown",
            Self::Mkdocs => "mkdocs",
            Self::Mdbook => "mdbook",
            Self::Vitepress => "vitepress",
            Self::Docusaurus => "docusaurus",
            Self::None => "none",
        }
    }
}
