use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{Node, NodeKind},
    rule::Rule,
};

declare_rule! {
    /// Blank line inside a block quote
    ///
    /// ## What it does
    ///
    /// Reports blank lines between two block quotes with nothing else between them.
    ///
    /// ## Why is this bad?
    ///
    /// Markdown parsers disagree about them: some see one block quote, others two. A blank line that starts with
    /// `>` makes it one block quote everywhere; other content or an HTML comment between them makes it two.
    ///
    /// ## Example
    ///
    /// ```md
    /// > The tide turns.
    ///
    /// > And turns again.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// > The tide turns.
    /// >
    /// > And turns again.
    /// ```
    ///
    /// ## References
    ///
    /// - [CommonMark: Block quotes](https://spec.commonmark.org/0.31.2/#block-quotes)
    pub struct BlankLineInBlockquote {
        /// Also report blank lines next to alerts, such as `[!NOTE]`. Two alerts cannot be joined.
        alerts: bool = true,
    }
    id = "blank-line-in-blockquote",
    on = false,
    aliases = &["MD028", "no-blanks-blockquote"],
}

impl Rule for BlankLineInBlockquote {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for quote in doc.ast.of(NodeKind::BlockQuote).chain(doc.ast.of(NodeKind::Alert)) {
            let Some(next) = quote.next_sibling().filter(|&next| is_quote(next)) else { continue };
            if !self.alerts && [quote, next].iter().any(|it| it.kind() == NodeKind::Alert) {
                continue;
            }
            let first = doc.lines.last_line_of(quote.span()) + 1;
            let last = doc.lines.line_of(next.span().start);
            if !(first..last).all(|line| doc.slice(doc.line(line)).trim().is_empty()) {
                continue;
            }
            for line in first..last {
                sink.report(doc.line(line), "blank line splits a block quote")
                    .help("add `>` to join the block quotes, or separate them with other content");
            }
        }
    }
}

fn is_quote(node: Node<'_>) -> bool {
    matches!(node.kind(), NodeKind::BlockQuote | NodeKind::Alert)
}
