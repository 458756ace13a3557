//! Bundles a schema with the files that it refers to, so that every part of it has one JSON pointer and no file is read
//! later.

use std::collections::HashMap;

use jsonschema::Draft;
use serde_json::{Map, Value};

use super::base::{Base, decoded, encoded, is_remote};
use super::describe;
use super::inspect::{EntryPart, Inspection, ResourceName, SchemaDefect, SchemaReference, step};
use super::resources::Resources;
use crate::text::nearest;

/// Files that one schema may draw in.
const MAX_DOCUMENTS: usize = 64;

/// Every schema of JSON Schema itself has this in its URL; they are built into the validator.
pub(super) const STANDARD: &str = "json-schema.org/";

/// Where the other documents go in the bundle.
const DEFINITIONS: &str = "$defs";

/// The reason why a loader has no copy of a remote schema.
pub const REMOTE: &str = "remote schema without a local copy";

/// Reads a schema file by its path as written in a `$ref`, joined with the folders of the files on the way, or the copy of
/// a remote schema by its URL.
pub(super) type Loader<'l> = &'l dyn Fn(&str) -> Result<Value, String>;

/// A document and how it came in.
pub(super) struct SchemaDocument {
    /// The path or URL that the loader knows; empty for the schema itself.
    path: String,
    /// The identity under which it was loaded.
    origin: Base,
    /// The identities of its `$id`s, by the pointers of their schemas.
    bases: HashMap<String, Base>,
    /// `$id`s of the survey whose identity is known.
    identified: usize,
    /// The `$ref` in the schema itself that brought it in.
    via: Option<String>,
    pub(super) value: Value,
    pub(super) survey: Inspection,
}

impl SchemaDocument {
    /// Finds out the identity of each `$id`, which is relative to those above it.
    fn identify(&mut self) {
        for ResourceName { text, resource, pointer } in self.survey.ids.iter().skip(self.identified) {
            let outer = self.bases.get(resource).filter(|_| resource != pointer).unwrap_or(&self.origin);
            self.bases.insert(pointer.clone(), outer.join(text));
        }
        self.identified = self.survey.ids.len();
    }

    /// What references below an `$id` are relative to.
    fn base(&self, resource: &str) -> &Base {
        self.bases.get(resource).unwrap_or(&self.origin)
    }

    /// The schema with this identity.
    fn resource(&self, wanted: &Base) -> Option<&str> {
        let id = self.survey.ids.iter().find(|id| self.bases.get(&id.pointer) == Some(wanted));
        id.map(|id| id.pointer.as_str()).or_else(|| (self.origin == *wanted).then_some(""))
    }
}

/// Where a reference points: a document, a resource in it, and the pointer from there.
pub(super) struct SchemaTarget {
    pub(super) document: usize,
    pub(super) resource: String,
    pub(super) pointer: String,
}

/// A reference in a document, and where it points.
pub(super) struct Rewrite {
    pub(super) document: usize,
    pub(super) reference: SchemaReference,
    pub(super) target: SchemaTarget,
}

/// A schema without references to other documents.
#[derive(Debug)]
pub(super) struct Bundle {
    /// The schema, with every other document below `$defs` and every `$ref` pointing into this value.
    pub(super) value: Value,
    /// The same for the validator, which has to know the resources apart.
    pub(super) resources: Resources,
    /// For each of the other documents, the pointer to the `$ref` that brought it in.
    pub(super) origins: Vec<String>,
    /// What is wrong with them all; pointers into the schema itself.
    pub(super) defects: Vec<SchemaDefect>,
    /// What has no effect in any of them.
    pub(super) remarks: Vec<SchemaDefect>,
}

/// Bundles a schema. The references of a schema with mistakes may dangle.
pub(super) fn bundle(root: Value, loader: Loader<'_>) -> Bundle {
    let mut bundler = Bundler {
        documents: Vec::new(),
        loader,
        dialects: HashMap::new(),
        defects: Vec::new(),
        remarks: Vec::new(),
    };
    let dialect = root.get("$schema").cloned();
    bundler.add(Base::Path(String::new()), String::new(), None, root);
    bundler.add_dialects(dialect.as_ref());
    let mut rewrites = Vec::new();
    // A reference may lead to further documents, and to parts of earlier ones with references in them.
    while let Some(next) = bundler.documents.iter().position(|it| !it.survey.references.is_empty()) {
        for reference in std::mem::take(&mut bundler.documents[next].survey.references) {
            if let Some(target) = bundler.resolve(next, &reference) {
                rewrites.push(Rewrite { document: next, reference, target });
            }
        }
    }
    bundler.finish(&rewrites)
}

