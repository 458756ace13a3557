//! Style options that may follow the page instead of naming a style.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::IntoDeserializer};

/// A style option: either the style of the first occurrence in the page, or a fixed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consistent<T> {
    /// The style of the first occurrence, written `consistent`.
    First,
    /// A fixed style, written by its name.
    Fixed(T),
}

const CONSISTENT: &str = "consistent";

impl<T: Copy> Consistent<T> {
    /// The expected style. If none is fixed yet, `first` becomes it.
    pub fn or_first(&mut self, first: T) -> T {
        match *self {
            Self::Fixed(style) => style,
            Self::First => {
                *self = Self::Fixed(first);
                first
            }
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Consistent<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        if name == CONSISTENT {
            return Ok(Self::First);
        }
        T::deserialize(name.into_deserializer()).map(Self::Fixed)
    }
}

impl<T: Serialize> Serialize for Consistent<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::First => serializer.serialize_str(CONSISTENT),
            Self::Fixed(style) => style.serialize(serializer),
        }
    }
}

impl<T: JsonSchema> JsonSchema for Consistent<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Consistent{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = T::json_schema(generator);
        let first = json_schema!({
            "type": "string",
            "const": CONSISTENT,
            "description": "The style of the first occurrence in the page."
        });
        if let Some(styles) = schema.get_mut("oneOf").and_then(serde_json::Value::as_array_mut) {
            styles.insert(0, first.to_value());
        }
        schema
    }

    fn inline_schema() -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::Consistent;

    #[test]
    fn the_first_style_becomes_the_expected_one() {
        let mut style = Consistent::First;
        assert_eq!([style.or_first(2), style.or_first(3)], [2, 2]);
        assert_eq!(Consistent::Fixed(1).or_first(2), 1);
    }

    #[test]
    fn consistent_is_one_of_the_names() {
        let named = |name: &str| serde_json::from_value::<Consistent<bool>>(name.into());
        assert_eq!(named("consistent").expect("the name is known"), Consistent::First);
        assert!(named("sometimes").is_err());
    }
}
