//! A tree as a list of its nodes, so that reading one back takes no more of the stack than writing it, however deep it is.

use std::{borrow::Cow, vec};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use super::{Entry, MAX_DEPTH, Mapping, Meaning, Node, Scalar, ScalarNotation, Value};
use crate::text::Span;

/// Aliases in keys and values may add to the depth of what is written.
const MAX_FLAT_DEPTH: usize = 2 * MAX_DEPTH;

/// A node, before the nodes that it holds.
#[derive(Serialize, Deserialize)]
struct Flat<'a> {
    span: Span,
    #[serde(borrow)]
    tag: Option<Cow<'a, str>>,
    #[serde(borrow)]
    value: FlatValue<'a>,
}

#[derive(Serialize, Deserialize)]
enum FlatValue<'a> {
    Scalar(#[serde(borrow)] Cow<'a, str>, ScalarNotation, Meaning),
    /// So many items follow.
    Sequence(u32),
    /// So many keys follow, each with its value.
    Mapping(u32),
}

#[expect(clippy::ref_option, reason = "serde calls it like this")]
pub(super) fn serialize<S: Serializer>(root: &Option<Node>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut nodes = Vec::new();
    if let Some(root) = root {
        flatten(root, &mut nodes);
    }
    nodes.serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Node>, D::Error> {
    let nodes = Vec::<Flat<'de>>::deserialize(deserializer)?;
    let mut nodes = nodes.into_iter();
    if nodes.len() == 0 {
        return Ok(None);
    }
    let root = build(&mut nodes, 0).ok_or_else(|| D::Error::custom("incomplete or too deep tree"))?;
    match nodes.next() {
        None => Ok(Some(root)),
        Some(_) => Err(D::Error::custom("more nodes than the tree has")),
    }
}

fn flatten<'a>(node: &'a Node, nodes: &mut Vec<Flat<'a>>) {
    let value = match &node.value {
        Value::Scalar(scalar) => {
            FlatValue::Scalar(Cow::Borrowed(&scalar.text), scalar.style, scalar.meaning.clone())
        }
        Value::Sequence(items) => FlatValue::Sequence(items.len() as u32),
        Value::Mapping(mapping) => FlatValue::Mapping(mapping.entries.len() as u32),
    };
    nodes.push(Flat { span: node.span, tag: node.tag.as_deref().map(Cow::Borrowed), value });
    match &node.value {
        Value::Scalar(_) => {}
        Value::Sequence(items) => items.iter().for_each(|item| flatten(item, nodes)),
        Value::Mapping(mapping) => {
            for Entry { key, value } in mapping.entries.iter() {
                flatten(key, nodes);
                flatten(value, nodes);
            }
        }
    }
}

fn build(nodes: &mut vec::IntoIter<Flat<'_>>, depth: usize) -> Option<Node> {
    if depth > MAX_FLAT_DEPTH {
        return None;
    }
    let Flat { span, tag, value } = nodes.next()?;
    let value = match value {
        FlatValue::Scalar(text, style, meaning) => {
            Value::Scalar(Scalar { text: text.into(), style, meaning })
        }
        FlatValue::Sequence(count) => {
            Value::Sequence((0..count).map(|_| build(nodes, depth + 1)).collect::<Option<_>>()?)
        }
        FlatValue::Mapping(count) => {
            let mut entry = || Some(Entry { key: build(nodes, depth + 1)?, value: build(nodes, depth + 1)? });
            let entries: Vec<Entry> = (0..count).map(|_| entry()).collect::<Option<_>>()?;
            Value::Mapping(Mapping { entries: entries.into() })
        }
    };
    Some(Node { span, tag: tag.map(Into::into), value })
}

/// Numbers in a form that every notation can read back as they are.
pub(super) mod number {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use serde_yaml::Number;

    #[derive(Serialize, Deserialize)]
    enum Stored {
        Unsigned(u64),
        Signed(i64),
        /// The bits: no notation has names for all of them.
        Float(u64),
    }

    pub(in crate::data) fn serialize<S: Serializer>(
        number: &Number,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let signed = || number.as_i64().map(Stored::Signed);
        let float = || Stored::Float(number.as_f64().unwrap_or_default().to_bits());
        number.as_u64().map(Stored::Unsigned).or_else(signed).unwrap_or_else(float).serialize(serializer)
    }

    pub(in crate::data) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Number, D::Error> {
        Ok(match Stored::deserialize(deserializer)? {
            Stored::Unsigned(number) => number.into(),
            Stored::Signed(number) => number.into(),
            Stored::Float(bits) => f64::from_bits(bits).into(),
        })
    }
}
