//! What the three rules about schemas share: the schema is asked once a page, each rule reports its kind.

use crate::{
    diagnostic::Sink,
    front_matter::schema::Finding,
    site::{Page, Site},
};

/// Whether an unknown key is one that nearly all pages of the collection have.
pub(super) fn is_gap(finding: &Finding, page: &Page, site: &Site) -> bool {
    let collection = page.collection.as_ref();
    collection.zip(finding.gap_key()).is_some_and(|(collection, key)| site.is_schema_gap(collection, key))
}

/// Reports findings as those of the rule at hand.
pub(super) fn report<'a>(findings: impl IntoIterator<Item = &'a Finding>, sink: &mut Sink<'_>) {
    for finding in findings {
        let found = sink.report(finding.span, &finding.message);
        found.primary.message.clone_from(&finding.note);
        found.explain(finding.help.as_deref(), &finding.related);
        found.fixes.extend(finding.fix.clone());
    }
}
