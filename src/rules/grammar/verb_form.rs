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
    /// Incorrect verb form
    ///
    /// ## What it does
    ///
    /// Reports verbs in a form that cannot follow the words before them, such as `allows to build`, `to setup the`,
    /// `can provides` and `will be create`. The rule knows patterns that are always wrong, and does not guess.
    ///
    /// ## Why is this bad?
    ///
    /// Every word is in the dictionary, so a spell checker does not find the error.
    ///
    /// ## Example
    ///
    /// ```md
    /// The harbour allows to build boats, and you can setup the tools there. They should be send by ferry, while also
    /// keeps the pier free.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The harbour allows building boats, and you can set up the tools there. They should be sent by ferry, while also
    /// keeping the pier free.
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
    /// | `allow-to` | `allows to build` | 352 |
    /// | `recommend-to` | `recommend to use` | 36 |
    /// | `participle` | `be send` | 55 |
    /// | `while-also` | `while also provides` | 3 |
    /// | `noun-for-verb` | `to setup the` | 204 |
    /// | `base-form` | `can provides` | 53 |
    /// | `missing-be` | `it will added` | 87 |
    /// | `to-gerund` | `committed to deliver` | 12 |
    pub struct VerbForm {
        /// Patterns to turn `on` or `off`, by name.
        patterns: Patterns = Patterns::default(),
    }
    id = "verb-form",
    fixable = Fixable::Always,
    changes = Changes::Words,
}

impl Rule for VerbForm {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        phrases::report(doc, self.patterns.hits(doc, Topic::VerbForm), sink);
    }
}
