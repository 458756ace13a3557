use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Changes, Fix},
    rule::{Fixable, Rule},
    rules::phrases::{Patterns, safe_in_language, span, text},
    spelling::{
        Flags,
        phrases::{Hit, Topic},
    },
    text::Span,
};

declare_rule! {
    /// Repeated word
    ///
    /// ## What it does
    ///
    /// Reports words that are repeated, including across a line break. Words that are often repeated (`that that`,
    /// `had had`, `very very`), names, words in quotation marks, and words with markup between them are ignored.
    ///
    /// On pages in another language, only words are reported that are never repeated in that
    /// language. This is known for German, French, Spanish, Italian, Portuguese and Dutch.
    ///
    /// ## Why is this bad?
    ///
    /// Repeated words are easily overlooked by the author, especially across a line break.
    ///
    /// ## Example
    ///
    /// ```md
    /// The ferry leaves at the
    /// the end of the pier, and it it waits for nobody.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// We knew that that ferry had had its day.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix removes one of the words. It is safe for function words that are never repeated, such as `the the`, and
    /// unsafe otherwise, and where the language of the text is not known.
    ///
    /// ## Patterns
    ///
    /// Findings in 782,000 words of published documentation and posts, and in 50,000 words of text from before a typo
    /// in it was corrected. The number after the slash is how many of them are actual errors.
    ///
    /// | Pattern | Finds | Published | Before correction | Fix |
    /// | --- | --- | --: | --: | --- |
    /// | `function-word` | words that are never repeated: `the the`, `to to` | 9 / 9 | 2 / 2 | safe |
    /// | `sometimes-doubled` | words that rarely are: `is is`, `it it` | 0 | 2 / 2 | unsafe |
    /// | `phrase` | two or three words, one of which is never repeated: `on the on the` | 3 / 3 | 0 | unsafe |
    /// | `other-word` | all other words, except those known to be repeated | 1 / 1 | 2 / 1 | unsafe |
    pub struct RepeatedWord {
        /// Patterns to turn `on` or `off`, by name.
        patterns: Patterns = Patterns::default(),
    }
    id = "repeated-word",
    fixable = Fixable::Always,
    changes = Changes::Words,
}

impl Rule for RepeatedWord {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for hit in self.patterns.hits(doc, Topic::Repeated) {
            let first = span(doc, &(hit.phrase.start..hit.wrong.start));
            let second = span(doc, &hit.wrong);
            let what = if hit.wrong.len() > 1 { "phrase" } else { "word" };
            let applicability = match hit.pattern {
                "function-word" => safe_in_language(doc, hit.wrong.start),
                _ => Applicability::Unsafe,
            };
            sink.report(second, format!("repeated {what} `{}`", text(doc, hit.wrong.clone())))
                .label(first, "first occurrence")
                .fix(Fix::replace("Remove the repetition", applicability, superfluous(doc, hit), ""));
        }
    }
}

/// The text to remove: the repetition with the space before it; of a single word, the first one if the second one starts
/// a link, or to keep the line break between the two.
fn superfluous(doc: &Document, hit: &Hit) -> Span {
    if hit.wrong.len() > 1 {
        return Span::new(doc.words().all()[hit.wrong.start - 1].span.end, span(doc, &hit.wrong).end);
    }
    let first = doc.words().all()[hit.phrase.start];
    let second = doc.words().all()[hit.wrong.start].span;
    let between = doc.slice(Span::new(first.span.end, second.start));
    if between.ends_with('[') {
        return Span::new(first.span.start, second.start - 1);
    }
    let ends_line = between.contains(['\n', '\r']);
    let follows_space = doc.source[..first.span.start as usize].ends_with(' ');
    if ends_line && follows_space && !first.flags.has(Flags::NEW_LINE) {
        return Span::new(first.span.start - 1, first.span.end);
    }
    Span::new(first.span.end, second.end)
}
