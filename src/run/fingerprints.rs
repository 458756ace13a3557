//! What the findings of a run are known by.

use std::path::Path;

use super::Run;
use crate::{
    diagnostic::Diagnostic,
    fingerprint::{Fingerprint, Fingerprints},
    paths,
};

impl Run {
    /// The fingerprints of `diagnostics`, in their order, as reports have them: with paths from the run's root. They
    /// are the same whatever a baseline or `--since` hides and however few are listed, and the same for a run and for what may be shown of it.
    pub fn fingerprints(&self) -> Vec<Fingerprint> {
        self.fingerprints_from(&self.root)
    }

    /// The same with paths from another folder, absolute: from one place they are the same wherever the run began and
    /// however many projects it covers.
    pub fn fingerprints_from(&self, folder: &Path) -> Vec<Fingerprint> {
        let mut all: Vec<(Option<usize>, &Diagnostic)> =
            self.diagnostics.iter().enumerate().map(|(index, it)| (Some(index), it)).collect();
        let hidden = || self.baselined.iter().chain(&self.old).chain(&self.unlisted);
        if hidden().next().is_some() {
            all.extend(hidden().map(|it| (None, it)));
            all.sort_by(|(_, one), (_, two)| one.order(two));
        }
        let mut fingerprints = Fingerprints::new(&self.sources);
        let mut named: Vec<(usize, Fingerprint)> = Vec::with_capacity(self.diagnostics.len());
        for (index, diagnostic) in all {
            let fingerprint = if folder == self.root {
                fingerprints.next(diagnostic, &diagnostic.primary.path)
            } else {
                fingerprints.next(diagnostic, &self.path_from(folder, &diagnostic.primary.path))
            };
            named.extend(index.map(|index| (index, fingerprint)));
        }
        named.sort_unstable_by_key(|(index, _)| *index);
        named.into_iter().map(|(_, fingerprint)| fingerprint).collect()
    }

    /// The way from a folder, absolute, to a file of the run.
    pub fn path_from(&self, folder: &Path, path: &Path) -> std::path::PathBuf {
        paths::relative(folder, &paths::absolute(path, &self.root))
    }
}
