//! New findings: both revisions of the files are checked, and findings that the old one has too are omitted.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{Options, Run};
use crate::{
    diagnostic::{Diagnostic, Label, Recurrence, stands_for_others},
    document::MAX_LEN,
    fingerprint, paths,
    text::changed_lines,
    vfs::{Content, Difference, FileSystem},
    workspace::{Facts, Workspace},
};

/// What of a change is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum ChangeScope {
    /// What is found after it and was not before, in files that it does not touch too
    New,
    /// What is on lines that it touches
    Lines,
    /// What is in files that it touches
    Files,
}

/// Checks the files that the options name, and keeps the findings that a change introduces. Errors in the config and
/// failures are always kept.
pub fn since(options: &Options<'_>, difference: &Difference, scope: ChangeScope) -> Run {
    let mut workspace = Workspace::open(options.clone());
    let mut before = open_before(options, difference, &workspace.facts());
    workspace.compare_with(&before, difference);
    let mut run = workspace.check_last();
    workspace.save();
    if run.broken_config {
        return run;
    }
    let mut touched = Touched { difference, lines: HashMap::new() };
    let diagnostics = std::mem::take(&mut run.diagnostics);
    (run.diagnostics, run.old) = match scope {
        ChangeScope::Files => {
            diagnostics.into_iter().partition(|it| is_about_change(it) || touched.has_file(&run, it))
        }
        ChangeScope::Lines => {
            diagnostics.into_iter().partition(|it| is_about_change(it) || touched.has_line(&run, it))
        }
        ChangeScope::New => {
            let before = before.check_last();
            if before.broken_config {
                let note = "the base revision has an invalid config; reporting all findings";
                run.notes.push(note.to_owned());
                (diagnostics, vec![])
            } else {
                new(&run, diagnostics, &before, &mut touched)
            }
        }
    };
    let on_touched = run.diagnostics.iter().filter(|it| touched.has_line(&run, it));
    run.touched = Some(on_touched.map(|it| (Arc::clone(&it.primary.path), it.primary.span)).collect());
    before.close();
    workspace.close();
    run
}

/// Whether a finding is about the change itself.
fn is_about_change(diagnostic: &Diagnostic) -> bool {
    diagnostic.rule.recurrence == Recurrence::Never
}

/// Opens the files as they were before the change. Pages that it leaves alone are not read again.
fn open_before<'a>(options: &Options<'a>, difference: &Difference, after: &Facts) -> Workspace<'a> {
    let old_path = |path: &PathBuf| {
        let path = paths::absolute(path, &options.current);
        difference.old_name(&path).to_owned()
    };
    let options = Options {
        paths: options.paths.iter().map(old_path).collect(),
        files: Arc::clone(&difference.before) as Arc<dyn FileSystem>,
        // The same config for both: later changes of it on the base branch are not part of the change.
        config_files: options.config_files.clone(),
        config: options.config.clone(),
        cli_overrides: options.cli_overrides.clone(),
        ..Options::on_disk(options.current.clone(), options.today)
    };
    Workspace::open_with(options, after)
}

/// Splits findings into new and old ones. Of several findings that only differ in their location, those on changed
/// lines are considered new.
fn new(
    run: &Run,
    diagnostics: Vec<Diagnostic>,
    before: &Run,
    touched: &mut Touched<'_>,
) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let mut known: HashMap<u64, usize> = HashMap::new();
    for diagnostic in &before.diagnostics {
        *known.entry(stem(before, diagnostic, &before.root.join(&diagnostic.primary.path))).or_default() += 1;
    }
    let stems: Vec<u64> = diagnostics
        .iter()
        .map(|it| {
            let path = run.root.join(&it.primary.path);
            stem(run, it, touched.difference.old_name(&path))
        })
        .collect();
    let cut = cut(before);
    let mut is_known = vec![false; diagnostics.len()];
    // Old findings are matched first on unchanged lines; what remains is new.
    let on_touched: Vec<bool> = diagnostics
        .iter()
        .zip(&stems)
        .map(|(it, stem)| known.contains_key(stem) && touched.has_line(run, it))
        .collect();
    for round in [false, true] {
        for at in (0..diagnostics.len()).filter(|&at| on_touched[at] == round) {
            if round && diagnostics[at].rule.recurrence == Recurrence::EqualAndUntouched {
                continue;
            }
            if let Some(left) = known.get_mut(&stems[at]).filter(|left| **left > 0) {
                *left -= 1;
                is_known[at] = true;
            }
        }
    }
    for (it, is_known) in diagnostics.iter().zip(&mut is_known).filter(|(_, is_known)| !**is_known) {
        let old_path = || touched.difference.old_name(&run.root.join(&it.primary.path)).to_owned();
        let may_be_old = it.rule.recurrence == Recurrence::EqualOrUntouched
            || !cut.is_empty() && cut.contains(&(it.rule.id, old_path()));
        *is_known = may_be_old && !touched.is_touched(run, &it.primary);
    }
    let mut parts = (vec![], vec![]);
    for (diagnostic, is_known) in diagnostics.into_iter().zip(is_known) {
        if is_known { &mut parts.1 } else { &mut parts.0 }.push(diagnostic);
    }
    parts
}

/// The rules with more findings in a file than are kept, with the absolute path of the file.
fn cut(run: &Run) -> HashSet<(&'static str, PathBuf)> {
    let closing = run.diagnostics.iter().filter(|it| stands_for_others(&it.message));
    closing.map(|it| (it.rule.id, run.root.join(&it.primary.path))).collect()
}

/// The fingerprint of a finding without its occurrence count; `path` is the path of its file before the change.
fn stem(run: &Run, diagnostic: &Diagnostic, path: &Path) -> u64 {
    fingerprint::stem(diagnostic, path, &run.sources)
}

/// The files and lines of a change.
struct Touched<'a> {
    difference: &'a Difference,
    /// Byte ranges of changed lines, by absolute path.
    lines: HashMap<PathBuf, Vec<Range<u32>>>,
}

impl Touched<'_> {
    fn has_file(&self, run: &Run, diagnostic: &Diagnostic) -> bool {
        self.difference.touches(&run.root.join(&diagnostic.primary.path))
    }

    /// Whether a place of a finding, be it the second, is on a touched line.
    fn has_line(&mut self, run: &Run, diagnostic: &Diagnostic) -> bool {
        let mut labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary);
        labels.any(|label| self.is_touched(run, label))
    }

    fn is_touched(&mut self, run: &Run, label: &Label) -> bool {
        let path = run.root.join(&label.path);
        if !self.difference.touches(&path) {
            return false;
        }
        let difference = self.difference;
        let lines = self.lines.entry(path).or_insert_with_key(|path| {
            let text = |content| match content {
                Ok(Content::Bytes(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
                _ => String::new(),
            };
            let old = text(difference.before.read(difference.old_name(path), MAX_LEN));
            let new = text(difference.after.read(path, MAX_LEN));
            changed_lines(&old, &new)
        });
        let at = lines.partition_point(|line| line.end <= label.span.start);
        // A finding without length, at the very end of a line, is on it.
        lines.get(at).is_some_and(|line| line.start < label.span.end.max(label.span.start + 1))
            || lines.last().is_some_and(|line| line.end == label.span.start)
    }
}
