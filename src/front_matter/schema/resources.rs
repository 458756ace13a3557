//! The documents of a schema as the validator gets them: apart, each resource with a URI of its own, so that dynamic
//! references and other drafts keep their meaning; and the way back from its URIs to pointers into the bundle.

use std::collections::HashMap;
use std::error::Error;

use jsonschema::{Draft, Retrieve, Uri, ValidationError};
use serde_json::Value;

use super::base::{decoded, encoded};
use super::budget;
use super::bundle::{Rewrite, STANDARD, SchemaDocument, prefix};

/// The documents of a schema, by URI.
#[derive(Debug, Default)]
pub(super) struct Resources {
    /// The schema itself.
    pub(super) root: Value,
    /// Other documents, and metaschemas that are not part of JSON Schema.
    others: HashMap<String, Value>,
    places: ResourcePlaces,
}

/// The pointer into the bundle of each resource, by URI.
#[derive(Debug, Default)]
pub(super) struct ResourcePlaces(HashMap<String, String>);

/// The URI of the schema itself.
pub(super) const ROOT: &str = "copydesk:/0/0";

impl Resources {
    /// The documents with the references in `rewrites` pointing to each other. Metaschemas are in `dialects`.
    pub(super) fn of(
        documents: &[SchemaDocument],
        rewrites: &[Rewrite],
        dialects: HashMap<String, Value>,
    ) -> Self {
        let mut values: Vec<Value> = documents.iter().map(|document| document.value.clone()).collect();
        for Rewrite { document, reference, target } in rewrites {
            if let Some(text) = values[*document].pointer_mut(&reference.pointer) {
                let name = reference.target.split_once('#').map_or("", |(_, fragment)| fragment);
                let is_name = !name.is_empty() && !name.starts_with('/');
                let fragment = if is_name && reference.is_dynamic() {
                    name.to_owned()
                } else {
                    encoded(&target.pointer)
                };
                let uri = uri(target.document, &documents[target.document], &target.resource);
                *text = Value::String(format!("{uri}#{fragment}"));
            }
        }
        let mut places = HashMap::new();
        let dialect = values.first().and_then(|root| root.get("$schema")).cloned();
        for (index, (value, document)) in values.iter_mut().zip(documents).enumerate() {
            name_resources(value, index, document);
            let resources = document.survey.ids.iter().map(|id| id.pointer.as_str()).chain([""]);
            places.extend(resources.map(|it| (uri(index, document, it), prefix(index) + it)));
            budget::count(value, document.survey.schemas.iter());
            if let (1.., Value::Object(schema)) = (index, value) {
                let is_known = |url: &str| url.contains(STANDARD) || dialects.contains_key(url);
                if !schema.get("$schema").and_then(Value::as_str).is_some_and(is_known) {
                    schema.shift_remove("$schema");
                    schema.extend(dialect.clone().map(|dialect| ("$schema".to_owned(), dialect)));
                }
            }
        }
        let mut values = values.into_iter();
        let root = values.next().unwrap_or_default();
        let others = values.zip(documents.iter().enumerate().skip(1));
        let others = others.map(|(value, (index, document))| (uri(index, document, ""), value));
        Self { root, others: others.chain(dialects).collect(), places: ResourcePlaces(places) }
    }

    /// What answers the validator's requests for other documents, and what tells their places.
    pub(super) fn split(self) -> (Value, impl Retrieve + 'static, ResourcePlaces) {
        (self.root, Copies(self.others), self.places)
    }
}

impl ResourcePlaces {
    /// The keyword that an error is about, as a pointer into the bundle.
    pub(super) fn keyword(&self, error: &ValidationError<'_>) -> String {
        let absolute = error.absolute_keyword_location().map(jsonschema::Uri::as_str);
        let (uri, pointer) = absolute.and_then(|uri| uri.split_once('#')).unwrap_or((ROOT, ""));
        let path = error.schema_path().as_str();
        let Some(resource) = self.0.get(uri) else { return path.to_owned() };
        let pointer = decoded(pointer);
        // Keywords that are checked by others have an index below them that only the URI has.
        let above = pointer.rsplit_once('/').map_or("", |(above, _)| above);
        let is_below = last(&pointer) != last(path) && last(above) == last(path);
        format!("{resource}{}", if is_below { above } else { &pointer })
    }
}

/// The last key of a pointer.
fn last(pointer: &str) -> &str {
    pointer.rsplit('/').next().unwrap_or_default()
}

/// Gives each resource of a document its URI instead of its `$id`.
fn name_resources(value: &mut Value, index: usize, document: &SchemaDocument) {
    let keyword = if document.survey.draft == Draft::Draft4 { "id" } else { "$id" };
    for name in &document.survey.ids {
        if let Some(Value::Object(schema)) = value.pointer_mut(&name.pointer) {
            schema.retain(|key, _| key != "$id" && key != "id");
            schema.insert(keyword.to_owned(), Value::String(uri(index, document, &name.pointer)));
        }
    }
    // Up to draft 7, an `$id` may also be an anchor. References to it are pointers by now.
    for name in &document.survey.anchors {
        if let Some(Value::Object(schema)) = value.pointer_mut(&name.pointer) {
            let is_anchor = |id: &Value| id.as_str().is_some_and(|id| id.starts_with('#'));
            schema.retain(|key, id| !(key == "$id" || key == "id") || !is_anchor(id));
        }
    }
}

/// The URI of a resource.
fn uri(index: usize, document: &SchemaDocument, resource: &str) -> String {
    let ids = &document.survey.ids;
    let id = ids.iter().position(|id| id.pointer == resource).filter(|_| !resource.is_empty());
    format!("copydesk:/{index}/{}", id.map_or(0, |id| id + 1))
}

/// Documents by URI; nothing is fetched.
struct Copies(HashMap<String, Value>);

impl Retrieve for Copies {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn Error + Send + Sync>> {
        self.0.get(uri.as_str()).cloned().ok_or_else(|| "remote schemas are not supported".into())
    }
}
