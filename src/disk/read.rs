//! Opening what has a name: regular files only.

use std::{fs::File, io, path::Path};

/// Opens a regular file, links followed. What else may have its name, such as a pipe or a device, is neither read nor
/// waited for.
///
/// # Errors
///
/// When it is not a regular file, or cannot be read.
pub fn open_regular(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags((OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed());
    }
    is_regular(options.open(path)?)
}

/// An open file, if it is a regular one.
pub(super) fn is_regular(file: File) -> io::Result<File> {
    if file.metadata()?.is_file() {
        return Ok(file);
    }
    Err(io::Error::other("not a regular file"))
}
