//! Makes one self-contained document of a schema and the files it refers to, so that every place in it has one JSON
//! pointer and nothing is fetched later.

use std::collections::HashMap;

use serde_json::{Map, Value};
use url::Url;

use super::describe;
use super::inspect::{Inspection, Name, Part, Reference, SchemaDefect, step};
use crate::text::nearest;

/// Files that one schema may draw in.
const MAX_DOCUMENTS: usize = 64;

/// Where the other documents go in the bundle. A pointer finds them there in every draft.
const DEFINITIONS: &str = "$defs";

/// Reads a schema file by its path as written in a `$ref`, joined with the folders of the files on the way.
pub(super) type Loader<'l> = &'l dyn Fn(&str) -> Result<Value, String>;

/// A document and how it came in.
struct Document {
    /// The path that the loader knows; empty for the schema itself.
    path: String,
    /// The `$ref` in the schema itself that brought it in.
    via: Option<String>,
    value: Value,
    survey: Inspection,
}

/// A schema without references to other documents.
#[derive(Debug)]
pub(super) struct Bundle {
    /// The schema, with every other document below `$defs` and every `$ref` pointing into this value.
    pub(super) value: Value,
    /// For each of the other documents, the pointer to the `$ref` that brought it in.
    pub(super) origins: Vec<String>,
    /// What is wrong with them all; pointers into the schema itself.
    pub(super) defects: Vec<SchemaDefect>,
    /// What has no effect in any of them.
    pub(super) remarks: Vec<SchemaDefect>,
    /// Every schema in it, by JSON pointer.
    pub(super) schemas: Vec<String>,
}

/// Bundles a schema. The references of a schema with mistakes may dangle.
pub(super) fn bundle(root: Value, loader: Loader<'_>) -> Bundle {
    let mut bundler = Bundler {
        documents: Vec::new(),
        by_path: HashMap::new(),
        loader,
        defects: Vec::new(),
        remarks: Vec::new(),
    };
    bundler.add(String::new(), None, root);
    let mut rewrites = Vec::new();
    // A reference may lead to further documents, and to parts of earlier ones with references in them.
    while let Some(next) = bundler.documents.iter().position(|it| !it.survey.references.is_empty()) {
        for reference in std::mem::take(&mut bundler.documents[next].survey.references) {
            if let Some(target) = bundler.resolve(next, &reference) {
                rewrites.push((next, reference.pointer, target));
            }
        }
    }
    bundler.finish(rewrites)
}

struct Bundler<'l> {
    documents: Vec<Document>,
    by_path: HashMap<String, usize>,
    loader: Loader<'l>,
    defects: Vec<SchemaDefect>,
    remarks: Vec<SchemaDefect>,
}

