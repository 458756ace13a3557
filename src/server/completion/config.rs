//! Completions in `copydesk.yaml` and in the config of the CMS, by their schemas.

use gen_lsp_types::{CompletionItem, CompletionItemKind, Position, Uri};
use serde_json::Value;

use super::{
    items::{item, markdown},
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
        let file = uri::to_path(uri).and_then(|path| Some((ServedConfig::of(&path)?, path)));
        let file = file.and_then(|(config, path)| Some((config, self.documents.get(&path)?)));
        let Some((config, open)) = file else { return vec![] };
        let places = open.places(self.client.encoding);
        let content = Span::new(0, places.lines.text_len());
        let Some(place) = CompletionPlace::of(&open.text, content, places.offset(position), DataFormat::Yaml)
        else {
            return vec![];
        };
        let schema = config.schema();
        let hints = Hints::of(&schema);
        let tree = data::parse(&open.text, content, DataFormat::Yaml);
        let mapping = tree.root.as_ref().and_then(|root| root.at(&place.path));
        let is_there = |key: &str| mapping.and_then(|mapping| mapping.entry(key)).is_some();
        let mut items: Vec<CompletionItem> = Vec::new();
        if place.slot != Slot::Key
            && let Some(hint) = hints.value(&place.path)
        {
            let said = hint.values.iter().chain(&hint.default).chain(&hint.examples);
            let mut values: Vec<String> = said.filter_map(written).collect();
            if hint.types.iter().any(|name| name == "boolean") {
                values.extend(["true", "false"].map(str::to_owned));
            }
            values.dedup();
            items.extend(
                values
                    .into_iter()
                    .map(|value| item(&places, value.clone(), CompletionItemKind::Value, place.typed, value)),
            );
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
                    format!("{}: ", data::yaml_scalar(&hint.key)),
                )
            }));
        }
        items
    }
}

fn written(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(data::yaml_scalar(text)),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}
