//! What can be done about findings: every edit leaves the text that the command line would write.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::{
    FIRST_POST,
    client::{Client, after, apply, before, capabilities},
    harbour,
};
use crate::common::sandbox;

/// The edits of an action, as those of one text.
fn edits(action: &Value) -> &Value {
    &action["edit"]["documentChanges"][0]["edits"]
}

/// The action with a title.
fn titled<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    let titles: Vec<&Value> = actions.iter().map(|it| &it["title"]).collect();
    actions
        .iter()
        .find(|it| it["title"].as_str().is_some_and(|it| it.contains(title)))
        .unwrap_or_else(|| panic!("no {title:?} in {titles:?}"))
}

fn everywhere() -> Value {
    json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 999, "character": 0 } })
}

fn on(text: &str, what: &str) -> Value {
    json!({ "start": before(text, what), "end": after(text, what) })
}

#[test]
fn fix_all_leaves_what_the_command_line_writes() {
    let text = FIRST_POST
        .replace("best soup", "best  soup* and\ttar")
        .replace("# The harbour\n", "#  The harbour\n\n\n\n");
    for (name, text) in [("lf", text.clone()), ("crlf", text.replace('\n', "\r\n"))] {
        let root = harbour(&format!("fix-all-{name}"));
        fs::write(root.join("posts/first.md"), &text).expect("it can be written");
        let mut client = Client::new(&root);
        client.open("posts/first.md");
        let actions = client.actions("posts/first.md", &everywhere(), Some("source.fixAll.copydesk"));
        let [action] = &actions[..] else { panic!("{actions:#?}") };
        assert_eq!(action["kind"], "source.fixAll.copydesk");
        let fixed = apply(&text, edits(action));
        assert_ne!(fixed, text);
        sandbox::copydesk(&root, &["check", "--fix", "posts/first.md"]);
        assert_eq!(fixed, fs::read_to_string(root.join("posts/first.md")).expect("it is there"), "{name}");
    }
}

#[test]
fn a_fix_is_offered_at_its_finding_and_safe_ones_are_told_apart() {
    let mut client = Client::new(&harbour("quick-fix"));
    let text = "# A\n\nWe recieve mail.   \nThe the end.\n";
    client.open_text("posts/first.md", text);
    let actions = client.actions("posts/first.md", &on(text, "recieve"), Some("quickfix"));
    assert!(actions.iter().all(|it| it["kind"] == "quickfix"), "{actions:#?}");
    let fix = &actions[0];
    assert_eq!(apply(text, edits(fix)), text.replace("recieve", "receive"));
    assert_eq!(fix["diagnostics"][0]["code"], "known-typo");
    for action in &actions {
        let is_unsafe = action["title"].as_str().is_some_and(|title| title.ends_with("(unsafe)"));
        assert!(!(is_unsafe && action["isPreferred"] == true), "{action}");
    }
    // Nothing is wrong there.
    assert!(
        client
            .actions("posts/first.md", &on(text, "A"), Some("quickfix"))
            .iter()
            .all(|it| { it["diagnostics"][0]["code"] != "known-typo" })
    );
}

#[test]
fn a_rule_is_fixed_in_the_whole_page_alone() {
    let mut client = Client::new(&harbour("fix-rule"));
    let text = "# A\n\nWe recieve mail. We recieve more.\n\n\n\nThe end.\n";
    client.open_text("posts/first.md", text);
    let actions = client.actions("posts/first.md", &on(text, "recieve"), Some("quickfix"));
    let chosen = client.request("codeAction/resolve", titled(&actions, "Fix all `known-typo`").clone());
    assert_eq!(apply(text, edits(&chosen)), text.replace("recieve", "receive"));
}

#[test]
fn a_finding_is_hidden_by_a_comment_and_nothing_else_is() {
    let mut client = Client::new(&harbour("ignore"));
    let text = "# A\n\nWe recieve mail.\n\nWe recieve more.\n";
    client.open_text("posts/first.md", text);
    let actions = client.actions("posts/first.md", &on(text, "recieve"), Some("quickfix"));
    let here = client.request("codeAction/resolve", titled(&actions, "Ignore `known-typo` here").clone());
    let hidden = apply(text, edits(&here));
    client.replace("posts/first.md", 2, &hidden);
    let left = client.findings("posts/first.md", Some(2));
    let typos: Vec<&Value> = left.iter().filter(|it| it["code"] == "known-typo").collect();
    assert_eq!(typos.len(), 1, "{hidden}");
    assert_eq!(
        typos[0]["range"]["start"],
        super::client::position(&hidden, hidden.rfind("recieve").expect("it is there"))
    );
    // The page has changed since the other action was offered.
    let late = client.ask("codeAction/resolve", titled(&actions, "Ignore `known-typo` in this file").clone());
    assert_eq!(client.answer(late)["error"]["code"], -32801);
}

#[test]
fn a_rule_is_switched_off_in_the_file() {
    let mut can = capabilities();
    // A client that cannot wait gets edits at once.
    can["textDocument"]["codeAction"]["resolveSupport"] = Value::Null;
    let mut client = Client::with(&harbour("ignore-file"), &can);
    for text in ["# A\n\nWe recieve mail.\n", "---\ntitle: A\ndate: 2024-05-01\n---\n\nWe recieve mail.\n"] {
        client.open_text("posts/first.md", text);
        let actions = client.actions("posts/first.md", &on(text, "recieve"), Some("quickfix"));
        let off = apply(text, edits(titled(&actions, "Ignore `known-typo` in this file")));
        assert!(off.contains("copydesk-disable-file known-typo"), "{off}");
        client.replace("posts/first.md", 2, &off);
        let left = client.findings("posts/first.md", Some(2));
        assert!(left.iter().all(|it| it["code"] != "known-typo"), "{left:#?}");
        let document = json!({ "uri": client.uri("posts/first.md") });
        client.notify("textDocument/didClose", json!({ "textDocument": document }));
    }
}

#[test]
fn a_word_becomes_one_of_the_project() {
    let root = harbour("add-word");
    let mut client = Client::new(&root);
    let text = "# A\n\nWe recieve mail.\n";
    client.open_text("posts/first.md", text);
    client.findings("posts/first.md", Some(1));
    let actions = client.actions("posts/first.md", &on(text, "recieve"), Some("quickfix"));
    let command = titled(&actions, "Add `recieve`")["command"].clone();
    client.request(
        "workspace/executeCommand",
        json!({ "command": command["command"], "arguments": command["arguments"] }),
    );
    assert_eq!(fs::read_to_string(root.join(".copydesk-words.txt")).expect("it was written"), "recieve\n");
    // The site is read again, and the page with it.
    let left = client.findings("posts/first.md", Some(1));
    assert!(left.iter().all(|it| it["code"] != "known-typo"), "{left:#?}");
}

#[cfg(unix)]
#[test]
fn a_words_file_that_is_a_link_out_of_the_site_is_not_written() {
    let root = harbour("add-word-link");
    let outside = root.parent().expect("it has one").join("outside.txt");
    fs::write(&outside, "mine\n").expect("it can be written");
    std::os::unix::fs::symlink(Path::new("../outside.txt"), root.join(".copydesk-words.txt"))
        .expect("it is new");
    let mut client = Client::new(&root);
    client.open("posts/first.md");
    let arguments = json!([client.uri("posts/first.md"), "quayy"]);
    let id = client
        .ask("workspace/executeCommand", json!({ "command": "copydesk.addWord", "arguments": arguments }));
    assert!(client.answer(id).get("error").is_some());
    assert_eq!(fs::read_to_string(outside).expect("it is there"), "mine\n");
}
