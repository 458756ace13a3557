//! What a schema says to people: descriptions, examples, messages of its own; and which keys it knows.

use std::collections::HashSet;

use serde_json::Value;

use super::base::decoded;
use super::describe;
use super::inspect::step;

/// References that are followed from one schema.
const MAX_HOPS: usize = 32;

/// Schemas that are looked through for the keys of one mapping.
const MAX_SCHEMAS: usize = 256;

/// A schema document, asked by JSON pointer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Annotations<'s> {
    document: &'s Value,
}

impl<'s> Annotations<'s> {
    pub(super) fn new(document: &'s Value) -> Self {
        Self { document }
    }

    /// The value at a pointer.
    pub(super) fn at(self, pointer: &str) -> Option<&'s Value> {
        self.document.pointer(pointer)
    }

    /// The schema that holds the keyword at a pointer.
    pub(super) fn owner(self, keyword: &str) -> &'s Value {
        let pointer = keyword.rsplit_once('/').map_or("", |(owner, _)| owner);
        self.at(pointer).unwrap_or(&Value::Null)
    }

    /// The first of a keyword's values along the references of a schema.
    fn along(self, schema: &'s Value, keyword: &str) -> Option<&'s Value> {
        let mut schema = schema;
        for _ in 0..MAX_HOPS {
            if let Some(value) = schema.get(keyword) {
                return Some(value);
            }
            schema = self.referred(schema)?;
        }
        None
    }

    /// The schema that `$ref` leads to.
    pub(super) fn referred(self, schema: &'s Value) -> Option<&'s Value> {
        self.at(&decoded(schema.get("$ref")?.as_str()?.strip_prefix('#')?))
    }

    /// The schema's own message for a keyword: ajv's `errorMessage`, or that of VS Code.
    pub(super) fn message(schema: &Value, keyword: &str) -> Option<String> {
        let message = match schema.get("errorMessage") {
            Some(Value::Object(by_keyword)) => by_keyword.get(keyword).or_else(|| by_keyword.get("_")),
            own => own,
        };
        let message = message.or_else(|| schema.get("patternErrorMessage").filter(|_| keyword == "pattern"));
        Some(describe::first_sentence(message?.as_str()?))
    }

    /// The first sentence of a schema's description.
    pub(super) fn description(self, schema: &'s Value) -> Option<String> {
        let text = self.along(schema, "description")?.as_str()?;
        Some(describe::first_sentence(text)).filter(|sentence| !sentence.is_empty())
    }

    /// Whether a schema, or one that it refers to, is deprecated.
    pub(super) fn is_deprecated(self, schema: &'s Value) -> bool {
        self.along(schema, "deprecated") == Some(&Value::Bool(true))
    }

    /// What to do about a deprecated key: the message of editors, or the first sentence of the description.
    pub(super) fn deprecation(self, schema: &'s Value) -> Option<String> {
        let own =
            self.along(schema, "deprecationMessage").and_then(Value::as_str).map(describe::first_sentence);
        own.or_else(|| self.description(schema))
    }

    /// A value that would do, if the schema has one to show.
    pub(super) fn example(self, schema: &'s Value) -> Option<String> {
        let examples = self.along(schema, "examples").and_then(|examples| examples.get(0));
        examples.or_else(|| self.along(schema, "default")).map(describe::literal)
    }

    /// What to write for a key that is missing.
    pub(super) fn missing(self, schema: &'s Value, key: &str) -> Option<String> {
        let property = schema.get("properties")?.get(key)?;
        let value = self.along(property, "const").or_else(|| self.along(property, "default"));
        if let Some(value) = value.filter(|value| !value.is_array() && !value.is_object()) {
            return Some(format!("add `{key}: {}`", describe::literal(value)));
        }
        let example = || self.example(property).map(|example| format!("such as `{key}: {example}`"));
        Self::message(property, "required").or_else(|| self.description(property)).or_else(example)
    }

    /// The keys that a schema knows, through references and combinations, in the order of the schema.
    pub(super) fn properties(self, schema: &'s Value) -> Vec<&'s str> {
        let mut found =
            Properties { annotations: self, seen: HashSet::new(), keys: Vec::new(), left: MAX_SCHEMAS };
        found.collect(schema);
        found.keys
    }

    /// Where the condition of the innermost `then` above a keyword stands: its key and the wanted value.
    pub(super) fn condition(self, keyword: &str) -> Option<(&'s str, &'s Value)> {
        let (owner, _) = keyword.rsplit_once("/then/").or_else(|| keyword.rsplit_once("/then"))?;
        let wanted = self.at(&step(owner, "if"))?.get("properties")?.as_object()?;
        let (key, schema) = wanted.iter().next().filter(|_| wanted.len() == 1)?;
        Some((key, schema.get("const")?))
    }
}

/// The walk of [`Annotations::properties`], bounded by a count of schemas.
struct Properties<'s> {
    annotations: Annotations<'s>,
    seen: HashSet<&'s str>,
    keys: Vec<&'s str>,
    left: usize,
}

impl<'s> Properties<'s> {
    fn collect(&mut self, schema: &'s Value) {
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        for key in schema.get("properties").and_then(Value::as_object).into_iter().flat_map(|map| map.keys())
        {
            if self.seen.insert(key) {
                self.keys.push(key);
            }
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            for part in schema.get(keyword).and_then(Value::as_array).into_iter().flatten() {
                self.collect(part);
            }
        }
        for keyword in ["if", "then", "else"] {
            if let Some(part) = schema.get(keyword) {
                self.collect(part);
            }
        }
        if let Some(target) = self.annotations.referred(schema) {
            self.collect(target);
        }
    }
}
