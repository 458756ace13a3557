//! A new text for a heading, and for the anchors in the links to it.

use std::sync::Arc;

use gen_lsp_types::{PrepareRenameParams, PrepareRenamePlaceholder, RenameParams, WorkspaceEdit};
use lsp_server::{ErrorCode, ResponseError};

use super::{Changes, anchors_of};
use crate::{
    markdown::{Anchor, AnchorKind},
    server::{at, dispatch::error, main_loop::Server, navigation::usages::links_to, page::PageView},
    site::urls::encode,
    text::Span,
};

impl Server {
    /// What would be renamed at a place: the text of a heading.
    pub(in crate::server) fn prepare_rename(
        &self,
        params: &PrepareRenameParams,
    ) -> Option<PrepareRenamePlaceholder> {
        let at = &params.text_document_position_params;
        let page = self.page(&at.text_document.uri)?;
        let document = page.document();
        let span = at::heading_at(&document, page.places.offset(at.position))?.content;
        let placeholder = span.of(&document.source).to_owned();
        (!placeholder.contains('\n'))
            .then(|| PrepareRenamePlaceholder { range: page.places.range(span), placeholder })
    }

    /// The edits that rename the heading at a place.
    pub(in crate::server) fn rename(&self, params: &RenameParams) -> Result<WorkspaceEdit, ResponseError> {
        let at = &params.text_document_position_params;
        let refused = |why: &str| error(ErrorCode::RequestFailed, why);
        let name = params.new_name.trim();
        if name.is_empty() || name.contains(['\n', '\r']) {
            return Err(error(ErrorCode::InvalidParams, "a heading is one line of text"));
        }
        let page = self.page(&at.text_document.uri).ok_or_else(|| refused("not a page"))?;
        let document = page.document();
        let heading = at::heading_at(&document, page.places.offset(at.position));
        let heading = heading.ok_or_else(|| refused("only headings can be renamed here"))?;
        let span = heading.content;
        let mut changes = Changes::default();
        changes.replace(&page.path, span, span.of(&document.source), name);
        for (old, new) in moved_anchors(&page, span, name) {
            let site = page.index.site();
            let Some(own) = page.path.to_str().and_then(|path| site.page_at(path)) else { continue };
            for link in links_to(site, own).iter().filter(|link| link.anchor.as_deref() == Some(&*old)) {
                if let Some(fragment) = link.fragment() {
                    let at = link.target.url.find('#').map_or(0, |at| at + 1);
                    changes.replace(&link.from.path, fragment, &link.target.url[at..], encode(&new));
                }
            }
        }
        Ok(changes.finish(self, page.index, &page.sources()))
    }
}

/// The anchors of headings that are others once a text is replaced: the old id and the new one.
fn moved_anchors(page: &PageView<'_>, span: Span, name: &str) -> Vec<(Box<str>, Box<str>)> {
    let text = &page.open.text;
    let renamed: Arc<str> =
        format!("{}{name}{}", &text[..span.start as usize], &text[span.end as usize..]).into();
    let (before, after) = (page.document(), page.index.document(&page.path, &renamed));
    let (Some(before), Some(after)) = (anchors_of(page, &before), anchors_of(page, &after)) else {
        return vec![];
    };
    let ids = |anchors: crate::markdown::Anchors| -> Vec<Box<str>> {
        let of_heading = |anchor: &&Anchor| anchor.kind == AnchorKind::Heading;
        anchors.iter().filter(of_heading).map(|anchor| anchor.id.clone()).collect()
    };
    let (before, after) = (ids(before), ids(after));
    if before.len() != after.len() {
        return vec![];
    }
    before.into_iter().zip(after).filter(|(old, new)| old != new).collect()
}
