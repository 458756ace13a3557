//! What stops a run, for people.

use std::{
    io,
    path::{Path, PathBuf},
};

/// What keeps a run, or a part of it, from doing its work.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// A path that was named does not exist.
    #[error("file not found: {}", .0.display())]
    NotFound(PathBuf),
    /// A file or folder cannot be read.
    #[error("cannot read {}: {reason}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A path that was named is neither a file nor a folder.
    #[error("not a file or directory: {}", .0.display())]
    NoFile(PathBuf),
    /// A file cannot be written.
    #[error("{} was not written: {reason}", path.display())]
    Unwritten {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

impl Error {
    /// The file or folder that it is about.
    pub fn path(&self) -> &Path {
        match self {
            Self::NotFound(path)
            | Self::NoFile(path)
            | Self::Unreadable { path, .. }
            | Self::Unwritten { path, .. } => path,
        }
    }

    pub(super) fn unreadable(path: &Path, error: &io::Error) -> Self {
        Self::Unreadable { path: path.to_owned(), reason: error.to_string() }
    }
}
