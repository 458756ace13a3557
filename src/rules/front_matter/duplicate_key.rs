use crate::{
    data::{Duplicate, Node},
    declare_rule,
    diagnostic::{Diagnostic, Severity, Sink},
    document::Document,
    rule::Rule,
    site::{Page, Site, urls::SiteKind},
};

declare_rule! {
    /// Duplicate key
    ///
    /// ## What it does
    ///
    /// Reports keys that occur more than once in the same mapping. On a Hugo site, keys that differ only in case are the
    /// same.
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
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let Some(root) = doc.front_matter.as_ref().and_then(|it| it.tree.root.as_ref()) else { return };
        for pair in root.duplicate_keys() {
            report(&pair, sink);
        }
    }

    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        if site.layout_of(page).kind == Some(SiteKind::Hugo) {
            let root = page.root().into_iter();
            for pair in root.flat_map(Node::duplicate_keys_in_other_case) {
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
