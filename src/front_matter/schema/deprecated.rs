//! Keys of a page that the schema calls deprecated.

use serde_json::Value;

use super::annotation::Annotations;
use super::{Violation, ViolationKind, describe};
use crate::data::Node;

/// How deep a page is looked at.
const MAX_DEPTH: usize = 32;

/// Schemas that are held against the keys of one page.
const MAX_STEPS: usize = 20_000;

/// Whether a schema calls anything deprecated.
pub(super) fn has_any(document: &Value) -> bool {
    match document {
        Value::Object(map) => map.get("deprecated") == Some(&Value::Bool(true)) || map.values().any(has_any),
        Value::Array(items) => items.iter().any(has_any),
        _ => false,
    }
}

/// The keys of a page that are deprecated wherever the schema allows them, in source order.
pub(super) fn findings(document: &Value, root: &Node) -> Vec<Violation> {
    let mut walk = Walk { annotations: Annotations::new(document), left: MAX_STEPS, found: Vec::new() };
    walk.schema(document, root, MAX_DEPTH);
    walk.found.sort_by_key(|finding| finding.span);
    walk.found.dedup_by(|later, first| later.span == first.span);
    walk.found
}

struct Walk<'s> {
    annotations: Annotations<'s>,
    left: usize,
    found: Vec<Violation>,
}

impl<'s> Walk<'s> {
    fn schema(&mut self, schema: &'s Value, node: &Node, depth: usize) {
        if self.left == 0 || depth == 0 {
            return;
        }
        self.left -= 1;
        if let Some(target) = self.annotations.referred(schema) {
            self.schema(target, node, depth - 1);
        }
        for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.schema(part, node, depth - 1);
        }
        if let Some(items) = schema.get("items") {
            for item in node.items() {
                self.schema(items, item, depth - 1);
            }
        }
        let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return };
        for entry in node.entries() {
            let Some((name, property)) = entry.key.text().and_then(|key| Some((key, properties.get(key)?)))
            else {
                continue;
            };
            if self.annotations.is_deprecated(property) {
                let message = format!("deprecated key {}", describe::quoted(name));
                let mut finding =
                    Violation::new(ViolationKind::DeprecatedKey, entry.key.span, Vec::new(), message);
                finding.help = self.annotations.deprecation(property);
                self.found.push(finding);
            }
            self.schema(property, &entry.value, depth - 1);
        }
    }
}
