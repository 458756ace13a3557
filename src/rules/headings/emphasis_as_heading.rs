use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{Node, NodeData, NodeKind},
    rule::Rule,
};

declare_rule! {
    /// Emphasis used as a heading
    ///
    /// ## What it does
    ///
    /// Reports paragraphs that consist only of emphasized text without punctuation at the end.
    ///
    /// ## Why is this bad?
    ///
    /// Such a paragraph looks like a heading but is not one: tables of contents omit it, it has no anchor to link
    /// to, and screen readers do not announce it as a heading.
    ///
    /// ## Example
    ///
    /// ```md
    /// **When the tide turns**
    ///
    /// It turns at noon.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// ## When the tide turns
    ///
    /// It turns at noon.
    ///
    /// **It does so every day.**
    /// ```
    pub struct EmphasisAsHeading {
        /// Punctuation at the end of the text that makes it a sentence rather than a heading.
        punctuation: String = ".,;:!?。，；：！？".to_owned(),
    }
    id = "emphasis-as-heading",
    on = false,
    aliases = &["MD036", "no-emphasis-as-heading"],
}

impl Rule for EmphasisAsHeading {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for paragraph in doc.ast.root().children().filter(|node| node.kind() == NodeKind::Paragraph) {
            let Some(emphasis) = only_emphasis(doc, paragraph) else { continue };
            let Some(text) = only_text(emphasis) else { continue };
            let text = doc.slice(text.span());
            // Text in brackets is usually a remark.
            let is_heading = !text.contains(['[', ']']);
            if is_heading && !text.ends_with(|c| self.punctuation.contains(c)) {
                sink.report(emphasis.span(), "emphasis used instead of a heading")
                    .help("use a heading, or end the sentence with punctuation");
            }
        }
    }
}

/// The emphasis that a paragraph consists of, apart from inline HTML.
fn only_emphasis<'a>(doc: &Document, paragraph: Node<'a>) -> Option<Node<'a>> {
    let is_ignored = |node: &Node<'_>| match node.kind() {
        NodeKind::HtmlInline => true,
        NodeKind::Text => doc.slice(node.span()).trim().is_empty(),
        _ => false,
    };
    let mut inlines = paragraph.children().filter(|node| !is_ignored(node));
    let only = inlines.next().filter(|_| inlines.next().is_none())?;
    matches!(only.kind(), NodeKind::Emphasis | NodeKind::Strong).then_some(only)
}

/// The plain text that a node consists of, without escapes and entities.
fn only_text(node: Node<'_>) -> Option<Node<'_>> {
    let mut inlines = node.children();
    let only = inlines.next().filter(|_| inlines.next().is_none())?;
    matches!(only.data(), NodeData::Text(None)).then_some(only)
}
