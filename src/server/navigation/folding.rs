//! What of a page can be folded: front matter and sections.

use gen_lsp_types::{FoldingRange, FoldingRangeKind, FoldingRangeParams};

use super::symbols::sections;
use crate::{document::Document, server::main_loop::Server, text::Span};

impl Server {
    /// The foldable parts of a page.
    pub(in crate::server) fn folding(&self, params: &FoldingRangeParams) -> Option<Vec<FoldingRange>> {
        let page = self.page(&params.text_document.uri)?;
        let document = page.document();
        let block = document.front_matter.as_ref().map(|front_matter| front_matter.block);
        let sections = sections(&document).into_iter().map(|section| section.span);
        let all = block.into_iter().chain(sections);
        Some(all.filter_map(|span| fold(&document, span)).collect())
    }
}

/// The lines of a part without the blank ones at its end; `None` where it has one line.
fn fold(document: &Document, span: Span) -> Option<FoldingRange> {
    let text = span.of(&document.source).trim_end();
    let (start, end) = (span.start, span.start + text.len().saturating_sub(1) as u32);
    let (start_line, end_line) = (document.lines.line_of(start), document.lines.line_of(end));
    (start_line < end_line).then(|| FoldingRange {
        start_line,
        end_line,
        kind: Some(FoldingRangeKind::Region),
        ..FoldingRange::default()
    })
}
