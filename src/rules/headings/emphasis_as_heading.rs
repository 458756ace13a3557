use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{Node, NodeData, NodeKind},
    rule::Rule,
};

declare_rule! {
    /// A paragraph that is just emphasis stands for a heading
    ///
    /// ## Why
    ///
    /// It looks like a heading but is none: no table of contents lists it, no link leads to it, and readers who listen to
    /// the page pass over it.
    ///
    /// ## Bad
    ///
    /// ```md
    /// **When the tide turns**
    ///
    /// It turns at noon.
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// ## When the tide turns
    ///
    /// It turns at noon.
    ///
    /// **It does so every day.**
    /// ```
    pub struct EmphasisAsHeading {
        /// The marks that show that the text is a sentence.
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
            // In brackets it is a remark.
            let is_heading = !text.contains(['[', ']']);
            if is_heading && !text.ends_with(|c| self.punctuation.contains(c)) {
                sink.report(emphasis.span(), "this paragraph is just emphasis, like a heading")
                    .help("make it a heading, or end it as a sentence");
            }
        }
    }
}

/// The emphasis that is all there is in a paragraph, but for HTML.
fn only_emphasis<'a>(doc: &Document, paragraph: Node<'a>) -> Option<Node<'a>> {
    let is_nothing = |node: &Node<'_>| match node.kind() {
        NodeKind::HtmlInline => true,
        NodeKind::Text => doc.slice(node.span()).trim().is_empty(),
        _ => false,
    };
    let mut inlines = paragraph.children().filter(|node| !is_nothing(node));
    let only = inlines.next().filter(|_| inlines.next().is_none())?;
    matches!(only.kind(), NodeKind::Emphasis | NodeKind::Strong).then_some(only)
}

/// The text that is all there is in a node: without escapes and entities, which no heading needs emphasis for.
fn only_text(node: Node<'_>) -> Option<Node<'_>> {
    let mut inlines = node.children();
    let only = inlines.next().filter(|_| inlines.next().is_none())?;
    matches!(only.data(), NodeData::Text(None)).then_some(only)
}
