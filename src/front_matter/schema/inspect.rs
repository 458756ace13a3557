//! Walks one schema document by the meaning of its keywords: what is wrong in it, and where it refers to others.

use std::collections::{BTreeSet, HashSet};

use jsonschema::Draft;
use serde_json::{Map, Value};

use super::keywords::{self, TYPES, ValueShape};
use super::{compile, describe};
use crate::text::nearest;

/// Mistakes reported per schema; a file that is not a schema at all would give one per key.
const MAX_DEFECTS: usize = 100;

/// Schemas in one document. Those that people write for pages have a few dozen.
const MAX_SCHEMAS: usize = 20_000;

/// Mappings in a document that has far fewer schemas than that.
const MANY_MAPPINGS: usize = 5_000;

/// Schemas with an `$id` in one document; every reference is compared with them.
const MAX_IDS: usize = 256;

/// Formats that can be asked for, for "did you mean".
const FORMATS: [&str; 19] = [
    "date",
    "date-time",
    "time",
    "duration",
    "email",
    "idn-email",
    "hostname",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uri-reference",
    "iri",
    "iri-reference",
    "uri-template",
    "uuid",
    "json-pointer",
    "relative-json-pointer",
    "regex",
];

/// The part of an entry that is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EntryPart {
    Key,
    Value,
}

/// A mistake in a schema document, by JSON pointer.
#[derive(Debug, Clone)]
pub(super) struct SchemaDefect {
    pub(super) pointer: String,
    pub(super) part: EntryPart,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// A `$ref` or `$dynamicRef`: where its text is, and the resource (the nearest `$id` above) that a bare `#…` counts from.
#[derive(Debug)]
pub(super) struct SchemaReference {
    pub(super) pointer: String,
    pub(super) target: String,
    pub(super) resource: String,
}

impl SchemaReference {
    /// Whether the anchor that it names is looked for in the schemas on the way to it first (JSON Schema 2020-12, section
    /// 8.2.3.2).
    pub(super) fn is_dynamic(&self) -> bool {
        self.pointer.ends_with("/$dynamicRef")
    }
}

/// A name that references can use: an `$id`, or an anchor within a resource.
#[derive(Debug)]
pub(super) struct ResourceName {
    pub(super) text: String,
    /// The nearest `$id` above, of an `$id` without itself.
    pub(super) resource: String,
    /// The schema that bears the name.
    pub(super) pointer: String,
}

/// What one document holds.
#[derive(Debug)]
pub(super) struct Inspection {
    pub(super) draft: Draft,
    pub(super) defects: Vec<SchemaDefect>,
    /// What has no effect: unknown keywords and formats are annotations (JSON Schema 2020-12, sections 6.5 and 7.2.3).
    pub(super) remarks: Vec<SchemaDefect>,
    /// All schemas that were looked at, by JSON pointer.
    pub(super) schemas: BTreeSet<String>,
    pub(super) references: Vec<SchemaReference>,
    pub(super) ids: Vec<ResourceName>,
    pub(super) anchors: Vec<ResourceName>,
    /// Schemas that allow no key at all.
    pub(super) closed: Vec<String>,
    /// The nearest `$id` above the schema that is looked at.
    resource: String,
    /// Whether there is more than was looked at.
    is_cut: bool,
}

impl Inspection {
    /// Looks through a document that begins at `root`, of the `draft` unless it says another.
    pub(super) fn of(root: &Value, draft: Draft) -> Self {
        let mut survey = Self {
            draft: draft.detect(root),
            defects: Vec::new(),
            remarks: Vec::new(),
            schemas: BTreeSet::new(),
            references: Vec::new(),
            ids: Vec::new(),
            anchors: Vec::new(),
            closed: Vec::new(),
            resource: String::new(),
            is_cut: false,
        };
        survey.schema(root, "");
        survey
    }

    fn defect(&mut self, part: EntryPart, pointer: String, message: String, help: Option<String>) {
        if self.defects.len() < MAX_DEFECTS {
            self.defects.push(SchemaDefect { pointer, part, message, help });
        }
    }

    fn remark(&mut self, part: EntryPart, pointer: String, message: String, help: Option<String>) {
        if self.remarks.len() < MAX_DEFECTS {
            self.remarks.push(SchemaDefect { pointer, part, message, help });
        }
    }

    /// Looks at a schema in a place where none is expected, because something refers to it.
    pub(super) fn visit(&mut self, document: &Value, at: &str) {
        if let Some(schema) = document.pointer(at).filter(|_| !self.schemas.contains(at)) {
            let above = self.ids.iter().map(|id| &id.pointer).filter(|id| is_within(at, id));
            self.resource = above.max_by_key(|id| id.len()).cloned().unwrap_or_default();
            self.schema(schema, at);
        }
    }

