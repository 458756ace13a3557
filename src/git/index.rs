//! Git's index, read without git: starting a process takes longer than checking a small site.
//!
//! The format is that of `gitformat-index(5)`, versions 2 to 4. What is rare or unknown is left to git itself.

use std::{
    collections::HashMap,
    env, fs,
    path::{Path, PathBuf},
};

use super::{Tracked, TrackedKind, path_of, revision::ask};

/// The largest index that is read, in bytes.
const MAX_LEN: u64 = 1 << 30;

/// The longest path, in bytes: entries of version 4 may be much shorter than what they stand for.
const MAX_PATH: usize = 4096;

/// Bytes of an entry in front of its flags, and with them; object names have 20 bytes.
const FLAGS: usize = 60;
const FIXED: usize = 62;

/// What git keeps below a folder; `None` where only git can tell.
pub(super) fn read(root: &Path) -> Option<Vec<Tracked>> {
    let elsewhere = ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_COMMON_DIR"];
    if elsewhere.iter().any(|name| env::var_os(name).is_some()) {
        return None;
    }
    let root = root.canonicalize().ok()?;
    let top = super::top_of(&root)?;
    let folder = top.join(".git");
    let config = fs::read_to_string(folder.join("config")).ok()?.to_ascii_lowercase();
    // Object names of another length, and a working tree that is elsewhere.
    if config.contains("objectformat") || config.contains("worktree") {
        return None;
    }
    let prefix = root.strip_prefix(top).ok()?.to_str()?.replace('\\', "/");
    let prefix = if prefix.is_empty() { prefix } else { prefix + "/" };
    parse(&load(&folder.join("index"))?, &prefix)
}

fn load(index: &Path) -> Option<Vec<u8>> {
    let is_fit = fs::metadata(index).is_ok_and(|metadata| metadata.is_file() && metadata.len() <= MAX_LEN);
    fs::read(index).ok().filter(|_| is_fit)
}

/// A time of a file: seconds since 1970, and the nanoseconds, which are 0 where whoever wrote the index had none.
pub(super) type Time = (u32, u32);

/// What the index knows of a file on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stat {
    /// When it was last written.
    pub(super) written: Time,
    /// The last 32 bits of its length.
    pub(super) len: u32,
    /// Whether it is left out of the working tree on purpose.
    pub(super) is_skipped: bool,
}

/// What the index of a repository knows of the files on disk.
#[derive(Debug, Default)]
pub(super) struct Stats {
    /// The files by path, relative to the repository's root.
    pub(super) files: HashMap<PathBuf, Stat>,
    /// When the index was written itself.
    pub(super) written: Time,
}

/// What the index of a repository knows of the files on disk; `None` where only git can read it. Object names have 40
/// digits.
pub(super) fn stats(top: &Path) -> Option<Stats> {
    let index = ask(top, &["rev-parse", "--git-path", "index"])?;
    let index = top.join(index);
    let written = time_of(&fs::metadata(&index).ok()?)?;
    let index = load(&index)?;
    let mut files = HashMap::new();
    entries(&index, |entry| {
        files.insert(path_of(entry.path), entry.stat);
    })?;
    Some(Stats { files, written })
}

/// When a file was last written.
pub(super) fn time_of(metadata: &fs::Metadata) -> Option<Time> {
    let since = metadata.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some((since.as_secs() as u32, since.subsec_nanos()))
}

/// The entries whose paths begin with `prefix`, without it.
fn parse(index: &[u8], prefix: &str) -> Option<Vec<Tracked>> {
    let mut tracked = Vec::new();
    entries(index, |entry| {
        // A path that is no UTF-8 cannot be linked to.
        if let Some(below) = std::str::from_utf8(entry.path).ok().and_then(|path| path.strip_prefix(prefix)) {
            tracked.push(Tracked { path: below.to_owned(), kind: entry.kind });
        }
    })?;
    Some(tracked)
}

/// One entry.
struct Entry<'a> {
    path: &'a [u8],
    kind: TrackedKind,
    stat: Stat,
}

