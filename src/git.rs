//! Asking git about a site, without letting its configuration run anything.

mod directory;
mod index;
mod objects;
mod revision;
mod worktree;

use std::{
    env,
    io::Read,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

pub use directory::{bare_around, directory_around, exclude_file};
pub use objects::{Blob, Blobs, Entries, TreeEntry, of_commit, of_index};
pub use revision::{RevisionDiff, RevisionError, Sides, commit, merge_base, repository};

/// How much of git's answer is read about renames, in bytes.
const MAX_ANSWER: u64 = 16 << 20;

/// A file that git keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tracked {
    /// The path, relative to the folder that was asked for.
    pub path: String,
    /// What it is.
    pub kind: TrackedKind,
}

/// What git keeps at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrackedKind {
    /// A file.
    File,
    /// A symbolic link.
    Link,
    /// Another repository.
    Repository,
}

impl TrackedKind {
    /// What a file mode says, as git writes it; `None` for a folder.
    fn of_mode(mode: &str) -> Option<Self> {
        match mode {
            "120000" => Some(Self::Link),
            "160000" => Some(Self::Repository),
            "040000" => None,
            _ => Some(Self::File),
        }
    }
}

/// What git is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// A folder of a working tree.
    Folder(&'a Path),
    /// A bare repository that the user named. One that is found in a site is not asked about: its config would say what
    /// git has to run.
    Bare(&'a Path),
}

impl<'a> From<&'a Path> for Place<'a> {
    fn from(folder: &'a Path) -> Self {
        Self::Folder(folder)
    }
}

