use crate::{declare_rule, diagnostic::Severity, rule::Rule};

declare_rule! {
    /// A config, schema or data file has a mistake
    ///
    /// ## Why
    ///
    /// A check that runs with half of its config says that all is well when it is not. So a mistake in the config, in
    /// a schema or in a data file that the config names is reported at its place, and the site is not checked: the
    /// command ends with exit code 2. In configs of markdownlint, what markdownlint passes over is reported as info, and
    /// the site is checked. This finding cannot be switched off.
    ///
    /// It lies in the config, so it has no example of a page.
    pub struct InvalidConfig {}
    id = "invalid-config",
    severity = Severity::Error,
}

/// Reported while the config is read, before there are rules to run.
impl Rule for InvalidConfig {}
