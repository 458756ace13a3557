use crate::{
    data::Duplicate,
    declare_rule,
    diagnostic::{Diagnostic, Severity, Sink},
    rule::Rule,
    site::{Page, Site, urls::SiteKind},
};

declare_rule! {
    /// Duplicate key
    ///
    /// ## What it does
    ///
    /// Reports keys that occur more than once in the same mapping. On Hugo sites, top-level keys that differ in case only,
    /// such as `date` and `Date`, are the same key.
    ///
    /// ## Why is this bad?
    ///
    /// Some parsers use the first value, some the last, and some reject the page.
    ///
    /// ## Example
    ///
    /// ```md
    /// ---
    /// title: Harbour lights
    /// author: Mira Holt
    /// title: Harbour lights at night
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// ---
    /// title: Harbour lights at night
    /// author: Mira Holt
    /// ---
    /// ```
    pub struct DuplicateKey {}
    id = "duplicate-key",
    severity = Severity::Error,
}

impl Rule for DuplicateKey {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let Some(root) = page.root() else { return };
        for pair in root.duplicate_keys() {
            report(&pair, sink);
        }
        if site.urls.layout.kind == Some(SiteKind::Hugo) {
            for pair in root.duplicates_in_any_case() {
                report(&pair, sink).help("Hugo ignores case in keys; remove one of them");
            }
        }
    }
}

fn report<'s>(pair: &Duplicate<'_>, sink: &'s mut Sink<'_>) -> &'s mut Diagnostic {
    let key = pair.second.key.text().unwrap_or_default();
    let same = pair.first.value.text().is_some_and(|text| pair.second.value.text() == Some(text));
    sink.report(pair.second.key.span, format!("duplicate key `{key}`"))
        .label(pair.first.key.span, "first defined here")
        .help(if same { "remove one of them" } else { "remove the one with the wrong value" })
}
