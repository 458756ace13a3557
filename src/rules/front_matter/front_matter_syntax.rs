use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Applicability, Changes, Fix},
    front_matter::rewrite::{Quotes, quoted},
    rule::Rule,
    yaml::{Format, SyntaxError, SyntaxErrorKind},
};

declare_rule! {
    /// The front matter does not parse
    ///
    /// ## Why
    ///
    /// A site generator that cannot read the block stops the build, or publishes the page without title and date.
    /// The most frequent slip is a title with a colon: YAML takes the part before it for a key.
    ///
    /// ## Bad
    ///
    /// ```md
    /// ---
    /// title: Harbour lights: a walk at night
    /// ---
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// ---
    /// title: "Harbour lights: a walk at night"
    /// ---
    /// ```
    pub struct FrontMatterSyntax {}
    id = "front-matter-syntax",
    severity = Severity::Error,
    changes = Changes::Values,
}

impl Rule for FrontMatterSyntax {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let Some(front_matter) = &doc.front_matter else { return };
        if front_matter.closing.is_none() {
            return; // `missing-front-matter` says that it never ends; what follows from that is no news.
        }
        // A NUL byte is `invalid-encoding` wherever it stands.
        let errors = front_matter.tree.errors.iter().filter(|error| doc.slice(error.span) != "\0");
        for error in errors {
            let found = sink.report(error.span, &error.message);
            found.explain(error.help.as_deref(), &error.related);
            found.fixes.extend(in_quotes(doc, error, front_matter.tree.format));
        }
    }
}

/// Quotes around a value with a colon in it, which says nothing else in any reading.
fn in_quotes(doc: &Document, error: &SyntaxError, format: Format) -> Option<Fix> {
    let SyntaxErrorKind::UnquotedColon { value } = error.kind else { return None };
    let text = quoted(doc.slice(value), format, Quotes::Double)?;
    Some(Fix::replace("put the value in quotes", Applicability::Safe, value, text))
}
