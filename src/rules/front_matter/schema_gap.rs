use crate::{
    declare_rule,
    diagnostic::Sink,
    rule::Rule,
    site::{GapKind, Site},
    text::quantity,
};

declare_rule! {
    /// Schema contradicts many pages
    ///
    /// ## What it does
    ///
    /// Reports keys that half of the pages of a collection have, but its schema does not define. Each is reported once,
    /// at the schema or the CMS config, instead of on every page. At least three pages must have the key: on fewer
    /// pages, `unknown-key` reports it. For a CMS, which is often set up later than the first pages, three pages are
    /// enough; keys that it requires and that are missing from half of the pages or from ten are reported as well,
    /// instead of by `missing-key`, and keys that have another value on half of the pages than it allows, instead of by
    /// `invalid-value`.
    ///
    /// The finding is located in the config, so an example page cannot show it.
    ///
    /// ## Why is this bad?
    ///
    /// If half of the pages have a key, it is probably missing from the schema. In a CMS, editors do not see keys that
    /// it does not know, and cannot save an old page without adding the keys that it requires.
    pub struct SchemaGap {}
    id = "schema-gap",
}

impl Rule for SchemaGap {
    fn check_site(&self, site: &Site, sink: &mut Sink<'_>) {
        for collection in &site.collections {
            let all = quantity(site.page_count(collection), "page");
            let name = &collection.name;
            for (key, pages) in site.schema_gaps(collection, GapKind::Unknown) {
                let message = format!(
                    "{pages} of {all} in `{name}` have key `{key}`, which the schema does not define"
                );
                sink.report_at(collection.schema_place.clone(), message)
                    .help(format!("add `{key}` to the schema, or remove it from the pages"));
            }
            for (key, pages) in site.schema_gaps(collection, GapKind::Missing) {
                let message = format!(
                    "{pages} of {all} in `{name}` do not have key `{key}`, which the schema requires"
                );
                sink.report_at(collection.schema_place.clone(), message)
                    .help(format!("set `required: false` for `{key}`, or add it to the pages"));
            }
            for (key, pages) in site.schema_gaps(collection, GapKind::Invalid) {
                let message = format!(
                    "{pages} of {all} in `{name}` have a value of `{key}` that the schema does not allow"
                );
                sink.report_at(collection.schema_place.clone(), message)
                    .help(format!("change the field `{key}`, or the values on the pages"));
            }
        }
    }
}
