//! The texts that findings lie in, read when a report first needs them.

use std::{
    collections::HashMap,
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use crate::{document::MAX_LEN, text::LineIndex};

/// A text and its lines.
#[derive(Debug)]
pub struct SourceText {
    /// The text.
    pub text: Arc<str>,
    /// Its lines.
    pub lines: LineIndex,
}

impl SourceText {
    fn new(text: Arc<str>) -> Self {
        Self { lines: LineIndex::new(&text), text }
    }
}

/// Texts by path. One that a rule had in hand when it found something is kept; others are read from disk, when they
/// are still there.
#[derive(Debug)]
pub struct Sources {
    root: PathBuf,
    texts: Mutex<HashMap<PathBuf, Arc<SourceText>>>,
}

impl Sources {
    /// Texts of files below `root`.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), texts: Mutex::default() }
    }

    /// Keeps the text of a file, by path relative to the root.
    pub fn keep(&self, path: &Path, text: Arc<str>) {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        texts.insert(path.to_owned(), Arc::new(SourceText::new(text)));
    }

    /// The text of a file, by path relative to the root. One that cannot be read any more is empty.
    pub fn get(&self, path: &Path) -> Arc<SourceText> {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        let read = || {
            let text = read_text(&self.root.join(path)).unwrap_or_default();
            Arc::new(SourceText::new(text.into()))
        };
        Arc::clone(texts.entry(path.to_owned()).or_insert_with(read))
    }
}

/// Reads a text file of a sane size.
///
/// # Errors
///
/// Why it cannot be read, as the end of a sentence.
pub fn read_text(path: &Path) -> Result<String, String> {
    let fail = |error: std::io::Error| format!("cannot be read: {error}");
    if !fs::metadata(path).map_err(fail)?.is_file() {
        return Err("is not a file".to_owned());
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(fail)?.take(MAX_LEN + 1).read_to_end(&mut bytes).map_err(fail)?;
    if bytes.len() as u64 > MAX_LEN {
        return Err(format!("is larger than {} MiB", MAX_LEN / 1024 / 1024));
    }
    String::from_utf8(bytes)
        .map_err(|error| format!("is not UTF-8 text: byte {} is none", error.utf8_error().valid_up_to() + 1))
}
