//! Rules about Markdown do not judge what is not Markdown, and no fix changes it.

use std::path::Path;

use crate::{
    diagnostic::Diagnostic,
    fix::Applicability,
    markdown::Overlay,
    rule::{Group, RuleMeta},
    text::Span,
};

/// Rules that read the bytes of a page, whatever these mean.
const READ_BYTES: [&str; 2] = ["invisible-character", "mixed-line-endings"];

/// Rules about what is not Markdown.
const ASK_OVERLAY: [&str; 3] = ["dialect-syntax", "unclosed-fence", "unknown-alert-type"];

/// Drops the findings of a page in what is not Markdown, or partly in it, and the fixes that would change it.
pub(super) fn drop_dialect_findings(
    diagnostics: &mut Vec<Diagnostic>,
    overlay: Option<&Overlay>,
    path: &Path,
) {
    let Some(overlay) = overlay else { return };
    diagnostics.retain_mut(|finding| {
        if *finding.primary.path != *path {
            return true;
        }
        let place = finding.primary.span;
        let island = overlay.island_at(place).map(|island| island.span);
        let spared = island.or_else(|| overlay.head_outside_title(place).map(|head| head.span));
        finding.fixes.retain(|fix| {
            let is_safe = fix.applicability == Applicability::Safe;
            !fix.edits().iter().any(|edit| {
                overlay.is_touched_by(edit.span) || is_safe && overlay.is_literal_changed_by(edit.span)
            })
        });
        spared.is_none_or(|spared| is_meant(finding.rule, place, spared))
    });
}

/// Whether a finding that shares bytes with something that is not Markdown is kept: it is about more, or its rule asks
/// for URLs and prose, of which the tree says where they are.
fn is_meant(rule: &RuleMeta, place: Span, spared: Span) -> bool {
    let is_around = place.contains(spared) && place != spared;
    let asks_tree = matches!(
        rule.group,
        Group::Meta | Group::FrontMatter | Group::Links | Group::Images | Group::Spelling | Group::Grammar
    );
    is_around || asks_tree || READ_BYTES.contains(&rule.id) || ASK_OVERLAY.contains(&rule.id)
}
