//! The headings of a page as its outline.

use gen_lsp_types::{DocumentSymbol, DocumentSymbolParams, SymbolKind};

use crate::{
    document::Document,
    server::{main_loop::Server, position::TextPositions},
    text::Span,
};

/// The longest name of a heading, in characters.
const MAX_CHARS: usize = 200;

/// A heading and what is below it.
pub(super) struct Section {
    /// 1 to 6.
    pub(super) level: u8,
    /// The heading.
    pub(super) heading: Span,
    /// From the heading to the next one that is not below it.
    pub(super) span: Span,
    name: String,
}

/// The sections of a page in source order.
pub(super) fn sections(document: &Document) -> Vec<Section> {
    let headings: Vec<_> = document.ast.headings().collect();
    let mut sections: Vec<Section> = Vec::with_capacity(headings.len());
    // Sections that are not ended yet, as places in the list.
    let mut open: Vec<usize> = Vec::new();
    for heading in headings {
        let (level, span) = (heading.level, heading.span());
        while let Some(last) = open.pop_if(|last| sections[*last].level >= level) {
            sections[last].span.end = span.start;
        }
        open.push(sections.len());
        let text = heading.written_text(&document.source);
        let name: String = text.chars().filter(|c| !c.is_control()).take(MAX_CHARS).collect();
        let name = if name.trim().is_empty() { "#".repeat(level.into()) } else { name };
        sections.push(Section { level, heading: span, span, name });
    }
    for last in open {
        sections[last].span.end = document.lines.text_len();
    }
    sections
}

impl Server {
    /// The outline of a page.
    pub(in crate::server) fn symbols(&self, params: &DocumentSymbolParams) -> Option<Vec<DocumentSymbol>> {
        let page = self.page(&params.text_document.uri)?;
        let sections = sections(&page.document());
        let mut rest = &sections[..];
        let mut all = Vec::new();
        while !rest.is_empty() {
            all.push(tree(&mut rest, &page.places));
        }
        if self.client.nests_symbols {
            return Some(all);
        }
        let mut flat = Vec::new();
        flatten(all, &mut flat);
        Some(flat)
    }
}

/// The first section with those below it. There are at most six levels.
fn tree(rest: &mut &[Section], places: &TextPositions<'_>) -> DocumentSymbol {
    let (section, mut below) = rest.split_first().expect("there is a section");
    let mut children = Vec::new();
    while below.first().is_some_and(|next| next.level > section.level) {
        children.push(tree(&mut below, places));
    }
    *rest = below;
    #[expect(deprecated, reason = "the type has the field still")]
    DocumentSymbol {
        name: section.name.clone(),
        detail: None,
        kind: SymbolKind::String,
        tags: None,
        deprecated: None,
        range: places.range(section.span),
        selection_range: places.range(section.heading),
        children: Some(children),
    }
}

/// All symbols without any below another one, for clients that show lists alone.
fn flatten(symbols: Vec<DocumentSymbol>, flat: &mut Vec<DocumentSymbol>) {
    for mut symbol in symbols {
        let children = symbol.children.take().unwrap_or_default();
        flat.push(symbol);
        flatten(children, flat);
    }
}
