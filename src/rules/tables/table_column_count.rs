use crate::{declare_rule, diagnostic::Sink, document::Document, rule::Rule, text::Span};

declare_rule! {
    /// A row of a table has more or fewer cells than its header
    ///
    /// ## Why
    ///
    /// Cells beyond the last column are not shown: readers lose what is in them. A row with too few ends in empty cells.
    /// Often a pipe is missing, or one in a text or in code is not escaped: within a table it is written `\|`.
    ///
    /// ## Bad
    ///
    /// ```md
    /// | Tide | Time  |
    /// | ---- | ----- |
    /// | High | 12:40 | full moon |
    /// | Low  |
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// | Tide        | Time  |
    /// | ----------- | ----- |
    /// | High        | 12:40 |
    /// | Low \| neap |       |
    /// ```
    pub struct TableColumnCount {}
    id = "table-column-count",
    aliases = &["MD056"],
}

impl Rule for TableColumnCount {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for table in doc.ast.tables() {
            let columns = table.alignments.len();
            for line in table.lines(&doc.source) {
                let count = line.cells().count();
                if let Some(surplus) = line.cells().nth(columns) {
                    let place = Span::new(surplus.start, line.span.end);
                    sink.report(place, format!("{}, but the table has {columns}", cells(count)))
                        .note("not shown")
                        .help("add a column, or escape the pipes that are text: `\\|`");
                } else if count < columns {
                    let last = Span::new(line.span.end - 1, line.span.end).fit(&doc.source);
                    sink.report(last, format!("{}, but the table has {columns}", cells(count)))
                        .help("add the cells that are missing");
                }
            }
        }
    }
}

fn cells(count: usize) -> String {
    match count {
        1 => "one cell in this row".to_owned(),
        _ => format!("{count} cells in this row"),
    }
}
