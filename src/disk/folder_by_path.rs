//! A folder by its path, where the standard library has no handles of folders. No link is followed at its end.

use std::{
    ffi::OsStr,
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

/// A folder by its path without links.
pub(super) struct Folder(PathBuf);

/// Who may read a new file: the system decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Readers {
    /// Its owner.
    Owner,
    /// Those whom the process allows to read its files.
    Usual,
}

/// Opens a link itself instead of what it leads to: `FILE_FLAG_OPEN_REPARSE_POINT`, by Microsoft's documentation of
/// `CreateFileW`.
#[cfg(windows)]
fn never_through_links(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::windows::fs::OpenOptionsExt as _;
    options.custom_flags(0x0020_0000)
}

#[cfg(not(windows))]
fn never_through_links(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

impl Folder {
    /// Takes a folder by its absolute path without links.
    ///
    /// # Errors
    ///
    /// When a part of the path has become a link.
    pub(super) fn open(real: &Path) -> io::Result<Self> {
        if real.canonicalize()? != real {
            return Err(io::Error::other("file was replaced by a symlink"));
        }
        Ok(Self(real.to_owned()))
    }

    /// Makes a file that does not exist.
    ///
    /// # Errors
    ///
    /// When there is something of that name, a link to nothing included.
    pub(super) fn create_new(&self, name: &OsStr, _: Readers) -> io::Result<File> {
        File::options().write(true).create_new(true).open(self.0.join(name))
    }

    /// Opens a file to be written as it is, and makes it where there is none.
    ///
    /// # Errors
    ///
    /// When it is a link, or cannot be written.
    #[cfg(feature = "cli")]
    pub(super) fn open_or_create(&self, name: &OsStr) -> io::Result<File> {
        let mut options = File::options();
        options.write(true).create(true).truncate(false);
        not_a_link(never_through_links(&mut options).open(self.0.join(name))?)
    }

    /// Opens a file to be read.
    ///
    /// # Errors
    ///
    /// When it is a link, or cannot be read.
    pub(super) fn open_file(&self, name: &OsStr) -> io::Result<File> {
        not_a_link(never_through_links(File::options().read(true)).open(self.0.join(name))?)
    }

    /// Gives a file the name of another, which it replaces.
    pub(super) fn rename(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        fs::rename(self.0.join(from), self.0.join(to))
    }

    /// Removes a file.
    pub(super) fn remove(&self, name: &OsStr) -> io::Result<()> {
        fs::remove_file(self.0.join(name))
    }

    /// The names of the files in the folder.
    #[cfg(feature = "cli")]
    pub(super) fn files(&self) -> io::Result<Vec<std::ffi::OsString>> {
        let entries = fs::read_dir(&self.0)?.filter_map(Result::ok);
        let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
        Ok(files.map(|entry| entry.file_name()).collect())
    }
}

fn not_a_link(file: File) -> io::Result<File> {
    if file.metadata()?.is_symlink() {
        return Err(io::Error::other("file is a symlink"));
    }
    Ok(file)
}

/// How many names an open file has: one, as far as can be told.
pub(super) fn names_of(_: &File) -> u64 {
    1
}