    /// One schema: a mapping of keywords, or true or false.
    fn schema(&mut self, schema: &Value, at: &str) {
        if self.schemas.len() >= MAX_SCHEMAS || self.ids.len() >= MAX_IDS {
            if !self.is_cut {
                self.is_cut = true;
                let message = format!(
                    "schema is too large: at most {MAX_SCHEMAS} subschemas and {MAX_IDS} `$id`s are supported"
                );
                self.defect(EntryPart::Value, at.to_owned(), message, None);
            }
            return;
        }
        self.schemas.insert(at.to_owned());
        let Value::Object(keywords) = schema else {
            if !schema.is_boolean() {
                let message = format!("expected a schema, found {}", describe::kind_of(schema));
                let help = ValueShape::Schema.repair("", schema);
                self.defect(EntryPart::Value, at.to_owned(), message, help);
            }
            return;
        };
        let outer = self.resource.clone();
        // Before draft 2019-09, nothing next to a `$ref` has an effect.
        let is_replaced = self.draft < Draft::Draft201909 && keywords.contains_key("$ref");
        let id = keywords.get("$id").or_else(|| keywords.get("id")).filter(|_| !is_replaced);
        if let Some(id) = id.and_then(Value::as_str) {
            if let Some(anchor) = id.strip_prefix('#') {
                self.anchor(anchor, at);
            } else {
                let resource = std::mem::replace(&mut self.resource, at.to_owned());
                let text = id.trim_end_matches('#').to_owned();
                self.ids.push(ResourceName { text, resource, pointer: at.to_owned() });
            }
        }
        for (keyword, value) in keywords {
            self.keyword(keyword, value, &step(at, keyword));
        }
        self.required_keys(keywords, at);
        self.resource = outer;
    }

    fn anchor(&mut self, name: &str, at: &str) {
        let resource = self.resource.clone();
        self.anchors.push(ResourceName { text: name.to_owned(), resource, pointer: at.to_owned() });
    }

    fn keyword(&mut self, keyword: &str, value: &Value, at: &str) {
        let Some(shape) = keywords::shape(keyword) else {
            return self.unknown_keyword(keyword, at);
        };
        if let Some(expected) = shape.refuses(value) {
            let found = if value.as_array().is_some_and(Vec::is_empty) {
                "an empty list"
            } else {
                describe::kind_of(value)
            };
            let message = format!("expected {expected} for `{keyword}`, found {found}");
            let help = shape.repair(keyword, value);
            return self.defect(EntryPart::Value, at.to_owned(), message, help);
        }
        match shape {
            ValueShape::Schemas => self.schemas(value, at),
            ValueShape::SchemaOrSchemas if value.is_array() => self.schemas(value, at),
            ValueShape::Schema | ValueShape::SchemaOrSchemas => self.schema(value, at),
            ValueShape::SchemaMap => self.schema_map(value, at),
            ValueShape::PatternMap => {
                for pattern in value.as_object().into_iter().flat_map(Map::keys) {
                    self.regex(pattern, EntryPart::Key, &step(at, pattern));
                }
                self.schema_map(value, at);
            }
            ValueShape::Dependencies => self.dependencies(value, at),
            ValueShape::Regex => self.regex(value.as_str().unwrap_or_default(), EntryPart::Value, at),
            ValueShape::Format => self.format(value.as_str().unwrap_or_default(), at),
            ValueShape::Types => self.types(value, at),
            ValueShape::Anchor => {
                let owner = at.rsplit_once('/').map_or("", |(owner, _)| owner);
                self.anchor(value.as_str().unwrap_or_default(), owner);
            }
            ValueShape::Reference => self.references.push(SchemaReference {
                pointer: at.to_owned(),
                target: value.as_str().unwrap_or_default().to_owned(),
                resource: self.resource.clone(),
            }),
            _ => {}
        }
    }

    fn schemas(&mut self, value: &Value, at: &str) {
        for (index, item) in value.as_array().into_iter().flatten().enumerate() {
            self.schema(item, &format!("{at}/{index}"));
        }
    }

    fn schema_map(&mut self, value: &Value, at: &str) {
        for (name, schema) in value.as_object().into_iter().flatten() {
            self.schema(schema, &step(at, name));
        }
    }

