//! The vocabulary of JSON Schema: which keywords there are, what their values look like, and where subschemas hide.

use serde_json::Value;

use super::describe;

/// What the value of a keyword has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueShape {
    /// Anything: annotations and literal values.
    Anything,
    /// One schema.
    Schema,
    /// A list of schemas.
    Schemas,
    /// One schema or a list of them (`items` before 2020-12).
    SchemaOrSchemas,
    /// Schemas by name.
    SchemaMap,
    /// Schemas by regular expression.
    PatternMap,
    /// Schemas or lists of keys by name (`dependencies` before 2019-09).
    Dependencies,
    /// Text.
    Text,
    /// A regular expression (ECMA 262).
    Regex,
    /// The name of a format.
    Format,
    /// A reference to a schema.
    Reference,
    /// The URL of a schema.
    Id,
    /// The name of a schema within its document.
    Anchor,
    /// True or false.
    Flag,
    /// A number.
    Number,
    /// A number above zero.
    Positive,
    /// A number, or true or false (the exclusive bounds of draft 4).
    NumberOrFlag,
    /// A whole number that is not negative.
    Count,
    /// A list of keys.
    Names,
    /// Lists of keys by name.
    NamesByKey,
    /// The name of a type or a list of such names.
    Types,
    /// A list of values.
    List,
}

/// The types of JSON Schema.
pub(super) const TYPES: [&str; 7] = ["string", "number", "integer", "boolean", "array", "object", "null"];

/// Every keyword of the drafts 4 to 2020-12, and the annotations that editors read.
const KEYWORDS: &[(&str, ValueShape)] = &[
    // Core
    ("$schema", ValueShape::Text),
    ("$id", ValueShape::Id),
    ("id", ValueShape::Id),
    ("$ref", ValueShape::Reference),
    ("$anchor", ValueShape::Anchor),
    ("$dynamicRef", ValueShape::Reference),
    ("$dynamicAnchor", ValueShape::Anchor),
    ("$recursiveRef", ValueShape::Text),
    ("$recursiveAnchor", ValueShape::Flag),
    ("$vocabulary", ValueShape::Anything),
    ("$comment", ValueShape::Text),
    ("$defs", ValueShape::SchemaMap),
    ("definitions", ValueShape::SchemaMap),
    // Applicators
    ("allOf", ValueShape::Schemas),
    ("anyOf", ValueShape::Schemas),
    ("oneOf", ValueShape::Schemas),
    ("not", ValueShape::Schema),
    ("if", ValueShape::Schema),
    ("then", ValueShape::Schema),
    ("else", ValueShape::Schema),
    ("dependentSchemas", ValueShape::SchemaMap),
    ("dependencies", ValueShape::Dependencies),
    ("prefixItems", ValueShape::Schemas),
    ("items", ValueShape::SchemaOrSchemas),
    ("additionalItems", ValueShape::Schema),
    ("unevaluatedItems", ValueShape::Schema),
    ("contains", ValueShape::Schema),
    ("properties", ValueShape::SchemaMap),
    ("patternProperties", ValueShape::PatternMap),
    ("additionalProperties", ValueShape::Schema),
    ("unevaluatedProperties", ValueShape::Schema),
    ("propertyNames", ValueShape::Schema),
    ("contentSchema", ValueShape::Schema),
    // Assertions
    ("type", ValueShape::Types),
    ("enum", ValueShape::List),
    ("const", ValueShape::Anything),
    ("multipleOf", ValueShape::Positive),
    ("maximum", ValueShape::Number),
    ("exclusiveMaximum", ValueShape::NumberOrFlag),
    ("minimum", ValueShape::Number),
    ("exclusiveMinimum", ValueShape::NumberOrFlag),
    ("maxLength", ValueShape::Count),
    ("minLength", ValueShape::Count),
    ("pattern", ValueShape::Regex),
    ("maxItems", ValueShape::Count),
    ("minItems", ValueShape::Count),
    ("uniqueItems", ValueShape::Flag),
    ("maxContains", ValueShape::Count),
    ("minContains", ValueShape::Count),
    ("maxProperties", ValueShape::Count),
    ("minProperties", ValueShape::Count),
    ("required", ValueShape::Names),
    ("dependentRequired", ValueShape::NamesByKey),
    ("format", ValueShape::Format),
    ("contentEncoding", ValueShape::Text),
    ("contentMediaType", ValueShape::Text),
    // Annotations
    ("title", ValueShape::Text),
    ("description", ValueShape::Text),
    ("default", ValueShape::Anything),
    ("deprecated", ValueShape::Flag),
    ("readOnly", ValueShape::Flag),
    ("writeOnly", ValueShape::Flag),
    ("examples", ValueShape::List),
    // Annotations of editors
    ("errorMessage", ValueShape::Anything),
    ("patternErrorMessage", ValueShape::Text),
    ("markdownDescription", ValueShape::Text),
    ("enumDescriptions", ValueShape::List),
    ("markdownEnumDescriptions", ValueShape::List),
    ("enumItemLabels", ValueShape::List),
    ("deprecationMessage", ValueShape::Text),
    ("defaultSnippets", ValueShape::Anything),
    ("doNotSuggest", ValueShape::Flag),
    ("suggestSortText", ValueShape::Text),
    ("allowComments", ValueShape::Flag),
    ("allowTrailingCommas", ValueShape::Flag),
];

