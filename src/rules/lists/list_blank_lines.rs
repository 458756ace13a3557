use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::NodeKind,
    rule::{Fixable, Rule},
    rules::blank_lines,
    text::Span,
};

declare_rule! {
    /// List not surrounded by blank lines
    ///
    /// ## What it does
    ///
    /// Reports lists without a blank line above or below.
    ///
    /// ## Why is this bad?
    ///
    /// Some Markdown parsers do not recognize a list directly after a paragraph, and text directly after the last
    /// item becomes part of that item.
    ///
    /// ## Example
    ///
    /// ```md
    /// The pages:
    /// - Tides
    /// - Harbours
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The pages:
    ///
    /// - Tides
    /// - Harbours
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` adds the blank line, and the rendered page stays the same. In list items, where a
    /// blank line makes the list loose, and where a blank line could end a block quote or become part of an
    /// unclosed block, the fix is unsafe: `--fix` applies it only together with `--unsafe-fixes`. So it is below a list
    /// in kramdown and Python-Markdown, where the last item has what is directly below it.
    ///
    /// ## References
    ///
    /// - [CommonMark: Lists](https://spec.commonmark.org/0.31.2/#lists)
    pub struct ListBlankLines {}
    id = "list-blank-lines",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD032", "blanks-around-lists"],
}

impl Rule for ListBlankLines {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for list in doc.ast.lists() {
            if list.node().ancestors().any(|node| node.kind() == NodeKind::List) {
                continue;
            }
            let Some(first) = list.items().next() else { continue };
            if !doc.is_clear_above(list.span()) {
                let fix = blank_lines::above(doc, list.node(), 1);
                sink.report(first.marker, "missing blank line above list").fix(fix);
            }
            if !doc.is_clear_below(list.span()) {
                let fix = blank_lines::below(doc, list.node(), list.span(), 1);
                sink.report(last_line(doc, list.span()), "missing blank line below list").fix(fix);
            }
        }
    }
}

/// The part of a span on its last line, without leading whitespace.
fn last_line(doc: &Document, span: Span) -> Span {
    let line = doc.lines.line_start(doc.lines.last_line_of(span)).max(span.start);
    let text = doc.slice(Span::new(line, span.end));
    Span::new(span.end - text.trim_start().len() as u32, span.end)
}
