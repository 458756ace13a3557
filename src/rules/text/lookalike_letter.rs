use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    rule::{Fixable, Rule},
    rules::text::shown_texts,
    text::{Span, lookalikes, may_look_alike},
};

declare_rule! {
    /// Letter of another script that looks the same
    ///
    /// ## What it does
    ///
    /// Reports words that mix Latin letters with Cyrillic or Greek letters that look the same, such as a Cyrillic `е` in
    /// an English word, or with full-width letters.
    ///
    /// ## Why is this bad?
    ///
    /// Search, screen readers and spelling checkers do not recognize the word. In a name or a URL, it can be
    /// a disguise.
    ///
    /// ## Example
    ///
    /// ```md
    /// The tidе turns at noon.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The tide turns at noon.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Replacing the letters is unsafe: the word may be an example.
    ///
    /// ## References
    ///
    /// - [Unicode Technical Standard 39: Confusable detection](https://www.unicode.org/reports/tr39/#Confusable_Detection)
    pub struct LookalikeLetter {}
    id = "lookalike-letter",
    fixable = Fixable::Always,
}

impl Rule for LookalikeLetter {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        if !doc.has_unusual(may_look_alike) || lookalikes(&doc.source).is_empty() {
            return;
        }
        shown_texts(doc, |text| {
            for found in lookalikes(doc.slice(text)) {
                let span = Span::from_range(found.range.clone()).shift(text.start);
                let code = u32::from(found.letter);
                let what = if found.is_full_width() {
                    "full-width and other letters"
                } else {
                    "letters of two scripts"
                };
                let message = format!("`{}` mixes {what}", doc.slice(span));
                sink.report(span, message).note(format!("`{}` is U+{code:04X}", found.letter)).fix(
                    Fix::replace(
                        format!("Replace with `{}`", found.word),
                        Applicability::Unsafe,
                        span,
                        found.word,
                    ),
                );
            }
        });
    }
}
