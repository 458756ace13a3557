use super::{containers, mdx_syntax, python_markdown, template_syntax};
use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{DialectName, Engine, NodeKind},
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
    /// - a line of colons that closes no container, because an inner container with as many colons was closed together
    ///   with the outer one;
    /// - a space between the colons and the name of a container, which is text then (Docusaurus and Starlight), and a
    ///   title that is not in brackets (Starlight);
    /// - a template, such as `{{ name` or `{% if name`, that extends to the end of another one (Liquid);
    /// - `${{ name }}` in code, of which only the `$` is shown (Liquid, Nunjucks, and in code spans VitePress);
    /// - an expression in code that no Liquid can evaluate, such as `{{ .Values.name }}` or `{{ color: 'red' }}`, and
    ///   that is not shown (Liquid);
    /// - an id, `{#id}`, that starts a comment (Nunjucks);
    /// - a template that is not closed in its paragraph (VitePress), a shortcode (Hugo) or a template (Jekyll) that is not
    ///   closed before the next one, which stops the build;
    /// - a variable of Jekyll in a URL, such as `{{ site.baseurl }}/tides`, which is not evaluated (Hugo);
    /// - a code fence with more than one word after it, which is text (kramdown);
    /// - a code fence with options other than `key="value"`, an admonition with text after its title, a tab whose title
    ///   has no double quotes, a snippet without double quotes, and a list directly below a paragraph, which are text;
    ///   a block of snippets without an end, which hides the rest of the page; and a container whose body is not indented
    ///   by four spaces, and which is empty; an admonition type that is a letter away from a usual one (MkDocs);
    /// - a comment, `%%`, that is not closed and contains the rest of the page (Obsidian);
    /// - an autolink `<https://…>`, an element such as `<br>` or `<Tabs>` that is not closed, a closing tag without an
    ///   opening tag, a `{` that is not closed, and a `<` before a digit or a sign, which are syntax errors (MDX).
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
        // The attributes of a component in MDC may take several lines, of which only the first begins with colons.
        if doc.dialect.has(DialectName::Directives) && !doc.dialect.has(DialectName::Mdc) {
            containers::check(doc, sink);
        }
        template_syntax::check(doc, sink);
        text_fences(doc, sink);
        if doc.dialect.has(DialectName::Admonitions) {
            python_markdown::check(doc, sink);
        }
        if doc.dialect.has(DialectName::Mdx) {
            mdx_syntax::check(doc, sink);
        }
        if doc.dialect.has(DialectName::PercentComments) {
            unclosed_comments(doc, sink);
        }
    }
}

/// Reports code fences with text after them that makes text of the fence.
fn text_fences(doc: &Document, sink: &mut Sink<'_>) {
    // A program of the site may take the options.
    if doc.is_preprocessed {
        return;
    }
    let (message, help) = match doc.dialect.engine() {
        Engine::CommonMark => return,
        Engine::Kramdown => {
            ("code fence with more than one word is text", "remove everything after the language")
        }
        Engine::PythonMarkdown => (
            "code fence with options that are not `key=\"value\"` is text",
            "put the values in double quotes, and nothing else after the language",
        ),
    };
    for fence in doc.ast.code_blocks().filter_map(|block| block.fence) {
        // A tag of a template shows nothing.
        let info = fence.info.of(doc.ast.text(&doc.source));
        let marker = doc.slice(fence.opening).chars().next().unwrap_or_default();
        if !doc.dialect.has_fence_with(marker, info) {
            sink.report(fence.info, message).help(help);
        }
    }
}

fn unclosed_comments(doc: &Document, sink: &mut Sink<'_>) {
    for paragraph in doc.ast.of(NodeKind::Paragraph) {
        let start = paragraph.span().start;
        let is_text = paragraph.children().next().is_some_and(|it| it.kind() == NodeKind::Text);
        if is_text && doc.slice(paragraph.span()).starts_with("%%") {
            sink.report(Span::new(start, start + 2), "comment is not closed").help("close it with `%%`");
        }
    }
}
