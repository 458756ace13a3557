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
                if is_inflected(doc, span) {
                    continue;
                }
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

/// Whether a word is a Latin name with an ending of Cyrillic letters, in a line that is in Cyrillic: `Dockу`.
fn is_inflected(doc: &Document, word: Span) -> bool {
    const LONGEST_ENDING: usize = 3;
    let is_cyrillic = |c: char| ('\u{400}'..'\u{530}').contains(&c);
    let ending = doc.slice(word).trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let stem = doc.slice(word).len() - ending.len();
    if stem < 2 || !ending.chars().all(is_cyrillic) || ending.chars().count() > LONGEST_ENDING {
        return false;
    }
    let line = doc.slice(doc.line(doc.lines.line_of(word.start)));
    let cyrillic = line.chars().filter(|c| is_cyrillic(*c)).count();
    cyrillic > line.bytes().filter(u8::is_ascii_alphabetic).count()
}
