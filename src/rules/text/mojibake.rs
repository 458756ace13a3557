use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    rule::{Fixable, Rule},
    rules::text::shown_texts,
    text::{Span, begins_mojibake, mojibake},
};

declare_rule! {
    /// Incorrectly decoded text
    ///
    /// ## What it does
    ///
    /// Reports text in UTF-8 that was decoded as Windows-1252 or Latin-1 and saved again, such as `Ã©` for `é`.
    ///
    /// ## Why is this bad?
    ///
    /// The page shows the wrong characters, and search does not find the words.
    ///
    /// ## Example
    ///
    /// ```md
    /// The cafÃ© at the pier isnâ€™t open.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The café at the pier isn’t open.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix decodes all such text on the page. It is unsafe: the text may be meant as an example.
    ///
    /// ## References
    ///
    /// - [WHATWG: Encoding](https://encoding.spec.whatwg.org/#windows-1252)
    pub struct Mojibake {}
    id = "mojibake",
    fixable = Fixable::Sometimes,
}

impl Rule for Mojibake {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        if !doc.has_unusual(begins_mojibake) || mojibake(&doc.source).is_empty() {
            return;
        }
        let mut edits = Vec::new();
        shown_texts(doc, |span| {
            let found = mojibake(doc.slice(span)).into_iter();
            edits.extend(
                found.map(|it| Edit { span: Span::from_range(it.range).shift(span.start), content: it.text }),
            );
        });
        let Some(first) = edits.first() else { return };
        let (span, text) = (first.span, first.content.clone());
        let more = match edits.len() - 1 {
            0 => String::new(),
            more => format!(", and {more} more on this page"),
        };
        let diagnostic = sink.report(span, format!("incorrectly decoded `{text}`{more}"));
        diagnostic.note("UTF-8 decoded as Windows-1252");
        if edits.iter().any(|edit| edit.content.contains(char::REPLACEMENT_CHARACTER)) {
            diagnostic.help("restore the original text");
        } else {
            diagnostic.fix(Fix::new("Decode the text", Applicability::Unsafe, edits));
        }
    }
}
