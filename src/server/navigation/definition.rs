//! From a name to what it names.

use gen_lsp_types::{DefinitionParams, Location};

use crate::{
    diagnostic::Label,
    document::Document,
    markdown::Fragment,
    server::{at, completion::known, main_loop::Server, page::PageView, records::record_at, uri},
    site::urls::Target,
    text::Span,
};

impl Server {
    /// Where the thing at a place is declared.
    pub(in crate::server) fn definition(&self, params: &DefinitionParams) -> Option<Location> {
        let at = &params.text_document_position_params;
        let page = self.page(&at.text_document.uri)?;
        let offset = page.places.offset(at.position);
        let document = page.document();
        let record = || {
            let entry = at::entry_at(&document, offset)?;
            record_at(&page, &document, &entry, offset)?.place("")
        };
        let label = record().or_else(|| {
            let (definition, _) = at::definition_at(&document, offset)?;
            Some(Label::new(&page.path, definition.span))
        });
        match label {
            Some(label) => Some(page.location(&label)),
            None => link_target(&page, &document, offset),
        }
    }
}

/// Where the link at an offset leads.
fn link_target(page: &PageView<'_>, document: &Document, offset: u32) -> Option<Location> {
    let target = at::target_at(document, offset)?;
    let site = page.index.site();
    let own = || {
        let Fragment::Id(id) = Fragment::parse(target.url.strip_prefix('#')?) else { return None };
        let name = page.path.to_string_lossy();
        let slugs = page.index.config().sites.of(&name).slugs_of(&name, document.collection.as_deref());
        let anchors = document.anchors(slugs);
        Some(Label::new(&page.path, anchors.get(&id)?.span))
    };
    if let Some(label) = own() {
        return Some(page.location(&label));
    }
    match site.resolve(known(page)?, &target.url).on_site() {
        Target::Page(to) => {
            let other = &site.pages[to.page];
            let anchor = to.anchor.as_ref().and_then(|id| other.anchors.as_ref()?.get(id));
            let span = anchor.map_or(Span::empty(0), |anchor| anchor.span);
            Some(page.location(&Label::new(&other.path, span)))
        }
        Target::File { path, .. } => {
            let full = page.index.project.root.join(&**path);
            Some(Location { uri: uri::of_path(&full), range: gen_lsp_types::Range::default() })
        }
        _ => None,
    }
}