/// A git command for a folder: without locks, pagers, monitors and whatever else the repository's own configuration
/// might start.
pub fn command<'a>(place: impl Into<Place<'a>>) -> Command {
    let mut command = Command::new("git");
    let (root, bare) = match place.into() {
        Place::Folder(root) => (root, "safe.bareRepository=explicit"),
        Place::Bare(root) => {
            command.env_remove("GIT_DIR");
            (root, "safe.bareRepository=all")
        }
    };
    // Git's hooks name the index that is being committed as seen from the folder in which they start us.
    if let Some(index) = env::var_os("GIT_INDEX_FILE").map(PathBuf::from).filter(|index| index.is_relative())
        && let Ok(current) = env::current_dir()
    {
        command.env("GIT_INDEX_FILE", current.join(index));
    }
    command
        .arg("-C")
        .arg(root)
        .args(["--no-pager", "-c", "log.showSignature=false", "-c", "core.fsmonitor=false"])
        // A list of names, which nobody asks for, would be read even if it is a pipe.
        .args(["-c", bare, "-c", "log.mailmap=false"])
        .env("GIT_OPTIONAL_LOCKS", "0")
        // A clone that fetches content when it is needed would ask a network, by programs that its config names.
        .env("GIT_NO_LAZY_FETCH", "1")
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Whether a folder is in a repository, by the look of it: starting git to hear that it does not takes longer than
/// checking many pages.
fn may_answer(root: &Path) -> bool {
    let is_elsewhere = || env::var_os("GIT_DIR").is_some();
    root.canonicalize().is_ok_and(|root| top_of(&root).is_some()) || is_elsewhere()
}

/// The files in git's index below a folder, whether or not they are checked out; `None` where git does not answer.
pub fn tracked(root: &Path) -> Option<Vec<Tracked>> {
    let tracked = index::read(root).or_else(|| listed(root))?;
    // A repository without a single file in its index is none that files were added to.
    (!tracked.is_empty()).then_some(tracked)
}

/// The same as git itself lists it.
fn listed(root: &Path) -> Option<Vec<Tracked>> {
    if !may_answer(root) {
        return None;
    }
    let output = command(root).args(["ls-files", "--cached", "--stage", "-z"]).output().ok()?;
    output.status.success().then(|| read_tracked(&output.stdout))
}

/// Reads `MODE OBJECT STAGE⇥PATH`, NUL between the entries. A path that is no UTF-8 cannot be linked to.
fn read_tracked(answer: &[u8]) -> Vec<Tracked> {
    let entries = objects::read(answer, |facts| facts.split_once(' '));
    entries
        .filter_map(|(path, entry)| Some(Tracked { path: path.to_str()?.to_owned(), kind: entry.kind }))
        .collect()
}

/// How many files that are gone and new a commit may have for git to compare each with each by their content. In larger
/// ones it finds the renames that leave a file as it is, which takes no comparison.
pub(crate) const MAX_COMPARED: &str = "-l100";

/// How many commits are searched for renames: some thousand a second, and histories may have a million.
const MAX_COMMITS: usize = 5_000;

/// The renames below a folder up to a commit, in the last [`MAX_COMMITS`] commits, the latest first: old path and new
/// path, relative to it. Empty where there is no git or no history.
pub fn renames(root: &Path, commit: &str) -> Vec<(String, String)> {
    if may_answer(root) { renames_in(root.into(), Path::new(""), commit) } else { vec![] }
}

/// The same for a folder of what git is asked about.
pub fn renames_in(root: Place<'_>, folder: &Path, commit: &str) -> Vec<(String, String)> {
    let skipped =
        command(root).args(["rev-list", "-n", "1", &format!("--skip={MAX_COMMITS}"), commit, "--"]).output();
    let before = skipped.ok().and_then(|output| String::from_utf8(output.stdout).ok()).unwrap_or_default();
    let commits =
        if before.is_empty() { commit.to_owned() } else { format!("{}..{commit}", before.trim_end()) };
    let mut log = command(root);
    log.args([
        "log",
        &relative_to(folder),
        "--diff-filter=R",
        "-M",
        MAX_COMPARED,
        "--name-status",
        "-z",
        "--no-color",
    ])
    .args(["--no-ext-diff", "--no-textconv", "--format=", &commits, "--"]);
    read_renames(&answer_in_time(log, LONGEST_SEARCH).unwrap_or_default())
}

/// The commit that a revision names, and the file with the ends of the history of a shallow clone, which need not exist.
/// `None` where there is no such commit.
pub fn history(root: &Path, commit: &str) -> Option<(String, PathBuf)> {
    may_answer(root).then(|| history_in(root.into(), commit)).flatten()
}

/// The same for what git is asked about.
pub fn history_in(root: Place<'_>, commit: &str) -> Option<(String, PathBuf)> {
    let commit = format!("{commit}^{{commit}}");
    let answer = revision::ask(root, &["rev-parse", &commit, "--git-path", "shallow"])?;
    let (commit, shallow) = answer.split_once('\n')?;
    let (Place::Folder(folder) | Place::Bare(folder)) = root;
    Some((commit.to_owned(), folder.join(shallow)))
}

/// The argument that makes the paths of a log relative to a folder, which need not be on disk.
pub(crate) fn relative_to(folder: &Path) -> String {
    match folder.to_str() {
        None | Some("") => "--relative".to_owned(),
        Some(folder) => format!("--relative={folder}/"),
    }
}

/// How long a search through the history may take. What it costs to compare files by their content depends on what they
/// hold, so that no number of commits or files is a bound.
pub(crate) const LONGEST_SEARCH: Duration = Duration::from_secs(10);

/// What git answers, at most [`MAX_ANSWER`] bytes; `None` where it takes longer than it may, or cannot be started. Half
/// an answer is none: how far git came is a matter of chance.
pub(crate) fn answer_in_time(mut command: Command, limit: Duration) -> Option<Vec<u8>> {
    let mut child = command.stdout(Stdio::piped()).spawn().ok()?;
    let out = child.stdout.take()?;
    let (sender, receiver) = mpsc::channel();
    let reader = thread::spawn(move || {
        let mut answer = Vec::new();
        // What was read before an error is as good as all.
        let _ = out.take(MAX_ANSWER).read_to_end(&mut answer);
        // The receiver is gone where time was up.
        let _ = sender.send(answer);
    });
    let answer = receiver.recv_timeout(limit).ok();
    // Both fail only where it has ended by itself.
    let _ = child.kill();
    let _ = child.wait();
    // It ends with the pipe; a panic of it would leave no answer either.
    let _ = reader.join();
    answer
}

/// Reads `R100`, old path, new path, NUL between all parts.
fn read_renames(answer: &[u8]) -> Vec<(String, String)> {
    let mut renames = Vec::new();
    let mut parts = answer.split(|&byte| byte == 0).map(|part| String::from_utf8_lossy(part).into_owned());
    while let Some(part) = parts.next() {
        if part.trim_start().starts_with('R')
            && let (Some(old), Some(new)) = (parts.next(), parts.next())
        {
            renames.push((old, new));
        }
    }
    renames
}

/// The root of the repository that a folder is in, by the look of it: git is not asked.
pub fn top_of(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| folder.join(".git").exists())
}

