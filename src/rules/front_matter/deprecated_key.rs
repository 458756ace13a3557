use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    front_matter::schema::ViolationKind,
    rule::Rule,
    rules::front_matter::schema_findings,
    site::Site,
};

declare_rule! {
    /// Deprecated key
    ///
    /// ## What it does
    ///
    /// Reports keys that the schema marks as `deprecated`.
    ///
    /// ## Why is this bad?
    ///
    /// A later version of the site may ignore the key. The description of the key in the schema often names its
    /// replacement.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// # Schema: {properties: {cover: {deprecated: true, description: Use `image`.}}}
    /// cover: pier.jpg
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```yaml
    /// image: pier.jpg
    /// ```
    ///
    /// ## References
    ///
    /// - [JSON Schema: `deprecated`](https://json-schema.org/draft/2020-12/json-schema-validation#section-9.3)
    pub struct DeprecatedKey {}
    id = "deprecated-key",
    severity = Severity::Info,
}

impl Rule for DeprecatedKey {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let deprecated = doc.schema_findings.iter().filter(|it| it.kind == ViolationKind::DeprecatedKey);
        schema_findings::report(deprecated, sink);
    }

    fn check_site(&self, site: &Site, sink: &mut Sink<'_>) {
        schema_findings::report_data(site, |kind| *kind == ViolationKind::DeprecatedKey, sink);
    }
}
