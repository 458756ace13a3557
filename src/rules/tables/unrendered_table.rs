use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{Engine, TextTableKind},
    rule::Rule,
    text::quantity,
};

declare_rule! {
    /// Text that looks like a table
    ///
    /// ## What it does
    ///
    /// Reports lines with pipes that are not parsed as a table: a table without a delimiter row or with a delimiter row of
    /// another length than the header, and rows that a blank line separates from their table. In kramdown, which
    /// needs no delimiter row, only delimiter rows are checked.
    ///
    /// ## Why is this bad?
    ///
    /// The lines are rendered as a paragraph with literal pipes.
    ///
    /// ## Example
    ///
    /// ```md
    /// | Tide | Time  |
    /// | High | 12:40 |
    /// | Low  | 18:55 |
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// | Tide | Time  |
    /// | ---- | ----- |
    /// | High | 12:40 |
    /// | Low  | 18:55 |
    /// ```
    ///
    /// ## References
    ///
    /// - [GitHub Flavored Markdown: Tables](https://github.github.com/gfm/#tables-extension-)
    pub struct UnrenderedTable {}
    id = "unrendered-table",
}

impl Rule for UnrenderedTable {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let is_kramdown = doc.dialect.engine() == Engine::Kramdown;
        for table in doc.ast.text_tables(doc.ast.text(&doc.source)) {
            let (message, help) = match table.kind {
                TextTableKind::NoDelimiterRow
                | TextTableKind::NoHeaderRow
                | TextTableKind::AfterBlankLine
                    if is_kramdown =>
                {
                    continue;
                }
                TextTableKind::NoDelimiterRow => (
                    "table without a delimiter row",
                    "add a row such as `| --- | --- |` below the header".into(),
                ),
                TextTableKind::NoHeaderRow => {
                    ("table without a header row", "add a header row directly above the delimiter row".into())
                }
                TextTableKind::Columns { header, delimiter } => {
                    let found = quantity(delimiter, "cell");
                    let help =
                        format!("the header has {}, the delimiter row {found}", quantity(header, "cell"));
                    ("delimiter row does not match the header row", help)
                }
                TextTableKind::Characters => (
                    "invalid delimiter row",
                    "use `-`, with `:` for the alignment and `|` between cells".into(),
                ),
                TextTableKind::AfterBlankLine => {
                    ("table row after a blank line", "remove the blank line between it and its table".into())
                }
            };
            sink.report(table.span, message).note("rendered as text").help(help);
        }
    }
}
