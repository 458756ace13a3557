//! Globs that should match a page: one that matches none is most likely misspelt, or its folder was renamed.

use std::{path::Path, sync::Arc};

use globset::GlobMatcher;

use super::{
    glob, glob_places,
    load::{Source, mistake},
    written::{OneOrMany, Written},
};
use crate::{
    data::Segment,
    diagnostic::{Diagnostic, Label},
};

/// The globs of a config that name pages. Those of files that it extends are not among them: what several sites share
/// may speak of folders that one of them lacks.
#[derive(Debug, Default)]
pub(super) struct Watched(Vec<(GlobMatcher, Label)>);

impl Watched {
    pub(super) fn new(source: &Source, written: &Written) -> Self {
        let mut watched = Self::default();
        let key = Segment::key;
        let files = || key("files");
        watched.add(source, &[files()], written.files.as_ref());
        for (name, collection) in written.collections.iter() {
            let at = [key("collections"), key(name)];
            watched.add(source, &[&at[..], &[files()]].concat(), collection.files.as_ref());
            for (name, reference) in collection.references.iter() {
                let at = [&at[..], &[key("references"), key(name), files()]].concat();
                watched.add(source, &at, reference.files.as_ref());
            }
        }
        for (index, over) in written.overrides.iter().flatten().enumerate() {
            watched.add(source, &[key("overrides"), Segment::Index(index), files()], Some(&over.files));
        }
        watched
    }

    fn add(&mut self, source: &Source, at: &[Segment], list: Option<&OneOrMany>) {
        let Some(list) = list else { return };
        let sound = glob_places(source, at, list)
            .filter_map(|(text, place)| Some((glob(text).ok()?.compile_matcher(), place)));
        self.0.extend(sound);
    }

    /// The globs that match none of these pages.
    pub(super) fn idle(&self, pages: &[Arc<Path>]) -> Vec<Diagnostic> {
        let idle = self.0.iter().filter(|(glob, _)| !pages.iter().any(|page| glob.is_match(page)));
        idle.map(|(_, place)| {
            let mut diagnostic = mistake(place.clone(), "pattern matches no files");
            diagnostic.help(
                "globs are relative to the directory of the config; `*` does not match `/`, `**` matches any directories",
            );
            diagnostic
        })
        .collect()
    }
}
