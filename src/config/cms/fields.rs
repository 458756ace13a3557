//! From the fields of a CMS collection to a schema, references, dates and prose.

use serde_json::{Map, Value, json};

use super::{
    CmsCollection, CmsNumber, CmsReference, CmsTarget, Reader, dates, flag,
    i18n::Locale,
    option, text,
    widgets::{bounded, describe, is_prose, number, optional, plain},
};
use crate::{data::Node, front_matter::dates::DateForm, text::Span};

/// The fields of a collection, an object or a list; lists within them, as YAML's aliases give, are laid flat.
pub(super) fn of(node: &Node) -> Vec<&Node> {
    fn flat<'n>(list: &'n Node, into: &mut Vec<&'n Node>) {
        for item in list.items() {
            if item.items().is_empty() { into.push(item) } else { flat(item, into) }
        }
    }
    let mut fields = Vec::new();
    if let Some(list) = node.get("fields") {
        flat(list, &mut fields);
    }
    fields
}

/// Reads the fields of one collection.
pub(super) struct Fields<'r, 'n> {
    reader: &'r mut Reader<'n>,
    /// Whose fields are read.
    pub(super) locale: Locale<'n>,
    places: Vec<(String, Span)>,
    references: Vec<CmsReference>,
    dates: Vec<(String, Option<DateForm>)>,
    prose: Vec<String>,
}

impl<'r, 'n> Fields<'r, 'n> {
    pub(super) fn new(reader: &'r mut Reader<'n>, locale: Locale<'n>) -> Self {
        Self { reader, locale, places: vec![], references: vec![], dates: vec![], prose: vec![] }
    }

    /// The collection whose fields were read.
    pub(super) fn finish(
        self,
        node: &Node,
        (name, declared): (&str, Span),
        glob: String,
        schema: Value,
    ) -> CmsCollection {
        let titled = of(node).iter().any(|field| text(field, "name") == Some("title"));
        let identifier = text(node, "identifier_field").or_else(|| titled.then_some("title"));
        CmsCollection {
            name: name.into(),
            data: None,
            globs: vec![glob],
            exclude: vec![],
            schema,
            filter: None,
            declared,
            fields_place: node.entry("fields").map_or(declared, |entry| entry.key.span),
            fields: self.places,
            references: self.references,
            dates: self.dates,
            prose: self.prose,
            identifier: identifier.map(Box::from),
        }
    }

