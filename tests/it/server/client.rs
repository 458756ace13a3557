//! A client that speaks to the real binary, as an editor does.

use std::{
    collections::VecDeque,
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use serde_json::{Value, json};

/// Longer than anything takes, so that a test that waits for nothing ends.
const PATIENCE: Duration = Duration::from_secs(60);

/// A client and its server.
pub struct Client {
    process: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// Messages that nobody asked for yet.
    kept: VecDeque<Value>,
    count: i64,
    /// What the server said it can do.
    pub offers: Value,
    root: PathBuf,
}

/// Edits as a client gets them, by their ranges in UTF-16.
pub fn apply(text: &str, edits: &Value) -> String {
    let mut edits: Vec<&Value> = edits.as_array().expect("edits are a list").iter().collect();
    let key = |edit: &Value| {
        (edit["range"]["start"]["line"].as_u64(), edit["range"]["start"]["character"].as_u64())
    };
    edits.sort_by_key(|edit| key(edit));
    let mut result = text.to_owned();
    for edit in edits.iter().rev() {
        let (start, end) = (offset(text, &edit["range"]["start"]), offset(text, &edit["range"]["end"]));
        result.replace_range(start..end, edit["newText"].as_str().expect("an edit has a text"));
    }
    result
}

/// The byte offset of a position in UTF-16.
pub fn offset(text: &str, position: &Value) -> usize {
    let number = |key: &str| position[key].as_u64().expect("a position has numbers") as usize;
    let line = text.split_inclusive('\n').take(number("line")).map(str::len).sum::<usize>();
    let mut units = 0;
    for (at, c) in text[line..].char_indices() {
        if units >= number("character") || c == '\n' {
            return line + at;
        }
        units += c.len_utf16();
    }
    text.len()
}

/// The position in UTF-16 of a byte offset.
pub fn position(text: &str, offset: usize) -> Value {
    let before = &text[..offset];
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    json!({ "line": before.matches('\n').count(), "character": before[line..].encode_utf16().count() })
}

/// The position right before the first place of `what` in a text.
pub fn before(text: &str, what: &str) -> Value {
    position(text, text.find(what).unwrap_or_else(|| panic!("{what:?} is not in the text")))
}

/// The position right after the first place of `what` in a text.
pub fn after(text: &str, what: &str) -> Value {
    position(text, text.find(what).unwrap_or_else(|| panic!("{what:?} is not in the text")) + what.len())
}

impl Client {
    /// A client of a site, with these capabilities, that has introduced itself.
    pub fn with(root: &Path, capabilities: &Value) -> Self {
        let mut client = Self::unannounced(root);
        let folder = json!({ "uri": client.uri(""), "name": "site" });
        let answer = client.request(
            "initialize",
            json!({ "processId": null, "capabilities": capabilities, "workspaceFolders": [folder], "rootUri": null }),
        );
        client.offers = answer["capabilities"].clone();
        client.notify("initialized", json!({}));
        client
    }

    /// A client that gets findings unasked and knows all of actions.
    pub fn new(root: &Path) -> Self {
        Self::with(root, &capabilities())
    }

    /// A client that has said nothing yet.
    pub fn unannounced(root: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        command.arg("server").current_dir(root).env("SOURCE_DATE_EPOCH", "1717200000");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut process = command.spawn().expect("the binary runs");
        let output = process.stdout.take().expect("it is piped");
        let (sender, messages) = channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let input = process.stdin.take();
        let root = root.to_owned();
        Self { process, input, messages, kept: VecDeque::new(), count: 0, offers: Value::Null, root }
    }

    /// The URI of a file of the site.
    pub fn uri(&self, path: &str) -> String {
        url::Url::from_file_path(self.root.join(path)).expect("the path is absolute").into()
    }

    /// Writes bytes as they are.
    pub fn write(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the client is still there");
        input.write_all(bytes).and_then(|()| input.flush()).expect("the server reads");
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.write(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: Value) {
        let mut message = json!({ "jsonrpc": "2.0", "method": method });
        message["params"] = params;
        self.send(&message);
    }

    /// Sends a request, and gives its id.
    pub fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.count += 1;
        let mut message = json!({ "jsonrpc": "2.0", "id": self.count, "method": method });
        message["params"] = params;
        self.send(&message);
        self.count
    }

    /// The answer to a request.
    pub fn answer(&mut self, id: i64) -> Value {
        self.wait(|message| message.get("method").is_none() && message["id"] == json!(id))
    }

    /// Sends a request, and gives its result. Fails if that is an error.
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {}", answer["error"]);
        answer["result"].clone()
    }

    /// The next message that is meant; others are kept.
    pub fn wait(&mut self, is_meant: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.kept.iter().position(&is_meant) {
            return self.kept.remove(at).expect("it is there");
        }
        loop {
            let message = self.messages.recv_timeout(PATIENCE).expect("the server answers");
            if is_meant(&message) {
                return message;
            }
            self.kept.push_back(message);
        }
    }

    /// Opens a file with a text.
    pub fn open_text(&mut self, path: &str, text: &str) {
        let uri = self.uri(path);
        let item = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": item }));
    }

    /// Opens a file, and gives its text.
    pub fn open(&mut self, path: &str) -> String {
        let text = fs::read_to_string(self.root.join(path)).expect("the file is there");
        self.open_text(path, &text);
        text
    }

    /// Replaces the text of an open file.
    pub fn replace(&mut self, path: &str, version: i32, text: &str) {
        self.change(path, version, json!([{ "text": text }]));
    }

    /// Changes the text of an open file.
    pub fn change(&mut self, path: &str, version: i32, changes: Value) {
        let document = json!({ "uri": self.uri(path), "version": version });
        let mut params = json!({ "textDocument": document });
        params["contentChanges"] = changes;
        self.notify("textDocument/didChange", params);
    }

    /// The findings in a file, once they are those of this version; `None` for a file that is not open.
    pub fn findings(&mut self, path: &str, version: Option<i32>) -> Vec<Value> {
        let uri = self.uri(path);
        let told = self.wait(|message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && message["params"].get("version").and_then(Value::as_i64) == version.map(i64::from)
        });
        told["params"]["diagnostics"].as_array().expect("findings are a list").clone()
    }

    /// A request about a place in a file.
    pub fn at(&mut self, method: &str, path: &str, position: Value) -> Value {
        let uri = self.uri(path);
        let mut params = json!({ "textDocument": { "uri": uri } });
        params["position"] = position;
        self.request(method, params)
    }

    /// The actions for a range of a file.
    pub fn actions(&mut self, path: &str, range: &Value, only: Option<&str>) -> Vec<Value> {
        let mut context = json!({ "diagnostics": [] });
        if let Some(only) = only {
            context["only"] = json!([only]);
        }
        let params = json!({ "textDocument": { "uri": self.uri(path) }, "range": range, "context": context });
        self.request("textDocument/codeAction", params).as_array().expect("actions are a list").clone()
    }

    /// Ends the server as the protocol has it, and gives its exit code.
    pub fn end(mut self) -> Option<i32> {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.process.wait().expect("it ends").code()
    }

    /// Goes without a word, and gives the exit code.
    pub fn vanish(mut self) -> Option<i32> {
        self.input = None;
        self.process.wait().expect("it ends").code()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // A test that failed leaves no server; one that has ended already cannot be ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The capabilities of a client that gets findings unasked.
pub fn capabilities() -> Value {
    json!({
        "workspace": { "applyEdit": true, "workspaceFolders": true },
        "textDocument": {
            "publishDiagnostics": { "relatedInformation": true, "tagSupport": { "valueSet": [1, 2] } },
            "codeAction": {
                "dataSupport": true,
                "resolveSupport": { "properties": ["edit"] },
                "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "source.fixAll"] } },
            },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "completion": { "completionItem": { "snippetSupport": true } },
        },
    })
}

/// The next message of a server; `None` at the end.
fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().ok(),
            _ if line == "\r\n" => break,
            _ => {}
        }
    }
    let mut bytes = vec![0; length?];
    output.read_exact(&mut bytes).ok()?;
    serde_json::from_slice(&bytes).ok()
}
