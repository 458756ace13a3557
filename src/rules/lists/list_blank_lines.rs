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
    /// A list without a blank line above or below it
    ///
    /// ## Why
    ///
    /// Not every Markdown engine sees a list that follows a paragraph without a blank line, and a text that follows the
    /// last item without one belongs to that item.
    ///
    /// ## Bad
    ///
    /// ```md
    /// The pages:
    /// - Tides
    /// - Harbours
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// The pages:
    ///
    /// - Tides
    /// - Harbours
    /// ```
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
                sink.report(first.marker, "no blank line above this list").help(fix.title.clone()).fix(fix);
            }
            if !doc.is_clear_below(list.span()) {
                let fix = blank_lines::below(doc, list.node(), list.span(), 1);
                sink.report(last_line(doc, list.span()), "no blank line below this list")
                    .help(fix.title.clone())
                    .fix(fix);
            }
        }
    }
}

/// The part of a span in its last line, without the blanks before it.
fn last_line(doc: &Document, span: Span) -> Span {
    let line = doc.lines.line_start(doc.lines.last_line_of(span)).max(span.start);
    let text = doc.slice(Span::new(line, span.end));
    Span::new(span.end - text.trim_start().len() as u32, span.end)
}
