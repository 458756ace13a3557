//! A workspace that wants to show what is outside of it, and clients that ask for anything anywhere.

use std::{fs, path::Path};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{client::Client, harbour};

/// Text that is in no file of the site.
const OUTSIDE: &str = "Smugglers of the far shore";
/// A password of a page.
const SECRET: &str = "Zq7Secr3tZ";

/// Requests about a place in a page.
const METHODS: [&str; 10] = [
    "textDocument/hover",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/completion",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/documentLink",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/codeAction",
];

/// Pieces that a page is made of.
const PIECES: [&str; 22] = [
    "---\n",
    "title: A\n",
    "author: ",
    "category:\n  id: ",
    "[a](../outside.md#shore) ",
    "[b](linked.md) ",
    "![c](../../etc/hosts)\n",
    "[d](.git/config) ",
    "[e](https://mira:Zq7Secr3tZ@quay.example/?token=Zq7Secr3tZ) ",
    "# Quay\n",
    "’é𝒳",
    "\r\n",
    "\n\n",
    "[x]: ",
    "{{< ref \"",
    "```\n",
    "<!-- copydesk-disable ",
    "$schema: ../outside.json\n",
    "recieve ",
    "\u{0}",
    "\u{2028}",
    "- [ ] ",
];

/// The site of the other tests, with links that leave it and a git directory.
fn site(name: &str) -> std::path::PathBuf {
    let root = harbour(name);
    let outside = root.parent().expect("it has a folder").join("outside.md");
    fs::write(&outside, format!("---\ntitle: {OUTSIDE}\n---\n\n# {OUTSIDE}\n")).expect("it can be written");
    fs::write(outside.with_extension("json"), format!("{{\"title\": \"{OUTSIDE}\"}}")).expect("likewise");
    fs::create_dir_all(root.join(".git")).expect("it can be made");
    fs::write(root.join(".git/config"), format!("[x]\n\ty = {OUTSIDE}\n")).expect("it can be written");
    link(&outside, &root.join("posts/linked.md"));
    let leak = format!("https://mira:{SECRET}@quay.example/");
    let page = format!("---\ntitle: Mail to {leak}\nauthor: {leak}\ntags: [\"{leak}\"]\n---\n\n# Mail\n");
    fs::write(root.join("posts/leak.md"), page).expect("it can be written");
    let records = format!("- id: boats\n  label: {leak}\n- id: {leak}\n  label: Leak\n");
    fs::write(root.join("data/categories.yaml"), records).expect("it can be written");
    root
}

#[cfg(unix)]
fn link(target: &Path, at: &Path) {
    if at.symlink_metadata().is_err() {
        std::os::unix::fs::symlink(target, at).expect("links can be made");
    }
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) {}

/// A request for anything about a place.
fn params(client: &Client, place: (u32, u32), to: (u32, u32)) -> Value {
    let position = |(line, character): (u32, u32)| json!({ "line": line, "character": character });
    json!({
        "textDocument": { "uri": client.uri("posts/first.md") },
        "position": position(place),
        "range": { "start": position(place), "end": position(to) },
        "context": { "diagnostics": [], "includeDeclaration": true },
        "newName": "../../outside",
    })
}

#[test]
fn secrets_of_other_files_are_neither_offered_nor_shown() {
    let mut client = Client::new(&site("leaks"));
    for (text, shown) in [
        ("---\ntags: [|]\n---\n", "rope"),
        ("---\nauthor: |\n---\n", "Mia Quist"),
        ("---\ncategory:\n  id: |boats\n---\n", ""),
        ("[a](|leak.md)\n", "leak.md"),
    ] {
        let at = text.find('|').expect("there is a cursor");
        let source = text.replacen('|', "", 1);
        client.open_text("posts/first.md", &source);
        let position = super::client::position(&source, at);
        for method in ["textDocument/completion", "textDocument/hover"] {
            let answer = client.at(method, "posts/first.md", position.clone()).to_string();
            assert!(!answer.contains(SECRET), "{method}: {answer}");
            assert!(method != "textDocument/completion" || answer.contains(shown), "{text}: {answer}");
        }
        let document = json!({ "uri": client.uri("posts/first.md") });
        client.notify("textDocument/didClose", json!({ "textDocument": document }));
    }
}

proptest! {
    #![proptest_config(crate::common::cases(12))]

    #[test]
    fn no_workspace_shows_what_is_outside_of_it_or_ends_the_server(
        pages in prop::collection::vec(prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40), 1..4),
        places in prop::collection::vec((0_u32..12, 0_u32..60, 0_u32..12, 0_u32..60), 1..4),
    ) {
        let mut client = Client::new(&site("hostile"));
        client.open("posts/first.md");
        for (version, page) in (2..).zip(&pages) {
            client.replace("posts/first.md", version, &page.concat());
            let shown = json!(client.findings("posts/first.md", Some(version))).to_string();
            prop_assert!(!shown.contains(OUTSIDE) && !shown.contains(SECRET), "{shown}");
            for &(line, character, last_line, last_character) in &places {
                for method in METHODS {
                    let params = params(&client, (line, character), (last_line, last_character));
                    let asked = client.ask(method, params);
                    let shown = client.answer(asked).to_string();
                    prop_assert!(!shown.contains(OUTSIDE), "{method}: {shown}");
                    let is_told = matches!(method, "textDocument/hover" | "textDocument/completion");
                    prop_assert!(!is_told || !shown.contains(SECRET), "{method}: {shown}");
                }
            }
        }
        let moved = json!({ "files": [{ "oldUri": client.uri("posts/first.md"), "newUri": client.uri("../outside.md") }] });
        let asked = client.ask("workspace/willRenameFiles", moved);
        prop_assert!(!client.answer(asked).to_string().contains(OUTSIDE));
        prop_assert_eq!(client.end(), Some(0));
    }
}
