//! Options that are regular expressions.

use std::borrow::Cow;

use regex::bytes::{Regex, RegexBuilder};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de::Error};

/// Begins a pattern of ASCII classes, of which a page may bring its own.
pub const ASCII: &str = "(?-u)";

/// Bytes that a compiled pattern may take.
const MAX_SIZE: usize = 1 << 20;

/// The same in ASCII mode, in which a class takes some bytes and not thousands of them.
const MAX_ASCII_SIZE: usize = 1 << 14;

/// An option that is a regular expression. Matching takes linear time, so look-around and back references are not
/// supported.
#[derive(Debug, Clone)]
pub struct Pattern(Regex);

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    ///
    /// If it is not a valid regular expression: a message for the user.
    pub fn new(text: &str, case: Case) -> Result<Self, String> {
        let mut builder = RegexBuilder::new(text);
        let size = if text.starts_with(ASCII) { MAX_ASCII_SIZE } else { MAX_SIZE };
        let built = builder.case_insensitive(case == Case::Ignored).size_limit(size).build();
        built.map(Self).map_err(|error| format!("invalid regular expression `{text}`: {}", cause(&error)))
    }

    /// Whether the pattern matches anywhere in a text. An empty pattern matches nothing.
    pub fn is_match(&self, text: &str) -> bool {
        !self.0.as_str().is_empty() && self.0.is_match(text.as_bytes())
    }
}

/// Whether matching is case-sensitive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// Case-sensitive.
    Kept,
    /// Case-insensitive.
    Ignored,
}

/// The cause of a syntax error, which is its last line; the lines before it show the pattern.
pub(in crate::rules) fn cause(error: &regex::Error) -> String {
    let text = error.to_string();
    text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
}

/// The option `front_matter_title` of several rules: a case-insensitive pattern that matches a line of front matter with
/// the title of the page. An empty pattern matches nothing.
#[derive(Debug, Clone)]
pub struct TitlePattern(Option<Pattern>);

impl TitlePattern {
    /// Whether a page has a title in its front matter.
    pub fn is_in(&self, doc: &crate::document::Document) -> bool {
        let (Some(pattern), Some(front_matter)) = (&self.0, &doc.front_matter) else { return false };
        doc.slice(front_matter.block).lines().any(|line| pattern.is_match(line))
    }
}

impl Default for TitlePattern {
    fn default() -> Self {
        let pattern = Pattern::new(DEFAULT_TITLE, Case::Ignored).expect("the default pattern is valid");
        Self(Some(pattern))
    }
}

/// A key `title` in YAML, TOML or JSON, with or without quotes.
const DEFAULT_TITLE: &str = r#"^\s*"?title"?\s*[:=]"#;

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        Self::new(&text, Case::Kept).map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for TitlePattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        if text.is_empty() {
            return Ok(Self(None));
        }
        Pattern::new(&text, Case::Ignored).map(|pattern| Self(Some(pattern))).map_err(D::Error::custom)
    }
}

impl JsonSchema for Pattern {
    fn schema_name() -> Cow<'static, str> {
        "Pattern".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "regex" })
    }

    fn inline_schema() -> bool {
        true
    }
}

impl JsonSchema for TitlePattern {
    fn schema_name() -> Cow<'static, str> {
        "TitlePattern".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Pattern::json_schema(generator)
    }

    fn inline_schema() -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{Case, Pattern};

    #[test]
    fn invalid_patterns_are_explained() {
        let error = Pattern::new("tide(", Case::Kept).expect_err("the group is open");
        assert_eq!(error, "invalid regular expression `tide(`: unclosed group");
        let error = Pattern::new("(?=tide)", Case::Kept).expect_err("look-around is not supported");
        assert!(error.contains("look-around"), "{error}");
    }
}
