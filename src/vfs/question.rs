//! What a file system can be asked, and its answers as hashes.

use std::{
    io,
    path::{Path, PathBuf},
};

use xxhash_rust::xxh3::Xxh3;

use super::{Content, EntryKind, FileStart, FileSystem, FolderEntry, InventoryItem, ItemKind, LocalRules};

/// Something that a file system is asked about an absolute path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Question {
    /// [`FileSystem::kind`].
    Kind,
    /// [`FileSystem::real`].
    Real,
    /// [`FileSystem::read`], up to so many bytes.
    Read(u64),
    /// [`FileSystem::start`], up to so many bytes.
    Start(u64),
    /// [`FileSystem::entries`].
    Entries,
    /// [`FileSystem::is_there`].
    IsThere,
    /// [`FileSystem::link_text`].
    LinkText,
    /// [`FileSystem::tracked`].
    Tracked,
    /// [`FileSystem::is_gits`].
    IsGits,
    /// [`FileSystem::local_rules`] of the user, whatever the path.
    UserRules,
    /// [`FileSystem::local_rules`] of the repository in a folder.
    RepositoryRules,
    /// The top of the repository of a folder.
    Repository,
    /// The remotes of the repository of a folder.
    Remotes,
    /// What the history of the repository of a folder follows from.
    History,
}

/// A hash of an answer. Two different answers share one with a probability of about 1 in 2¹²⁸.
pub type AnswerHash = u128;

impl Question {
    /// The hash of an answer to [`Question::Read`].
    pub fn hash_of_content(answer: &io::Result<Content>) -> AnswerHash {
        hash_of(answer)
    }

    /// What a file system answers now.
    pub fn ask(self, files: &dyn FileSystem, path: &Path) -> AnswerHash {
        match self {
            Self::Kind => hash_of(&files.kind(path)),
            Self::Real => hash_of(&files.real(path)),
            Self::Read(most) => hash_of(&files.read(path, most)),
            Self::Start(most) => hash_of(&files.start(path, most)),
            Self::Entries => hash_of(&files.entries(path)),
            Self::IsThere => hash_of(&files.is_there(path)),
            Self::LinkText => hash_of(&files.link_text(path)),
            Self::Tracked => hash_of(&files.tracked(path)),
            Self::IsGits => hash_of(&files.is_gits(path)),
            Self::UserRules => hash_of(&files.local_rules(LocalRules::User)),
            Self::RepositoryRules => hash_of(&files.local_rules(LocalRules::Repository(path))),
            Self::Repository => hash_of(&files.repository(path).map(|it| it.top().map(Path::to_owned))),
            Self::Remotes => hash_of(&files.repository(path).map(|it| it.remotes())),
            Self::History => hash_of(&files.repository(path).map(|it| it.history())),
        }
    }
}

/// An answer as bytes that no other answer to the same question has.
pub(super) trait HashedAnswer {
    /// Adds the answer to a hash.
    fn feed(&self, hash: &mut Xxh3);
}

/// The hash of an answer.
pub(super) fn hash_of(answer: &impl HashedAnswer) -> AnswerHash {
    let mut hash = Xxh3::new();
    answer.feed(&mut hash);
    hash.digest128()
}

impl HashedAnswer for [u8] {
    fn feed(&self, hash: &mut Xxh3) {
        hash.update(&(self.len() as u64).to_le_bytes());
        hash.update(self);
    }
}

impl HashedAnswer for String {
    fn feed(&self, hash: &mut Xxh3) {
        self.as_bytes().feed(hash);
    }
}

impl HashedAnswer for PathBuf {
    fn feed(&self, hash: &mut Xxh3) {
        self.as_os_str().as_encoded_bytes().feed(hash);
    }
}

impl HashedAnswer for bool {
    fn feed(&self, hash: &mut Xxh3) {
        hash.update(&[u8::from(*self)]);
    }
}

impl HashedAnswer for EntryKind {
    fn feed(&self, hash: &mut Xxh3) {
        hash.update(&[*self as u8]);
    }
}

impl HashedAnswer for Content {
    fn feed(&self, hash: &mut Xxh3) {
        match self {
            Self::Bytes(bytes) => {
                hash.update(&[0]);
                bytes.as_slice().feed(hash);
            }
            Self::TooLong(len) => {
                hash.update(&[1]);
                hash.update(&len.to_le_bytes());
            }
        }
    }
}

impl HashedAnswer for FileStart {
    fn feed(&self, hash: &mut Xxh3) {
        self.bytes.as_slice().feed(hash);
        hash.update(&self.len.to_le_bytes());
    }
}

impl HashedAnswer for FolderEntry {
    fn feed(&self, hash: &mut Xxh3) {
        self.name.as_encoded_bytes().feed(hash);
        self.kind.feed(hash);
    }
}

impl HashedAnswer for InventoryItem {
    fn feed(&self, hash: &mut Xxh3) {
        self.path.feed(hash);
        match &self.kind {
            ItemKind::File => hash.update(&[0]),
            ItemKind::Repository => hash.update(&[1]),
            ItemKind::Link(text) => {
                hash.update(&[2]);
                text.feed(hash);
            }
        }
    }
}

impl<T: HashedAnswer> HashedAnswer for Vec<T> {
    fn feed(&self, hash: &mut Xxh3) {
        hash.update(&(self.len() as u64).to_le_bytes());
        for item in self {
            item.feed(hash);
        }
    }
}

impl<T: HashedAnswer> HashedAnswer for Option<T> {
    fn feed(&self, hash: &mut Xxh3) {
        hash.update(&[u8::from(self.is_some())]);
        if let Some(answer) = self {
            answer.feed(hash);
        }
    }
}

/// Reports say why something could not be read, so that counts.
impl<T: HashedAnswer> HashedAnswer for io::Result<T> {
    fn feed(&self, hash: &mut Xxh3) {
        hash.update(&[u8::from(self.is_ok())]);
        match self {
            Ok(answer) => answer.feed(hash),
            Err(error) => format!("{:?} {error}", error.kind()).feed(hash),
        }
    }
}
