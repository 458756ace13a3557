//! YAML, against `serde_yaml`.

use std::fmt::Write as _;

use copydesk::internals::data::{self, DataFormat, ScalarNotation, SyntaxErrorKind};
use proptest::prelude::*;

use crate::common::assert_snapshot;

use super::{altered, cases, check_spans, parse};

/// `None` where the text is refused.
fn ours(text: &str) -> Option<serde_yaml::Value> {
    let tree = parse(text, DataFormat::Yaml);
    if !tree.is_complete() {
        return None;
    }
    tree.root.as_ref().map_or(Some(serde_yaml::Value::Null), |root| root.to_yaml().ok())
}

/// Small texts only: `serde_yaml` takes quadratic time for nested brackets.
fn theirs(text: &str) -> Option<serde_yaml::Value> {
    assert!(text.len() < 10_000, "too long for serde_yaml");
    serde_yaml::from_str(text).ok()
}

fn error_kind(text: &str) -> Option<SyntaxErrorKind> {
    parse(text, DataFormat::Yaml).errors.first().map(|error| error.kind)
}

/// The documents of the `*.yaml` beside this file, apart from the mistakes.
fn snippets() -> Vec<&'static str> {
    let files = [include_str!("scalars.yaml"), include_str!("blocks.yaml"), include_str!("collections.yaml")];
    files.into_iter().flat_map(|file| file.split("=====\n")).collect()
}

#[test]
fn snippets_mean_what_serde_yaml_says() {
    for text in snippets() {
        assert!(theirs(text).is_some(), "serde_yaml refuses {text:?}");
        for text in [text.to_owned(), text.replace('\n', "\r\n"), text.trim_end().to_owned()] {
            assert_eq!(ours(&text), theirs(&text), "{text:?}");
            check_spans(&text, DataFormat::Yaml);
        }
    }
}

/// Where only one of the two accepts a text. YAML 1.2.2 decides; `serde_yaml` is on YAML 1.1.
#[test]
fn known_disagreements() {
    let ours_only = [
        // Integers beyond 64 bits: a number to us, an error to them.
        "n: 99999999999999999999",
        // A tab may separate tokens (section 6.2).
        "\ta: 1",
        "- a\n\t\n",
        // Keys may be empty (section 7.2).
        ": a",
        // A document may be nothing but its end (section 9.1.3).
        "...",
        // Reserved directives are ignored (section 6.8).
        "%HARBOUR 1\n---\na: 1",
        // A flow key may span lines; a plain value ends before `:` and a comma (section 7.4).
        "{a\n: b}",
        "[a:, b]",
        // Not YAML, but read by JavaScript's parsers, and found in the configs of CMSs.
        "{a:[b], c:{d: e}}",
    ];
    let theirs_only = [
        // A comment needs a space before it (section 6.6).
        "a: 'x'#c",
        // The header of a block scalar is indented deeper than its key (section 8.1).
        "a:\n|\n  x\n",
        // A name holds everything up to a space, colons included (section 6.9.2).
        "a: &k b\n*k: c",
    ];
    for (texts, accepted) in [(ours_only.as_slice(), true), (theirs_only.as_slice(), false)] {
        for text in texts {
            assert_eq!(ours(text).is_some(), accepted, "{text:?}");
            assert_eq!(theirs(text).is_some(), !accepted, "{text:?}");
        }
    }
}

/// Texts that both accept and read differently: line breaks of YAML 1.1 only, colons in names (section 6.9.2), block
/// scalars that are the whole document, and a last line of nothing but spaces, which may end a block scalar.
fn is_read_differently(text: &str) -> bool {
    let old_line_breaks = text.contains(['\u{85}', '\u{2028}', '\u{2029}']);
    let mut names = text.match_indices(['&', '*']).filter_map(|(at, _)| text[at..].split_whitespace().next());
    let root = parse(text, DataFormat::Yaml).root;
    let block_root =
        root.is_some_and(|root| root.as_scalar().is_some_and(|scalar| scalar.style == ScalarNotation::Block));
    let blanks_at_end = text.ends_with([' ', '\t']);
    old_line_breaks || block_root || blanks_at_end || names.any(|name| name.contains(':'))
}