    /// The schema of a mapping with the given fields. `above` is its own dotted key.
    pub(super) fn object(&mut self, fields: &[&'n Node], above: &str) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        let locale = self.locale;
        for field in fields.iter().copied().filter(|field| locale.has(field)) {
            let Some((name, declared)) = self.reader.name(field, "field") else { continue };
            let key = if above.is_empty() { name.to_owned() } else { format!("{above}.{name}") };
            let schema = self.field(field, name, &key);
            self.places.push((key, declared));
            let is_required = locale.requires(field);
            let schema = if is_required { schema } else { optional(schema) };
            // A name that is given twice may be in the list only once.
            let is_first = properties.insert(name.to_owned(), schema).is_none();
            required.extend(Some(name).filter(|_| is_required && is_first));
        }
        json!({
            "type": "object",
            "required": required,
            "additionalProperties": false,
            "properties": properties,
        })
    }

    fn field(&mut self, field: &'n Node, name: &str, key: &str) -> Value {
        let widget = text(field, "widget").unwrap_or("string");
        let mut schema = match widget.trim_start_matches("@ncwidgets/") {
            "object" if field.get("fields").is_some() => self.object(&of(field), key),
            "object" => json!({ "type": "object" }),
            "list" => self.list(field, key),
            "relation" => self.relation(field, key),
            "ncw-file-relation" | "file-relation" => self.file_relation(field, key),
            "datetime" | "date" => self.date(field, widget, key),
            other => {
                if is_prose(field, name, other) {
                    self.prose.push(key.to_owned());
                }
                plain(field, other)
            }
        };
        if let Value::Object(schema) = &mut schema {
            if name == "title" && schema.get("type") == Some(&json!("string")) {
                schema.insert("minLength".into(), json!(1));
            }
            describe(field, schema);
        }
        schema
    }

    fn list(&mut self, field: &'n Node, key: &str) -> Value {
        let items = if field.get("fields").is_some() {
            self.object(&of(field), key)
        } else if let Some(single) = option(field, "field") {
            self.field(single, "", key)
        } else if let Some(types) = option(field, "types") {
            let kind = text(field, "type_key").unwrap_or("type");
            let branches: Vec<Value> =
                types.items().iter().filter_map(|item| self.variant(item, kind, key)).collect();
            if branches.is_empty() { json!({}) } else { json!({ "anyOf": branches }) }
        } else {
            // Typed in the CMS with commas between the items; by hand, one item is often no list, and a year a number.
            let items = json!({ "type": ["string", "number"] });
            return bounded(field, json!({ "type": ["array", "string"], "items": items }));
        };
        bounded(field, json!({ "type": "array", "items": items }))
    }

    /// One of the types that the items of a list may have.
    fn variant(&mut self, item: &'n Node, kind: &str, key: &str) -> Option<Value> {
        let (name, _) = self.reader.name(item, "type")?;
        let mut schema = self.object(&of(item), key);
        schema["properties"][kind] = json!({ "const": name });
        let required = schema["required"].as_array_mut()?;
        if !required.contains(&json!(kind)) {
            required.push(json!(kind));
        }
        Some(schema)
    }

    fn relation(&mut self, field: &'n Node, key: &str) -> Value {
        let number = number(field);
        let collection = text(field, "collection").unwrap_or_default();
        if !collection.is_empty() && self.reader.check_target(field, collection) {
            let value = text(field, "value_field").unwrap_or("{{slug}}");
            let target = match text(field, "file") {
                None => Some(CmsTarget::Collection { name: collection.into(), value_field: value.into() }),
                Some(file) => self.item_of(collection, file, value),
            };
            self.refer(field, key, target, number);
        }
        match number {
            CmsNumber::One => json!({ "type": ["string", "number"] }),
            CmsNumber::Many => {
                bounded(field, json!({ "type": "array", "items": { "type": ["string", "number"] } }))
            }
        }
    }

    /// A reference into a list of a data file, written `list.*.id`.
    fn item_of(&self, collection: &str, file: &str, value: &str) -> Option<CmsTarget> {
        let (items, id) = value.rsplit_once(".*.")?;
        self.file_target(collection, file, (items, id), None)
    }

    fn file_target(
        &self,
        collection: &str,
        file: &str,
        (items, id): (&str, &str),
        display: Option<&str>,
    ) -> Option<CmsTarget> {
        Some(CmsTarget::File {
            path: self.reader.target_file(collection, file)?.to_owned(),
            items: format!("/{}", items.trim_end_matches(".*").replace('.', "/")),
            id_field: id.into(),
            display_field: display.map(Box::from),
        })
    }

    /// The widget writes `{value, label}`; by hand people write lists of them, `id` for `value`, or the id alone.
    fn file_relation(&mut self, field: &'n Node, key: &str) -> Value {
        let collection = text(field, "collection").unwrap_or_default();
        if self.reader.check_target(field, collection) {
            let file = text(field, "file").unwrap_or_default();
            let items = text(field, "target_field").unwrap_or_default();
            let id = text(field, "id_field").unwrap_or("id");
            let display = first(option(field, "display_fields")).unwrap_or(id);
            let target = self.file_target(collection, file, (items, id), Some(display));
            if target.is_none() {
                let span = option(field, "file").map_or(field.span, |file| file.span);
                self.reader.mistake(
                    span,
                    format!("unknown file `{file}` in collection `{collection}`"),
                    None,
                );
            }
            self.refer(field, key, target, number(field));
        }
        json!({ "type": ["object", "array", "string"] })
    }

    fn refer(&mut self, field: &Node, key: &str, target: Option<CmsTarget>, number: CmsNumber) {
        let declared = field.get("name").map_or(field.span, |name| name.span);
        self.references.extend(target.map(|target| CmsReference {
            key: key.to_owned(),
            declared,
            target,
            number,
        }));
    }

    fn date(&mut self, field: &Node, widget: &str, key: &str) -> Value {
        let format = text(field, "format");
        let form = match format {
            // What is shown says nothing sure about what is stored, and the old widget `date` stores either.
            None if widget == "date" || flag(field, "time_format") == Some(false) => Some(None),
            None => Some(Some(DateForm::DateTime)),
            Some(format) => dates::form(format).map(Some),
        };
        self.dates.extend(form.map(|form| (key.to_owned(), form)));
        format.map_or_else(|| json!({ "type": "string" }), dates::schema)
    }
}

/// The first of several texts, or the only one.
fn first(node: Option<&Node>) -> Option<&str> {
    let node = node?;
    node.items().first().unwrap_or(node).text()
}
