//! New names for headings and files, and for the links to them.

mod files;
mod heading;

use std::{collections::BTreeMap, path::Path, sync::Arc};

use gen_lsp_types::{TextEdit, WorkspaceEdit};

use super::{edits, main_loop::Server, page::PageView, position::TextPositions, site_index::SiteIndex};
use crate::{fix::Edit, sources::Sources, text::Span};

/// The files that are changed together.
pub(super) const FILES: [&str; 2] =
    ["**/*.{md,markdown,mkd,mdown,mdx}", "**/*.{avif,gif,jpeg,jpg,png,svg,webp,pdf}"];

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
