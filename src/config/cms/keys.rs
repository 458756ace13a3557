//! The keys that the config of a CMS may have, for editors.

use serde_json::Value;

const SCHEMA: &str = include_str!("keys.schema.json");

/// The JSON Schema of a CMS config, after <https://decapcms.org/docs/configuration-options/> and `/docs/widgets/`. It says
/// what keys are for; keys that it does not have may be valid.
pub fn json_schema() -> Value {
    serde_json::from_str(SCHEMA).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::json_schema;
    use crate::front_matter::schema::Hints;

    #[test]
    fn the_schema_says_what_keys_are_for() {
        let schema = json_schema();
        assert!(jsonschema::meta::is_valid(&schema));
        assert!(Hints::of(&schema).keys(&[]).iter().any(|hint| *hint.key == *"collections"));
    }
}
