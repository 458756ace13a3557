use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::Changes,
    front_matter::schema::ViolationKind,
    rule::{Fixable, Rule},
    rules::front_matter::schema_findings,
    site::{Page, Site},
};

declare_rule! {
    /// Unknown key
    ///
    /// ## What it does
    ///
    /// Reports keys that the schema does not define. A key that half of the pages of a collection have is reported by
    /// `schema-gap` instead.
    ///
    /// ## Why is this bad?
    ///
    /// A misspelled key is a missing key: no template reads `descripton`, so the page has no description. A CMS
    /// removes keys that it does not know.
    ///
    /// ## Example
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
    /// ## Use instead
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
    ///
    /// ## Fix safety
    ///
    /// Renaming a key to a similar one that is missing is safe. Renaming the only unknown key to the only missing one,
    /// if they are not similar, is unsafe.
    pub struct UnknownKey {}
    id = "unknown-key",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Values,
}

impl Rule for UnknownKey {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let unknown = page.schema_findings.iter().filter(|finding| {
            let is_unknown = matches!(finding.kind, ViolationKind::UnknownKey { .. });
            is_unknown && !schema_findings::is_gap(finding, page, site)
        });
        schema_findings::report_in(unknown, page.collection.as_deref(), sink);
    }

    fn check_site(&self, site: &Site, sink: &mut Sink<'_>) {
        let is_unknown = |kind: &ViolationKind| matches!(kind, ViolationKind::UnknownKey { .. });
        schema_findings::report_data(site, is_unknown, sink);
    }
}
