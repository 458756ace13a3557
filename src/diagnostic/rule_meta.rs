//! What is known about a rule without running it.

use super::Severity;
use crate::fix::Changes;

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

/// When a finding of a rule counts as one that was there before a change, and not as new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recurrence {
    /// When an equal one was there.
    Equal,
    /// When an equal one was there, or the change does not touch its line: the finding depends on how often the site
    /// uses a word, so that a change elsewhere can be the cause.
    EqualOrUntouched,
    /// When an equal one was there and the change does not touch its line: equal findings may be about different
    /// secrets, because fingerprints say nothing of them.
    EqualAndUntouched,
    /// Never: the finding is about the change itself, wherever it is reported.
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
    /// Characters that are not what they seem, and sentences.
    Text,
    /// Constructs that are not closed, not where they should be, or not what they look like.
    Structure,
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
    /// Spaces, line endings and invisible characters.
    Whitespace,
    /// Rules that the config defines.
    Custom,
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
            Self::Text => "text",
            Self::Structure => "structure",
            Self::Headings => "headings",
            Self::Lists => "lists",
            Self::Blocks => "blocks",
            Self::Code => "code",
            Self::Tables => "tables",
            Self::Emphasis => "emphasis",
            Self::Html => "html",
            Self::Whitespace => "whitespace",
            Self::Custom => "custom",
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
    /// What the rule is about, from its place in the registry.
    pub group: Group,
    /// Level unless the config says otherwise.
    pub severity: Severity,
    /// Whether the rule runs in the `recommended` preset.
    pub on: bool,
    /// Whether it offers fixes.
    pub fixable: Fixable,
    /// What its safe fixes may change of what readers get; more is never written.
    pub changes: Changes,
    /// When one of its findings is not new.
    pub recurrence: Recurrence,
    /// Version that brought it.
    pub since: &'static str,
    /// Other names it answers to, such as markdownlint's. Several rules may share those of markdownlint's rule that
    /// they make up together.
    pub aliases: &'static [&'static str],
    /// The options that make it find what markdownlint's rule finds, where that is not what the defaults do.
    pub markdownlint: &'static [(&'static str, bool)],
    /// Whether a comment or a baseline may hide its findings. One that says that less was checked than it seems is
    /// always reported.
    pub suppressible: bool,
}

impl RuleMeta {
    /// The number of markdownlint's rule that this one stands for, such as `MD001`.
    pub fn number(&self) -> Option<&'static str> {
        let is_number = |alias: &&str| {
            alias.strip_prefix("MD").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
        };
        self.aliases.iter().copied().find(is_number)
    }

    /// Whether the rule is meant by `name`: its id, an alias in any case, or its group.
    pub fn answers_to(&self, name: &str) -> bool {
        self.is_called(name) || self.group.id() == name
    }

    /// Whether `name` is the rule's id or, in any case, an alias.
    pub fn is_called(&self, name: &str) -> bool {
        self.id == name || self.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
    }

    /// Where the rule's page can be read.
    pub fn url(&self) -> String {
        let home = env!("CARGO_PKG_HOMEPAGE");
        let slash = if home.is_empty() { "" } else { "/" };
        [home, slash, "docs/rules/", self.id, ".md"].concat()
    }
}

/// Rules are equal by their ids, which are unique.
impl PartialEq for RuleMeta {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for RuleMeta {}
