//! The texts that are open in the client.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use gen_lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Uri};

use super::{
    position::{Encoding, TextPositions},
    uri,
};
use crate::{document::MAX_LEN, text::LineIndex};

/// A text that is open.
#[derive(Debug, Clone)]
pub(super) struct OpenDocument {
    /// Its name, as the client writes it.
    pub(super) uri: Uri,
    /// The version of the text, counted by the client.
    pub(super) version: i32,
    /// The text.
    pub(super) text: Arc<str>,
    /// Its lines.
    pub(super) lines: Arc<LineIndex>,
}

impl OpenDocument {
    /// A text and its lines.
    pub(super) fn new(uri: Uri, version: i32, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let lines = Arc::new(LineIndex::new(&text));
        Self { uri, version, text, lines }
    }

    /// How places in it are counted.
    pub(super) fn places(&self, encoding: Encoding) -> TextPositions<'_> {
        TextPositions { text: &self.text, lines: &self.lines, encoding }
    }

    /// Applies changes, in order. A text that would be too long stays as it is.
    fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        self.version = version;
        for change in changes {
            let text = match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => whole.text,
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    let span = self.places(encoding).span(part.range);
                    let mut text = String::with_capacity(self.text.len() + part.text.len());
                    text.push_str(&self.text[..span.start as usize]);
                    text.push_str(&part.text);
                    text.push_str(&self.text[span.end as usize..]);
                    text
                }
            };
            if text.len() as u64 <= MAX_LEN {
                self.lines = Arc::new(LineIndex::new(&text));
                self.text = text.into();
            }
        }
    }
}

/// The open texts by absolute path. Texts that are not files are not among them.
#[derive(Debug, Default)]
pub(super) struct Documents(HashMap<PathBuf, OpenDocument>);

impl Documents {
    /// Takes a text that was opened, and gives its path.
    pub(super) fn open(&mut self, item: TextDocumentItem) -> Option<PathBuf> {
        let path = uri::to_path(&item.uri).filter(|_| item.text.len() as u64 <= MAX_LEN)?;
        self.0.insert(path.clone(), OpenDocument::new(item.uri, item.version, item.text));
        Some(path)
    }

    /// Applies changes to a text, and gives its path.
    pub(super) fn change(
        &mut self,
        uri: &Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) -> Option<PathBuf> {
        let path = uri::to_path(uri)?;
        self.0.get_mut(&path)?.change(version, changes, encoding);
        Some(path)
    }

    /// Forgets a text, and gives its path.
    pub(super) fn close(&mut self, uri: &Uri) -> Option<PathBuf> {
        let path = uri::to_path(uri)?;
        self.0.remove(&path).map(|_| path)
    }

    /// The text with a path.
    pub(super) fn get(&self, path: &Path) -> Option<&OpenDocument> {
        self.0.get(path)
    }

    /// The texts by path.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&PathBuf, &OpenDocument)> {
        self.0.iter()
    }

    /// The name of a file: the client's own for one that is open.
    pub(super) fn uri(&self, path: &Path) -> Uri {
        self.get(path).map_or_else(|| uri::of_path(path), |document| document.uri.clone())
    }
}
