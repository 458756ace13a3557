//! The config of the current folder, to be edited.

use std::path::{Path, PathBuf};

use super::{Error, current_folder};
use crate::{
    config,
    discover::Project,
    disk::{self, Kept},
    paths,
    report::sanitize,
    sources::read_text_or_empty,
    vfs::{Disk, contained},
};

/// A config that may be written; it need not exist.
pub(super) struct ConfigFile {
    path: PathBuf,
    root: PathBuf,
    shown: PathBuf,
    /// Its text; empty if it does not exist.
    pub text: String,
}

impl ConfigFile {
    /// Reads the config of the current folder.
    ///
    /// # Errors
    ///
    /// If it is not a YAML file in the project, or cannot be read.
    pub(super) fn open() -> Result<Self, Error> {
        let current = current_folder()?;
        let Project { root, config } = Project::of(&Disk, &current);
        let path = root.join(config.as_deref().unwrap_or(Path::new(config::FILE_NAMES[0])));
        let shown = paths::relative(&current, &path);
        let mut file = Self { path, root, shown, text: String::new() };
        let is_yaml = file.path.extension().is_some_and(|it| it == "yaml" || it == "yml");
        if !is_yaml || !contained(&Disk, &file.path, &file.root) {
            return Err(file.refused("only a YAML config inside the project can be edited"));
        }
        file.text = read_text_or_empty(&file.path).map_err(Error::Usage)?;
        Ok(file)
    }

    /// Replaces its text.
    pub(super) fn write(&self, text: &str) -> Result<(), Error> {
        let kept = Kept { path: &self.path, root: &self.root };
        disk::replace(kept, text.as_bytes())
            .map_err(|source| Error::File { path: self.shown.clone(), source })
    }

    /// Its path, as it may be shown.
    pub(super) fn shown(&self) -> String {
        sanitize(&self.shown.display().to_string())
    }

    /// That something cannot be added, and why.
    pub(super) fn refused(&self, why: &str) -> Error {
        Error::Usage(format!("cannot add to {}: {why}", self.shown.display()))
    }
}