struct Bundler<'l> {
    documents: Vec<SchemaDocument>,
    loader: Loader<'l>,
    /// Metaschemas that are not part of JSON Schema, by URL.
    dialects: HashMap<String, Value>,
    defects: Vec<SchemaDefect>,
    remarks: Vec<SchemaDefect>,
}

impl Bundler<'_> {
    fn add(&mut self, origin: Base, path: String, via: Option<String>, value: Value) -> usize {
        let index = self.documents.len();
        let draft = self.documents.first().map_or(Draft::default(), |root| root.survey.draft);
        let survey = Inspection::of(&value, draft);
        let mut document =
            SchemaDocument { path, origin, bases: HashMap::new(), identified: 0, via, value, survey };
        document.identify();
        self.documents.push(document);
        self.collect_defects(index);
        index
    }

    /// Takes over what a look at a document found wrong.
    fn collect_defects(&mut self, document: usize) {
        let SchemaDocument { path, via, survey, .. } = &mut self.documents[document];
        let seen_from_root = |defect: SchemaDefect| match &*via {
            None => defect,
            Some(via) => SchemaDefect {
                pointer: via.clone(),
                part: EntryPart::Value,
                message: format!("in `{path}`: {}", defect.message),
                help: defect.help,
            },
        };
        self.defects.extend(std::mem::take(&mut survey.defects).into_iter().map(&seen_from_root));
        self.remarks.extend(std::mem::take(&mut survey.remarks).into_iter().map(&seen_from_root));
    }

    /// Reads the metaschema that a schema names, and those that this one names, if there are copies of them.
    fn add_dialects(&mut self, named: Option<&Value>) {
        let mut next = named.and_then(Value::as_str).map(str::to_owned);
        while let Some(url) = next.take() {
            let is_known = url.contains(STANDARD) || self.dialects.contains_key(&url);
            if is_known || self.dialects.len() >= MAX_DOCUMENTS {
                return;
            }
            let Ok(value) = (self.loader)(&url) else { return };
            next = value.get("$schema").and_then(Value::as_str).map(str::to_owned);
            self.dialects.insert(url, value);
        }
    }

    /// Where a reference leads; `None` when it is wrong or leads to a standard schema.
    fn resolve(&mut self, document: usize, reference: &SchemaReference) -> Option<SchemaTarget> {
        let (address, fragment) = reference.target.split_once('#').unwrap_or((&reference.target, ""));
        if address.contains(STANDARD) {
            return None;
        }
        let (target, resource) = if address.is_empty() {
            (document, reference.resource.clone())
        } else {
            let wanted = self.documents[document].base(&reference.resource).join(address);
            match self.known(&wanted) {
                Some(known) => known,
                None => (self.load(document, address, &wanted, reference)?, String::new()),
            }
        };
        match self.inside(target, &resource, &decoded(fragment)) {
            Ok(pointer) => {
                let SchemaDocument { value, survey, .. } = &mut self.documents[target];
                survey.visit(value, &format!("{resource}{pointer}"));
                self.documents[target].identify();
                self.collect_defects(target);
                Some(SchemaTarget { document: target, resource, pointer })
            }
            Err(near) => {
                let message = format!("unresolved reference {}", describe::quoted(&reference.target));
                let help = near.map(|near| format!("did you mean `{near}`?"));
                self.report(document, reference, message, help);
                None
            }
        }
    }

    fn report(
        &mut self,
        document: usize,
        reference: &SchemaReference,
        message: String,
        help: Option<String>,
    ) {
        let document = &self.documents[document];
        let (pointer, message) = match &document.via {
            None => (reference.pointer.clone(), message),
            Some(via) => (via.clone(), format!("in `{}`: {message}", document.path)),
        };
        self.defects.push(SchemaDefect { pointer, part: EntryPart::Value, message, help });
    }

    /// The document and resource with an identity.
    fn known(&self, wanted: &Base) -> Option<(usize, String)> {
        let mut documents = self.documents.iter().enumerate();
        documents.find_map(|(index, document)| Some((index, document.resource(wanted)?.to_owned())))
    }

    /// Reads the document that a reference names. An `$id` need not be where a schema is: paths are also relative to what
    /// the document was loaded by.
    fn load(
        &mut self,
        from: usize,
        address: &str,
        wanted: &Base,
        reference: &SchemaReference,
    ) -> Option<usize> {
        let mut places = vec![wanted.clone()];
        if !is_remote(address) {
            let beside = self.documents[from].origin.join(address);
            places.extend((beside != *wanted).then_some(beside));
        }
        if let Some((known, _)) = places.iter().find_map(|place| self.known(place)) {
            return Some(known);
        }
        if self.documents.len() >= MAX_DOCUMENTS {
            let message = format!("schema refers to more than {MAX_DOCUMENTS} files");
            self.report(from, reference, message, None);
            return None;
        }
        let mut failure = None;
        for place in places {
            let name = match &place {
                Base::Path(path) => path.clone(),
                Base::Url(url) => url.to_string(),
            };
            match (self.loader)(&name) {
                Ok(value) => {
                    let via = self.documents[from].via.clone().unwrap_or_else(|| reference.pointer.clone());
                    return Some(self.add(place, name, Some(via), value));
                }
                Err(reason) => failure = Some((name, reason)),
            }
        }
        let (name, reason) = failure?;
        if reason == REMOTE {
            let message = format!("remote schema {} is not supported", describe::quoted(address));
            let help = String::from(
                "copy the schema into the repository, and add it to `schema-urls` or refer to it by path",
            );
            self.report(from, reference, message, Some(help));
        } else {
            self.report(from, reference, format!("cannot read `{name}`: {reason}"), None);
        }
        None
    }

    /// The pointer that a fragment names inside a resource; otherwise the nearest fragment that leads somewhere.
    fn inside(&self, target: usize, resource: &str, fragment: &str) -> Result<String, Option<String>> {
        let document = &self.documents[target];
        if fragment.is_empty() || fragment.starts_with('/') {
            return match document.value.pointer(&format!("{resource}{fragment}")) {
                Some(_) => Ok(fragment.to_owned()),
                None => Err(nearest_pointer(&document.value, resource, fragment)),
            };
        }
        let anchors = || document.survey.anchors.iter().filter(|anchor| anchor.resource == resource);
        let anchor = anchors().find(|anchor| anchor.text == fragment);
        anchor.map(|anchor| anchor.pointer[resource.len()..].to_owned()).ok_or_else(|| {
            let near = nearest(fragment, anchors().map(|anchor| anchor.text.as_str()));
            near.map(|near| format!("#{near}"))
        })
    }

    /// Puts the documents together and bends the references.
    fn finish(mut self, rewrites: &[Rewrite]) -> Bundle {
        for document in &mut self.documents {
            // The validator names the keys that are not allowed only where it knows of some that may.
            for pointer in &document.survey.closed {
                if let Some(Value::Object(schema)) = document.value.pointer_mut(pointer) {
                    schema.insert(String::from("properties"), Value::Object(Map::new()));
                }
            }
        }
        let resources = Resources::of(&self.documents, rewrites, self.dialects);
        for Rewrite { document, reference, target } in rewrites {
            if let Some(text) = self.documents[*document].value.pointer_mut(&reference.pointer) {
                let pointer = format!("{}{}{}", prefix(target.document), target.resource, target.pointer);
                *text = Value::String(format!("#{}", encoded(&pointer)));
            }
        }
        let mut documents = self.documents.into_iter();
        let mut value = documents.next().map_or(Value::Null, |document| document.value);
        let mut origins = Vec::new();
        for (document, index) in documents.zip(1..) {
            origins.push(document.via.unwrap_or_default());
            if let Value::Object(schema) = &mut value {
                let definitions = schema.entry(DEFINITIONS).or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(definitions) = definitions {
                    definitions.insert(slot(index), document.value);
                }
            }
        }
        Bundle { value, resources, origins, defects: self.defects, remarks: self.remarks }
    }
}

