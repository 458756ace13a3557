//! Reading a tree as a type, so that an error knows its place.

use std::collections::HashSet;
use std::fmt;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error as _, Expected, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::{Entry, Mapping, Meaning, Node, ReadError, Value, scalar};
use crate::text::Span;

impl Node {
    /// Reads the value as a type: `<<` applied, keys as text where text is asked for. An enum is written as its
    /// variant's name, as a mapping with that one key, or as a local tag.
    ///
    /// # Errors
    ///
    /// A key that stands twice, and whatever the type refuses, at the innermost key or value that is to blame.
    pub fn deserialize<'de, T: Deserialize<'de>>(&'de self) -> Result<T, ReadError> {
        T::deserialize(Reader::value(self)).map_err(|refusal| ReadError {
            span: refusal.span.unwrap_or(self.span),
            message: refusal.message,
        })
    }
}

/// What a type refuses; the place is added on the way out.
#[derive(Debug)]
struct Refusal {
    span: Option<Span>,
    message: String,
}

impl Refusal {
    fn at(self, span: Span) -> Self {
        Self { span: self.span.or(Some(span)), ..self }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}

impl de::Error for Refusal {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { span: None, message: message.to_string() }
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let found = match found {
            Unexpected::Unit => "nothing".to_owned(),
            Unexpected::Str(text) => format!("the string `{text}`"),
            Unexpected::Bool(value) => format!("`{value}`"),
            Unexpected::Unsigned(value) => format!("the number {value}"),
            Unexpected::Signed(value) => format!("the number {value}"),
            Unexpected::Float(value) => format!("the number {value}"),
            Unexpected::Seq => "a list".to_owned(),
            Unexpected::Map => "a mapping".to_owned(),
            other => other.to_string(),
        };
        Self::custom(format_args!("expected {expected}, found {found}"))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        Self::custom(format_args!("unknown key `{field}`, expected {}", one_of(known)))
    }

    fn unknown_variant(variant: &str, known: &'static [&'static str]) -> Self {
        Self::custom(format_args!("unknown value `{variant}`, expected {}", one_of(known)))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::custom(format_args!("missing key `{field}`"))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::custom(format_args!("duplicate key `{field}`"))
    }
}

fn one_of(names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}

/// A node on its way into a type.
struct Reader<'de> {
    node: &'de Node,
    role: Role,
}

#[derive(PartialEq)]
enum Role {
    /// A key is text wherever text will do: `404:` too.
    Key,
    Value,
}

impl<'de> Reader<'de> {
    fn key(node: &'de Node) -> Self {
        Self { node, role: Role::Key }
    }

    fn value(node: &'de Node) -> Self {
        Self { node, role: Role::Value }
    }
}

impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = Refusal;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match &self.node.value {
            Value::Scalar(scalar) => match &scalar.meaning {
                Meaning::Null => visitor.visit_unit(),
                Meaning::Bool(value) => visitor.visit_bool(*value),
                Meaning::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                    (Some(value), ..) => visitor.visit_u64(value),
                    (None, Some(value), _) => visitor.visit_i64(value),
                    (None, None, value) => visitor.visit_f64(value.unwrap_or(f64::NAN)),
                },
                Meaning::String | Meaning::DateTime => visitor.visit_borrowed_str(&scalar.text),
            },
            Value::Sequence(items) => visitor.visit_seq(Items(items.iter())),
            Value::Mapping(mapping) => visitor.visit_map(Entries::of(mapping)),
        }
        .map_err(|refusal| refusal.at(self.node.span))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match self.node.text().filter(|_| self.role == Role::Key) {
            Some(text) => {
                visitor.visit_borrowed_str(text).map_err(|refusal: Refusal| refusal.at(self.node.span))
            }
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        if self.node.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        let tag = self.node.tag.as_deref().filter(|tag| scalar::is_local(tag));
        let variant = match (tag, self.node.as_str(), self.node.entries()) {
            (Some(tag), ..) => {
                Variant { name: tag.trim_start_matches('!'), place: self.node.span, content: Some(self.node) }
            }
            (None, Some(name), _) => Variant { name, place: self.node.span, content: None },
            (None, None, [Entry { key, value }]) => {
                Variant { name: key.text().unwrap_or_default(), place: key.span, content: Some(value) }
            }
            _ => {
                let message = format!("expected a name, found {}", self.node.kind_name());
                return Err(Refusal { span: Some(self.node.span), message });
            }
        };
        visitor.visit_enum(variant).map_err(|refusal| refusal.at(self.node.span))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct ignored_any
    }
}

