//! The last run with the same options, kept with everything that it asked the file system: where all answers are still
//! the same, so is the run.

use std::{
    collections::HashMap,
    ffi::OsString,
    path::{Path, PathBuf},
    sync::Arc,
};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::{
    Cache, Options, Run,
    assemble::sources,
    request::requests,
    sealed::{sealed, unsealed},
    stored_diagnostic::StoredDiagnostic,
};
use crate::{
    diagnostic::Diagnostic,
    disk::{CacheKind, Protected},
    document,
    secrets::Secrets,
    vfs::{AnswerHash, FileSystem, Question, Recording},
};

/// Longer records are not kept: they would drive other sites out of the cache. In bytes.
const MAX_RECORD: usize = 32 << 20;

/// The place of the last run with some options.
pub(crate) struct LastRun<'a> {
    options: &'a Options<'a>,
    cache: &'a Cache,
    name: u64,
}

#[derive(Serialize, Deserialize)]
struct StoredRun<'a> {
    #[serde(borrow)]
    answers: Vec<StoredAnswer<'a>>,
    root: &'a str,
    secrets: Secrets,
    #[serde(borrow)]
    diagnostics: Vec<StoredDiagnostic<'a>>,
    #[serde(borrow)]
    suppressed: Vec<StoredDiagnostic<'a>>,
    files: usize,
    unread: usize,
    notes: Vec<String>,
    #[serde(borrow)]
    folders: Vec<&'a Path>,
    #[serde(borrow)]
    inputs: Vec<&'a Path>,
    /// By path relative to the root: the texts that have findings, and whether there is surely no secret in them.
    #[serde(borrow)]
    texts: Vec<(&'a Path, bool)>,
}

#[derive(Serialize, Deserialize)]
struct StoredAnswer<'a> {
    question: Question,
    #[serde(borrow)]
    path: &'a Path,
    hash: AnswerHash,
}

impl<'a> LastRun<'a> {
    /// The last run with these options; `None` where the options say that none is kept, or what they name may bring a
    /// cache of its own.
    pub(crate) fn with(options: &'a Options<'a>) -> Option<Self> {
        let cache = options.cache.as_ref()?;
        let is_plain = options.given.is_none()
            && options.site_facts.is_none()
            && options.config_files.is_none()
            && options.untrusted_change.is_none()
            && options.link_report.is_none();
        let mut errors = Vec::new();
        let roots: Vec<PathBuf> =
            requests(options, &mut errors).into_keys().map(|project| project.root).collect();
        let is_safe = |root: &PathBuf| !cache.folder.may_be_checked_out(root);
        if !is_plain || !errors.is_empty() || !roots.iter().all(is_safe) {
            return None;
        }
        let Options { paths, current, shard, config, cli_overrides, today, files, .. } = options;
        let asked = (files.kind_name(), current, paths, &roots, shard, config, cli_overrides, today);
        let text = format!("run {asked:?}");
        Some(Self { options, cache, name: xxh3_64(text.as_bytes()) })
    }

    /// The last run, if it would come out the same now.
    pub(crate) fn recall(&self) -> Option<Run> {
        let file = self.cache.folder.read(CacheKind::Run, self.name)?;
        let content = unsealed(CacheKind::Run, self.cache.program, &file)?;
        let stored: StoredRun<'_> = postcard::from_bytes(content).ok()?;
        let root = Path::new(stored.root);
        let shown = stored.texts.iter().map(|(path, _)| root.join(path).into_os_string());
        let shown: HashMap<OsString, usize> = shown.zip(0..).collect();
        let texts = same_texts(&stored.answers, &*self.options.files, &shown)?;
        let sources = sources(root, stored.secrets, &self.options.files);
        for ((path, is_harmless), text) in stored.texts.iter().zip(texts) {
            match text {
                Some(text) if *is_harmless => sources.keep_harmless(path, text.into()),
                Some(text) => sources.keep(path, text.into()),
                // It was not read as a page, and is read when a report needs it.
                None => {}
            }
        }
        let owned = |paths: Vec<&Path>| paths.into_iter().map(Path::to_owned).collect();
        Some(Run {
            diagnostics: diagnostics(stored.diagnostics)?,
            suppressed: diagnostics(stored.suppressed)?,
            files: stored.files,
            unread: stored.unread,
            notes: stored.notes,
            protected: Protected {
                folders: owned(stored.folders),
                inputs: owned(stored.inputs),
                ..Protected::default()
            },
            // Nothing was masked when it was kept.
            is_masked: true,
            ..Run::of_nothing(root.to_owned(), self.options.current.clone(), sources)
        })
    }

