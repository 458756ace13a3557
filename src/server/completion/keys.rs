//! Keys of front matter: those of the schema, else those of the other pages.

use std::collections::BTreeMap;

use gen_lsp_types::{CompletionItem, CompletionItemKind};

use super::{
    front_matter::KeyRequest,
    items::{item, key_text, markdown},
    place::Slot,
};
use crate::{
    data::Node,
    front_matter::schema::{KeyHint, ValueHint},
    server::about::about_value,
};

/// The keys that the mapping at the place lacks.
pub(super) fn items(request: &KeyRequest<'_>) -> Vec<CompletionItem> {
    let root = request.document.front_matter.as_ref().and_then(|it| it.tree.root.as_ref());
    let mapping = root.and_then(|root| root.at(&request.place.path));
    let is_there = |key: &str| {
        mapping.and_then(|mapping| mapping.entry(key)).is_some_and(|entry| {
            // The key that is being written is there, too.
            !(entry.key.span.start <= request.place.typed.end
                && request.place.typed.start <= entry.key.span.end)
        })
    };
    let mut keys = request.hints().map(|hints| hints.keys(&request.place.path)).unwrap_or_default();
    if keys.is_empty() && request.place.path.is_empty() {
        keys = keys_in_use(request);
    }
    keys.retain(|hint| !is_there(&hint.key));
    // Those that have to be there come first.
    keys.sort_by_key(|hint| (!hint.is_required, hint.value.is_deprecated));
    keys.iter().map(|hint| key_item(request, hint)).collect()
}

fn key_item(request: &KeyRequest<'_>, hint: &KeyHint) -> CompletionItem {
    let (places, typed) = (&request.page.places, request.place.typed);
    let text = key_text(places, typed, &hint.key, request.format);
    CompletionItem {
        detail: Some(if hint.is_required { "required" } else { "optional" }.to_owned()),
        documentation: markdown(about_value(&hint.value)),
        ..item(places, &*hint.key, CompletionItemKind::Property, typed, text)
    }
}

/// The keys that pages of the same collection have, those of most pages first.
fn keys_in_use(request: &KeyRequest<'_>) -> Vec<KeyHint> {
    if request.place.slot != Slot::Key {
        return vec![];
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let collection = request.document.collection.as_ref().map(|it| it.index);
    let pages = request.page.index.site().pages.iter();
    let others = pages.filter(|page| page.collection.as_ref().map(|it| it.index) == collection);
    for entry in others.filter_map(|page| page.root()).flat_map(Node::entries) {
        *counts.entry(entry.key.as_str().unwrap_or_default()).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().filter(|(key, _)| !key.is_empty()).collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
        .into_iter()
        .map(|(key, _)| KeyHint { key: key.into(), is_required: false, value: ValueHint::default() })
        .collect()
}
