//! JSON, against `serde_json`.

use copydesk::internals::data::{DataFormat, SyntaxErrorKind};
use proptest::prelude::*;
use serde_json::Value;

use super::{altered, cases, check_spans, parse};

fn ours(text: &str) -> Option<Value> {
    let tree = parse(text, DataFormat::Json);
    if tree.is_complete() { tree.root.map(|root| root.to_json()) } else { None }
}

fn theirs(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

#[test]
fn what_serde_json_refuses_is_refused() {
    let refused = [
        "[1,]",
        r#"{"a":1,}"#,
        "{a:1}",
        "{'a':1}",
        "[1 2]",
        "// c\n1",
        "[1] # c",
        "NaN",
        "Infinity",
        "+1",
        "01",
        "1.",
        ".5",
        "0x10",
        "1e999",
        r#""\x41""#,
        r#""\uD800""#,
        r#""\uD800\u0041""#,
        "\"tab\there\"",
        r#""open"#,
        "[",
        r#"{"a""#,
        "1 2",
        "tru",
        "truely",
        r#"{"a" 1}"#,
        "[,1]",
        "\u{a0}1",
    ];
    for text in refused {
        assert_eq!(theirs(text), None, "serde_json accepts {text}");
        assert_eq!(parse(text, DataFormat::Json).errors.len(), 1, "{text}");
        check_spans(text, DataFormat::Json);
    }
}

#[test]
fn what_yaml_does_not_know_is_read() {
    for text in [
        r#""\/ \ud83e\ude84 \u00e9""#.to_owned(),
        "{\t\"a\"\t:\t1\t}".to_owned(),
        format!("{{\"{}\":1}}", "k".repeat(2000)),
        r#"{"a":1,"a":2}"#.to_owned(),
        "[18446744073709551615, -9223372036854775808, 18446744073709551616, 1E5, -0]".to_owned(),
    ] {
        assert!(theirs(&text).is_some());
        assert_eq!(ours(&text), theirs(&text), "{text}");
    }
}

#[test]
fn mistakes_have_their_place() {
    let places = [
        ("[1, 2,]", ",", "trailing comma before `]`"),
        (r#"{"a": 'b'}"#, "'", "strings must use double quotes"),
        ("{\"a\": 1 // c\n}", "/", "comments are not allowed in JSON"),
        (r#"{"a": [1, 2"#, "[", "unclosed `[`"),
        ("{\"a\": \"b}\n", "\"b}", "missing closing quote"),
        ("{a: 1}", "a", "expected a key in double quotes, found `a`"),
        (r#"["x\q"]"#, r"\q", "invalid escape sequence"),
        ("[NaN]", "NaN", "expected a value, found `NaN`"),
        ("[1_000]", "1_000", "`1_000` is not a valid JSON number"),
        ("[1, 2", "[", "unclosed `[`"),
    ];
    for (text, place, message) in places {
        let error = &parse(text, DataFormat::Json).errors[0];
        assert_eq!((error.span.of(text), &*error.message), (place, message), "{text}");
    }
}

#[test]
fn jsonc_has_comments_and_last_commas() {
    let text =
        "// a\n{ /* b */ \"tides\": [1, 2, /* c */ ], // d\r\n \"piers\": { \"n\": \"//\" , }, } /* e */";
    let tree = parse(text, DataFormat::Jsonc);
    assert_eq!(tree.errors, []);
    let comments: Vec<_> = tree.comments.iter().map(|it| it.of(text)).collect();
    assert_eq!(comments, ["// a", "/* b */", "/* c */", "// d", "/* e */"]);
    let root = tree.root.expect("it is complete").to_json();
    assert_eq!(root, serde_json::json!({ "tides": [1, 2], "piers": { "n": "//" } }));
    assert_eq!(parse("// nothing\n", DataFormat::Jsonc).root, None);
}

#[test]
fn mistakes_in_jsonc_have_their_place() {
    let places = [
        ("[1, /* 2 ]", "/", "unterminated comment"),
        ("[1, # 2\n]", "#", "comments must start with `//`"),
        ("[1,,]", ",", "expected a value, found `,`"),
        ("[,]", ",", "expected a value, found `,`"),
        ("{ \"a\": 1 / 2 }", "/", "expected `,` or `}`, found `/`"),
    ];
    for (text, place, message) in places {
        let error = &parse(text, DataFormat::Jsonc).errors[0];
        assert_eq!((error.span.of(text), &*error.message), (place, message), "{text}");
        check_spans(text, DataFormat::Jsonc);
    }
}

#[test]
fn nesting_is_bounded() {
    for text in ["[".repeat(100_000), "{\"a\":".repeat(100_000)] {
        assert_eq!(parse(&text, DataFormat::Json).errors[0].kind, SyntaxErrorKind::TooDeep);
    }
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<u64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn written_values_are_read_back(value in value()) {
        for text in [serde_json::to_string(&value).unwrap(), serde_json::to_string_pretty(&value).unwrap()] {
            prop_assert_eq!(ours(&text), theirs(&text));
            check_spans(&text, DataFormat::Json);
        }
    }

    #[test]
    fn altered_values_are_read_alike(
        value in value(),
        at in any::<prop::sample::Index>(),
        length in 0..4_usize,
        with in r#"[\[\]{},:"0-9.eE+\-\\utrna /#'\n\t]{0,3}"#,
    ) {
        let text = altered(&serde_json::to_string(&value).unwrap(), at, length, &with);
        if !text.trim().is_empty() {
            prop_assert_eq!(ours(&text), theirs(&text), "{:?}", text);
        }
        check_spans(&text, DataFormat::Json);
    }
}
