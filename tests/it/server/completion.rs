//! What is offered at a place, and what it leaves when it is chosen.

use serde_json::{Value, json};

use super::{
    FIRST_POST, HARBOUR_CONFIG,
    client::{Client, after, apply},
    harbour,
};

/// The items at `|` in a text of a page.
fn items(client: &mut Client, path: &str, text: &str) -> (String, Vec<Value>) {
    let at = text.find('|').expect("there is a cursor");
    let source = text.replacen('|', "", 1);
    client.open_text(path, &source);
    let position = super::client::position(&source, at);
    let list = client.at("textDocument/completion", path, position);
    let document = json!({ "uri": client.uri(path) });
    client.notify("textDocument/didClose", json!({ "textDocument": document }));
    (source, list["items"].as_array().expect("items are a list").clone())
}

fn labels(items: &[Value]) -> Vec<&str> {
    items.iter().filter_map(|it| it["label"].as_str()).collect()
}

fn labelled<'a>(items: &'a [Value], label: &str) -> &'a Value {
    items
        .iter()
        .find(|it| it["label"] == label)
        .unwrap_or_else(|| panic!("no {label} in {:?}", labels(items)))
}

/// A text after an item was chosen.
fn chosen(source: &str, item: &Value) -> String {
    let mut edits = vec![item["textEdit"].clone()];
    edits.extend(item["additionalTextEdits"].as_array().cloned().unwrap_or_default());
    apply(source, &json!(edits))
}

#[test]
fn keys_are_offered_with_what_the_schema_says_of_them() {
    let mut client = Client::new(&harbour("keys"));
    let (source, found) = items(&mut client, "posts/first.md", "---\ntitle: A\n|\n---\n");
    assert_eq!(
        labels(&found),
        ["date", "mood", "author", "category", "tags"],
        "those that must be there come first"
    );
    assert_eq!(labelled(&found, "date")["detail"], "required");
    let about = &labelled(&found, "mood")["documentation"]["value"];
    assert!(about.as_str().is_some_and(|it| it.contains("The weather.") && it.contains("`calm`")), "{about}");
    assert_eq!(chosen(&source, labelled(&found, "mood")), "---\ntitle: A\nmood: \n---\n");
}

#[test]
fn values_come_from_the_schema_the_day_and_the_other_pages() {
    let mut client = Client::new(&harbour("values"));
    for (text, expected) in [
        ("---\nmood: |\n---\n", &["calm", "stormy"][..]),
        ("---\nmood: ca|lm\n---\n", &["calm", "stormy"]),
        ("---\ndate: |\n---\n", &["2024-06-01"]),
        ("---\ntags: [|]\n---\n", &["rope"]),
        ("---\ntags:\n  - |\n---\n", &["rope"]),
        ("---\nauthor: |\n---\n", &["Mia Quist"]),
    ] {
        let (_, found) = items(&mut client, "posts/first.md", text);
        assert_eq!(labels(&found), expected, "{text}");
    }
    let (source, found) = items(&mut client, "posts/first.md", "---\nmood: st|\ntitle: A\n---\n");
    assert_eq!(chosen(&source, labelled(&found, "stormy")), "---\nmood: stormy\ntitle: A\n---\n");
}

#[test]
fn an_id_and_its_label_are_written_together() {
    let mut client = Client::new(&harbour("pair"));
    for (text, label, expected) in [
        ("---\ncategory: |\n---\n", "Food", "---\ncategory:\n  id: food\n  label: Food\n---\n"),
        ("---\ncategory:\n  id: |\n---\n", "food", "---\ncategory:\n  id: food\n  label: Food\n---\n"),
        (
            "---\ncategory:\n  id: bo|ats\n  label: Boats\n---\n",
            "food",
            "---\ncategory:\n  id: food\n  label: Food\n---\n",
        ),
        (
            "---\ncategory:\n  label: |\n  id: boats\n---\n",
            "Food",
            "---\ncategory:\n  label: Food\n  id: food\n---\n",
        ),
    ] {
        let (source, found) = items(&mut client, "posts/first.md", text);
        assert_eq!(found.len(), 2, "{text}: {:?}", labels(&found));
        assert_eq!(chosen(&source, labelled(&found, label)), expected, "{text}");
    }
}

