//! What can be done about findings.

mod all;
mod commands;
mod findings;
mod lazy;

use std::borrow::Cow;

use gen_lsp_types::{CodeAction, CodeActionKind, CodeActionParams};

pub(super) use commands::COMMANDS;

use super::main_loop::Server;
use lazy::Deed;

/// The kind of the action that fixes all there is to fix.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::Custom(Cow::Borrowed("source.fixAll.copydesk"));

/// Findings that a menu has actions for.
const MAX_FINDINGS: usize = 20;

impl Server {
    /// What can be done at a place.
    pub(super) fn code_actions(&self, params: &CodeActionParams) -> Vec<CodeAction> {
        let Some(page) = self.page(&params.text_document.uri) else { return vec![] };
        let findings = self.findings(&page);
        let range = page.places.span(params.range);
        let wants = |kind: &CodeActionKind| {
            let only = params.context.only.as_deref();
            only.is_none_or(|only| only.iter().any(|wanted| includes(wanted, kind)))
        };
        let mut actions = Vec::new();
        if wants(&CodeActionKind::QuickFix) {
            let sources = page.sources();
            let touched = findings.iter().filter(|it| {
                let span = it.primary.span;
                it.primary.path == page.path && span.start <= range.end && range.start <= span.end
            });
            for finding in touched.take(MAX_FINDINGS) {
                actions.extend(self.about_finding(&page, &page.converter(&sources), finding, &findings));
            }
        }
        if wants(&FIX_ALL) {
            actions.extend(self.lazily(
                &page,
                "Fix all that is safe to fix in this page",
                FIX_ALL,
                Deed::FixAll,
            ));
        }
        actions
    }
}

/// Whether a kind is the wanted one, or one of those that it stands for: `source` stands for `source.fixAll`.
fn includes(wanted: &CodeActionKind, kind: &CodeActionKind) -> bool {
    let (wanted, kind) = (name(wanted), name(kind));
    wanted.is_empty()
        || kind.strip_prefix(&*wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The kind as a client writes it.
fn name(kind: &CodeActionKind) -> String {
    serde_json::to_value(kind).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use gen_lsp_types::CodeActionKind;

    use super::{FIX_ALL, includes};

    #[test]
    fn a_kind_stands_for_those_below_it() {
        assert!(
            includes(&CodeActionKind::Source, &FIX_ALL) && includes(&CodeActionKind::SourceFixAll, &FIX_ALL)
        );
        assert!(includes(&FIX_ALL, &FIX_ALL) && includes(&CodeActionKind::Empty, &FIX_ALL));
        assert!(!includes(&CodeActionKind::QuickFix, &FIX_ALL));
        assert!(!includes(&CodeActionKind::Custom("source.fix".into()), &FIX_ALL));
    }
}
