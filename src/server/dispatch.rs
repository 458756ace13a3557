//! Which part of the server answers what.

use lsp_server::{ErrorCode, Notification, Request, RequestId, Response, ResponseError};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{
    capabilities,
    client::Client,
    main_loop::{Phase, Server},
    uri,
};

/// The answer to a request; `None` where it comes later.
pub(super) type Reply = Result<Option<Value>, ResponseError>;

impl Server {
    /// Answers a request.
    pub(super) fn answer(&mut self, request: Request) -> Reply {
        let Request { id, method, params } = request;
        match (self.phase, &*method) {
            (Phase::New, "initialize") => return Ok(Some(self.initialize(&params))),
            (Phase::New, _) => {
                return Err(error(ErrorCode::ServerNotInitialized, "the first request is `initialize`"));
            }
            (Phase::ShutDown, _) => return Err(error(ErrorCode::InvalidRequest, "the server was shut down")),
            (Phase::Running, "shutdown") => {
                self.phase = Phase::ShutDown;
                self.release_pulls();
                return Ok(Some(Value::Null));
            }
            (Phase::Running, _) => {}
        }
        match &*method {
            "textDocument/diagnostic" => reply(params, |it| self.pull(&it)),
            "workspace/diagnostic" => self.pull_site(id, params),
            "textDocument/codeAction" => reply(params, |it| self.code_actions(&it)),
            "codeAction/resolve" => try_reply(params, |it| self.resolve_action(it)),
            "textDocument/completion" => reply(params, |it| self.complete(&it)),
            "textDocument/hover" => reply(params, |it| self.hover(&it)),
            "textDocument/definition" => reply(params, |it| self.definition(&it)),
            "textDocument/references" => reply(params, |it| self.references(&it)),
            "textDocument/documentLink" => reply(params, |it| self.document_links(&it)),
            "textDocument/documentSymbol" => reply(params, |it| self.symbols(&it)),
            "textDocument/foldingRange" => reply(params, |it| self.folding(&it)),
            "textDocument/prepareRename" => reply(params, |it| self.prepare_rename(&it)),
            "textDocument/rename" => try_reply(params, |it| self.rename(&it)),
            "workspace/willRenameFiles" => reply(params, |it| self.will_rename(&it)),
            "workspace/executeCommand" => try_reply(params, |it| self.execute(&it)),
            _ => Err(error(ErrorCode::MethodNotFound, &format!("no such method: {method}"))),
        }
    }

    fn initialize(&mut self, params: &Value) -> Value {
        self.client = Client::new(params);
        self.phase = Phase::Running;
        json!({
            "capabilities": capabilities::of(&self.client),
            "serverInfo": { "name": "copydesk", "version": env!("CARGO_PKG_VERSION") },
        })
    }

    /// Whether a request has to wait until the site that it is about was read.
    pub(super) fn must_wait(&self, request: &Request) -> bool {
        if request.method == "workspace/willRenameFiles" {
            return !self.sites.are_read();
        }
        let named = request.params.pointer("/textDocument/uri").and_then(Value::as_str);
        let path = named.and_then(|name| uri::to_path(&name.into()));
        path.is_some_and(|path| self.documents.get(&path).is_some() && self.sites.index_of(&path).is_none())
    }

    /// Sends a request whose answer does not matter.
    pub(super) fn ask(&mut self, id: &str, method: &str, params: impl Serialize) {
        self.out.send(Request::new(RequestId::from(format!("copydesk/{id}")), method.to_owned(), params));
    }

    /// Answers a request that was kept.
    pub(super) fn respond(&mut self, id: RequestId, result: &impl Serialize) {
        self.out.send(Response::new_ok(id, result));
    }

    /// Acts on a notification.
    pub(super) fn act_on(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match &*method {
            "initialized" => self.begin(),
            "textDocument/didOpen" => heard(params, |it| self.open(it)),
            "textDocument/didChange" => heard(params, |it| self.change(it)),
            "textDocument/didSave" => heard(params, |it| self.save(&it)),
            "textDocument/didClose" => heard(params, |it| self.close(&it)),
            "workspace/didChangeWatchedFiles" => heard(params, |it| self.files_changed(&it)),
            "workspace/didChangeWorkspaceFolders" => heard(params, |it| self.folders_changed(&it)),
            "workspace/didChangeConfiguration" => self.settings_changed(&params),
            _ => {}
        }
    }
}

/// An error with a code.
pub(super) fn error(code: ErrorCode, message: &str) -> ResponseError {
    ResponseError { code: code as i32, message: message.to_owned(), data: None }
}

/// The parameters of a method.
pub(super) fn read<P: DeserializeOwned>(params: Value) -> Result<P, ResponseError> {
    serde_json::from_value(params).map_err(|it| error(ErrorCode::InvalidParams, &it.to_string()))
}

/// The result of a method, which may fail.
fn try_reply<P: DeserializeOwned, R: Serialize>(
    params: Value,
    run: impl FnOnce(P) -> Result<R, ResponseError>,
) -> Reply {
    let result = run(read(params)?)?;
    serde_json::to_value(result).map(Some).map_err(|it| error(ErrorCode::InternalError, &it.to_string()))
}

/// The result of a method.
fn reply<P: DeserializeOwned, R: Serialize>(params: Value, run: impl FnOnce(P) -> R) -> Reply {
    try_reply(params, |params| Ok(run(params)))
}

/// Acts on a notification whose parameters make sense.
fn heard<P: DeserializeOwned>(params: Value, run: impl FnOnce(P)) {
    if let Ok(params) = serde_json::from_value(params) {
        run(params);
    }
}
