//! When the pages of a site were added and last changed, by its git history.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use jiff::{Timestamp, civil, tz::TimeZone};

use crate::git::{self, Place};

/// The days on which the files below `root` were first committed, by path relative to it, renames followed. Empty
/// where there is no git or no history, or git takes longer than [`git::LONGEST_SEARCH`].
pub fn additions(root: &Path) -> HashMap<PathBuf, civil::Date> {
    additions_in(root.into(), Path::new(""), "HEAD")
}

/// The same up to a commit, for a folder of what git is asked about.
pub fn additions_in(place: Place<'_>, folder: &Path, commit: &str) -> HashMap<PathBuf, civil::Date> {
    log(place, folder, commit, "AR").map(|log| read_additions(&log)).unwrap_or_default()
}

/// When the last commit up to this one changed each of the files in a folder of what git is asked about, by path relative
/// to it; a commit that only renames a file does not change it. Empty as [`additions`] is.
pub fn last_commits(place: Place<'_>, folder: &Path, commit: &str) -> HashMap<PathBuf, Timestamp> {
    log(place, folder, commit, "AMRT").map(|log| read_changes(&log)).unwrap_or_default()
}

/// The log of a folder, for changes of these kinds, renames found.
fn log(place: Place<'_>, folder: &Path, commit: &str, kinds: &str) -> Option<Vec<u8>> {
    let mut log = git::command(place);
    log.args([
        "log",
        &git::relative_to(folder),
        &format!("--diff-filter={kinds}"),
        "-M",
        git::MAX_COMPARED,
        "--name-status",
        "-z",
        "--no-color",
    ])
    .args(["--no-ext-diff", "--no-textconv", "--format=%x01%ct", commit, "--"]);
    git::answer_in_time(log, git::LONGEST_SEARCH)
}

fn read_additions(log: &[u8]) -> HashMap<PathBuf, civil::Date> {
    let mut added = HashMap::new();
    each_change(log, |time, status, path| {
        if status == "A" {
            // Older commits come later and win.
            added.insert(path, time.to_zoned(TimeZone::UTC).date());
        }
    });
    added
}

fn read_changes(log: &[u8]) -> HashMap<PathBuf, Timestamp> {
    let mut changed = HashMap::new();
    each_change(log, |time, status, path| {
        if status != "R100" {
            changed.entry(path).or_insert(time);
        }
    });
    changed
}

/// Reads a log, newest commit first: NUL between all parts, a commit's time after a 0x01. Gives the time and kind of
/// each change, and what the file is called today.
fn each_change(log: &[u8], mut give: impl FnMut(Timestamp, &str, PathBuf)) {
    // What a file is called today, by what it was called once.
    let mut today: HashMap<PathBuf, PathBuf> = HashMap::new();
    let mut time = None;
    let mut parts = log.split(|&byte| byte == 0).map(String::from_utf8_lossy);
    while let Some(part) = parts.next() {
        let part = part.trim_start();
        if let Some(seconds) = part.strip_prefix('\u{1}') {
            time = seconds.trim().parse().ok().and_then(|time| Timestamp::from_second(time).ok());
            continue;
        }
        let old = if part.starts_with('R') { parts.next() } else { None };
        let is_change = old.is_some() || matches!(part, "A" | "M" | "T");
        let Some(path) = is_change.then(|| parts.next()).flatten() else { continue };
        let path = PathBuf::from(&*path);
        let now = today.get(&path).cloned().unwrap_or(path);
        if let Some(old) = old {
            today.insert(PathBuf::from(&*old), now.clone());
        }
        if let Some(time) = time {
            give(time, part, now);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{read_additions, read_changes};

    #[test]
    fn a_renamed_file_was_added_under_its_old_name() {
        let log = "\u{1}1706500000\0\nR100\0a.md\0b.md\0A\0new\nline.md\0\u{1}1675000000\0\nA\0a.md\0";
        let added = read_additions(log.as_bytes());
        let day = |path: &str| added.get(Path::new(path)).map(ToString::to_string);
        assert_eq!(day("b.md").as_deref(), Some("2023-01-29"));
        assert_eq!(day("new\nline.md").as_deref(), Some("2024-01-29"));
        assert_eq!(day("a.md"), None);
    }

    #[test]
    fn a_commit_that_only_renames_a_file_does_not_change_it() {
        let log =
            "\u{1}1706500000\0\nR100\0a.md\0b.md\0R080\0c.md\0d.md\0\u{1}1675000000\0\nM\0a.md\0M\0c.md\0";
        let changed = read_changes(log.as_bytes());
        let second = |path: &str| changed.get(Path::new(path)).map(|time| time.as_second());
        assert_eq!(second("b.md"), Some(1_675_000_000));
        assert_eq!(second("d.md"), Some(1_706_500_000));
        assert_eq!((second("a.md"), second("c.md")), (None, None));
    }

    #[test]
    fn what_is_no_log_says_nothing() {
        for log in [&b""[..], b"A", b"\x01x\0R100\0a"] {
            assert!(read_additions(log).is_empty() && read_changes(log).is_empty());
        }
    }
}