#[test]
fn pages_images_anchors_and_labels_are_offered_in_links() {
    let mut client = Client::new(&harbour("links"));
    let mut at = |text: &str, label: &str| {
        let (source, found) = items(&mut client, "posts/first.md", text);
        chosen(&source, labelled(&found, label))
    };
    assert_eq!(at("[a](|)\n", "second.md"), "[a](second.md)\n");
    assert_eq!(at("[a](sec|ond)\n", "second.md"), "[a](second.md)\n");
    assert_eq!(at("![a](|\n", "quay.png"), "![a](quay.png\n");
    assert_eq!(at("[a](second.md#|)\n", "low-tide"), "[a](second.md#low-tide)\n");
    assert_eq!(at("# Old quay\n\n[a](#|)\n", "old-quay"), "# Old quay\n\n[a](#old-quay)\n");
    assert_eq!(at("[a][|]\n\n[Tide]: second.md\n", "Tide"), "[a][Tide]\n\n[Tide]: second.md\n");
    assert_eq!(at("[a]: |\n", "second.md"), "[a]: second.md\n");
    let (_, found) = items(&mut client, "posts/first.md", "`[a](|)`\n\n[a](b)\n");
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn comments_offer_directives_and_rules() {
    let mut client = Client::new(&harbour("comments"));
    let (source, found) =
        items(&mut client, "posts/first.md", "<!-- copydesk-dis| -->\n\nWe recieve mail.\n");
    assert_eq!(
        chosen(&source, labelled(&found, "disable-file")),
        source.replace("copydesk-dis", "copydesk-disable-file")
    );
    let (source, found) =
        items(&mut client, "posts/first.md", "<!-- copydesk-disable kn| -->\n\nWe recieve mail.\n");
    let found_here = labelled(&found, "known-typo");
    let order = labels(&found);
    let place = |rule: &str| order.iter().position(|it| *it == rule);
    assert!(place("known-typo") < place("bare-url"), "what is found in the page comes first: {order:?}");
    assert_eq!(chosen(&source, found_here), source.replace("kn ", "known-typo "));
}

#[test]
fn the_config_is_completed_by_its_schema() {
    let mut client = Client::new(&harbour("config-completion"));
    client.open("posts/first.md");
    let (_, found) = items(&mut client, "copydesk.yaml", &format!("{HARBOUR_CONFIG}|"));
    assert!(labels(&found).contains(&"spelling"), "{:?}", labels(&found));
    let (source, found) = items(&mut client, "copydesk.yaml", "rules:\n  known|\n");
    assert_eq!(chosen(&source, labelled(&found, "known-typo")), "rules:\n  known-typo: \n");
    let (_, found) = items(&mut client, "copydesk.yaml", "rules:\n  known-typo: |\n");
    assert!(labels(&found).contains(&"warning"), "{:?}", labels(&found));
}

#[test]
fn the_config_of_the_cms_is_completed_and_explained() {
    let root = harbour("cms-completion");
    let path = "static/admin/config.yml";
    let text = "collections:\n  - name: boats\n    fields:\n      - name: moored\n        widget: dat|\n";
    std::fs::create_dir_all(root.join("static/admin")).expect("the site can be written");
    std::fs::write(root.join(path), text).expect("the site can be written");
    let mut client = Client::new(&root);
    let (source, found) = items(&mut client, path, text);
    let source_with = |widget: &str| source.replace("dat\n", &format!("{widget}\n"));
    assert_eq!(chosen(&source, labelled(&found, "datetime")), source_with("datetime"));
    let (_, found) = items(&mut client, path, "collections:\n  - name: boats\n    fol|\n");
    assert!(labels(&found).contains(&"folder"), "{:?}", labels(&found));
    client.open_text(path, "media_folder: static/img\n");
    let hover = client.at("textDocument/hover", path, json!({ "line": 0, "character": 3 }));
    assert!(hover["contents"]["value"].as_str().is_some_and(|it| it.contains("uploaded")), "{hover}");
}

#[test]
fn json_schemas_are_completed_and_explained() {
    let mut client = Client::new(&harbour("schema-completion"));
    client.open("posts/first.md");
    let path = "schemas/boat.schema.json";
    let text = "{\n  \"properties\": {\n    \"berth\": { \"ty|\" }\n  }\n}\n";
    let (source, found) = items(&mut client, path, text);
    assert_eq!(chosen(&source, labelled(&found, "type")), source.replace("\"ty\"", "\"type\": "));
    let (source, found) = items(&mut client, path, &text.replace("\"ty|\"", "\"format\": |"));
    assert_eq!(
        chosen(&source, labelled(&found, "date-time")),
        source.replace("\"format\": ", "\"format\": \"date-time\"")
    );
    let (_, found) = items(&mut client, path, "{ \"type\": [\"string\", \"|\"] }\n");
    assert!(labels(&found).contains(&"null"), "{:?}", labels(&found));
    let (source, found) = items(&mut client, "schemas/boat.schema.yaml", "properties:\n  berth:\n    max|\n");
    assert_eq!(chosen(&source, labelled(&found, "maxLength")), format!("{}Length: \n", source.trim_end()));
    let (_, found) = items(&mut client, "package.json", "{ \"ty|\" }\n");
    assert!(found.is_empty(), "not a schema: {:?}", labels(&found));

    let text = "{ \"properties\": { \"berth\": { \"pattern\": \"^[a-z]+$\" } } }\n";
    client.open_text(path, text);
    let hover = client.at("textDocument/hover", path, after(text, "patt"));
    let said = hover["contents"]["value"].as_str().expect("the keyword is explained");
    assert!(said.contains("regular expression"), "{said}");
    let of_name = client.at("textDocument/hover", path, after(text, "\"ber"));
    assert_eq!(of_name, Value::Null, "the name of a key is explained by its own schema alone");
}

#[test]
fn hovering_shows_schema_record_target_and_rule() {
    let mut client = Client::new(&harbour("hover"));
    let text = client
        .open("posts/first.md")
        .replace("# The harbour", "<!-- copydesk-disable bare-url -->\n# The harbour");
    client.replace("posts/first.md", 2, &text);
    for (place, expected) in [
        ("date", "The day of publication."),
        ("date", "Required."),
        ("author: Mi", "people/mia.md"),
        ("id: bo", "Boats and ships"),
        ("second.md#lo", "Second"),
        ("quay.p", "posts/quay.png"),
        ("copydesk-disable bare", "bare-url"),
    ] {
        let hover = client.at("textDocument/hover", "posts/first.md", after(&text, place));
        let said = hover["contents"]["value"].as_str().unwrap_or_else(|| panic!("nothing at {place}"));
        assert!(said.contains(expected), "{place}: {said}");
    }
    assert_eq!(client.at("textDocument/hover", "posts/first.md", after(&text, "best so")), Value::Null);
    assert!(FIRST_POST.contains("best so"));
    let config = client.open("copydesk.yaml");
    let hover = client.at("textDocument/hover", "copydesk.yaml", after(&config, "collect"));
    assert!(hover["contents"]["value"].is_string(), "{hover}");
}
