//! Findings that the client gets without asking.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use gen_lsp_types::{Diagnostic, PublishDiagnosticsParams};

use super::pull::result_id;
use crate::server::{client::DiagnosticScope, main_loop::Server};

/// The files whose findings the client has, and what those are known by.
#[derive(Debug, Default)]
pub(in crate::server) struct Published(BTreeMap<PathBuf, String>);

impl Server {
    /// The findings in an open text, as it is now; `None` while its site is not read. A text that is not a page has
    /// those of the last time that its site was read.
    pub(in crate::server) fn open_findings(&self, path: &Path) -> Option<Vec<Diagnostic>> {
        let index = self.sites.index_of(path)?;
        let Some(page) = self.page_at(path.to_owned()) else {
            let known = index.findings.get(path).filter(|_| !self.is_page(path));
            return Some(known.cloned().unwrap_or_default());
        };
        let sources = page.sources();
        let converter = page.converter(&sources);
        let findings = self.findings(&page);
        // A page may be told what is wrong with a file that it names, such as its schema.
        let own = findings.iter().filter(|it| it.primary.path == page.path);
        Some(own.map(|it| converter.diagnostic(it)).collect())
    }

    /// Sends the findings of open texts that changed, if the client does not ask for them.
    pub(in crate::server) fn publish_open(&mut self) {
        for path in std::mem::take(&mut self.unpublished) {
            if self.client.pulls {
                continue;
            }
            match self.open_findings(&path) {
                Some(findings) => self.publish(&path, findings),
                None => drop(self.unpublished.insert(path)),
            }
        }
    }

    /// Sends the findings of a site, except those of open texts, and clears those of files that have none left.
    pub(in crate::server) fn publish_site(&mut self, root: &Path) {
        self.checked.borrow_mut().clear();
        if self.client.pulls {
            self.answer_pulls();
            if self.client.refreshes {
                self.ask("refresh", "workspace/diagnostic/refresh", ());
            }
            return;
        }
        for (path, findings) in self.news_of(root) {
            self.publish(&path, findings);
        }
    }

    /// The findings in files of a site that are not open and of which the client has others.
    fn news_of(&self, root: &Path) -> Vec<(PathBuf, Vec<Diagnostic>)> {
        let Some(index) = self.sites.get(root).and_then(|site| site.index.as_ref()) else { return vec![] };
        let is_wanted = self.client.scope == DiagnosticScope::Site || index.is_broken;
        let is_nested = |path: &Path| index.nested.iter().any(|nested| path.starts_with(nested));
        let is_closed = |path: &Path| self.documents.get(path).is_none();
        let wanted = |path: &Path| is_wanted && index.findings.contains_key(path);
        let published = self.published.0.keys().filter(|path| path.starts_with(root) && !is_nested(path));
        let gone =
            published.filter(|path| !wanted(path) && is_closed(path)).map(|path| (path.clone(), vec![]));
        let found = index.findings.iter().filter(|(path, _)| is_wanted && is_closed(path));
        let is_news = |path: &PathBuf, findings: &[Diagnostic]| {
            self.published.0.get(path) != Some(&result_id(findings))
        };
        let news = found.filter(|(path, findings)| is_news(path, findings));
        gone.chain(news.map(|(path, findings)| (path.clone(), findings.clone()))).collect()
    }

    /// Sends what is known of a text that is not open any more.
    pub(in crate::server) fn publish_closed(&mut self, path: &Path) {
        if self.client.pulls {
            return;
        }
        let known = self.sites.index_of(path).filter(|_| self.client.scope == DiagnosticScope::Site);
        let findings = known.and_then(|index| index.findings.get(path)).cloned().unwrap_or_default();
        self.publish(path, findings);
    }

    /// Sends all findings again: other ones are wanted.
    pub(in crate::server) fn republish(&mut self) {
        let roots: Vec<PathBuf> = self.sites.indexes().map(|index| index.project.root.clone()).collect();
        for root in roots {
            self.publish_site(&root);
        }
    }

    /// Takes back the findings in files of which no site is known any more.
    pub(in crate::server) fn retire_findings(&mut self) {
        let gone = self.published.0.keys().filter(|path| self.documents.get(path).is_none());
        for path in gone.cloned().collect::<Vec<_>>() {
            self.publish(&path, vec![]);
        }
    }

    fn publish(&mut self, path: &Path, diagnostics: Vec<Diagnostic>) {
        let is_news = if diagnostics.is_empty() {
            self.published.0.remove(path).is_some()
        } else {
            let id = result_id(&diagnostics);
            self.published.0.insert(path.to_owned(), id.clone()).is_none_or(|old| old != id)
        };
        let open = self.documents.get(path);
        if !is_news && open.is_none() {
            return;
        }
        let version = open.map(|document| document.version);
        let uri = self.documents.uri(path);
        self.tell("textDocument/publishDiagnostics", &PublishDiagnosticsParams { uri, version, diagnostics });
    }
}
