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
    /// Noun in the wrong number
    ///
    /// ## What it does
    ///
    /// Reports singular nouns after words that require the plural (`many option`, `these file are`, `one of the tool`),
    /// and the reverse (`a parameters that`, `this versions`). Nouns that may be part of a longer name are ignored:
    /// `two factor authentication`, `a settings page`.
    ///
    /// ## Why is this bad?
    ///
    /// It is unclear whether one thing is meant or several.
    ///
    /// ## Example
    ///
    /// ```md
    /// The keeper has many boat, one of the sailor is late, and this ropes are wet.
    ///
    /// Each lamp has two switch.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The keeper has many boats, one of the sailors is late, and these ropes are wet.
    ///
    /// Each lamp has two switches.
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
    /// | `a-plural` | `a parameters that` | 87 |
    /// | `each-plural` | `this options` | 47 |
    /// | `many-singular` | `two exception` | 55 |
    /// | `number-of` | `number of field` | 8 |
    /// | `amount-of` | `amount of users` | 31 |
    /// | `one-of` | `one of the file` | 15 |
    /// | `kind-of` | `these type of` | 23 |
    /// | `uncountable` | `informations` | 25 |
    pub struct NounNumber {
        /// Patterns to turn `on` or `off`, by name.
        patterns: Patterns = Patterns::default(),
    }
    id = "noun-number",
    fixable = Fixable::Always,
    changes = Changes::Words,
}

impl Rule for NounNumber {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        phrases::report(doc, self.patterns.hits(doc, Topic::Number), sink);
    }
}
