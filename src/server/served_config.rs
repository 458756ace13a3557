//! Configs that are completed and explained.

use std::path::Path;

use serde_json::Value;

use crate::config::{CMS_PATHS, FILE_NAMES, cms, json_schema};

/// A config, by what reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ServedConfig {
    /// `copydesk.yaml`.
    Copydesk,
    /// The config of the CMS.
    Cms,
}

impl ServedConfig {
    /// The config that a file is by its path.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let is_one_of = |names: &[&str]| names.iter().any(|name| path.ends_with(name));
        match () {
            () if is_one_of(&FILE_NAMES) => Some(Self::Copydesk),
            () if is_one_of(&CMS_PATHS) => Some(Self::Cms),
            () => None,
        }
    }

    /// The JSON Schema that says what its keys are for.
    pub(super) fn schema(self) -> Value {
        match self {
            Self::Copydesk => json_schema(),
            Self::Cms => cms::json_schema(),
        }
    }
}
