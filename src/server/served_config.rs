//! Configs that are completed and explained.

use std::path::Path;

use serde_json::Value;

use super::documents::OpenDocument;
use crate::{
    config::{CMS_PATHS, FILE_NAMES, cms, json_schema},
    data::DataFormat,
    front_matter::schema,
};

/// What a file needs in it to be a JSON Schema by its content.
const DIALECTS: &str = "://json-schema.org/";

/// What a file is called that is a JSON Schema by its name, before its ending.
const SCHEMA_NAME: &str = ".schema";

/// A config, by what reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ServedConfig {
    /// `copydesk.yaml`.
    Copydesk,
    /// The config of the CMS.
    Cms,
    /// A JSON Schema, which may be that of a collection.
    Schema,
}

impl ServedConfig {
    /// The config that an open file is.
    pub(super) fn of(path: &Path, open: &OpenDocument) -> Option<Self> {
        let is_one_of = |names: &[&str]| names.iter().any(|name| path.ends_with(name));
        let has_ending = path.extension().is_some_and(|it| it == "json" || it == "yaml" || it == "yml");
        let is_schema = || {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            has_ending && (stem.ends_with(SCHEMA_NAME) || open.text.contains(DIALECTS))
        };
        match () {
            () if is_one_of(&FILE_NAMES) => Some(Self::Copydesk),
            () if is_one_of(&CMS_PATHS) => Some(Self::Cms),
            () if is_schema() => Some(Self::Schema),
            () => None,
        }
    }

    /// The notation of such a file.
    pub(super) fn format(self, path: &Path) -> DataFormat {
        match self {
            Self::Copydesk | Self::Cms => DataFormat::Yaml,
            Self::Schema => DataFormat::of_file(path),
        }
    }

    /// The JSON Schema that says what its keys are for.
    pub(super) fn schema(self) -> Value {
        match self {
            Self::Copydesk => json_schema(),
            Self::Cms => cms::json_schema(),
            Self::Schema => schema::vocabulary(),
        }
    }
}
