//! The result of a run.

use std::{
    borrow::Cow,
    cmp::Reverse,
    collections::{BTreeMap, HashSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::Error;
use crate::{
    diagnostic::Diagnostic, discover::Project, disk::Protected, lint::FixedRules, paths, sources::Sources,
    text::Span,
};

/// The result of a run.
#[derive(Debug, Clone)]
pub struct Run {
    /// The absolute path of the folder that all paths in the result are relative to.
    pub root: PathBuf,
    /// The absolute path of the folder that paths in reports are relative to.
    pub current: PathBuf,
    /// The findings to report, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// Findings that a comment suppresses, sorted.
    pub suppressed: Vec<Diagnostic>,
    /// Findings that the baseline contains, sorted.
    pub baselined: Vec<Diagnostic>,
    /// Findings that the change did not introduce, sorted. Empty unless only new findings are reported.
    pub old: Vec<Diagnostic>,
    /// Findings beyond the maximum number to report, sorted.
    pub unlisted: Vec<Diagnostic>,
    /// Failures, such as files that cannot be read.
    pub errors: Vec<Error>,
    /// The number of files that were checked.
    pub files: usize,
    /// The number of requested files that look like pages and cannot be read as one.
    pub unread: usize,
    /// How many findings were fixed, by the absolute path of the file and by rule. They are not among `diagnostics`.
    pub fixed: BTreeMap<PathBuf, FixedRules>,
    /// Whether a config is invalid, so that its site was not checked.
    pub broken_config: bool,
    /// Notes for stderr; reports do not contain them.
    pub notes: Vec<String>,
    /// The spans of the findings on changed lines, if only new findings are reported.
    pub touched: Option<HashSet<(Arc<Path>, Span)>>,
    /// The texts of the files with findings.
    pub sources: Sources,
    /// Paths that no report may be written to.
    pub protected: Protected,
    /// Whether the secrets in the findings are masked already.
    pub is_masked: bool,
}

impl Run {
    /// A run that checked no file.
    pub fn of_nothing(root: PathBuf, current: PathBuf, sources: Sources) -> Self {
        Self {
            root,
            current,
            diagnostics: vec![],
            suppressed: vec![],
            baselined: vec![],
            old: vec![],
            unlisted: vec![],
            errors: vec![],
            files: 0,
            unread: 0,
            fixed: BTreeMap::new(),
            broken_config: false,
            notes: vec![],
            touched: None,
            sources,
            protected: Protected::default(),
            is_masked: false,
        }
    }

    /// A run that only read the config.
    pub fn of_config(project: &Project, current: &Path, mistakes: Vec<Diagnostic>) -> Self {
        Self {
            broken_config: !mistakes.is_empty(),
            diagnostics: mistakes,
            protected: Protected { folders: vec![project.root.clone()], ..Protected::default() },
            ..Self::of_nothing(project.root.clone(), current.to_owned(), Sources::new(&project.root))
        }
    }

    /// A path of the run, relative to the current folder.
    pub fn from_current(&self, path: &Path) -> PathBuf {
        paths::relative(&self.current, &self.root.join(path))
    }

    /// Keeps the `max` most severe findings and moves the others to `unlisted`.
    pub fn truncate_findings(&mut self, max: usize) {
        let mut order: Vec<usize> = (0..self.diagnostics.len()).collect();
        order.sort_by_key(|&index| Reverse(self.diagnostics[index].severity));
        let mut is_listed = vec![false; order.len()];
        order.iter().take(max).for_each(|&index| is_listed[index] = true);
        let mut is_listed = is_listed.into_iter();
        let all = std::mem::take(&mut self.diagnostics).into_iter();
        (self.diagnostics, self.unlisted) = all.partition(|_| is_listed.next() == Some(true));
    }

    /// Whether a finding is on a changed line. Always false unless only new findings are reported.
    pub fn is_on_touched_line(&self, diagnostic: &Diagnostic) -> bool {
        let place = (Arc::clone(&diagnostic.primary.path), diagnostic.primary.span);
        self.touched.as_ref().is_some_and(|touched| touched.contains(&place))
    }

    /// Masks the secrets in all findings, of which many can be had only once in memory. A fix that would show one is for
    /// display only from here on.
    pub(crate) fn mask(&mut self) {
        if std::mem::replace(&mut self.is_masked, true) {
            return;
        }
        let Self { diagnostics, suppressed, baselined, old, unlisted, sources, .. } = self;
        for findings in [diagnostics, suppressed, baselined, old, unlisted] {
            for finding in findings {
                sources.mask(finding);
            }
        }
    }

    /// Whether no finding that is reported or suppressed has a secret to mask.
    pub(crate) fn is_discreet(&self) -> bool {
        self.diagnostics.iter().chain(&self.suppressed).all(|it| self.sources.shown(it) == *it)
    }

    /// The run with the secrets in all findings masked.
    pub fn shown(&self) -> Cow<'_, Self> {
        if self.is_masked {
            return Cow::Borrowed(self);
        }
        let mut shown = self.clone();
        shown.mask();
        Cow::Owned(shown)
    }
}
