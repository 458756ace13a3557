//! Every file that is read: on disk, as git keeps it, or in memory.
//!
//! What a name leads to is decided here once. A path is read only if it is a regular file, and never beyond the size
//! that the caller can bear. Links are followed where a path is opened and nowhere else, so that a listing says what is
//! there. Names are compared byte by byte on every system; what a site makes of their case is for the site to say.
//!
//! ```
//! use std::sync::Arc;
//!
//! use copydesk::{
//!     Workspace,
//!     run::Options,
//!     vfs::{FileOverlay, Memory},
//! };
//!
//! let mut saved = Memory::default();
//! saved.set("/site/copydesk.yaml".into(), *b"");
//! saved.set("/site/index.md".into(), *b"See [the tides](tides.md).\n");
//! let buffers = FileOverlay::new(Arc::new(saved));
//! buffers.set("/site/tides.md".into(), *b"We recieve mail.\n");
//!
//! let today = jiff::civil::date(2024, 6, 1);
//! let options = Options { files: Arc::new(buffers), ..Options::on_disk("/site".into(), today) };
//! let run = Workspace::open(options).check();
//! let found: Vec<_> = run.diagnostics.iter().map(|it| (it.primary.path.to_str(), it.rule.id)).collect();
//! assert_eq!(found, [(Some("tides.md"), "known-typo")]);
//! ```

mod difference;
mod disk;
mod git_folder;
mod git_tree;
mod memory;
mod overlay;
mod question;
mod recording;

use std::{
    ffi::OsString,
    fmt::Debug,
    io,
    path::{Path, PathBuf},
};

pub use difference::{After, Difference, staged};
pub use disk::Disk;
pub use git_folder::{GitFolder, InventoryItem, ItemKind};
pub use git_tree::GitTree;
pub use memory::Memory;
pub use overlay::FileOverlay;
pub use question::{AnswerHash, Question};
pub use recording::Recording;

use crate::{git, text::utf8};

/// The longest file that is read as a text, in bytes.
pub const MAX_LEN: u64 = 32 * 1024 * 1024;

/// The reason for a file that does not exist.
pub const MISSING: &str = "file not found";

/// The reason why a directory is not read as a file.
pub const DIRECTORY: &str = "is a directory";

/// The reason for a file that the site does not contain.
pub const OUTSIDE: &str = "outside the site root";

/// One state of the files. All paths are absolute and free of `.` and `..`.
pub trait FileSystem: Debug + Send + Sync {
    /// What is at a path, links followed.
    ///
    /// # Errors
    ///
    /// If nothing is there, or if that cannot be determined.
    fn kind(&self, path: &Path) -> io::Result<EntryKind>;

    /// The path that a path leads to when all links on it are followed.
    ///
    /// # Errors
    ///
    /// When it leads to nothing.
    fn real(&self, path: &Path) -> io::Result<PathBuf>;

    /// The bytes of a regular file, links followed, if there are not more than `most`.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    fn read(&self, path: &Path, most: u64) -> io::Result<Content>;

    /// The first bytes of a file, links followed, at most `most`. A file system that cannot read a part of a file gives
    /// nothing of one that is too large.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    fn start(&self, path: &Path, most: u64) -> io::Result<FileStart> {
        Ok(match self.read(path, MAX_LEN)? {
            Content::Bytes(bytes) => FileStart::of(&bytes, most),
            Content::TooLong(len) => FileStart { bytes: vec![], len },
        })
    }

    /// What is in a folder, sorted by name; links are not followed.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    fn entries(&self, folder: &Path) -> io::Result<Vec<FolderEntry>>;

    /// Whether there is anything at a path, a link to nothing included.
    fn is_there(&self, path: &Path) -> bool;

    /// The text of a symbolic link, with `/` between its parts.
    fn link_text(&self, path: &Path) -> Option<String>;

    /// The files that are known below a folder whether or not they are there, such as those in git's index, by path
    /// relative to it; `None` where only those that are there are known.
    fn tracked(&self, folder: &Path) -> Option<Vec<InventoryItem>>;

    /// The repository that answers for the history of a folder, if there may be one.
    fn repository(&self, folder: &Path) -> Option<GitFolder>;

    /// The rules by which git leaves out files in a folder on this machine and nowhere else: those of the user, if
    /// `scope` says so, or those of a repository in this very folder.
    fn local_rules(&self, _scope: LocalRules<'_>) -> Option<String> {
        None
    }

    /// Whether a path without links leads into a git directory, where there are tokens, and what git is to run.
    fn is_gits(&self, _real: &Path) -> bool {
        false
    }

    /// A name for the kind of file system. What was worked out from one kind is not looked for where there is another.
    fn kind_name(&self) -> &'static str {
        std::any::type_name::<Self>()
    }

    /// The text of a file as findings in it are shown: at least its lines and the widths of its characters; `None`
    /// where it is not known.
    fn shown_text(&self, path: &Path) -> Option<String> {
        read_text(self, path).ok()
    }
}

