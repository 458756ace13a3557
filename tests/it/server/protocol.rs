//! What holds for all messages: the handshake, the end, and what is not understood.

use std::fs;

use serde_json::{Value, json};

use super::{client::Client, harbour};

#[test]
fn a_client_that_says_goodbye_ends_the_server_well() {
    assert_eq!(Client::new(&harbour("goodbye")).end(), Some(0));
}

#[test]
fn a_client_that_goes_ends_the_server_too() {
    assert_eq!(Client::new(&harbour("vanish")).vanish(), Some(1));
}

#[test]
fn nothing_is_answered_before_the_handshake_and_after_the_end() {
    let mut client = Client::unannounced(&harbour("handshake"));
    let early = client.ask("textDocument/codeAction", json!({}));
    assert_eq!(client.answer(early)["error"]["code"], -32002);
    client.notify("textDocument/didOpen", json!({}));
    client.request("initialize", json!({ "capabilities": {} }));
    client.request("shutdown", Value::Null);
    let late = client.ask("textDocument/codeAction", json!({}));
    assert_eq!(client.answer(late)["error"]["code"], -32600);
}

#[test]
fn what_is_not_understood_is_answered_and_the_server_stays() {
    let mut client = Client::new(&harbour("malformed"));
    client.write(b"Content-Length: 7\r\n\r\n{\"id\": ");
    assert_eq!(client.wait(|it| it["error"]["code"] == -32700)["id"], Value::Null);
    client.write(b"Content-Length: 4\r\n\r\nnull");
    assert_eq!(client.wait(|it| it["error"]["code"] == -32600)["id"], Value::Null);
    let unknown = client.ask("textDocument/rainbow", json!({}));
    assert_eq!(client.answer(unknown)["error"]["code"], -32601);
    for method in ["textDocument/codeAction", "textDocument/diagnostic", "codeAction/resolve"] {
        let wrong = client.ask(method, json!({ "textDocument": 5, "data": 5 }));
        assert_eq!(client.answer(wrong)["error"]["code"], -32602, "{method}");
    }
    for params in [json!(null), json!([1]), json!({ "textDocument": { "uri": "file:///" } })] {
        for method in ["didOpen", "didChange", "didSave", "didClose"] {
            client.notify(&format!("textDocument/{method}"), params.clone());
        }
    }
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": "::", "type": 9 }] }));
    client.notify("$/cancelRequest", json!({ "id": {} }));
    client.open("posts/first.md");
    assert!(!client.findings("posts/first.md", Some(1)).is_empty());
    assert_eq!(client.end(), Some(0));
}

#[test]
fn places_out_of_a_text_and_texts_of_no_file_do_no_harm() {
    let mut client = Client::new(&harbour("strange"));
    let text = client.open("posts/first.md");
    let far = json!({ "line": 4_000_000_000_u32, "character": 4_000_000_000_u32 });
    let near = json!({ "line": 0, "character": 0 });
    client.change("posts/first.md", 2, json!([{ "range": { "start": far, "end": near }, "text": text }]));
    assert!(!client.findings("posts/first.md", Some(2)).is_empty());
    let item = json!({ "uri": "untitled:Untitled-1", "languageId": "markdown", "version": 1, "text": "# A" });
    client.notify("textDocument/didOpen", json!({ "textDocument": item }));
    let range = json!({ "start": near, "end": far });
    let params = json!({
        "textDocument": { "uri": "untitled:Untitled-1" }, "range": range, "context": { "diagnostics": [] },
    });
    assert_eq!(client.request("textDocument/codeAction", params), json!([]));
}

#[test]
fn a_request_that_waits_can_be_taken_back() {
    let root = harbour("cancel");
    let mut client = Client::with(&root, &json!({ "textDocument": { "diagnostic": {} } }));
    let known = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let known: Vec<Value> = known["items"]
        .as_array()
        .expect("there are findings")
        .iter()
        .map(|it| json!({ "uri": it["uri"], "value": it["resultId"] }))
        .collect();
    // Nothing is new, so the answer waits.
    let held = client.ask("workspace/diagnostic", json!({ "previousResultIds": known }));
    client.notify("$/cancelRequest", json!({ "id": held }));
    assert_eq!(client.answer(held)["error"]["code"], -32800);
    assert_eq!(client.end(), Some(0));
}

