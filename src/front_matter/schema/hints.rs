//! What a schema says to somebody who writes a page: which keys there may be, and what they should hold.

use serde_json::Value;

use super::{Schema, base::decoded};
use crate::data::Segment;

/// Schemas that are looked through for one place.
const MAX_SCHEMAS: usize = 256;

/// A key that a mapping may have.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyHint {
    /// The key.
    pub key: Box<str>,
    /// Whether it has to be there.
    pub is_required: bool,
    /// What is said of its value.
    pub value: ValueHint,
}

/// What is said of a value.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ValueHint {
    /// What it is called.
    pub title: Option<String>,
    /// What it is for; may be Markdown.
    pub description: Option<String>,
    /// The names of its types in JSON Schema.
    pub types: Vec<String>,
    /// The values that it may have, where they are listed.
    pub values: Vec<Value>,
    /// What it is where nothing is written.
    pub default: Option<Value>,
    /// Values that would do.
    pub examples: Vec<Value>,
    /// What is asked of it besides, by keyword: `maxLength`, `format`.
    pub limits: Vec<(&'static str, Value)>,
    /// Whether it should not be used any more.
    pub is_deprecated: bool,
}

/// Keywords that limit a value and that people understand.
const LIMITS: [&str; 9] = [
    "format",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "uniqueItems",
];

/// A schema document, asked about places in what it describes.
#[derive(Debug, Clone, Copy)]
pub struct Hints<'s>(&'s Value);

impl Schema {
    /// What the schema says to those who write.
    pub fn hints(&self) -> Hints<'_> {
        Hints(&self.compiled.document)
    }
}

impl<'s> Hints<'s> {
    /// The hints of a schema document that refers to nothing outside itself.
    pub const fn of(document: &'s Value) -> Self {
        Self(document)
    }

    /// The keys that the mapping at a path may have, in the order of the schema.
    pub fn keys(self, path: &[Segment]) -> Vec<KeyHint> {
        let mut keys: Vec<KeyHint> = Vec::new();
        for schema in self.at(path) {
            let requires = |key: &str| {
                let required = schema.get("required").and_then(Value::as_array);
                required.is_some_and(|required| required.iter().any(|it| it == key))
            };
            for (key, value) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
                match keys.iter_mut().find(|known| *known.key == **key) {
                    Some(known) => known.is_required |= requires(key),
                    None => keys.push(KeyHint {
                        key: key.as_str().into(),
                        is_required: requires(key),
                        value: described(&self.expanded(vec![value])),
                    }),
                }
            }
        }
        keys
    }

    /// What is said of the value at a path; `None` where the schema does not know the path.
    pub fn value(self, path: &[Segment]) -> Option<ValueHint> {
        let schemas = self.at(path);
        (!schemas.is_empty()).then(|| described(&schemas))
    }

    /// The schemas that speak of the value at a path.
    fn at(self, path: &[Segment]) -> Vec<&'s Value> {
        let mut schemas = self.expanded(vec![self.0]);
        for segment in path {
            let below = schemas.iter().flat_map(|schema| below(schema, segment)).collect();
            schemas = self.expanded(below);
        }
        schemas
    }

    /// Schemas and those that they are made of: references followed, alternatives and conditions taken for granted.
    fn expanded(self, schemas: Vec<&'s Value>) -> Vec<&'s Value> {
        let mut all: Vec<&Value> = Vec::new();
        let mut waiting = schemas;
        waiting.reverse();
        while let Some(schema) = waiting.pop() {
            if all.len() >= MAX_SCHEMAS {
                break;
            }
            if !schema.is_object() || all.iter().any(|known| std::ptr::eq(*known, schema)) {
                continue;
            }
            all.push(schema);
            let target = schema.get("$ref").and_then(Value::as_str).and_then(|it| it.strip_prefix('#'));
            let target = target.and_then(|pointer| self.0.pointer(&decoded(pointer)));
            let lists = ["allOf", "anyOf", "oneOf"].into_iter().filter_map(|key| schema.get(key)?.as_array());
            let single = ["then", "else"].into_iter().filter_map(|key| schema.get(key));
            let parts: Vec<&Value> = target.into_iter().chain(lists.flatten()).chain(single).collect();
            waiting.extend(parts.into_iter().rev());
        }
        all
    }
}

/// What schemas say together; the first that says something wins.
fn described(schemas: &[&Value]) -> ValueHint {
    let first = |key: &str| schemas.iter().find_map(|schema| schema.get(key));
    let text = |key: &str| first(key).and_then(Value::as_str).map(str::to_owned);
    let mut hint = ValueHint {
        title: text("title"),
        description: text("markdownDescription").or_else(|| text("description")),
        default: first("default").cloned(),
        examples: first("examples").and_then(Value::as_array).cloned().unwrap_or_default(),
        limits: LIMITS.iter().filter_map(|key| Some((*key, first(key)?.clone()))).collect(),
        is_deprecated: first("deprecated") == Some(&Value::Bool(true)),
        ..ValueHint::default()
    };
    for schema in schemas {
        let listed = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
        for value in listed.chain(schema.get("const")) {
            if !hint.values.contains(value) {
                hint.values.push(value.clone());
            }
        }
        let types = match schema.get("type") {
            Some(Value::Array(types)) => types.as_slice(),
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        for name in types.iter().filter_map(Value::as_str) {
            if !hint.types.iter().any(|known| known == name) {
                hint.types.push(name.to_owned());
            }
        }
    }
    hint
}

/// The schemas of one part of what a schema describes.
fn below<'s>(schema: &'s Value, segment: &Segment) -> Vec<&'s Value> {
    match segment {
        Segment::Key(key) => {
            let named = schema.get("properties").and_then(|properties| properties.get(&**key));
            named.or_else(|| schema.get("additionalProperties")).into_iter().collect()
        }
        Segment::Index(index) => {
            let (items, prefix) = (schema.get("items"), schema.get("prefixItems"));
            let nth = |list: Option<&'s Value>| list?.as_array()?.get(*index);
            nth(prefix).or_else(|| nth(items)).or(items).into_iter().collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Hints;
    use crate::data::Segment;

    #[test]
    fn references_alternatives_and_conditions_are_looked_through() {
        let schema = json!({
            "required": ["title"],
            "properties": {
                "title": { "$ref": "#/$defs/text", "maxLength": 60 },
                "seo": { "anyOf": [{ "type": "null" }, { "properties": { "image": { "const": "a" } } }] },
            },
            "allOf": [{ "if": {}, "then": { "properties": { "extra": {} }, "required": ["seo"] } }, { "$ref": "#" }],
            "$defs": { "text": { "type": "string", "description": "A text." } },
        });
        let hints = Hints::of(&schema);
        let keys = hints.keys(&[]);
        let shown: Vec<_> = keys.iter().map(|it| (&*it.key, it.is_required)).collect();
        assert_eq!(shown, [("title", true), ("seo", false), ("extra", false)]);
        let title = &keys[0].value;
        assert_eq!(
            (title.description.as_deref(), &title.limits[..]),
            (Some("A text."), &[("maxLength", json!(60))][..])
        );
        let image = hints.value(&[Segment::key("seo"), Segment::key("image")]).expect("the schema knows it");
        assert_eq!(image.values, [json!("a")]);
        assert_eq!(hints.value(&[Segment::key("none")]), None);
    }
}
