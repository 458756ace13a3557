use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{Engine, has_components},
    rule::Rule,
};

declare_rule! {
    /// Markdown in an HTML block
    ///
    /// ## What it does
    ///
    /// Reports strong emphasis, code spans, links, headings, lists and tables in HTML blocks, up to the next blank line. Elements with
    /// an attribute `markdown` are accepted, as are pages with components such as `<Note>`.
    ///
    /// ## Why is this bad?
    ///
    /// The content of an HTML block is not parsed as Markdown: asterisks, backticks and brackets are rendered literally.
    /// After a blank line, Markdown is parsed again.
    ///
    /// ## Example
    ///
    /// ```md
    /// <div class="note">
    /// The tide turns **at noon**.
    /// </div>
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// <div class="note">
    ///
    /// The tide turns **at noon**.
    ///
    /// </div>
    /// ```
    ///
    /// ## References
    ///
    /// - [CommonMark: HTML blocks](https://spec.commonmark.org/0.31.2/#html-blocks)
    pub struct MarkdownInHtml {}
    id = "markdown-in-html",
}

impl Rule for MarkdownInHtml {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        if doc.dialect.reads_markdown_in_html() || has_components(doc.html_tags(), &doc.source) {
            return;
        }
        let help = match doc.dialect.engine() {
            Engine::CommonMark => "put a blank line before the Markdown, or use HTML",
            _ => "add the attribute `markdown=\"1\"` to the element, or use HTML",
        };
        // After a closing tag and after `<hr>`, Python-Markdown reads Markdown again.
        let is_read_after = doc.dialect.engine() == Engine::PythonMarkdown;
        for raw in doc.ast.raw_markdown(doc.ast.text(&doc.source), doc.html_tags()) {
            let tag = doc.slice(raw.tag);
            if is_read_after && (tag.starts_with("</") || is_rule(tag)) {
                continue;
            }
            sink.report(raw.span, "Markdown in an HTML block")
                .note("rendered literally")
                .label(raw.tag, "the block begins here")
                .help(help);
        }
    }
}

/// Whether a tag is `<hr>`, the only element on lines of its own that has no content.
fn is_rule(tag: &str) -> bool {
    let name = tag.trim_start_matches('<').trim_end_matches(['>', '/']);
    name.split_ascii_whitespace().next().is_some_and(|name| name.eq_ignore_ascii_case("hr"))
}
