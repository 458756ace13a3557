use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::Changes,
    front_matter::schema::FindingKind,
    rule::Rule,
    rules::schema_findings,
    site::{Page, Site},
};

declare_rule! {
    /// A key that the schema does not know
    ///
    /// ## Why
    ///
    /// A misspelt key is a missing one: `descripton` is read by nothing, and the page has no description. A CMS drops
    /// keys that it does not know. A key that nearly all pages of a collection have is reported once, as a gap in the
    /// schema: see `schema-gap`.
    ///
    /// ## Bad
    ///
    /// ```md
    /// ---
    /// $schema: builtin:blog-post
    /// title: Harbour lights
    /// author: Mira Holt
    /// date: 2024-01-29T10:00:00Z
    /// descripton: A walk along the quay
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
    /// description: A walk along the quay
    /// ---
    /// ```
    pub struct UnknownKey {}
    id = "unknown-key",
    severity = Severity::Error,
    changes = Changes::Values,
}

impl Rule for UnknownKey {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let unknown = page.schema_findings.iter().filter(|finding| {
            let is_unknown = matches!(finding.kind, FindingKind::UnknownKey { .. });
            is_unknown && !schema_findings::is_gap(finding, page, site)
        });
        schema_findings::report(unknown, sink);
    }
}
