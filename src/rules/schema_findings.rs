//! What the three rules about schemas share: the schema is asked once a page, each rule reports its kind.

use crate::{diagnostic::Sink, front_matter::schema::Finding};

/// Reports the findings that a rule picks.
pub(super) fn report(findings: &[Finding], sink: &mut Sink<'_>, picks: impl Fn(&Finding) -> bool) {
    for finding in findings.iter().filter(|finding| picks(finding)) {
        let found = sink.report(finding.span, &finding.message);
        found.primary.message.clone_from(&finding.note);
        found.help.clone_from(&finding.help);
        for (span, message) in &finding.related {
            found.label(*span, message);
        }
    }
}
