//! What a change is measured from: the commit that it and a revision have in common, and which files differ.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    process::Stdio,
};

use super::{Place, command, worktree};

/// Why git cannot tell what a change brings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RevisionError {
    /// There is no repository.
    #[error("not in a git repository: {}", .0.display())]
    NoRepository(PathBuf),
    /// A revision that names no commit.
    #[error("unknown revision `{revision}`; {}", how_to_fetch(*.depth))]
    NoCommit {
        /// As it was written.
        revision: String,
        /// How much of the history is here.
        depth: Depth,
    },
    /// Two commits without a common one.
    #[error("no merge base between `{revision}` and HEAD; {}", how_to_fetch(*.depth))]
    NothingInCommon {
        /// As it was written.
        revision: String,
        /// How much of the history is here.
        depth: Depth,
    },
    /// There is no git to ask.
    #[error("cannot run git: {0}")]
    NoGit(String),
    /// Git does not want to read the repository.
    #[error("git refused to read {}: {said}", top.display())]
    Refused {
        /// The repository.
        top: PathBuf,
        /// What it said, its first line.
        said: String,
    },
    /// Git failed at something that it should be able to do.
    #[error("git could not {0}")]
    Failed(&'static str),
}

/// How much of the history a clone has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// All of it.
    Whole,
    /// The last commits only.
    Shallow,
}

fn how_to_fetch(depth: Depth) -> &'static str {
    match depth {
        Depth::Whole => "try `git fetch`",
        Depth::Shallow => {
            "this clone is shallow, run `git fetch --unshallow` (with actions/checkout, set `fetch-depth: 0`)"
        }
    }
}

/// The repository that a folder is in: the folder that its paths are relative to.
///
/// # Errors
///
/// When it is in none, or git does not read it, as in folders of other users.
pub fn repository(folder: &Path) -> Result<&Path, RevisionError> {
    let top = super::top_of(folder).ok_or_else(|| RevisionError::NoRepository(folder.to_owned()))?;
    let output = command(top).args(["rev-parse", "--show-toplevel"]).stderr(Stdio::piped()).output();
    let output = output.map_err(|error| RevisionError::NoGit(error.to_string()))?;
    let refused = |said: &str| RevisionError::Refused { top: top.to_owned(), said: said.to_owned() };
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(refused(said.lines().next().unwrap_or_default().trim_start_matches("fatal: ")));
    }
    // Where git takes a folder further up, this `.git` is none.
    let taken = output.stdout.strip_suffix(b"\n").map(super::path_of);
    let is_it = taken.is_some_and(|taken| taken.canonicalize().ok() == top.canonicalize().ok());
    if is_it { Ok(top) } else { Err(refused(".git is not a valid repository")) }
}

/// The name of the tree without files, which every repository has.
const NO_FILES: &str = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/// The commit that a revision names. Before the first commit, `HEAD` is a state without files.
///
/// # Errors
///
/// When it names none.
pub fn commit<'a>(top: impl Into<Place<'a>>, revision: &str) -> Result<String, RevisionError> {
    let top = top.into();
    let commit = format!("{revision}^{{commit}}");
    match ask(top, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]) {
        Some(commit) => Ok(commit),
        None if revision == "HEAD" && is_new(top) => Ok(NO_FILES.to_owned()),
        None => Err(RevisionError::NoCommit { revision: revision.to_owned(), depth: depth(top) }),
    }
}

/// The last commit that the one which `revision` names and the present one have in common.
///
/// # Errors
///
/// When they have none in common, or this clone does not have it.
pub fn merge_base(top: &Path, revision: &str, commit: &str) -> Result<String, RevisionError> {
    if commit == NO_FILES {
        return Ok(NO_FILES.to_owned());
    }
    ask(top, &["merge-base", commit, "HEAD"])
        .ok_or_else(|| RevisionError::NothingInCommon { revision: revision.to_owned(), depth: depth(top) })
}

fn depth<'a>(top: impl Into<Place<'a>>) -> Depth {
    match ask(top, &["rev-parse", "--is-shallow-repository"]).as_deref() {
        Some("true") => Depth::Shallow,
        _ => Depth::Whole,
    }
}

