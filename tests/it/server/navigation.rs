//! From names to things and back, the outline, and new names.

use std::fs;

use serde_json::{Value, json};

use super::{
    FIRST_POST, SECOND_POST,
    client::{Client, after, apply, before, offset},
    harbour,
};

/// The text that the range of a location covers in a file of the site.
fn text_of(client: &Client, root: &std::path::Path, location: &Value) -> String {
    let uri = location["uri"].as_str().expect("a location has a URI");
    let path = url::Url::parse(uri).expect("it is a URI").to_file_path().expect("it is a file");
    assert!(path.starts_with(root), "{uri} {}", client.uri(""));
    let text = fs::read_to_string(path).expect("it is there");
    text[offset(&text, &location["range"]["start"])..offset(&text, &location["range"]["end"])].to_owned()
}

#[test]
fn definitions_are_records_headings_files_and_labels() {
    let root = harbour("definition");
    let mut client = Client::new(&root);
    let text = client.open("posts/first.md");
    for (place, file, expected) in [
        ("id: bo", "data/categories.yaml", "boats"),
        ("label: Fo", "data/categories.yaml", "food"),
        ("author: Mi", "people/mia.md", "Mia Quist"),
        ("second.md#lo", "posts/second.md", "Low tide"),
        ("quay.p", "posts/quay.png", ""),
    ] {
        let found = client.at("textDocument/definition", "posts/first.md", after(&text, place));
        assert_eq!(found["uri"], client.uri(file), "{place}");
        assert_eq!(text_of(&client, &root, &found), expected, "{place}");
    }
    let text = "# A\n\n[one][Two], [three](#a)\n\n[two]: second.md\n";
    client.replace("posts/first.md", 2, text);
    let label = client.at("textDocument/definition", "posts/first.md", after(text, "[Tw"));
    assert_eq!(label["range"]["start"], before(text, "[two]:"));
    let anchor = client.at("textDocument/definition", "posts/first.md", after(text, "(#"));
    assert_eq!(anchor["range"]["start"]["line"], 0);
    assert_eq!(client.at("textDocument/definition", "posts/first.md", before(text, "#")), Value::Null);
}

#[test]
fn references_are_found_in_the_whole_site() {
    let root = harbour("references");
    let mut client = Client::new(&root);
    let first = client.open("posts/first.md");
    let second = client.open("posts/second.md");
    let data = client.open("data/categories.yaml");
    let mut at = |path: &str, position: Value| {
        let params = json!({
            "textDocument": { "uri": client.uri(path) }, "position": position,
            "context": { "includeDeclaration": false },
        });
        let found = client.request("textDocument/references", params);
        let found = found.as_array().unwrap_or_else(|| panic!("nothing in {path}")).clone();
        found.iter().map(|it| text_of(&client, &root, it)).collect::<Vec<_>>()
    };
    assert_eq!(at("posts/first.md", after(&first, "author: Mi")), ["Mia Quist", "Mia Quist"]);
    assert_eq!(at("data/categories.yaml", after(&data, "id: bo")), ["boats"]);
    assert_eq!(at("posts/second.md", after(&second, "## Low")), ["[the second post](second.md#low-tide)"]);
    assert_eq!(at("posts/first.md", after(&first, "second.md#l")), ["[the second post](second.md#low-tide)"]);
}

#[test]
fn the_outline_follows_the_headings() {
    let mut client = Client::new(&harbour("outline"));
    client.open("posts/first.md");
    let document = json!({ "textDocument": { "uri": client.uri("posts/first.md") } });
    let symbols = client.request("textDocument/documentSymbol", document.clone());
    assert_eq!(symbols[0]["name"], "The harbour");
    assert_eq!(symbols[0]["children"][0]["name"], "Old quay");
    assert_eq!(symbols[0]["range"]["end"], super::client::position(FIRST_POST, FIRST_POST.len()));
    let folds = client.request("textDocument/foldingRange", document.clone());
    let lines: Vec<(&Value, &Value)> = folds
        .as_array()
        .expect("they are a list")
        .iter()
        .map(|it| (&it["startLine"], &it["endLine"]))
        .collect();
    assert_eq!(lines, [(&json!(0), &json!(8)), (&json!(10), &json!(16)), (&json!(14), &json!(16))]);
    let targets = client.request("textDocument/documentLink", document);
    let targets: Vec<&Value> =
        targets.as_array().expect("they are a list").iter().map(|it| &it["target"]).collect();
    assert_eq!(targets, [&json!(client.uri("posts/second.md")), &json!(client.uri("posts/quay.png"))]);
}

#[test]
fn a_heading_is_renamed_with_the_links_to_it() {
    let root = harbour("rename");
    let mut client = Client::new(&root);
    let text = client.open("posts/second.md");
    let place = after(&text, "## Low");
    let ready = client.at("textDocument/prepareRename", "posts/second.md", place.clone());
    assert_eq!(ready["placeholder"], "Low tide");
    let params = json!({
        "textDocument": { "uri": client.uri("posts/second.md") }, "position": place, "newName": "High tide",
    });
    let edit = client.request("textDocument/rename", params);
    let changed = |client: &Client, path: &str, text: &str| {
        let edited = edit["documentChanges"].as_array().expect("they are a list");
        let change = edited.iter().find(|it| it["textDocument"]["uri"] == client.uri(path));
        apply(text, &change.unwrap_or_else(|| panic!("{path} is not changed"))["edits"])
    };
    assert_eq!(
        changed(&client, "posts/second.md", SECOND_POST),
        SECOND_POST.replace("Low tide", "High tide")
    );
    assert_eq!(changed(&client, "posts/first.md", FIRST_POST), FIRST_POST.replace("low-tide", "high-tide"));
    let params = json!({
        "textDocument": { "uri": client.uri("posts/second.md") }, "position": before(&text, "title"), "newName": "x",
    });
    let refused = client.ask("textDocument/rename", params);
    assert!(client.answer(refused).get("error").is_some());
}

