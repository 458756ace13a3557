use super::{containers, python_markdown};
use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{DialectName, Island, IslandKind, LinkKind, Node, NodeKind, Overlay},
    rule::Rule,
    text::Span,
};

declare_rule! {
    /// Construct of the dialect that fails silently
    ///
    /// ## What it does
    ///
    /// Reports constructs that the site's generator reads differently from how they look, without an error:
    ///
    /// - a container, such as `:::note`, that is not closed and contains the rest of the page;
    /// - a line of colons in a code block that closes the container around the block;
    /// - a space between the colons and the name of a container, which is text then (Docusaurus and Starlight);
    /// - a template, such as `{{ name`, that extends over paragraphs to the next `}}` (Liquid);
    /// - `${{ name }}` in code, of which only the `$` is shown (Liquid and Nunjucks);
    /// - an id after a heading, `{#id}`, that starts a comment (Nunjucks);
    /// - a template that is not closed in its paragraph (VitePress);
    /// - a code fence with more than one word after it, which is text (kramdown);
    /// - a code fence with options other than `key="value"`, an admonition with text after its title, and a tab whose
    ///   title has no double quotes, which are text (MkDocs);
    /// - an autolink, `<https://…>`, which is a syntax error (MDX).
    ///
    /// Each kind is reported only where the dialect of the page is known to have it.
    ///
    /// ## Why is this bad?
    ///
    /// The generator reports nothing, and a part of the page is missing or looks different.
    ///
    /// ## Example
    ///
    /// ```text
    /// :::note
    ///
    /// The pier is closed in winter.
    ///
    /// ## Tides
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```text
    /// :::note
    ///
    /// The pier is closed in winter.
    ///
    /// :::
    ///
    /// ## Tides
    /// ```
    pub struct DialectSyntax {}
    id = "dialect-syntax",
}

impl Rule for DialectSyntax {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        if doc.dialect.has(DialectName::Directives) {
            containers::check(doc, sink);
        }
        let is_nunjucks = doc.dialect.has(DialectName::Nunjucks);
        let is_liquid = doc.dialect.has(DialectName::Liquid);
        if is_nunjucks || is_liquid {
            expressions_in_code(doc, sink);
        }
        if is_liquid {
            long_outputs(doc, sink);
        }
        if is_nunjucks {
            ids_of_headings(doc, sink);
        }
        if doc.dialect.has(DialectName::Kramdown) {
            fences_with_words(doc, sink);
        }
        if doc.dialect.has(DialectName::Admonitions) {
            python_markdown::check_heads(doc, sink);
            python_markdown::check_fences(doc, sink);
        }
        if doc.dialect.has(DialectName::Mdx) {
            autolinks(doc, sink);
        }
        if doc.dialect.has(DialectName::Vitepress) {
            unclosed_interpolations(doc, sink);
        }
    }
}

/// The values that templates show.
fn outputs(doc: &Document) -> impl Iterator<Item = &Island> {
    let islands = doc.ast.overlay().map_or(&[][..], Overlay::islands).iter();
    islands.filter(|island| island.kind == IslandKind::Output)
}

fn expressions_in_code(doc: &Document, sink: &mut Sink<'_>) {
    let code: Vec<Span> = doc.ast.of(NodeKind::CodeBlock).map(Node::span).collect();
    for island in outputs(doc) {
        let block = code.partition_point(|block| block.end <= island.span.start);
        let is_in_code = code.get(block).is_some_and(|block| block.contains(island.span));
        let Some(dollar) = island.span.start.checked_sub(1).filter(|_| is_in_code) else { continue };
        if doc.source.as_bytes()[dollar as usize] == b'$' {
            sink.report(Span::new(dollar, island.span.end), "expression is evaluated as a template")
                .help("put `{% raw %}` before the code block and `{% endraw %}` after it");
        }
    }
}

fn long_outputs(doc: &Document, sink: &mut Sink<'_>) {
    for island in outputs(doc) {
        let text = doc.slice(island.span);
        let inner = text.strip_prefix("{{").unwrap_or(text);
        let is_over_paragraphs = inner.contains("\n\n") || inner.contains("\r\n\r\n");
        if is_over_paragraphs || has_outside_strings(inner, "{{") {
            let opening = Span::new(island.span.start, island.span.start + 2);
            sink.report(opening, "template extends to the `}}` of another one").help("close it with `}}`");
        }
    }
}

/// Whether a template has a mark that is not in one of its strings.
fn has_outside_strings(template: &str, mark: &str) -> bool {
    let mut quote = None;
    template.char_indices().any(|(at, c)| {
        match quote {
            Some(open) if open == c => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            _ => {}
        }
        quote.is_none() && template[at..].starts_with(mark)
    })
}

fn ids_of_headings(doc: &Document, sink: &mut Sink<'_>) {
    for heading in doc.ast.headings() {
        let text = doc.slice(heading.content);
        let Some(open) = text.rfind("{#") else { continue };
        let id = &text[open + 2..];
        let is_id = id.split('}').next().is_some_and(|id| !id.is_empty() && !id.contains(['#', ' ']));
        if is_id && id.contains('}') {
            let start = heading.content.start + open as u32;
            sink.report(Span::new(start, start + 2), "`{#` starts a comment")
                .help("put a space between `{` and `#`");
        }
    }
}

fn fences_with_words(doc: &Document, sink: &mut Sink<'_>) {
    for fence in doc.ast.code_blocks().filter_map(|block| block.fence) {
        // A tag of a template shows nothing.
        let has_words = fence.info.of(doc.ast.text(&doc.source)).trim().contains([' ', '\t']);
        if has_words && doc.slice(fence.opening).starts_with('`') {
            sink.report(fence.info, "code fence with more than one word is text")
                .help("remove everything after the language");
        }
    }
}

fn autolinks(doc: &Document, sink: &mut Sink<'_>) {
    for link in doc.ast.links().filter(|link| link.kind == LinkKind::Autolink) {
        sink.report(link.span(), "MDX has no autolinks").help("use `[text](url)`");
    }
}

fn unclosed_interpolations(doc: &Document, sink: &mut Sink<'_>) {
    // In an element with `v-pre` it is text.
    if doc.source.contains("v-pre") {
        return;
    }
    // A block and the last place in it that closes one: it may have as many texts as it is long.
    let mut last = (Span::empty(0), None);
    for text in doc.ast.of(NodeKind::Text) {
        let Some(open) = doc.slice(text.span()).rfind("{{") else { continue };
        let start = text.span().start + open as u32;
        let block = text.ancestors().find(|node| !node.kind().is_inline()).map_or(text.span(), Node::span);
        if block != last.0 {
            last = (block, doc.slice(block).rfind("}}").map(|at| block.start + at as u32));
        }
        if last.1.is_none_or(|close| close < start) {
            sink.report(Span::new(start, start + 2), "template is not closed").help("close it with `}}`");
        }
    }
}
