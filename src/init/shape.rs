//! What the pages of a collection have for a key: types of values, texts, keys and items below it.

use std::collections::BTreeMap;

use crate::{
    data::{Meaning, Node, Value},
    front_matter::dates::{self, DateForm, DateProblem},
};

/// The most different texts of a key that are counted; with more, a key has no vocabulary anyway.
const MAX_TEXTS: usize = 2_000;

/// The longest text that can be an entry of a vocabulary, an id or a date, in bytes.
const MAX_TEXT: usize = 120;

/// The most words of an entry of a vocabulary.
const MAX_WORDS: usize = 5;

/// How deep values are looked into.
const MAX_DEPTH: usize = 4;

/// What was seen at one place in the front matter of the pages. Counts are of values.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// All values.
    pub(super) values: usize,
    /// How often there was a value of each kind, with the first page that has one.
    pub(super) kinds: BTreeMap<SchemaType, (usize, usize)>,
    /// The values that are texts.
    pub(super) texts: Texts,
    /// Of all items of the lists.
    pub(super) items: Option<Box<Shape>>,
    /// By key, of all mappings.
    pub(super) keys: BTreeMap<String, Shape>,
}

/// A type of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SchemaType {
    String,
    Boolean,
    Integer,
    Number,
    Array,
    Object,
    Null,
}

impl SchemaType {
    fn of(value: &Value) -> Self {
        match value {
            Value::Sequence(_) => Self::Array,
            Value::Mapping(_) => Self::Object,
            Value::Scalar(scalar) => match &scalar.meaning {
                Meaning::Null => Self::Null,
                Meaning::Bool(_) => Self::Boolean,
                Meaning::Number(number) if number.is_f64() => Self::Number,
                Meaning::Number(_) => Self::Integer,
                Meaning::String | Meaning::DateTime => Self::String,
            },
        }
    }

    /// Its name in JSON Schema.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Array => "array",
            Self::Object => "object",
            Self::Null => "null",
        }
    }

    /// A value of it, in words.
    pub(super) const fn noun(self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::Array => "a list",
            Self::Object => "a mapping",
            Self::Null => "null",
        }
    }
}

/// The texts at one place.
#[derive(Debug, Default)]
pub(super) struct Texts {
    /// All of them.
    pub(super) count: usize,
    /// How often each occurs, with the first page that has it.
    pub(super) counts: BTreeMap<String, (usize, usize)>,
    /// Whether there are more different texts than are counted, or one is too long to be counted.
    pub(super) is_open: bool,
    /// Whether one of them reads as a sentence.
    pub(super) is_prose: bool,
    /// Those that are dates, by the format.
    pub(super) dates: BTreeMap<DateForm, usize>,
    /// Those that look like dates, impossible ones too.
    pub(super) date_like: usize,
}

impl Shape {
    /// Counts a value of a page.
    pub(super) fn add(&mut self, node: &Node, page: usize) {
        self.add_at(node, page, 0);
    }

    fn add_at(&mut self, node: &Node, page: usize, depth: usize) {
        self.values += 1;
        self.kinds.entry(SchemaType::of(&node.value)).or_insert((0, page)).0 += 1;
        match &node.value {
            Value::Scalar(scalar) => {
                if matches!(scalar.meaning, Meaning::String | Meaning::DateTime) {
                    self.texts.add(&scalar.text, page);
                }
            }
            Value::Sequence(items) => {
                if depth < MAX_DEPTH {
                    let shape = self.items.get_or_insert_default();
                    for item in items {
                        shape.add_at(item, page, depth + 1);
                    }
                }
            }
            Value::Mapping(mapping) => {
                for entry in mapping.entries.iter().filter(|_| depth < MAX_DEPTH) {
                    if let Some(key) = entry.key.as_str() {
                        self.keys.entry(key.to_owned()).or_default().add_at(&entry.value, page, depth + 1);
                    }
                }
            }
        }
    }

    /// How many values are of a kind.
    pub(super) fn count(&self, kind: SchemaType) -> usize {
        self.kinds.get(&kind).map_or(0, |(count, _)| *count)
    }

    /// The first page that has a value.
    pub(super) fn first_page(&self) -> usize {
        self.kinds.values().map(|(_, page)| *page).min().unwrap_or_default()
    }

    /// The shape that texts of the key have, whether it has one or a list of them.
    pub(super) fn texts_and_items(&self) -> impl Iterator<Item = &Texts> {
        let items = self.items.as_deref().map(|items| &items.texts);
        [Some(&self.texts), items].into_iter().flatten().filter(|texts| texts.count > 0)
    }

    /// Whether the values are dates.
    pub(super) fn is_date(&self) -> bool {
        self.texts.count > 0
            && self.texts.count + self.count(SchemaType::Null) == self.values
            && self.texts.date_like * 20 >= self.texts.count * 19
    }
}

impl Texts {
    fn add(&mut self, text: &str, page: usize) {
        self.count += 1;
        self.is_prose |= text.split_whitespace().count() > MAX_WORDS;
        if text.len() > MAX_TEXT {
            self.is_open = true;
            return;
        }
        match dates::parse(text) {
            Ok(stamp) => {
                *self.dates.entry(stamp.form).or_default() += 1;
                self.date_like += 1;
            }
            Err(DateProblem::Impossible { .. } | DateProblem::Unpadded(_)) => self.date_like += 1,
            Err(DateProblem::NotADate) => {}
        }
        if self.counts.len() < MAX_TEXTS || self.counts.contains_key(text) {
            self.counts.entry(text.to_owned()).or_insert((0, page)).0 += 1;
        } else {
            self.is_open = true;
        }
    }

    /// The format that all dates have, if it is one.
    pub(super) fn date_form(&self) -> Option<DateForm> {
        let mut forms = self.dates.keys();
        forms.next().copied().filter(|_| forms.next().is_none())
    }
}
