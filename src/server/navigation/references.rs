//! From a thing to all that names it.

use gen_lsp_types::{Location, ReferenceParams};

use super::usages::{links_to, record_in, uses_of};
use crate::{
    diagnostic::Label,
    document::Document,
    markdown::{Fragment, NodeData, NodeKind, normalize_label},
    server::{at, completion::known, main_loop::Server, page::PageView, records::record_at, uri},
    site::urls::Target,
};

impl Server {
    /// What names the thing at a place.
    pub(in crate::server) fn references(&self, params: &ReferenceParams) -> Option<Vec<Location>> {
        let at = &params.text_document_position_params;
        let Some(page) = self.page(&at.text_document.uri) else { return self.references_to_data(params) };
        let offset = page.places.offset(at.position);
        let document = page.document();
        let site = page.index.site();
        let entry = at::entry_at(&document, offset);
        let record = entry.and_then(|entry| record_at(&page, &document, &entry, offset));
        let labels = match record.or_else(|| record_in(site, &page.path, offset).map(|name| name.record)) {
            Some(record) => {
                let mut labels = uses_of(site, record);
                labels.extend(record.place("").filter(|_| params.context.include_declaration));
                labels
            }
            None => of_label(&page, &document, offset).or_else(|| of_link(&page, &document, offset))?,
        };
        Some(labels.iter().map(|label| page.location(label)).collect())
    }

    /// What names a record of a data file that is open.
    fn references_to_data(&self, params: &ReferenceParams) -> Option<Vec<Location>> {
        let at = &params.text_document_position_params;
        let path = uri::to_path(&at.text_document.uri)?;
        let open = self.documents.get(&path)?;
        let index = self.sites.index_of(&path)?;
        let offset = open.places(self.client.encoding).offset(at.position);
        let record = record_in(index.site(), &index.relative(&path), offset)?.record;
        let sources = index.sources(&index.relative(&path), &open.text, &self.overlay());
        let converter = index.converter(&sources, self.client.encoding);
        Some(uses_of(index.site(), record).iter().map(|label| converter.location(label)).collect())
    }
}

/// The uses of the link reference definition at an offset.
fn of_label(page: &PageView<'_>, document: &Document, offset: u32) -> Option<Vec<Label>> {
    let definitions = document.ast.definitions().iter();
    let mut own = definitions.filter(|it| it.label.start <= offset && offset <= it.label.end);
    let definition = own.next().or_else(|| at::definition_at(document, offset).map(|(it, _)| it))?;
    let nodes = document.ast.of(NodeKind::Link).chain(document.ast.of(NodeKind::Image));
    let users = nodes.filter(|node| match node.data() {
        NodeData::Link(link) => link
            .label
            .is_some_and(|label| *normalize_label(label.of(&document.source)) == *definition.normalized),
        _ => false,
    });
    Some(users.map(|node| Label::new(&page.path, node.span())).collect())
}

/// The links to the heading at an offset, or to what the link there leads to.
fn of_link(page: &PageView<'_>, document: &Document, offset: u32) -> Option<Vec<Label>> {
    let site = page.index.site();
    let from = known(page)?;
    let own = page.path.to_str().and_then(|path| site.page_at(path))?;
    let named = if let Some(target) = at::target_at(document, offset) {
        match target.url.strip_prefix('#').map(Fragment::parse) {
            Some(Fragment::Id(id)) => Some((own, Some(Box::from(&*id)))),
            _ => match site.resolve(from, &target.url).on_site() {
                Target::Page(to) => Some((to.page, to.anchor.clone())),
                _ => None,
            },
        }
    } else {
        let span = at::heading_at(document, offset)?.span();
        let mut anchors = from.anchors.as_ref()?.iter();
        let anchor = anchors.find(|anchor| span.contains(anchor.span))?;
        Some((own, Some(anchor.id.clone())))
    };
    let (to, anchor) = named?;
    let links = links_to(site, to).into_iter().filter(|link| anchor.is_none() || link.anchor == anchor);
    Some(links.map(|link| Label::new(&link.from.path, link.target.owner)).collect())
}
