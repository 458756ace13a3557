//! Asking the tree.

use std::collections::HashMap;

use copydesk::internals::data::{DataFormat, Node, Segment};
use copydesk::text::Span;
use serde::Deserialize;
use serde_json::json;

use super::parse;

fn root(text: &str) -> Node {
    parse(text, DataFormat::Yaml).root.expect("the text is not empty")
}

#[test]
fn merged_keys_give_way_to_own_ones() {
    let root = root(
        "base: &b {layout: post, draft: true}\nmore: &m {draft: 1, lang: en}\npage:\n  <<: [*b, *m]\n  layout: page\n",
    );
    let page = root.get("page").unwrap();
    assert_eq!(page.get("layout").unwrap().as_str(), Some("page"));
    assert_eq!(page.get("draft").unwrap().as_bool(), Some(true));
    assert_eq!(page.get("lang").unwrap().as_str(), Some("en"));
    assert_eq!(page.to_json(), json!({ "layout": "page", "draft": true, "lang": "en" }));
    let typed: serde_json::Value = page.deserialize().unwrap();
    assert_eq!(typed, page.to_json());
}

#[test]
fn the_last_of_equal_keys_counts_and_yaml_refuses_both() {
    let root = root("a: 1\nb: 2\na: 3\n");
    assert_eq!(root.entries().len(), 3);
    assert_eq!(root.to_json(), json!({ "a": 3, "b": 2 }));
    assert_eq!(root.to_yaml().unwrap_err().span, Span::new(10, 11));
}

#[test]
fn keys_become_text_in_json() {
    assert_eq!(root("1: a\ntrue: b\n[x]: c\n").to_json(), json!({ "1": "a", "true": "b", "[\"x\"]": "c" }));
}

#[test]
fn pointers_lead_through_lists_and_escapes() {
    let root = root("a/b:\n  - x~y: [1, 2]\n");
    let path = root.pointer("/a~1b/0/x~0y/1").unwrap();
    assert_eq!(root.at(&path).unwrap().text(), Some("2"));
    assert_eq!(root.entry_at(&path).unwrap().key.text(), Some("x~y"));
    assert_eq!(path[1], Segment::Index(0));
    assert_eq!(root.pointer(""), Some(Vec::new()));
    for nowhere in ["a", "/b", "/a~1b/1", "/a~1b/x", "/a~1b/0/x~0y/1/2"] {
        assert_eq!(root.pointer(nowhere), None, "{nowhere}");
    }
}

#[test]
fn kinds_are_named_in_words() {
    let root = root("[[], {}, 1, true, ~, text, '1']");
    let names: Vec<_> = root.items().iter().map(Node::kind_name).collect();
    assert_eq!(names, ["a list", "a mapping", "a number", "a boolean", "null", "a string", "a string"]);
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
struct Page {
    count: u8,
    name: String,
    #[serde(default)]
    tags: Vec<String>,
    level: Option<Level>,
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Level {
    Off,
    On { since: u16 },
}

#[test]
fn trees_become_types() {
    let page: Page = root("count: 1\nname: x\nlevel: off").deserialize().unwrap();
    assert_eq!(page, Page { count: 1, name: "x".to_owned(), tags: Vec::new(), level: Some(Level::Off) });
    let page: Page = root("<<: {count: 1, name: y}\nname: x\nlevel: !on {since: 2}").deserialize().unwrap();
    assert_eq!(page.level, Some(Level::On { since: 2 }));
    assert_eq!(page.name, "x");
}

#[test]
fn typed_reads_say_where_and_what() {
    let places = [
        ("count: 1\nname: x\ntags: [a, [b]]\n", "[b]", "expected a string, found a list"),
        ("count: many\nname: x\n", "many", "expected u8, found the string `many`"),
        ("count: 300\nname: x\n", "300", "expected u8, found the number 300"),
        ("count: 1\nname: 2\n", "2", "expected a string, found the number 2"),
        ("count: 1\nnmae: x\n", "nmae", "unknown key `nmae`, expected `count`, `name`, `tags` or `level`"),
        ("count: 1\n", "count: 1", "missing key `name`"),
        ("count: 1\nname: x\ncount: 2\n", "count", "duplicate key `count`"),
        ("count: 1\nname: x\nlevel: of\n", "of", "unknown value `of`, expected `off` or `on`"),
        ("count: 1\nname: x\nlevel: {on: {since: soon}}\n", "soon", "expected u16, found the string `soon`"),
        ("count: 1\nname: x\nlevel: on\n", "on", "missing value for `on`"),
        ("count: 1\nname: x\nlevel: {off: 1}\n", "1", "unexpected value for `off`"),
    ];
    for (text, place, message) in places {
        let error = root(text).deserialize::<Page>().unwrap_err();
        assert_eq!((error.span.of(text), &*error.message), (place, message), "{text:?}");
    }
}

#[test]
fn keys_are_text_where_text_is_asked_for() {
    let map: HashMap<String, u8> = root("404: 1\ntrue: 2\n").deserialize().unwrap();
    assert_eq!(map, HashMap::from([("404".to_owned(), 1), ("true".to_owned(), 2)]));
    let map: HashMap<u16, u8> = root("404: 1\n").deserialize().unwrap();
    assert_eq!(map, HashMap::from([(404, 1)]));
}
