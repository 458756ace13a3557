//! Completions in front matter: keys first, or values by what the schema, the references and the other pages say.

use gen_lsp_types::CompletionItem;

use super::{
    in_use, keys,
    place::{CompletionPlace, Slot},
    references, values,
};
use crate::{
    data::{DataFormat, Segment},
    document::Document,
    front_matter::schema::Hints,
    server::page::PageView,
};

/// Everything that a completion in front matter asks.
pub(super) struct KeyRequest<'a> {
    /// The page.
    pub(super) page: &'a PageView<'a>,
    /// The page, parsed.
    pub(super) document: &'a Document,
    /// Where something is written.
    pub(super) place: CompletionPlace,
    /// The notation of the front matter.
    pub(super) format: DataFormat,
}

impl<'a> KeyRequest<'a> {
    /// What the schema of the page's collection says.
    pub(super) fn hints(&self) -> Option<Hints<'a>> {
        Some(self.document.collection.as_ref()?.schema.as_ref()?.hints())
    }

    /// The path with dots, list indexes left out.
    pub(super) fn dotted(&self) -> String {
        dotted(&self.place.path)
    }
}

/// A path with dots, list indexes left out.
pub(in crate::server) fn dotted(path: &[Segment]) -> String {
    path.iter().filter_map(Segment::as_key).collect::<Vec<_>>().join(".")
}

/// The completions at an offset of the front matter; `None` outside of it.
pub(super) fn items(page: &PageView<'_>, document: &Document, offset: u32) -> Option<Vec<CompletionItem>> {
    let front_matter = document.front_matter.as_ref()?;
    let format = front_matter.tree.format;
    let place = CompletionPlace::of(&page.open.text, front_matter.content, offset, format)?;
    let request = KeyRequest { page, document, place, format };
    let of_references = references::items(&request);
    if !of_references.is_empty() {
        return Some(of_references);
    }
    let mut items = Vec::new();
    if request.place.slot != Slot::Key {
        items = values::items(&request);
        if items.is_empty() {
            items = in_use::items(&request);
        }
    }
    if matches!(request.place.slot, Slot::Key | Slot::Item) {
        items.extend(keys::items(&request));
    }
    Some(items)
}
