//! The format of custom rules in a config.

use schemars::JsonSchema;
use serde::Deserialize;

use super::raw::{Level, OneOrMany, Ordered};

/// A custom rule: one of `avoid`, `replace`, `occurrence` and `capitalization`, and how to report it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawCustomRule {
    /// Words, phrases, or patterns between slashes (`/\\d+ ?am/`) to avoid.
    pub avoid: Option<OneOrMany>,
    /// What to write instead of words, phrases or patterns: `utilize: use`. Several replacements are alternatives.
    pub replace: Option<Ordered<OneOrMany>>,
    /// How often something must occur in each part of a page that `scope` names.
    pub occurrence: Option<RawOccurrence>,
    /// How text is capitalized: `sentence`, `title`, `lower`, `upper`, or a pattern between slashes.
    pub capitalization: Option<String>,
    /// Where to look: `prose` (default), `paragraph`, `sentence`, `heading`, `heading.h1`, `list`, `table`, `blockquote`,
    /// `link`, `alt`, `page`, `raw` (everything, including code), or a front matter key: `front-matter.title`.
    pub scope: Option<OneOrMany>,
    /// Message; `{match}`, `{replacement}` and `{replacements}` are filled in.
    pub message: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// Level; `warning` by default.
    pub level: Option<Level>,
    /// Whether `--fix` applies replacements (`safe`), `--unsafe-fixes` does (`unsafe`, the default), or neither (`none`).
    pub fix: Option<RawFix>,
    /// Words, phrases or patterns to accept, alone or as part of a longer phrase.
    pub except: Option<OneOrMany>,
    /// Whether to distinguish uppercase and lowercase letters.
    pub match_case: bool,
    /// Markdown in which the rule must find something; checked by `copydesk config test`.
    pub bad: Option<OneOrMany>,
    /// Markdown in which the rule must find nothing.
    pub good: Option<OneOrMany>,
}

/// How often something must occur.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawOccurrence {
    /// The words, or a pattern between slashes.
    pub of: String,
    /// Smallest number.
    #[serde(default)]
    pub min: u32,
    /// Largest number.
    #[serde(default)]
    pub max: Option<u32>,
}

/// Which option applies the replacements of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RawFix {
    /// `--fix`.
    Safe,
    /// `--unsafe-fixes`.
    Unsafe,
    /// None.
    None,
}
