//! The outcomes of several projects as one run.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{Error, Options, Outcome, Run, fixing::note, passed_over::PassedOver};
use crate::{
    checkout::read_text,
    diagnostic::{Diagnostic, Label},
    discover::Project,
    disk, paths,
    secrets::Secrets,
    sources::Sources,
};

/// Puts the projects together; with several, all paths become relative to the current folder.
pub(super) fn assemble(
    outcomes: BTreeMap<Project, Outcome>,
    options: &Options<'_>,
    errors: Vec<Error>,
) -> Run {
    let root = match outcomes.keys().next() {
        Some(project) if outcomes.len() == 1 => project.root.clone(),
        _ => options.current.clone(),
    };
    let names = outcomes.values().flat_map(|outcome| &outcome.secret_parameters).map(String::as_str);
    let secrets = Secrets::named(names);
    let sources = sources(&root, secrets, options);
    let mut run = Run { errors, ..Run::of_nothing(root, options.current.clone(), sources) };
    let (mut passed_over, mut held) = (PassedOver::default(), Vec::new());
    for (project, outcome) in outcomes {
        passed_over.extend(outcome.passed_over);
        held.extend(outcome.held);
        let moved = Move { prefix: paths::relative(&run.root, &project.root) };
        run.files += outcome.files;
        run.protected.folders.push(project.root.clone());
        run.protected.inputs.extend(outcome.inputs);
        run.broken_config |= outcome.broken_config;
        run.diagnostics.extend(outcome.kept.into_iter().map(|diagnostic| moved.diagnostic(diagnostic)));
        run.suppressed.extend(outcome.suppressed.into_iter().map(|diagnostic| moved.diagnostic(diagnostic)));
        for (path, text) in outcome.sources {
            run.sources.keep(&moved.path(&path), text);
        }
    }
    run.unread = passed_over.unread();
    run.notes = passed_over.notes();
    run.notes.extend(held.iter().map(|(path, reason)| note(options, path, reason)));
    if let Some((path, bytes)) = &options.given {
        let full = paths::absolute(path, &options.current);
        let text = String::from_utf8_lossy(bytes).into_owned();
        run.sources.keep(&paths::relative(&run.root, &full), text.into());
    }
    run.diagnostics.sort_by(Diagnostic::order);
    run.diagnostics.dedup();
    run.suppressed.sort_by(Diagnostic::order);
    run
}

/// The texts of the files below a root, from where the options take them.
fn sources(root: &Path, secrets: Secrets, options: &Options<'_>) -> Sources {
    let (root, files) = (root.to_owned(), Arc::clone(&options.files));
    Sources::hiding(secrets, move |path| {
        let full = paths::absolute(path, &root);
        disk::contained(&full, &root).then(|| read_text(&*files, &full).ok()).flatten()
    })
}

/// Paths of one project as seen from the run's root.
struct Move {
    prefix: PathBuf,
}

impl Move {
    fn path(&self, path: &Arc<Path>) -> Arc<Path> {
        if self.prefix.as_os_str().is_empty() { Arc::clone(path) } else { self.prefix.join(path).into() }
    }

    fn label(&self, label: &mut Label) {
        label.path = self.path(&label.path);
    }

    fn diagnostic(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        self.label(&mut diagnostic.primary);
        diagnostic.secondary.iter_mut().for_each(|label| self.label(label));
        diagnostic
    }
}
