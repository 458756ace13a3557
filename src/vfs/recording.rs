//! A file system that remembers what it was asked.

use std::{
    collections::HashMap,
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, atomic::Ordering},
};

use super::{
    Content, EntryKind, FileStart, FileSystem, FolderEntry, GitFolder, InventoryItem, LocalRules,
    git_folder::Asked,
    question::{AnswerHash, HashedAnswer, Question, hash_of},
};

/// Another file system, and everything that it was asked: whatever was worked out follows from those answers.
#[derive(Debug)]
pub struct Recording {
    files: Arc<dyn FileSystem>,
    asked: Mutex<Record>,
}

#[derive(Debug, Default)]
struct Record {
    /// By path: as a path, it would be compared part by part.
    answers: HashMap<OsString, Vec<(Question, AnswerHash)>>,
    /// Whether an answer changed meanwhile.
    is_unsteady: bool,
    /// The folders whose repositories were asked about.
    repositories: HashMap<PathBuf, Arc<Asked>>,
}

impl Recording {
    /// Nothing was asked yet.
    pub fn of(files: Arc<dyn FileSystem>) -> Self {
        Self { files, asked: Mutex::default() }
    }

    /// What was asked so far, and the hashes of the answers, in order of paths and questions; `None` where the same
    /// question had two answers, because something changed meanwhile.
    pub fn answers(&self) -> Option<Vec<(PathBuf, Question, AnswerHash)>> {
        let repositories = self.record(|record| record.repositories.clone());
        for (folder, asked) in repositories {
            let was_asked = [(Question::Remotes, &asked.remotes), (Question::History, &asked.history)];
            for (question, _) in was_asked.iter().filter(|(_, asked)| asked.load(Ordering::Relaxed)) {
                self.note(*question, &folder, question.ask(&*self.files, &folder));
            }
        }
        self.record(|record| {
            let mut by_path: Vec<_> = record.answers.iter().collect();
            by_path.sort_unstable_by_key(|(path, _)| *path);
            let mut all = Vec::with_capacity(by_path.len() * 2);
            for (path, answers) in by_path {
                let first = all.len();
                all.extend(answers.iter().map(|(question, hash)| (PathBuf::from(path), *question, *hash)));
                all[first..].sort_unstable_by_key(|(_, question, _)| *question);
            }
            (!record.is_unsteady).then_some(all)
        })
    }

    fn record<T>(&self, action: impl FnOnce(&mut Record) -> T) -> T {
        action(&mut self.asked.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// An answer, noted.
    fn noted<T: HashedAnswer>(&self, question: Question, path: &Path, answer: T) -> T {
        self.note(question, path, hash_of(&answer));
        answer
    }

    fn note(&self, question: Question, path: &Path, hash: AnswerHash) {
        self.record(|record| {
            let path = path.as_os_str();
            let Some(answers) = record.answers.get_mut(path) else {
                record.answers.insert(path.to_owned(), vec![(question, hash)]);
                return;
            };
            match answers.iter().find(|(known, _)| *known == question) {
                Some((_, known)) => record.is_unsteady |= *known != hash,
                None => answers.push((question, hash)),
            }
        });
    }
}

impl FileSystem for Recording {
    fn kind(&self, path: &Path) -> io::Result<EntryKind> {
        self.noted(Question::Kind, path, self.files.kind(path))
    }

    fn real(&self, path: &Path) -> io::Result<PathBuf> {
        self.noted(Question::Real, path, self.files.real(path))
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Content> {
        self.noted(Question::Read(most), path, self.files.read(path, most))
    }

    fn start(&self, path: &Path, most: u64) -> io::Result<FileStart> {
        self.noted(Question::Start(most), path, self.files.start(path, most))
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<FolderEntry>> {
        self.noted(Question::Entries, folder, self.files.entries(folder))
    }

    fn is_there(&self, path: &Path) -> bool {
        self.noted(Question::IsThere, path, self.files.is_there(path))
    }

    fn link_text(&self, path: &Path) -> Option<String> {
        self.noted(Question::LinkText, path, self.files.link_text(path))
    }

    fn tracked(&self, folder: &Path) -> Option<Vec<InventoryItem>> {
        self.noted(Question::Tracked, folder, self.files.tracked(folder))
    }

    fn repository(&self, folder: &Path) -> Option<GitFolder> {
        let answer = self.files.repository(folder);
        let top = answer.as_ref().map(|it| it.top().map(Path::to_owned));
        self.note(Question::Repository, folder, hash_of(&top));
        let asked =
            self.record(|record| Arc::clone(record.repositories.entry(folder.to_owned()).or_default()));
        Some(answer?.noting(&asked))
    }

    fn is_gits(&self, real: &Path) -> bool {
        self.noted(Question::IsGits, real, self.files.is_gits(real))
    }

    fn local_rules(&self, scope: LocalRules<'_>) -> Option<String> {
        let (question, path) = match scope {
            LocalRules::User => (Question::UserRules, Path::new("")),
            LocalRules::Repository(folder) => (Question::RepositoryRules, folder),
        };
        self.noted(question, path, self.files.local_rules(scope))
    }

    /// Reports ask, after everything was worked out.
    fn shown_text(&self, path: &Path) -> Option<String> {
        self.files.shown_text(path)
    }
}

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::Arc};

    use super::{FileSystem, Question, Recording};
    use crate::vfs::{FileOverlay, Memory};

    #[test]
    fn answers_are_known_again_until_they_change() {
        let quay = Path::new("/site/quay.md");
        let files = Arc::new(FileOverlay::new(Arc::new(Memory::new([]))));
        files.set(quay.to_owned(), *b"High water");
        let recording = Recording::of(Arc::clone(&files) as _);
        assert!(recording.read(quay, 100).is_ok() && recording.read(quay, 4).is_ok());
        assert!(recording.kind(Path::new("/site/pier.md")).is_err());
        assert_eq!(recording.entries(Path::new("/site")).expect("there is a folder").len(), 1);
        let answers = recording.answers().expect("nothing changed");
        assert_eq!(answers.len(), 4);
        let changed = || {
            let changed =
                answers.iter().filter(|(path, question, hash)| question.ask(&*files, path) != *hash);
            changed.map(|(path, question, _)| (path.to_str(), *question)).collect::<Vec<_>>()
        };
        assert_eq!(changed(), []);
        files.set(quay.to_owned(), *b"High tide!");
        assert_eq!(changed(), [(quay.to_str(), Question::Read(100))], "longer than 4 bytes it still is");
        files.set("/site/pier.md".into(), *b"");
        assert_eq!(changed().len(), 3);
    }

    #[test]
    fn two_answers_to_one_question_are_none() {
        let quay = Path::new("/site/quay.md");
        let files = Arc::new(FileOverlay::new(Arc::new(Memory::new([]))));
        let recording = Recording::of(Arc::clone(&files) as _);
        assert!(!recording.is_there(quay));
        assert!(recording.answers().is_some());
        files.set(quay.to_owned(), *b"");
        assert!(recording.is_there(quay));
        assert_eq!(recording.answers(), None);
    }
}
