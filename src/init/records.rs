//! What keys refer to: records in data files and other pages whose ids hold nearly all values of a key.

use std::collections::{BTreeMap, HashSet};

use super::{
    group::{self, PageGroup, folder_and_name},
    shape::{SchemaType, Shape, Texts},
};
use crate::{
    data::{Node, Tree, Value},
    site::Page,
};

/// The fewest different values that show a reference.
const MIN_DIFFERENT: usize = 3;

/// The fewest different labels that do, where each has an id of the same records beside it.
const MIN_DIFFERENT_LABELS: usize = 2;

/// What may be between two names in one text, as references are read.
const SEPARATORS: [&str; 3] = [", ", " and ", " & "];

/// The fewest values that show a reference.
const MIN_VALUES: usize = 6;

/// How deep lists and mappings in data files are looked for.
const MAX_DEPTH: usize = 3;

/// Of 20 values, so many at least are names of pages: with fewer, pages that are alike by chance have most of them.
const MOST_PAGES: (usize, usize) = (19, 20);

/// Keys that say what a page is or where: their values name no other thing.
const OWN_KEYS: [&str; 8] = ["title", "slug", "id", "permalink", "url", "layout", "lang", "language"];

/// Keys by which other pages name a page, besides one that is called like its folder.
const ID_KEYS: [&str; 7] = ["slug", "id", "key", "name", "title", "permalink", "url"];

/// Things with ids: the items of a list in a data file, or the pages of a folder.
#[derive(Debug)]
pub(super) struct RecordSet {
    pub(super) place: RecordPlace,
    /// The texts of each field, where hardly any occurs twice. The empty name is that of the item itself: a text of a
    /// list, a key of a mapping, the name of a page's file.
    fields: BTreeMap<String, HashSet<String>>,
}

/// Where records are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RecordPlace {
    /// In a data file, at a JSON pointer.
    Data { path: String, items: String },
    /// In pages, by their glob.
    Pages { files: String },
}

/// What the values of a key refer to.
#[derive(Debug)]
pub(super) struct LearnedReference {
    pub(super) place: RecordPlace,
    /// The field of the records that has the values, if not the item itself.
    pub(super) field: Option<String>,
    /// The key below that has the label, and the field of the records that it must be.
    pub(super) label: Option<(String, String)>,
    /// The keys of the id, in pages and in the records; empty where a value is the id.
    pub(super) ids: Vec<String>,
    /// How many values it has, and how many of them are ids of records.
    pub(super) seen: (usize, usize),
}

impl RecordSet {
    /// The lists and mappings of a data file.
    pub(super) fn of_data(path: &str, tree: &Tree) -> Vec<Self> {
        let mut sets = Vec::new();
        if let Some(root) = tree.root.as_ref().filter(|_| tree.errors.is_empty()) {
            add_sets(root, path, &mut String::new(), 0, &mut sets);
        }
        sets
    }

    /// Whether the pages of `own` may name these records by a field: others by their files, a key such as `slug`, or one
    /// that is called like the folder, `keeper` in `keepers`; themselves by their files alone.
    fn is_named_by(&self, field: &str, own: &RecordPlace) -> bool {
        let RecordPlace::Pages { files } = &self.place else { return true };
        let folder = files.rsplit('/').find(|part| !part.contains('*'));
        let is_like_folder = || folder.is_some_and(|folder| folder.to_lowercase().starts_with(field));
        field.is_empty() || self.place != *own && (ID_KEYS.contains(&field) || is_like_folder())
    }

    /// Whether so many of all values of a key show that it refers to the records.
    fn are_enough(&self, (all, known): (usize, usize)) -> bool {
        matches!(self.place, RecordPlace::Data { .. }) || known * MOST_PAGES.1 >= all * MOST_PAGES.0
    }

