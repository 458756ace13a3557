//! What a rule is, and what is known about it without running it.

use schemars::{Schema, SchemaGenerator};

use crate::{
    diagnostic::{Severity, Sink},
    document::Document,
    fix::Changes,
    site::{Page, Site},
    suppress::Suppressions,
};

/// A rule with its options. A rule implements the hooks it needs; each is given shared, parsed, indexed facts.
pub trait Rule: Send + Sync {
    /// Findings that need one file only. First phase, in parallel.
    fn check(&self, _doc: &Document, _sink: &mut Sink<'_>) {}

    /// Findings in one page that need the other pages or the site's data. Second phase, in parallel.
    fn check_page(&self, _page: &Page, _site: &Site, _sink: &mut Sink<'_>) {}

    /// Findings about the site as a whole, such as a gap in its config: once a run, at the end of the second phase.
    fn check_site(&self, _site: &Site, _sink: &mut Sink<'_>) {}

    /// Findings about the suppression comments of a page, after they had their effect.
    fn check_suppressions(&self, _suppressions: &Suppressions, _sink: &mut Sink<'_>) {}

    /// Names of parameters in addresses, besides the usual ones, whose values no report may show.
    fn secret_parameters(&self) -> &[String] {
        &[]
    }
}

/// Whether a rule offers fixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fixable {
    /// Every finding comes with one.
    Always,
    /// Some findings come with one.
    Sometimes,
    /// None does.
    Never,
}

/// What a rule is about. Groups can be configured and suppressed like rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The block at the top of a page and what it refers to.
    FrontMatter,
    /// Words that are misspelt, misplaced, doubled or missing.
    Spelling,
    /// Words that have the wrong form in their sentence, and small words that it is missing.
    Grammar,
    /// Links: their form, where they lead, and what they give away.
    Links,
    /// Images: where they come from and what stands for them.
    Images,
    /// Headings: their order, their form and the space around them.
    Headings,
    /// Lists: markers, numbers and indentation.
    Lists,
    /// Block quotes and rules across the page.
    Blocks,
    /// Code: its fences, its language and what is in it.
    Code,
    /// Tables: rows, columns and pipes.
    Tables,
    /// Emphasis: how it is written, and where it fails.
    Emphasis,
    /// HTML among the Markdown.
    Html,
    /// Blanks, line breaks and characters that nobody sees.
    Whitespace,
    /// The file as such, and comments that steer copydesk.
    Meta,
}

impl Group {
    /// The name in config, comments and reports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::FrontMatter => "front-matter",
            Self::Spelling => "spelling",
            Self::Grammar => "grammar",
            Self::Links => "links",
            Self::Images => "images",
            Self::Headings => "headings",
            Self::Lists => "lists",
            Self::Blocks => "blocks",
            Self::Code => "code",
            Self::Tables => "tables",
            Self::Emphasis => "emphasis",
            Self::Html => "html",
            Self::Whitespace => "whitespace",
            Self::Meta => "meta",
        }
    }
}

/// Everything known about a rule without running it: the one source of listings, pages, schemas and reports.
#[derive(Debug, Clone, Copy)]
pub struct RuleMeta {
    /// Kebab-case name of the problem; it reads well after "allow".
    pub id: &'static str,
    /// One line, as a heading.
    pub summary: &'static str,
    /// The rule's page, in Markdown, without its heading.
    pub docs: &'static str,
    /// Level unless the config says otherwise.
    pub severity: Severity,
    /// Whether the rule runs in the `recommended` preset.
    pub on: bool,
    /// Whether it offers fixes.
    pub fixable: Fixable,
    /// What its safe fixes may change of what readers get; more is never written.
    pub changes: Changes,
    /// Version that brought it.
    pub since: &'static str,
    /// Other names it answers to, such as markdownlint's. Several rules may share those of markdownlint's rule that
    /// they make up together.
    pub aliases: &'static [&'static str],
    /// The options that make it find what markdownlint's rule finds, where that is not what the defaults do.
    pub markdownlint: &'static [(&'static str, bool)],
}

impl RuleMeta {
    /// The number of markdownlint's rule that this one stands for, such as `MD001`.
    pub fn number(&self) -> Option<&'static str> {
        let is_number = |alias: &&str| {
            alias.strip_prefix("MD").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
        };
        self.aliases.iter().copied().find(is_number)
    }
}

/// What the registry holds for a rule.
#[derive(Debug)]
pub struct RuleDef {
    /// What is known about it.
    pub meta: &'static RuleMeta,
    /// What it is about.
    pub group: Group,
    /// Makes the rule from its options; `null` gives the defaults.
    pub build: fn(serde_json::Value) -> Result<Box<dyn Rule>, serde_json::Error>,
    /// JSON Schema of the options.
    pub schema: fn(&mut SchemaGenerator) -> Schema,
}

impl RuleDef {
    /// Whether the rule is meant by `name`: its id, an alias in any case, or its group.
    pub fn answers_to(&self, name: &str) -> bool {
        self.is_called(name) || self.group.id() == name
    }

    /// Whether `name` is the rule's id or, in any case, an alias.
    pub fn is_called(&self, name: &str) -> bool {
        self.meta.id == name || self.meta.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
    }

    /// Where the rule's page can be read.
    pub fn url(&self) -> String {
        let home = env!("CARGO_PKG_HOMEPAGE");
        let slash = if home.is_empty() { "" } else { "/" };
        format!("{home}{slash}docs/rules/{}.md", self.meta.id)
    }
}

/// A rule made by [`declare_rule!`](crate::declare_rule).
pub trait Declared: Rule + Default + serde::de::DeserializeOwned + schemars::JsonSchema + 'static {
    /// What is known about it.
    const META: RuleMeta;
}

/// The registry's record of a declared rule.
pub const fn def<R: Declared>(group: Group) -> RuleDef {
    RuleDef {
        meta: &R::META,
        group,
        build: |options| {
            if options.is_null() {
                return Ok(Box::new(R::default()));
            }
            Ok(Box::new(serde_json::from_value::<R>(options)?))
        },
        schema: R::json_schema,
    }
}

/// Declares a rule: its doc comment is its page, its fields are its options with their defaults, the fields' doc
/// comments are the options' descriptions.
///
/// What follows the struct are the fields of [`RuleMeta`] that differ from the usual ones: a warning, on, no fixes.
#[macro_export]
macro_rules! declare_rule {
    (
        #[doc = $summary:literal]
        $( #[doc = $doc:literal] )*
        $vis:vis struct $name:ident {
            $( $( #[$field_meta:meta] )* $field:ident : $type:ty = $default:expr ),* $(,)?
        }
        $( $key:ident = $value:expr ),+ $(,)?
    ) => {
        #[doc = $summary]
        $( #[doc = $doc] )*
        #[derive(Debug, Clone, serde::Deserialize, schemars::JsonSchema)]
        #[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
        $vis struct $name {
            $( $( #[$field_meta] )* pub $field: $type, )*
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $( $field: $default ),* }
            }
        }

        impl $crate::rule::Declared for $name {
            const META: $crate::rule::RuleMeta = $crate::rule::RuleMeta {
                $( $key: $value, )+
                ..$crate::rule::RuleMeta {
                    id: "",
                    summary: $summary,
                    docs: concat!($( $doc, "\n" ),*),
                    severity: $crate::diagnostic::Severity::Warning,
                    on: true,
                    fixable: $crate::rule::Fixable::Never,
                    changes: $crate::fix::Changes::Nothing,
                    since: "0.1.0",
                    aliases: &[],
                    markdownlint: &[],
                }
            };
        }
    };
}
