//! Which files on disk are not as the index has them. Git itself would hand them to the filters that `.gitattributes`
//! names, a file that any change can bring: nothing may start here, and no filter may make two contents look the same.

use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    Blob, Blobs, TrackedKind, TreeEntry,
    index::{self, Stats, Time},
    objects, path_of,
    revision::RevisionError,
};

/// The longest file whose content is compared, in bytes; a longer one that was written since counts as changed.
const MAX_LEN: u64 = 32 << 20;

/// The files of the index that are not so on disk, by path relative to the repository's root. Line breaks that git
/// writes in the way of the system do not count.
///
/// # Errors
///
/// When git cannot list the index.
pub(super) fn changed(top: &Path) -> Result<HashSet<PathBuf>, RevisionError> {
    let entries = objects::of_index(top)?;
    let known = known(top, &entries);
    let blobs = Blobs::new(top);
    let is_changed = |path: &Path, entry: &TreeEntry| {
        let full = top.join(path);
        match fs::symlink_metadata(&full) {
            Ok(metadata) if entry.kind == TrackedKind::File && metadata.is_file() => {
                !known.holds(path, &metadata) && !has_content(&full, &metadata, entry, &blobs)
            }
            Ok(metadata) if entry.kind == TrackedKind::Link && metadata.is_symlink() => {
                !known.holds(path, &metadata) && !has_target(&full, entry, &blobs)
            }
            Ok(_) => true,
            Err(error) => error.kind() != io::ErrorKind::NotFound || !known.skips(path),
        }
    };
    let files = entries.iter().filter(|(_, entry)| entry.kind != TrackedKind::Repository);
    Ok(files.filter(|(path, entry)| is_changed(path, entry)).map(|(path, _)| path.clone()).collect())
}

/// What the index knows of the files on disk, as far as we can read it.
fn known(top: &Path, entries: &objects::Entries) -> Stats {
    // Longer names are those of another hash, which the index has in another form.
    let is_usual = entries.values().next().is_some_and(|entry| entry.object.len() == 40);
    index::stats(top).filter(|_| is_usual).unwrap_or_default()
}

impl Stats {
    /// Whether a file is as it was when git last compared it: it has the same length and was written at the same time,
    /// and that was before the index was.
    fn holds(&self, path: &Path, metadata: &fs::Metadata) -> bool {
        let (Some(stat), Some(written)) = (self.files.get(path), index::time_of(metadata)) else {
            return false;
        };
        let same = |one: Time, two: Time| one.0 == two.0 && (one.1 == two.1 || one.1 == 0);
        same(stat.written, written) && stat.len == metadata.len() as u32 && written < self.written
    }

    fn skips(&self, path: &Path) -> bool {
        self.files.get(path).is_some_and(|stat| stat.is_skipped)
    }
}

fn has_content(full: &Path, metadata: &fs::Metadata, entry: &TreeEntry, blobs: &Blobs) -> bool {
    if metadata.len() > MAX_LEN {
        return false;
    }
    let (Ok(Blob::Bytes(kept)), Ok(bytes)) = (blobs.read(&entry.object, MAX_LEN), fs::read(full)) else {
        return false;
    };
    kept == bytes || bytes.len() > kept.len() && without_returns(&bytes).eq(without_returns(&kept))
}

/// Bytes without the carriage returns before line feeds.
fn without_returns(bytes: &[u8]) -> impl Iterator<Item = u8> {
    let next = bytes.iter().skip(1).map(Some).chain([None]);
    bytes.iter().zip(next).filter(|it| *it != (&b'\r', Some(&b'\n'))).map(|(byte, _)| *byte)
}

fn has_target(full: &Path, entry: &TreeEntry, blobs: &Blobs) -> bool {
    let kept = blobs.read(&entry.object, MAX_LEN).ok();
    let target = fs::read_link(full).ok();
    matches!((kept, target), (Some(Blob::Bytes(kept)), Some(target)) if path_of(&kept) == target)
}

#[cfg(test)]
mod tests {
    use super::without_returns;

    #[test]
    fn only_returns_before_line_feeds_are_left_out() {
        let kept: Vec<u8> = without_returns(b"a\r\nb\rc\r\r\n\r").collect();
        assert_eq!(kept, b"a\nb\rc\r\n\r");
    }
}
