//! The Markdown tree and what is asked of it.

use copydesk::{
    internals::{
        document::Document,
        markdown::{Dialect, Rendering, View},
    },
    text::SlugStyle,
};

use crate::{invariants, require_span, text};

/// Every span is in the text, in its parent, after its sibling; every fact about links, tags, anchors, words and
/// lines is in the text; and what readers get can be made.
pub fn run(bytes: &[u8]) {
    let source = text(bytes);
    let path = std::sync::Arc::from(std::path::Path::new("page.md"));
    let document = Document::parse(&path, &*source, &[]);
    let failures = invariants::check_bounds(&document.ast, &source);
    assert!(failures.is_empty(), "{failures:#?}");
    let body = document.ast.root().span();
    let failures = invariants::check_facts(&document.ast, &source);
    assert!(failures.is_empty(), "{failures:#?}");
    for target in document.targets() {
        require_span(target.span, &source, target);
    }
    for style in [SlugStyle::Gitlab, SlugStyle::Mkdocs, SlugStyle::Mdbook, SlugStyle::Docusaurus] {
        document.anchors(style).iter().for_each(|it| require_span(it.span, &source, it));
    }
    for line in 0..document.lines.line_count() {
        let _ = document.line_kind(line);
        require_span(document.lines.line_span(&source, line), &source, &line);
    }
    let _ = (document.words(), document.phrases());
    let rendering = Rendering::of(&source, body.start, Dialect::UNKNOWN);
    assert!(rendering.equals(&Rendering::of(&source, body.start, Dialect::UNKNOWN), View::Whole));
}
