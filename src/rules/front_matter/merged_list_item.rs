use crate::{
    data::{DataFormat, ScalarNotation},
    declare_rule,
    diagnostic::Sink,
    document::Document,
    rule::Rule,
    text::Span,
};

declare_rule! {
    /// List item that is part of another value
    ///
    /// ## What it does
    ///
    /// Reports lines in YAML front matter that look like list items but continue the value above, because they have
    /// another indentation or no space after the `-`.
    ///
    /// ## Why is this bad?
    ///
    /// YAML joins the lines to a single text: two tags become one tag, `harbour - tides`.
    ///
    /// ## Example
    ///
    /// ```md
    /// ---
    /// tags:
    /// - harbour
    ///  - tides
    /// places:
    ///   -pier
    ///   -quay
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// ---
    /// tags:
    /// - harbour
    /// - tides
    /// places:
    ///   - pier
    ///   - quay
    /// ---
    /// ```
    ///
    /// ## References
    ///
    /// - [YAML: Block sequences](https://yaml.org/spec/1.2.2/#821-block-sequences)
    pub struct MergedListItem {}
    id = "merged-list-item",
}

impl Rule for MergedListItem {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let Some(front_matter) = doc.front_matter.as_ref().filter(|it| it.tree.format == DataFormat::Yaml)
        else {
            return;
        };
        let Some(root) = &front_matter.tree.root else { return };
        for (_, node) in root.values().filter(|(_, node)| !node.is_alias(&doc.source)) {
            let is_plain = node.as_scalar().is_some_and(|scalar| scalar.style == ScalarNotation::Plain);
            if !is_plain || !doc.slice(node.span).contains('-') {
                continue;
            }
            let first = doc.lines.line_of(node.span.start);
            for line in first..=doc.lines.last_line_of(node.span) {
                let line = doc.line(line);
                let text = doc.slice(line);
                let start = line.start + (text.len() - text.trim_start().len()) as u32;
                let is_inside =
                    node.span.start < start || node.span.start == start && is_unspaced(text.trim_start());
                if is_inside && is_item(text.trim_start()) {
                    let is_unspaced = is_unspaced(text.trim_start());
                    let help =
                        if is_unspaced { "add a space after `-`" } else { "indent it like the items above" };
                    sink.report(Span::new(start, start + 1), "list item is part of another value")
                        .label(node.span, "this is a single text")
                        .help(help);
                    break;
                }
            }
        }
    }
}

/// Whether a line begins as an item of a list does, or would with a space after the dash.
fn is_item(line: &str) -> bool {
    line.starts_with("- ") || is_unspaced(line)
}

/// `-text`
fn is_unspaced(line: &str) -> bool {
    line.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic))
}
