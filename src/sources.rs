//! The texts that findings are in, read when a report first needs them, and shown without their secrets.

use std::{
    borrow::Cow,
    collections::HashMap,
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    diagnostic::Diagnostic,
    fix::{Edit, Fix},
    paths,
    secrets::{Secret, Secrets, masked, push_marks},
    text::{LineIndex, Span},
    vfs::{Disk, FileSystem, contained, read_text},
};

/// A text as it may be shown, and its lines.
#[derive(Debug)]
pub struct SourceText {
    /// The text, with a mark for every character of its secrets: places in it are places in the file, in every unit.
    pub text: Arc<str>,
    /// Its lines.
    pub lines: LineIndex,
    /// Where its secrets are, in order.
    hidden: Box<[Span]>,
    /// The text with its secrets, where it has any.
    original: Option<Arc<str>>,
}

impl SourceText {
    fn new(text: Arc<str>, secrets: &Secrets) -> Self {
        let found = secrets.find(&text);
        Self::hiding(text, found)
    }

    fn hiding(text: Arc<str>, found: Vec<Secret>) -> Self {
        let (shown, original) =
            if found.is_empty() { (text, None) } else { (masked(&text, &found).into(), Some(text)) };
        let hidden = found.into_iter().map(|secret| Span::from_range(secret.value)).collect();
        Self { lines: LineIndex::new(&shown), text: shown, hidden, original }
    }

    /// The secrets that a range touches, as they are written; no more than a message could quote.
    fn touched(&self, span: Span) -> impl Iterator<Item = &str> {
        let at = self.hidden.partition_point(|hidden| hidden.end <= span.start);
        let touched =
            self.hidden[at..].iter().take_while(move |hidden| hidden.start < span.end.max(span.start + 1));
        touched.take(MAX_QUOTED).flat_map(move |hidden| {
            let original = self.original.as_deref().unwrap_or_default();
            let common = span.start.max(hidden.start) as usize..span.end.min(hidden.end) as usize;
            [original.get(hidden.range()), original.get(common)].into_iter().flatten()
        })
    }

    /// Whether a range touches a secret.
    pub fn hides(&self, span: Span) -> bool {
        let at = self.hidden.partition_point(|hidden| hidden.end <= span.start);
        self.hidden.get(at).is_some_and(|hidden| hidden.start < span.end.max(span.start + 1))
    }
}

/// Secrets that a message can quote.
const MAX_QUOTED: usize = 16;

/// Bytes of a secret that are not a word like others any more.
const LEAST_QUOTED: usize = 4;

/// Bytes of a part of a secret that is hidden without the rest of it.
const LEAST_PIECE: usize = 8;

/// Texts by path. One that a rule had in hand when it found something is kept; others are read, when they are still
/// there. No text comes out of it but without its secrets.
#[derive(Debug, Clone)]
pub struct Sources {
    files: Arc<dyn FileSystem>,
    root: Arc<Path>,
    secrets: Arc<Secrets>,
    texts: Arc<Mutex<Texts>>,
}

/// Texts by path, and the one that was asked for last: findings of a file come one after the other.
#[derive(Debug, Default)]
struct Texts {
    all: HashMap<OsString, Kept>,
    last: Option<(OsString, Arc<SourceText>)>,
}

/// A text, made ready when it is first asked for: most are kept for the case that it is.
#[derive(Debug)]
enum Kept {
    AsItIs(Arc<str>),
    /// One without secrets.
    Harmless(Arc<str>),
    /// One that was asked for; unless it was given, it was read then.
    Ready {
        text: Arc<SourceText>,
        is_given: bool,
    },
}

impl Sources {
    /// Texts of files on disk below `root`, without the usual secrets.
    pub fn new(root: &Path) -> Self {
        Self::hiding(Secrets::default(), root, Arc::new(Disk))
    }

    /// Texts of files below `root`, absolute, without these secrets.
    pub fn hiding(secrets: Secrets, root: &Path, files: Arc<dyn FileSystem>) -> Self {
        Self { files, root: root.into(), secrets: Arc::new(secrets), texts: Arc::default() }
    }

