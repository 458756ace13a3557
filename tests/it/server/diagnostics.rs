//! Findings in open texts and in the files of the site.

use std::fs;

use serde_json::{Value, json};

use super::{
    FIRST_POST,
    client::{Client, before, capabilities},
    harbour,
};

/// The finding of a rule.
fn of<'a>(findings: &'a [Value], rule: &str) -> &'a Value {
    findings.iter().find(|it| it["code"] == rule).unwrap_or_else(|| panic!("no {rule} in {findings:#?}"))
}

#[test]
fn findings_are_where_they_are_in_every_encoding() {
    let root = harbour("encodings");
    for (encoding, column) in [("utf-8", 35), ("utf-16", 30), ("utf-32", 29)] {
        let mut can = capabilities();
        can["general"] = json!({ "positionEncodings": [encoding] });
        let mut client = Client::with(&root, &can);
        assert_eq!(client.offers["positionEncoding"], encoding);
        client.open("posts/first.md");
        let findings = client.findings("posts/first.md", Some(1));
        let found = of(&findings, "repeated-word");
        let range = json!({
            "start": { "line": 12, "character": column }, "end": { "line": 12, "character": column + 3 },
        });
        assert_eq!(found["range"], range, "{encoding}");
        assert_eq!((&found["severity"], &found["source"]), (&json!(2), &json!("copydesk")));
    }
}

#[test]
fn typing_changes_the_findings_in_every_encoding() {
    let root = harbour("typing");
    for (encoding, column) in [("utf-8", 35), ("utf-16", 30), ("utf-32", 29)] {
        let mut can = capabilities();
        can["general"] = json!({ "positionEncodings": [encoding] });
        let mut client = Client::with(&root, &can);
        client.open("posts/first.md");
        of(&client.findings("posts/first.md", Some(1)), "repeated-word");
        let place = |column: i32| json!({ "line": 12, "character": column });
        let gone = json!({ "range": { "start": place(column), "end": place(column + 4) }, "text": "" });
        let typed = json!({ "range": { "start": place(column), "end": place(column) }, "text": "recieve " });
        client.change("posts/first.md", 2, json!([gone, typed]));
        let findings = client.findings("posts/first.md", Some(2));
        assert!(findings.iter().all(|it| it["code"] != "repeated-word"), "{encoding}: {findings:#?}");
        assert_eq!(of(&findings, "known-typo")["range"]["start"], place(column), "{encoding}");
    }
}

#[test]
fn a_finding_about_a_reference_shows_the_record() {
    let mut client = Client::new(&harbour("related"));
    client.open("posts/first.md");
    let findings = client.findings("posts/first.md", Some(1));
    let related = &of(&findings, "category-mismatch")["relatedInformation"];
    let places: Vec<&Value> =
        related.as_array().expect("there is one").iter().map(|it| &it["location"]["uri"]).collect();
    assert!(places.contains(&&json!(client.uri("data/categories.yaml"))), "{related}");
}

#[test]
fn findings_in_files_that_are_not_open_are_told_and_taken_back() {
    let root = harbour("site");
    let mut client = Client::new(&root);
    of(&client.findings("posts/second.md", None), "broken-link");
    let text = fs::read_to_string(root.join("posts/second.md")).expect("it is there");
    fs::write(root.join("posts/second.md"), text.replace("gone.md", "first.md")).expect("it can be written");
    let changes = json!([{ "uri": client.uri("posts/second.md"), "type": 2 }]);
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    let findings = client.findings("posts/second.md", None);
    assert!(findings.iter().all(|it| it["code"] != "broken-link"), "{findings:#?}");
}

#[test]
fn mistakes_in_the_config_are_findings_of_the_config() {
    let mut client = Client::new(&harbour("config"));
    client.open_text("copydesk.yaml", "rules:\n  no-such-rule: off\n");
    let config = |client: &mut Client, version| loop {
        let findings = client.findings("copydesk.yaml", Some(version));
        if version == 2 || !findings.is_empty() {
            return findings;
        }
    };
    of(&config(&mut client, 1), "invalid-config");
    client.replace("copydesk.yaml", 2, "rules:\n  known-typo: off\n");
    while !config(&mut client, 2).is_empty() {}
    client.open_text("posts/first.md", "# A\n\nI recieve the the mail.\n");
    let findings = client.findings("posts/first.md", Some(1));
    of(&findings, "repeated-word");
    assert!(findings.iter().all(|it| it["code"] != "known-typo"), "{findings:#?}");
}

#[test]
fn a_client_that_asks_gets_findings_once() {
    let mut client = Client::with(&harbour("pull"), &json!({ "textDocument": { "diagnostic": {} } }));
    assert_eq!(client.offers["diagnosticProvider"]["workspaceDiagnostics"], true);
    client.open("posts/first.md");
    let document = json!({ "uri": client.uri("posts/first.md") });
    let report = client.request("textDocument/diagnostic", json!({ "textDocument": document }));
    assert_eq!(report["kind"], "full");
    of(report["items"].as_array().expect("it is a list"), "repeated-word");
    let again = json!({ "textDocument": document, "previousResultId": report["resultId"] });
    assert_eq!(client.request("textDocument/diagnostic", again)["kind"], "unchanged");
    let site = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let uris: Vec<&Value> =
        site["items"].as_array().expect("it is a list").iter().map(|it| &it["uri"]).collect();
    assert!(uris.contains(&&json!(client.uri("posts/second.md"))), "{uris:?}");
}

#[test]
fn a_page_of_no_site_is_checked_alone() {
    // The repository is a site, so the page is not in it.
    let root = std::env::temp_dir().join(format!("copydesk-alone-{}", std::process::id()));
    fs::create_dir_all(&root).expect("it can be made");
    let mut client = Client::unannounced(&root);
    client.request("initialize", json!({ "capabilities": {} }));
    client.notify("initialized", json!({}));
    client.open_text("note.md", FIRST_POST);
    let findings = client.findings("note.md", Some(1));
    assert_eq!(
        of(&findings, "repeated-word")["range"]["start"]["line"],
        before(FIRST_POST, "the best")["line"]
    );
}
