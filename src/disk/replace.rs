//! Files that are replaced as a whole.

use std::{
    ffi::OsString,
    fs::File,
    io::{self, Read as _, Write as _},
};

use super::{
    attributes,
    folder::{self, Folder, Readers},
    place::{FilePlace, Kept},
    read::is_regular,
    signals::Shield,
    strays,
};

/// Names that are tried for a new file. One is taken only where a process of the same number was killed while it wrote.
const MAX_NAMES: usize = 100;

/// Writes a file that was read before, unless it has become another meanwhile, so that it has either its old content or
/// the new one, whatever happens: the new content is written beside it first, and is on the disk before it takes the old
/// one's place. A link within the site is followed and stays one; permissions stay, and so do the owner and extended
/// attributes where the system lets us keep them.
///
/// # Errors
///
/// When it cannot be written, is not a regular file, is in a git directory, or a link of the site points outside the
/// site; and when it is gone, read-only, or not as it was read. Then it is as it was.
pub fn replace_unchanged(kept: Kept<'_>, before: &[u8], after: &[u8]) -> io::Result<()> {
    let place = FilePlace::of_kept(kept)?;
    let folder = place.open_folder()?;
    let old = is_regular(folder.open_file(&place.name)?)?;
    if old.metadata()?.permissions().readonly() {
        return Err(io::Error::other("file is read-only"));
    }
    let mut present = Vec::with_capacity(before.len());
    let most = before.len().max(after.len()) as u64 + 1;
    (&old).take(most).read_to_end(&mut present)?;
    if present == after {
        // A link to a file that was fixed under its own name.
        return Ok(());
    }
    if present != before {
        return Err(io::Error::other("file changed while it was being checked"));
    }
    exchange(&folder, &place, Some(&old), after)
}

pub(super) fn exchange(
    folder: &Folder,
    place: &FilePlace,
    old: Option<&File>,
    content: &[u8],
) -> io::Result<()> {
    // Until the file is whole or gone again, a signal has to wait.
    let _shield = Shield::raise();
    let (beside, mut new) = create_beside(folder, old)?;
    let mut replace = || {
        new.write_all(content)?;
        if let Some(old) = old {
            attributes::keep(&new, old, &old.metadata()?)?;
        }
        // Some file systems report a full disk only when the data is flushed.
        new.sync_all()?;
        folder.rename(&beside, &place.name)
    };
    replace().inspect_err(|_| {
        // The incomplete file is useless; if it cannot be removed either, nothing can be done.
        let _ = folder.remove(&beside);
    })
}

/// A new file in a folder, hidden and without an extension of ours: one that a killed process leaves there is never
/// taken for a page. It is locked while its writer lives.
fn create_beside(folder: &Folder, old: Option<&File>) -> io::Result<(OsString, File)> {
    // Until it has the permissions of the file that it replaces, other users must not read it.
    let readers = if old.is_some() { Readers::Owner } else { Readers::Usual };
    let mut taken = io::ErrorKind::AlreadyExists.into();
    for count in 0..MAX_NAMES {
        let beside = strays::name(std::process::id(), count);
        match folder.create_new(&beside, readers) {
            // Another process may have removed it as a stray file before it was locked.
            Ok(file) if strays::lock(&file) && folder::names_of(&file) > 0 => return Ok((beside, file)),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => taken = error,
            Err(error) => return Err(error),
        }
    }
    Err(taken)
}
