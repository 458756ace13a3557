//! Data files that a schema describes.

use std::{
    path::Path,
    sync::{Arc, OnceLock},
};

use super::Site;
use crate::{
    data::Tree,
    front_matter::schema::{Schema, Violation, ViolationKind},
};

/// A JSON, YAML or TOML file that a schema describes.
#[derive(Debug)]
pub struct CheckedData {
    /// The file, relative to the site's root.
    pub path: Arc<Path>,
    /// What it holds, and what keeps it from being read as a whole.
    pub tree: Tree,
    schema: Arc<Schema>,
    undeclared_keys: UndeclaredKeys,
    findings: OnceLock<Box<[Violation]>>,
}

/// What is said of keys that a schema does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UndeclaredKeys {
    /// They are wrong.
    Refused,
    /// They are kept, unless they look like slips for others.
    Kept,
}

impl CheckedData {
    /// A file that a schema describes.
    pub const fn new(
        path: Arc<Path>,
        tree: Tree,
        schema: Arc<Schema>,
        undeclared_keys: UndeclaredKeys,
    ) -> Self {
        Self { path, tree, schema, undeclared_keys, findings: OnceLock::new() }
    }

    /// What the schema has against the file, in source order. It is compared when it is first asked for: a check of
    /// single pages never asks.
    pub fn findings(&self) -> &[Violation] {
        self.findings.get_or_init(|| {
            let is_refused = |finding: &Violation| match (self.undeclared_keys, &finding.kind) {
                (UndeclaredKeys::Kept, ViolationKind::UnknownKey { suggestion, .. }) => suggestion.is_some(),
                _ => true,
            };
            self.schema.findings_in(&self.tree).into_iter().filter(is_refused).collect()
        })
    }
}

impl Site {
    /// Sets the data files that were compared with a schema.
    #[must_use]
    pub fn with_checked_data(self, checked_data: Vec<Arc<CheckedData>>) -> Self {
        Self { checked_data, ..self }
    }

    /// The data files that were compared with a schema.
    pub fn checked_data(&self) -> impl Iterator<Item = &CheckedData> {
        self.checked_data.iter().map(|data| &**data)
    }
}
