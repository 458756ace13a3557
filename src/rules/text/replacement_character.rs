use crate::{
    declare_rule, diagnostic::Sink, document::Document, rule::Rule, rules::text::shown_texts, text::Span,
};

declare_rule! {
    /// Replacement character
    ///
    /// ## What it does
    ///
    /// Reports the replacement character U+FFFD (`�`) next to letters and digits.
    ///
    /// ## Why is this bad?
    ///
    /// A program inserts it in place of a character that it cannot decode. The original character is lost.
    ///
    /// ## Example
    ///
    /// ```md
    /// The caf� at the pier is open.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The café at the pier is open, and a lone � is accepted.
    /// ```
    pub struct ReplacementCharacter {}
    id = "replacement-character",
}

impl Rule for ReplacementCharacter {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        const BYTES: &[u8] = "\u{FFFD}".as_bytes();
        if !doc.has_unusual(|c| c == '\u{FFFD}') {
            return;
        }
        shown_texts(doc, |text| {
            let source = doc.slice(text);
            for at in memchr::memmem::find_iter(source.as_bytes(), BYTES) {
                let (before, after) = (&source[..at], &source[at + BYTES.len()..]);
                if before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric) {
                    let span = Span::from_range(at..at + BYTES.len()).shift(text.start);
                    sink.report(span, "replacement character in a word")
                        .note("the original character is lost")
                        .help("restore the character from an older version of the text");
                }
            }
        });
    }
}
