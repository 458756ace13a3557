use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Applicability, Changes, Fix},
    rule::{Fixable, Rule},
    text::{Search, Span},
};

declare_rule! {
    /// Undefined footnote
    ///
    /// ## What it does
    ///
    /// Reports references to footnotes that the page does not define.
    ///
    /// ## Why is this bad?
    ///
    /// Without a definition, `[^1]` is rendered as text.
    ///
    /// ## Example
    ///
    /// ```md
    /// The tide turns at noon.[^tide]
    ///
    /// [^tides]: By the table of 1912.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The tide turns at noon.[^tides]
    ///
    /// [^tides]: By the table of 1912.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix replaces the label with the most similar one. It is unsafe.
    ///
    /// ## References
    ///
    /// - [GitHub: Footnotes](https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#footnotes)
    pub struct UndefinedFootnote {}
    id = "undefined-footnote",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Blocks,
}

impl Rule for UndefinedFootnote {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        if doc.inclusions().takes_in_files {
            return;
        }
        let mut search = Search::in_file_of(doc.source.len());
        for note in &doc.link_facts().undefined_notes {
            let label = Span::new(note.start + 2, note.end - 1);
            let diagnostic = sink.report(*note, "undefined footnote");
            let labels = doc.ast.footnote_definitions().map(|it| doc.slice(it.data().label));
            match search.nearest(doc.slice(label), labels) {
                Some(similar) => {
                    let title = format!("Replace with `[^{similar}]`");
                    diagnostic.help(format!("did you mean `[^{similar}]`?"));
                    diagnostic.fix(Fix::replace(title, Applicability::Unsafe, label, similar));
                }
                None => {
                    diagnostic.help(format!("define it on a line that starts with `{}: `", doc.slice(*note)));
                }
            }
        }
    }
}
