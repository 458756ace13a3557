//! When the pages of a site were added, by its git history.

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
    let mut log = git::command(place);
    log.args([
        "log",
        &git::relative_to(folder),
        "--diff-filter=AR",
        "-M",
        git::MAX_COMPARED,
        "--name-status",
        "-z",
        "--no-color",
    ])
    .args(["--no-ext-diff", "--no-textconv", "--format=%x01%ct", commit, "--"]);
    git::answer_in_time(log, git::LONGEST_SEARCH).map(|answer| read(&answer)).unwrap_or_default()
}

/// Reads the log, newest commit first: NUL between all parts, a commit's time after a 0x01.
fn read(log: &[u8]) -> HashMap<PathBuf, civil::Date> {
    let mut added = HashMap::new();
    // What a file is called today, by what it was called once.
    let mut today: HashMap<PathBuf, PathBuf> = HashMap::new();
    let mut day = None;
    let mut parts = log.split(|&byte| byte == 0).map(String::from_utf8_lossy);
    while let Some(part) = parts.next() {
        let part = part.trim_start();
        if let Some(time) = part.strip_prefix('\u{1}') {
            day = time.trim().parse().ok().and_then(|time| Timestamp::from_second(time).ok());
        } else if part.starts_with('R') {
            let (Some(old), Some(new)) = (parts.next(), parts.next()) else { break };
            let new = PathBuf::from(&*new);
            let now = today.get(&new).cloned().unwrap_or(new);
            today.insert(PathBuf::from(&*old), now);
        } else if part == "A" {
            let Some(path) = parts.next().map(|path| PathBuf::from(&*path)) else { break };
            let now = today.get(&path).cloned().unwrap_or(path);
            // Older commits come later and win.
            added.extend(day.map(|day| (now, day.to_zoned(TimeZone::UTC).date())));
        }
    }
    added
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::read;

    #[test]
    fn a_renamed_file_was_added_under_its_old_name() {
        let log = "\u{1}1706500000\0\nR100\0a.md\0b.md\0A\0new\nline.md\0\u{1}1675000000\0\nA\0a.md\0";
        let added = read(log.as_bytes());
        let day = |path: &str| added.get(Path::new(path)).map(ToString::to_string);
        assert_eq!(day("b.md").as_deref(), Some("2023-01-29"));
        assert_eq!(day("new\nline.md").as_deref(), Some("2024-01-29"));
        assert_eq!(day("a.md"), None);
    }

    #[test]
    fn what_is_no_log_says_nothing() {
        assert!(read(b"").is_empty() && read(b"A").is_empty() && read(b"\x01x\0R100\0a").is_empty());
    }
}