/// Rules that a clone does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocalRules<'a> {
    /// Those of the user, for all repositories.
    User,
    /// Those of the repository whose working tree has its root in this folder.
    Repository(&'a Path),
}

/// What is at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, where links are not followed.
    Link,
    /// A device, a pipe, another repository.
    Other,
}

/// One name in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderEntry {
    /// The name.
    pub name: OsString,
    /// What has it.
    pub kind: EntryKind,
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
    /// Bytes, unless they are more than `most`.
    pub(crate) fn of(bytes: &[u8], most: u64) -> Self {
        let len = bytes.len() as u64;
        if len > most { Self::TooLong(len) } else { Self::Bytes(bytes.to_vec()) }
    }

    /// The content as a text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Bytes(bytes) => utf8(bytes),
            Self::TooLong(_) => None,
        }
    }
}

/// The beginning of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileStart {
    /// Its first bytes; nothing where they cannot be read alone and the file is too large.
    pub bytes: Vec<u8>,
    /// Its length in bytes.
    pub len: u64,
}

impl FileStart {
    /// The beginning of what a file holds.
    fn of(bytes: &[u8], most: u64) -> Self {
        let end = usize::try_from(most).unwrap_or(usize::MAX).min(bytes.len());
        Self { bytes: bytes[..end].to_vec(), len: bytes.len() as u64 }
    }
}

/// Reads a text file of a sane size.
///
/// # Errors
///
/// The reason, as a phrase after "cannot read `PATH`: ".
pub fn read_text(files: &(impl FileSystem + ?Sized), path: &Path) -> Result<String, String> {
    let fail = |error: io::Error| error.to_string();
    match files.kind(path).map_err(fail)? {
        EntryKind::File => {}
        EntryKind::Folder => return Err(DIRECTORY.to_owned()),
        EntryKind::Link | EntryKind::Other => return Err("not a file".to_owned()),
    }
    match files.read(path, MAX_LEN).map_err(fail)? {
        Content::Bytes(bytes) => text_of(bytes),
        Content::TooLong(_) => Err(too_large()),
    }
}

/// What a file holds as a text.
///
/// # Errors
///
/// The reason, as a phrase after "cannot read `PATH`: ".
pub fn text_of(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes)
        .map_err(|error| format!("invalid UTF-8 at byte {}", error.utf8_error().valid_up_to() + 1))
}

/// The reason why a file above the maximum size is not read.
pub fn too_large() -> String {
    format!("larger than {} MiB", MAX_LEN / 1024 / 1024)
}

/// Whether a path may be read for a checkout in the folder `root`: no link in that leads out of it or into a git
/// directory. A path that is not in the folder was named as it is.
pub fn contained(files: &(impl FileSystem + ?Sized), path: &Path, root: &Path) -> bool {
    if !path.starts_with(root) {
        return true;
    }
    let Ok(real) = files.real(path) else { return true };
    let is_inside = files.real(root).is_ok_and(|root| real.starts_with(root));
    is_inside && (!files.is_gits(&real) || git::is_own(path, root))
}

/// A path with `/` between its parts.
pub fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}
