use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    front_matter::schema::{Violation, ViolationKind},
    rule::Rule,
    rules::front_matter::schema_findings,
    site::{Page, Site},
};

declare_rule! {
    /// Required key is missing
    ///
    /// ## What it does
    ///
    /// Reports pages without a key that the schema requires. The schema is that of the collection, of the CMS config,
    /// or the one that the page names with `$schema`. If a key that the CMS requires is missing from many pages,
    /// `schema-gap` reports it once.
    ///
    /// ## Why is this bad?
    ///
    /// Templates rely on required keys: without them, a page has an empty title, is sorted to the end of the blog, or
    /// fails the build.
    ///
    /// ## Example
    ///
    /// ```md
    /// ---
    /// $schema: builtin:blog-post
    /// title: Harbour lights
    /// author: Mira Holt
    /// ---
    /// ```
    ///
    /// ## Use instead
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
        let is_gap = |finding: &Violation| schema_findings::is_gap(finding, page, site);
        let missing = page.schema_findings.iter().filter_map(|finding| match finding.kind {
            ViolationKind::MissingKey => Some(finding).filter(|finding| !is_gap(finding)),
            _ if is_gap(finding) => finding.absorbed().filter(|absorbed| !is_gap(absorbed)),
            _ => None,
        });
        schema_findings::report_in(missing, page.collection.as_deref(), sink);
    }

    fn check_site(&self, site: &Site, sink: &mut Sink<'_>) {
        schema_findings::report_data(site, |kind| *kind == ViolationKind::MissingKey, sink);
    }
}
