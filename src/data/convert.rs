//! From the tree to the values that other crates read.

use serde_yaml::value::{Tag, TaggedValue};

use super::{Mapping, Meaning, Node, Scalar, Value, scalar};
use crate::text::Span;

/// Why a tree could not be read as a certain type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ReadError {
    /// The value that does not fit.
    pub span: Span,
    /// What is wrong with it.
    pub message: String,
}

impl Node {
    /// The value as JSON Schema sees it: `<<` applied, the last of equal keys, keys as text, TOML dates as text in
    /// the form of RFC 3339. Tags are dropped; infinity and NaN, which JSON lacks, become `null`.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Scalar(scalar) => scalar.to_json(),
            Value::Sequence(items) => items.iter().map(Node::to_json).collect(),
            Value::Mapping(mapping) => serde_json::Value::Object(mapping.to_json()),
        }
    }

    /// The value as `serde_yaml::from_str` gives it: `<<` is a key like any other, local tags are kept.
    ///
    /// # Errors
    ///
    /// A key that stands twice in a mapping, and a tag of YAML's own that does not fit its value.
    pub fn to_yaml(&self) -> Result<serde_yaml::Value, ReadError> {
        let value = match &self.value {
            Value::Scalar(scalar) => self.scalar_to_yaml(scalar)?,
            Value::Sequence(items) => {
                serde_yaml::Value::Sequence(items.iter().map(Node::to_yaml).collect::<Result<_, _>>()?)
            }
            Value::Mapping(mapping) => serde_yaml::Value::Mapping(mapping.to_yaml()?),
        };
        Ok(match self.tag.as_deref() {
            Some(tag) if scalar::is_local(tag) => {
                serde_yaml::Value::Tagged(Box::new(TaggedValue { tag: Tag::new(tag), value }))
            }
            _ => value,
        })
    }

    fn scalar_to_yaml(&self, scalar: &Scalar) -> Result<serde_yaml::Value, ReadError> {
        if let Some(tag) = self.tag.as_deref()
            && scalar::tagged(&scalar.text, tag, scalar.style).is_none()
        {
            let message = format!("`{}` is not a valid value for tag `{tag}`", scalar.text);
            return Err(ReadError { span: self.span, message });
        }
        Ok(match &scalar.meaning {
            Meaning::Null => serde_yaml::Value::Null,
            Meaning::Bool(value) => serde_yaml::Value::Bool(*value),
            Meaning::Number(number) => serde_yaml::Value::Number(number.clone()),
            Meaning::String | Meaning::DateTime => serde_yaml::Value::String(scalar.text.to_string()),
        })
    }
}

impl Mapping {
    fn to_json(&self) -> serde_json::Map<String, serde_json::Value> {
        let mut object = serde_json::Map::with_capacity(self.entries.len());
        for entry in self.entries.iter().filter(|entry| !entry.key.is_merge_key()) {
            let key = entry.key.text().map_or_else(|| entry.key.to_json().to_string(), str::to_owned);
            object.insert(key, entry.value.to_json());
        }
        for merged in self.merged() {
            for (key, value) in merged.to_json() {
                object.entry(key).or_insert(value);
            }
        }
        object
    }

    fn to_yaml(&self) -> Result<serde_yaml::Mapping, ReadError> {
        let mut mapping = serde_yaml::Mapping::with_capacity(self.entries.len());
        for entry in self.entries.iter() {
            if mapping.insert(entry.key.to_yaml()?, entry.value.to_yaml()?).is_some() {
                let key = entry.key.text().unwrap_or_default();
                return Err(ReadError { span: entry.key.span, message: format!("duplicate key `{key}`") });
            }
        }
        Ok(mapping)
    }
}

impl Scalar {
    fn to_json(&self) -> serde_json::Value {
        match &self.meaning {
            Meaning::Null => serde_json::Value::Null,
            Meaning::Bool(value) => (*value).into(),
            Meaning::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(value), _) => value.into(),
                (None, Some(value)) => value.into(),
                (None, None) => number.as_f64().into(),
            },
            Meaning::String | Meaning::DateTime => (*self.text).into(),
        }
    }
}
