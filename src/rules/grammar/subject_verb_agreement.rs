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
    /// Verb that does not agree with its subject
    ///
    /// ## What it does
    ///
    /// Reports verbs that do not agree with the subject directly before them, such as `they is`, `These options is` and
    /// `Another example are`. Subjects that are further away are ignored.
    ///
    /// ## Why is this bad?
    ///
    /// It is unclear which word is the subject.
    ///
    /// ## Example
    ///
    /// ```md
    /// The users is asleep. They has a lamp. Another example are the boats.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The users are asleep. They have a lamp. Another example is the boats.
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
    /// | `pronoun` | `we provides` | 36 |
    /// | `singular-subject` | `Another example are` | 16 |
    /// | `plural-subject` | `The users is` | 18 |
    /// | `there-is` | `there is several` | 1 |
    pub struct SubjectVerbAgreement {
        /// Patterns to turn `on` or `off`, by name.
        patterns: Patterns = Patterns::default(),
    }
    id = "subject-verb-agreement",
    fixable = Fixable::Always,
    changes = Changes::Words,
}

impl Rule for SubjectVerbAgreement {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        phrases::report(doc, self.patterns.hits(doc, Topic::Agreement), sink);
    }
}
