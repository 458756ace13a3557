//! The dialects that sites are written in: what a page has beyond Markdown, and how the parser is kept from reading it.
//!
//! The parser reads a text of the same length, in which templates, formulas and the like are masked. So every span of
//! the tree is an offset into the file, and nothing in the tree comes from what is not Markdown.

mod admonition;
mod alert;
mod attribute;
mod cache;
mod code_sections;
mod comment;
mod component;
mod destination;
mod fence_info;
mod fenced_container;
mod franklin;
mod html_body;
mod indent;
mod lines;
mod live_fence;
mod loose_fence;
mod mask;
mod math;
mod mdc;
mod mdx;
mod name;
mod overlay;
mod pandoc;
mod python_markdown;
mod raw_html;
mod shared;
mod snippet;
mod spared;
mod template;
mod weave;
mod wikilink;

use std::path::Path;

use crate::text::{is_mdx, utf8};

pub use alert::unknown_alert_type;
pub(super) use attribute::value_in_braces;
pub(super) use cache::Next;
use code_sections::CodeSections;
pub(super) use fenced_container::LITERAL_IN_MYST;
pub use name::DialectName;
pub(super) use overlay::IsComment;
pub use overlay::{Head, Island, IslandKind, Overlay};
pub use shared::SharedDefinitions;
pub(super) use weave::{use_last_definitions, weave};

/// What a page has beyond Markdown. The default is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Dialect {
    template: Template,
    math: Math,
    parts: Parts,
}

/// A language of templates. Its constructs are expanded before the Markdown is read, in code and comments too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
enum Template {
    /// None.
    #[default]
    None,
    /// What hardly ever means anything else, within a paragraph and outside of code: `{{< x >}}`, `{{% x %}}`,
    /// `{% x %}`, `{{ x }}`.
    Common,
    /// Liquid: `{{ x }}`, `{% x %}`.
    Liquid,
    /// Nunjucks and Jinja: Liquid's, and `{# x #}`.
    Nunjucks,
    /// The shortcodes of Hugo: `{{< x >}}`, `{{% x %}}`.
    Hugo,
    /// The preprocessors of mdBook: `{{#include x}}`.
    Mdbook,
    /// The interpolations of Vue: `{{ x }}`.
    Vue,
    /// Franklin: `~~~HTML~~~`, definitions between lines `+++`, `{{ x }}`.
    Franklin,
}

/// How formulas are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
enum Math {
    /// There are none.
    #[default]
    None,
    /// Blocks between `$$` at the start of a line and `$$` at the end of one, and what looks like TeX between `$` and
    /// `$` in a line, which a script in the page may read.
    Blocks,
    /// The same, and `$$x$$` in a line, as kramdown has it.
    Kramdown,
    /// Blocks, `$$x$$` and `$x$` in a line, as GitHub has it.
    Dollars,
    /// The same without GitHub's conditions for the characters next to a `$`, as markdownlint has it.
    Markdownlint,
}

/// A set of constructs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
struct Parts(u32);

impl Parts {
    /// `\(x\)` and `\[x\]`.
    const TEX: Self = Self(1);
    /// Templates are read as text; only fixes spare them.
    const TEMPLATES_READ: Self = Self(1 << 1);
    /// MDX: modules, expressions, elements; no indented code.
    const MDX: Self = Self(1 << 2);
    /// `!!!`, `???` and `===` with an indented body.
    const ADMONITIONS: Self = Self(1 << 3);
    /// `: text` below a term.
    const DEFINITIONS: Self = Self(1 << 4);
    /// Containers between lines of colons.
    const DIRECTIVES: Self = Self(1 << 5);
    /// `--8<-- "file"`, and blocks of such files.
    const SNIPPETS: Self = Self(1 << 6);
    /// `{: .class}` and `{ #id }` on separate lines.
    const ATTRIBUTES: Self = Self(1 << 7);
    /// Alerts of GitHub's five types and no others.
    const ALERTS: Self = Self(1 << 8);
    /// `[[page]]` and `![[file]]`.
    const WIKILINKS: Self = Self(1 << 9);
    /// `%% comment %%`.
    const PERCENT_COMMENTS: Self = Self(1 << 10);
    /// Of definitions with one label the last counts.
    const LAST_DEFINITION: Self = Self(1 << 11);
    /// `{::comment}` and `{::nomarkdown}`.
    const EXTENSIONS: Self = Self(1 << 12);
    /// A line of colons closes a directive within code, too.
    const COLONS_IN_CODE: Self = Self(1 << 13);
    /// Text that is indented by four columns is not code.
    const NO_INDENTED_CODE: Self = Self(1 << 14);
    /// Markdown in HTML elements with the attribute `markdown`.
    const MARKDOWN_ATTRIBUTE: Self = Self(1 << 15);
    /// A link without text shows the title of its target.
    const LINK_TITLES: Self = Self(1 << 16);
    /// The content of all HTML elements is Markdown.
    const READS_HTML: Self = Self(1 << 17);
    /// Code fences may have any text after them.
    const RELAXED_FENCES: Self = Self(1 << 18);
    /// No templates are evaluated in code fences.
    const PLAIN_FENCES: Self = Self(1 << 19);
    /// Components of MDC: two colons are enough, data below the first line, and attributes in braces.
    const MDC: Self = Self(1 << 20);
    /// The title of a container may follow its name without brackets.
    const PLAIN_TITLES: Self = Self(1 << 21);

