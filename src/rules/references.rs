//! What the rules about references share.

use std::{ops::Range, path::Path};

use crate::{
    front_matter::{RecordSource, Reference, ReferenceForm},
    site::{Page, Record, Records, Site},
    yaml::{Meaning, Node},
};

/// The most names that a message lists.
const MAX_NAMES: usize = 8;

/// Calls `check` for each reference of a page's collection.
pub(super) fn each(page: &Page, site: &Site, mut check: impl FnMut(&Reference, &Records, &Node)) {
    let (Some(collection), Some(root)) = (&page.collection, page.root()) else { return };
    for (index, reference) in collection.references.iter().enumerate() {
        check(reference, site.records(collection, index), root);
    }
}

/// The texts of a reference that is written as one text or a list of them.
pub(super) fn texts<'a>(reference: &Reference, root: &'a Node) -> impl Iterator<Item = &'a Node> {
    let is_text = |node: &&Node| node.as_scalar().is_some_and(|scalar| scalar.meaning != Meaning::Null);
    reference.key.find_all(root).flat_map(Node::self_or_items).filter(is_text)
}

/// Where in a text the names between any of the separators stand, in bytes.
pub(super) fn split(text: &str, separators: &[Box<str>]) -> Vec<Range<usize>> {
    let mut parts: Vec<_> = std::iter::once(0..text.len()).collect();
    for separator in separators.iter().filter(|separator| !separator.is_empty()) {
        let split = |part: Range<usize>| {
            let mut start = part.start;
            let names = text[part].split(&**separator).map(move |name| {
                let name = start..start + name.len();
                start = name.end + separator.len();
                name
            });
            names.collect::<Vec<_>>()
        };
        parts = parts.into_iter().flat_map(split).collect();
    }
    parts.into_iter().map(|part| trim(text, part)).filter(|part| !part.is_empty()).collect()
}

/// A part of a text without the blanks around it.
fn trim(text: &str, part: Range<usize>) -> Range<usize> {
    let name = &text[part.clone()];
    let start = part.start + name.len() - name.trim_start().len();
    start..start + name.trim().len()
}

/// What is known about the id and the label that a record of a page has.
pub(super) struct Known<'a> {
    /// The id, as written.
    pub(super) id: Option<&'a Node>,
    /// The label, as written.
    pub(super) label: Option<&'a Node>,
    /// The record with that id.
    pub(super) by_id: Option<&'a Record>,
    /// The record with that label.
    pub(super) by_label: Option<&'a Record>,
}

impl<'a> Known<'a> {
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

/// Where to look for the records, or which there are when they are few.
pub(super) fn where_records_are(reference: &Reference, records: &Records) -> String {
    let names: Vec<String> = records.list().iter().filter_map(name).collect();
    if (1..=MAX_NAMES).contains(&names.len()) {
        return format!("there are {}", names.join(", "));
    }
    match &reference.source {
        RecordSource::Data { path, .. } => {
            format!("`{}` has {} and not this one", path.display(), names.len())
        }
        RecordSource::Pages { .. } if names.is_empty() => "no page gives such a name at all".to_owned(),
        RecordSource::Pages { .. } => {
            let folder =
                records.list().first().and_then(|record| record.path.parent()).unwrap_or(Path::new(""));
            format!("none of the {} pages in `{}` has this name; add one", names.len(), folder.display())
        }
    }
}

fn name(record: &Record) -> Option<String> {
    let written = record.label.as_ref().or(record.id.as_ref())?;
    Some(format!("`{}`", short(&written.text)))
}

/// A text cut to what a message can hold.
pub(super) fn short(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn names_stand_between_any_of_the_separators() {
        let text = " Mira Holt, Jön and Ida ,";
        let separators = [", ", " and ", ","].map(Box::from);
        let names: Vec<_> = split(text, &separators).into_iter().map(|name| &text[name]).collect();
        assert_eq!(names, ["Mira Holt", "Jön", "Ida"]);
        assert_eq!(split("Mira", &[]).first(), Some(&(0..4)));
    }
}
