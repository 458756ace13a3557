//! Files and folders that the command line writes besides fixed pages.

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};

use super::{
    folder::Readers,
    place::{FilePlace, Kept},
    read::is_regular,
    replace::exchange,
    stray_removal,
};

/// Writes a file as [`replace_unchanged`](super::replace_unchanged) does, whatever it contains now, and makes it where
/// there is none. Also removes what killed processes left in its folder.
///
/// # Errors
///
/// As for `replace_unchanged`, except that a file that is missing, read-only or changed is not an error.
pub fn replace(kept: Kept<'_>, content: &[u8]) -> io::Result<()> {
    let place = FilePlace::of_kept(kept)?;
    let folder = place.open_folder()?;
    let old = match folder.open_file(&place.name) {
        Ok(old) => Some(is_regular(old)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    stray_removal::remove_in(&folder);
    exchange(&folder, &place, old.as_ref(), content)
}

/// Makes a file that does not exist.
///
/// # Errors
///
/// When it exists, cannot be written, is in a git directory, or a link of the site points outside the site.
pub fn create(kept: Kept<'_>, content: &[u8]) -> io::Result<()> {
    let place = FilePlace::of_kept(kept)?;
    let folder = place.open_folder()?;
    let mut file = folder.create_new(&place.name, Readers::Usual)?;
    file.write_all(content).inspect_err(|_| {
        // The incomplete file is useless; if it cannot be removed either, nothing can be done.
        let _ = folder.remove(&place.name);
    })
}

/// Makes the folders that a file is in, as far as they do not exist. A link among them is not followed.
///
/// # Errors
///
/// When one cannot be made, or something else has its name.
pub fn create_folders(kept: Kept<'_>) -> io::Result<()> {
    let folders: Vec<&Path> =
        kept.path.ancestors().skip(1).take_while(|folder| *folder != kept.root).collect();
    for folder in folders.into_iter().rev() {
        match fs::symlink_metadata(folder) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return Err(io::ErrorKind::NotADirectory.into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => fs::create_dir(folder)?,
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
