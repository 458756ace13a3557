//! The tree itself and how to ask it.

use std::path::Path;

use super::{EntryList, SyntaxError};
use crate::text::Span;

/// The notation a tree was written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum DataFormat {
    /// YAML 1.2, scalars as `serde_yaml` reads them.
    Yaml,
    /// JSON (RFC 8259).
    Json,
    /// JSON with comments and with commas after last items.
    Jsonc,
    /// TOML 1.0.
    Toml,
}

impl DataFormat {
    /// The notation of a file, by its extension; YAML unless that says otherwise.
    pub fn of_file(path: &Path) -> Self {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("json") => Self::Json,
            Some("jsonc") => Self::Jsonc,
            Some("toml") => Self::Toml,
            _ => Self::Yaml,
        }
    }
}

/// What parsing a text gave: as much of the tree as could be read, its comments, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Tree {
    /// The notation.
    pub format: DataFormat,
    /// The root node; `None` for an empty text and where nothing could be read.
    #[serde(with = "super::flat")]
    pub root: Option<Node>,
    /// Comments in source order, from the `#` or `//` to the end of the line, or with both their ends.
    pub comments: Vec<Span>,
    /// Values in YAML that go on without the indentation that the specification requires, in source order.
    pub unindented: Vec<Unindented>,
    /// Why the text is not well formed. Empty when the tree is complete.
    pub errors: Vec<SyntaxError>,
}

/// A quoted or bracketed value of a block whose lines are not indented further than the block: YAML 1.2.2 (sections
/// 7.3 and 8.1) forbids it, and parsers disagree.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Unindented {
    /// The value.
    pub span: Span,
    /// The indentation of the lines that have too little of it, in source order.
    pub lines: Vec<Span>,
    /// The spaces that each of these lines needs.
    pub indent: usize,
}

/// A value and its bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The bytes of the value with its quotes or brackets, without anchor, tag and comment. A block collection
    /// begins at its first key or dash and ends where its last child ends; a TOML table reaches from its first
    /// part to its last. An empty value has an empty span right after the colon or dash that announces it, or
    /// after its anchor and tag. A YAML alias keeps the alias's own span; what is below it is at the anchor.
    pub span: Span,
    /// An explicit YAML tag: `!!str` for one of YAML's own types, `!secret` for a local one, `!<uri>` for any other.
    pub tag: Option<Box<str>>,
    /// The value.
    pub value: Value,
}

/// What a node holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Anything that is not a collection.
    Scalar(Scalar),
    /// A list.
    Sequence(Vec<Node>),
    /// Keys with values, in source order, duplicates included.
    Mapping(Mapping),
}

/// The entries of a mapping, in source order, duplicates included.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mapping {
    /// The entries.
    pub entries: EntryList,
}

/// One key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key; nearly always a plain string.
    pub key: Node,
    /// The value.
    pub value: Node,
}

/// A scalar as it was written and as it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Scalar {
    /// The text: quotes removed, escapes and folding resolved.
    pub text: Box<str>,
    /// How it was written.
    pub style: ScalarNotation,
    /// What it means.
    pub meaning: Meaning,
}

/// What readers take a scalar for.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Meaning {
    /// `null`, `~` or nothing at all.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(#[serde(with = "super::flat::number")] serde_yaml::Number),
    /// Text.
    String,
    /// A TOML date, time or date-time; YAML and JSON have none, there such a value is text.
    DateTime,
}

/// How a scalar was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ScalarNotation {
    /// Without quotes.
    Plain,
    /// In `'…'`.
    SingleQuoted,
    /// In `"…"`.
    DoubleQuoted,
    /// YAML's `|` and `>`, and TOML's `'''` and `"""`.
    Block,
}

/// One step of a path into a tree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Segment {
    /// The value of a key.
    Key(Box<str>),
    /// The nth item, from 0.
    Index(usize),
}

impl Node {
    /// Bytes of memory that a copy takes, and the levels of collections in the node.
    pub(super) fn measure(&self) -> (usize, usize) {
        let own = size_of::<Self>() + self.tag.as_ref().map_or(0, |tag| tag.len());
        let (children, deepest) = match &self.value {
            Value::Scalar(scalar) => return (own + scalar.text.len(), 0),
            Value::Sequence(items) => sum(items.iter()),
            Value::Mapping(mapping) => sum(mapping.entries.iter().flat_map(|it| [&it.key, &it.value])),
        };
        (own + children, deepest + 1)
    }
}

fn sum<'n>(nodes: impl Iterator<Item = &'n Node>) -> (usize, usize) {
    nodes.map(Node::measure).fold((0, 0), |(size, height), (more, other)| (size + more, height.max(other)))
}
