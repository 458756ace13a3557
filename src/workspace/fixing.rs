//! What is done with the pages that findings are in: one page of a site is changed, the others stay as they are.

use std::{path::PathBuf, sync::Arc};

use super::{
    Options,
    open_site::OpenSite,
    read_page::{PageReader, Purpose, ReadPage},
    second_phase::findings_in,
};
use crate::{
    diagnostic::Diagnostic,
    fix::Applicability,
    lint::{self, Fixed, FixedRules, GuardedTask, SuppressionReason},
    secrets::Secrets,
    site::Page,
    vfs::Content,
};

/// A file that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// The file, absolute.
    pub path: PathBuf,
    /// The folder of its site, absolute: nothing outside is ever written.
    pub root: PathBuf,
    /// Its text as it was read.
    pub before: Arc<str>,
    /// Its text with the fixes.
    pub after: Arc<str>,
}

/// A page that changes.
#[derive(Debug)]
pub(crate) struct PageFix {
    pub(crate) change: FileChange,
    /// How many findings this fixes, by rule.
    pub(crate) fixed: FixedRules,
}

/// What is done with pages that findings are in.
pub(crate) enum PageTask {
    /// Nothing.
    Look,
    /// Fixes are applied that are at least this good.
    Fix(Applicability),
    /// Comments are written that switch the findings off.
    Suppress(Option<SuppressionReason>),
}

/// Changes one page of a site.
pub(super) struct Fixer<'a> {
    pub(super) options: &'a Options<'a>,
    pub(super) site: &'a OpenSite,
    pub(super) page: &'a Page,
    pub(super) read: &'a ReadPage,
}

impl Fixer<'_> {
    /// The page as the task leaves it; `None` where nothing is to be done. The findings are those in `source`.
    ///
    /// # Errors
    ///
    /// What copydesk panicked with, as a finding: the page stays as it is.
    pub(super) fn run(
        &self,
        task: &PageTask,
        source: &Arc<str>,
        diagnostics: &[Diagnostic],
    ) -> Result<Option<Fixed>, Box<Diagnostic>> {
        let changed = || self.changed(task, source, diagnostics);
        lint::guarded(&self.page.path, GuardedTask::Change, changed)
    }

    /// The page with its safe fixes and those that are at least this good; without them if copydesk panics.
    pub(super) fn fix(&self, source: &Arc<str>, least: Applicability) -> Fixed {
        let fixed = || {
            let found = self.check(source);
            self.changed(&PageTask::Fix(least), source, &found)
        };
        match lint::guarded(&self.page.path, GuardedTask::Change, fixed) {
            Ok(fixed) => fixed.unwrap_or_else(|| Fixed::unchanged(source, vec![])),
            Err(error) => Fixed::unchanged(source, vec![error.message]),
        }
    }

    fn changed(&self, task: &PageTask, source: &Arc<str>, diagnostics: &[Diagnostic]) -> Option<Fixed> {
        let path = &self.page.path;
        let page = (path, self.site.config.dialect_for(path));
        let check = |text: &Arc<str>| self.check(text);
        match task {
            PageTask::Look => None,
            PageTask::Fix(least) => Some(lint::fix_to_fixpoint(page, source, diagnostics, *least, check)),
            PageTask::Suppress(reason) => {
                let text = lint::add_suppressions(page, source, diagnostics, reason.as_ref(), check);
                Some(Fixed { text, fixed: FixedRules::new(), held: vec![] })
            }
        }
    }

    /// The findings in the page with another text. Panics are for the caller: a text that cannot be read must not be
    /// taken for one without fixes.
    fn check(&self, text: &str) -> Vec<Diagnostic> {
        let reader = PageReader {
            options: self.options,
            purpose: Purpose::Fix,
            site: self.site,
            secrets: Secrets::default(),
        };
        let content = Content::Bytes(text.as_bytes().to_vec());
        let mut read = reader.findings_of(&self.page.path, &self.read.base_settings, content);
        let first = std::mem::take(&mut read.findings);
        let mut page = Page::from(Arc::clone(&read.facts));
        (page.added, page.changed) = (self.page.added, self.page.changed);
        findings_in(self.site.site(), &page, &read, first.into()).kept
    }
}
