//! The tree of a page in each dialect.

use std::{path::Path, sync::Arc};

use copydesk::internals::{
    document::Document,
    front_matter::FrontMatter,
    markdown::{Dialect, DialectName, Rendering, View},
};

use crate::{invariants, require_span, text};

/// The dialects that sites have.
const DIALECTS: [&[DialectName]; 8] = [
    &[DialectName::Liquid, DialectName::Kramdown],
    &[DialectName::Nunjucks, DialectName::Math, DialectName::TexMath],
    &[DialectName::Hugo, DialectName::Math],
    &[DialectName::Mdbook, DialectName::Gfm],
    &[DialectName::Vitepress, DialectName::MathBlocks],
    &[DialectName::Mdx, DialectName::Directives],
    &[DialectName::Mkdocs, DialectName::Templates],
    &[DialectName::Obsidian],
];

/// Every span is in the text, islands do not overlap, and the text that the parser reads has the length and the lines of
/// the page.
///
/// The length of the text decides which dialect.
pub fn run(bytes: &[u8]) {
    let source = text(bytes);
    let dialect = Dialect::named(DIALECTS[source.len() % DIALECTS.len()].iter().copied());
    let path: Arc<Path> = Arc::from(Path::new("page.md"));
    let document = Document::parse_in(dialect, &path, &*source, &[]);
    let failures = invariants::check_bounds(&document.ast, &source);
    assert!(failures.is_empty(), "{failures:#?}");
    if let Some(overlay) = document.ast.overlay() {
        let breaks = |text: &str| text.match_indices('\n').map(|(at, _)| at).collect::<Vec<_>>();
        assert_eq!(overlay.text().len(), source.len());
        assert_eq!(breaks(overlay.text()), breaks(&source));
        let mut end = 0;
        for island in overlay.islands() {
            require_span(island.span, &source, island);
            assert!(island.span.start >= end, "{island:?}");
            end = island.span.end;
        }
    }
    for target in document.targets() {
        require_span(target.span, &source, target);
    }
    for (comment, inner) in document.ast.dialect_comments(&source) {
        require_span(comment, &source, &comment);
        assert!(comment.contains(inner), "{comment:?} {inner:?}");
    }
    let _ = document.words();
    let body = FrontMatter::parse(&source).1;
    let rendering = Rendering::of(&source, body, dialect);
    assert!(rendering.equals(&Rendering::of(&source, body, dialect), View::Whole));
}
