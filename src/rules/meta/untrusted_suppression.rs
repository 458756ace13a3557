use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    rule::Rule,
    suppress::Suppressions,
};

declare_rule! {
    /// Suppression comment from an untrusted change
    ///
    /// ## What it does
    ///
    /// Reports suppression comments that a change adds, copies, moves to other lines, or extends by removing the comment
    /// that ended them, when the check runs with `--untrusted-config`. They have no effect. The same applies to comments for
    /// other spell checkers, such as `cspell:disable`. Comments that the page had before the change still count, even if
    /// the page was renamed.
    ///
    /// An example page cannot show it, as it takes two versions of a page.
    ///
    /// ## Why is this bad?
    ///
    /// A change from an untrusted author could hide its own errors with a comment. Review the comment: it takes effect once
    /// the change is merged.
    pub struct UntrustedSuppression {}
    id = "untrusted-suppression",
    severity = Severity::Info,
}

impl Rule for UntrustedSuppression {
    fn check_suppressions(&self, suppressions: &Suppressions, sink: &mut Sink<'_>) {
        for &place in &suppressions.untrusted {
            let found =
                sink.report(place, "suppression comment is ignored: it comes from an untrusted change");
            found.help("fix what it suppresses, or review the comment and merge it");
        }
    }
}
