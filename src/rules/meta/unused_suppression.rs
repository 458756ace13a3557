use crate::{
    declare_rule,
    diagnostic::Sink,
    rule::Rule,
    rules::RULES,
    suppress::{DirectiveKind, Suppressions},
};

declare_rule! {
    /// A suppression comment that suppresses nothing
    ///
    /// ## Why
    ///
    /// The page was mended and the comment stayed: now it hides the next mistake of its kind. Comments for rules that
    /// did not run, and those of markdownlint, are left alone.
    ///
    /// ## Bad
    ///
    /// ```md
    /// ---
    /// title: Ferry times
    /// country: "no" # copydesk-disable-line ambiguous-scalar
    /// ---
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// ---
    /// title: Ferry times
    /// country: "no"
    /// ---
    /// ```
    pub struct UnusedSuppression {}
    id = "unused-suppression",
}

impl Rule for UnusedSuppression {
    fn check_suppressions(&self, suppressions: &Suppressions, sink: &mut Sink<'_>) {
        for directive in &suppressions.directives {
            if matches!(directive.kind, DirectiveKind::Enable | DirectiveKind::Unknown(..)) {
                continue;
            }
            if directive.names.is_empty() && !directive.used {
                sink.report(directive.span, "this comment suppresses nothing").help("remove it");
            }
            let known = |name: &str| RULES.iter().any(|def| def.answers_to(name));
            for name in directive.names.iter().filter(|name| !name.used && known(&name.text)) {
                sink.report(name.span, format!("nothing of `{}` is suppressed here", name.text))
                    .help(if directive.names.len() == 1 { "remove the comment" } else { "remove the name" });
            }
        }
    }
}
