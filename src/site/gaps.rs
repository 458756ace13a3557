//! Where a schema is wrong about a key, and not the pages.

use super::Site;
use crate::front_matter::{
    Collection,
    schema::{Violation, ViolationKind},
};

/// The fewest pages of a collection that show a gap of its schema.
const MIN_PAGES_OF_GAP: usize = 3;

/// How many pages may lack a key that a CMS requires before the CMS is wrong, where they are not half of them.
const MIN_PAGES_WITHOUT_KEY: usize = 10;

/// What pages and schema disagree about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GapKind {
    /// A key that the pages have and the schema does not know.
    Unknown,
    /// A key that the schema requires and the pages lack.
    Missing,
    /// A key whose value does not fit.
    Invalid,
}

impl GapKind {
    /// That of a finding; `None` where it is about none of these.
    pub const fn of(finding: &Violation) -> Option<Self> {
        match finding.kind {
            ViolationKind::UnknownKey { .. } => Some(Self::Unknown),
            ViolationKind::MissingKey => Some(Self::Missing),
            ViolationKind::InvalidValue => Some(Self::Invalid),
            ViolationKind::DeprecatedKey => None,
        }
    }
}

impl Site {
    /// The keys of a collection for which its schema is wrong and not the pages, and how many pages each is on or missing
    /// from.
    pub fn schema_gaps(&self, collection: &Collection, kind: GapKind) -> impl Iterator<Item = (&str, usize)> {
        let keys = self.facts[collection.index].gap_keys(kind).iter().map(|(key, &count)| (&**key, count));
        keys.filter(move |(_, count)| self.is_gap(collection, kind, *count))
    }

    /// Whether a key is one of [`Self::schema_gaps`], or one that a CMS does not know, but the pages of another of its
    /// collections have.
    pub fn is_schema_gap(&self, collection: &Collection, kind: GapKind, key: &str) -> bool {
        let is_gap_of = |collection: &Collection| {
            let count = self.facts[collection.index].gap_keys(kind).get(key);
            count.is_some_and(|count| self.is_gap(collection, kind, *count))
        };
        let is_beside = |other: &Collection| {
            !collection.fields.is_empty()
                && other.declared.path == collection.declared.path
                && is_gap_of(other)
        };
        is_gap_of(collection)
            || kind == GapKind::Unknown && self.collections.iter().any(|other| is_beside(other))
    }

    /// Half of the pages, and three at least, show that a schema has a gap. That of a CMS is written for what is saved
    /// with it, and often later than the pages: three pages with the same unknown key, or ten that lack one, are enough.
    fn is_gap(&self, collection: &Collection, kind: GapKind, count: usize) -> bool {
        let is_half = count * 2 >= self.page_count(collection);
        let is_of_cms = !collection.fields.is_empty();
        count >= MIN_PAGES_OF_GAP
            && match kind {
                GapKind::Unknown => is_half || is_of_cms,
                GapKind::Missing => is_of_cms && (is_half || count >= MIN_PAGES_WITHOUT_KEY),
                GapKind::Invalid => is_of_cms && is_half,
            }
    }
}