/// A JSON Schema that says what the keywords of 2020-12 are for, for editors. Keywords that it does not have may be valid.
pub fn vocabulary() -> Value {
    serde_json::from_str(include_str!("vocabulary.schema.json")).unwrap_or_default()
}

/// What the value of a keyword has to be; `None` for a keyword that there is not. Names that begin with `x-` are free.
pub(super) fn shape(keyword: &str) -> Option<ValueShape> {
    let known = KEYWORDS.iter().find(|(name, _)| *name == keyword).map(|(_, shape)| *shape);
    known.or_else(|| keyword.starts_with("x-").then_some(ValueShape::Anything))
}

/// The names of all keywords, for "did you mean".
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    KEYWORDS.iter().map(|(name, _)| *name)
}

impl ValueShape {
    /// What is expected, when `value` is something else altogether. What is inside is for the caller to look at.
    pub(super) fn refuses(self, value: &Value) -> Option<&'static str> {
        let is_schema = |value: &Value| value.is_object() || value.is_boolean();
        let (fits, expected) = match self {
            Self::Anything => (true, ""),
            Self::Schema => (is_schema(value), "a schema"),
            Self::Schemas => (value.as_array().is_some_and(|list| !list.is_empty()), "a list of schemas"),
            Self::SchemaOrSchemas => (is_schema(value) || value.is_array(), "a schema"),
            Self::SchemaMap => (value.is_object(), "a mapping from names to schemas"),
            Self::PatternMap => (value.is_object(), "a mapping from regular expressions to schemas"),
            Self::Dependencies => (value.is_object(), "a mapping from keys to schemas or lists of keys"),
            Self::Text | Self::Format | Self::Reference | Self::Id | Self::Anchor => {
                (value.is_string(), "a string")
            }
            Self::Regex => (value.is_string(), "a regular expression"),
            Self::Flag => (value.is_boolean(), "`true` or `false`"),
            Self::Number => (value.is_number(), "a number"),
            Self::Positive => (value.as_f64().is_some_and(|number| number > 0.0), "a positive number"),
            Self::NumberOrFlag => (value.is_number() || value.is_boolean(), "a number"),
            Self::Count => (is_count(value), "a non-negative integer"),
            Self::Names => (is_list_of_text(value), "a list of keys"),
            Self::NamesByKey => (
                value.as_object().is_some_and(|map| map.values().all(is_list_of_text)),
                "a mapping from keys to lists of keys",
            ),
            Self::Types => (value.is_string() || is_list_of_text(value), "a type name"),
            Self::List => (value.is_array(), "a list of values"),
        };
        (!fits).then_some(expected)
    }

    /// How `value` could have been meant.
    pub(super) fn repair(self, keyword: &str, value: &Value) -> Option<String> {
        match (self, value) {
            (Self::Names, Value::String(text)) => Some(format!("use a list: `[{text}]`")),
            (Self::Names, Value::Bool(_)) => {
                Some(format!("list the keys next to `properties`: `{keyword}: [title]`"))
            }
            (Self::List, Value::String(_) | Value::Number(_) | Value::Bool(_)) => {
                Some(format!("use a list: `[{}]`", describe::literal(value)))
            }
            (Self::Number | Self::Count | Self::NumberOrFlag | Self::Positive, Value::String(text)) => {
                text.parse::<f64>().is_ok().then(|| format!("remove the quotes: `{text}`"))
            }
            (Self::Flag, Value::String(text)) => {
                matches!(text.as_str(), "true" | "false").then(|| format!("remove the quotes: `{text}`"))
            }
            (Self::Schema | Self::SchemaOrSchemas, Value::String(text)) => {
                TYPES.contains(&text.as_str()).then(|| format!("use `{{type: {text}}}`"))
            }
            _ => None,
        }
    }
}

/// A whole number that is not negative; `2.0` is one (JSON Schema 2020-12, section 4.2.3 on integers).
fn is_count(value: &Value) -> bool {
    value.as_u64().is_some() || value.as_f64().is_some_and(|number| number >= 0.0 && number.fract() == 0.0)
}

fn is_list_of_text(value: &Value) -> bool {
    value.as_array().is_some_and(|items| items.iter().all(Value::is_string))
}

#[cfg(test)]
mod tests {
    use super::{shape, vocabulary};
    use crate::{data::Segment, front_matter::schema::Hints};

    #[test]
    fn the_vocabulary_explains_keywords_at_every_depth() {
        let schema = vocabulary();
        assert!(jsonschema::meta::is_valid(&schema));
        let hints = Hints::of(&schema);
        let keys = hints.keys(&[]);
        assert!(keys.iter().all(|hint| shape(&hint.key).is_some() && hint.value.description.is_some()));
        assert_eq!(hints.keys(&[Segment::key("properties"), Segment::key("title")]), keys);
    }
}
