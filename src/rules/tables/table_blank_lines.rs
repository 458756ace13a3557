use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    rule::{Fixable, Rule},
    rules::blank_lines,
};

declare_rule! {
    /// A table without a blank line above or below it
    ///
    /// ## Why
    ///
    /// Not every Markdown engine sees a table that follows a paragraph without a blank line. A line right below a table is
    /// its next row, whatever it looks like.
    ///
    /// ## Bad
    ///
    /// ```md
    /// | Tide | Time  |
    /// | ---- | ----- |
    /// | High | 12:40 |
    /// > They are higher at full moon.
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// | Tide | Time  |
    /// | ---- | ----- |
    /// | High | 12:40 |
    ///
    /// > They are higher at full moon.
    /// ```
    pub struct TableBlankLines {}
    id = "table-blank-lines",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD058", "blanks-around-tables"],
}

impl Rule for TableBlankLines {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for table in doc.ast.tables() {
            let lines: Vec<_> = table.lines(&doc.source).map(|line| line.span).collect();
            let (Some(&first), Some(&last)) = (lines.first(), lines.last()) else { continue };
            if !doc.is_clear_above(first) {
                let fix = blank_lines::above(doc, table.node(), 1);
                sink.report(first, "no blank line above this table").help(fix.title.clone()).fix(fix);
            }
            if !doc.is_clear_below(last) {
                let fix = blank_lines::below(doc, table.node(), last, 1);
                sink.report(last, "no blank line below this table").help(fix.title.clone()).fix(fix);
            }
        }
    }
}
