//! Fixes over whole sites: pages are fixed one by one, then all are looked at again, until nothing changes.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{Error, FileChange, Options, Run};
use crate::{
    diagnostic::Diagnostic,
    disk::{self, Kept},
    fix::Applicability,
    lint::{self, FixedRules, SuppressionReason},
    paths,
    rules::INTERNAL_ERROR,
    workspace::{Facts, PageFix, PageTask, Purpose, Workspace, note},
};

/// Times that all pages are checked and fixed.
const MAX_PASSES: usize = 10;

/// Checks what the options name and fixes it where a fix is at least as good as `least`. Nothing is written: the
/// changes are given, by path, and a run over the pages as they are with them. Notes of the run say which fixes were
/// not applied.
pub fn fix(options: &Options<'_>, min_applicability: Applicability) -> (Run, Vec<FileChange>) {
    let mut workspace = Workspace::open_for(Purpose::Fix, options.clone(), &Facts::default());
    let task = PageTask::Fix(min_applicability);
    let mut changes = Changes::default();
    let mut notes = BTreeSet::new();
    for _ in 0..MAX_PASSES {
        let (mut run, mut fixes) = workspace.check_and(&task);
        fixes.retain(|fix| !changes.endless.contains(&fix.change.path));
        notes.extend(std::mem::take(&mut run.notes));
        if fixes.is_empty() {
            return changes.finish(run, notes, options);
        }
        workspace.take(fixes.into_iter().map(|fix| changes.take(fix)));
    }
    let (run, more) = workspace.check_and(&task);
    for fix in more.iter().filter(|fix| !changes.endless.contains(&fix.change.path)) {
        let reason = "more fixes are available; run `--fix` again to apply them";
        notes.insert(note(options, &fix.change.path, reason));
    }
    changes.finish(run, notes, options)
}

/// The pages that change.
#[derive(Default)]
struct Changes {
    by_path: BTreeMap<PathBuf, (FileChange, FixedRules)>,
    /// The texts that each page had.
    seen: HashMap<PathBuf, Vec<Arc<str>>>,
    /// Pages whose fixes and those of other pages undo each other.
    endless: BTreeSet<PathBuf>,
}

impl Changes {
    /// Takes a change, and returns the one that leads to the text that the page has from now on.
    fn take(&mut self, mut fix: PageFix) -> PageFix {
        let (path, after) = (fix.change.path.clone(), Arc::clone(&fix.change.after));
        let seen = self.seen.entry(path.clone()).or_insert_with(|| vec![Arc::clone(&fix.change.before)]);
        if seen.contains(&after) {
            self.by_path.remove(&path);
            self.endless.insert(path);
            return fix.back_to(&seen[0]);
        }
        seen.push(Arc::clone(&after));
        let (change, fixed) =
            self.by_path.entry(path).or_insert_with(|| (fix.change.clone(), FixedRules::new()));
        change.after = after;
        lint::add_fixed(fixed, std::mem::take(&mut fix.fixed));
        fix
    }

    fn finish(
        self,
        mut run: Run,
        mut notes: BTreeSet<String>,
        options: &Options<'_>,
    ) -> (Run, Vec<FileChange>) {
        let reason = "no fixes applied: they and those of other pages undo each other";
        notes.extend(self.endless.iter().map(|path| note(options, path, reason)));
        run.notes.extend(notes);
        let mut changes = Vec::new();
        for (path, (change, fixed)) in self.by_path {
            run.fixed.insert(path, fixed);
            changes.push(change);
        }
        (run, changes)
    }
}

/// Checks what the options name and switches off what is found, by comments in the pages. Nothing is written: the changes
/// are given, by path, and a run over the pages as they are with them, which finds what no comment can switch off.
pub fn suppress(options: &Options<'_>, reason: Option<SuppressionReason>) -> (Run, Vec<FileChange>) {
    let mut workspace = Workspace::open_for(Purpose::Fix, options.clone(), &Facts::default());
    let (before, fixes) = workspace.check_and(&PageTask::Suppress(reason));
    let changes: Vec<FileChange> = fixes.iter().map(|fix| fix.change.clone()).collect();
    workspace.take(fixes.into_iter());
    let mut run = workspace.check();
    // A panic that kept a page from being changed does not occur in a check.
    let is_panic = |it: &Diagnostic| it.rule.id == INTERNAL_ERROR.id && !run.diagnostics.contains(it);
    let panics: Vec<_> = before.diagnostics.into_iter().filter(is_panic).collect();
    run.diagnostics.extend(panics);
    run.diagnostics.sort_by(Diagnostic::order);
    (run, changes)
}

/// Writes changes, each file as a whole or not at all, and gives what could not be written. A file that is not as it
/// was read, that is read-only, or that a link out of its site leads to, is left alone.
pub fn write(changes: &[FileChange], current: &Path) -> Vec<Error> {
    let failed = |change: &FileChange| {
        let kept = Kept { path: &change.path, root: &change.root };
        let written = disk::replace_unchanged(kept, change.before.as_bytes(), change.after.as_bytes());
        let reason = written.err()?.to_string();
        Some(Error::Unwritten { path: paths::relative(current, &change.path), reason })
    };
    changes.iter().filter_map(failed).collect()
}
