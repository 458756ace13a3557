//! A folder by its handle: what is opened, renamed and removed in it is in this very folder, whatever happens to the
//! path.

use std::{
    ffi::OsStr,
    fs::File,
    io,
    os::fd::OwnedFd,
    path::{Component, Path},
};

use rustix::fs::{AtFlags, Mode, OFlags};

/// Opens a folder to look things up in it, which needs no permission to list it where the system can tell these apart.
#[cfg(any(target_os = "linux", target_os = "android"))]
const LOOK_UP: OFlags = OFlags::PATH.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const LOOK_UP: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);

/// For files: never through a link, and without waiting for the other end of a pipe.
const PLAIN: OFlags = OFlags::NOFOLLOW.union(OFlags::NONBLOCK).union(OFlags::NOCTTY).union(OFlags::CLOEXEC);

/// A folder that is open.
pub(super) struct Folder(OwnedFd);

/// Who may read a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Readers {
    /// Its owner.
    Owner,
    /// Those whom the process allows to read its files.
    Usual,
}

impl Folder {
    /// Opens a folder by its absolute path without links.
    ///
    /// # Errors
    ///
    /// When it cannot be opened, or a part of the path has become a link.
    pub(super) fn open(real: &Path) -> io::Result<Self> {
        let mut handle = rustix::fs::open("/", LOOK_UP, Mode::empty())?;
        for part in real.components() {
            if let Component::Normal(name) = part {
                handle = rustix::fs::openat(&handle, name, LOOK_UP | OFlags::NOFOLLOW, Mode::empty())?;
            }
        }
        Ok(Self(handle))
    }

    /// Makes a file that does not exist.
    ///
    /// # Errors
    ///
    /// When there is something of that name, a link to nothing included.
    pub(super) fn create_new(&self, name: &OsStr, readers: Readers) -> io::Result<File> {
        let mode = match readers {
            Readers::Owner => Mode::RUSR | Mode::WUSR,
            Readers::Usual => Mode::from_raw_mode(0o666),
        };
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | PLAIN;
        Ok(rustix::fs::openat(&self.0, name, flags, mode)?.into())
    }

    /// Opens a file to be written as it is, and makes it where there is none.
    ///
    /// # Errors
    ///
    /// When it is a link, or cannot be written.
    #[cfg(feature = "cli")]
    pub(super) fn open_or_create(&self, name: &OsStr) -> io::Result<File> {
        let flags = OFlags::WRONLY | OFlags::CREATE | PLAIN;
        Ok(rustix::fs::openat(&self.0, name, flags, Mode::from_raw_mode(0o666))?.into())
    }

    /// Opens a file to be read.
    ///
    /// # Errors
    ///
    /// When it is a link, or cannot be read.
    pub(super) fn open_file(&self, name: &OsStr) -> io::Result<File> {
        Ok(rustix::fs::openat(&self.0, name, OFlags::RDONLY | PLAIN, Mode::empty())?.into())
    }

    /// Gives a file the name of another, which it replaces.
    pub(super) fn rename(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        Ok(rustix::fs::renameat(&self.0, from, &self.0, to)?)
    }

    /// Removes a file.
    pub(super) fn remove(&self, name: &OsStr) -> io::Result<()> {
        Ok(rustix::fs::unlinkat(&self.0, name, AtFlags::empty())?)
    }

    /// The names of the files in the folder.
    #[cfg(feature = "cli")]
    pub(super) fn files(&self) -> io::Result<Vec<std::ffi::OsString>> {
        use rustix::fs::{Dir, FileType};
        use std::os::unix::ffi::OsStrExt as _;
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let list = Dir::new(rustix::fs::openat(&self.0, ".", flags, Mode::empty())?)?;
        let files = list.filter_map(Result::ok);
        let files =
            files.filter(|entry| matches!(entry.file_type(), FileType::RegularFile | FileType::Unknown));
        Ok(files.map(|entry| OsStr::from_bytes(entry.file_name().to_bytes()).to_owned()).collect())
    }
}

/// How many names an open file has.
pub(super) fn names_of(file: &File) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    file.metadata().map_or(0, |metadata| metadata.nlink())
}
