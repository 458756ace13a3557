//! What reports leave alone.

use std::path::PathBuf;

/// What a report must leave alone.
#[derive(Debug, Clone, Default)]
pub struct Protected {
    /// Folders whose links are not followed, absolute. Those of a repository are not followed anyway.
    pub folders: Vec<PathBuf>,
    /// Files that the run reads, absolute.
    pub inputs: Vec<PathBuf>,
    /// Reports that were written, absolute.
    pub reports: Vec<PathBuf>,
}
