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
    /// Findings in 3.0 million words of published documentation and posts, by which the patterns were tuned until none of
    /// those that were read was false. On text that was not used for tuning, 61 of 64 findings of all patterns were errors.
    ///
    /// | Pattern | Example | Findings |
    /// | --- | --- | --: |
    /// | `pronoun` | `we provides` | 16 |
    /// | `singular-subject` | `Another example are` | 9 |
    /// | `plural-subject` | `The users is` | 1 |
    /// | `there-is` | `there is several` | 0 |
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
