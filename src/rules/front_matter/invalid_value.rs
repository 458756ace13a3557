use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::Changes,
    front_matter::schema::ViolationKind,
    rule::{Fixable, Rule},
    rules::front_matter::schema_findings,
    site::Site,
};

declare_rule! {
    /// Value does not match the schema
    ///
    /// ## What it does
    ///
    /// Reports values that the schema does not allow: a number instead of a string, an unknown layout, a list instead
    /// of a single value. The schema is that of the collection, of the CMS config, or the one that the page names with
    /// `$schema`.
    ///
    /// ## Why is this bad?
    ///
    /// The site builds, but the page looks wrong.
    ///
    /// ## Example
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
    /// ## Use instead
    ///
    /// ```md
    /// ---
    /// $schema: builtin:blog-post
    /// title: "2024"
    /// author: Mira Holt
    /// date: 2024-01-29T10:00:00Z
    /// ---
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Adding or removing quotes is safe. Replacing a value with a similar allowed one is unsafe.
    pub struct InvalidValue {}
    id = "invalid-value",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Values,
}

impl Rule for InvalidValue {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let invalid =
            doc.schema_findings.iter().filter(|finding| finding.kind == ViolationKind::InvalidValue);
        schema_findings::report_in(invalid, doc.collection.as_deref(), sink);
    }

    fn check_site(&self, site: &Site, sink: &mut Sink<'_>) {
        schema_findings::report_data(site, |kind| *kind == ViolationKind::InvalidValue, sink);
    }
}
