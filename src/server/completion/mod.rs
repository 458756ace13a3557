//! Completions: what could be written at a place.

mod anchors;
mod comments;
mod config;
mod front_matter;
mod in_use;
mod items;
mod json_place;
mod keys;
mod links;
pub(super) mod place;
mod references;
mod values;

use gen_lsp_types::{
    CompletionItem, CompletionItemTextEdit, CompletionList, CompletionParams, Documentation,
};

pub(super) use front_matter::dotted;
pub(super) use items::{known, title};

use super::main_loop::Server;
use crate::secrets::Secrets;

/// What a completion begins with, so that an editor asks without being told to.
pub(super) const TRIGGERS: [&str; 9] = [":", " ", "-", "[", "(", "#", "/", "\"", ","];

/// Items of one answer. More than a person looks through; others appear when some letters are written.
const MAX_ITEMS: usize = 2_000;

impl Server {
    /// What could be written at a place.
    pub(super) fn complete(&self, params: &CompletionParams) -> CompletionList {
        let at = &params.text_document_position_params;
        let uri = &at.text_document.uri;
        let mut items = match self.page(uri) {
            Some(page) => {
                let offset = page.places.offset(at.position);
                let document = page.document();
                let items = comments::items(&page, offset)
                    .or_else(|| front_matter::items(&page, &document, offset))
                    .or_else(|| links::items(&page, &document, offset));
                let mut items = items.unwrap_or_default();
                let secrets = page.index.secrets(&page.path);
                items.retain_mut(|item| keep_secrets(item, &secrets));
                items
            }
            None => self.complete_config(uri, at.position),
        };
        let is_incomplete = items.len() > MAX_ITEMS;
        items.truncate(MAX_ITEMS);
        number(&mut items);
        CompletionList { is_incomplete, items, ..CompletionList::default() }
    }
}

/// Masks the secrets in what is shown with an item. An item that would write a secret is not offered.
fn keep_secrets(item: &mut CompletionItem, secrets: &Secrets) -> bool {
    let is_clean = |text: &str| secrets.find(text).is_empty();
    item.detail = item.detail.take().map(|detail| secrets.mask(&detail).into_owned());
    item.filter_text = item.filter_text.take().map(|text| secrets.mask(&text).into_owned());
    if let Some(Documentation::MarkupContent(content)) = &mut item.documentation {
        content.value = secrets.mask(&content.value).into_owned();
    }
    let is_edit_clean = match &item.text_edit {
        Some(CompletionItemTextEdit::TextEdit(edit)) => is_clean(&edit.new_text),
        _ => true,
    };
    let others = item.additional_text_edits.iter().flatten();
    is_clean(&item.label) && is_edit_clean && others.into_iter().all(|edit| is_clean(&edit.new_text))
}

/// Keeps the order of items, which editors otherwise sort by their labels.
fn number(items: &mut [CompletionItem]) {
    for (index, item) in items.iter_mut().enumerate() {
        item.sort_text = Some(format!("{index:05}"));
    }
}
