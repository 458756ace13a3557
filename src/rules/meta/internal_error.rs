use crate::{declare_rule, diagnostic::Severity, rule::Rule};

declare_rule! {
    /// A rule failed
    ///
    /// ## Why
    ///
    /// A mistake in copydesk itself must not look like a clean page. The finding names the rule and the file; the
    /// other rules and files are checked as ever. The same goes for fixes: one that would change what readers see,
    /// though its rule says that it does not, is left out and reported here. Please report it. This finding cannot be
    /// switched off.
    ///
    /// There is no example: a page that leads to it is one that we mend.
    pub struct InternalError {}
    id = "internal-error",
    severity = Severity::Error,
}

/// Reported where the rules are run, in place of a panic.
impl Rule for InternalError {}
