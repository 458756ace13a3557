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
    /// Findings in 3.0 million words of published documentation and posts, by which the patterns were tuned until none of
    /// those that were read was false. On text that was not used for tuning, 61 of 64 findings of all patterns were errors.
    ///
    /// | Pattern | Example | Findings |
    /// | --- | --- | --: |
    /// | `forefront` | `in the forefront` | 1 |
    /// | `summary` | `as a summary` | 1 |
    /// | `example-of` | `example to why` | 2 |
    /// | `depend-on` | `depends of the` | 0 |
    /// | `consist-of` | `consists in two` | 0 |
    /// | `accordance` | `in accordance to` | 1 |
    /// | `comply-with` | `comply to` | 1 |
    /// | `capable-of` | `capable to` | 4 |
    /// | `responsible-for` | `responsible of the` | 0 |
    /// | `interested-in` | `interested on` | 0 |
    /// | `other-hand` | `in the other hand` | 1 |
    /// | `inspired-by` | `inspired from` | 0 |
    /// | `result-in` | `resulted to a` | 0 |
    /// | `discuss` | `discuss about` | 3 |
    /// | `at-meeting` | `people on the meeting` | 1 |
    /// | `composed-of` | `composed by several` | 0 |
    /// | `similar-to` | `similar with` | 3 |
    /// | `prior-to` | `prior of` | 2 |
    /// | `different-from` | `different of` | 0 |
    /// | `behalf` | `in behalf` | 0 |
    /// | `suffer-from` | `suffer of` | 0 |
    /// | `according-to` | `according with` | 0 |
    /// | `access-to` | `has access of` | 0 |
    /// | `focus-on` | `focus in the` | 0 |
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
        phrases::report(doc, self.patterns.hits(doc, Topic::Preposition), sink);
    }
}