    /// The pages of a group, by name and by the keys that tell them apart.
    pub(super) fn of_pages(group: &PageGroup<'_>, files: &str) -> Self {
        let stem = |page: &&Page| Some(page.path.file_stem()?.to_string_lossy().into_owned());
        let mut fields = Fields::default();
        // Translations are the same record.
        let mut records = HashSet::new();
        for page in &group.pages {
            let (folder, name) = folder_and_name(page);
            if !records.insert((folder, group::stem(name))) {
                continue;
            }
            for entry in page.root().map_or(&[][..], Node::entries) {
                fields.add(entry.key.as_str(), entry.value.text());
            }
            fields.add(Some(""), stem(page).as_deref());
        }
        Self { place: RecordPlace::Pages { files: files.to_owned() }, fields: fields.telling(records.len()) }
    }
}

/// Texts by field, with the number of them.
#[derive(Default)]
struct Fields(BTreeMap<String, (HashSet<String>, usize)>);

impl Fields {
    fn add(&mut self, name: Option<&str>, text: Option<&str>) {
        if let (Some(name), Some(text)) = (name, text) {
            let (texts, count) = self.0.entry(name.to_owned()).or_default();
            texts.insert(text.to_owned());
            *count += 1;
        }
    }

    /// The fields that nearly all of the records have and that tell them apart.
    fn telling(self, records: usize) -> BTreeMap<String, HashSet<String>> {
        let tells = |texts: &HashSet<String>, count: usize| {
            texts.len() >= MIN_DIFFERENT && texts.len() * 10 >= count * 9 && count * 10 >= records * 9
        };
        let kept = self.0.into_iter().filter(|(_, (texts, count))| tells(texts, *count));
        kept.map(|(name, (texts, _))| (name, texts)).collect()
    }
}

fn add_sets(node: &Node, path: &str, pointer: &mut String, depth: usize, sets: &mut Vec<RecordSet>) {
    let mut fields = Fields::default();
    let records = match &node.value {
        Value::Sequence(items) => {
            for item in items {
                fields.add(Some(""), item.text());
                for entry in item.entries() {
                    fields.add(entry.key.as_str(), entry.value.text());
                }
            }
            items.len()
        }
        Value::Mapping(mapping) => {
            // The keys of a mapping of mappings are ids; those of a mapping of settings are names of settings.
            let is_record = |entry: &&crate::data::Entry| entry.value.is_collection();
            for entry in mapping.entries.iter().filter(is_record) {
                fields.add(Some(""), entry.key.as_str());
            }
            mapping.entries.iter().filter(is_record).count()
        }
        Value::Scalar(_) => return,
    };
    let fields = fields.telling(records);
    if !fields.is_empty() {
        let place = RecordPlace::Data { path: path.to_owned(), items: pointer.clone() };
        sets.push(RecordSet { place, fields });
    }
    if depth < MAX_DEPTH
        && let Value::Mapping(mapping) = &node.value
    {
        for entry in mapping.entries.iter() {
            if let Some(key) = entry.key.as_str() {
                let len = pointer.len();
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
                add_sets(&entry.value, path, pointer, depth + 1, sets);
                pointer.truncate(len);
            }
        }
    }
}

/// What the values of a key refer to, if nearly all of them are ids of the same kind of records. `own` are the pages
/// that have the key: of themselves they name only files.
pub(super) fn reference(
    key: &str,
    shape: &Shape,
    sets: &[RecordSet],
    own: &RecordPlace,
) -> Option<LearnedReference> {
    if OWN_KEYS.contains(&key) {
        return None;
    }
    let others = || sets.iter().filter(|set| set.place != *own);
    let mut texts = shape.texts_and_items();
    if let (Some(texts), None) = (texts.next(), texts.next()) {
        let matches = sets.iter().flat_map(|set| {
            let fields = set.fields.iter().filter(|(field, _)| set.is_named_by(field, own));
            fields.filter_map(move |(field, ids)| {
                let seen = coverage(texts, ids, MIN_DIFFERENT).filter(|seen| set.are_enough(*seen))?;
                let field = Some(field.clone()).filter(|field| !field.is_empty());
                Some((
                    (set.place != *own, ids.len()),
                    LearnedReference { place: set.place.clone(), field, label: None, ids: vec![], seen },
                ))
            })
        });
        return matches.min_by_key(|(rank, _)| *rank).map(|(_, reference)| reference);
    }
    let keys = match &shape.items {
        Some(items) if items.count(SchemaType::Object) > 0 => &items.keys,
        _ => &shape.keys,
    };
    others().find_map(|set| labelled(keys, set))
}