impl Bundler<'_> {
    fn add(&mut self, path: String, via: Option<String>, value: Value) -> usize {
        let index = self.documents.len();
        let survey = Inspection::of(&value);
        self.by_path.insert(path.clone(), index);
        self.documents.push(Document { path, via, value, survey });
        self.collect_defects(index);
        index
    }

    /// Takes over what a look at a document found wrong.
    fn collect_defects(&mut self, document: usize) {
        let Document { path, via, survey, .. } = &mut self.documents[document];
        let seen_from_root = |defect: SchemaDefect| match &*via {
            None => defect,
            Some(via) => SchemaDefect {
                pointer: via.clone(),
                part: Part::Value,
                message: format!("in `{path}`: {}", defect.message),
                help: defect.help,
            },
        };
        self.defects.extend(std::mem::take(&mut survey.defects).into_iter().map(&seen_from_root));
        self.remarks.extend(std::mem::take(&mut survey.remarks).into_iter().map(&seen_from_root));
    }

    /// Where a reference leads, as a pointer into the bundle; `None` when it is wrong or leads to a standard schema.
    fn resolve(&mut self, document: usize, reference: &Reference) -> Option<String> {
        let (address, fragment) = reference.target.split_once('#').unwrap_or((&reference.target, ""));
        if address.contains("json-schema.org/") {
            return None;
        }
        let (target, resource) = if address.is_empty() {
            (document, reference.resource.clone())
        } else if let Some((target, id)) = self.by_id(document, address) {
            (target, id)
        } else {
            (self.file(document, address, reference)?, String::new())
        };
        match self.inside(target, &resource, &decoded(fragment)) {
            Ok(pointer) => {
                let Document { value, survey, .. } = &mut self.documents[target];
                survey.visit(value, &pointer);
                self.collect_defects(target);
                Some(format!("{}{pointer}", prefix(target)))
            }
            Err(near) => {
                let message = format!("unresolved reference {}", describe::quoted(&reference.target));
                let help = near.map(|near| format!("did you mean `{near}`?"));
                self.report(document, reference, message, help);
                None
            }
        }
    }

    fn report(&mut self, document: usize, reference: &Reference, message: String, help: Option<String>) {
        let document = &self.documents[document];
        let (pointer, message) = match &document.via {
            None => (reference.pointer.clone(), message),
            Some(via) => (via.clone(), format!("in `{}`: {message}", document.path)),
        };
        self.defects.push(SchemaDefect { pointer, part: Part::Value, message, help });
    }

    /// The schema with that `$id`: as written, or as a URL relative to the `$id` of the document.
    fn by_id(&self, document: usize, address: &str) -> Option<(usize, String)> {
        let whole = |document: &Document, name: &str| -> Option<Url> {
            let base = document.survey.ids.iter().find(|id| id.pointer.is_empty());
            let base = Url::parse(&base?.text).ok()?;
            base.join(name).ok()
        };
        let wanted = whole(&self.documents[document], address).or_else(|| Url::parse(address).ok());
        let bears = |document: &Document, id: &Name| {
            let name = id.text.trim_end_matches('#');
            name == address || (wanted.is_some() && whole(document, name) == wanted)
        };
        self.documents.iter().enumerate().find_map(|(index, document)| {
            let id = document.survey.ids.iter().find(|id| bears(document, id))?;
            Some((index, id.pointer.clone()))
        })
    }

    /// The document of a file, read if need be.
    fn file(&mut self, from: usize, address: &str, reference: &Reference) -> Option<usize> {
        if is_remote(address) {
            let message = format!("remote schema {} is not supported", describe::quoted(address));
            let help = String::from("copy the schema into the repository and refer to it by path");
            self.report(from, reference, message, Some(help));
            return None;
        }
        let path = join(&self.documents[from].path, &decoded(address));
        if let Some(known) = self.by_path.get(&path) {
            return Some(*known);
        }
        if self.documents.len() >= MAX_DOCUMENTS {
            let message = format!("schema refers to more than {MAX_DOCUMENTS} files");
            self.report(from, reference, message, None);
            return None;
        }
        match (self.loader)(&path) {
            Ok(value) => {
                let via = self.documents[from].via.clone().unwrap_or_else(|| reference.pointer.clone());
                Some(self.add(path, Some(via), value))
            }
            Err(reason) => {
                self.report(from, reference, format!("cannot read `{path}`: {reason}"), None);
                None
            }
        }
    }

    /// The pointer that a fragment names inside a document; otherwise the nearest fragment that leads somewhere.
    fn inside(&self, target: usize, resource: &str, fragment: &str) -> Result<String, Option<String>> {
        let document = &self.documents[target];
        if fragment.is_empty() || fragment.starts_with('/') {
            let pointer = format!("{resource}{fragment}");
            return match document.value.pointer(&pointer) {
                Some(_) => Ok(pointer),
                None => Err(nearest_pointer(&document.value, resource, fragment)),
            };
        }
        let anchors = || document.survey.anchors.iter().filter(|anchor| anchor.resource == resource);
        anchors().find(|anchor| anchor.text == fragment).map(|anchor| anchor.pointer.clone()).ok_or_else(
            || {
                let near = nearest(fragment, anchors().map(|anchor| anchor.text.as_str()));
                near.map(|near| format!("#{near}"))
            },
        )
    }

    /// Puts the documents together and bends the references.
    fn finish(mut self, rewrites: Vec<(usize, String, String)>) -> Bundle {
        for (document, pointer, target) in rewrites {
            if let Some(reference) = self.documents[document].value.pointer_mut(&pointer) {
                *reference = Value::String(format!("#{}", encoded(&target)));
            }
        }
        for (index, document) in self.documents.iter_mut().enumerate() {
            let names = document.survey.ids.iter().chain(&document.survey.anchors);
            for name in names {
                if let Some(Value::Object(schema)) = document.value.pointer_mut(&name.pointer) {
                    for keyword in ["$id", "id", "$anchor"] {
                        schema.shift_remove(keyword);
                    }
                }
            }
            // The validator names the keys that may not be only where it knows of some that may.
            for pointer in &document.survey.closed {
                if let Some(Value::Object(schema)) = document.value.pointer_mut(pointer) {
                    schema.insert(String::from("properties"), Value::Object(Map::new()));
                }
            }
            if let (1.., Value::Object(schema)) = (index, &mut document.value) {
                schema.shift_remove("$schema");
            }
        }
        let schemas = self.documents.iter().enumerate().flat_map(|(index, document)| {
            document.survey.schemas.iter().map(move |pointer| prefix(index) + pointer)
        });
        let schemas = schemas.collect();
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
        Bundle { value, origins, defects: self.defects, remarks: self.remarks, schemas }
    }
}

