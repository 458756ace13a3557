//! The outcomes of several projects as one run.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    Error, Options, Run,
    second_phase::{MayHaveSecrets, ProjectResult},
    skipped_files::SkippedFiles,
};
use crate::{
    diagnostic::{Diagnostic, Label},
    discover::Project,
    paths,
    secrets::Secrets,
    sources::Sources,
    vfs::FileSystem,
};

/// Puts the projects together; with several, all paths become relative to the current folder.
pub(super) fn assemble(
    results: Vec<(&Project, ProjectResult)>,
    options: &Options<'_>,
    errors: Vec<Error>,
) -> Run {
    let root = match &*results {
        [(project, _)] => project.root.clone(),
        _ => options.current.clone(),
    };
    let names = results.iter().flat_map(|(_, result)| &result.secret_parameters).map(String::as_str);
    let secrets = Secrets::named(names);
    let sources = sources(&root, secrets.clone(), &options.files);
    let mut run = Run { errors, ..Run::of_nothing(root, options.current.clone(), sources) };
    let (mut skipped_files, mut held) = (SkippedFiles::default(), Vec::new());
    for (project, result) in results {
        skipped_files.extend(result.skipped_files);
        held.extend(result.held);
        let moved = Relocation { prefix: paths::relative(&run.root, &project.root) };
        run.files += result.files;
        run.protected.folders.push(project.root.clone());
        run.protected.inputs.extend(result.inputs);
        run.broken_config |= result.broken_config;
        let kept = result.kept.into_iter().map(|diagnostic| moved.diagnostic(diagnostic));
        extend(&mut run.diagnostics, kept.collect());
        run.suppressed.extend(result.suppressed.into_iter().map(|diagnostic| moved.diagnostic(diagnostic)));
        let are_all = Secrets::named(result.secret_parameters.iter().map(String::as_str)) == secrets;
        for (path, (text, may_have)) in result.sources {
            let path = moved.path(&path);
            if may_have == MayHaveSecrets::No && are_all {
                run.sources.keep_harmless(&path, text);
            } else {
                run.sources.keep(&path, text);
            }
        }
    }
    run.unread = skipped_files.unread();
    run.notes = skipped_files.notes();
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

/// Adds findings to others. Those of the first page or site stay where they are in memory.
pub(super) fn extend(list: &mut Vec<Diagnostic>, more: Vec<Diagnostic>) {
    if list.is_empty() { *list = more } else { list.extend(more) }
}

/// A note about a page.
pub(crate) fn note(options: &Options<'_>, path: &Path, reason: &str) -> String {
    format!("{}: {reason}", paths::relative(&options.current, path).display())
}

/// The texts of the files below a root.
pub(super) fn sources(root: &Path, secrets: Secrets, files: &Arc<dyn FileSystem>) -> Sources {
    Sources::hiding(secrets, root, Arc::clone(files))
}

/// Paths of one project as seen from the run's root.
pub(super) struct Relocation {
    pub(super) prefix: PathBuf,
}

impl Relocation {
    pub(super) fn path(&self, path: &Arc<Path>) -> Arc<Path> {
        if self.prefix.as_os_str().is_empty() { Arc::clone(path) } else { self.prefix.join(path).into() }
    }

    fn label(&self, label: &mut Label) {
        label.path = self.path(&label.path);
    }

    pub(super) fn diagnostic(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        self.label(&mut diagnostic.primary);
        diagnostic.secondary.iter_mut().for_each(|label| self.label(label));
        diagnostic
    }
}