/// The name of a document below `$defs`.
fn slot(document: usize) -> String {
    format!("file:{document}")
}

/// The pointer to a document in the bundle.
pub(super) fn prefix(document: usize) -> String {
    if document == 0 { String::new() } else { format!("/{DEFINITIONS}/{}", slot(document)) }
}

/// The other document that a pointer into the bundle leads into, counted from 0.
pub(super) fn document_of(pointer: &str) -> Option<usize> {
    let rest = pointer.strip_prefix("/$defs/file:")?;
    rest.split('/').next()?.parse::<usize>().ok()?.checked_sub(1)
}

/// The fragment that `fragment` is a slip for: its longest part that exists, and the key next to where it ends.
fn nearest_pointer(value: &Value, resource: &str, fragment: &str) -> Option<String> {
    let mut known = fragment;
    loop {
        let (parent, missing) = known.rsplit_once('/')?;
        if let Some(found) = value.pointer(&format!("{resource}{parent}")) {
            let keys = found.as_object()?.keys().map(String::as_str);
            let rest = &fragment[known.len()..];
            let near = nearest(&missing.replace("~1", "/").replace("~0", "~"), keys)?;
            let pointer = format!("{}{rest}", step(parent, near));
            return value.pointer(&format!("{resource}{pointer}")).map(|_| format!("#{pointer}"));
        }
        known = parent;
    }
}
