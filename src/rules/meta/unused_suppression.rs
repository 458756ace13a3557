use crate::{
    declare_rule,
    diagnostic::Sink,
    fix::{Applicability, Changes, Fix},
    rule::Rule,
    rules::RULES,
    suppress::{Directive, DirectiveKind, Suppressions},
    text::Span,
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
    changes = Changes::Comments,
}

impl Rule for UnusedSuppression {
    fn check_suppressions(&self, suppressions: &Suppressions, sink: &mut Sink<'_>) {
        for directive in &suppressions.directives {
            if matches!(directive.kind, DirectiveKind::Enable | DirectiveKind::Unknown(..)) {
                continue;
            }
            if directive.names.is_empty() && !directive.used {
                let found = sink.report(directive.span, "this comment suppresses nothing");
                found.help("remove it").fixes.extend(without_comment(directive));
            }
            let known = |name: &str| RULES.iter().any(|def| def.answers_to(name));
            for (index, name) in directive.names.iter().enumerate() {
                if name.used || !known(&name.text) {
                    continue;
                }
                let found = sink.report(name.span, format!("nothing of `{}` is suppressed here", name.text));
                if directive.names.len() == 1 {
                    found.help("remove the comment").fixes.extend(without_comment(directive));
                } else {
                    found.help("remove the name").fix(without_name(directive, index));
                }
            }
        }
    }
}

fn without_comment(directive: &Directive) -> Option<Fix> {
    Some(Fix::replace("remove the comment", Applicability::Safe, directive.removal?, ""))
}

/// A comment of several names without one of them, and without the blank or comma on its side.
fn without_name(directive: &Directive, index: usize) -> Fix {
    let place = |index: usize| directive.names[index].span;
    let span = match directive.names.get(index + 1) {
        Some(next) => Span::new(place(index).start, next.span.start),
        None => Span::new(place(index - 1).end, place(index).end),
    };
    Fix::replace("remove the name", Applicability::Safe, span, "")
}
