use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    rule::Rule,
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
            sink.report(error.span, &error.message).explain(error.help.as_deref(), &error.related);
        }
    }
}
