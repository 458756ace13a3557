//! Regular expressions in options.

use std::borrow::Cow;

use regex::{Regex, RegexBuilder};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de::Error};

/// A regular expression in an option. Matching takes time linear in the text; look-around and back references, which
/// would not, are mistakes in the config.
#[derive(Debug, Clone)]
pub struct Pattern(Regex);

impl Pattern {
    /// Compiles a pattern; letters match in either case if asked.
    ///
    /// # Errors
    ///
    /// When it is no regular expression, in words for the user.
    pub fn new(text: &str, case: Case) -> Result<Self, String> {
        let built = RegexBuilder::new(text).case_insensitive(case == Case::Ignored).build();
        built.map(Self).map_err(|error| format!("`{text}` is no regular expression: {}", cause(&error)))
    }

    /// Whether it matches anywhere in a text.
    pub fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

/// Whether upper and lower case differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// They do.
    Kept,
    /// They do not.
    Ignored,
}

/// The last line of a syntax error says what is wrong; those before show the pattern.
fn cause(error: &regex::Error) -> String {
    let text = error.to_string();
    text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
}

/// The pattern that finds a page's title in its front matter: the option `front_matter_title` of several rules.
///
/// It is tried on each line of the front matter, in any case; an empty one says that front matter has no title.
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
        let pattern = Pattern::new(DEFAULT_TITLE, Case::Ignored).expect("the usual pattern is well formed");
        Self(Some(pattern))
    }
}

/// A key `title`, in quotes or not, of YAML, TOML or JSON.
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
    fn a_pattern_that_is_none_is_explained() {
        let error = Pattern::new("tide(", Case::Kept).expect_err("the group is open");
        assert_eq!(error, "`tide(` is no regular expression: unclosed group");
        let error = Pattern::new("(?=tide)", Case::Kept).expect_err("look-around is not there");
        assert!(error.contains("look-around"), "{error}");
    }
}
