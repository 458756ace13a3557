//! What git keeps: the entries of a commit or of the index, and the content of files.

use std::{
    collections::BTreeMap,
    fmt,
    io::{self, BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Stdio},
    sync::{Mutex, PoisonError},
};

use super::{Place, TrackedKind, command, path_of, revision::RevisionError};

/// What git keeps at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeEntry {
    /// What it is.
    pub kind: TrackedKind,
    /// The name of its content.
    pub object: Box<str>,
}

/// The entries of a state, by path relative to the repository's root.
pub type Entries = BTreeMap<PathBuf, TreeEntry>;

/// The files of a commit.
///
/// # Errors
///
/// When git cannot list them.
pub fn of_commit<'a>(top: impl Into<Place<'a>>, commit: &str) -> Result<Entries, RevisionError> {
    list(top, &["ls-tree", "-r", "-z", "--full-tree", commit], |facts| {
        let mut facts = facts.split(' ');
        let (mode, _, object) = (facts.next()?, facts.next()?, facts.next()?);
        Some((mode, object))
    })
}

/// The files of the index. Of a file that several sides changed, ours counts.
///
/// # Errors
///
/// When git cannot list them.
pub fn of_index(top: &Path) -> Result<Entries, RevisionError> {
    list(top, &["ls-files", "--cached", "--stage", "-z", "--full-name"], |facts| {
        let mut facts = facts.split(' ');
        let (mode, object, stage) = (facts.next()?, facts.next()?, facts.next()?);
        matches!(stage, "0" | "2").then_some((mode, object))
    })
}

fn list<'a>(
    top: impl Into<Place<'a>>,
    arguments: &[&str],
    facts: impl Fn(&str) -> Option<(&str, &str)>,
) -> Result<Entries, RevisionError> {
    let output = command(top).args(arguments).output().ok().filter(|output| output.status.success());
    let output = output.ok_or(RevisionError::Failed("list tracked files"))?;
    Ok(read(&output.stdout, facts).collect())
}

/// Reads facts, a tab and a path, NUL between the entries. `facts` gives the mode and the object.
pub(super) fn read<'a>(
    answer: &'a [u8],
    facts: impl Fn(&'a str) -> Option<(&'a str, &'a str)>,
) -> impl Iterator<Item = (PathBuf, TreeEntry)> {
    answer.split(|&byte| byte == 0).filter_map(move |entry| {
        let tab = memchr::memchr(b'\t', entry)?;
        let (mode, object) = facts(std::str::from_utf8(&entry[..tab]).ok()?)?;
        let kind = TrackedKind::of_mode(mode)?;
        Some((path_of(&entry[tab + 1..]), TreeEntry { kind, object: object.into() }))
    })
}

/// The content of files, from one git that answers many questions.
pub struct Blobs {
    top: PathBuf,
    is_bare: bool,
    git: Mutex<Option<Answering>>,
}

struct Answering {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// What git knows of an object.
#[derive(Debug, PartialEq, Eq)]
pub enum Blob {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// It has so many bytes, more than were asked for.
    TooLong(u64),
}

impl fmt::Debug for Blobs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Blobs").field("top", &self.top).finish_non_exhaustive()
    }
}

impl Blobs {
    /// The content of the files of a repository. Git is started by the first question.
    pub fn new<'a>(place: impl Into<Place<'a>>) -> Self {
        let (top, is_bare) = match place.into() {
            Place::Folder(top) => (top, false),
            Place::Bare(top) => (top, true),
        };
        Self { top: top.to_owned(), is_bare, git: Mutex::new(None) }
    }

    fn place(&self) -> Place<'_> {
        if self.is_bare { Place::Bare(&self.top) } else { Place::Folder(&self.top) }
    }

    /// The content of an object, if it has not more than `most` bytes.
    ///
    /// # Errors
    ///
    /// When git does not have it, or is not there.
    pub fn read(&self, object: &str, most: u64) -> io::Result<Blob> {
        let mut git = self.git.lock().unwrap_or_else(PoisonError::into_inner);
        let answering = match git.take() {
            Some(answering) => answering,
            None => Answering::start(self.place())?,
        };
        // Kept for the next request only if this one succeeded: the state after half an answer is unknown.
        let mut answering = answering;
        let blob = answering.ask(object, most)?;
        *git = Some(answering);
        blob.ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "object is not in the git repository"))
    }
}

impl Answering {
    fn start(top: Place<'_>) -> io::Result<Self> {
        let mut child = command(top)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let gone = || io::Error::other("git cat-file failed");
        let questions = child.stdin.take().ok_or_else(gone)?;
        let answers = BufReader::new(child.stdout.take().ok_or_else(gone)?);
        Ok(Self { child, questions, answers })
    }

    /// Asks for an object; `None` where there is none. The answer is `OBJECT blob LENGTH`, a line break, the content,
    /// and a line break (git-cat-file(1), "BATCH OUTPUT").
    fn ask(&mut self, object: &str, most: u64) -> io::Result<Option<Blob>> {
        writeln!(self.questions, "{object}")?;
        self.questions.flush()?;
        let mut head = String::new();
        self.answers.read_line(&mut head)?;
        let len = head.trim_end().rsplit(' ').next().and_then(|len| len.parse().ok());
        let Some(len) = len.filter(|_| head.contains(" blob ")) else {
            return if head.trim_end().ends_with(" missing") {
                Ok(None)
            } else {
                Err(io::Error::other("git cat-file failed"))
            };
        };
        let mut content = (&mut self.answers).take(len);
        let blob = if len > most {
            io::copy(&mut content, &mut io::sink())?;
            Blob::TooLong(len)
        } else {
            let mut bytes = Vec::with_capacity(len as usize);
            content.read_to_end(&mut bytes)?;
            Blob::Bytes(bytes)
        };
        self.answers.read_exact(&mut [0])?;
        Ok(Some(blob))
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        // It would end by itself, but would remain a zombie process if it is not waited for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
