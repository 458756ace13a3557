//! How many pages of a site have each key at the top of their front matter.

use std::collections::HashMap;

use super::{Page, Site};
use crate::{
    data::Node,
    spelling::lexicon,
    text::{Slip, SlipKind},
};

/// So many pages must have a key before one that is like it can be a slip.
const LEAST_PAGES: usize = 10;

/// Shorter keys are like too many others.
const SHORTEST_KEY: usize = 4;

/// The most keys that others may be slips for, so that a site with many of both takes no longer.
const MOST_USUAL: usize = 256;

/// How many pages have each key.
#[derive(Debug, Default)]
pub(super) struct KeyCounts {
    of_key: HashMap<Box<str>, usize>,
    /// Those that ten pages have, the most frequent first.
    usual: Vec<(Box<str>, usize)>,
}

impl KeyCounts {
    pub(super) fn of(pages: &[Page]) -> Self {
        let mut of_key: HashMap<Box<str>, usize> = HashMap::new();
        for entry in pages.iter().filter_map(|page| page.root()).flat_map(Node::entries) {
            if let Some(key) = entry.key.as_str() {
                match of_key.get_mut(key) {
                    Some(count) => *count += 1,
                    None => _ = of_key.insert(Box::from(key), 1),
                }
            }
        }
        let usual = of_key.iter().filter(|(_, count)| **count >= LEAST_PAGES);
        let mut usual: Vec<_> = usual.map(|(key, count)| (key.clone(), *count)).collect();
        usual.sort_unstable_by(|(a, many), (b, few)| few.cmp(many).then_with(|| a.cmp(b)));
        usual.truncate(MOST_USUAL);
        Self { of_key, usual }
    }
}

impl Site {
    /// The key that is meant by one that no other page has: ten pages have it and this one lacks it, and one letter is missing,
    /// added or doubled, or two are swapped. With the number of pages that have it.
    pub fn meant_key(&self, page: &Page, key: &str) -> Option<(&str, usize)> {
        let counts = self.key_counts.get_or_init(|| KeyCounts::of(&self.pages));
        if counts.of_key.get(key) != Some(&1) || lexicon::is_known_lower(key) {
            return None;
        }
        let root = page.root()?;
        let mut usual = counts.usual.iter();
        let meant = usual.find(|(meant, _)| is_slip(key, meant) && root.entry(meant).is_none());
        meant.map(|(meant, count)| (&**meant, *count))
    }
}

/// Whether one letter makes the difference between two keys, which is neither another letter nor a plural.
fn is_slip(key: &str, meant: &str) -> bool {
    let is_plural = |one: &str, other: &str| one.strip_suffix('s') == Some(other);
    meant.len() >= SHORTEST_KEY
        && key.is_ascii()
        && !is_plural(key, meant)
        && !is_plural(meant, key)
        && Slip::between(key, meant).is_some_and(|slip| slip.kind != SlipKind::Other)
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn slips_of_one_letter() {
        for (key, meant) in
            [("titel", "title"), ("catgory", "category"), ("dat", "date"), ("summmary", "summary")]
        {
            assert!(is_slip(key, meant), "{key}");
        }
        for (key, meant) in
            [("data", "date"), ("tag", "tags"), ("links", "link"), ("toc", "tocs"), ("ids", "id")]
        {
            assert!(!is_slip(key, meant), "{key}");
        }
    }
}