/// A path as git gives it: its bytes, on systems where paths are bytes.
#[cfg(unix)]
pub fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    Path::new(std::ffi::OsStr::from_bytes(bytes)).to_owned()
}

#[cfg(not(unix))]
pub fn path_of(bytes: &[u8]) -> PathBuf {
    String::from_utf8_lossy(bytes).into_owned().into()
}

/// Whether a path below a folder leads into git's own one: there are tokens in it, and what git is to run.
pub fn is_own(path: &Path, folder: &Path) -> bool {
    let inner = path.strip_prefix(folder).unwrap_or(path);
    inner.components().any(|part| part.as_os_str().eq_ignore_ascii_case(".git"))
}

/// The URLs of the remotes of the repository that a folder belongs to.
pub fn remotes(root: &Path) -> Vec<String> {
    if may_answer(root) { remotes_in(root.into()) } else { vec![] }
}

/// The same for what git is asked about.
pub fn remotes_in(root: Place<'_>) -> Vec<String> {
    let output = command(root).args(["config", "-z", "--get-regexp", r"^remote\..*\.url$"]).output();
    let answer = output.map(|output| output.stdout).unwrap_or_default();
    let entries = answer.split(|&byte| byte == 0).filter_map(|entry| std::str::from_utf8(entry).ok());
    entries.filter_map(|entry| Some(entry.split_once('\n')?.1.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_says_what_things_are() {
        let answer =
            b"100644 abc 0\ta b.md\x00120000 def 0\tlink\x00160000 012 0\ttheme\x00100644 345 0\t\xff.md\x00";
        let seen: Vec<_> = read_tracked(answer).into_iter().map(|it| (it.path, it.kind)).collect();
        let expected =
            [("a b.md", TrackedKind::File), ("link", TrackedKind::Link), ("theme", TrackedKind::Repository)];
        assert_eq!(seen, expected.map(|(path, kind)| (path.to_owned(), kind)));
    }

    #[test]
    fn an_answer_that_takes_too_long_is_none() {
        let mut version = Command::new("git");
        version.arg("--version");
        let answer = answer_in_time(version, Duration::from_secs(60));
        assert!(answer.is_some_and(|answer| answer.starts_with(b"git version")));
        if cfg!(unix) {
            let mut endless = Command::new("tail");
            endless.args(["-f", "/dev/null"]);
            assert_eq!(answer_in_time(endless, Duration::from_millis(20)), None);
        }
    }

    #[test]
    fn renames_come_in_threes() {
        let pairs = read_renames(b"R100\0a.md\0b.md\0\nR086\0c d.md\0e.md\0R100\0cut");
        assert_eq!(pairs, [("a.md", "b.md"), ("c d.md", "e.md")].map(|(a, b)| (a.into(), b.into())));
    }
}
