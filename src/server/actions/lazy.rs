//! Actions whose edits take some work, which is done when one is chosen, where the client can wait for that.

use std::sync::Arc;

use gen_lsp_types::{CodeAction, CodeActionKind, TextEdit, Uri};
use lsp_server::{ErrorCode, ResponseError};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::all;
use crate::server::{dispatch::error, edits, main_loop::Server, page::PageView};

/// What an action does.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase")]
pub(super) enum Deed {
    /// Applies all safe fixes.
    FixAll,
    /// Applies the safe fixes of a rule.
    FixRule {
        /// Its id.
        rule: String,
    },
    /// Writes a comment that hides a finding.
    SuppressHere {
        /// The rule.
        rule: String,
        /// Where the finding begins, in bytes.
        start: u32,
        /// Where it ends.
        end: u32,
    },
    /// Writes a comment that switches a rule off in the file.
    SuppressInFile {
        /// Its id.
        rule: String,
    },
}

/// What the client gives back when an action is chosen.
#[derive(Debug, Serialize, Deserialize)]
struct Ticket {
    uri: Uri,
    version: i32,
    deed: Deed,
}

impl Server {
    /// An action, without its edit where the client asks for that later; `None` where it would change nothing.
    pub(super) fn lazily(
        &self,
        page: &PageView<'_>,
        title: &str,
        kind: CodeActionKind,
        deed: Deed,
    ) -> Option<CodeAction> {
        let mut action = CodeAction { title: title.to_owned(), kind: Some(kind), ..CodeAction::default() };
        // What is fixed on save is asked for at once by some clients that could wait.
        if self.client.resolves_edits && !matches!(deed, Deed::FixAll) {
            let ticket = Ticket { uri: page.open.uri.clone(), version: page.open.version, deed };
            action.data = Some(json!(ticket));
            return Some(action);
        }
        let edits = self.edits_of(page, &deed);
        action.edit = (!edits.is_empty()).then(|| edits::of_open(page.open, edits));
        action.edit.is_some().then_some(action)
    }

    /// An action with its edit.
    pub(in crate::server) fn resolve_action(
        &self,
        mut action: CodeAction,
    ) -> Result<CodeAction, ResponseError> {
        let Some(data) = action.data.clone() else { return Ok(action) };
        let ticket: Ticket = crate::server::dispatch::read(data)?;
        let page = self.page(&ticket.uri).filter(|page| page.open.version == ticket.version);
        let page = page.ok_or_else(|| error(ErrorCode::ContentModified, "the page has changed since"))?;
        let edits = self.edits_of(&page, &ticket.deed);
        if edits.is_empty() {
            return Err(error(
                ErrorCode::RequestFailed,
                "no comment can be placed there without changing the page",
            ));
        }
        action.edit = Some(edits::of_open(page.open, edits));
        Ok(action)
    }

    /// What a deed changes in a page.
    pub(super) fn edits_of(&self, page: &PageView<'_>, deed: &Deed) -> Vec<TextEdit> {
        let text: Arc<str> = match deed {
            Deed::FixAll => all::fixed(page),
            Deed::FixRule { rule } => all::fixed_of_rule(page, rule),
            Deed::SuppressHere { rule, start, end } => {
                let findings = self.findings(page);
                let is_it = |it: &&crate::diagnostic::Diagnostic| {
                    it.rule.id == rule && (it.primary.span.start, it.primary.span.end) == (*start, *end)
                };
                match findings.iter().position(|it| is_it(&it)) {
                    Some(nth) => all::suppressed(page, &findings, nth),
                    None => Arc::clone(&page.open.text),
                }
            }
            Deed::SuppressInFile { rule } => all::suppressed_in_file(page, rule),
        };
        edits::difference(&page.places, &text)
    }
}