    /// Whether it has one of some parts.
    const fn has(self, part: Self) -> bool {
        self.0 & part.0 != 0
    }

    const fn with(self, part: Self) -> Self {
        Self(self.0 | part.0)
    }
}

/// A family of engines that read Markdown alike where the specification leaves no doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// Those that follow CommonMark and GitHub Flavored Markdown.
    CommonMark,
    /// kramdown.
    Kramdown,
    /// Python-Markdown.
    PythonMarkdown,
}

impl Dialect {
    /// What is read where nothing is known of a site.
    pub const UNKNOWN: Self = Self { template: Template::Common, math: Math::Blocks, parts: Parts::ALERTS };

    /// The dialect with these names; of two languages of templates the last counts.
    pub fn named(names: impl IntoIterator<Item = DialectName>) -> Self {
        names.into_iter().fold(Self::default(), Self::with)
    }

    /// The dialect in a file with this name: a page in MDX has no templates.
    #[must_use]
    pub fn for_file(self, path: &Path) -> Self {
        if !is_mdx(path) {
            return self;
        }
        Self { template: Template::None, parts: self.parts.with(Parts::MDX), ..self }
    }

    /// The dialect with Markdown in all HTML elements.
    #[must_use]
    pub const fn with_markdown_in_html(self) -> Self {
        Self { parts: self.parts.with(Parts::READS_HTML), ..self }
    }

    /// Whether the content of HTML elements is read as Markdown.
    pub const fn reads_markdown_in_html(self) -> bool {
        self.parts.has(Parts::READS_HTML)
    }

    /// The dialect with titles of containers that follow their names without brackets.
    #[must_use]
    pub const fn with_plain_titles(self) -> Self {
        Self { parts: self.parts.with(Parts::PLAIN_TITLES), ..self }
    }

    /// The engine that the dialect is known from.
    pub const fn engine(self) -> Engine {
        match self.math {
            // markdownlint knows one engine.
            _ if self.parts.has(Parts::TEMPLATES_READ) => Engine::CommonMark,
            Math::Kramdown => Engine::Kramdown,
            _ if self.parts.has(Parts::ADMONITIONS) => Engine::PythonMarkdown,
            _ => Engine::CommonMark,
        }
    }

    /// The names of its parts, as a config has them.
    pub fn names(self) -> impl Iterator<Item = DialectName> {
        DialectName::PARTS.into_iter().filter(move |name| self.has(*name))
    }

    /// Whether of link reference definitions with one label the last is used, and not the first.
    pub const fn uses_last_definition(self) -> bool {
        self.parts.has(Parts::LAST_DEFINITION) && !self.parts.has(Parts::TEMPLATES_READ)
    }

    /// Whether a line of colons closes a container within code, too.
    pub const fn closes_containers_in_code(self) -> bool {
        self.parts.has(Parts::COLONS_IN_CODE)
    }

    /// Whether a line of colons closes the innermost container, whatever its length, as in Pandoc. Elsewhere it closes
    /// the outermost one with no more colons.
    pub const fn closes_innermost_container(self) -> bool {
        !self.parts.has(Parts::COLONS_IN_CODE)
    }

    /// Whether MyST reads the page.
    const fn is_myst(self) -> bool {
        self.parts.has(Parts::LINK_TITLES) && self.parts.has(Parts::COLONS_IN_CODE)
    }

    /// Whether Pandoc reads the page.
    const fn is_pandoc(self) -> bool {
        self.parts.has(Parts::DIRECTIVES) && self.closes_innermost_container()
    }

    /// Whether the text of a heading is a label of references to it.
    pub const fn has_heading_references(self) -> bool {
        self.is_pandoc()
    }

    /// Whether the name of a container has to follow its colons without a space.
    pub const fn needs_names_after_colons(self) -> bool {
        self.parts.has(Parts::DIRECTIVES)
            && !self.closes_innermost_container()
            && (self.parts.has(Parts::MDX) || matches!(self.template, Template::Common))
    }

