//! Reading what a checkout names: regular files only, and none outside it.

use std::{fs::File, io, path::Path};

use crate::git;

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

/// Whether a path, absolute, may be read for a checkout in the folder `root`, absolute: no link in that leads out of
/// it or into a git directory. A path that is not in the folder was named as it is.
pub fn contained(path: &Path, root: &Path) -> bool {
    if !path.starts_with(root) {
        return true;
    }
    let Ok(real) = path.canonicalize() else { return true };
    let is_inside = root.canonicalize().is_ok_and(|root| real.starts_with(root));
    is_inside && (git::directory_around(&real).is_none() || git::is_own(path, root))
}
