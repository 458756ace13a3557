//! A new text for a heading, and for the anchors in the links to it.

use std::sync::Arc;

use gen_lsp_types::PrepareRenamePlaceholder;

use super::{Changes, anchors_of};
use crate::{
    document::Document,
    markdown::{Anchor, AnchorKind},
    server::{at, navigation::usages::links_to, page::PageView},
    site::urls::encode,
    text::Span,
};

/// The text of the heading at an offset.
pub(super) fn prepare(
    page: &PageView<'_>,
    document: &Document,
    offset: u32,
) -> Option<PrepareRenamePlaceholder> {
    let span = at::heading_at(document, offset)?.content;
    let placeholder = span.of(&document.source).to_owned();
    (!placeholder.contains('\n'))
        .then(|| PrepareRenamePlaceholder { range: page.places.range(span), placeholder })
}

/// The changes that rename the heading at an offset; `None` if there is none.
pub(super) fn rename(page: &PageView<'_>, document: &Document, offset: u32, name: &str) -> Option<Changes> {
    let span = at::heading_at(document, offset)?.content;
    let mut changes = Changes::default();
    changes.replace(&page.path, span, span.of(&document.source), name);
    for (old, new) in moved_anchors(page, span, name) {
        let site = page.index.site();
        let Some(own) = page.path.to_str().and_then(|path| site.page_at(path)) else { continue };
        for link in links_to(site, own).iter().filter(|link| link.anchor.as_deref() == Some(&*old)) {
            if let Some(fragment) = link.fragment() {
                let at = link.target.url.find('#').map_or(0, |at| at + 1);
                changes.replace(&link.from.path, fragment, &link.target.url[at..], encode(&new));
            }
        }
    }
    Some(changes)
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