    /// Whether the title of a container has to be in brackets, as Starlight has it; text in its place makes text of the
    /// line.
    pub const fn needs_titles_in_brackets(self) -> bool {
        self.needs_names_after_colons() && !self.parts.has(Parts::MDX) && !self.parts.has(Parts::PLAIN_TITLES)
    }

    /// Whether a link without text shows the title of its target.
    pub const fn fills_link_texts(self) -> bool {
        self.parts.has(Parts::LINK_TITLES)
    }

    /// Whether alerts have the types of GitHub and no others.
    pub const fn has_alerts_of_github(self) -> bool {
        self.parts.has(Parts::ALERTS)
    }

    /// Whether comments are written as expressions, because HTML has none in it.
    pub const fn has_comments_of_mdx(self) -> bool {
        self.parts.has(Parts::MDX)
    }

    /// The offset at which the Markdown begins where the engine has definitions in a language of programs, and no front
    /// matter, at the top of a page.
    pub fn end_of_definitions(self, source: &str) -> Option<u32> {
        (self.template == Template::Franklin).then(|| franklin::end_of_definitions(source) as u32)
    }

    /// Whether it is a dialect as markdownlint reads it.
    pub const fn is_for_markdownlint(self) -> bool {
        self.parts.has(Parts::TEMPLATES_READ)
    }

    /// The dialect as markdownlint reads it: nothing is known but formulas, and `$` begins one anywhere.
    #[must_use]
    pub const fn for_markdownlint(self) -> Self {
        Self { math: Math::Markdownlint, parts: self.parts.with(Parts::TEMPLATES_READ), ..self }
    }
}

/// Reads a text for what the dialect has beyond Markdown. `body` is where the Markdown begins. Nothing comes back where
/// the page has nothing of it, which costs a search for a few bytes.
pub(super) fn overlay(source: &str, body: u32, dialect: Dialect) -> Option<Box<Overlay>> {
    let start = body as usize;
    let mut islands = template::scan(source, start, dialect.template);
    let lines::LineScan { mut heads, mut containers, mut guarded, mut letters, mut patches } =
        lines::scan(source, start, dialect, &mut islands);
    islands.sort_by_key(|island| island.span.start);
    islands.dedup_by(|next, before| before.span.end > next.span.start);
    if dialect.parts.has(Parts::TEMPLATES_READ) {
        let is_known = |kind| matches!(kind, IslandKind::Math | IslandKind::AlertMarker);
        let templates;
        (islands, templates) = islands.into_iter().partition(|island| is_known(island.kind));
        guarded = merged(guarded, &templates);
        heads.clear();
        containers.clear();
        letters.clear();
        patches.clear();
    }
    let outdents = dialect.parts.has(Parts::MDX.with(Parts::NO_INDENTED_CODE))
        && !dialect.parts.has(Parts::TEMPLATES_READ)
        && CodeSections::of(&source.as_bytes()[start..]).next().is_some();
    if islands.is_empty() && guarded.is_empty() && heads.is_empty() && patches.is_empty() && !outdents {
        return None;
    }
    let mut text = mask::mask(source, start, &mut islands);
    for letter in letters {
        letter.apply(&mut text);
    }
    let bullet = mask::Bullet::unused_in(source.as_bytes());
    mask::mask_heads(&mut text, &mut heads, bullet);
    if outdents && let Some(bullet) = bullet {
        indent::outdent(&mut text, start, dialect, bullet, &mut heads);
    }
    let text = utf8(&text).expect("whole characters are replaced by ASCII").into();
    let overlay = Overlay {
        text,
        patches: patches.into(),
        islands: islands.into(),
        heads: heads.into(),
        containers: containers.into(),
        guarded: guarded.into(),
    };
    Some(Box::new(overlay))
}

/// Two lists of islands, without those of the first that share bytes with one of the second, in source order.
fn merged(first: Vec<Island>, second: &[Island]) -> Vec<Island> {
    let is_free = |island: &Island| {
        let next = second.partition_point(|it| it.span.end <= island.span.start);
        second.get(next).is_none_or(|it| it.span.start >= island.span.end)
    };
    let mut all: Vec<Island> = first.into_iter().filter(is_free).chain(second.iter().copied()).collect();
    all.sort_by_key(|island| island.span.start);
    all
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Dialect;

    #[test]
    fn a_page_in_mdx_is_known_by_its_extension_in_any_case() {
        let dialect = |name: &str| Dialect::UNKNOWN.for_file(Path::new(name));
        assert_eq!(dialect("tides.MDX"), dialect("tides.mdx"));
        assert_ne!(dialect("tides.MDX"), dialect("tides.MD"));
        assert_eq!(dialect("tides.MD"), Dialect::UNKNOWN);
    }
}
