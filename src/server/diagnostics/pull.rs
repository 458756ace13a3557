//! Findings that the client asks for.

use std::collections::{HashMap, HashSet};

use gen_lsp_types::{
    Diagnostic, DocumentDiagnosticParams, DocumentDiagnosticReport, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    UnchangedDocumentDiagnosticReport, Uri, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport,
    WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
};
use lsp_server::{ErrorCode, RequestId, Response};
use serde_json::Value;
use xxhash_rust::xxh3::xxh3_64;

use crate::server::{
    dispatch::{Reply, read},
    main_loop::Server,
    uri,
};

/// A question about all files that is answered when there is news.
pub(in crate::server) struct HeldPull {
    id: RequestId,
    /// What the client has, by file.
    known: HashMap<Uri, String>,
}

/// What findings are known by: the same ones have the same name.
pub(super) fn result_id(items: &[Diagnostic]) -> String {
    format!("{:016x}", xxh3_64(&serde_json::to_vec(items).unwrap_or_default()))
}

impl Server {
    /// The findings in one text.
    pub(in crate::server) fn pull(&self, params: &DocumentDiagnosticParams) -> DocumentDiagnosticReport {
        let path = uri::to_path(&params.text_document.uri);
        let items = path.and_then(|path| self.open_findings(&path)).unwrap_or_default();
        let result_id = result_id(&items);
        if params.previous_result_id.as_ref() == Some(&result_id) {
            return DocumentDiagnosticReport::RelatedUnchangedDocumentDiagnosticReport(
                RelatedUnchangedDocumentDiagnosticReport {
                    related_documents: None,
                    unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
                },
            );
        }
        DocumentDiagnosticReport::RelatedFullDocumentDiagnosticReport(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport {
                result_id: Some(result_id),
                items,
            },
        })
    }

    /// The findings in all files that the client does not have yet. Without any, the answer waits until there are some.
    pub(in crate::server) fn pull_site(&mut self, id: RequestId, params: Value) -> Reply {
        let params: WorkspaceDiagnosticParams = read(params)?;
        let known = params.previous_result_ids.into_iter().map(|it| (it.uri, it.value)).collect();
        let pull = HeldPull { id, known };
        self.try_pull(pull);
        Ok(None)
    }

    /// Answers a question about all files, or keeps it.
    fn try_pull(&mut self, pull: HeldPull) {
        let report = if self.sites.are_read() { self.news(&pull.known) } else { vec![] };
        if report.is_empty() {
            self.held_pulls.push(pull);
        } else {
            self.respond(pull.id, &WorkspaceDiagnosticReport { items: report });
        }
    }

    /// Answers what there is news for.
    pub(in crate::server) fn answer_pulls(&mut self) {
        for pull in std::mem::take(&mut self.held_pulls) {
            self.try_pull(pull);
        }
    }

    /// Takes a question back, and says whether there was one.
    pub(in crate::server) fn cancel_pull(&mut self, id: &RequestId) -> bool {
        let before = self.held_pulls.len();
        self.held_pulls.retain(|pull| pull.id != *id);
        self.held_pulls.len() < before
    }

    /// Ends all questions: there will be no news.
    pub(in crate::server) fn release_pulls(&mut self) {
        for pull in std::mem::take(&mut self.held_pulls) {
            let code = ErrorCode::ServerCancelled as i32;
            self.out.send(Response::new_err(pull.id, code, "the server was shut down".to_owned()));
        }
    }

    fn news(&self, known: &HashMap<Uri, String>) -> Vec<WorkspaceDocumentDiagnosticReport> {
        let full = |uri: Uri, items: Vec<Diagnostic>, result_id| {
            let report = FullDocumentDiagnosticReport { result_id: Some(result_id), items };
            WorkspaceDocumentDiagnosticReport::WorkspaceFullDocumentDiagnosticReport(
                WorkspaceFullDocumentDiagnosticReport {
                    uri,
                    version: None,
                    full_document_diagnostic_report: report,
                },
            )
        };
        let (mut news, mut seen) = (Vec::new(), HashSet::new());
        for (path, items) in self.sites.indexes().flat_map(|index| &index.findings) {
            let (uri, id) = (self.documents.uri(path), result_id(items));
            seen.insert(uri.clone());
            if known.get(&uri) != Some(&id) {
                news.push(full(uri, items.clone(), id));
            }
        }
        let nothing = result_id(&[]);
        let gone = known.iter().filter(|(uri, id)| !seen.contains(*uri) && **id != nothing);
        news.extend(gone.map(|(uri, _)| full(uri.clone(), vec![], nothing.clone())));
        news
    }
}
