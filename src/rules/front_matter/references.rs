//! References to records, for `unknown-reference` and `category-mismatch`.

use std::path::Path;

use crate::{
    data::{Meaning, Node},
    front_matter::{RecordSource, Reference, ReferenceForm},
    site::{Page, Record, Records, Site},
    text::quantity,
};

/// The maximum number of names that a help text lists.
const MAX_NAMES: usize = 8;

/// Calls `check` for each reference of a page's collection whose records are known.
pub(super) fn each(page: &Page, site: &Site, mut check: impl FnMut(&Reference, &Records, &Node)) {
    let (Some(collection), Some(root)) = (&page.collection, page.root()) else { return };
    let references = collection.references.iter().enumerate();
    for (index, reference) in references.filter(|(_, it)| site.has_records_of(it)) {
        check(reference, site.records(collection, index), root);
    }
}

/// The values of a reference that is a single value or a list.
pub(super) fn texts<'a>(reference: &Reference, root: &'a Node) -> impl Iterator<Item = &'a Node> {
    let is_text = |node: &&Node| node.as_scalar().is_some_and(|scalar| scalar.meaning != Meaning::Null);
    reference.key.find_all(root).flat_map(Node::self_or_items).filter(is_text)
}

/// The id and the label of a reference, and the records that they belong to.
pub(super) struct KnownReference<'a> {
    /// The id in the page.
    pub(super) id: Option<&'a Node>,
    /// The label in the page.
    pub(super) label: Option<&'a Node>,
    /// The record with that id.
    pub(super) by_id: Option<&'a Record>,
    /// The record with that label.
    pub(super) by_label: Option<&'a Record>,
}

impl<'a> KnownReference<'a> {
    pub(super) fn of(item: &'a Node, reference: &Reference, records: &'a Records) -> Self {
        let ReferenceForm::Record { label_key, .. } = &reference.form else {
            return Self { id: None, label: None, by_id: None, by_label: None };
        };
        let filled = |node: &&Node| node.text().is_some_and(|text| !text.trim().is_empty());
        let id = reference.form.id_entry(item).map(|entry| &entry.value).filter(filled);
        let label = item.get(label_key).filter(filled);
        let text = |node: Option<&'a Node>| node.and_then(Node::text).map(str::trim);
        Self {
            id,
            label,
            by_id: text(id).and_then(|id| records.by_id(id)),
            by_label: text(label).and_then(|label| records.by_label(label)),
        }
    }
}

/// The known records if they are few, otherwise where they are defined.
pub(super) fn known_records(reference: &Reference, records: &Records) -> String {
    let count = records.named();
    if (1..=MAX_NAMES).contains(&count) {
        let names: Vec<String> = records.list().iter().filter_map(name).collect();
        return format!("known values: {}", names.join(", "));
    }
    match &reference.source {
        RecordSource::Data { path, .. } => {
            format!("`{}` defines {}, but not this one", path.display(), quantity(count, "other entry"))
        }
        RecordSource::Pages { .. } if count == 0 => "no page defines one".to_owned(),
        RecordSource::Pages { .. } => {
            let folder =
                records.list().first().and_then(|record| record.path.parent()).unwrap_or(Path::new(""));
            let pages = quantity(count, "page");
            format!("add a page for it, or use the name of one of the {pages} in `{}`", folder.display())
        }
    }
}

fn name(record: &Record) -> Option<String> {
    let written = record.label.as_ref().or(record.id.as_ref())?;
    Some(format!("`{}`", short(&written.text)))
}

/// A text shortened for messages.
pub(super) fn short(text: &str) -> String {
    const MAX_CHARS: usize = 60;
    if text.chars().count() <= MAX_CHARS {
        return text.to_owned();
    }
    text.chars().take(MAX_CHARS - 1).chain(['…']).collect()
}
