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
    /// Findings in 3.0 million words of published documentation and posts, by which the patterns were tuned until none of
    /// those that were read was false. On text that was not used for tuning, 61 of 64 findings of all patterns were errors.
    ///
    /// | Pattern | Example | Findings |
    /// | --- | --- | --: |
    /// | `one-of` | `one of best` | 2 |
    /// | `following` | `run following command` | 35 |
    /// | `same` | `with same name` | 15 |
    /// | `result` | `as result of` | 0 |
    /// | `future` | `in near future` | 0 |
    /// | `other-hand` | `on other hand` | 0 |
    /// | `long-time` | `for long time` | 1 |
    /// | `end-of` | `at end of the` | 0 |
    /// | `middle-of` | `in absence of` | 7 |
    /// | `help-of` | `with help of` | 0 |
    /// | `single` | `as single source` | 5 |
    /// | `lot-of` | `are lot of` | 0 |
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
