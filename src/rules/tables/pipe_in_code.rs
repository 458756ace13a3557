use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::{Engine, Typed},
    rule::{Fixable, Rule},
    rules::tables::joins_rows,
    text::Span,
};

declare_rule! {
    /// Pipe that splits a code span in a table
    ///
    /// ## What it does
    ///
    /// Reports pipes in code spans in table cells. Rows with too many cells are reported by `table-column-count`.
    ///
    /// ## Why is this bad?
    ///
    /// Cells are separated before code spans are parsed: each half of the code becomes a cell with a literal backtick.
    /// kramdown and Python-Markdown parse code spans first, so their pages are not checked.
    ///
    /// ## Example
    ///
    /// ```md
    /// | Command     | Meaning |
    /// | ----------- | ------- |
    /// | `ls | sort` |
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// | Command      | Meaning   |
    /// | ------------ | --------- |
    /// | `ls \| sort` | in order  |
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Escaping the pipe is unsafe: it changes the cells of the row.
    ///
    /// ## References
    ///
    /// - [GitHub Flavored Markdown: Tables](https://github.github.com/gfm/#tables-extension-)
    pub struct PipeInCode {}
    id = "pipe-in-code",
    fixable = Fixable::Always,
}

impl Rule for PipeInCode {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        if doc.dialect.engine() != Engine::CommonMark {
            return;
        }
        let joined: Vec<Span> =
            doc.ast.tables().map(Typed::span).filter(|table| joins_rows(doc, *table)).collect();
        for split in doc.ast.split_code(&doc.source, &doc.bare_marks().backticks) {
            let Some(pipe) = split.pipe else { continue };
            let next = joined.partition_point(|table| table.end <= pipe.start);
            if joined.get(next).is_some_and(|table| table.contains(pipe)) {
                continue;
            }
            sink.report(pipe, "pipe splits a code span")
                .label(split.code, "this code is in two cells")
                .fix(Fix::replace("Escape the pipe", Applicability::Unsafe, pipe, "\\|"));
        }
    }
}
