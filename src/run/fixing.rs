//! Fixes over whole sites: pages are fixed one by one, then all are looked at again, until nothing changes.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{Error, Options, PageFix, Run, pass};
use crate::{
    discover,
    disk::{self, Kept},
    fix::Applicability,
    suppress::insert::Reason,
};

/// Times that all pages are looked at before their fixes are taken to undo each other.
const MOST_PASSES: usize = 10;

/// A file that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The file, absolute.
    pub path: PathBuf,
    /// The folder of its site, absolute: nothing outside is ever written.
    pub root: PathBuf,
    /// Its text as it was read.
    pub before: Arc<str>,
    /// Its text with the fixes.
    pub after: Arc<str>,
}

/// One look at all pages.
pub(super) struct Pass<'a> {
    pub(super) options: &'a Options<'a>,
    /// Texts that are not as on disk, by absolute path.
    pub(super) texts: HashMap<PathBuf, Arc<str>>,
    /// What is done with the pages.
    pub(super) task: Task,
}

/// What is done with pages that findings lie in.
pub(super) enum Task {
    /// Nothing.
    Look,
    /// Fixes are applied that are at least this good.
    Fix(Applicability),
    /// Comments are written that switch the findings off.
    Suppress(Option<Reason>),
}

impl<'a> Pass<'a> {
    /// A look at what is on disk.
    pub(super) fn plain(options: &'a Options<'a>) -> Self {
        Self { options, texts: HashMap::new(), task: Task::Look }
    }
}

/// Checks what the options name and fixes it where a fix is at least as good as `least`. Nothing is written: the
/// changes are given, by path, and a run over the pages as they are with them.
pub fn fix(options: &Options<'_>, least: Applicability) -> (Run, Vec<Change>) {
    let mut state = Pass { task: Task::Fix(least), ..Pass::plain(options) };
    let mut changes: BTreeMap<PathBuf, Change> = BTreeMap::new();
    let mut mended = 0;
    let mut unsettled = Vec::new();
    for _ in 0..MOST_PASSES {
        let (mut run, fixes) = pass(&state);
        if fixes.is_empty() {
            run.mended = mended;
            return (run, changes.into_values().collect());
        }
        unsettled = fixes.iter().map(|fix| discover::relative(&options.current, &fix.change.path)).collect();
        for PageFix { change, mended: more } in fixes {
            mended += more;
            state.texts.insert(change.path.clone(), Arc::clone(&change.after));
            match changes.get_mut(&change.path) {
                Some(known) => known.after = change.after,
                None => drop(changes.insert(change.path.clone(), change)),
            }
        }
        changes.retain(|_, change| change.before != change.after);
    }
    let mut run = super::check(options);
    let reason = "conflicting fixes across pages; nothing was fixed";
    run.errors.extend(unsettled.into_iter().map(|path| Error::Unwritten { path, reason: reason.to_owned() }));
    (run, vec![])
}

/// Checks what the options name and switches off what is found, by comments in the pages. Nothing is written: the changes
/// are given, by path, and a run over the pages as they are with them, which finds what no comment can switch off.
pub fn suppress(options: &Options<'_>, reason: Option<Reason>) -> (Run, Vec<Change>) {
    let mut state = Pass { task: Task::Suppress(reason), ..Pass::plain(options) };
    let changes: Vec<Change> = pass(&state).1.into_iter().map(|fix| fix.change).collect();
    state.texts = changes.iter().map(|change| (change.path.clone(), Arc::clone(&change.after))).collect();
    state.task = Task::Look;
    (pass(&state).0, changes)
}

/// Writes changes, each file as a whole or not at all, and gives what could not be written. A file that is not as it
/// was read, that is read-only, or that a link out of its site leads to, is left alone.
pub fn write(changes: &[Change], current: &Path) -> Vec<Error> {
    let failed = |change: &Change| {
        let kept = Kept { path: &change.path, root: &change.root };
        let written = disk::replace_unchanged(kept, change.before.as_bytes(), change.after.as_bytes());
        let reason = written.err()?.to_string();
        Some(Error::Unwritten { path: discover::relative(current, &change.path), reason })
    };
    changes.iter().filter_map(failed).collect()
}
