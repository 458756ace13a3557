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
    /// Findings in 10.6 million words of published documentation and posts, each sentence counted once. The findings of
    /// all patterns were read, of those with more than 100 a sample; patterns were narrowed where more than one in
    /// twenty was false.
    ///
    /// | Pattern | Example | Findings |
    /// | --- | --- | --: |
    /// | `forefront` | `in the forefront` | 1 |
    /// | `summary` | `as a summary` | 1 |
    /// | `example-of` | `example to why` | 2 |
    /// | `depend-on` | `depends of the` | 2 |
    /// | `consist-of` | `consists in two` | 0 |
    /// | `accordance` | `in accordance to` | 3 |
    /// | `comply-with` | `comply to` | 8 |
    /// | `capable-of` | `capable to` | 6 |
    /// | `responsible-for` | `responsible of the` | 0 |
    /// | `interested-in` | `interested on` | 1 |
    /// | `other-hand` | `in the other hand` | 0 |
    /// | `inspired-by` | `inspired from` | 4 |
    /// | `result-in` | `resulted to a` | 0 |
    /// | `discuss` | `discuss about` | 10 |
    /// | `at-meeting` | `people on the meeting` | 1 |
    /// | `composed-of` | `composed by several` | 2 |
    /// | `similar-to` | `similar with` | 15 |
    /// | `prior-to` | `prior of` | 2 |
    /// | `different-from` | `different of` | 0 |
    /// | `behalf` | `in behalf` | 0 |
    /// | `suffer-from` | `suffer of` | 0 |
    /// | `according-to` | `according with` | 0 |
    /// | `access-to` | `has access of` | 0 |
    /// | `focus-on` | `focus in how` | 1 |
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
