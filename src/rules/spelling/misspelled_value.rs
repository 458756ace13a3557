use crate::{
    data::Node,
    declare_rule,
    diagnostic::Sink,
    fix::{Applicability, Changes, Fix},
    front_matter::rewrite::retext,
    rule::{Fixable, Rule},
    site::{Page, Site},
    text::{Span, quantity},
};

declare_rule! {
    /// Value that looks like a misspelling of a common one
    ///
    /// ## What it does
    ///
    /// Reports tags, categories, authors, layouts and other short texts in the front matter that at most three pages
    /// have, if they differ in one letter from a value of the same key that at least five pages in the same language
    /// have, and five times as many: two letters are swapped, or a letter inside a word is missing or added. Words of the
    /// dictionary, words that the page uses elsewhere, and references to records are not reported.
    ///
    /// ## Why is this bad?
    ///
    /// Generators make a page for each tag and each author: the post is listed only on the page of the misspelled value. A
    /// layout that does not exist leaves the page without one.
    ///
    /// ## Example
    ///
    /// On a site with many posts in `Night ferries`:
    ///
    /// ```yaml
    /// categories: [Night freries]
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```yaml
    /// categories: [Night ferries]
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is unsafe: the other value may be meant.
    pub struct MisspelledValue {}
    id = "misspelled-value",
    fixable = Fixable::Sometimes,
    changes = Changes::Values,
}

impl Rule for MisspelledValue {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let Some(format) = page.tree().map(|tree| tree.format) else { return };
        let mut judged = None;
        for (key, node, meant) in site.misspelled_values(page) {
            let judged = judged.get_or_insert_with(|| judged_elsewhere(page, site));
            let (Some(value), false) = (node.text(), judged.iter().any(|span| span.overlaps(node.span)))
            else {
                continue;
            };
            let fix = retext(node, format, meant.text).map(|text| {
                Fix::replace(format!("Replace with `{}`", meant.text), Applicability::Unsafe, node.span, text)
            });
            let pages = quantity(meant.pages, "page");
            let message = format!(
                "`{value}` looks like a misspelling of `{}`, a value of `{key}` on {pages}",
                meant.text
            );
            sink.report(node.span, message).fix_or_help(fix, format!("use `{}`", meant.text));
        }
    }
}

/// What other rules have something to say about: values that are references to records or break the schema, and
/// misspelled words.
fn judged_elsewhere(page: &Page, site: &Site) -> Vec<Span> {
    let references = page.collection.iter().flat_map(|collection| &collection.references);
    let nodes = references
        .flat_map(|reference| page.root().into_iter().flat_map(|root| reference.key.find_all(root)));
    let violations = page.schema_findings.iter().chain(&page.generator_findings);
    nodes
        .map(|node: &Node| node.span)
        .chain(violations.map(|violation| violation.span))
        .chain(site.reported_misspellings(page).into_iter().map(|verdict| verdict.place.span))
        .collect()
}
