//! Findings about values that may not be where they are, or not beside one another.

use std::collections::HashMap;

use serde_json::Value;

use super::location::ValuePlace;
use super::{Violation, describe};

/// A list with equal items: the second of them is too many.
pub(super) fn unique(place: &ValuePlace<'_>) -> Violation {
    let mut first = HashMap::new();
    for item in place.node.items() {
        if let Some(known) = first.insert(item.to_json().to_string(), item) {
            let what = item
                .text()
                .map_or_else(|| String::from("item"), |text| format!("item {}", describe::quoted(text)));
            let message = format!("duplicate {what} in {}", place.name());
            let mut finding = Violation::invalid(item.span, Vec::new(), message);
            finding.related.push((known.span, String::from("first used here")));
            finding.help = Some(String::from("remove one of them"));
            return finding;
        }
    }
    Violation::invalid(place.owner(), Vec::new(), format!("duplicate item in {}", place.name()))
}

/// A value where there may be none.
pub(super) fn forbidden(place: &ValuePlace<'_>, keyword: &str) -> Violation {
    let (schemas, key) = keyword.rsplit_once('/').unwrap_or_default();
    let (span, message) = if schemas.ends_with("/dependentSchemas") {
        (place.entry(key), format!("{} is not allowed here", describe::quoted(key)))
    } else if keyword.ends_with("/propertyNames") || place.is_root() {
        (place.owner(), format!("{} must not have keys", place.name()))
    } else if place.is_item() {
        (place.value(), format!("too many items: {} is not allowed", place.name()))
    } else {
        (place.owner(), format!("{} is not allowed here", place.name()))
    };
    Violation::invalid(span, Vec::new(), message)
}

/// A value that has a form which it may not have.
pub(super) fn negated(place: &ValuePlace<'_>, schema: &Value) -> Violation {
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if let Some((last, rest)) = required.split_last() {
        let keys = describe::all(&describe::each_quoted(&required));
        let message = if rest.is_empty() {
            format!("{keys} is not allowed here")
        } else {
            format!("{keys} are mutually exclusive")
        };
        let mut finding = Violation::invalid(place.entry(last), Vec::new(), message);
        finding.related =
            rest.iter().map(|key| (place.entry(key), String::from("conflicts with this key"))).collect();
        return finding;
    }
    let message = if place.node.text().is_some_and(|text| !text.is_empty()) {
        format!("{} must not be {}", place.name(), describe::subject(place.node))
    } else {
        format!("{} has a value that is not allowed", place.name())
    };
    Violation::invalid(place.value(), Vec::new(), message)
}
