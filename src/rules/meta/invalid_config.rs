use crate::{declare_rule, diagnostic::Severity, rule::Rule};

declare_rule! {
    /// Invalid config, schema or data file
    ///
    /// ## What it does
    ///
    /// Reports errors in the config, and in the schema and data files that it names. The site is not checked, and the
    /// exit code is 2. Keys in a markdownlint config that markdownlint ignores are reported as info, and the site is
    /// still checked. A page whose path differs from the globs of a collection only in case is reported as a
    /// warning.
    ///
    /// This rule cannot be turned off. The finding is located in the config, so an example page cannot show it.
    ///
    /// ## Why is this bad?
    ///
    /// A check that ignores half of its config reports success although there may be errors.
    pub struct InvalidConfig {}
    id = "invalid-config",
    severity = Severity::Error,
    suppressible = false,
}

/// Reported while the config is read, before there are rules to run.
impl Rule for InvalidConfig {}
