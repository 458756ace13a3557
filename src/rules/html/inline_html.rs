use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{Node, NodeKind, TagForm},
    rule::Rule,
    text::Span,
};

declare_rule! {
    /// Inline HTML
    ///
    /// ## What it does
    ///
    /// Reports HTML elements that are not explicitly allowed. HTML comments are accepted.
    ///
    /// ## Why is this bad?
    ///
    /// HTML makes the source harder to read, and not every site renders it. Elements that a site needs can be
    /// allowed.
    ///
    /// ## Example
    ///
    /// ```md
    /// The tide turns <b>at noon</b>.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The tide turns **at noon**. <!-- Ask the harbour office again. -->
    /// ```
    ///
    /// ## References
    ///
    /// - [CommonMark: Raw HTML](https://spec.commonmark.org/0.31.2/#raw-html)
    pub struct InlineHtml {
        /// Allowed elements.
        #[serde(rename = "allowed_elements")]
        allowed_elements: Vec<String> = Vec::new(),
        /// Allowed elements in tables; defaults to `allowed_elements`.
        #[serde(rename = "table_allowed_elements")]
        table_allowed_elements: Option<Vec<String>> = None,
    }
    id = "inline-html",
    on = false,
    aliases = &["MD033", "no-inline-html"],
}

impl Rule for InlineHtml {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let tables: Vec<_> = doc.ast.of(NodeKind::Table).map(Node::span).collect();
        for tag in doc.ast.html_tags_and_samples(&doc.source) {
            if tag.form == TagForm::Closing || !tag.is_inline(&doc.source) {
                continue;
            }
            let next = tables.partition_point(|table| table.end <= tag.span.start);
            let in_table = tables.get(next).is_some_and(|table| table.start <= tag.span.start);
            if !self.allows(&tag.name, in_table) {
                let line_end = doc.line(doc.lines.line_of(tag.span.start)).end;
                let place = Span::new(tag.span.start, tag.span.end.min(line_end));
                sink.report(place, format!("inline HTML element `<{}>`", tag.name))
                    .help(format!("use Markdown, or add `{}` to `allowed_elements`", tag.name));
            }
        }
    }
}

impl InlineHtml {
    fn allows(&self, name: &str, in_table: bool) -> bool {
        let in_tables = self.table_allowed_elements.as_ref().filter(|_| in_table);
        let allowed = in_tables.unwrap_or(&self.allowed_elements);
        allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(name))
    }
}
