//! What is done with the pages that findings are in: one page of a site is changed, the others stay as they are.

use std::{path::PathBuf, sync::Arc};

use super::{
    Options,
    open_site::OpenSite,
    read_page::{PageReader, Purpose, ReadPage},
};
use crate::{
    diagnostic::Diagnostic,
    fix::Applicability,
    lint::{self, Fixed, FixedRules, SuppressionReason},
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
    pub(super) fn run(
        &self,
        task: &PageTask,
        source: &Arc<str>,
        diagnostics: &[Diagnostic],
    ) -> Option<Fixed> {
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

    /// The findings in the page with another text.
    pub(super) fn check(&self, text: &str) -> Vec<Diagnostic> {
        let reader = PageReader {
            options: self.options,
            purpose: Purpose::Fix,
            site: self.site,
            secrets: Secrets::default(),
        };
        let content = Content::Bytes(text.as_bytes().to_vec());
        let read = reader.page_of(&self.page.path, &self.read.base_settings, content);
        let mut page = Page::from(Arc::clone(&read.facts));
        (page.added, page.changed) = (self.page.added, self.page.changed);
        self.site.findings(&page, &read).kept
    }
}
