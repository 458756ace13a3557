//! The names that dialects have in configs.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Dialect, Math, Parts, Template};

/// A dialect of Markdown, or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DialectName {
    /// GitHub Flavored Markdown, with the formulas of GitHub.
    Gfm,
    /// Hugo: shortcodes.
    Hugo,
    /// Liquid, as Jekyll and Eleventy have it.
    Liquid,
    /// Nunjucks and Jinja.
    Nunjucks,
    /// mdBook: `{{#include file}}`.
    Mdbook,
    /// VitePress: `{{ x }}`.
    Vitepress,
    /// Franklin: HTML between `~~~`, definitions in Julia between lines `+++`, `{{ x }}`, formulas.
    Franklin,
    /// Template syntax that hardly ever means anything else.
    Templates,
    /// Formulas: `$$` blocks, `$$x$$` and `$x$`.
    Math,
    /// Formulas as kramdown has them: `$$` blocks and `$$x$$`.
    Kramdown,
    /// Formulas in blocks alone.
    MathBlocks,
    /// Formulas between `\(` and `\)` and between `\[` and `\]`.
    TexMath,
    /// MDX: modules, expressions, elements.
    Mdx,
    /// MkDocs with the extensions of its Material theme: admonitions, details, tabs, definitions, snippets,
    /// attributes.
    Mkdocs,
    /// `!!!`, `???` and `===` with an indented body.
    Admonitions,
    /// `: text` below a term.
    Definitions,
    /// Containers between lines of colons.
    Directives,
    /// `--8<-- "file"`.
    Snippets,
    /// `{: .class}` and `{ #id }` on separate lines.
    Attributes,
    /// GitHub's alerts: `[!NOTE]` and four more types.
    Alerts,
    /// Wikilinks and embeds: `[[page]]`, `![[file]]`.
    Wikilinks,
    /// Comments between `%%` and `%%`.
    PercentComments,
    /// Markdown in HTML elements with the attribute `markdown`.
    MarkdownAttribute,
    /// Text that is indented by four columns is not code.
    NoIndentedCode,
    /// A link without text shows the title of its target.
    LinkTitles,
    /// Components of MDC, as Nuxt Content has them: data below `::name`, and attributes in braces.
    Mdc,
    /// Obsidian: wikilinks, comments, formulas.
    Obsidian,
    /// Pandoc and Quarto: directives, definitions, attributes, formulas.
    Pandoc,
    /// `MyST`: directives, definitions, attributes, links without text.
    Myst,
}

impl DialectName {
    /// Those that name one part, in the order in which they are shown.
    pub(super) const PARTS: [Self; 24] = [
        Self::Hugo,
        Self::Liquid,
        Self::Nunjucks,
        Self::Mdbook,
        Self::Vitepress,
        Self::Franklin,
        Self::Templates,
        Self::Math,
        Self::Kramdown,
        Self::MathBlocks,
        Self::TexMath,
        Self::Mdx,
        Self::Admonitions,
        Self::Definitions,
        Self::Directives,
        Self::Snippets,
        Self::Attributes,
        Self::Alerts,
        Self::Wikilinks,
        Self::PercentComments,
        Self::MarkdownAttribute,
        Self::NoIndentedCode,
        Self::LinkTitles,
        Self::Mdc,
    ];

