use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::Changes,
    rule::{Fixable, Rule},
    rules::phrases::{self, Patterns},
    spelling::phrases::Topic,
};

declare_rule! {
    /// Wrong preposition
    ///
    /// ## What it does
    ///
    /// Reports prepositions that are wrong in a fixed phrase, such as `in the forefront` and `in accordance to`.
    ///
    /// ## Why is this bad?
    ///
    /// Such a phrase has one correct preposition. Another one is distracting, or changes the meaning.
    ///
    /// ## Example
    ///
    /// ```md
    /// The crew is in the forefront of rowing, in accordance to the rules. It is composed by four people.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The crew is at the forefront of rowing, in accordance with the rules. It is composed of four people.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is unsafe: the sentence may need another change.
    ///
    /// ## Patterns
    ///
    /// Findings in WORDS words of published documentation and posts, all of which were reviewed. The number after the
    /// slash is how many of them are actual errors.
    ///
    /// | Pattern | Example | Published |
    /// | --- | --- | --: |
    /// | `x` | x | 0 / 0 |
    pub struct WrongPreposition {
        /// Patterns to turn `on` or `off`, by name.
        patterns: Patterns = Patterns::default(),
    }
    id = "wrong-preposition",
    fixable = Fixable::Always,
    changes = Changes::Words,
}

impl Rule for WrongPreposition {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for hit in self.patterns.hits(doc, Topic::Preposition) {
            phrases::report(doc, hit, sink);
        }
    }
}
