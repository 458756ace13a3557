//! Data files that a schema describes.

use std::{path::Path, sync::Arc};

use super::Site;
use crate::{data::SyntaxError, front_matter::schema::Violation};

/// A JSON, YAML or TOML file that was compared with a schema.
#[derive(Debug, Clone)]
pub struct CheckedData {
    /// The file, relative to the site's root.
    pub path: Arc<Path>,
    /// What keeps it from being read as a whole.
    pub errors: Box<[SyntaxError]>,
    /// What the schema has against it, in source order.
    pub findings: Box<[Violation]>,
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
