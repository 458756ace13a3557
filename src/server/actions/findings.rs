//! What can be done about one finding.

use gen_lsp_types::{CodeAction, CodeActionKind, Command};
use serde_json::json;

use super::{commands::ADD_WORD, lazy::Deed};
use crate::{
    diagnostic::Diagnostic,
    fix::{Applicability, Fix},
    server::{diagnostics::Converter, edits, main_loop::Server, page::PageView},
};

/// Rules about words that may be right: the project may know better.
const ABOUT_WORDS: [&str; 2] = ["known-typo", "possible-typo"];

impl Server {
    /// The actions for a finding: its fixes first, then what hides it.
    pub(super) fn about_finding(
        &self,
        page: &PageView<'_>,
        converter: &Converter<'_>,
        finding: &Diagnostic,
        findings: &[Diagnostic],
    ) -> Vec<CodeAction> {
        let shown = converter.sources.shown(finding);
        let diagnostics = vec![converter.diagnostic(finding)];
        let fixes = finding.fixes.iter().zip(&shown.fixes);
        let fixes = fixes.filter(|(fix, _)| fix.applicability > Applicability::DisplayOnly);
        let mut actions: Vec<CodeAction> =
            fixes.enumerate().map(|(nth, (fix, shown))| quick_fix(page, nth, fix, &shown.title)).collect();
        let rule = finding.rule.id;
        let is_safe = |it: &&Diagnostic| {
            it.rule == finding.rule && it.fixes.iter().any(|fix| fix.applicability == Applicability::Safe)
        };
        if is_safe(&finding) && findings.iter().filter(is_safe).count() > 1 {
            let title = format!("Fix all `{rule}` findings in this page");
            actions.extend(self.lazily(
                page,
                &title,
                CodeActionKind::QuickFix,
                Deed::FixRule { rule: rule.to_owned() },
            ));
        }
        if ABOUT_WORDS.contains(&rule) {
            actions.push(add_word(page, finding.primary.span.of(&page.open.text)));
        }
        if finding.rule.suppressible {
            let span = finding.primary.span;
            let here = Deed::SuppressHere { rule: rule.to_owned(), start: span.start, end: span.end };
            let file = Deed::SuppressInFile { rule: rule.to_owned() };
            for (title, deed) in
                [(format!("Ignore `{rule}` here"), here), (format!("Ignore `{rule}` in this file"), file)]
            {
                actions.extend(self.lazily(page, &title, CodeActionKind::QuickFix, deed));
            }
        }
        for action in &mut actions {
            action.diagnostics = Some(diagnostics.clone());
        }
        actions
    }
}

/// A fix. The first one is preferred if it is safe.
fn quick_fix(page: &PageView<'_>, nth: usize, fix: &Fix, title: &str) -> CodeAction {
    let is_safe = fix.applicability == Applicability::Safe;
    let edits = fix.edits().iter().map(|edit| edits::text_edit(&page.places, edit)).collect();
    CodeAction {
        title: if is_safe { title.to_owned() } else { format!("{title} (unsafe)") },
        kind: Some(CodeActionKind::QuickFix),
        is_preferred: (nth == 0 && is_safe).then_some(true),
        edit: Some(edits::of_open(page.open, edits)),
        ..CodeAction::default()
    }
}

fn add_word(page: &PageView<'_>, word: &str) -> CodeAction {
    let title = format!("Add `{word}` to the project's words");
    CodeAction {
        title: title.clone(),
        kind: Some(CodeActionKind::QuickFix),
        command: Some(Command {
            title,
            tooltip: None,
            command: ADD_WORD.to_owned(),
            arguments: Some(vec![json!(page.open.uri), json!(word)]),
        }),
        ..CodeAction::default()
    }
}
