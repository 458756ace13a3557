use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::Changes,
    front_matter::schema::FindingKind,
    rule::Rule,
    rules::schema_findings,
};

declare_rule! {
    /// A value is not what the schema allows
    ///
    /// ## Why
    ///
    /// A number where text is meant, a layout that does not exist, a list where one value is expected: the page is
    /// built, and looks wrong. What is allowed is said by the collection's schema, by the CMS config, or by the
    /// page's own `$schema`.
    ///
    /// ## Bad
    ///
    /// ```md
    /// ---
    /// $schema: builtin:blog-post
    /// title: 2024
    /// author: Mira Holt
    /// date: 2024-01-29T10:00:00Z
    /// ---
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// ---
    /// $schema: builtin:blog-post
    /// title: "2024"
    /// author: Mira Holt
    /// date: 2024-01-29T10:00:00Z
    /// ---
    /// ```
    pub struct InvalidValue {}
    id = "invalid-value",
    severity = Severity::Error,
    changes = Changes::Values,
}

impl Rule for InvalidValue {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let invalid = doc.schema_findings.iter().filter(|finding| finding.kind == FindingKind::InvalidValue);
        schema_findings::report(invalid, sink);
    }
}
