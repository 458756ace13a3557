use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    rule::Rule,
    site::{Page, Site},
    text::quantity,
};

declare_rule! {
    /// Tag that hardly any page has
    ///
    /// ## What it does
    ///
    /// Reports values of `tags`, `categories`, `keywords` and `topics` that fewer pages have than `min-pages`. Spellings
    /// that differ in case, spaces and hyphens count together.
    ///
    /// ## Why is this bad?
    ///
    /// The page of such a tag has nothing else to read. Often the tag is misspelled, or another one means the same.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// tags: [ferries, ferrys]
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```yaml
    /// tags: [ferries]
    /// ```
    pub struct RareTag {
        /// How many pages a tag should have at least.
        min_pages: usize = 2,
    }
    id = "rare-tag",
    severity = Severity::Info,
    on = false,
}

impl Rule for RareTag {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        for (key, node, spellings) in site.tags(page) {
            let (Some(tag), pages) = (node.text(), spellings.total()) else { continue };
            if pages < self.min_pages {
                let pages = if pages == 1 {
                    "no other page has".to_owned()
                } else {
                    format!("only {} have", quantity(pages, "page"))
                };
                sink.report(node.span, format!("{pages} `{tag}` in `{key}`"))
                    .help("use a tag that other pages have, or remove it");
            }
        }
    }
}
