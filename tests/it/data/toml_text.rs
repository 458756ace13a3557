//! TOML, against `toml::from_str`.

use copydesk::internals::data::DataFormat;
use proptest::prelude::*;

use super::{altered, cases, check_spans, parse};

const PAGE: &str = include_str!("page.toml");

fn ours(text: &str) -> Option<serde_json::Value> {
    let tree = parse(text, DataFormat::Toml);
    let empty = serde_json::Value::Object(serde_json::Map::new());
    tree.is_complete().then(|| tree.root.map_or(empty, |root| root.to_json()))
}

fn theirs(text: &str) -> Option<serde_json::Value> {
    toml::from_str::<toml::Table>(text).ok().map(|table| json(toml::Value::Table(table)))
}

fn json(value: toml::Value) -> serde_json::Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(value) => value.into(),
        toml::Value::Float(value) => value.into(),
        toml::Value::Boolean(value) => value.into(),
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(items) => items.into_iter().map(json).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, json(value))).collect(),
    }
}

#[test]
fn a_page_is_read_alike() {
    assert!(theirs(PAGE).is_some());
    assert_eq!(ours(PAGE), theirs(PAGE));
    check_spans(PAGE, DataFormat::Toml);
    let tree = parse(PAGE, DataFormat::Toml);
    let comments: Vec<_> = tree.comments.iter().map(|span| span.of(PAGE)).collect();
    assert_eq!(comments, ["# top", "# when"]);
    let root = tree.root.unwrap();
    let keys: Vec<_> = root.entries().iter().filter_map(|entry| entry.key.text()).collect();
    assert_eq!(keys, ["title", "date", "day", "small", "big", "real", "text", "params"]);
    assert_eq!(root.get("small").unwrap().span.of(PAGE), "0x1F");
    assert_eq!(root.get("date").unwrap().kind_name(), "a date");
}

#[test]
fn several_mistakes_are_found_and_the_rest_is_read() {
    let text = "a = \nb = 1\ntitle = Harbour\ne = 99999999999999999999\ntext = 'open\n";
    let tree = parse(text, DataFormat::Toml);
    let told: Vec<_> = tree.errors.iter().map(|error| (error.span.of(text), &*error.message)).collect();
    let expected = [
        ("", "missing value"),
        ("Harbour", "strings must be quoted"),
        ("99999999999999999999", "number does not fit in 64 bits"),
        ("", "missing closing quote"),
    ];
    assert_eq!(told, expected);
    assert_eq!(tree.root.unwrap().get("b").unwrap().text(), Some("1"));
}

#[test]
fn nesting_is_bounded() {
    let level = format!("{{{}a=", "a.".repeat(60));
    let tables = format!("x={}1{}", level.repeat(60), "}".repeat(60));
    let arrays = "x=".to_owned() + &"[".repeat(100_000);
    for text in [tables, arrays, format!("{}a=1", "a.".repeat(100_000))] {
        assert!(!parse(&text, DataFormat::Toml).is_complete());
    }
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn an_altered_page_is_read_alike(
        at in any::<prop::sample::Index>(),
        length in 0..6_usize,
        with in r#"[a-c0-9.=#'"\[\]{}, \n\-:TZ+_é]{0,4}"#,
    ) {
        let text = altered(PAGE, at, length, &with);
        prop_assert_eq!(ours(&text), theirs(&text), "{:?}", text);
        check_spans(&text, DataFormat::Toml);
    }
}
