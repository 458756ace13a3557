use super::super::phrases::{Patterns, span};
use crate::{declare_rule, diagnostic::Sink, document::Document, rule::Rule, spelling::phrases::Topic};

declare_rule! {
    /// A word is missing between an article and a preposition
    ///
    /// ## Why
    ///
    /// `the of the` is what remains of `the notes of the` when a sentence was rewritten. No spell checker finds it, as
    /// every word is right. What is missing only its writer knows, so there is no fix.
    ///
    /// ## Bad
    ///
    /// ```md
    /// Please read the of the discussion.
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// Please read the notes of the discussion.
    /// ```
    ///
    /// ## Patterns
    ///
    /// What was found in 782,000 words of published documentation and posts, and in 50,000 words as they stood before
    /// somebody mended a slip in them; behind the stroke, how much of it was wrong indeed:
    ///
    /// | Pattern | Finds | Published | Before mending |
    /// | --- | --- | --: | --: |
    /// | `article-preposition` | an article, a preposition and another article | 1 / 1 | 0 |
    pub struct MissingWord {
        /// Patterns to switch `on` or `off`, by name.
        patterns: Patterns = Patterns::default(),
    }
    id = "missing-word",
}

impl Rule for MissingWord {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for hit in self.patterns.hits(doc, Topic::Missing) {
            let word = |index| doc.words().text(index, &doc.source);
            let (article, preposition) = (word(hit.wrong.start), word(hit.wrong.start + 1));
            let message = format!("a word is missing between `{article}` and `{preposition}`");
            sink.report(span(doc, &hit.wrong), message)
                .help(format!("say what `{article}` belongs to, or delete it"));
        }
    }
}
