use crate::{declare_rule, diagnostic::Sink, document::Document, rule::Rule, text::Span};

declare_rule! {
    /// Empty footnote
    ///
    /// ## What it does
    ///
    /// Reports footnote definitions without text.
    ///
    /// ## Why is this bad?
    ///
    /// The reference is rendered as a link to an empty note.
    ///
    /// ## Example
    ///
    /// ```md
    /// The tide turns at noon.[^1]
    ///
    /// [^1]:
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The tide turns at noon.[^1]
    ///
    /// [^1]: By the table of 1912.
    /// ```
    pub struct EmptyFootnote {}
    id = "empty-footnote",
    on = false,
}

impl Rule for EmptyFootnote {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for note in doc.ast.footnote_definitions().filter(|it| it.node().children().next().is_none()) {
            let label = Span::new(note.span().start, note.label.end + 1);
            sink.report(label, "empty footnote").help("add text, or remove the footnote");
        }
    }
}
