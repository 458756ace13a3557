//! Findings as the protocol has them.

mod publish;
mod pull;

use std::path::Path;

use gen_lsp_types::{
    Code, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    Location, Message, Uri,
};
use serde_json::json;

pub(super) use publish::Published;
pub(super) use pull::HeldPull;

use super::{
    position::{Encoding, TextPositions},
    uri,
};
use crate::{
    diagnostic::{self, Label, Severity},
    fix::Applicability,
    rule::RuleMeta,
    sources::Sources,
};

/// The name that findings have in a list of those of several servers.
pub(super) const SOURCE: &str = "copydesk";

/// Turns findings into what the protocol has.
pub(super) struct Converter<'a> {
    /// The absolute path of the folder that the paths of findings are relative to.
    pub(super) root: &'a Path,
    /// The texts that findings are in.
    pub(super) sources: &'a Sources,
    /// The units of columns.
    pub(super) encoding: Encoding,
}

impl Converter<'_> {
    /// A finding, without the secrets in it.
    pub(super) fn diagnostic(&self, finding: &diagnostic::Diagnostic) -> Diagnostic {
        let shown = self.sources.shown(finding);
        let message = match &shown.help {
            Some(help) => format!("{}\nhelp: {help}", shown.message),
            None => shown.message,
        };
        let best = finding.fixes.iter().map(|fix| fix.applicability).max();
        let related: Vec<_> = shown.secondary.iter().map(|label| self.related(label)).collect();
        Diagnostic {
            range: self.location(&shown.primary).range,
            severity: Some(severity(finding.severity)),
            code: Some(Code::String(finding.rule.id.to_owned())),
            code_description: page(finding.rule),
            source: Some(SOURCE.to_owned()),
            message: Message::String(message),
            tags: tag(finding.rule).map(|tag| vec![tag]),
            related_information: (!related.is_empty()).then_some(related),
            data: Some(
                json!({ "rule": finding.rule.id, "fix": best.filter(|it| *it > Applicability::DisplayOnly) }),
            ),
        }
    }

    fn related(&self, label: &Label) -> DiagnosticRelatedInformation {
        let message = label.message.clone().unwrap_or_default();
        DiagnosticRelatedInformation { location: self.location(label), message }
    }

    /// The place of a label.
    pub(super) fn location(&self, label: &Label) -> Location {
        let source = self.sources.get(&label.path);
        let places = TextPositions { text: &source.text, lines: &source.lines, encoding: self.encoding };
        Location { uri: uri::of_path(&self.root.join(&label.path)), range: places.range(label.span) }
    }
}

const fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Info => DiagnosticSeverity::Information,
    }
}

/// Where the page of a rule can be read, if it has an address.
fn page(rule: &RuleMeta) -> Option<CodeDescription> {
    let url = rule.url();
    if url.contains("://") { Some(CodeDescription { href: Uri(url) }) } else { None }
}

/// How editors may show the text itself: what is not used, and what should not be.
fn tag(rule: &RuleMeta) -> Option<DiagnosticTag> {
    match () {
        () if rule.id.starts_with("unused-") => Some(DiagnosticTag::Unnecessary),
        () if rule.id.starts_with("deprecated-") => Some(DiagnosticTag::Deprecated),
        () => None,
    }
}
