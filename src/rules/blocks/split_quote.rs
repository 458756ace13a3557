use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{Node, NodeKind},
    rule::Rule,
};

declare_rule! {
    /// A blank line between two quotes
    ///
    /// ## Why
    ///
    /// Some Markdown engines take two quotes with a blank line between them for one, others for two. With a `>` in the
    /// blank line it is one quote everywhere; with a text between, or a comment, it is two.
    ///
    /// ## Bad
    ///
    /// ```md
    /// > The tide turns.
    ///
    /// > And turns again.
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// > The tide turns.
    /// >
    /// > And turns again.
    /// ```
    pub struct SplitQuote {}
    id = "split-quote",
    on = false,
    aliases = &["MD028", "no-blanks-blockquote"],
}

impl Rule for SplitQuote {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for quote in doc.ast.of(NodeKind::BlockQuote).chain(doc.ast.of(NodeKind::Alert)) {
            let Some(next) = quote.next_sibling().filter(|&next| is_quote(next)) else { continue };
            let first = doc.lines.last_line_of(quote.span()) + 1;
            let last = doc.lines.line_of(next.span().start);
            if !(first..last).all(|line| doc.slice(doc.line(line)).trim().is_empty()) {
                continue;
            }
            for line in first..last {
                sink.report(doc.line(line), "blank line between two quotes")
                    .help("put a `>` there to make one quote of them, or something between them");
            }
        }
    }
}

fn is_quote(node: Node<'_>) -> bool {
    matches!(node.kind(), NodeKind::BlockQuote | NodeKind::Alert)
}
