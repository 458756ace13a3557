//! Findings about values that may not stand where they stand, or not beside one another.

use std::collections::HashMap;

use serde_json::Value;

use super::place::Place;
use super::{Finding, words};

/// A list with equal items: the second of them is too many.
pub(super) fn unique(place: &Place<'_>) -> Finding {
    let mut first = HashMap::new();
    for item in place.node.items() {
        if let Some(known) = first.insert(item.to_json().to_string(), item) {
            let what = item.text().map_or_else(|| String::from("the same item"), words::quoted);
            let message = format!("{what} stands twice in {}", place.name());
            let mut finding = Finding::invalid(item.span, Vec::new(), message);
            finding.related.push((known.span, String::from("it stands here already")));
            finding.help = Some(String::from("take one of them out"));
            return finding;
        }
    }
    Finding::invalid(place.owner(), Vec::new(), format!("{} has two equal items", place.name()))
}

/// A value where there may be none.
pub(super) fn forbidden(place: &Place<'_>, keyword: &str) -> Finding {
    let (schemas, key) = keyword.rsplit_once('/').unwrap_or_default();
    let (span, message) = if schemas.ends_with("/dependentSchemas") {
        (place.entry(key), format!("{} may not stand here", words::quoted(key)))
    } else if keyword.ends_with("/propertyNames") || place.is_root() {
        (place.owner(), format!("{} may have no keys", place.name()))
    } else if place.is_item() {
        (place.value(), format!("{} is one too many", place.name()))
    } else {
        (place.owner(), format!("{} may not stand here", place.name()))
    };
    Finding::invalid(span, Vec::new(), message)
}

/// A value that has a form which it may not have.
pub(super) fn negated(place: &Place<'_>, schema: &Value) -> Finding {
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if let Some((last, rest)) = required.split_last() {
        let keys = words::all(&words::each_quoted(&required));
        let message = if rest.is_empty() {
            format!("{keys} may not stand here")
        } else {
            format!("{keys} may not stand together")
        };
        let mut finding = Finding::invalid(place.entry(last), Vec::new(), message);
        finding.related =
            rest.iter().map(|key| (place.entry(key), String::from("together with this"))).collect();
        return finding;
    }
    let message = if place.node.text().is_some_and(|text| !text.is_empty()) {
        format!("{} may not be {}", place.name(), words::subject(place.node))
    } else {
        format!("{} has a value that it may not have", place.name())
    };
    Finding::invalid(place.value(), Vec::new(), message)
}
