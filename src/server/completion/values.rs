//! Values that a schema lists, truth values, and dates.

use gen_lsp_types::{CompletionItem, CompletionItemKind};
use serde_json::Value;

use super::{
    front_matter::KeyRequest,
    items::{item, markdown, unquoted},
};
use crate::front_matter::{DateKey, dates::DateForm, rewrite, usual_date_keys};

/// The values that the schema and the kind of the key suggest.
pub(super) fn items(request: &KeyRequest<'_>) -> Vec<CompletionItem> {
    let hint = request.hints().and_then(|hints| hints.value(&request.place.path));
    let mut values: Vec<String> = Vec::new();
    let documentation = hint.as_ref().and_then(|hint| hint.description.clone());
    if let Some(hint) = hint {
        let said = hint.values.iter().chain(&hint.default).chain(&hint.examples);
        values.extend(said.filter_map(|value| written(request, value)));
        if hint.types.iter().any(|name| name == "boolean") {
            values.extend(["true", "false"].map(str::to_owned));
        }
    }
    values.extend(today(request));
    let mut seen = std::collections::HashSet::new();
    values.retain(|value| seen.insert(value.clone()));
    let (places, typed) = (&request.page.places, request.place.typed);
    let value_item = |value: String| CompletionItem {
        documentation: documentation.clone().and_then(markdown),
        ..item(places, unquoted(&value), CompletionItemKind::Value, typed, value.clone())
    };
    values.into_iter().map(value_item).collect()
}

/// A value of the schema as the page would have it.
fn written(request: &KeyRequest<'_>, value: &Value) -> Option<String> {
    match value {
        Value::String(text) => rewrite::written(text, request.format),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

/// Today, in the form that the dates of the collection have, where the key holds a date.
fn today(request: &KeyRequest<'_>) -> Option<String> {
    let dotted = request.dotted();
    let is_it = |date: &&DateKey| date.key.to_string() == dotted;
    let collection = request.document.collection.as_deref();
    let dates = match collection {
        Some(collection) => collection.date_keys(),
        None => usual_date_keys(),
    };
    let date = dates.iter().find(is_it)?;
    let usual = || request.page.index.site().usual_date_form(collection?, &date.key).map(|(form, _)| form);
    let day = request.page.index.site().today;
    Some(match date.form.or_else(usual).unwrap_or(DateForm::Date) {
        DateForm::Date => day.to_string(),
        DateForm::DateTime => format!("{day}T00:00:00Z"),
        DateForm::LocalDateTime => format!("{day}T00:00:00"),
    })
}
