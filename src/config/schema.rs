//! The JSON Schema of the config, made from the types as written and from what the rules say of themselves.

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings, json_schema};
use serde_json::{Map, Value, json};

use super::{
    raw::{Level, RawConfig, RuleSetting},
    rules::PRESETS,
};
use crate::{
    rule::RuleDef,
    rules::{RULES, names},
};

/// The schema of `copydesk.yaml`, as `schemas/config.schema.json` has it.
pub fn json_schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let mut root = RawConfig::json_schema(&mut generator).to_value();
    let rules: Map<String, Value> =
        RULES.iter().map(|def| (def.meta.id.to_owned(), rule(def, &mut generator))).collect();
    let mut definitions = generator.take_definitions(true);
    definitions.insert("Rules".to_owned(), all_rules(rules));
    root["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    root["title"] = json!("copydesk config");
    root["properties"]["rules"] = json!({ "description": "Rule levels and options, by rule id, alias or group.", "$ref": "#/$defs/Rules" });
    root["properties"]["extends"]["examples"] = json!(PRESETS.map(|preset| preset.name));
    root["$defs"] = Value::Object(definitions);
    drop_number_formats(&mut root["$defs"]["RawOccurrence"]);
    if let Some(properties) = root["$defs"]["RawOverride"]["properties"].as_object_mut() {
        properties.insert("rules".to_owned(), json!({ "$ref": "#/$defs/Rules" }));
    }
    root
}

/// `rules:` as a whole: the rules by id with their options, aliases and groups with levels.
fn all_rules(mut properties: Map<String, Value>) -> Value {
    for name in names() {
        properties.entry(name).or_insert_with(|| json!({ "$ref": "#/$defs/RuleSetting" }));
    }
    properties.insert(super::custom::CUSTOM.to_owned(), json!({ "$ref": "#/$defs/RuleSetting" }));
    json!({
        "description": "Rule levels and options, by rule id, alias or group, such as `unknown-key: warning`.",
        "type": ["object", "null"],
        "properties": properties,
        "additionalProperties": false
    })
}

/// The level and the options of one rule, standing alone; with those of the rules that share its names, to which the
/// options of a shared name may belong.
pub(super) fn options(def: &RuleDef) -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let mut options = level_and_options(def, json!({ "enum": Level::NAMES }), &mut generator);
    let shares = |other: &&RuleDef| def.meta.aliases.iter().any(|alias| other.meta.is_called(alias));
    for other in RULES.iter().filter(shares) {
        let others = (other.schema)(&mut generator).to_value();
        for (key, value) in others["properties"].as_object().into_iter().flatten() {
            if options["properties"].get(key).is_none() {
                options["properties"][key] = value.clone();
            }
        }
    }
    options["$defs"] = Value::Object(generator.take_definitions(true));
    options
}

fn level_and_options(def: &RuleDef, level: Value, generator: &mut SchemaGenerator) -> Value {
    let mut options = (def.schema)(generator).to_value();
    if let Some(object) = options.as_object_mut() {
        for key in ["$schema", "title", "description"] {
            object.remove(key);
        }
    }
    drop_number_formats(&mut options);
    // Where the rule has an option of that name, both can be said.
    match options["properties"].get("level").cloned() {
        Some(own) => {
            options["properties"]["severity"] = level.clone();
            options["properties"]["level"] = json!({ "anyOf": [level, own] });
        }
        None => options["properties"]["level"] = level,
    }
    options["additionalProperties"] = json!(false);
    options
}

/// The sizes of numbers, which are not formats that JSON Schema knows.
fn drop_number_formats(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.get("format").and_then(Value::as_str).is_some_and(|format| format.contains("int")) {
                object.remove("format");
            }
            object.values_mut().for_each(drop_number_formats);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_number_formats),
        _ => {}
    }
}

fn rule(def: &RuleDef, generator: &mut SchemaGenerator) -> Value {
    generator.subschema_for::<Level>();
    generator.subschema_for::<RuleSetting>();
    let options = level_and_options(def, json!({ "$ref": "#/$defs/Level" }), generator);
    json!({
        "description": def.meta.summary.trim(),
        "anyOf": [{ "type": "boolean" }, { "$ref": "#/$defs/Level" }, options],
    })
}

impl JsonSchema for RuleSetting {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RuleSetting".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let level = generator.subschema_for::<Level>();
        json_schema!({
            "anyOf": [
                { "type": "boolean" },
                level,
                { "type": "object", "properties": { "level": level, "severity": level } }
            ]
        })
    }
}
