//! Records that front matter refers to.

use super::{at::FrontMatterPlace, completion::dotted, page::PageView};
use crate::{document::Document, front_matter::ReferenceForm, site::Record};

/// The record that a value of front matter names, by its id or by its label.
pub(super) fn record_at<'a>(
    page: &PageView<'a>,
    document: &Document,
    entry: &FrontMatterPlace<'_>,
) -> Option<&'a Record> {
    let collection = document.collection.as_ref()?;
    let path = dotted(&entry.path);
    let text = entry.value.text()?;
    collection.references.iter().enumerate().find_map(|(nth, reference)| {
        let records = page.index.site().records(collection, nth);
        let key = reference.key.to_string();
        match &reference.form {
            ReferenceForm::Value { separators, .. } if path == key => {
                let is_one = records.by_id(text.trim());
                let mut parts = separators.iter().flat_map(|separator| text.split(&**separator));
                is_one.or_else(|| parts.find_map(|part| records.by_id(part.trim())))
            }
            ReferenceForm::Record { id_keys, label_key, .. } => {
                let last = path.strip_prefix(&*key)?.strip_prefix('.')?;
                match () {
                    () if last == &**label_key => records.by_label(text),
                    () if id_keys.iter().any(|id| **id == *last) => records.by_id(text),
                    () => None,
                }
            }
            ReferenceForm::Value { .. } => None,
        }
    })
}
