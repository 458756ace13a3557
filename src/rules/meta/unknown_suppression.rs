use crate::{
    declare_rule,
    diagnostic::Sink,
    rule::Rule,
    rules::{RULES, names},
    suppress::{DIRECTIVES, DirectiveKind, RuleName, Suppressions},
    text::{Search, nearest},
};

declare_rule! {
    /// Suppression comment names an unknown rule
    ///
    /// ## What it does
    ///
    /// Reports suppression comments with an unknown directive, or with the name of a rule or group that does not
    /// exist.
    ///
    /// ## Why is this bad?
    ///
    /// The comment has no effect, which goes unnoticed until the intended rule fails the build.
    ///
    /// ## Example
    ///
    /// ```md
    /// ---
    /// title: Ferry times
    /// country: no # copydesk-disable-line ambiguos-scalar
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// ---
    /// title: Ferry times
    /// country: no # copydesk-disable-line ambiguous-scalar -- the code of Norway
    /// ---
    /// ```
    pub struct UnknownSuppression {}
    id = "unknown-suppression",
}

impl Rule for UnknownSuppression {
    fn check_suppressions(&self, suppressions: &Suppressions, sink: &mut Sink<'_>) {
        let bytes = suppressions.directives.iter().map(|directive| directive.span.len() as usize).sum();
        let mut search = Search::in_file_of(bytes);
        for directive in &suppressions.directives {
            if let DirectiveKind::Unknown(word, span) = &directive.kind {
                let message = format!("unknown suppression directive `copydesk-{word}`");
                let valid = || DIRECTIVES.map(|it| format!("`copydesk-{it}`")).join(", ");
                sink.report(*span, message).help(match nearest(word, DIRECTIVES) {
                    Some(near) => format!("did you mean `copydesk-{near}`?"),
                    None => format!("valid directives: {}", valid()),
                });
                continue;
            }
            let mut is_reason = false;
            let is_known =
                |name: &RuleName| name.custom || RULES.iter().any(|def| def.meta.answers_to(&name.text));
            for name in directive.names.iter().filter(|name| !is_known(name)) {
                let near = search.nearest(&name.text, names());
                // Only the first word of a reason without ` -- ` is reported.
                if near.is_none() && !search.is_spent() && std::mem::replace(&mut is_reason, true) {
                    continue;
                }
                sink.report(name.span, format!("unknown rule `{}`", name.text)).help(match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "run `copydesk rules` for a list; put a reason after ` -- `".to_owned(),
                });
            }
        }
    }
}
