//! Link reference definitions that an engine adds to every page.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use super::super::{normalize_label, parse};
use crate::text::LineIndex;

/// Definitions that are in no page and hold for all.
#[derive(Debug, Clone, Default)]
pub struct SharedDefinitions {
    files: HashSet<PathBuf>,
    labels: HashSet<Box<str>>,
}

impl SharedDefinitions {
    /// Adds those of a file.
    pub fn add(&mut self, path: &Path, source: &str) {
        let ast = parse(source, 0, &LineIndex::new(source));
        self.labels.extend(ast.definitions().iter().map(|definition| definition.normalized.clone()));
        self.files.insert(path.to_owned());
    }

    /// Whether a label, as it is written, is defined.
    pub fn has(&self, label: &str) -> bool {
        !self.labels.is_empty() && self.labels.contains(&*normalize_label(label))
    }

    /// Whether the definitions of a file hold for all pages.
    pub fn is_source(&self, path: &Path) -> bool {
        self.files.contains(path)
    }
}
