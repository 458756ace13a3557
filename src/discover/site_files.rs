//! The files of one site, as its config, its schemas and its data refer to them.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{Hash, Hasher},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use xxhash_rust::xxh3::Xxh3;

use super::Project;
use crate::{
    git,
    vfs::{DIRECTORY, EntryKind, FileStart, FileSystem, MISSING, Memory, OUTSIDE, read_text},
};

/// Texts of files by path, or why there is none.
pub type FileTexts = HashMap<PathBuf, Result<Arc<str>, String>>;

/// What is in folders, by path.
pub type FolderNames = HashMap<PathBuf, Arc<[String]>>;

/// The files of a site, by path relative to its root: the one way by which config, schemas and data files are read. Each
/// is read once. Nothing outside of the root is read, except for a config that was given explicitly.
#[derive(Debug)]
pub struct SiteFiles {
    files: Arc<dyn FileSystem>,
    root: PathBuf,
    config: Option<PathBuf>,
    real_root: Option<PathBuf>,
    texts: Mutex<FileTexts>,
    names: Mutex<FolderNames>,
    unreadable: Mutex<BTreeMap<PathBuf, String>>,
}

impl SiteFiles {
    /// The files of a project.
    pub fn new(files: Arc<dyn FileSystem>, project: &Project) -> Self {
        Self {
            root: project.root.clone(),
            config: project.config.clone(),
            real_root: files.real(&project.root).ok(),
            files,
            texts: Mutex::default(),
            names: Mutex::default(),
            unreadable: Mutex::default(),
        }
    }

    /// The files of a project as they were when others read them: what is not among these is not there.
    pub fn recorded(project: &Project, texts: FileTexts, names: FolderNames) -> Self {
        let nothing = Self::new(Arc::new(Memory::default()), project);
        Self { texts: Mutex::new(texts), names: Mutex::new(names), ..nothing }
    }

    /// The files of a site in memory, by path relative to its root.
    pub fn in_memory<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Self {
        let root = Path::new("/site");
        let files = files.into_iter().map(|(path, text)| (root.join(path), text.as_bytes()));
        let project = Project { root: root.to_owned(), config: None };
        Self::new(Arc::new(Memory::new(files)), &project)
    }

    /// Whether a path, links followed, leads to something in the site.
    ///
    /// # Errors
    ///
    /// When it leads to nothing.
    pub fn holds(&self, path: &Path) -> io::Result<bool> {
        let real = self.files.real(path)?;
        // Who names the message of a commit there means it; who names a link to there may not know.
        Ok(self.is_inside(&real) || (self.is_below_root(&real) && git::is_own(path, &self.root)))
    }

    /// The texts that were read, by path relative to the root.
    pub fn texts(&self) -> Vec<(PathBuf, Arc<str>)> {
        let texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        texts.iter().filter_map(|(path, text)| Some((path.clone(), text.clone().ok()?))).collect()
    }

    /// What was read so far, by path relative to the root, without missing files: texts, or why they cannot be read, and
    /// what is in folders.
    pub fn answers(&self) -> (FileTexts, FolderNames) {
        let texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        let names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        let is_there = |text: &Result<_, String>| text.as_ref().map_or_else(|why| why != MISSING, |_| true);
        let texts = texts.iter().filter(|(_, text)| is_there(text));
        let names = names.iter().filter(|(_, names)| !names.is_empty());
        let texts = texts.map(|(path, text)| (path.clone(), text.clone())).collect();
        (texts, names.map(|(path, names)| (path.clone(), Arc::clone(names))).collect())
    }

