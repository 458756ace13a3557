use crate::{
    declare_rule,
    diagnostic::{Label, Severity, Sink},
    rule::Rule,
    site::{Page, Site},
};

declare_rule! {
    /// Duplicate value of a unique key
    ///
    /// ## What it does
    ///
    /// Reports pages whose value of a unique key is the same as that of an earlier page. `unique` in the config lists
    /// the unique keys of a collection; for a CMS config, they are the title and the date with its time.
    ///
    /// Duplicates of `slug`, `permalink`, `url`, `path` and `id` are errors, duplicates of dates infos, and duplicates of other
    /// keys at most warnings.
    ///
    /// ## Why is this bad?
    ///
    /// If two pages have the same URL, one of them cannot be reached. Two posts with the same title, or published at
    /// the very same time, are usually a copy with unfinished front matter.
    ///
    /// ## Example
    ///
    /// With another post of this title:
    ///
    /// ```yaml
    /// title: Harbour lights
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```yaml
    /// title: Harbour lights, part two
    /// ```
    pub struct DuplicateValue {}
    id = "duplicate-value",
    severity = Severity::Error,
}

/// Keys that determine the URL of a page.
const URL_KEYS: [&str; 5] = ["slug", "permalink", "url", "path", "id"];

impl Rule for DuplicateValue {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let (Some(collection), Some(root)) = (&page.collection, page.root()) else { return };
        for key in &collection.unique {
            let node = key.find(root).filter(|node| !node.is_null());
            let Some((node, text)) = node.and_then(|node| Some((node, node.text()?))) else { continue };
            let Some(first) = site.first_holder(collection, key, text, page) else { continue };
            let found = sink.report(node.span, format!("duplicate `{key}`"));
            // Of two pages with one date, one may be a copy of the other.
            if collection.dates.iter().any(|date| date.key == *key) {
                found.at_most(Severity::Info);
            } else if !URL_KEYS.contains(&key.name()) {
                found.at_most(Severity::Warning);
            }
            found
                .also(Label::with_message(&first.path, first.span, "first used here"))
                .help("use a unique value");
        }
    }
}
