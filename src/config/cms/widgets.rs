//! What the widgets without parts write.

use serde_json::{Map, Value, json};

use super::{CmsNumber, flag, option, text};
use crate::{data::Node, front_matter::schema::Schema};

/// Whether a field allows several values.
pub(super) fn number(field: &Node) -> CmsNumber {
    if flag(field, "multiple") == Some(true) { CmsNumber::Many } else { CmsNumber::One }
}

/// Names of text fields that are read by programs or hold names.
const NOT_PROSE: &[&str] = &[
    "address",
    "anchor",
    "author",
    "authors",
    "category",
    "class",
    "code",
    "color",
    "date",
    "email",
    "file",
    "format",
    "handle",
    "host",
    "href",
    "icon",
    "id",
    "identifier",
    "image",
    "key",
    "lang",
    "language",
    "layout",
    "link",
    "locale",
    "name",
    "path",
    "permalink",
    "phone",
    "slug",
    "src",
    "tag",
    "tags",
    "template",
    "templatekey",
    "type",
    "url",
    "uuid",
    "version",
];

/// Whether a field holds prose: text without a pattern whose name does not say that it is something else.
pub(super) fn is_prose(field: &Node, name: &str, widget: &str) -> bool {
    let last = name.to_lowercase();
    let last = last.rsplit(['_', '-']).next().unwrap_or_default();
    matches!(widget, "string" | "text" | "markdown")
        && field.get("pattern").is_none()
        && !NOT_PROSE.contains(&last)
}

/// The schema of a widget without parts.
pub(super) fn plain(field: &Node, widget: &str) -> Value {
    match widget {
        "string" | "text" | "markdown" | "color" | "map" | "uuid" | "ncw-id" | "id" => {
            json!({ "type": "string" })
        }
        "image" | "file" => {
            let several = ["multiple", "allow_multiple"].iter().any(|name| flag(field, name) == Some(true));
            if several || option(field, "media_library").is_some() {
                json!({ "type": ["string", "array"], "items": { "type": "string" } })
            } else {
                json!({ "type": "string" })
            }
        }
        "code" => json!({ "type": ["string", "object"] }),
        "boolean" => json!({ "type": "boolean" }),
        "number" => numeric(field),
        "select" => select(field),
        "hidden" => match field.get("default").map(Node::to_json) {
            Some(Value::String(text)) if text.contains("{{") => json!({}),
            Some(default) => json!({ "const": default }),
            None => json!({}),
        },
        _ => json!({}),
    }
}

/// Without a type the CMS stores digits, as text or as a number; with `int/string` and `float/string` as text.
fn numeric(field: &Node) -> Value {
    let digits = |pattern: &str| {
        json!({
            "type": ["number", "string"],
            "pattern": pattern,
            "errorMessage": { "pattern": "a number is expected" },
        })
    };
    let mut schema = match text(field, "value_type") {
        Some("int") => json!({ "type": "integer" }),
        Some("float") => json!({ "type": "number" }),
        Some("int/string") => digits(r"^([+-]?\d+)?$"),
        _ => digits(r"^([+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?)?$"),
    };
    for (option, keyword) in [("min", "minimum"), ("max", "maximum")] {
        if let Some(limit) = field.get(option).map(Node::to_json).filter(Value::is_number) {
            schema[keyword] = limit;
        }
    }
    schema
}

fn select(field: &Node) -> Value {
    let value = |option: &Node| option.get("value").unwrap_or(option).to_json();
    let options: Vec<Value> = field.get("options").map_or(&[][..], Node::items).iter().map(value).collect();
    let choice = if options.is_empty() { json!({}) } else { json!({ "enum": options }) };
    match number(field) {
        CmsNumber::One => choice,
        CmsNumber::Many => bounded(field, json!({ "type": "array", "items": choice })),
    }
}

/// A list with the bounds of its field.
pub(super) fn bounded(field: &Node, mut schema: Value) -> Value {
    for (option, keyword) in [("min", "minItems"), ("max", "maxItems")] {
        if let Some(limit) = field.get(option).map(Node::to_json).filter(Value::is_u64) {
            schema[keyword] = limit;
        }
    }
    schema
}

/// What the field says beyond its widget: a label and a hint for people, and a pattern with a message.
pub(super) fn describe(field: &Node, schema: &mut Map<String, Value>) {
    if let Some(label) = text(field, "label") {
        schema.insert("title".into(), json!(label));
    }
    if let Some(hint) = text(field, "hint") {
        schema.insert("description".into(), json!(hint));
    }
    let Some([pattern, rest @ ..]) = field.get("pattern").map(Node::items) else { return };
    let Some(pattern) = pattern.text() else { return };
    // The CMS reads patterns as JavaScript does; one that only a browser understands is not checked.
    if Schema::takes_pattern(pattern) {
        schema.insert("pattern".into(), json!(pattern));
        if let Some(message) = rest.first().and_then(Node::text) {
            schema.insert("errorMessage".into(), json!({ "pattern": message }));
        }
    }
}

/// A schema that also takes what the CMS leaves for a field that was not filled in.
pub(super) fn optional(schema: Value) -> Value {
    match schema.as_object() {
        Some(map) if map.is_empty() => schema,
        _ => json!({ "if": { "enum": [null, ""] }, "else": schema }),
    }
}
