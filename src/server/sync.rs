//! What the client says about texts, files and folders.

use gen_lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
};
use serde_json::{Value, json};

use super::{
    client::DiagnosticScope,
    main_loop::Server,
    sites::{PAUSE, QUIET},
    uri,
};
use crate::config::FILE_NAMES;

/// The files whose changes the server wants to hear of: any file may be one that a page links to.
const WATCHED: &str = "**/*";

impl Server {
    /// The client is ready.
    pub(super) fn begin(&mut self) {
        if self.client.watches {
            let watchers = json!([{ "globPattern": WATCHED }]);
            let registration = json!({
                "id": "copydesk/files",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": { "watchers": watchers },
            });
            self.ask("watch", "client/registerCapability", json!({ "registrations": [registration] }));
        }
        self.open_folders();
    }

    fn open_folders(&mut self) {
        for folder in self.client.folders.clone() {
            self.add_site(&folder);
        }
    }

    /// A text was opened.
    pub(super) fn open(&mut self, params: DidOpenTextDocumentParams) {
        let Some(path) = self.documents.open(params.text_document) else { return };
        if let Some(folder) = path.parent() {
            let root = self.add_site(folder);
            self.sites.wake(&root);
        }
        if !self.is_page(&path) {
            // What is open may not be what is on disk.
            self.sites.touch(&path, QUIET);
        }
        self.unpublished.insert(path);
    }

    /// A text was changed.
    pub(super) fn change(&mut self, params: DidChangeTextDocumentParams) {
        let (uri, version) =
            (params.text_document.text_document_identifier.uri, params.text_document.version);
        let changed = self.documents.change(&uri, version, params.content_changes, self.client.encoding);
        let Some(path) = changed else { return };
        // Other pages may depend on it; on a config, a schema or a data file all of them do.
        self.sites.touch(&path, if self.is_page(&path) { PAUSE } else { QUIET });
        self.unpublished.insert(path);
    }

    /// A text was saved.
    pub(super) fn save(&mut self, params: &DidSaveTextDocumentParams) {
        if let Some(path) = uri::to_path(&params.text_document.uri) {
            self.sites.touch(&path, QUIET);
        }
    }

    /// A text was closed: what is on disk counts again.
    pub(super) fn close(&mut self, params: &DidCloseTextDocumentParams) {
        let Some(path) = self.documents.close(&params.text_document.uri) else { return };
        self.unpublished.remove(&path);
        self.forget_checked(&path);
        self.sites.touch(&path, QUIET);
        self.publish_closed(&path);
    }

    /// Files changed on disk.
    pub(super) fn files_changed(&mut self, params: &DidChangeWatchedFilesParams) {
        let paths: Vec<_> = params.changes.iter().filter_map(|change| uri::to_path(&change.uri)).collect();
        let is_inner = |name: &std::ffi::OsStr| name == ".git" || name == "node_modules";
        let paths = paths.iter().filter(|path| !path.iter().any(is_inner));
        let (mut touched, mut configs) = (Vec::new(), false);
        for path in paths {
            configs |= FILE_NAMES.iter().any(|name| path.ends_with(name));
            touched.push(path);
        }
        if configs {
            self.start_over();
        }
        for path in touched {
            self.sites.touch(path, QUIET);
        }
    }

    /// Folders were opened or closed.
    pub(super) fn folders_changed(&mut self, params: &DidChangeWorkspaceFoldersParams) {
        let gone: Vec<_> =
            params.event.removed.iter().filter_map(|folder| uri::to_path(&folder.uri)).collect();
        self.client.folders.retain(|folder| !gone.contains(folder));
        let added = params.event.added.iter().filter_map(|folder| uri::to_path(&folder.uri));
        for folder in added {
            if !self.client.folders.contains(&folder) {
                self.client.folders.push(folder);
            }
        }
        self.start_over();
    }

    /// The user changed settings of the client.
    pub(super) fn settings_changed(&mut self, params: &Value) {
        let scope = match params.pointer("/settings/copydesk/diagnostics").and_then(Value::as_str) {
            Some("openFiles") => DiagnosticScope::OpenFiles,
            Some("site") => DiagnosticScope::Site,
            _ => return,
        };
        if scope != self.client.scope {
            self.client.scope = scope;
            self.republish();
        }
    }

    /// Finds the sites again.
    fn start_over(&mut self) {
        self.sites.forget();
        self.open_folders();
        let folders: Vec<_> = self
            .documents
            .iter()
            .filter_map(|(path, _)| path.parent().map(std::path::Path::to_owned))
            .collect();
        for folder in folders {
            self.add_site(&folder);
        }
        self.retire_findings();
    }
}
