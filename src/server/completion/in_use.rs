//! Values that other pages have for the same key, such as tags.

use std::collections::BTreeMap;

use gen_lsp_types::{CompletionItem, CompletionItemKind};

use super::{front_matter::KeyRequest, items::item, place::Slot};
use crate::{
    data::{Meaning, Node},
    front_matter::{KeyPath, rewrite},
    text::quantity,
};

/// The longest value that is offered, in characters: a longer one is a sentence.
const MAX_CHARS: usize = 60;

/// The values of the key in other pages, those of most pages first. A value that is not one of a list is offered only if
/// several pages have it.
pub(super) fn items(request: &KeyRequest<'_>) -> Vec<CompletionItem> {
    let key = KeyPath::new(&request.dotted());
    let collection = request.document.collection.as_ref().map(|it| it.index);
    let others = request.page.index.site().pages.iter().filter(|page| {
        page.path != request.page.path && page.collection.as_ref().map(|it| it.index) == collection
    });
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let is_list = |slot: Slot| matches!(slot, Slot::Item | Slot::FlowItem);
    let mut is_in_list = is_list(request.place.slot);
    for node in others.filter_map(|page| page.root()).flat_map(|root| key.find_all(root)) {
        is_in_list |= !node.items().is_empty();
        for text in node.self_or_items().iter().filter_map(text) {
            *counts.entry(text).or_default() += 1;
        }
    }
    let mut counts: Vec<(&str, usize)> =
        counts.into_iter().filter(|(_, count)| is_in_list || *count > 1).collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let is_value_of_list = is_in_list && !is_list(request.place.slot);
    let used = |(value, count): (&str, usize)| {
        let written = rewrite::written(value, request.format)?;
        let text = if is_value_of_list { format!("[{written}]") } else { written };
        Some(CompletionItem {
            detail: Some(quantity(count, "page")),
            ..item(&request.page.places, value, CompletionItemKind::Value, request.place.typed, text)
        })
    };
    counts.into_iter().filter_map(used).collect()
}

/// A short text or name; not a date, a number or a sentence.
fn text(node: &Node) -> Option<&str> {
    let scalar = node.as_scalar().filter(|scalar| scalar.meaning == Meaning::String)?;
    let text = &*scalar.text;
    let is_short = !text.is_empty() && text.chars().count() <= MAX_CHARS && !text.contains('\n');
    (is_short && crate::front_matter::dates::parse(text).is_err()).then_some(text)
}
