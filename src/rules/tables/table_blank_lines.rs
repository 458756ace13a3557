use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    rule::{Fixable, Rule},
    rules::blank_lines,
};

declare_rule! {
    /// Table not surrounded by blank lines
    ///
    /// ## What it does
    ///
    /// Reports tables without a blank line above or below.
    ///
    /// ## Why is this bad?
    ///
    /// Some Markdown parsers do not recognize a table directly after a paragraph, and text directly below a table
    /// becomes a row of it.
    ///
    /// ## Example
    ///
    /// ```md
    /// | Tide | Time  |
    /// | ---- | ----- |
    /// | High | 12:40 |
    /// > They are higher at full moon.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// | Tide | Time  |
    /// | ---- | ----- |
    /// | High | 12:40 |
    ///
    /// > They are higher at full moon.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` adds the blank line, and the rendered page stays the same. In list items, where a
    /// blank line makes the list loose, and where a blank line could end a block quote or become part of an
    /// unclosed block, the fix is unsafe: `--fix` applies it only together with `--unsafe-fixes`.
    ///
    /// ## References
    ///
    /// - [GitHub Flavored Markdown: Tables](https://github.github.com/gfm/#tables-extension-)
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
                sink.report(first, "missing blank line above table").fix(fix);
            }
            if !doc.is_clear_below(last) {
                let fix = blank_lines::below(doc, table.node(), last, 1);
                sink.report(last, "missing blank line below table").fix(fix);
            }
        }
    }
}
