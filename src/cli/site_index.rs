//! What commands about words have in common: the sites they look at.

use std::{path::PathBuf, sync::Arc};

use super::{Error, current_folder};
use crate::{
    run::{self, IndexedSite, Options},
    vfs::{Disk, FileSystem},
};

/// The sites that some paths belong to, read and not checked.
pub(super) struct ReadSites {
    pub(super) sites: Vec<IndexedSite>,
}

impl ReadSites {
    /// Reads the sites of `paths`, or of the current folder.
    ///
    /// # Errors
    ///
    /// When a path does not exist or a config has mistakes.
    pub(super) fn of(paths: Vec<PathBuf>) -> Result<Self, Error> {
        Self::in_files(Arc::new(Disk), paths)
    }

    /// The same with files that are not all on disk.
    pub(super) fn in_files(files: Arc<dyn FileSystem>, paths: Vec<PathBuf>) -> Result<Self, Error> {
        let on_disk = Options::on_disk(current_folder()?, jiff::civil::Date::default());
        let (sites, errors) = run::survey(&Options { paths, files, ..on_disk });
        if let Some(error) = errors.first() {
            return Err(Error::Usage(error.to_string()));
        }
        if let Some(mistake) = sites.iter().flat_map(|site| &site.mistakes).next() {
            let (file, message) = (mistake.primary.path.display(), &mistake.message);
            return Err(Error::Usage(format!("{file}: {message}; run `copydesk check` for details")));
        }
        Ok(Self { sites })
    }
}
