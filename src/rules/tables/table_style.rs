use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::TableLine,
    rule::{Fixable, Rule},
    rules::tables::{
        table_layout,
        table_spacing::{self, SpacingDefect},
    },
    text::Span,
};

/// The spacing of table cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum CellSpacing {
    /// The style with the fewest findings in each table.
    Any,
    /// The pipes of each column are aligned.
    Aligned,
    /// One space on either side of each cell.
    Compact,
    /// No spaces around cells.
    Tight,
}

declare_rule! {
    /// Inconsistent table cell spacing
    ///
    /// ## What it does
    ///
    /// Checks that the cells of a table are laid out in one style: with aligned pipes, with one space on either
    /// side of each cell, or without spaces.
    ///
    /// ## Why is this bad?
    ///
    /// Consistent spacing keeps a table readable in the source.
    ///
    /// ## Example
    ///
    /// ```md
    /// | Tide | Time |
    /// |---|---|
    /// | High | 12:40 |
    /// |   Low|18:55|
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// | Tide | Time  |
    /// | ---- | ----- |
    /// | High | 12:40 |
    ///
    /// The same without alignment:
    ///
    /// | Tide | Time |
    /// | --- | --- |
    /// | High | 12:40 |
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` changes the whitespace around cells, and the rendered page stays the same. They are
    /// unsafe next to a pipe that Markdown parsers read differently, such as one after two backslashes. Tables with
    /// incomplete rows are not aligned.
    ///
    /// ## References
    ///
    /// - [GitHub Flavored Markdown: Tables](https://github.github.com/gfm/#tables-extension-)
    pub struct TableStyle {
        /// The spacing style.
        style: CellSpacing = CellSpacing::Any,
        /// Align the pipes of the delimiter row with those of the header in other styles as well.
        #[serde(rename = "aligned_delimiter")]
        aligned_delimiter: bool = false,
    }
    id = "table-style",
    on = false,
    fixable = Fixable::Sometimes,
    aliases = &["MD060", "table-column-style"],
}

impl Rule for TableStyle {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for table in doc.ast.tables() {
            let lines: Vec<_> = table.lines(&doc.source).collect();
            for defect in self.defects(doc, &lines) {
                let diagnostic = sink.report(Span::new(defect.pipe, defect.pipe + 1), defect.message);
                if let Some(fix) = defect.fix {
                    diagnostic.fix(fix);
                } else {
                    diagnostic.help("align the pipes of the column");
                }
            }
        }
    }
}

impl TableStyle {
    /// The defects by the allowed style that has the fewest.
    fn defects(&self, doc: &Document, lines: &[TableLine]) -> Vec<SpacingDefect> {
        let styles = match self.style {
            CellSpacing::Any => &[CellSpacing::Aligned, CellSpacing::Compact, CellSpacing::Tight][..],
            CellSpacing::Aligned => &[CellSpacing::Aligned],
            CellSpacing::Compact => &[CellSpacing::Compact],
            CellSpacing::Tight => &[CellSpacing::Tight],
        };
        let mut fewest: Option<Vec<SpacingDefect>> = None;
        for &style in styles {
            if fewest.as_ref().is_some_and(Vec::is_empty) {
                break;
            }
            let defects = match style {
                CellSpacing::Any | CellSpacing::Aligned => aligned(doc, lines),
                CellSpacing::Compact => self.spaced(doc, lines, " "),
                CellSpacing::Tight => self.spaced(doc, lines, ""),
            };
            if fewest.as_ref().is_none_or(|fewest| defects.len() < fewest.len()) {
                fewest = Some(defects);
            }
        }
        fewest.unwrap_or_default()
    }

    fn spaced(&self, doc: &Document, lines: &[TableLine], gap: &str) -> Vec<SpacingDefect> {
        let delimiter = if self.aligned_delimiter { &lines[..lines.len().min(2)] } else { &[] };
        let mut defects = table_spacing::misaligned(doc, delimiter);
        defects.extend(lines.iter().flat_map(|line| table_spacing::unspaced(doc, line, gap)));
        defects
    }
}

/// The misaligned pipes of a table. The fix of the first one aligns the whole table.
fn aligned(doc: &Document, lines: &[TableLine]) -> Vec<SpacingDefect> {
    let mut defects = table_spacing::misaligned(doc, lines);
    if let Some(first) = defects.first_mut() {
        first.fix = table_layout::align(doc, lines);
    }
    defects
}