    /// A hash of everything that was read so far: of the texts, of why others could not be read, and of what is in
    /// folders.
    pub fn digest(&self) -> u64 {
        let texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        let names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut texts, mut names): (Vec<_>, Vec<_>) = (texts.iter().collect(), names.iter().collect());
        // Their bytes are compared much faster than their parts.
        texts.sort_by_key(|(path, _)| path.as_os_str());
        names.sort_by_key(|(path, _)| path.as_os_str());
        let mut hasher = Xxh3::new();
        (texts, names).hash(&mut hasher);
        hasher.finish()
    }

    /// A hash of the texts that were read so far, whatever else is in folders.
    pub fn digest_of_texts(&self) -> u64 {
        let mut texts: Vec<_> = self.answers().0.into_iter().collect();
        texts.sort();
        let mut hasher = Xxh3::new();
        texts.hash(&mut hasher);
        hasher.finish()
    }

    /// The files that were read or would have been, had they been there; absolute.
    pub fn paths(&self) -> Vec<PathBuf> {
        let texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = |text: &Result<_, String>| text.as_ref().map_or_else(|why| why == MISSING, |_| true);
        texts.iter().filter(|(_, text)| counts(text)).map(|(path, _)| self.root.join(path)).collect()
    }

    /// Whether a path without links is in the site.
    fn is_inside(&self, real: &Path) -> bool {
        let is_gits = |root: &PathBuf| git::is_own(real, root);
        self.is_below_root(real) && !self.real_root.as_ref().is_some_and(is_gits)
    }

    fn is_below_root(&self, real: &Path) -> bool {
        self.real_root.as_ref().is_some_and(|root| real.starts_with(root))
    }

    /// At most `most` bytes from the beginning of a file, by path relative to the root; `None` if it is not a file inside
    /// the site or cannot be read.
    pub fn start(&self, path: &Path, most: u64) -> Option<FileStart> {
        let real = self.files.real(&self.root.join(path)).ok().filter(|real| self.is_inside(real))?;
        let is_file = self.files.kind(&real).is_ok_and(|kind| kind == EntryKind::File);
        is_file.then(|| self.files.start(&real, most).ok()).flatten()
    }

    /// The text of a file.
    ///
    /// # Errors
    ///
    /// The reason, as a phrase after "cannot read `PATH`: ": [`MISSING`], [`OUTSIDE`], [`DIRECTORY`] or the error.
    pub fn read(&self, path: &Path) -> Result<Arc<str>, String> {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        let text = texts.entry(path.to_owned()).or_insert_with(|| self.read_new(path)).clone();
        if let Err(why) = &text
            && why != MISSING
            && why != DIRECTORY
        {
            let mut unreadable = self.unreadable.lock().unwrap_or_else(PoisonError::into_inner);
            unreadable.insert(path.to_owned(), why.clone());
        }
        text
    }

    fn read_new(&self, path: &Path) -> Result<Arc<str>, String> {
        let full = self.root.join(path);
        // Most files that are asked for are not there, which is known sooner than what each part of a path leads to.
        let real = self.files.kind(&full).and_then(|_| self.files.real(&full));
        let real = real.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound if self.files.is_there(&full) => {
                "symbolic link to a missing file".to_owned()
            }
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => MISSING.to_owned(),
            _ => error.to_string(),
        })?;
        // One elsewhere was named on the command line; a link in the site was not.
        let is_named = path.is_absolute() && self.config.as_deref() == Some(path);
        if !self.is_inside(&real) && !is_named {
            return Err(OUTSIDE.to_owned());
        }
        read_text(&*self.files, &real).map(Arc::from)
    }

    /// The files that were asked for since the last call, are there and could not be read, with the reason: links to
    /// nothing or out of the site, pipes, what is too large. A folder with the name of a file is another thing, such as
    /// Jekyll's pages in `_redirects/`.
    pub fn take_unreadable(&self) -> BTreeMap<PathBuf, String> {
        std::mem::take(&mut self.unreadable.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The text of a file that is there and can be read.
    pub fn text(&self, path: &str) -> Option<Arc<str>> {
        self.read(Path::new(path)).ok()
    }

    /// The names of what is in a folder, those of folders with a `/` at the end, sorted. Nothing where the folder cannot
    /// be read.
    pub fn names(&self, folder: impl AsRef<Path>) -> Arc<[String]> {
        let folder = folder.as_ref();
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        let list = || match self.files.real(&self.root.join(folder)) {
            Ok(real) if self.is_inside(&real) => self.names_in(&real),
            _ => Arc::default(),
        };
        Arc::clone(names.entry(folder.to_owned()).or_insert_with(list))
    }

    fn names_in(&self, real: &Path) -> Arc<[String]> {
        let entries = self.files.entries(real).unwrap_or_default();
        let names = entries.into_iter().filter_map(|entry| {
            let slash = if entry.kind == EntryKind::Folder { "/" } else { "" };
            Some(entry.name.into_string().ok()? + slash)
        });
        let mut names: Vec<String> = names.collect();
        names.sort_unstable();
        names.into()
    }
}
