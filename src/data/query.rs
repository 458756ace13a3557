//! Asking a tree: by key, by path, by kind.

use std::ops::Range;

use super::{Entry, Mapping, Meaning, Node, Scalar, ScalarNotation, Segment, Tree, Value};
use crate::text::Span;

impl Tree {
    /// Whether the whole text was well formed, so that what is not in the tree is not in the text either.
    pub fn is_complete(&self) -> bool {
        self.errors.is_empty()
    }
}

impl Segment {
    /// The step to the value of a key.
    pub fn key(name: &str) -> Self {
        Self::Key(name.into())
    }

    /// The key, if it is a step to the value of one.
    pub fn as_key(&self) -> Option<&str> {
        match self {
            Self::Key(key) => Some(key),
            Self::Index(_) => None,
        }
    }
}

impl Mapping {
    /// The first entry with that key. Keys that come in through YAML's `<<` give way to the mapping's own.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.find(key).or_else(|| self.merged().find_map(|mapping| mapping.entry(key)))
    }

    /// The mappings that `<<` names, nearest first. A value of `<<` that is neither a mapping nor a list of
    /// mappings adds nothing.
    pub(super) fn merged(&self) -> impl Iterator<Item = &Mapping> {
        let entries = if self.entries.find("<<").is_some() { &*self.entries } else { &[] };
        entries.iter().filter(|entry| entry.key.is_merge_key()).flat_map(|entry| {
            let several = entry.value.items();
            let single = several.is_empty().then_some(&entry.value);
            single.into_iter().chain(several).filter_map(Node::as_mapping)
        })
    }
}

impl Node {
    /// The value of the first entry with that key; see [`Mapping::entry`].
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The value of the first entry whose key is that text in any case.
    pub fn get_in_any_case(&self, key: &str) -> Option<&Node> {
        let is_it = |entry: &&Entry| entry.key.text().is_some_and(|text| text.eq_ignore_ascii_case(key));
        self.entries().iter().find(is_it).map(|entry| &entry.value)
    }

    /// The first entry with that key; see [`Mapping::entry`]. `None` where the node is not a mapping.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.as_mapping()?.entry(key)
    }

    /// The entries as written: duplicates and `<<` included. Empty where the node is not a mapping.
    pub fn entries(&self) -> &[Entry] {
        self.as_mapping().map_or(&[], |mapping| &mapping.entries)
    }

    /// The items of a list. Empty where the node is none.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The mapping, if the node is one.
    pub fn as_mapping(&self) -> Option<&Mapping> {
        match &self.value {
            Value::Mapping(mapping) => Some(mapping),
            _ => None,
        }
    }

    /// The scalar, if the node is one.
    pub fn as_scalar(&self) -> Option<&Scalar> {
        match &self.value {
            Value::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The text of a string: `None` for numbers, dates of TOML and whatever else readers do not take for text.
    pub fn as_str(&self) -> Option<&str> {
        self.as_scalar().filter(|scalar| scalar.meaning == Meaning::String).map(|scalar| &*scalar.text)
    }

    /// The text of any scalar, as written but for quotes and escapes.
    pub fn text(&self) -> Option<&str> {
        self.as_scalar().map(|scalar| &*scalar.text)
    }

    /// The value, if it is true or false.
    pub fn as_bool(&self) -> Option<bool> {
        match self.as_scalar()?.meaning {
            Meaning::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Whether the value is missing or `null`.
    pub fn is_null(&self) -> bool {
        self.as_scalar().is_some_and(|scalar| scalar.meaning == Meaning::Null)
    }

    /// Whether the node is a list or a mapping.
    pub fn is_collection(&self) -> bool {
        self.as_scalar().is_none()
    }

    /// Whether the node is a YAML alias: then its value is written elsewhere, and the bytes of its span are a name.
    pub fn is_alias(&self, source: &str) -> bool {
        self.span.of(source).starts_with('*')
    }

    /// What the value is, in words that fit after "expected …, found".
    pub fn kind_name(&self) -> &'static str {
        match &self.value {
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping",
            Value::Scalar(scalar) => match scalar.meaning {
                Meaning::Null => "null",
                Meaning::Bool(_) => "a boolean",
                Meaning::Number(_) => "a number",
                Meaning::String => "a string",
                Meaning::DateTime => "a date",
            },
        }
    }

    /// The place of a part of a scalar's text, by its bytes there; `None` where escapes or folding make the text
    /// another than what the file has.
    pub fn part_span(&self, part: Range<usize>) -> Option<Span> {
        let scalar = self.as_scalar()?;
        let quote = match scalar.style {
            ScalarNotation::Plain => 0,
            ScalarNotation::SingleQuoted | ScalarNotation::DoubleQuoted => 1,
            ScalarNotation::Block => return None,
        };
        // Escapes and folding only ever make a text shorter.
        let is_verbatim = self.span.len() as usize == scalar.text.len() + 2 * quote;
        is_verbatim.then(|| Span::from_range(part).shift(self.span.start + quote as u32))
    }

    /// The items of a list, or the node itself where it is none: for keys that hold one thing or several.
    pub fn self_or_items(&self) -> &[Self] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => std::slice::from_ref(self),
        }
    }

    /// The node at the end of a path.
    pub fn at(&self, path: &[Segment]) -> Option<&Node> {
        path.iter().try_fold(self, |node, segment| match segment {
            Segment::Key(key) => node.get(key),
            Segment::Index(index) => node.items().get(*index),
        })
    }

    /// The entry that owns the last key of a path: for `authors.0` it is that of `authors`.
    pub fn entry_at(&self, path: &[Segment]) -> Option<&Entry> {
        let last = path.iter().rposition(|segment| matches!(segment, Segment::Key(_)))?;
        match &path[last] {
            Segment::Key(key) => self.at(&path[..last])?.entry(key),
            Segment::Index(_) => None,
        }
    }

    /// The path that a JSON pointer (RFC 6901) names in this tree; `None` where it leads nowhere.
    pub fn pointer(&self, pointer: &str) -> Option<Vec<Segment>> {
        let mut node = self;
        let mut path = Vec::new();
        if pointer.is_empty() {
            return Some(path);
        }
        for token in pointer.strip_prefix('/')?.split('/') {
            let segment = match &node.value {
                Value::Sequence(_) => Segment::Index(token.parse().ok()?),
                _ => Segment::Key(token.replace("~1", "/").replace("~0", "~").into()),
            };
            node = node.at(std::slice::from_ref(&segment))?;
            path.push(segment);
        }
        Some(path)
    }

    /// Whether the node is a plain `<<`, YAML's merge key.
    pub(super) fn is_merge_key(&self) -> bool {
        self.as_scalar().is_some_and(|scalar| scalar.style == ScalarNotation::Plain && &*scalar.text == "<<")
    }
}