    fn dependencies(&mut self, value: &Value, at: &str) {
        for (name, value) in value.as_object().into_iter().flatten() {
            let at = step(at, name);
            if !value.is_array() {
                self.schema(value, &at);
            } else if ValueShape::Names.refuses(value).is_some() {
                self.defect(
                    EntryPart::Value,
                    at,
                    format!("expected a list of keys or a schema for `{name}`"),
                    None,
                );
            }
        }
    }

    fn unknown_keyword(&mut self, keyword: &str, at: &str) {
        let help = match keyword {
            "nullable" => Some(String::from("allow `null` in the type: `type: [string, 'null']`")),
            "example" => Some(String::from("use `examples: […]`")),
            _ => nearest(keyword, keywords::names())
                .map(|name| format!("did you mean `{name}`?"))
                .or_else(|| Some(String::from("prefix custom keywords with `x-`"))),
        };
        let message = format!("unknown keyword {} has no effect", describe::quoted(keyword));
        self.remark(EntryPart::Key, at.to_owned(), message, help);
    }

    fn regex(&mut self, pattern: &str, part: EntryPart, at: &str) {
        if !compile::is_regex(pattern) {
            let message = format!("invalid regular expression {}", describe::quoted(pattern));
            self.defect(part, at.to_owned(), message, None);
        }
    }

    fn format(&mut self, format: &str, at: &str) {
        if compile::is_format(self.draft, format) {
            return;
        }
        let message = format!("unknown format {} is not checked", describe::quoted(format));
        let help = nearest(format, FORMATS).map_or_else(
            || String::from("use a format of JSON Schema, or a `pattern`"),
            |near| format!("did you mean `{near}`?"),
        );
        self.remark(EntryPart::Value, at.to_owned(), message, Some(help));
    }

    fn types(&mut self, value: &Value, at: &str) {
        let several = value.as_array().into_iter().flatten().enumerate();
        let items = several.map(|(index, item)| (item, format!("{at}/{index}")));
        let single = value.is_string().then(|| (value, at.to_owned()));
        for (value, at) in single.into_iter().chain(items) {
            let name = value.as_str().unwrap_or_default();
            if TYPES.contains(&name) {
                continue;
            }
            let alias = match name {
                "text" | "str" | "date" | "datetime" => Some("string"),
                "bool" => Some("boolean"),
                "int" => Some("integer"),
                "float" | "decimal" => Some("number"),
                "list" => Some("array"),
                "map" | "mapping" | "dict" => Some("object"),
                _ => nearest(name, TYPES),
            };
            let help = alias.map_or_else(
                || format!("expected {}", describe::all(&TYPES.map(describe::quoted))),
                |near| format!("did you mean `{near}`?"),
            );
            self.defect(EntryPart::Value, at, format!("unknown type {}", describe::quoted(name)), Some(help));
        }
    }

    /// Keys that must be there and may not: `required` names them, and `additionalProperties: false` shuts them out.
    fn required_keys(&mut self, schema: &Map<String, Value>, at: &str) {
        let closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
        if !closed || schema.contains_key("patternProperties") {
            return;
        }
        if !schema.contains_key("properties") {
            self.closed.push(at.to_owned());
        }
        let none = Map::new();
        let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
        let given: HashSet<&str> = properties.keys().map(String::as_str).collect();
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        for (index, key) in required.enumerate() {
            let Some(key) = key.as_str().filter(|key| !given.contains(key)) else { continue };
            if self.defects.len() >= MAX_DEFECTS {
                // Each of the rest would be compared with every property for nothing.
                return;
            }
            let message = format!(
                "{} is required, but it is not in `properties` and `additionalProperties` is false",
                describe::quoted(key)
            );
            let help = nearest(key, properties.keys().map(String::as_str)).map_or_else(
                || format!("add {} to `properties`", describe::quoted(key)),
                |near| format!("did you mean `{near}`?"),
            );
            self.defect(EntryPart::Value, format!("{at}/required/{index}"), message, Some(help));
        }
    }
}

/// Whether a document has so many mappings that it may have more schemas than are looked at, or take too long to compile.
pub(super) fn may_be_too_large(document: &Value) -> bool {
    fn mappings(value: &Value) -> usize {
        match value {
            Value::Object(members) => 1 + members.values().map(mappings).sum::<usize>(),
            Value::Array(items) => items.iter().map(mappings).sum(),
            _ => 0,
        }
    }
    mappings(document) > MANY_MAPPINGS
}

/// Whether a JSON pointer is below another, or the same.
fn is_within(pointer: &str, outer: &str) -> bool {
    pointer.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A JSON pointer one key further (RFC 6901, section 3).
pub(super) fn step(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}
