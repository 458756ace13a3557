use crate::{
    declare_rule,
    diagnostic::Sink,
    rule::Rule,
    rules::{RULES, names},
    suppress::{DIRECTIVES, DirectiveKind, Suppressions},
    text::nearest,
};

declare_rule! {
    /// A suppression comment names a rule that does not exist
    ///
    /// ## Why
    ///
    /// The comment suppresses nothing, and nobody notices until the rule it was meant for fails the build.
    ///
    /// ## Bad
    ///
    /// ```md
    /// ---
    /// title: Ferry times
    /// country: no # copydesk-disable-line ambiguos-scalar
    /// ---
    /// ```
    ///
    /// ## Good
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
        for directive in &suppressions.directives {
            if let DirectiveKind::Unknown(word, span) = &directive.kind {
                let found =
                    sink.report(*span, format!("`copydesk-{word}` is nothing that a comment can ask for"));
                found.help(match nearest(word, DIRECTIVES) {
                    Some(near) => format!("did you mean `copydesk-{near}`?"),
                    None => format!(
                        "a comment says {}",
                        DIRECTIVES.map(|word| format!("`copydesk-{word}`")).join(", ")
                    ),
                });
                continue;
            }
            let mut is_prose = false;
            for name in
                directive.names.iter().filter(|name| !RULES.iter().any(|def| def.answers_to(&name.text)))
            {
                let near = nearest(&name.text, names());
                // Of a reason without its dashes, the first word is enough.
                if near.is_none() && std::mem::replace(&mut is_prose, true) {
                    continue;
                }
                sink.report(name.span, format!("there is no rule `{}`", name.text)).help(match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`copydesk rules` lists them all; a reason stands behind ` -- `".to_owned(),
                });
            }
        }
    }
}
