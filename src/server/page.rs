//! An open page: its text, its site, and what was found in it.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use gen_lsp_types::{Location, Uri};

use super::{
    diagnostics::Converter, documents::OpenDocument, main_loop::Server, position::TextPositions,
    site_index::SiteIndex, uri,
};
use crate::{
    diagnostic::{Diagnostic, Label},
    document::Document,
    sources::Sources,
    text::{PAGE_ENDINGS, is_mdx},
    vfs::FileOverlay,
};

/// An open page.
pub(super) struct PageView<'a> {
    /// Its path, absolute.
    pub(super) full: PathBuf,
    /// Its path, relative to the root of its site.
    pub(super) path: Arc<Path>,
    /// Its text.
    pub(super) open: &'a OpenDocument,
    /// How places in it are counted.
    pub(super) places: TextPositions<'a>,
    /// Its site.
    pub(super) index: &'a SiteIndex,
    /// The files.
    pub(super) files: Arc<FileOverlay>,
}

impl PageView<'_> {
    /// The page, parsed.
    pub(super) fn document(&self) -> Document {
        self.index.document(&self.path, &self.open.text)
    }

    /// A place in the site.
    pub(super) fn location(&self, label: &Label) -> Location {
        self.converter(&self.sources()).location(label)
    }

    /// The texts that findings of the page refer to.
    pub(super) fn sources(&self) -> Sources {
        self.index.sources(&self.path, &self.open.text, &self.files)
    }

    /// What turns findings of the page into those of the protocol.
    pub(super) fn converter<'s>(&'s self, sources: &'s Sources) -> Converter<'s> {
        self.index.converter(sources, self.places.encoding)
    }
}

impl Server {
    /// An open page of a site that was read.
    pub(super) fn page(&self, uri: &Uri) -> Option<PageView<'_>> {
        self.page_at(uri::to_path(uri)?)
    }

    /// An open page, by its absolute path, of a site that was read.
    pub(super) fn page_at(&self, full: PathBuf) -> Option<PageView<'_>> {
        let open = self.documents.get(&full)?;
        let index = self.sites.index_of(&full)?;
        let path = index.relative(&full);
        let files = self.overlay();
        let is_page = self.is_page(&full) && !index.is_broken && index.checks(&path, &files);
        let places = open.places(self.client.encoding);
        is_page.then_some(PageView { full, path, open, places, index, files })
    }

    /// Whether a file, by its absolute path, is a page: its site says so, or its name.
    pub(super) fn is_page(&self, path: &Path) -> bool {
        let ending = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
        PAGE_ENDINGS.iter().any(|it| it.eq_ignore_ascii_case(ending))
            || is_mdx(path)
            || self.sites.index_of(path).is_some_and(|index| index.config().is_page(&index.relative(path)))
    }

    /// What is found in an open page, as it is now.
    pub(super) fn findings(&self, page: &PageView<'_>) -> Arc<[Diagnostic]> {
        let mut checked = self.checked.borrow_mut();
        if let Some((version, findings)) = checked.get(&page.full)
            && *version == page.open.version
        {
            return Arc::clone(findings);
        }
        let findings: Arc<[Diagnostic]> = page.index.check(&page.path, &page.open.text, &page.files).into();
        checked.insert(page.full.clone(), (page.open.version, Arc::clone(&findings)));
        findings
    }

    /// Forgets what was found in a page that was closed.
    pub(super) fn forget_checked(&self, path: &Path) {
        self.checked.borrow_mut().remove(path);
    }
}
