use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::Changes,
    front_matter::schema::{Violation, ViolationKind},
    rule::{Fixable, Rule},
    rules::front_matter::schema_findings,
    site::{Page, Site},
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
    /// If half of the pages of a collection of a CMS have values of a key that do not match, `schema-gap` reports it once.
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
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let is_invalid = |finding: &&Violation| finding.kind == ViolationKind::InvalidValue;
        let invalid = page.schema_findings.iter().filter(is_invalid);
        let invalid = invalid.filter(|finding| !schema_findings::is_gap(finding, page, site));
        schema_findings::report_in(invalid, page.collection.as_deref(), sink);
    }

    fn check_site(&self, site: &Site, sink: &mut Sink<'_>) {
        schema_findings::report_data(site, |kind| *kind == ViolationKind::InvalidValue, sink);
    }
}