/// Whether a repository has no commit yet: its branch has a name and leads to nothing.
fn is_new(top: Place<'_>) -> bool {
    ask(top, &["symbolic-ref", "--quiet", "HEAD"]).is_some()
        && ask(top, &["rev-parse", "--verify", "--quiet", "HEAD"]).is_none()
}

/// Which two states of the files are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sides<'a> {
    /// A commit and the files on disk that git knows.
    CommitAndDisk(&'a str),
    /// A commit and the index.
    CommitAndIndex(&'a str),
    /// The index and the files on disk that git knows.
    IndexAndDisk,
}

/// Which files differ between two states, by path relative to the repository's root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RevisionDiff {
    /// Files that differ, or that one side lacks.
    pub differ: HashSet<PathBuf>,
    /// The new path of files that were renamed, by the old one. Both are among those that differ.
    pub renamed: HashMap<PathBuf, PathBuf>,
}

impl RevisionDiff {
    /// Compares two states of a repository. Contents are compared as they are: no filter, no program and no setting of
    /// `.gitattributes` has a say.
    ///
    /// # Errors
    ///
    /// When git cannot.
    pub fn of(top: &Path, sides: Sides<'_>) -> Result<Self, RevisionError> {
        match sides {
            Sides::CommitAndIndex(commit) => Self::of_objects(top, commit),
            Sides::IndexAndDisk => Ok(Self { differ: worktree::changed(top)?, renamed: HashMap::new() }),
            Sides::CommitAndDisk(commit) => {
                let mut comparison = Self::of_objects(top, commit)?;
                comparison.differ.extend(worktree::changed(top)?);
                Ok(comparison)
            }
        }
    }

    /// Compares a commit with the index: git reads both from its own store.
    fn of_objects(top: &Path, commit: &str) -> Result<Self, RevisionError> {
        let mut git = command(top);
        git.args([
            "diff",
            "--cached",
            "--name-status",
            "-z",
            "-M",
            "-l400",
            "--no-ext-diff",
            "--no-textconv",
        ]);
        git.args(["--no-color", "--no-relative", "--ignore-submodules=all", commit, "--"]);
        let output = git.output().ok().filter(|output| output.status.success());
        let output = output.ok_or(RevisionError::Failed("compare the commits"))?;
        Ok(Self::read(&output.stdout))
    }

    /// Reads a letter, for renames and copies with a number after it, and one path or two, NUL between all parts.
    fn read(answer: &[u8]) -> Self {
        let mut comparison = Self::default();
        let mut parts = answer.split(|&byte| byte == 0);
        while let Some([letter, ..]) = parts.next() {
            let Some(path) = parts.next().map(super::path_of) else { break };
            if matches!(letter, b'R' | b'C') {
                let Some(new) = parts.next().map(super::path_of) else { break };
                comparison.differ.insert(new.clone());
                if *letter == b'R' {
                    comparison.differ.insert(path.clone());
                    comparison.renamed.insert(path, new);
                }
            } else {
                comparison.differ.insert(path);
            }
        }
        comparison
    }
}

/// Git's answer of one line; `None` where it has none.
pub(super) fn ask<'a>(folder: impl Into<Place<'a>>, arguments: &[&str]) -> Option<String> {
    let output = command(folder).args(arguments).output().ok().filter(|output| output.status.success())?;
    let answer = String::from_utf8(output.stdout).ok()?;
    let line = answer.strip_suffix('\n').unwrap_or(&answer);
    (!line.is_empty()).then(|| line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_come_with_one_path_or_two() {
        let read = RevisionDiff::read(b"M\0a.md\0R086\0b c.md\0d.md\0A\0e.md\0C100\0a.md\0f.md\0D\0g.md\0");
        let mut differ: Vec<_> = read.differ.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        differ.sort();
        assert_eq!(differ, ["a.md", "b c.md", "d.md", "e.md", "f.md", "g.md"]);
        assert_eq!(read.renamed, HashMap::from([("b c.md".into(), "d.md".into())]));
    }

    #[test]
    fn half_an_answer_is_read_as_far_as_it_goes() {
        assert_eq!(RevisionDiff::read(b"R100\0a.md"), RevisionDiff::default());
        assert_eq!(RevisionDiff::read(b""), RevisionDiff::default());
    }
}
