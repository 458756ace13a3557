//! Does the spanned tree say what `serde_yaml`, `serde_json` and `toml` say, and does every span hold?

mod json;
mod queries;
mod toml_text;
mod yaml_text;

use copydesk::internals::data::{self, DataFormat, Node, ScalarNotation, Tree, Value};
use copydesk::internals::front_matter::FrontMatter;
use copydesk::text::Span;
use proptest::prelude::*;

fn parse(text: &str, format: DataFormat) -> Tree {
    data::parse(text, Span::new(0, text.len() as u32), format)
}

fn cases(cases: u32) -> ProptestConfig {
    crate::common::cases(cases)
}

/// A text with some characters replaced.
fn altered(text: &str, at: prop::sample::Index, length: usize, with: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = at.index(chars.len() + 1);
    let tail = &chars[(at + length).min(chars.len())..];
    chars[..at].iter().copied().chain(with.chars()).chain(tail.iter().copied()).collect()
}

/// Every span is in the text, on character boundaries and in its parent; keys come before their values; a plain
/// value of one line is spelled as it reads.
fn check_spans(text: &str, format: DataFormat) {
    let tree = parse(text, format);
    for span in tree.comments.iter().copied().chain(tree.errors.iter().map(|error| error.span)) {
        assert!(text.get(span.range()).is_some(), "{span:?} of {text:?}");
    }
    for error in &tree.errors {
        let places =
            error.kind.value_to_quote().into_iter().chain(error.related.as_ref().map(|(span, _)| *span));
        assert!(places.into_iter().all(|span| text.get(span.range()).is_some()), "{error:?} of {text:?}");
    }
    if tree.is_complete() {
        let marks: &[&str] = if format == DataFormat::Jsonc { &["//", "/*"] } else { &["#"] };
        let is_comment = |span: &Span| marks.iter().any(|mark| span.of(text).starts_with(mark));
        assert!(tree.comments.iter().all(is_comment), "{text:?}");
    }
    if let Some(root) = &tree.root {
        check_node(text, root, format);
    }
}

fn check_node(text: &str, node: &Node, format: DataFormat) {
    let slice = text.get(node.span.range()).unwrap_or_else(|| panic!("{:?} of {text:?}", node.span));
    if node.is_alias(text) {
        return;
    }
    let inside =
        |child: &Node| assert!(node.span.contains(child.span), "{:?} in {node:?} of {text:?}", child.span);
    match &node.value {
        Value::Scalar(scalar) => {
            let one_line = !slice.contains(['\n', '\r']);
            match (scalar.style, format) {
                (_, DataFormat::Toml) => {}
                (ScalarNotation::Plain, _) => {
                    assert!(!one_line || slice == &*scalar.text, "{scalar:?} of {text:?}");
                }
                (ScalarNotation::SingleQuoted, _) => {
                    assert!(slice.starts_with('\'') && slice.ends_with('\''), "{text:?}");
                }
                (ScalarNotation::DoubleQuoted, _) => {
                    assert!(slice.starts_with('"') && slice.ends_with('"'), "{text:?}");
                }
                (ScalarNotation::Block, _) => assert!(slice.starts_with(['|', '>']), "{slice:?} of {text:?}"),
            }
        }
        Value::Sequence(items) => {
            for item in items {
                inside(item);
                check_node(text, item, format);
            }
            assert!(items.is_sorted_by_key(|item| item.span.start), "{text:?}");
        }
        Value::Mapping(mapping) => {
            for entry in mapping.entries.iter() {
                inside(&entry.key);
                inside(&entry.value);
                // A TOML table begins at its header, which holds the key.
                let ordered = format == DataFormat::Toml || entry.key.span.end <= entry.value.span.start;
                assert!(ordered, "{entry:?} of {text:?}");
                check_node(text, &entry.key, format);
                check_node(text, &entry.value, format);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn no_text_panics(text in "\\PC{0,40}|(?s).{0,40}|[a-c:\\-\\[\\]{}'\"#|>&*!%@`,? \\t\\r\\n]{0,40}") {
        for format in [DataFormat::Yaml, DataFormat::Json, DataFormat::Jsonc, DataFormat::Toml] {
            check_spans(&text, format);
        }
        for fence in ["---", "+++"] {
            let source = format!("{fence}\n{text}\n{fence}\n{text}");
            let (front_matter, body) = FrontMatter::parse(&source);
            prop_assert!(source.is_char_boundary(body as usize));
            if let Some(front_matter) = front_matter {
                prop_assert!(front_matter.block.contains(front_matter.content));
                prop_assert!(front_matter.block.end <= body);
            }
        }
    }
}
