use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{IslandKind, Node, NodeKind, unknown_alert_type},
    rule::Rule,
};

declare_rule! {
    /// Unknown alert type
    ///
    /// ## What it does
    ///
    /// Reports alerts whose type GitHub does not have. It has `NOTE`, `TIP`, `IMPORTANT`, `WARNING` and `CAUTION`, in
    /// upper or lower case.
    ///
    /// The rule applies where alerts have these types and no others: on sites without a generator, and where the dialect
    /// in the config has `alerts`.
    ///
    /// ## Why is this bad?
    ///
    /// An alert of another type is an ordinary block quote that begins with the text `[!INFO]`.
    ///
    /// ## Example
    ///
    /// ```md
    /// > [!INFO]
    /// > The pier is closed in winter.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// > [!NOTE]
    /// > The pier is closed in winter.
    /// ```
    ///
    /// ## References
    ///
    /// - [GitHub: Alerts](https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#alerts)
    pub struct UnknownAlertType {}
    id = "unknown-alert-type",
}

impl Rule for UnknownAlertType {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let Some(overlay) = doc.ast.overlay().filter(|_| doc.dialect.has_alerts_of_github()) else { return };
        for quote in doc.ast.of(NodeKind::BlockQuote) {
            let first = quote.children().next().filter(|block| block.kind() == NodeKind::Paragraph);
            let Some(start) = first.and_then(|block| block.children().next()).map(Node::span) else {
                continue;
            };
            let marker = overlay.island_at(start).filter(|island| island.span.start == start.start);
            let marker = marker.filter(|island| island.kind == IslandKind::AlertMarker);
            if let Some(name) = marker.and_then(|island| unknown_alert_type(island.span, &doc.source)) {
                sink.report(name, format!("unknown alert type `{}`", doc.slice(name)))
                    .help("use `NOTE`, `TIP`, `IMPORTANT`, `WARNING` or `CAUTION`");
            }
        }
    }
}
