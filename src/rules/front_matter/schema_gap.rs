use crate::{declare_rule, diagnostic::Sink, rule::Rule, site::Site};

declare_rule! {
    /// Nearly all pages of a collection have a key that its schema lacks
    ///
    /// ## Why
    ///
    /// Nine pages of ten are not mistaken: the schema, or the CMS config that it was made from, has forgotten the key.
    /// It is reported once, where the key would have to be added, and not on every page. A CMS removes such a key
    /// when somebody saves the page there.
    ///
    /// This finding lies in the config, so it has no example of a page.
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
                let all = site.page_count(collection);
                let who = if all == 1 { "the page".to_owned() } else { format!("{pages} of {all} pages") };
                let have = if pages == 1 { "has" } else { "have" };
                sink.report_at(
                    collection.schema_place.clone(),
                    format!("{who} of `{}` {have} the key `{key}`, which is not known here", collection.name),
                )
                .help(format!("add `{key}`, or remove it from the pages"));
            }
        }
    }
}
