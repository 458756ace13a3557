use crate::{
    declare_rule,
    diagnostic::Sink,
    fix::{Applicability, Changes, Fix},
    rule::{Fixable, Rule},
    rules::RULES,
    suppress::{Directive, DirectiveKind, RuleName, Suppressions},
    text::Span,
};

declare_rule! {
    /// Unused suppression comment
    ///
    /// ## What it does
    ///
    /// Reports suppression comments that suppress nothing. Comments for rules that did not run, and markdownlint's
    /// comments, are ignored.
    ///
    /// ## Why is this bad?
    ///
    /// The page was fixed and the comment remained: it now hides the next finding of the same rule.
    ///
    /// ## Example
    ///
    /// ```md
    /// ---
    /// title: Ferry times
    /// country: "no" # copydesk-disable-line ambiguous-scalar
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// ---
    /// title: Ferry times
    /// country: "no"
    /// ---
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Removing the comment or the rule's name is safe: it has no effect.
    pub struct UnusedSuppression {}
    id = "unused-suppression",
    fixable = Fixable::Sometimes,
    changes = Changes::Comments,
}

impl Rule for UnusedSuppression {
    fn check_suppressions(&self, suppressions: &Suppressions, sink: &mut Sink<'_>) {
        for directive in &suppressions.directives {
            if matches!(directive.kind, DirectiveKind::Enable | DirectiveKind::Unknown(..)) {
                continue;
            }
            if directive.names.is_empty() && !directive.used {
                sink.report(directive.span, "unused suppression comment")
                    .fix_or_help(without_comment(directive), "remove the comment");
            }
            let known =
                |name: &RuleName| name.custom || RULES.iter().any(|def| def.meta.answers_to(&name.text));
            for (index, name) in directive.names.iter().enumerate() {
                if name.used || !known(name) {
                    continue;
                }
                let diagnostic = sink.report(name.span, format!("unused suppression of `{}`", name.text));
                if directive.names.len() == 1 {
                    diagnostic.fix_or_help(without_comment(directive), "remove the comment");
                } else {
                    diagnostic.fix(without_name(directive, index));
                }
            }
        }
    }
}

fn without_comment(directive: &Directive) -> Option<Fix> {
    Some(Fix::replace("Remove the comment", Applicability::Safe, directive.removal?, ""))
}

/// Removes one of several names, with the separator next to it.
fn without_name(directive: &Directive, index: usize) -> Fix {
    let place = |index: usize| directive.names[index].span;
    let span = match directive.names.get(index + 1) {
        Some(next) => Span::new(place(index).start, next.span.start),
        None => Span::new(place(index - 1).end, place(index).end),
    };
    Fix::replace("Remove the name", Applicability::Safe, span, "")
}