    /// The name in the config.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gfm => "gfm",
            Self::Hugo => "hugo",
            Self::Liquid => "liquid",
            Self::Nunjucks => "nunjucks",
            Self::Mdbook => "mdbook",
            Self::Vitepress => "vitepress",
            Self::Franklin => "franklin",
            Self::Templates => "templates",
            Self::Math => "math",
            Self::Kramdown => "kramdown",
            Self::MathBlocks => "math-blocks",
            Self::TexMath => "tex-math",
            Self::Mdx => "mdx",
            Self::Mkdocs => "mkdocs",
            Self::Admonitions => "admonitions",
            Self::Definitions => "definitions",
            Self::Directives => "directives",
            Self::Snippets => "snippets",
            Self::Attributes => "attributes",
            Self::Alerts => "alerts",
            Self::Wikilinks => "wikilinks",
            Self::PercentComments => "percent-comments",
            Self::MarkdownAttribute => "markdown-attribute",
            Self::NoIndentedCode => "no-indented-code",
            Self::LinkTitles => "link-titles",
            Self::Mdc => "mdc",
            Self::Obsidian => "obsidian",
            Self::Pandoc => "pandoc",
            Self::Myst => "myst",
        }
    }

    /// The language of templates that it names.
    const fn template(self) -> Option<Template> {
        Some(match self {
            Self::Hugo => Template::Hugo,
            Self::Liquid => Template::Liquid,
            Self::Nunjucks => Template::Nunjucks,
            Self::Mdbook => Template::Mdbook,
            Self::Vitepress => Template::Vue,
            Self::Franklin => Template::Franklin,
            Self::Templates => Template::Common,
            _ => return None,
        })
    }

    /// The formulas that it names.
    const fn math(self) -> Option<Math> {
        Some(match self {
            Self::Gfm | Self::Math | Self::Obsidian | Self::Pandoc | Self::Franklin => Math::Dollars,
            Self::Kramdown => Math::Kramdown,
            Self::MathBlocks | Self::Mkdocs => Math::Blocks,
            _ => return None,
        })
    }

    /// The constructs that it names.
    const fn parts(self) -> Parts {
        match self {
            Self::TexMath => Parts::TEX,
            Self::Mdx => Parts::MDX,
            Self::Mkdocs => {
                let indented = Parts::ADMONITIONS.with(Parts::DEFINITIONS);
                let read = indented.with(Parts::SNIPPETS).with(Parts::ATTRIBUTES);
                read.with(Parts::LAST_DEFINITION).with(Parts::MARKDOWN_ATTRIBUTE)
            }
            Self::Kramdown => {
                let shown = Parts::DEFINITIONS.with(Parts::ATTRIBUTES);
                let read = shown.with(Parts::LAST_DEFINITION).with(Parts::EXTENSIONS);
                read.with(Parts::MARKDOWN_ATTRIBUTE)
            }
            Self::Hugo | Self::Mdbook => Parts::DEFINITIONS.with(Parts::ATTRIBUTES),
            Self::Vitepress => {
                let containers = Parts::DIRECTIVES.with(Parts::COLONS_IN_CODE);
                containers.with(Parts::ATTRIBUTES).with(Parts::ALERTS)
            }
            Self::Admonitions => Parts::ADMONITIONS,
            Self::Definitions => Parts::DEFINITIONS,
            Self::Directives => Parts::DIRECTIVES.with(Parts::COLONS_IN_CODE),
            Self::Snippets => Parts::SNIPPETS,
            Self::Attributes => Parts::ATTRIBUTES,
            Self::Gfm | Self::Alerts => Parts::ALERTS,
            Self::Wikilinks => Parts::WIKILINKS,
            Self::PercentComments => Parts::PERCENT_COMMENTS,
            Self::MarkdownAttribute => Parts::MARKDOWN_ATTRIBUTE,
            Self::NoIndentedCode => Parts::NO_INDENTED_CODE,
            Self::LinkTitles => Parts::LINK_TITLES,
            Self::Mdc => Parts::MDC,
            Self::Obsidian => Parts::WIKILINKS.with(Parts::PERCENT_COMMENTS),
            Self::Pandoc => Parts::DIRECTIVES.with(Parts::DEFINITIONS).with(Parts::ATTRIBUTES),
            Self::Myst => {
                let containers = Parts::DIRECTIVES.with(Parts::COLONS_IN_CODE).with(Parts::DEFINITIONS);
                containers.with(Parts::ATTRIBUTES).with(Parts::LINK_TITLES)
            }
            _ => Parts(0),
        }
    }
}

impl Dialect {
    /// The dialect extended by what a name means.
    #[must_use]
    pub fn with(self, name: DialectName) -> Self {
        Self {
            template: name.template().unwrap_or(self.template),
            math: name.math().unwrap_or(self.math),
            parts: self.parts.with(name.parts()),
        }
    }

    /// Whether it has what the name of a part means.
    pub fn has(self, name: DialectName) -> bool {
        match (name.template(), name.math()) {
            (Some(template), _) => template == self.template,
            (None, Some(math)) => math == self.math,
            (None, None) => self.parts.has(name.parts()),
        }
    }
}
