//! Records that front matter refers to.

use std::ops::Range;

use super::{at::FrontMatterPlace, page::PageView};
use crate::{
    data::Node,
    document::Document,
    front_matter::{Collection, ReferenceForm, split_names},
    site::{Record, RecordText, Records, Site},
};

/// A text of a record that pages name it by.
#[derive(Debug, Clone, Copy)]
pub(super) struct RecordName<'s> {
    /// The record.
    pub(super) record: &'s Record,
    /// Which of its texts.
    pub(super) part: RecordPart,
}

/// A text of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RecordPart {
    /// What pages refer to it by.
    Id,
    /// What readers see.
    Label,
}

/// A value of front matter that names a record.
pub(super) struct NamingValue<'s, 'n> {
    /// What it names.
    pub(super) name: RecordName<'s>,
    /// The value.
    pub(super) node: &'n Node,
    /// The bytes of its text that are the name.
    pub(super) part: Range<usize>,
}

impl RecordName<'_> {
    /// The text in the file of the record.
    pub(super) fn text(&self) -> Option<&RecordText> {
        match self.part {
            RecordPart::Id => self.record.id.as_ref(),
            RecordPart::Label => self.record.label.as_ref(),
        }
    }

    /// Whether both are the same text of the same record.
    pub(super) fn is_same(&self, other: &RecordName<'_>) -> bool {
        self.part == other.part && is_same_record(self.record, other.record)
    }
}

/// Whether two records, which may be those of different references, are written at the same place.
pub(super) fn is_same_record(one: &Record, other: &Record) -> bool {
    let span = |record: &Record| record.id.as_ref().or(record.label.as_ref()).map(|text| text.span);
    std::ptr::eq(one, other) || (one.path == other.path && span(one) == span(other))
}

/// The values in front matter that name records, in the order of the references.
pub(super) fn naming_values<'s, 'n>(
    site: &'s Site,
    collection: &Collection,
    root: &'n Node,
) -> Vec<NamingValue<'s, 'n>> {
    let mut found = Vec::new();
    for (nth, reference) in collection.references.iter().enumerate() {
        let records = site.records(collection, nth);
        match &reference.form {
            ReferenceForm::Value { separators, .. } => {
                for node in reference.key.find_all(root).flat_map(Node::self_or_items) {
                    add_ids(records, node, separators, &mut found);
                }
            }
            ReferenceForm::Record { label_key, .. } => {
                for item in reference.items(root) {
                    if let Some(entry) = reference.form.id_entry(item) {
                        add_ids(records, &entry.value, &[], &mut found);
                    }
                    let label = item.get(label_key).and_then(|node| Some((node, node.text()?)));
                    found.extend(label.and_then(|(node, text)| {
                        let name = RecordName { record: records.by_label(text)?, part: RecordPart::Label };
                        Some(NamingValue { name, node, part: 0..text.len() })
                    }));
                }
            }
        }
    }
    found
}

/// Adds the ids that a value names: it is one, or several with separators between them.
fn add_ids<'s, 'n>(
    records: &'s Records,
    node: &'n Node,
    separators: &[Box<str>],
    found: &mut Vec<NamingValue<'s, 'n>>,
) {
    let Some(text) = node.text() else { return };
    let is_id = |name: &str| records.by_id(name).is_some();
    found.extend(split_names(text, separators, is_id).into_iter().filter_map(|part| {
        let name = RecordName { record: records.by_id(&text[part.clone()])?, part: RecordPart::Id };
        Some(NamingValue { name, node, part })
    }));
}

/// The record that a value of front matter names at an offset.
pub(super) fn record_at<'a>(
    page: &PageView<'a>,
    document: &Document,
    entry: &FrontMatterPlace<'_>,
    offset: u32,
) -> Option<&'a Record> {
    let collection = document.collection.as_ref()?;
    let root = document.front_matter.as_ref()?.tree.root.as_ref()?;
    let mut named = naming_values(page.index.site(), collection, root);
    named.retain(|it| std::ptr::eq(it.node, entry.value));
    let is_here = |it: &&NamingValue<'_, '_>| {
        let span = it.node.part_span(it.part.clone());
        span.is_some_and(|span| span.start <= offset && offset <= span.end)
    };
    named.iter().find(is_here).or(named.first()).map(|it| it.name.record)
}
