//! The real location of a file to write, and whether it may be written there.

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
};

use super::folder::Folder;
use crate::{git, paths};

/// A file of a site that copydesk keeps or changes: a page, a word list, a baseline, a config.
#[derive(Debug, Clone, Copy)]
pub struct Kept<'a> {
    /// The file, absolute.
    pub path: &'a Path,
    /// The folder of its site, absolute: a link in it that leads out of it is not followed.
    pub root: &'a Path,
}

/// A file by its real folder and its name there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct FilePlace {
    folder: PathBuf,
    pub(super) name: OsString,
}

impl FilePlace {
    /// The place of a file of a site, links within the site followed. It need not exist.
    ///
    /// # Errors
    ///
    /// When it is in a git directory, or a link in the site points outside the site.
    pub(super) fn of_kept(kept: Kept<'_>) -> io::Result<Self> {
        let path = paths::absolute(kept.path, kept.root);
        let leaves = || io::Error::other("symlink points outside the site root");
        let real = match path.canonicalize() {
            Ok(real) => real,
            // A link to nothing: writing would make what it leads to.
            Err(_) if path.is_symlink() => return Err(leaves()),
            Err(_) => match (path.parent(), path.file_name()) {
                (Some(folder), Some(name)) => folder.canonicalize()?.join(name),
                _ => return Err(io::ErrorKind::IsADirectory.into()),
            },
        };
        // One that is not in the site was named as it is.
        if path.starts_with(kept.root) && !real.starts_with(kept.root.canonicalize()?) {
            return Err(leaves());
        }
        Self::of_real(&real)
    }

    /// The place of a file by its absolute path without links.
    ///
    /// # Errors
    ///
    /// When it is in a git directory.
    pub(super) fn of_real(real: &Path) -> io::Result<Self> {
        if git::directory_around(real).is_some() {
            return Err(io::Error::other("file is in a git directory"));
        }
        match (real.parent(), real.file_name()) {
            (Some(folder), Some(name)) => Ok(Self { folder: folder.to_owned(), name: name.to_owned() }),
            _ => Err(io::ErrorKind::IsADirectory.into()),
        }
    }

    /// The file, absolute and without links.
    #[cfg(feature = "cli")]
    pub(super) fn path(&self) -> PathBuf {
        self.folder.join(&self.name)
    }

    pub(super) fn open_folder(&self) -> io::Result<Folder> {
        Folder::open(&self.folder)
    }
}
