//! What the server says about rules and values, in Markdown.

use serde_json::Value;

use crate::{front_matter::schema::ValueHint, rule::RuleMeta, rule_docs, rules};

/// Values that a text lists.
const MAX_VALUES: usize = 12;

/// A rule: its page, without the heading.
pub(super) fn about_rule(meta: &RuleMeta) -> String {
    let page = rules::find(meta.id).map(rule_docs::page).unwrap_or_default();
    let body = page.split_once("\n\n").map_or("", |(_, body)| body);
    format!("**{}**: {body}", meta.id)
}

/// What a schema says of a value.
pub(super) fn about_value(hint: &ValueHint) -> String {
    let mut parts: Vec<String> = Vec::new();
    if hint.is_deprecated {
        parts.push("**Deprecated.**".to_owned());
    }
    parts.extend(hint.title.as_ref().map(|title| format!("**{title}**")));
    parts.extend(hint.description.clone());
    let mut facts: Vec<String> = Vec::new();
    if !hint.types.is_empty() {
        let names: Vec<&str> = hint.types.iter().map(|name| in_words(name)).collect();
        facts.push(format!("Type: {}", names.join(" or ")));
    }
    if !hint.values.is_empty() {
        facts.push(format!("Values: {}", listed(&hint.values)));
    }
    facts.extend(hint.default.as_ref().map(|value| format!("Default: {}", quoted(value))));
    facts.extend(hint.limits.iter().map(|(keyword, value)| format!("`{keyword}`: {}", quoted(value))));
    if !hint.examples.is_empty() {
        facts.push(format!("Examples: {}", listed(&hint.examples)));
    }
    if !facts.is_empty() {
        parts.push(facts.iter().map(|fact| format!("- {fact}")).collect::<Vec<_>>().join("\n"));
    }
    parts.join("\n\n")
}

/// A type of JSON Schema as YAML has it.
fn in_words(name: &str) -> &str {
    match name {
        "object" => "mapping",
        "array" => "list",
        other => other,
    }
}

fn listed(values: &[Value]) -> String {
    let mut shown: Vec<String> = values.iter().take(MAX_VALUES).map(quoted).collect();
    if values.len() > MAX_VALUES {
        shown.push(format!("{} more", values.len() - MAX_VALUES));
    }
    shown.join(", ")
}

fn quoted(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    format!("`{}`", text.replace('`', "'"))
}
