//! Schema validation results, of which `missing-key`, `unknown-key` and `invalid-value` each report one kind.

use crate::{
    diagnostic::{Diagnostic, Label, Sink},
    fix::Fix,
    front_matter::{
        Collection,
        schema::{Violation, ViolationKind},
    },
    site::{GapKind, Page, Site},
};

/// Whether the schema of the collection is wrong about a key, and not the page: `schema-gap` reports it once.
pub(super) fn is_gap(finding: &Violation, page: &Page, site: &Site) -> bool {
    let (Some(collection), Some(kind)) = (&page.collection, GapKind::of(finding)) else { return false };
    finding.gap_key().is_some_and(|key| site.is_schema_gap(collection, kind, key))
}

/// Reports findings as those of the current rule.
pub(super) fn report<'a>(findings: impl IntoIterator<Item = &'a Violation>, sink: &mut Sink<'_>) {
    findings.into_iter().for_each(|finding| _ = report_one(finding, sink));
}

/// The same with the place in the config of the CMS that the schema is derived from.
pub(super) fn report_in<'a>(
    findings: impl IntoIterator<Item = &'a Violation>,
    collection: Option<&Collection>,
    sink: &mut Sink<'_>,
) {
    for finding in findings {
        let place = collection.and_then(|collection| collection.field_place(&finding.path));
        let place = place.filter(|_| finding.fix.is_none());
        report_one(finding, sink).secondary.extend(place);
    }
}

fn report_one<'s>(finding: &Violation, sink: &'s mut Sink<'_>) -> &'s mut Diagnostic {
    let diagnostic = sink.report(finding.span, &finding.message);
    diagnostic.primary.message.clone_from(&finding.note);
    let repeats = |help: &&str| finding.fix.as_ref().is_some_and(|fix| repeats_title(help, fix));
    let help = finding.help.as_deref().filter(|help| !repeats(help));
    diagnostic.explain(help, &finding.related);
    diagnostic.fixes.extend(finding.fix.clone());
    diagnostic
}

/// Reports what schemas have against the data files of a site, of these kinds.
pub(super) fn report_data(site: &Site, is_meant: impl Fn(&ViolationKind) -> bool, sink: &mut Sink<'_>) {
    for data in site.checked_data() {
        for finding in data.findings().iter().filter(|finding| is_meant(&finding.kind)) {
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
