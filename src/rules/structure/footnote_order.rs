use std::collections::HashMap;

use crate::{
    declare_rule, diagnostic::Sink, document::Document, markdown::normalize_label, rule::Rule, text::Span,
};

declare_rule! {
    /// Footnotes out of order
    ///
    /// ## What it does
    ///
    /// Reports footnote definitions that are in another order than the first references to them.
    ///
    /// ## Why is this bad?
    ///
    /// Engines number footnotes by their references, so the definitions in the source are harder to find.
    ///
    /// ## Example
    ///
    /// ```md
    /// The tide[^a] turns at noon.[^b]
    ///
    /// [^b]: By the table of 1912.
    /// [^a]: A spring tide.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The tide[^a] turns at noon.[^b]
    ///
    /// [^a]: A spring tide.
    /// [^b]: By the table of 1912.
    /// ```
    pub struct FootnoteOrder {}
    id = "footnote-order",
    on = false,
}

impl Rule for FootnoteOrder {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let mut order: HashMap<String, usize> = HashMap::new();
        for reference in doc.ast.footnote_references() {
            let next = order.len();
            order.entry(normalize_label(doc.slice(reference.label))).or_insert(next);
        }
        let mut last: Option<(usize, Span)> = None;
        for note in doc.ast.footnote_definitions() {
            let Some(&place) = order.get(&normalize_label(doc.slice(note.label))) else { continue };
            let label = Span::new(note.span().start, note.label.end + 1);
            match last {
                Some((before, span)) if place < before => {
                    sink.report(label, "footnote out of order")
                        .label(span, "referenced later")
                        .help("put the definitions in the order of the references");
                }
                _ => last = Some((place, label)),
            }
        }
    }
}