#[test]
fn aliases_cannot_explode() {
    let mut bomb = "a0: &a0 [harbour]\n".to_owned();
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(bomb, "a{level}: &a{level} [{aliases}]").unwrap();
    }
    assert_eq!(error_kind(&bomb), Some(SyntaxErrorKind::TooLarge));
    let long = format!("a: &a {}\nb: [{}]", "harbour ".repeat(10_000), "*a, ".repeat(1000));
    assert_eq!(error_kind(&long), Some(SyntaxErrorKind::TooLarge));
    let chain = (1..400).map(|i| format!("a{i}: &a{i} [*a{}]\n", i - 1));
    let chain = ["a0: &a0 x\n".to_owned()].into_iter().chain(chain).collect::<Vec<_>>().concat();
    assert_eq!(error_kind(&chain), Some(SyntaxErrorKind::TooDeep));
}

#[test]
fn nesting_is_bounded() {
    let blocks = (0..300).map(|depth| " ".repeat(depth) + "a:\n").collect();
    for text in
        ["[".repeat(100_000), "{a: ".repeat(100_000), "- ".repeat(100_000), "? ".repeat(100_000), blocks]
    {
        assert_eq!(error_kind(&text), Some(SyntaxErrorKind::TooDeep), "{}", &text[..10]);
    }
    let deepest = "[".repeat(data::MAX_DEPTH) + &"]".repeat(data::MAX_DEPTH);
    assert_eq!(error_kind(&deepest), None);
}

/// What each common mistake is called, where it is, and what the writer reads.
#[test]
fn mistakes() {
    let mut told = String::new();
    for text in include_str!("mistakes.yaml").split("~~~~~\n") {
        writeln!(told, "{}", text.trim_end_matches('\n')).unwrap();
        let error = parse(text, DataFormat::Yaml).errors.into_iter().next();
        let error = error.unwrap_or_else(|| panic!("nothing is wrong with {text:?}"));
        writeln!(told, "  `{}`: {}", error.span.of(text), error.message).unwrap();
        if let Some((span, message)) = error.related {
            writeln!(told, "  `{}`: {message}", span.of(text)).unwrap();
        }
        if let Some(help) = error.help {
            writeln!(told, "  help: {help}").unwrap();
        }
        if let Some(value) = error.kind.value_to_quote() {
            writeln!(told, "  to quote: `{}`", value.of(text)).unwrap();
        }
        told.push_str("~~~~~\n");
    }
    assert_snapshot("tests/it/data/mistakes.snap", &told);
}

