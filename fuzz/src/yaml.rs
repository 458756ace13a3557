//! The tree of YAML, JSON and TOML.

use copydesk::{
    internals::{
        data::{DataFormat, Node, Tree, Value, parse},
        front_matter::FrontMatter,
    },
    text::Span,
};

use crate::{require_span, text};

/// Every notation on every text: spans are in the text, in each other and in order; and the value is the same wherever
/// in a file it stands and however it is written.
pub fn run(bytes: &[u8]) {
    let source = text(bytes);
    let whole = Span::new(0, source.len() as u32);
    for format in [DataFormat::Yaml, DataFormat::Json, DataFormat::Jsonc, DataFormat::Toml] {
        let tree = parse(&source, whole, format);
        require_sound(&tree, &source);
        require_place_does_not_matter(&tree, &source);
        if let Some(root) = tree.root.as_ref().filter(|_| tree.is_complete()) {
            require_value_survives(root);
        }
    }
    let page = format!("---\n{source}\n---\n");
    if let (Some(front_matter), _) = FrontMatter::parse(&page) {
        require_sound(&front_matter.tree, &page);
    }
}

fn require_sound(tree: &Tree, source: &str) {
    for error in &tree.errors {
        require_span(error.span, source, error);
        for span in error.related.iter().map(|it| it.0).chain(error.kind.value_to_quote()) {
            require_span(span, source, error);
        }
        assert!(!error.message.is_empty() && !error.message.contains(['\n', '\r']), "{error:?}");
    }
    for pair in tree.comments.windows(2) {
        assert!(pair[0].end <= pair[1].start, "comments overlap: {pair:?}");
    }
    tree.comments.iter().for_each(|span| require_span(*span, source, &"comment"));
    if let Some(root) = &tree.root {
        require_node(root, source, tree.format);
        let _ = (root.duplicate_keys().len(), root.values().count(), root.to_yaml().is_ok());
    }
}

fn require_node(node: &Node, source: &str, format: DataFormat) {
    require_span(node.span, source, node);
    // What an alias stands for is at the anchor, and the parts of a TOML table may lie anywhere.
    let parts_are_inside = format != DataFormat::Toml && !node.is_alias(source);
    let mut end = node.span.start;
    let mut part = |part: &Node| {
        if parts_are_inside {
            assert!(node.span.contains(part.span), "{:?} is not in {:?}", part.span, node.span);
            assert!(end <= part.span.start, "{:?} begins before {end}", part.span);
            end = part.span.end;
        }
        if !node.is_alias(source) {
            require_node(part, source, format);
        }
    };
    match &node.value {
        Value::Scalar(_) => {}
        Value::Sequence(items) => items.iter().for_each(part),
        Value::Mapping(mapping) => mapping.entries.iter().for_each(|entry| {
            part(&entry.key);
            part(&entry.value);
        }),
    }
}

/// A text that is read from the middle of a file has the same tree, further on.
fn require_place_does_not_matter(tree: &Tree, source: &str) {
    let shift = "é\n".len() as u32;
    let file = format!("é\n{source}");
    let moved = parse(&file, Span::new(shift, file.len() as u32), tree.format);
    assert_eq!(tree.root.as_ref().map(Node::to_json), moved.root.as_ref().map(Node::to_json));
    let spans = |tree: &Tree, by: u32| {
        let mut spans: Vec<Span> = tree.comments.iter().map(|span| span.shift(by)).collect();
        spans.extend(tree.errors.iter().map(|error| error.span.shift(by)));
        let nodes = tree.root.iter().flat_map(Node::values);
        spans.extend(nodes.map(|(_, node)| node.span.shift(by)));
        spans
    };
    assert_eq!(spans(tree, shift), spans(&moved, 0), "{:?}", tree.format);
}

/// What was read can be written as JSON and read again, by both notations that read JSON.
fn require_value_survives(root: &Node) {
    let value = root.to_json();
    let json = value.to_string();
    for format in [DataFormat::Json, DataFormat::Jsonc] {
        let again = parse(&json, Span::new(0, json.len() as u32), format);
        assert!(again.is_complete(), "{json}: {:?}", again.errors);
        assert_eq!(again.root.as_ref().map(Node::to_json), Some(value.clone()));
    }
}
