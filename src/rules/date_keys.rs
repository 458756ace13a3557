//! Which keys of a page hold dates.

use std::borrow::Cow;

use crate::{
    front_matter::{DateKey, KeyPath},
    site::Page,
};

/// Keys that hold dates by custom, those for the day of publication first.
const USUAL: [&str; 6] = ["date", "pubDate", "publishDate", "published", "expiryDate", "published_at"];

/// Keys that by custom hold the day of the last change.
pub(super) const CHANGED: [&str; 7] =
    ["updated", "lastmod", "modified", "last_modified_at", "updatedDate", "updated_at", "lastUpdated"];

/// The date keys of a page: those of its collection, else the usual ones.
pub(super) fn of(page: &Page) -> Cow<'_, [DateKey]> {
    match &page.collection {
        Some(collection) if !collection.dates.is_empty() => Cow::Borrowed(&collection.dates),
        _ => USUAL.iter().chain(&CHANGED).map(|key| usual(key)).collect(),
    }
}

fn usual(key: &str) -> DateKey {
    DateKey { key: KeyPath::new(key), form: None, not_after: None, not_before: None }
}