#[test]
fn a_site_that_goes_away_does_not_take_the_server_along() {
    let root = harbour("deleted");
    let mut client = Client::new(&root);
    let text = client.open("posts/first.md");
    client.findings("posts/first.md", Some(1));
    fs::remove_dir_all(root.join("posts")).expect("it was there");
    fs::remove_file(root.join("copydesk.yaml")).expect("it was there");
    client.notify("workspace/didChangeWatchedFiles", json!({
        "changes": [{ "uri": client.uri("copydesk.yaml"), "type": 3 }, { "uri": client.uri("posts"), "type": 3 }],
    }));
    client.replace("posts/first.md", 2, &text);
    client.findings("posts/first.md", Some(2));
    assert_eq!(client.end(), Some(0));
}

#[test]
fn reading_a_site_is_shown_as_progress() {
    let mut client = Client::with(&harbour("progress"), &json!({ "window": { "workDoneProgress": true } }));
    let kind = |kind: &'static str| {
        move |message: &Value| message["method"] == "$/progress" && message["params"]["value"]["kind"] == kind
    };
    let begun = client.wait(kind("begin"));
    assert_eq!(client.wait(kind("end"))["params"]["token"], begun["params"]["token"]);
}

#[test]
fn folders_come_and_go() {
    let (one, two) = (harbour("folder-one"), harbour("folder-two"));
    let mut client = Client::new(&one);
    let in_two =
        url::Url::from_file_path(two.join("posts/second.md")).expect("the path is absolute").to_string();
    let folder = json!({ "uri": url::Url::from_file_path(&two).expect("the path is absolute").to_string(), "name": "two" });
    client.notify(
        "workspace/didChangeWorkspaceFolders",
        json!({ "event": { "added": [folder], "removed": [] } }),
    );
    let told = |has_findings: bool| {
        let uri = in_two.clone();
        move |message: &Value| {
            let params = &message["params"];
            params["uri"] == uri
                && params["diagnostics"]
                    .as_array()
                    .is_some_and(|findings| findings.is_empty() != has_findings)
        }
    };
    client.wait(told(true));
    client.notify(
        "workspace/didChangeWorkspaceFolders",
        json!({ "event": { "added": [], "removed": [folder] } }),
    );
    client.wait(told(false));
    client.open("posts/first.md");
    assert!(!client.findings("posts/first.md", Some(1)).is_empty());
}

#[test]
fn two_clients_of_one_site_do_not_disturb_each_other() {
    let root = harbour("two-clients");
    let (mut one, mut other) = (Client::new(&root), Client::new(&root));
    one.open("posts/first.md");
    other.open_text("posts/first.md", "# First\n");
    assert!(one.findings("posts/first.md", Some(1)).iter().any(|it| it["code"] == "repeated-word"));
    assert!(other.findings("posts/first.md", Some(1)).iter().all(|it| it["code"] != "repeated-word"));
    assert_eq!((one.end(), other.end()), (Some(0), Some(0)));
}

#[test]
fn many_edits_of_a_long_page_are_answered_by_the_last() {
    let mut client = Client::new(&harbour("long"));
    let text = format!("# Long\n\n{}", "The harbour’s café 𝒳 serves soup and tea.\n\n".repeat(5_000));
    client.open_text("posts/first.md", &text);
    for version in 2..60 {
        let place = json!({ "line": 2, "character": 0 });
        let text = if version == 59 { "We recieve mail. " } else { "Tea is good. " };
        let range = json!({ "start": place, "end": place });
        client.change("posts/first.md", version, json!([{ "range": range, "text": text }]));
    }
    let findings = client.findings("posts/first.md", Some(59));
    assert!(findings.iter().any(|it| it["code"] == "known-typo"), "{} findings", findings.len());
}
