//! Mappings as JavaScript's objects: which key is set last decides what it says, which was first where it is.

use std::{collections::HashMap, path::Path, sync::Arc};

use crate::{
    data::{Meaning, Node, Value},
    diagnostic::Label,
};

/// A mapping that may have come together from several files.
#[derive(Debug, Clone, Default)]
pub struct Object {
    items: Vec<ObjectMember>,
    positions: HashMap<Box<str>, usize>,
}

/// A key with its value.
#[derive(Debug, Clone)]
pub struct ObjectMember {
    /// The key.
    pub key: Box<str>,
    /// The place of the key.
    pub place: Label,
    /// The value.
    pub value: Node,
}

impl Object {
    /// The object that a node is; an empty one where it is not a mapping.
    pub fn of(node: &Node, path: &Arc<Path>) -> Self {
        let mut object = Self::default();
        for entry in node.entries() {
            if let Some(key) = entry.key.text() {
                let place = Label::new(path, entry.key.span);
                object.set(ObjectMember { key: key.into(), place, value: entry.value.clone() });
            }
        }
        object
    }

    /// Sets a key: at its place if it is there, else at the end.
    pub fn set(&mut self, item: ObjectMember) {
        if let Some(&position) = self.positions.get(&item.key) {
            self.items[position] = item;
        } else {
            self.positions.insert(item.key.clone(), self.items.len());
            self.items.push(item);
        }
    }

    /// This object with another on top, as `{...this, ...top}` is.
    pub fn with(&self, top: &Self) -> Self {
        self.clone().under(top.clone())
    }

    /// The same without a copy.
    pub fn under(mut self, top: Self) -> Self {
        top.items.into_iter().for_each(|item| self.set(item));
        self
    }

    /// Adds what another object has besides, at the end.
    pub fn fill(&mut self, other: Self) {
        for item in other.items {
            if self.get(&item.key).is_none() {
                self.set(item);
            }
        }
    }

    /// Takes a key away.
    pub fn remove(&mut self, key: &str) {
        let others = std::mem::take(self).items.into_iter().filter(|item| *item.key != *key);
        others.for_each(|item| self.set(item));
    }

    /// The item of a key.
    pub fn get(&self, key: &str) -> Option<&ObjectMember> {
        self.positions.get(key).map(|&position| &self.items[position])
    }

    /// The items in order.
    pub fn items(&self) -> &[ObjectMember] {
        &self.items
    }
}

impl ObjectMember {
    /// The place of a node in the value.
    pub fn place_of(&self, node: &Node) -> Label {
        Label::new(&self.place.path, node.span)
    }

    /// The texts in the value, one or a list of them, with their places.
    pub fn texts(&self) -> Vec<(String, Label)> {
        let texts = self.value.self_or_items().iter();
        texts.filter_map(|node| Some((node.as_str()?.to_owned(), self.place_of(node)))).collect()
    }
}

/// Whether JavaScript takes a value for true (ECMA-262, `ToBoolean`).
pub fn is_truthy(node: &Node) -> bool {
    match &node.value {
        Value::Sequence(_) | Value::Mapping(_) => true,
        Value::Scalar(scalar) => match &scalar.meaning {
            Meaning::Null => false,
            Meaning::Bool(value) => *value,
            Meaning::Number(number) => number.as_f64().is_none_or(|number| number != 0.0 && !number.is_nan()),
            Meaning::String | Meaning::DateTime => !scalar.text.is_empty(),
        },
    }
}