/// What files are after a rename that is asked for at a place; `None` if it is refused.
fn renamed<'f>(
    client: &mut Client,
    (path, place): (&str, Value),
    name: &str,
    files: &[(&'f str, &str)],
) -> Option<Vec<(&'f str, String)>> {
    let params = json!({ "textDocument": { "uri": client.uri(path) }, "position": place, "newName": name });
    let asked = client.ask("textDocument/rename", params);
    let answer = client.answer(asked);
    let edited = answer.get("result")?["documentChanges"].as_array().expect("they are a list").clone();
    let changed = files.iter().filter_map(|(path, text)| {
        let change = edited.iter().find(|it| it["textDocument"]["uri"] == client.uri(path))?;
        Some((*path, apply(text, &change["edits"])))
    });
    let changed: Vec<_> = changed.collect();
    assert_eq!(changed.len(), edited.len(), "{edited:?}");
    Some(changed)
}

#[test]
fn a_record_is_renamed_with_the_values_that_name_it() {
    let categories = "- id: boats\n  label: Boats and ships\n- id: food\n  label: Food\n";
    let mia = "---\nname: Mia Quist\n---\n\n# Mia Quist\n";
    let third = "---\ntitle: Third\ndate: 2024-05-03\nauthor: 'Mia Quist and Jon'\ncategory: { id: \"boats\", label: Food }\n---\n";
    let root = harbour("rename-record");
    std::fs::write(root.join("posts/third.md"), third).expect("the site can be written");
    std::fs::write(root.join("people/jon.md"), "---\nname: Jon\n---\n").expect("the site can be written");
    let files = [
        ("posts/first.md", FIRST_POST),
        ("posts/second.md", SECOND_POST),
        ("posts/third.md", third),
        ("people/mia.md", mia),
        ("data/categories.yaml", categories),
    ];
    let mut client = Client::new(&root);
    for (path, _) in files {
        client.open(path);
    }
    let from_page = ("posts/third.md", after(third, "'Mia"));
    let ready = client.at("textDocument/prepareRename", from_page.0, from_page.1.clone());
    assert_eq!(ready["placeholder"], "Mia Quist");
    let expected: Vec<(&str, String)> = files[..4]
        .iter()
        .map(|(path, text)| (*path, text.replacen("Mia Quist", "Mia O'Hara", 1)))
        .map(|(path, text)| (path, text.replace("'Mia O'Hara and Jon'", "'Mia O''Hara and Jon'")))
        .collect();
    assert_eq!(renamed(&mut client, from_page, "Mia O'Hara", &files), Some(expected.clone()));
    let from_record = ("people/mia.md", after(mia, "name: Mia"));
    assert_eq!(renamed(&mut client, from_record, "Mia O'Hara", &files), Some(expected));

    let id = |text: &str| text.replace("id: boats", "id: ships").replace("id: \"boats\"", "id: \"ships\"");
    let expected = [0, 2, 4].map(|at| (files[at].0, id(files[at].1)));
    let from_data = ("data/categories.yaml", after(categories, "id: bo"));
    assert_eq!(renamed(&mut client, from_data, "ships", &files), Some(expected.to_vec()));

    let label = |text: &str| text.replace("label: Food", "label: \"Food: hot\"");
    let expected = [0, 2, 4].map(|at| (files[at].0, label(files[at].1)));
    let from_label = ("posts/first.md", after(FIRST_POST, "label: Fo"));
    assert_eq!(renamed(&mut client, from_label, "Food: hot", &files), Some(expected.to_vec()));

    let taken = ("data/categories.yaml", after(categories, "id: bo"));
    assert_eq!(renamed(&mut client, taken, "food", &files), None);
    let no_record = ("data/categories.yaml", before(categories, "- id"));
    assert_eq!(renamed(&mut client, no_record, "x", &files), None);
}

#[test]
fn links_follow_a_file_that_moves_and_those_in_it_too() {
    let root = harbour("move");
    let mut client = Client::new(&root);
    client.open("posts/first.md");
    let moved = json!([{ "oldUri": client.uri("posts/second.md"), "newUri": client.uri("old/2nd post.md") }]);
    let edit = client.request("workspace/willRenameFiles", json!({ "files": moved }));
    let edited = edit["documentChanges"].as_array().expect("they are a list");
    let changed = |path: &str, text: &str| {
        let change = edited.iter().find(|it| it["textDocument"]["uri"] == client.uri(path));
        apply(text, &change.unwrap_or_else(|| panic!("{path} is not changed"))["edits"])
    };
    assert_eq!(
        changed("posts/first.md", FIRST_POST),
        FIRST_POST.replace("second.md#", "../old/2nd%20post.md#")
    );
    assert_eq!(
        changed("posts/second.md", SECOND_POST),
        SECOND_POST.replace("first.md#", "../posts/first.md#")
    );
}
