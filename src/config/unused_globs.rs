//! Globs that should match a page: one that matches none is most likely misspelt, or its folder was renamed.

use std::{path::Path, sync::Arc};

use globset::GlobMatcher;

use super::{
    Config, glob, glob_places,
    globs::is_data_glob,
    load::{ConfigSource, mistake},
    raw::{OneOrMany, RawConfig},
};
use crate::{
    data::Segment,
    diagnostic::{Diagnostic, Label, Severity},
    paths::is_hidden,
    text::Span,
};

/// The globs of a config that name pages. Those of files that it extends are not among them: what several sites share
/// may speak of folders that one of them lacks.
#[derive(Debug, Default)]
pub(super) struct ConfiguredGlobs(Vec<(GlobMatcher, Label)>);

impl ConfiguredGlobs {
    pub(super) fn new(source: &ConfigSource, raw: &RawConfig) -> Self {
        let mut configured_globs = Self::default();
        for (at, list) in lists(raw) {
            // Those of data files name no pages.
            let sound = glob_places(source, &at, list)
                .filter(|(text, _)| !is_data_glob(text))
                .filter_map(|(text, place)| Some((glob(text).ok()?.compile_matcher(), place)));
            configured_globs.0.extend(sound);
        }
        configured_globs
    }

    /// The globs that match none of these pages.
    pub(super) fn unused(&self, pages: &[Arc<Path>]) -> Vec<Diagnostic> {
        let unused = self.0.iter().filter(|(glob, _)| !pages.iter().any(|page| glob.is_match(page)));
        unused.map(|(_, place)| {
            let mut diagnostic = mistake(place.clone(), "pattern matches no files");
            diagnostic.severity = Severity::Warning;
            diagnostic.help(
                "globs are relative to the directory of the config; `*` does not match `/`, `**` matches any directories",
            );
            diagnostic
        })
        .collect()
    }
}

/// The globs of a config that name pages, with where they are.
fn lists(raw: &RawConfig) -> Vec<(Vec<Segment>, &OneOrMany)> {
    let key = Segment::key;
    let mut lists: Vec<_> = raw.files.iter().map(|list| (vec![key("files")], list)).collect();
    for (name, collection) in raw.collections.iter() {
        let at = |rest: &[&str]| {
            let parts = ["collections", name].into_iter().chain(rest.iter().copied());
            parts.map(key).collect::<Vec<_>>()
        };
        lists.extend(collection.files.iter().map(|list| (at(&["files"]), list)));
        for (name, reference) in collection.references.iter() {
            lists.extend(reference.files.iter().map(|list| (at(&["references", name, "files"]), list)));
        }
    }
    for (index, over) in raw.overrides.iter().flatten().enumerate() {
        let at = vec![key("overrides"), Segment::Index(index), key("files")];
        lists.extend(over.files.iter().map(|list| (at.clone(), list)));
    }
    lists
}

/// The globs of a config that name a hidden file or folder, such as `.github/**/*.md`.
pub(super) fn hidden(raw: &RawConfig) -> impl Iterator<Item = GlobMatcher> {
    let names = lists(raw).into_iter().flat_map(|(_, list)| list.as_slice());
    let names = names.filter(|text| is_hidden(Path::new(text.as_str())));
    names.filter_map(|text| Some(glob(text).ok()?.compile_matcher()))
}

impl Config {
    /// Whether a glob names this hidden file or a folder that it is in.
    pub fn names_hidden(&self, path: &Path) -> bool {
        self.hidden.iter().any(|glob| glob.is_match(path))
    }

    /// Those of the checked pages whose path differs from the globs of a collection in case only, so that they are not
    /// checked as its pages: where case makes no difference for a file system, they are in the same folder.
    pub fn strays(&self, pages: &[Arc<Path>], is_checked: impl Fn(&Path) -> bool) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        if self.collections.is_empty() {
            return diagnostics;
        }
        let pages: Vec<&Arc<Path>> = pages.iter().filter(|page| is_checked(page)).collect();
        for collection in &self.collections {
            for page in pages.iter().filter(|page| collection.any_case.is_match(page)) {
                if collection.files.is_match(page) || collection.exclude.is_match(page) {
                    continue;
                }
                let message =
                    format!("the path differs from the collection `{}` in case only", collection.name);
                let mut diagnostic = mistake(Label::new(page, Span::empty(0)), message);
                diagnostic.severity = Severity::Warning;
                let declared = &collection.declared;
                diagnostic.secondary.push(Label::with_message(
                    &declared.path,
                    declared.span,
                    "the collection",
                ));
                diagnostic
                    .help("rename the file or its folder; it is not checked as a page of the collection");
                diagnostics.push(diagnostic);
            }
        }
        diagnostics
    }
}
