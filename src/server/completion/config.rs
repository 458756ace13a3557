//! Completions in `copydesk.yaml`, in the config of the CMS and in JSON Schemas, by the schemas of these.

use gen_lsp_types::{CompletionItem, CompletionItemKind, Position, Uri};
use serde_json::Value;

use super::{
    items::{item, key_text, markdown, unquoted},
    place::{CompletionPlace, Slot},
};
use crate::{
    data::{self, DataFormat},
    front_matter::schema::Hints,
    server::{about::about_value, main_loop::Server, served_config::ServedConfig, uri},
    text::Span,
};

impl Server {
    /// The completions in a config that is open.
    pub(super) fn complete_config(&self, uri: &Uri, position: Position) -> Vec<CompletionItem> {
        let Some(path) = uri::to_path(uri) else { return vec![] };
        let open = self.documents.get(&path);
        let Some((config, open)) = open.and_then(|open| Some((ServedConfig::of(&path, open)?, open))) else {
            return vec![];
        };
        let format = config.format(&path);
        let places = open.places(self.client.encoding);
        let content = Span::new(0, places.lines.text_len());
        let Some(place) = CompletionPlace::of(&open.text, content, places.offset(position), format) else {
            return vec![];
        };
        let schema = config.schema();
        let hints = Hints::of(&schema);
        let tree = data::parse(&open.text, content, format);
        let mapping = tree.root.as_ref().and_then(|root| root.at(&place.path));
        let is_there = |key: &str| mapping.and_then(|mapping| mapping.entry(key)).is_some();
        let mut items: Vec<CompletionItem> = Vec::new();
        if place.slot != Slot::Key
            && let Some(hint) = hints.value(&place.path)
        {
            let said = hint.values.iter().chain(&hint.default).chain(&hint.examples);
            let mut values: Vec<String> = said.filter_map(|value| written(value, format)).collect();
            if hint.types.iter().any(|name| name == "boolean") {
                values.extend(["true", "false"].map(str::to_owned));
            }
            values.dedup();
            items.extend(values.into_iter().map(|value| {
                item(&places, unquoted(&value), CompletionItemKind::Value, place.typed, &*value)
            }));
        }
        if matches!(place.slot, Slot::Key | Slot::Item) {
            let keys = hints.keys(&place.path).into_iter().filter(|hint| !is_there(&hint.key));
            items.extend(keys.map(|hint| CompletionItem {
                documentation: markdown(about_value(&hint.value)),
                ..item(
                    &places,
                    &*hint.key,
                    CompletionItemKind::Property,
                    place.typed,
                    key_text(&places, place.typed, &hint.key, format),
                )
            }));
        }
        items
    }
}

/// A value as such a file has it.
fn written(value: &Value, format: DataFormat) -> Option<String> {
    match value {
        Value::String(text) if format == DataFormat::Yaml => Some(data::yaml_scalar(text)),
        Value::String(_) | Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}
