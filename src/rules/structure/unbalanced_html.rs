use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{HtmlTag, TagForm, has_components, unbalanced_tags},
    rule::Rule,
    text::{Span, is_mdx},
};

declare_rule! {
    /// Unclosed HTML element
    ///
    /// ## What it does
    ///
    /// Reports opening tags without a closing tag and closing tags without an opening tag. Elements whose end tag may be
    /// omitted, such as `<p>` and `<li>`, are accepted. Pages with components such as `<Note>`, and pages with template tags
    /// that may open or close elements, are not checked.
    ///
    /// ## Why is this bad?
    ///
    /// An unclosed element contains the rest of the page: an unclosed `<details>` hides it. A placeholder such as
    /// `<name>` is parsed as an HTML tag, so the rendered page does not show it.
    ///
    /// ## Example
    ///
    /// ```md
    /// <details>
    /// <summary>Tides</summary>
    ///
    /// High water is at noon.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// <details>
    /// <summary>Tides</summary>
    ///
    /// High water is at noon.
    ///
    /// </details>
    /// ```
    ///
    /// ## References
    ///
    /// - [HTML: Optional tags](https://html.spec.whatwg.org/multipage/syntax.html#optional-tags)
    pub struct UnbalancedHtml {}
    id = "unbalanced-html",
}

impl Rule for UnbalancedHtml {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let tags = doc.html_tags();
        if is_mdx(&doc.path) || doc.ast.has_template_tags(&doc.source) || has_components(tags, &doc.source) {
            return;
        }
        // A template may write an address between angle brackets, or the name of an element.
        let is_made = |tag: &HtmlTag| {
            let name = Span::new(tag.span.start + 1, tag.span.start + 2);
            doc.ast.overlay().is_some_and(|overlay| overlay.island_at(name).is_some())
        };
        for tag in unbalanced_tags(tags).into_iter().filter(|tag| !is_made(tag)) {
            let name = tag.written_name(&doc.source);
            if tag.form == TagForm::Closing {
                sink.report(tag.span, format!("closing tag `</{name}>` without an opening tag"))
                    .help("remove it, or add the opening tag");
            } else {
                sink.report(tag.span, format!("unclosed HTML element `<{name}>`"))
                    .help(format!("add `</{name}>`; a literal `<` is escaped as `\\<`"));
            }
        }
    }
}
