//! What the client can do and wants, from its `initialize` request. Clients differ in how exactly they follow the
//! protocol, so nothing here fails: what is not understood is not there.

use std::path::PathBuf;

use gen_lsp_types::Uri;
use serde_json::Value;

use super::{position::Encoding, uri};

/// What is known of the client.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a separate capability in the protocol")]
pub(super) struct Client {
    /// The units of columns.
    pub(super) encoding: Encoding,
    /// The folders that are open, absolute.
    pub(super) folders: Vec<PathBuf>,
    /// Which findings it gets.
    pub(super) scope: DiagnosticScope,
    /// Whether it asks for findings, so that none are sent unasked.
    pub(super) pulls: bool,
    /// Whether it can be told to ask again.
    pub(super) refreshes: bool,
    /// Whether it can watch files for the server.
    pub(super) watches: bool,
    /// Whether it shows progress.
    pub(super) shows_progress: bool,
    /// Whether it asks for the edit of an action when that is chosen.
    pub(super) resolves_edits: bool,
    /// Whether the names of things in a page may be a tree.
    pub(super) nests_symbols: bool,
    /// Whether it knows actions, and not commands alone.
    pub(super) takes_code_actions: bool,
}

/// Which findings the client gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum DiagnosticScope {
    /// Those in all files of the site.
    #[default]
    Site,
    /// Those in open files.
    OpenFiles,
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub(super) fn new(params: &Value) -> Self {
        let at = |path: &str| params.pointer(path);
        let can =
            |path: &str| at(&format!("/capabilities{path}")).is_some_and(|it| it.as_bool() != Some(false));
        let texts =
            |path: &str| at(path).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        let options = params.get("initializationOptions");
        let scope = options.and_then(|options| options.get("diagnostics")).and_then(Value::as_str);
        let properties = "/capabilities/textDocument/codeAction/resolveSupport/properties";
        Self {
            encoding: Encoding::negotiate(texts("/capabilities/general/positionEncodings")),
            folders: folders(params),
            scope: if scope == Some("openFiles") {
                DiagnosticScope::OpenFiles
            } else {
                DiagnosticScope::Site
            },
            pulls: can("/textDocument/diagnostic"),
            refreshes: can("/workspace/diagnostics/refreshSupport")
                || can("/workspace/diagnostic/refreshSupport"),
            watches: can("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            shows_progress: can("/window/workDoneProgress"),
            resolves_edits: texts(properties).any(|property| property == "edit")
                && can("/textDocument/codeAction/dataSupport"),
            nests_symbols: can("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            takes_code_actions: can("/textDocument/codeAction/codeActionLiteralSupport"),
        }
    }
}

/// The folders that are open, by whatever key the client names them.
fn folders(params: &Value) -> Vec<PathBuf> {
    let path = |text: &Value| uri::to_path(&Uri(text.as_str()?.to_owned()));
    let folders = params.get("workspaceFolders").and_then(Value::as_array).into_iter().flatten();
    let folders: Vec<PathBuf> = folders.filter_map(|folder| path(folder.get("uri")?)).collect();
    if !folders.is_empty() {
        return folders;
    }
    let root = params.get("rootUri").and_then(path);
    let named = || params.get("rootPath").and_then(Value::as_str).map(PathBuf::from);
    root.or_else(|| named().filter(|path| path.is_absolute())).into_iter().collect()
}
