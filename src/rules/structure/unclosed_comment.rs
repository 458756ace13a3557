use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    rule::Rule,
    text::is_mdx,
};

declare_rule! {
    /// Unclosed HTML comment
    ///
    /// ## What it does
    ///
    /// Reports HTML comments that are not closed with `-->`.
    ///
    /// ## Why is this bad?
    ///
    /// A comment at the start of a line hides the rest of the page. A comment inside a paragraph has to end in the same
    /// paragraph; otherwise, it is rendered as text.
    ///
    /// ## Example
    ///
    /// ```md
    /// <!-- ask the pilot --
    ///
    /// The tide turns at noon.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// <!-- ask the pilot -->
    ///
    /// The tide turns at noon.
    /// ```
    ///
    /// ## References
    ///
    /// - [CommonMark: HTML blocks](https://spec.commonmark.org/0.31.2/#html-blocks)
    pub struct UnclosedComment {}
    id = "unclosed-comment",
    severity = Severity::Error,
}

impl Rule for UnclosedComment {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        if is_mdx(&doc.path) {
            return;
        }
        for comment in doc.ast.unclosed_comments(&doc.source) {
            let diagnostic = sink.report(comment.span, "unclosed HTML comment");
            if comment.is_hiding {
                diagnostic.note("hides the text after it").help("add `-->` where the comment ends");
                break;
            }
            diagnostic
                .note("rendered as text")
                .help("add `-->` in the same paragraph, or escape `<` with a backslash");
        }
    }
}
