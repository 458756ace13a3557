use crate::{
    declare_rule,
    diagnostic::{Label, Severity, Sink},
    rule::Rule,
    site::{Page, Site},
};

declare_rule! {
    /// Two pages share a value that must be unique
    ///
    /// ## Why
    ///
    /// Of two pages with one address, one cannot be reached. Two posts with the same title or the very same time of
    /// publication are usually a copy whose front matter was not finished. Which keys are unique is said with
    /// `unique:` in the config; a CMS config gives the title and the date with its time. Addresses are errors, other
    /// values warnings. Of two pages the later one is reported.
    ///
    /// With another post of this title:
    ///
    /// ## Bad
    ///
    /// ```yaml
    /// title: Harbour lights
    /// ```
    ///
    /// ## Good
    ///
    /// ```yaml
    /// title: Harbour lights, part two
    /// ```
    pub struct DuplicateValue {}
    id = "duplicate-value",
    severity = Severity::Error,
}

/// Keys that make up a page's address.
const ADDRESSES: [&str; 5] = ["slug", "permalink", "url", "path", "id"];

impl Rule for DuplicateValue {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let (Some(collection), Some(root)) = (&page.collection, page.root()) else { return };
        for key in &collection.unique {
            let node = key.find(root).filter(|node| !node.is_null());
            let Some((node, text)) = node.and_then(|node| Some((node, node.text()?))) else { continue };
            let Some(first) = site.first_holder(collection, key, text, page) else { continue };
            let found = sink.report(node.span, format!("another page has the same `{key}`"));
            if !ADDRESSES.contains(&key.name()) {
                found.at_most(Severity::Warning);
            }
            found
                .also(Label::with_message(&first.path, first.span, "first here"))
                .help(format!("give this page its own `{key}`"));
        }
    }
}
