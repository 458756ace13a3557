//! Anchors of a page, after the `#` of a link.

use gen_lsp_types::{CompletionItem, CompletionItemKind};

use super::items::{item, known};
use crate::{
    document::Document,
    markdown::{AnchorKind, Anchors},
    server::page::PageView,
    site::urls::{Target, encode},
    text::{SlugStyle, Span},
};

/// The anchors that a destination may name; `path` is what it has before the `#`, and `typed` what is after it.
pub(super) fn items(
    page: &PageView<'_>,
    document: &Document,
    path: &str,
    typed: Span,
) -> Vec<CompletionItem> {
    let site = page.index.site();
    if path.is_empty() {
        let name = page.path.to_string_lossy();
        let slugs = page.index.config().sites.of(&name).slugs_of(&name, document.collection.as_deref());
        if slugs == SlugStyle::None {
            return vec![];
        }
        return of_anchors(page, &document.anchors(slugs), Some(&page.open.text), typed);
    }
    let Some(from) = known(page) else { return vec![] };
    match site.resolve(from, path).on_site() {
        Target::Page(to) => {
            let anchors = site.pages[to.page].anchors.as_ref();
            anchors.map(|anchors| of_anchors(page, anchors, None, typed)).unwrap_or_default()
        }
        _ => vec![],
    }
}

fn of_anchors(
    page: &PageView<'_>,
    anchors: &Anchors,
    text: Option<&str>,
    typed: Span,
) -> Vec<CompletionItem> {
    // Footnotes have anchors that are not linked to by hand.
    let anchors = anchors.iter().filter(|anchor| anchor.kind != AnchorKind::Footnote);
    anchors
        .map(|anchor| CompletionItem {
            detail: text.and_then(|text| text.get(anchor.span.range())).map(str::to_owned),
            ..item(&page.places, &*anchor.id, CompletionItemKind::Reference, typed, encode(&anchor.id))
        })
        .collect()
}
