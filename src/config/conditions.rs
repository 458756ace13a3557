//! `when` of an override: front matter that a page must have.

use serde_json::Value;

use super::{
    load::{ConfigSource, mistake},
    raw::RawOverride,
};
use crate::{
    data::{Node, Segment},
    diagnostic::Diagnostic,
    document::Document,
    front_matter::KeyPath,
};

/// Keys and the values that they must have.
#[derive(Debug, Clone, Default)]
pub(super) struct Conditions(Vec<(KeyPath, Vec<Value>)>);

impl Conditions {
    /// Reads `when` of the override at `at`. One that has neither that nor `files` is a mistake.
    pub(super) fn read(
        source: &ConfigSource,
        at: &[Segment],
        raw: &RawOverride,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        if raw.files.is_none() && raw.when.is_none() {
            let mut error = mistake(source.value_place(at), "override has neither `files` nor `when`");
            error.help("add `files` with globs, or `when` with front matter such as `draft: true`");
            diagnostics.push(error);
        }
        if raw.dialect.is_some() && raw.when.is_some() {
            let place = source.key_place(&[at, &[Segment::key("dialect")]].concat());
            let mut error = mistake(place, "`dialect` cannot depend on `when`");
            error.help("the dialect is known before the front matter is read; use an override with `files`");
            diagnostics.push(error);
        }
        let when = [at, &[Segment::key("when")]].concat();
        let node = source.tree.root.as_ref().and_then(|root| root.at(&when));
        let entries = node.map_or(&[][..], Node::entries).iter();
        let condition = |entry: &crate::data::Entry| {
            let values = entry.value.self_or_items().iter().map(Node::to_json).collect();
            Some((KeyPath::new(entry.key.text()?), values))
        };
        Self(entries.filter_map(condition).collect())
    }

    /// Whether there are none.
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a page has all that it must have. Of a list in its front matter, one item is enough.
    pub(super) fn hold(&self, document: &Document) -> bool {
        let root = document.front_matter.as_ref().and_then(|front_matter| front_matter.tree.root.as_ref());
        let Some(root) = root else { return self.is_empty() };
        self.0.iter().all(|(key, values)| {
            let mut found = key.find_all(root).flat_map(Node::self_or_items);
            found.any(|node| values.contains(&node.to_json()))
        })
    }
}
