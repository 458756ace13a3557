//! From a schema to a validator, under limits, without the network.

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, PatternOptions, ValidationError, ValidationOptions, Validator};
use serde_json::{Value, json};

use super::budget;
use super::bundle::{Bundle, document_of};
use super::inspect::{EntryPart, SchemaDefect};
use super::resources::{ROOT, ResourcePlaces};

/// Steps a regular expression may take on one value before the match is given up.
const BACKTRACK_LIMIT: usize = 10_000;

fn options() -> ValidationOptions<'static> {
    jsonschema::options()
        .offline()
        .should_validate_formats(true)
        .should_ignore_unknown_formats(true)
        .with_pattern_options(PatternOptions::fancy_regex().backtrack_limit(BACKTRACK_LIMIT))
}

/// Whether a pattern compiles, which no draft has an influence on; the meta-schema of this one is the smallest.
pub(super) fn is_regex(pattern: &str) -> bool {
    options().with_draft(Draft::Draft7).build(&json!({ "pattern": pattern })).is_ok()
}

/// Whether a format is one that the draft checks.
pub(super) fn is_format(draft: Draft, name: &str) -> bool {
    options().is_known_format(draft, name)
}

/// Builds the validator of a bundle. Without a draft, the schema names its own.
pub(super) fn build(
    bundle: &mut Bundle,
    draft: Option<Draft>,
) -> Result<(Validator, ResourcePlaces), SchemaDefect> {
    let (root, copies, places) = std::mem::take(&mut bundle.resources).split();
    budget::start_compiling();
    let options = options().with_retriever(copies).with_base_uri(ROOT);
    let options = match draft {
        Some(draft) => options.with_draft(draft),
        None => options,
    };
    let built = budget::counting(options).build(&root).map_err(|error| {
        if budget::is_spent() {
            return too_large();
        }
        let pointer = error.instance_path().as_str();
        let pointer = if pointer.is_empty() { error.schema_path().as_str() } else { pointer };
        let at = nearest_existing(&bundle.value, pointer);
        let pointer = document_of(at).and_then(|index| bundle.origins.get(index)).map_or(at, String::as_str);
        let (message, help) = refusal(&error, at);
        SchemaDefect { pointer: pointer.to_owned(), part: EntryPart::Value, message, help }
    });
    Ok((built?, places))
}

/// What is wrong with a schema that never ends, or nearly so.
fn too_large() -> SchemaDefect {
    let message = String::from("schema expands to too many subschemas");
    let help = Some(String::from("reduce nested `$ref`s"));
    SchemaDefect { pointer: String::new(), part: EntryPart::Value, message, help }
}

/// The longest head of a pointer that leads somewhere.
fn nearest_existing<'p>(value: &Value, pointer: &'p str) -> &'p str {
    let mut at = pointer;
    while value.pointer(at).is_none() {
        at = at.rsplit_once('/').map_or("", |(head, _)| head);
    }
    at
}

fn refusal(error: &ValidationError<'_>, at: &str) -> (String, Option<String>) {
    if let ValidationErrorKind::Referencing(_) = error.kind() {
        let message = String::from("unresolved reference or unknown `$schema`");
        let help =
            String::from("use a known `$schema`, such as `https://json-schema.org/draft/2020-12/schema`");
        return (message, Some(help));
    }
    let message = match at.rsplit('/').next() {
        Some("") | None => String::from("invalid JSON Schema"),
        Some(key) if key.parse::<usize>().is_err() => {
            format!("invalid value for `{key}`")
        }
        Some(_) => String::from("value is not allowed here by JSON Schema"),
    };
    (message, None)
}
