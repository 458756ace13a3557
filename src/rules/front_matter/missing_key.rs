use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    front_matter::schema::FindingKind,
    rule::Rule,
    rules::schema_findings,
    site::{Page, Site},
};

declare_rule! {
    /// A key that the schema requires is missing
    ///
    /// ## Why
    ///
    /// Templates rely on required keys: without them a page shows an empty title, sorts to the end of the blog or
    /// stops the build. Which keys those are is said by the collection's schema, by the CMS config, or by the page's
    /// own `$schema`.
    ///
    /// ## Bad
    ///
    /// ```md
    /// ---
    /// $schema: builtin:blog-post
    /// title: Harbour lights
    /// author: Mira Holt
    /// ---
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// ---
    /// $schema: builtin:blog-post
    /// title: Harbour lights
    /// author: Mira Holt
    /// date: 2024-01-29T10:00:00Z
    /// ---
    /// ```
    pub struct MissingKey {}
    id = "missing-key",
    severity = Severity::Error,
}

impl Rule for MissingKey {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let missing = page.schema_findings.iter().filter_map(|finding| match finding.kind {
            FindingKind::MissingKey => Some(finding),
            _ if schema_findings::is_gap(finding, page, site) => finding.absorbed(),
            _ => None,
        });
        schema_findings::report(missing, sink);
    }
}