/// Goes through the entries; `None` where only git can read them.
fn entries(index: &[u8], mut visit: impl FnMut(Entry<'_>)) -> Option<()> {
    let version =
        number(index, 4).filter(|version| index.starts_with(b"DIRC") && (2..=4).contains(version))?;
    let count = number(index, 8)?;
    let mut path: Vec<u8> = Vec::new();
    let mut at = 12;
    for _ in 0..count {
        let mode = number(index, at + 24)?;
        let flags = u16::from_be_bytes(index.get(at + FLAGS..at + FIXED)?.try_into().ok()?);
        let is_extended = version > 2 && flags & 0x4000 != 0;
        let extended = if is_extended { index.get(at + FIXED..at + FIXED + 2)? } else { &[] };
        let mut name = at + FIXED + extended.len();
        if version == 4 {
            let dropped = offset(index, &mut name)?;
            path.truncate(path.len().checked_sub(dropped)?);
        } else {
            path.clear();
        }
        let len = memchr::memchr(0, index.get(name..)?)?;
        path.extend_from_slice(&index[name..name + len]);
        if path.len() > MAX_PATH {
            return None;
        }
        // At least one NUL is after the name; before version 4 so many that an entry has a multiple of eight bytes.
        let end = name + len;
        let stat = Stat {
            written: (number(index, at + 8)?, number(index, at + 12)?),
            len: number(index, at + 36)?,
            is_skipped: extended.first().is_some_and(|byte| byte & 0x40 != 0),
        };
        at = if version == 4 { end + 1 } else { at + (end - at + 8) / 8 * 8 };
        let kind = match mode >> 12 {
            0o10 => TrackedKind::File,
            0o12 => TrackedKind::Link,
            0o16 => TrackedKind::Repository,
            // A folder whose files the index leaves out.
            _ => return None,
        };
        visit(Entry { path: &path, kind, stat });
    }
    has_all(index, at).then_some(())
}

/// Whether the entries are all there are: none of the extensions after them changes what they say. The names of those
/// that do begin with a small letter.
fn has_all(index: &[u8], mut at: usize) -> bool {
    let end = index.len().saturating_sub(20);
    while at < end {
        let (Some(name), Some(len)) = (index.get(at), number(index, at + 4)) else { return false };
        if !name.is_ascii_uppercase() {
            return false;
        }
        at += 8 + len as usize;
    }
    at == end
}

fn number(index: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(index.get(at..at + 4)?.try_into().ok()?))
}

/// A number of variable length, as git's packs have it: seven bits a byte, and one is added for each byte that follows.
fn offset(index: &[u8], at: &mut usize) -> Option<usize> {
    let mut value = 0_usize;
    loop {
        let byte = *index.get(*at)?;
        *at += 1;
        value = value.checked_mul(128)?.checked_add(usize::from(byte & 127))?;
        if byte < 128 {
            return Some(value);
        }
        value += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An entry; in version 4 `dropped` bytes of the last path go before the new ones.
    fn entry(version: u32, mode: u32, dropped: u8, name: &str) -> Vec<u8> {
        let mut entry = vec![0; FIXED];
        entry[24..28].copy_from_slice(&mode.to_be_bytes());
        if version == 4 {
            entry.push(dropped);
        }
        entry.extend(name.as_bytes());
        entry.push(0);
        while version < 4 && !entry.len().is_multiple_of(8) {
            entry.push(0);
        }
        entry
    }

    fn index(version: u32, entries: &[Vec<u8>], extension: &[u8]) -> Vec<u8> {
        let mut index = b"DIRC".to_vec();
        index.extend(version.to_be_bytes());
        index.extend((entries.len() as u32).to_be_bytes());
        index.extend(entries.concat());
        index.extend(extension);
        index.extend([0; 20]);
        index
    }

    fn paths(index: &[u8], prefix: &str) -> Option<Vec<(String, TrackedKind)>> {
        Some(parse(index, prefix)?.into_iter().map(|it| (it.path, it.kind)).collect())
    }

    #[test]
    fn entries_are_read_in_every_version() {
        let two = [
            entry(2, 0o100_644, 0, "a b.md"),
            entry(2, 0o120_000, 0, "site/link"),
            entry(2, 0o160_000, 0, "site/theme"),
        ];
        let four = [
            entry(4, 0o100_644, 0, "a b.md"),
            entry(4, 0o120_000, 6, "site/link"),
            entry(4, 0o160_000, 4, "theme"),
        ];
        let expected = [
            ("a b.md", TrackedKind::File),
            ("site/link", TrackedKind::Link),
            ("site/theme", TrackedKind::Repository),
        ];
        let expected = expected.map(|(path, kind)| (path.to_owned(), kind)).to_vec();
        assert_eq!(paths(&index(2, &two, b"TREE\0\0\0\x01x"), ""), Some(expected.clone()));
        assert_eq!(paths(&index(4, &four, b""), ""), Some(expected.clone()));
        let below = expected[1..].iter().map(|(path, kind)| (path["site/".len()..].to_owned(), *kind));
        assert_eq!(paths(&index(4, &four, b""), "site/"), Some(below.collect()));
    }

    #[test]
    fn what_git_alone_understands_is_left_to_it() {
        let file = [entry(2, 0o100_644, 0, "a.md")];
        assert!(paths(&index(2, &file, b""), "").is_some());
        assert_eq!(paths(&index(5, &file, b""), ""), None, "a version to come");
        assert_eq!(paths(&index(2, &file, b"link\0\0\0\0"), ""), None, "a part of it is in another file");
        assert_eq!(paths(&index(2, &[entry(2, 0o040_000, 0, "a/")], b""), ""), None, "a folder");
        assert_eq!(paths(b"DIRC", ""), None);
    }

    #[test]
    fn damage_is_no_trouble() {
        let whole =
            index(4, &[entry(4, 0o100_644, 0, "a.md"), entry(4, 0o100_644, 9, "b.md")], b"TREE\0\0\0\0");
        for at in 0..whole.len() {
            let _ = parse(&whole[..at], "");
            let mut other = whole.clone();
            other[at] ^= 0xFF;
            let _ = parse(&other, "");
        }
    }
}