struct Items<'de>(std::slice::Iter<'de, Node>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Refusal;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Refusal> {
        self.0.next().map(|node| seed.deserialize(Reader::value(node))).transpose()
    }
}

/// The entries of a mapping, then those of the mappings it merges.
struct Entries<'de> {
    own: std::slice::Iter<'de, Entry>,
    /// Mappings still to be merged, the next one last.
    merged: Vec<&'de Mapping>,
    is_merging: bool,
    seen: HashSet<&'de str>,
    value: Option<&'de Node>,
}

impl<'de> Entries<'de> {
    fn of(mapping: &'de Mapping) -> Self {
        let own = mapping.entries.iter();
        let mut entries =
            Self { own, merged: Vec::new(), is_merging: false, seen: HashSet::new(), value: None };
        entries.merge(mapping);
        entries
    }

    fn merge(&mut self, mapping: &'de Mapping) {
        let before = self.merged.len();
        self.merged.extend(mapping.merged());
        self.merged[before..].reverse();
    }

    fn next(&mut self) -> Result<Option<&'de Entry>, Refusal> {
        loop {
            let Some(entry) = self.own.next() else {
                let Some(mapping) = self.merged.pop() else { return Ok(None) };
                self.merge(mapping);
                self.own = mapping.entries.iter();
                self.is_merging = true;
                continue;
            };
            if entry.key.is_merge_key() {
                continue;
            }
            let is_new = entry.key.text().is_none_or(|key| self.seen.insert(key));
            if is_new {
                return Ok(Some(entry));
            }
            if !self.is_merging {
                let key = entry.key.text().unwrap_or_default();
                return Err(Refusal::custom(format_args!("duplicate key `{key}`")).at(entry.key.span));
            }
        }
    }
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Refusal;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Refusal> {
        let Some(entry) = self.next()? else { return Ok(None) };
        self.value = Some(&entry.value);
        seed.deserialize(Reader::key(&entry.key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Refusal> {
        let value = self.value.take().expect("serde asks for a value once, after its key");
        seed.deserialize(Reader::value(value))
    }
}

/// A variant of an enum: where its name stands, and what belongs to it.
struct Variant<'de> {
    name: &'de str,
    place: Span,
    content: Option<&'de Node>,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Refusal;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Refusal> {
        let name = seed.deserialize(BorrowedStrDeserializer::new(self.name));
        Ok((name.map_err(|refusal: Refusal| refusal.at(self.place))?, self))
    }
}

impl<'de> Variant<'de> {
    fn content(&self) -> Result<&'de Node, Refusal> {
        let missing = || Refusal::custom(format_args!("missing value for `{}`", self.name)).at(self.place);
        self.content.ok_or_else(missing)
    }
}

impl<'de> VariantAccess<'de> for Variant<'de> {
    type Error = Refusal;

    fn unit_variant(self) -> Result<(), Refusal> {
        match self.content {
            Some(node) if !node.is_null() => {
                Err(Refusal::custom(format_args!("unexpected value for `{}`", self.name)).at(node.span))
            }
            _ => Ok(()),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Refusal> {
        seed.deserialize(Reader::value(self.content()?))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, Refusal> {
        Reader::value(self.content()?).deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        Reader::value(self.content()?).deserialize_any(visitor)
    }
}
