use crate::{declare_rule, diagnostic::Sink, rule::Rule, site::Site, text::quantity};

declare_rule! {
    /// Common key is missing from the schema
    ///
    /// ## What it does
    ///
    /// Reports keys that half of the pages of a collection have, but its schema does not define. Each is reported once,
    /// at the schema or the CMS config, instead of on every page. At least three pages must have the key: on fewer
    /// pages, `unknown-key` reports it.
    ///
    /// The finding is located in the config, so an example page cannot show it.
    ///
    /// ## Why is this bad?
    ///
    /// If half of the pages have a key, it is probably missing from the schema. A CMS removes keys that it does
    /// not know when a page is saved there.
    pub struct SchemaGap {}
    id = "schema-gap",
}

impl Rule for SchemaGap {
    fn check_site(&self, site: &Site, sink: &mut Sink<'_>) {
        for collection in &site.collections {
            for (key, pages) in site.unknown_keys(collection) {
                if !site.is_schema_gap(collection, key) {
                    continue;
                }
                let all = quantity(site.page_count(collection), "page");
                let name = &collection.name;
                let message = format!(
                    "{pages} of {all} in `{name}` have key `{key}`, which the schema does not define"
                );
                sink.report_at(collection.schema_place.clone(), message)
                    .help(format!("add `{key}` to the schema, or remove it from the pages"));
            }
        }
    }
}