/// The name of a document below `$defs`.
fn slot(document: usize) -> String {
    format!("file:{document}")
}

/// The pointer to a document in the bundle.
fn prefix(document: usize) -> String {
    if document == 0 { String::new() } else { format!("/{DEFINITIONS}/{}", slot(document)) }
}

/// The other document that a pointer into the bundle leads into, counted from 0.
pub(super) fn document_of(pointer: &str) -> Option<usize> {
    let rest = pointer.strip_prefix("/$defs/file:")?;
    rest.split('/').next()?.parse::<usize>().ok()?.checked_sub(1)
}

/// Whether a URL has a scheme (RFC 3986, section 3.1) or names a host.
fn is_remote(address: &str) -> bool {
    address.starts_with("//") || Url::parse(address).is_ok()
}

/// A path relative to the folder of `from`, without `.` and `..` where they can be resolved.
fn join(from: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    if !path.starts_with('/') {
        parts.extend(from.split('/').filter(|part| !part.is_empty()));
        parts.pop();
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    if path.starts_with('/') { format!("/{joined}") } else { joined }
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

/// Percent-decoding (RFC 3986, section 2.1); what is not well formed stays as it is.
pub(super) fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digits = text.get(at + 1..at + 3).filter(|_| byte == b'%');
        let code = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(code.unwrap_or(byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

/// Percent-encoding of everything that a fragment may not hold as it is (RFC 3986, section 3.5).
fn encoded(pointer: &str) -> String {
    let mut encoded = String::with_capacity(pointer.len());
    for byte in pointer.bytes() {
        if byte.is_ascii_alphanumeric() || b"/~-._$:".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let digit = |value: u8| char::from(b"0123456789ABCDEF"[usize::from(value)]);
            encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::{decoded, encoded, is_remote, join};

    #[test]
    fn paths_are_relative_to_the_file_that_names_them() {
        assert_eq!(join("", "./tag.json"), "tag.json");
        assert_eq!(join("parts/tag.json", "../date.json"), "date.json");
        assert_eq!(join("parts/tag.json", "date.json"), "parts/date.json");
        assert_eq!(join("", "../../up.json"), "../../up.json");
    }

    #[test]
    fn a_fragment_survives_its_encoding() {
        assert_eq!(encoded("/$defs/a b"), "/$defs/a%20b");
        assert_eq!(decoded(&encoded("/é/%/~1")), "/é/%/~1");
        assert_eq!(decoded("%zz%"), "%zz%");
    }

    #[test]
    fn only_addresses_with_a_scheme_or_a_host_are_remote() {
        assert!(is_remote("https://example.com/a.json") && is_remote("//example.com/a.json"));
        assert!(!is_remote("a.json") && !is_remote("../a.json"));
    }
}