    /// Keeps the text of a file, by path relative to the root.
    pub fn keep(&self, path: &Path, text: Arc<str>) {
        self.insert(path, Kept::AsItIs(text));
    }

    /// Keeps the text of a file in which there is none of the secrets that are not shown.
    pub(crate) fn keep_harmless(&self, path: &Path, text: Arc<str>) {
        self.insert(path, Kept::Harmless(text));
    }

    fn insert(&self, path: &Path, kept: Kept) {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        texts.all.insert(path.into(), kept);
        texts.last = None;
    }

    /// The secrets that it hides.
    pub(crate) fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// The paths of the texts that it was given, in order, and whether each is known to contain no secret.
    pub(crate) fn kept(&self) -> Vec<(PathBuf, bool)> {
        let texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = texts.all.iter().filter_map(|(path, kept)| {
            let is_harmless = match kept {
                Kept::AsItIs(_) => false,
                Kept::Harmless(_) => true,
                Kept::Ready { text, is_given: true } => text.hidden.is_empty(),
                Kept::Ready { is_given: false, .. } => return None,
            };
            Some((PathBuf::from(path), is_harmless))
        });
        let mut kept: Vec<_> = kept.collect();
        kept.sort_unstable();
        kept
    }

    /// The text of a file, by path relative to the root. One that cannot be read any more is empty.
    pub fn get(&self, path: &Path) -> Arc<SourceText> {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, ready)) = texts.last.as_ref().filter(|(last, _)| *last == *path.as_os_str()) {
            return Arc::clone(ready);
        }
        let (ready, is_given) = match texts.all.get(path.as_os_str()) {
            Some(Kept::Ready { text, is_given }) => (Arc::clone(text), *is_given),
            Some(Kept::AsItIs(text)) => (Arc::new(SourceText::new(Arc::clone(text), &self.secrets)), true),
            Some(Kept::Harmless(text)) => (Arc::new(SourceText::hiding(Arc::clone(text), vec![])), true),
            None => {
                let text = self.read(path).unwrap_or_default().into();
                (Arc::new(SourceText::new(text, &self.secrets)), false)
            }
        };
        texts.all.insert(path.into(), Kept::Ready { text: Arc::clone(&ready), is_given });
        texts.last = Some((path.into(), Arc::clone(&ready)));
        ready
    }

    /// The text of a file that is in the site, or was named where it is.
    fn read(&self, path: &Path) -> Option<String> {
        let full = paths::absolute(path, &self.root);
        contained(&*self.files, &full, &self.root).then(|| self.files.shown_text(&full)).flatten()
    }

    /// A text without its secrets.
    pub fn masked<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.secrets.mask(text)
    }

    /// A finding as it may be shown: without a secret in what it says and in the text that its fixes bring.
    ///
    /// A fix that would show one is for display only: what is left of it must not be written to a file.
    pub fn shown(&self, diagnostic: &Diagnostic) -> Diagnostic {
        let mut shown = diagnostic.clone();
        self.mask(&mut shown);
        shown
    }

    /// Makes of a finding what [`Self::shown`] gives.
    pub fn mask(&self, shown: &mut Diagnostic) {
        let quoted = self.quotable(shown);
        let mask = |text: &mut String| {
            if let Cow::Owned(masked) = self.secrets.mask(text) {
                *text = masked;
            }
            for secret in &quoted {
                hide(text, secret);
            }
        };
        mask(&mut shown.message);
        shown.help.iter_mut().for_each(mask);
        let labels = std::iter::once(&mut shown.primary).chain(&mut shown.secondary);
        labels.filter_map(|label| label.message.as_mut()).for_each(mask);
        if !shown.fixes.is_empty() {
            let source = self.get(&shown.primary.path);
            for fix in &mut shown.fixes {
                mask(&mut fix.title);
                fix.rewrite(|edit| self.shown_edit(&source, edit, &quoted));
            }
        }
    }

    /// What a finding says, as it may be shown.
    pub fn shown_message(&self, diagnostic: &Diagnostic) -> String {
        let mut message = self.secrets.mask(&diagnostic.message).into_owned();
        self.quotable(diagnostic).iter().for_each(|secret| hide(&mut message, secret));
        message
    }

    /// The secrets that the labels and the fixes of a finding touch: its texts may quote them without the URL that makes
    /// them known, and a fix may write that URL so that it is none.
    fn quotable(&self, diagnostic: &Diagnostic) -> Vec<String> {
        let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary);
        let labels = labels.map(|label| (&label.path, label.span));
        let edits = diagnostic.fixes.iter().flat_map(Fix::edits);
        let edits = edits.map(|edit| (&diagnostic.primary.path, edit.span));
        let mut quotable = Vec::new();
        for (path, span) in labels.chain(edits) {
            let source = self.get(path);
            for secret in source.touched(span).filter(|secret| secret.len() >= LEAST_QUOTED) {
                quotable.extend(pieces(secret).map(str::to_owned));
                quotable.push(secret.to_owned());
            }
        }
        quotable.sort_unstable();
        quotable.dedup();
        quotable
    }

    /// The text that an edit brings, as it may be shown; `None` where that is what it is.
    fn shown_edit(&self, source: &SourceText, edit: &Edit, quoted: &[String]) -> Option<String> {
        let mut masked = self.secrets.mask(&edit.content);
        if source.hides(edit.span) && quoted.iter().any(|secret| edit.content.contains(secret)) {
            for secret in quoted {
                hide(masked.to_mut(), secret);
            }
        }
        // New text within a secret may be the rest of it, or repeat it.
        let is_part = source.hides(edit.span)
            && source.text.get(edit.span.range()).is_some_and(|old| !old.contains('='));
        if is_part && !edit.content.is_empty() {
            let mut marks = String::new();
            push_marks(&mut marks, &edit.content);
            return Some(marks);
        }
        match masked {
            Cow::Borrowed(_) => None,
            Cow::Owned(masked) => Some(masked),
        }
    }
}

