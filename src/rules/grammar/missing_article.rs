use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::Changes,
    rule::{Fixable, Rule},
    rules::phrases::{self, Patterns},
    spelling::{
        Flags,
        phrases::{Hit, Topic},
    },
};

declare_rule! {
    /// Missing article
    ///
    /// ## What it does
    ///
    /// Reports phrases that require an article, such as `one of best`, `in near future` and `run following command`.
    /// Headings and titles are ignored.
    ///
    /// ## Why is this bad?
    ///
    /// The article is required, and its absence is distracting.
    ///
    /// ## Example
    ///
    /// ```md
    /// Use following command to start one of best lamps. In near future, it may be used as single source of light.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// Use the following command to start one of the best lamps. In the near future, it may be used as a single source
    /// of light.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is unsafe: the sentence may need another change.
    ///
    /// ## Patterns
    ///
    /// Findings in 10.6 million words of published documentation and posts, each sentence counted once. The findings of
    /// all patterns were read, of those with more than 100 a sample; patterns were narrowed where more than one in
    /// twenty was false.
    ///
    /// | Pattern | Example | Findings |
    /// | --- | --- | --: |
    /// | `one-of` | `one of best` | 6 |
    /// | `following` | `run following command` | 115 |
    /// | `same` | `with same name` | 73 |
    /// | `result` | `as result of` | 0 |
    /// | `future` | `in near future` | 1 |
    /// | `other-hand` | `on other hand` | 1 |
    /// | `long-time` | `for long time` | 2 |
    /// | `end-of` | `at end of the` | 4 |
    /// | `middle-of` | `in absence of` | 24 |
    /// | `help-of` | `with help of` | 2 |
    /// | `single` | `as single source` | 10 |
    /// | `lot-of` | `are lot of` | 6 |
    pub struct MissingArticle {
        /// Patterns to turn `on` or `off`, by name.
        patterns: Patterns = Patterns::default(),
    }
    id = "missing-article",
    fixable = Fixable::Always,
    changes = Changes::Words,
}

impl Rule for MissingArticle {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        // Headings and titles may leave articles out.
        let is_heading = |hit: &&Hit| doc.words().all()[hit.wrong.start].flags.has(Flags::HEADING);
        let hits = self.patterns.hits(doc, Topic::MissingArticle).filter(|hit| !is_heading(hit));
        phrases::report(doc, hits, sink);
    }
}
