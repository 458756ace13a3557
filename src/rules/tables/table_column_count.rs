use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    rule::Rule,
    rules::tables::joins_rows,
    text::{Span, quantity},
};

declare_rule! {
    /// Table row with too many or too few cells
    ///
    /// ## What it does
    ///
    /// Reports table rows whose number of cells differs from that of the header.
    ///
    /// ## Why is this bad?
    ///
    /// Surplus cells are not rendered, so their content is lost; rows with too few cells end in empty ones.
    /// The cause is often a missing pipe, or a literal pipe that is not escaped as `\|`.
    ///
    /// If only the last cell is missing, it was probably meant to be empty, and the row is rendered as intended. This
    /// is reported as `info`.
    ///
    /// ## Example
    ///
    /// ```md
    /// | Tide | Time  |
    /// | ---- | ----- |
    /// | High | 12:40 | full moon |
    /// | Low  |
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// | Tide        | Time  |
    /// | ----------- | ----- |
    /// | High        | 12:40 |
    /// | Low \| neap |       |
    /// ```
    ///
    /// ## References
    ///
    /// - [GitHub Flavored Markdown: Tables](https://github.github.com/gfm/#tables-extension-)
    pub struct TableColumnCount {}
    id = "table-column-count",
    aliases = &["MD056"],
}

impl Rule for TableColumnCount {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for table in doc.ast.tables().filter(|table| !joins_rows(doc, table.span())) {
            let columns = table.alignments.len();
            for line in table.lines(&doc.source) {
                if follows_table(doc.slice(line.span)) {
                    continue;
                }
                let count = line.cells().count();
                if let Some(surplus) = line.cells().nth(columns) {
                    let place = Span::new(surplus.start, line.span.end);
                    sink.report(place, message(count, columns))
                        .note("not rendered")
                        .help("add a column, or escape literal pipes as `\\|`");
                } else if count < columns {
                    let last = Span::new(line.span.end - 1, line.span.end).fit(&doc.source);
                    let severity = if count + 1 == columns { Severity::Info } else { Severity::Error };
                    sink.report(last, message(count, columns))
                        .at_most(severity)
                        .help("add the missing cells");
                }
            }
        }
    }
}

/// Whether a row is a line that ends the table for those who wrote it: colons, which close a container where a plugin has
/// those, or `{: … }`, the attributes of the table in kramdown.
fn follows_table(row: &str) -> bool {
    const FEWEST: usize = 3;
    let row = row.trim();
    let is_colons = row.len() >= FEWEST && row.bytes().all(|byte| byte == b':');
    is_colons || row.starts_with("{:") && row.ends_with('}') && !row.contains('|')
}

fn message(actual: usize, expected: usize) -> String {
    format!("row has {}, expected {expected}", quantity(actual, "cell"))
}