#[test]
fn a_colon_right_before_a_bracket_is_read_with_true_places() {
    let text = r#"fields:
  - {label: Title, options:["a:[b]", 'it''s:{x}', it's, c], deep:{list:[1, {x:[]}]}} # see:[this]
  - name: [
      {hint: "x", fields:[a, # note:{x}
        b]},
      plain:[é]
    ]
  - text:[not a list]
  - |
    fields:[text]
last: {a:[1], b: 2}
"#;
    let tree = parse(text, DataFormat::Yaml);
    assert_eq!(tree.errors, []);
    let root = tree.root.unwrap();
    let expected = serde_json::json!({
        "fields": [
            { "label": "Title", "options": ["a:[b]", "it's:{x}", "it's", "c"], "deep": { "list": [1, { "x": [] }] } },
            { "name": [{ "hint": "x", "fields": ["a", "b"] }, { "plain": ["é"] }] },
            "text:[not a list]",
            "fields:[text]\n",
        ],
        "last": { "a": [1], "b": 2 },
    });
    assert_eq!(root.to_json(), expected);
    let last = root.get("last").unwrap();
    assert_eq!((last.span.of(text), last.get("a").unwrap().span.of(text)), ("{a:[1], b: 2}", "[1]"));
    assert_eq!(last.get("b").unwrap().span.of(text), "2");
    let comments: Vec<_> = tree.comments.iter().map(|span| span.of(text)).collect();
    assert_eq!(comments, ["# see:[this]", "# note:{x}"]);
    check_spans(text, DataFormat::Yaml);
    check_spans("a: {b:[x]}\nc: d: e\n", DataFormat::Yaml);
    let error = parse("a: {b:[x]}\nc: d: e\n", DataFormat::Yaml).errors.remove(0);
    assert_eq!(error.span, copydesk::text::Span::new(15, 16));
    assert!(parse(&"- {a:[b]}\n".repeat(100), DataFormat::Yaml).is_complete());
    assert!(!parse(&"- {a:[b]}\n".repeat(10_000), DataFormat::Yaml).is_complete());
}

#[test]
fn comments_are_found() {
    let text = "# one\na: b # two\nc: '# not'\n";
    let comments: Vec<_> = parse(text, DataFormat::Yaml).comments.iter().map(|span| span.of(text)).collect();
    assert_eq!(comments, ["# one", "# two"]);
}

#[test]
fn spans_are_what_a_writer_points_at() {
    let text = "a: # c\nb: &x !t |-\n  one\n  two\n\nc:\n- x\n- {y: z}\nd: *x\ne:\n  -\n";
    let root = parse(text, DataFormat::Yaml).root.unwrap();
    let slices: Vec<_> = root.entries().iter().map(|entry| entry.value.span.of(text)).collect();
    assert_eq!(slices, ["", "|-\n  one\n  two", "- x\n- {y: z}", "*x", "-"]);
    assert_eq!(root.get("a").unwrap().span.start, 2);
    assert_eq!(root.get("e").unwrap().items()[0].span.start as usize, text.len() - 1);
}

#[test]
fn spans_are_offsets_into_the_file() {
    let source = "---\ntitle: é: x\n---\n";
    let tree = data::parse(source, copydesk::text::Span::new(4, 17), DataFormat::Yaml);
    assert_eq!(tree.root.unwrap().entries()[0].key.span.of(source), "title");
    assert_eq!(tree.errors[0].kind.value_to_quote().unwrap().of(source), "é: x");
}

/// Pieces of YAML that meet in odd ways.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "b",
        "title",
        "1",
        "-2",
        "0x1F",
        "0o17",
        "1.5",
        ".5",
        "1e3",
        "007",
        "true",
        "False",
        "null",
        "~",
        "yes",
        "2024-01-29",
        "-",
        "--",
        "---",
        "...",
        ".",
        "..",
        ".inf",
        "-.INF",
        ".nan",
        "+1",
        "0b11",
        "é",
        "“x”",
        ": ",
        ":",
        "\n",
        "\n",
        "\n  ",
        "\n- ",
        "\n  - ",
        " ",
        "  ",
        "- ",
        "'",
        "\"",
        "'x'",
        "\"y\"",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "#",
        " # c",
        "|\n",
        ">-\n",
        "|+\n",
        "&a ",
        "*a",
        "!!str ",
        "!t ",
        "<<: ",
        "? ",
        "\\n",
        "@",
        "`",
        "%",
        "\r\n",
        "\t",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn value() -> impl Strategy<Value = serde_yaml::Value> {
    let text = || prop_oneof!["[a-z ]{0,12}", "\\PC{0,12}", "(?s)[a-z :#\\n'\"-]{0,20}"];
    let leaf = prop_oneof![
        Just(serde_yaml::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        text().prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(serde_yaml::Value::Sequence),
            prop::collection::vec((text(), inner), 0..6).prop_map(|entries| {
                let entries = entries.into_iter().map(|(key, value)| (key.into(), value));
                serde_yaml::Value::Mapping(entries.collect())
            }),
        ]
    })
}

fn check_meaning(text: &str) -> Result<(), TestCaseError> {
    if let (Some(ours), Some(theirs)) = (ours(text), theirs(text)) {
        prop_assert!(ours == theirs || is_read_differently(text), "{text:?}: {ours:?}, {theirs:?}");
    }
    check_spans(text, DataFormat::Yaml);
    Ok(())
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn soup_means_what_serde_yaml_says(text in soup()) {
        check_meaning(&text)?;
    }

    #[test]
    fn altered_snippets_mean_what_serde_yaml_says(
        pick in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        length in 0..8_usize,
        with in soup(),
    ) {
        let snippets = snippets();
        check_meaning(&altered(snippets[pick.index(snippets.len())], at, length, &with))?;
    }

    #[test]
    fn written_values_are_read_back(value in value()) {
        let text = serde_yaml::to_string(&value).unwrap();
        prop_assert!(ours(&text) == theirs(&text) || is_read_differently(&text), "{text:?}");
        check_spans(&text, DataFormat::Yaml);
    }
}
