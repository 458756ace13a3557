use crate::{declare_rule, diagnostic::Severity, rule::Rule};

declare_rule! {
    /// Internal error
    ///
    /// ## What it does
    ///
    /// Reports that a rule panicked on a file, or that a safe fix would have changed the rendered page. In the first
    /// case, the other rules still run; in the second, the fix is not applied.
    ///
    /// This rule cannot be turned off, and has no example: if you see this finding, please report it as a bug.
    ///
    /// ## Why is this bad?
    ///
    /// A bug in copydesk must not look like a page without findings.
    pub struct InternalError {}
    id = "internal-error",
    severity = Severity::Error,
    suppressible = false,
}

/// Reported where the rules are run, in place of a panic.
impl Rule for InternalError {}