/// A reference of pages that write an id and a label of a record.
fn labelled(keys: &BTreeMap<String, Shape>, set: &RecordSet) -> Option<LearnedReference> {
    let covered = |key: &'static str, min_different: usize| {
        let texts = &keys.get(key)?.texts;
        let mut fields = set.fields.iter().filter(|(field, _)| !field.is_empty());
        fields.find_map(|(field, ids)| Some((key, field, coverage(texts, ids, min_different)?)))
    };
    let (id, id_field, seen) = ["id", "value", "slug", "key"].into_iter().find_map(|key| covered(key, 1))?;
    let mut labels = ["label", "name", "title", "text"].into_iter().filter(|key| *key != id);
    let (label, label_field, _) = labels.find_map(|key| covered(key, MIN_DIFFERENT_LABELS))?;
    let also = keys.keys().map(String::as_str).filter(|key| ["id", "value"].contains(key));
    let mut ids: Vec<String> = [id_field.as_str(), id].into_iter().chain(also).map(str::to_owned).collect();
    let mut seen_ids = HashSet::new();
    ids.retain(|id| seen_ids.insert(id.clone()));
    let label = Some((label.to_owned(), label_field.clone()));
    Some(LearnedReference { place: set.place.clone(), field: None, label, ids, seen })
}

/// How many texts there are and how many of them are ids; nothing unless nearly all are, of several.
fn coverage(texts: &Texts, ids: &HashSet<String>, min_different: usize) -> Option<(usize, usize)> {
    if texts.is_open || texts.count < MIN_VALUES {
        return None;
    }
    let known = || texts.counts.iter().filter(|(text, _)| is_known(text, ids));
    let covered: usize = known().map(|(_, (count, _))| count).sum();
    let is_reference = known().count() >= min_different && covered * 10 >= texts.count * 9;
    is_reference.then_some((texts.count, covered))
}

/// Whether a text is an id, or several with something between them.
fn is_known(text: &str, ids: &HashSet<String>) -> bool {
    // What is left of the text after some ids. Each rest is looked at once, however many ways lead to it.
    let (mut rests, mut seen) = (vec![text], HashSet::new());
    while let Some(rest) = rests.pop() {
        if ids.contains(rest) {
            return true;
        }
        let parts = SEPARATORS.iter().filter_map(|separator| rest.split_once(separator));
        let after = parts.filter(|(one, _)| ids.contains(*one)).map(|(_, after)| after);
        rests.extend(after.filter(|after| seen.insert(after.len())));
    }
    false
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::is_known;

    #[test]
    fn several_ids_are_known_however_they_are_joined() {
        let ids: HashSet<String> = ["ebb", "flood", "ebb and flood"].map(str::to_owned).into();
        for known in ["ebb", "ebb, flood", "flood & ebb and flood", "ebb and flood, ebb and ebb"] {
            assert!(is_known(known, &ids), "{known}");
        }
        for unknown in ["", "neap", "ebb, neap", "ebb and flood and neap", "ebb,flood"] {
            assert!(!is_known(unknown, &ids), "{unknown}");
        }
    }

    #[test]
    fn each_rest_of_a_text_is_looked_at_once() {
        // Every beginning is an id, so that there are as many ways through the text as subsets of its separators.
        let text = "a, a and a & ".repeat(40) + "b";
        let ends = text.char_indices().filter(|(_, c)| *c == 'a').map(|(at, _)| at + 1);
        let ids: HashSet<String> = ends.map(|end| text[..end].to_owned()).collect();
        let ids: HashSet<String> =
            ids.iter().flat_map(|id| id.match_indices('a').map(|(at, _)| id[at..].to_owned())).collect();
        assert!(!is_known(&text, &ids));
    }
}