/// The long words of a secret, which a text may have between other signs than the secret.
fn pieces(secret: &str) -> impl Iterator<Item = &str> {
    let words = secret.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| word.len() >= LEAST_PIECE).take(MAX_QUOTED)
}

/// Hides a secret in a text, and beginnings of it that were cut short. The text may have other white space in it: a URL
/// over several lines is quoted as it is meant.
fn hide(text: &mut String, secret: &str) {
    let piece = secret.split_whitespace().next().unwrap_or_default();
    let least = LEAST_QUOTED.min(piece.len()).max(1);
    let Some(head) = (least..=piece.len()).find_map(|end| piece.get(..end)) else { return };
    if !text.contains(head) {
        return;
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(head) {
        let length = common_length(&rest[at..], secret).max(head.len());
        let (before, quoted) = (&rest[..at], &rest[at..at + length]);
        shown.push_str(before);
        if length < LEAST_QUOTED {
            shown.push_str(quoted);
        } else {
            push_marks(&mut shown, quoted);
        }
        rest = &rest[at + length..];
    }
    shown.push_str(rest);
    *text = shown;
}

/// How many bytes of a text are the beginning of a secret, whatever white space is in them.
fn common_length(text: &str, secret: &str) -> usize {
    let mut wanted = secret.chars().filter(|c| !c.is_whitespace());
    let mut length = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        if wanted.next() != Some(c) {
            break;
        }
        length = at + c.len_utf8();
    }
    length
}

/// Reads a file that may not exist yet; its text is empty then. A symbolic link to nothing is a file that cannot be read.
///
/// # Errors
///
/// `cannot read PATH: ` and the reason.
pub fn read_text_or_empty(path: &Path) -> Result<String, String> {
    let is_missing = Disk.kind(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
    if is_missing && !Disk.is_there(path) {
        return Ok(String::new());
    }
    read_text(&Disk, path).map_err(|why| format!("cannot read {}: {why}", path.display()))
}
