//! New names for headings, files and records, and for what refers to them.

mod files;
mod heading;
mod record;

use std::{collections::BTreeMap, path::Path, sync::Arc};

use gen_lsp_types::{
    PrepareRenameParams, PrepareRenamePlaceholder, RenameParams, TextDocumentPositionParams, TextEdit,
    WorkspaceEdit,
};
use lsp_server::{ErrorCode, ResponseError};

use super::{
    dispatch::error, edits, main_loop::Server, page::PageView, position::TextPositions,
    site_index::SiteIndex, uri,
};
use crate::{
    fix::Edit,
    sources::Sources,
    text::{PAGE_ENDINGS_WITH_MDX, Span, glob_of_endings},
};
use record::RecordFile;

/// Globs of the files that are changed together.
pub(super) fn files() -> [String; 2] {
    const OTHERS: [&str; 8] = ["avif", "gif", "jpeg", "jpg", "png", "svg", "webp", "pdf"];
    [&PAGE_ENDINGS_WITH_MDX[..], &OTHERS].map(glob_of_endings)
}

impl Server {
    /// What would be renamed at a place: the text of a heading, or the id or label of a record.
    pub(super) fn prepare_rename(&self, params: &PrepareRenameParams) -> Option<PrepareRenamePlaceholder> {
        let at = &params.text_document_position_params;
        let heading = self
            .page(&at.text_document.uri)
            .and_then(|page| heading::prepare(&page, &page.document(), page.places.offset(at.position)));
        heading.or_else(|| {
            self.with_record_file(at, |file, places, offset| file.prepare(offset, places)).flatten()
        })
    }

    /// The edits that rename the heading or the record at a place.
    pub(super) fn rename(&self, params: &RenameParams) -> Result<WorkspaceEdit, ResponseError> {
        let at = &params.text_document_position_params;
        let name = params.new_name.trim();
        if name.is_empty() || name.contains(char::is_control) {
            return Err(error(ErrorCode::InvalidParams, "a name is one line of text"));
        }
        if let Some(page) = self.page(&at.text_document.uri) {
            let changes = heading::rename(&page, &page.document(), page.places.offset(at.position), name);
            if let Some(changes) = changes {
                return Ok(changes.finish(self, page.index, &page.sources()));
            }
        }
        let renamed = self.with_record_file(at, |file, _, offset| file.rename(self, offset, name)).flatten();
        let nothing = || Err("only headings and records can be renamed here");
        renamed.unwrap_or_else(nothing).map_err(|why| error(ErrorCode::RequestFailed, why))
    }

    /// Does something with an open file of a site, in which records may be named, at an offset.
    fn with_record_file<T>(
        &self,
        at: &TextDocumentPositionParams,
        run: impl FnOnce(&RecordFile<'_>, &TextPositions<'_>, u32) -> T,
    ) -> Option<T> {
        let full = uri::to_path(&at.text_document.uri)?;
        let open = self.documents.get(&full)?;
        let index = self.sites.index_of(&full)?;
        let path = index.relative(&full);
        let sources = index.sources(&path, &open.text, &self.overlay());
        let places = open.places(self.client.encoding);
        let offset = places.offset(at.position);
        Some(run(&RecordFile { index, sources: &sources, path }, &places, offset))
    }
}

/// Changes in several files of a site, each of a text that is known.
#[derive(Default)]
struct Changes(BTreeMap<Arc<Path>, Vec<(Span, String, String)>>);

impl Changes {
    /// Replaces `old`, which is at a place of a file, with `new`.
    fn replace(&mut self, path: &Arc<Path>, span: Span, old: &str, new: impl Into<String>) {
        self.0.entry(Arc::clone(path)).or_default().push((span, old.to_owned(), new.into()));
    }

    /// The edits. Those of a text that is not any more what it was are left out.
    fn finish(self, server: &Server, index: &SiteIndex, sources: &Sources) -> WorkspaceEdit {
        let mut all = Vec::new();
        for (path, changes) in self.0 {
            let source = sources.get(&path);
            let places =
                TextPositions { text: &source.text, lines: &source.lines, encoding: server.client.encoding };
            let holds = |(span, old, _): &(Span, String, String)| {
                source.text.get(span.range()).is_some_and(|text| text == old)
            };
            let mut changes: Vec<_> = changes.into_iter().filter(holds).collect();
            changes.sort_by_key(|(span, ..)| *span);
            changes.dedup();
            let edit = |(span, _, content): (Span, String, String)| {
                edits::text_edit(&places, &Edit { span, content })
            };
            let edits: Vec<TextEdit> = changes.into_iter().map(edit).collect();
            let full = index.project.root.join(&path);
            let version = server.documents.get(&full).map(|open| open.version);
            if !edits.is_empty() {
                all.push((server.documents.uri(&full), version, edits));
            }
        }
        edits::of_documents(all)
    }
}

/// The anchors that a page has, by its own engine; `None` where headings have none.
fn anchors_of(page: &PageView<'_>, document: &crate::document::Document) -> Option<crate::markdown::Anchors> {
    let name = page.path.to_string_lossy();
    let slugs = page.index.config().sites.of(&name).slugs_of(&name, document.collection.as_deref());
    (slugs != crate::text::SlugStyle::None).then(|| document.anchors(slugs))
}
