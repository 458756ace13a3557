//! Schema validation results, of which `missing-key`, `unknown-key` and `invalid-value` each report one kind.

use crate::{
    diagnostic::{Label, Sink},
    fix::Fix,
    front_matter::schema::{Violation, ViolationKind},
    site::{Page, Site},
};

/// Whether nearly all pages of the collection have this unknown key.
pub(super) fn is_gap(finding: &Violation, page: &Page, site: &Site) -> bool {
    let collection = page.collection.as_ref();
    collection.zip(finding.gap_key()).is_some_and(|(collection, key)| site.is_schema_gap(collection, key))
}

/// Reports findings as those of the current rule.
pub(super) fn report<'a>(findings: impl IntoIterator<Item = &'a Violation>, sink: &mut Sink<'_>) {
    for finding in findings {
        let diagnostic = sink.report(finding.span, &finding.message);
        diagnostic.primary.message.clone_from(&finding.note);
        let repeats = |help: &&str| finding.fix.as_ref().is_some_and(|fix| repeats_title(help, fix));
        let help = finding.help.as_deref().filter(|help| !repeats(help));
        diagnostic.explain(help, &finding.related);
        diagnostic.fixes.extend(finding.fix.clone());
    }
}

/// Reports what schemas have against the data files of a site, of these kinds.
pub(super) fn report_data(site: &Site, is_meant: impl Fn(&ViolationKind) -> bool, sink: &mut Sink<'_>) {
    for data in site.checked_data() {
        for finding in data.findings.iter().filter(|finding| is_meant(&finding.kind)) {
            let diagnostic = sink.report_at(Label::new(&data.path, finding.span), &finding.message);
            diagnostic.primary.message.clone_from(&finding.note);
            diagnostic.explain(finding.help.as_deref(), &finding.related);
        }
    }
}

/// Whether a help begins with the title of the fix, whose change shows the rest.
fn repeats_title(help: &str, fix: &Fix) -> bool {
    help.get(..fix.title.len()).is_some_and(|start| start.eq_ignore_ascii_case(&fix.title))
}
