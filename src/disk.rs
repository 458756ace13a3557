//! Writing to disk.

use std::{
    fs::{self, File, Metadata, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::discover;

/// Names that are tried for a new file. One is taken only where a process of the same number was killed while it wrote.
const MOST_NAMES: usize = 100;

/// Writes a file so that it has either its old content or the new one, whatever happens: the new content is written
/// beside it first, and is on the disk before it takes the old one's place. A link is followed and stays one, the
/// permissions stay, and so does the owner where we may say who that is.
///
/// # Errors
///
/// When it cannot be written, or a link in `folder`, absolute, leads out of that; then it is as it was.
pub fn write(path: &Path, folder: &Path, content: &[u8]) -> io::Result<()> {
    refuse_leaving(path, folder)?;
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let old = fs::metadata(&target).ok();
    let (beside, mut new) = create_beside(&target, old.as_ref())?;
    let replace = || {
        new.write_all(content)?;
        if let Some(old) = &old {
            keep_owner(&new, old);
            new.set_permissions(old.permissions())?;
        }
        // Some file systems find out that there is no room left when they have to keep their word.
        new.sync_all()?;
        drop(new);
        fs::rename(&beside, &target)
    };
    replace().inspect_err(|_| {
        // What is left of it helps nobody, and where it cannot be removed, nothing can be done.
        let _ = fs::remove_file(&beside);
    })
}

/// Makes a file empty that is to be written from the start, such as a report.
///
/// # Errors
///
/// When it cannot be written, or a link in `folder`, absolute, leads out of that: it may have come with what is checked.
pub fn create(path: &Path, folder: &Path) -> io::Result<File> {
    refuse_leaving(path, folder)?;
    File::create(path)
}

/// A new file in the folder of `target`, hidden and without an extension of ours: one that a killed process leaves
/// behind is never taken for a page.
fn create_beside(target: &Path, old: Option<&Metadata>) -> io::Result<(PathBuf, File)> {
    let mut options = File::options();
    // Never through a link that somebody put in its place.
    options.write(true).create_new(true);
    if old.is_some() {
        hide_from_others(&mut options);
    }
    let mut taken = io::ErrorKind::AlreadyExists.into();
    for count in 0..MOST_NAMES {
        let beside = target.with_file_name(format!(".copydesk-{}-{count}.new", std::process::id()));
        match options.open(&beside) {
            Ok(file) => return Ok((beside, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => taken = error,
            Err(error) => return Err(error),
        }
    }
    Err(taken)
}

/// Until it has the permissions of the file whose place it takes, nobody else may read it.
#[cfg(unix)]
fn hide_from_others(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

#[cfg(not(unix))]
fn hide_from_others(_: &mut OpenOptions) {}

/// Who checks a site in a container is often another than who owns it outside.
#[cfg(unix)]
fn keep_owner(new: &File, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    // Only some may give files away. A file that belongs to us is better than one with the old mistakes.
    let _ = fchown(new, Some(old.uid()), Some(old.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}

fn refuse_leaving(path: &Path, folder: &Path) -> io::Result<()> {
    if leaves(&discover::absolute(path, folder), folder) {
        return Err(io::Error::other("it is a link that leaves the site"));
    }
    Ok(())
}

/// Whether a path in a folder, both absolute, leads out of it. One that is not in the folder was named as it is.
fn leaves(path: &Path, folder: &Path) -> bool {
    let Ok(real_folder) = folder.canonicalize() else { return false };
    if !path.starts_with(folder) {
        return false;
    }
    match path.canonicalize() {
        Ok(real) => !real.starts_with(&real_folder),
        // A link to nothing: writing would make what it leads to.
        Err(_) if path.is_symlink() => true,
        Err(_) => path
            .parent()
            .and_then(|parent| parent.canonicalize().ok())
            .is_some_and(|parent| !parent.starts_with(&real_folder)),
    }
}
