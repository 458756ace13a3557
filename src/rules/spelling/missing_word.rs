use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    rule::Rule,
    rules::phrases::{Patterns, span},
    spelling::phrases::Topic,
};

declare_rule! {
    /// Missing word between an article and a preposition
    ///
    /// ## What it does
    ///
    /// Reports an article that is followed by a preposition and another article, such as `the of the`.
    ///
    /// ## Why is this bad?
    ///
    /// `the of the` is what remains of `the notes of the` when a sentence is edited. A spell checker does not find it,
    /// because every word is correct.
    ///
    /// ## Example
    ///
    /// ```md
    /// Please read the of the discussion.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// Please read the notes of the discussion.
    /// ```
    ///
    /// ## Patterns
    ///
    /// Findings in 782,000 words of published documentation and posts, and in 50,000 words of text from before a typo
    /// in it was corrected. The number after the slash is how many of them are actual errors.
    ///
    /// | Pattern | Finds | Published | Before correction |
    /// | --- | --- | --: | --: |
    /// | `article-preposition` | an article, a preposition and another article | 1 / 1 | 0 |
    pub struct MissingWord {
        /// Patterns to turn `on` or `off`, by name.
        patterns: Patterns = Patterns::default(),
    }
    id = "missing-word",
}

impl Rule for MissingWord {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for hit in self.patterns.hits(doc, Topic::Missing) {
            let word = |index| doc.words().text(index, &doc.source);
            let (article, preposition) = (word(hit.wrong.start), word(hit.wrong.start + 1));
            let message = format!("missing word between `{article}` and `{preposition}`");
            sink.report(span(doc, &hit.wrong), message)
                .help(format!("add the missing word, or remove `{article}`"));
        }
    }
}