    /// Keeps a run with what it asked. One that failed in part is not kept, and neither is one whose findings may have
    /// secrets, or one with a finding that only its config can describe.
    pub(crate) fn keep(&self, run: &Run, recording: &Recording) {
        if let Some(file) = self.encoded(run, recording) {
            // What cannot be written is worked out again the next time.
            let _ = self.cache.folder.write(CacheKind::Run, self.name, &file);
        }
    }

    fn encoded(&self, run: &Run, recording: &Recording) -> Option<Vec<u8>> {
        if !run.errors.is_empty() || run.broken_config || !run.is_masked {
            return None;
        }
        let answers = recording.answers()?;
        let texts = run.sources.kept();
        let stored = StoredRun {
            answers: answers
                .iter()
                .map(|(path, question, hash)| StoredAnswer { question: *question, path, hash: *hash })
                .collect(),
            root: run.root.to_str()?,
            secrets: run.sources.secrets().clone(),
            diagnostics: stored(&run.diagnostics)?,
            suppressed: stored(&run.suppressed)?,
            files: run.files,
            unread: run.unread,
            notes: run.notes.clone(),
            folders: run.protected.folders.iter().map(PathBuf::as_path).collect(),
            inputs: run.protected.inputs.iter().map(PathBuf::as_path).collect(),
            texts: texts.iter().map(|(path, is_harmless)| (path.as_path(), *is_harmless)).collect(),
        };
        let content = postcard::to_allocvec(&stored).ok().filter(|content| content.len() <= MAX_RECORD)?;
        Some(sealed(CacheKind::Run, self.cache.program, content))
    }
}

/// The texts at some paths, absolute and numbered, where the file system still answers all questions alike; nothing for
/// those that were not read.
fn same_texts(
    answers: &[StoredAnswer<'_>],
    files: &dyn FileSystem,
    shown: &HashMap<OsString, usize>,
) -> Option<Vec<Option<String>>> {
    let read: Vec<Option<(usize, String)>> = answers
        .par_iter()
        .map(|answer| {
            let place = shown.get(answer.path.as_os_str()).copied();
            match (place, answer.question) {
                (Some(place), Question::Read(most)) => {
                    let content = files.read(answer.path, most);
                    let is_same = Question::hash_of_content(&content) == answer.hash;
                    let text = content.ok().map(document::source_of);
                    is_same.then_some(text.map(|text| (place, text)))
                }
                (_, question) => (question.ask(files, answer.path) == answer.hash).then_some(None),
            }
        })
        .collect::<Option<_>>()?;
    let mut texts = vec![None; shown.len()];
    for (place, text) in read.into_iter().flatten() {
        texts[place] = Some(text);
    }
    Some(texts)
}

fn stored(diagnostics: &[Diagnostic]) -> Option<Vec<StoredDiagnostic<'_>>> {
    diagnostics.iter().map(|it| StoredDiagnostic::in_file(Path::new(""), it)).collect()
}

fn diagnostics(stored: Vec<StoredDiagnostic<'_>>) -> Option<Vec<Diagnostic>> {
    let nowhere: Arc<Path> = Arc::from(Path::new(""));
    stored.into_iter().map(|it| it.diagnostic(&nowhere)).collect()
}
