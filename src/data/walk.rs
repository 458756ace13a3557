//! All values of a tree, without recursion.

use std::collections::HashMap;

use super::{Entry, Node, Value};

/// Two entries of one mapping with the same key.
#[derive(Debug, Clone, Copy)]
pub struct Duplicate<'a> {
    /// The first.
    pub first: &'a Entry,
    /// A later one.
    pub second: &'a Entry,
}

impl Node {
    /// Every value in this tree, itself included, in source order, each with the key that owns it. An item of a list
    /// is owned by the list's key, the root by none.
    pub fn values(&self) -> impl Iterator<Item = (Option<&Self>, &Self)> {
        let mut waiting = vec![(None, self)];
        std::iter::from_fn(move || {
            let (key, node) = waiting.pop()?;
            match &node.value {
                Value::Scalar(_) => {}
                Value::Sequence(items) => waiting.extend(items.iter().rev().map(|item| (key, item))),
                Value::Mapping(mapping) => {
                    waiting
                        .extend(mapping.entries.iter().rev().map(|entry| (Some(&entry.key), &entry.value)));
                }
            }
            Some((key, node))
        })
    }

    /// The keys that stand more than once in a mapping, at any depth, in source order. The merge key `<<` may.
    pub fn duplicate_keys(&self) -> Vec<Duplicate<'_>> {
        self.duplicates(str::to_owned)
    }

    /// The keys that differ only in case from another one in a mapping, for generators that take them for one.
    pub fn duplicate_keys_in_other_case(&self) -> Vec<Duplicate<'_>> {
        let mut duplicates = self.duplicates(str::to_lowercase);
        duplicates.retain(|pair| pair.first.key.text() != pair.second.key.text());
        duplicates
    }

    /// The keys that are the same once they are folded, in source order.
    fn duplicates(&self, fold: impl Fn(&str) -> String) -> Vec<Duplicate<'_>> {
        let mut duplicates = Vec::new();
        for (_, node) in self.values() {
            let mut seen: HashMap<String, &Entry> = HashMap::new();
            for second in node.entries().iter().filter(|entry| !entry.key.is_merge_key()) {
                let Some(key) = second.key.text() else { continue };
                let key = fold(key);
                match seen.get(&key) {
                    Some(first) => duplicates.push(Duplicate { first, second }),
                    None => {
                        seen.insert(key, second);
                    }
                }
            }
        }
        duplicates.sort_by_key(|pair| pair.second.key.span);
        duplicates
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        data::{DataFormat, parse},
        text::Span,
    };

    #[test]
    fn values_come_in_source_order_with_their_keys() {
        let text = "a: 1\nb:\n  - 2\n  - c: 3\n";
        let tree = parse(text, Span::from_range(0..text.len()), DataFormat::Yaml);
        let scalars =
            tree.root.as_ref().unwrap().values().filter_map(|(key, node)| Some((key?.text()?, node.text()?)));
        assert_eq!(scalars.collect::<Vec<_>>(), [("a", "1"), ("b", "2"), ("c", "3")]);
    }

    #[test]
    fn duplicates_are_found_at_any_depth() {
        let text = "a: 1\nb: {x: 1, x: 2}\na: 3\n";
        let tree = parse(text, Span::from_range(0..text.len()), DataFormat::Yaml);
        let found = tree.root.as_ref().unwrap().duplicate_keys();
        assert_eq!(found.iter().map(|pair| pair.second.key.text().unwrap()).collect::<Vec<_>>(), ["x", "a"]);
    }
}
