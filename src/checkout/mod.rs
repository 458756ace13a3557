//! Where a site's files come from: the disk, or what git keeps of them in its index or in a commit.

mod difference;
mod ignored;
mod nothing;
mod on_disk;
mod overlay;
mod site_files;
mod snapshot;

use std::{
    collections::{HashMap, HashSet},
    fmt::Debug,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

pub use difference::{After, Difference, staged};
pub use ignored::Ignored;
pub use on_disk::OnDisk;
pub use overlay::CheckoutOverlay;
pub use site_files::{FileTexts, FolderNames, SiteFiles};
pub use snapshot::Snapshot;

use jiff::{Timestamp, civil};

use crate::{
    config::{DIRECTORY, FILE_NAMES},
    discover::{FoundFiles, Listing, Project},
    document::MAX_LEN,
    history,
    site::{FileStart, urls::FileIndex},
    sources::{text_of, too_large},
};

/// One state of the files. All paths are absolute and free of `.` and `..`, as they are on disk.
pub trait Checkout: Debug + Send + Sync {
    /// What is at a path, links followed.
    ///
    /// # Errors
    ///
    /// If none does, or if that cannot be determined.
    fn kind(&self, path: &Path) -> io::Result<EntryKind>;

    /// The path that a path leads to when all links on it are followed.
    ///
    /// # Errors
    ///
    /// When it leads to nothing.
    fn real(&self, path: &Path) -> io::Result<PathBuf>;

    /// The bytes of a file, links followed, if there are not more than `most`.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    fn read(&self, path: &Path, most: u64) -> io::Result<Content>;

    /// The first bytes of a file, links followed, at most `most`. A checkout that cannot read a part of a file gives
    /// none of one that is too large.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    fn start(&self, path: &Path, most: u64) -> io::Result<FileStart> {
        Ok(match self.read(path, MAX_LEN)? {
            Content::Bytes(mut bytes) => {
                let len = bytes.len() as u64;
                bytes.truncate(usize::try_from(most).unwrap_or(usize::MAX));
                FileStart { bytes, len }
            }
            Content::TooLong(len) => FileStart { bytes: vec![], len },
        })
    }

    /// What is in a project, as [`crate::discover::list`] gives it.
    fn list(&self, project: &Project) -> Listing;

    /// Which of some files of a project, absolute, ignore files leave out.
    fn ignored(&self, project: &Project, files: &[PathBuf]) -> HashSet<PathBuf>;

    /// All files and links in a folder and below, ignored ones among them, but for what `skips` says of a file or
    /// folder.
    fn files(&self, root: &Path, skips: &(dyn Fn(&Path) -> bool + Sync)) -> FoundFiles;

    /// What is around the pages of the site in a folder; `listed` is what [`Self::list`] gave for it.
    fn around(&self, root: &Path, listed: &[Arc<Path>]) -> Arc<dyn FileIndex>;

    /// The names of what is in a folder, those of folders with a `/` at the end, sorted; links are not followed.
    fn names(&self, folder: &Path) -> Vec<String>;

    /// Whether there is anything at a path, a link to nothing included.
    fn is_there(&self, path: &Path) -> bool;

    /// The days on which the files in a folder and below were added, by path relative to it, as far as git knows.
    fn additions(&self, folder: &Path) -> HashMap<PathBuf, civil::Date> {
        history::additions(folder)
    }

    /// When the last commit changed each of the files in a folder and below, by path relative to it, as far as git knows.
    fn last_commits(&self, folder: &Path) -> HashMap<PathBuf, Timestamp> {
        history::last_commits(folder)
    }

    /// The text of a file as findings in it are shown: at least its lines and the widths of its characters; `None`
    /// where it is not known.
    fn shown_text(&self, path: &Path) -> Option<String> {
        read_text(self, path).ok()
    }

    /// The project that a folder belongs to.
    fn project_of(&self, folder: &Path) -> Project {
        Project::among(folder, &|path| self.is_there(path))
    }
}

/// What is at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A device, a pipe, another repository.
    Other,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// All of it.
    Bytes(Vec<u8>),
    /// More than was asked for: so many bytes.
    TooLong(u64),
}

impl Content {
    /// The content as a text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
            Self::TooLong(_) => None,
        }
    }
}

/// Reads a text file of a sane size.
///
/// # Errors
///
/// The reason, as a phrase after "cannot read `PATH`: ".
pub fn read_text(checkout: &(impl Checkout + ?Sized), path: &Path) -> Result<String, String> {
    let fail = |error: io::Error| error.to_string();
    match checkout.kind(path).map_err(fail)? {
        EntryKind::File => {}
        EntryKind::Folder => return Err(DIRECTORY.to_owned()),
        EntryKind::Other => return Err("not a file".to_owned()),
    }
    match checkout.read(path, MAX_LEN).map_err(fail)? {
        Content::Bytes(bytes) => text_of(bytes),
        Content::TooLong(_) => Err(too_large()),
    }
}

/// A path with `/` between its parts.
fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

/// The folder whose config a file is by its name, if it is one.
fn config_folder(path: &Path) -> Option<&Path> {
    let name = FILE_NAMES.iter().find(|name| path.ends_with(name))?;
    path.ancestors().nth(Path::new(name).components().count())
}
