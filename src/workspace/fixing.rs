//! What is done with the pages that findings are in: one page of a site is changed, the others stay as they are.

use std::{borrow::Cow, path::PathBuf, sync::Arc};

use super::{
    Options,
    open_site::OpenSite,
    read_page::{PageReader, Purpose, ReadPage},
    second_phase::findings_in,
};
use crate::{
    diagnostic::Diagnostic,
    document::MAX_LEN,
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
pub(crate) struct PageFix {
    pub(crate) change: FileChange,
    /// How many findings this fixes, by rule.
    pub(crate) fixed: FixedRules,
    /// The page with its new text, if it was read to look for more fixes.
    pub(super) read: Option<Arc<ReadPage>>,
}

impl PageFix {
    /// The change of the page to a text that it had before.
    pub(crate) fn back_to(self, text: &Arc<str>) -> Self {
        let change = FileChange { after: Arc::clone(text), ..self.change };
        Self { change, fixed: FixedRules::new(), read: None }
    }
}

/// A page as a task leaves it.
pub(super) struct ChangedPage {
    pub(super) fixed: Fixed,
    /// See [`PageFix::read`].
    pub(super) read: Option<ReadPage>,
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
    ) -> Result<Option<ChangedPage>, Box<Diagnostic>> {
        let changed = || self.changed(task, source, diagnostics);
        lint::guarded(&self.page.path, GuardedTask::Change, changed)
    }

    /// The page with its safe fixes and those that are at least this good; without them if copydesk panics.
    pub(super) fn fix(&self, source: &Arc<str>, least: Applicability) -> Fixed {
        let fixed = || {
            let (_, found) = self.check(source);
            Some(self.changed(&PageTask::Fix(least), source, &found)?.fixed)
        };
        match lint::guarded(&self.page.path, GuardedTask::Change, fixed) {
            Ok(fixed) => fixed.unwrap_or_else(|| Fixed::unchanged(source, vec![])),
            Err(error) => Fixed::unchanged(source, vec![error.message]),
        }
    }

    fn changed(&self, task: &PageTask, source: &Arc<str>, diagnostics: &[Diagnostic]) -> Option<ChangedPage> {
        let path = &self.page.path;
        let page = (path, self.site.config.dialect_for(path));
        let mut last = None;
        let check = |text: &Arc<str>| {
            let (read, found) = self.check(text);
            last = Some((Arc::clone(text), read));
            found
        };
        let fixed = match task {
            PageTask::Look => return None,
            PageTask::Fix(lowest) => lint::fix_to_fixpoint(page, source, diagnostics, *lowest, check),
            PageTask::Suppress(reason) => {
                let text = lint::add_suppressions(page, source, diagnostics, reason.as_ref(), check);
                Fixed { text, fixed: FixedRules::new(), held: vec![] }
            }
        };
        let read = last.filter(|(text, _)| *text == fixed.text).map(|(_, read)| read);
        Some(ChangedPage { fixed, read })
    }

    /// The page with another text, and the findings in it. Panics are for the caller: a text that cannot be read must
    /// not be taken for one without fixes.
    fn check(&self, text: &str) -> (ReadPage, Vec<Diagnostic>) {
        let reader = PageReader::new(self.options, Purpose::Fix, self.site, Secrets::default());
        let content = Content::of(text.as_bytes(), MAX_LEN);
        let read = reader.findings_of(&self.page.path, &self.read.base_settings, content);
        let mut page = Page::from(Arc::clone(&read.facts));
        (page.added, page.changed) = (self.page.added, self.page.changed);
        let found = findings_in(self.site.site(), &page, &read, Cow::Borrowed(&read.findings)).kept;
        (read, found)
    }
}
