//! Regular expressions among the options of rules.

use std::borrow::Cow;

use regex::Regex;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de::Error};

/// A regular expression of the config. An empty one matches nothing.
#[derive(Debug, Clone)]
pub struct Expression(Regex);

impl Expression {
    /// Whether a part of the text matches; takes time in proportion to the text.
    pub fn matches(&self, text: &str) -> bool {
        !self.0.as_str().is_empty() && self.0.is_match(text)
    }
}

impl<'de> Deserialize<'de> for Expression {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        Regex::new(&text).map(Self).map_err(|error| {
            // In front of the reason stands a drawing of the place.
            let error = error.to_string();
            let reason = error.lines().last().unwrap_or_default().trim_start_matches("error: ");
            D::Error::custom(format!("`{text}` is no regular expression, {reason}"))
        })
    }
}

impl JsonSchema for Expression {
    fn schema_name() -> Cow<'static, str> {
        "Expression".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "regex" })
    }
}
