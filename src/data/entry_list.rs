//! The entries of a mapping, in which a key is found without a look at each of them.

use std::{
    ops::{Deref, DerefMut},
    sync::OnceLock,
};

use super::Entry;

/// Entries that are few are looked through.
const FEW: usize = 16;

/// The entries of a mapping, in source order, duplicates included.
#[derive(Debug, Default)]
pub struct EntryList {
    list: Vec<Entry>,
    /// The places of those whose keys are scalars, by their texts, once a key was looked for among many.
    by_key: OnceLock<Box<[usize]>>,
}

impl EntryList {
    /// The first entry whose key has this text.
    pub(super) fn find(&self, key: &str) -> Option<&Entry> {
        if self.list.len() <= FEW {
            return self.list.iter().find(|entry| entry.key.text() == Some(key));
        }
        let text = |at: &usize| self.list[*at].key.text();
        let by_key = self.by_key.get_or_init(|| {
            let mut places: Box<[usize]> = (0..self.list.len()).filter(|at| text(at).is_some()).collect();
            places.sort_by_key(text);
            places
        });
        let first = by_key.partition_point(|at| text(at) < Some(key));
        by_key.get(first).filter(|at| text(at) == Some(key)).map(|at| &self.list[*at])
    }

    /// Keeps the entries that `is_wanted` accepts, which may change them.
    pub fn retain(&mut self, is_wanted: impl FnMut(&mut Entry) -> bool) {
        self.by_key.take();
        self.list.retain_mut(is_wanted);
    }
}

impl From<Vec<Entry>> for EntryList {
    fn from(mut list: Vec<Entry>) -> Self {
        // Most mappings are small, and room for further entries would be larger than they are.
        list.shrink_to_fit();
        Self { list, by_key: OnceLock::new() }
    }
}

impl Deref for EntryList {
    type Target = [Entry];

    fn deref(&self) -> &[Entry] {
        &self.list
    }
}

impl DerefMut for EntryList {
    fn deref_mut(&mut self) -> &mut [Entry] {
        self.by_key.take();
        &mut self.list
    }
}

impl Clone for EntryList {
    fn clone(&self) -> Self {
        self.list.clone().into()
    }
}

impl PartialEq for EntryList {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}

#[cfg(test)]
mod tests {
    use super::FEW;
    use crate::data::{DataFormat, Mapping, Node, parse_file};

    /// A mapping of keys `k0` to `k99`, each with its number, and again with 7.
    fn numbered() -> Mapping {
        let numbered = (0..100).map(|at| format!("k{at}: {at}\n"));
        let again = (0..100).map(|at| format!("k{at}: 7\n"));
        let text: String = numbered.chain(again).collect();
        let tree = parse_file(&text, DataFormat::Yaml);
        tree.root.as_ref().and_then(Node::as_mapping).expect("it is a mapping").clone()
    }

    fn value(mapping: &Mapping, key: &str) -> Option<String> {
        mapping.entry(key).and_then(|entry| entry.value.text()).map(str::to_owned)
    }

    #[test]
    fn the_first_of_many_entries_is_found() {
        let mapping = numbered();
        assert!(mapping.entries.len() > FEW);
        assert_eq!(value(&mapping, "k42").as_deref(), Some("42"));
        assert_eq!(value(&mapping, "k100"), None);
    }

    #[test]
    fn what_is_taken_out_is_not_found() {
        let mut mapping = numbered();
        assert!(mapping.entry("k42").is_some());
        mapping.entries.retain(|entry| entry.key.text() != Some("k42"));
        assert_eq!(value(&mapping, "k42"), None);
        assert_eq!(value(&mapping, "k43").as_deref(), Some("43"));
        mapping.entries.reverse();
        assert_eq!(value(&mapping, "k43").as_deref(), Some("7"), "now the other one is first");
    }
}
