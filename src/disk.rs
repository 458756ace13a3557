//! Writing to disk.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

/// Writes a file so that it has either its old content or the new one, whatever happens: the new content is written
/// beside it first. A link is followed and stays one, the permissions stay.
///
/// # Errors
///
/// When it cannot be written; then it is as it was.
pub fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let beside = target.with_file_name(name);
    // Never through a link that somebody put in its place.
    let mut new = File::options().write(true).create_new(true).open(&beside)?;
    let replace = || {
        new.write_all(content)?;
        drop(new);
        if let Ok(metadata) = fs::metadata(&target) {
            fs::set_permissions(&beside, metadata.permissions())?;
        }
        fs::rename(&beside, &target)
    };
    replace().inspect_err(|_| {
        // What is left of it helps nobody, and where it cannot be removed, nothing can be done.
        let _ = fs::remove_file(&beside);
    })
}
