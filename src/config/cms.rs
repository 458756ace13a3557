//! Collections from the config of Decap CMS (once Netlify CMS), which already says what the front matter of a site's
//! pages looks like. Its documentation: <https://decapcms.org/docs/configuration-options/> and `/docs/widgets/`.
//!
//! Every option may be written `snake_case` or `camelCase`: the CMS has changed from the latter to the former.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::data::Node;
use crate::front_matter::Filter;
use crate::front_matter::dates::DateForm;
use crate::front_matter::schema::{Mistake, Schema};
use crate::text::{PAGE_ENDINGS, Span, nearest};

/// A collection of Markdown pages. Each Markdown file of a file collection is one of its own, `collection/file`.
#[derive(Debug, Clone)]
pub struct CmsCollection {
    /// Its name.
    pub name: Box<str>,
    /// Globs of its pages, relative to the site's root.
    pub globs: Vec<String>,
    /// Globs of files among them that are not its pages.
    pub exclude: Vec<String>,
    /// What their front matter has to look like.
    pub schema: Value,
    /// The pages of the folder that belong to it, where it shares the folder with others.
    pub filter: Option<Filter>,
    /// Its name in the CMS config.
    pub declared: Span,
    /// The key `fields`: where a field that is missing would be added.
    pub fields_place: Span,
    /// Fields that name records kept elsewhere.
    pub references: Vec<CmsReference>,
    /// Fields that hold dates, as dotted keys, and the form that the CMS writes, where that is known.
    pub dates: Vec<(String, Option<DateForm>)>,
    /// The field that tells the pages apart for people.
    pub identifier: Option<Box<str>>,
}

/// A field whose value names a record kept elsewhere.
#[derive(Debug, Clone)]
pub struct CmsReference {
    /// The field as a dotted key.
    pub key: String,
    /// The field's name in the CMS config.
    pub declared: Span,
    /// Where the records are.
    pub target: CmsTarget,
    /// How many records a page may name.
    pub number: CmsNumber,
}

/// How many values a field has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CmsNumber {
    /// One value.
    One,
    /// A list of values.
    Many,
}

/// Where the records of a reference are kept.
#[derive(Debug, Clone)]
pub enum CmsTarget {
    /// Each page of a collection is a record.
    Collection {
        /// The collection.
        name: Box<str>,
        /// The key of a page that the reference holds the value of; may be a template such as `{{slug}}`.
        value_field: Box<str>,
    },
    /// Each item of a list in a data file is a record.
    File {
        /// The file, relative to the site's root.
        path: String,
        /// The list, as a JSON pointer.
        items: String,
        /// The key of an item's id.
        id_field: Box<str>,
        /// The key of an item's name.
        display_field: Box<str>,
    },
}

/// Derives the collections of Markdown pages from a CMS config.
///
/// # Errors
///
/// What keeps the config from being understood: parts without a name, references that lead nowhere.
pub fn collections(root: &Node) -> Result<Vec<CmsCollection>, Vec<Mistake>> {
    let mut reader = Reader { root, mistakes: Vec::new() };
    let collections = reader.collections();
    if reader.mistakes.is_empty() { Ok(collections) } else { Err(reader.mistakes) }
}

/// The value of an option, by its `snake_case` name.
fn option<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    node.get(name).or_else(|| {
        let mut camel = String::with_capacity(name.len());
        for (index, part) in name.split('_').enumerate() {
            let (head, tail) = part.split_at(part.len().min(usize::from(index > 0)));
            camel.extend([head.to_ascii_uppercase().as_str(), tail]);
        }
        node.get(&camel)
    })
}

/// The text of an option, if it has one.
fn text<'n>(node: &'n Node, name: &str) -> Option<&'n str> {
    option(node, name)?.text().filter(|text| !text.is_empty())
}

fn flag(node: &Node, name: &str) -> Option<bool> {
    option(node, name)?.as_bool()
}

/// The fields of a collection, an object or a list; lists within them, as YAML's aliases give, are laid flat.
fn fields(node: &Node) -> Vec<&Node> {
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

/// A path of the CMS as one relative to the site's root.
fn clean(path: &str) -> &str {
    path.trim_start_matches("./").trim_matches('/').trim_start_matches("./")
}

fn is_markdown(path: &str) -> bool {
    let extension = Path::new(path).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    PAGE_ENDINGS.iter().chain(&["mdx"]).any(|ending| ending.eq_ignore_ascii_case(extension))
}

struct Reader<'n> {
    root: &'n Node,
    mistakes: Vec<Mistake>,
}

impl<'n> Reader<'n> {
    fn mistake(&mut self, span: Span, message: impl Into<String>, help: Option<String>) {
        self.mistakes.push(Mistake { span, message: message.into(), help });
    }

    fn collections(&mut self) -> Vec<CmsCollection> {
        let Some(list) = self.root.get("collections") else {
            let place = self.root.entries().first().map_or(self.root.span, |entry| entry.key.span);
            self.mistake(place, "missing `collections` in CMS config", None);
            return Vec::new();
        };
        let mut collections = Vec::new();
        for item in list.items() {
            let Some((name, declared)) = self.name(item, "collection") else { continue };
            if let Some(folder) = text(item, "folder") {
                collections.extend(self.folder(item, name, declared, folder));
            } else if let Some(files) = option(item, "files") {
                for file in files.items() {
                    collections.extend(self.file(file, name));
                }
            } else if text(item, "type") != Some("divider") {
                let help = String::from("add the location of the pages, such as `folder: content/posts`");
                self.mistake(
                    declared,
                    format!("collection `{name}` has neither `folder` nor `files`"),
                    Some(help),
                );
            }
        }
        collections
    }

    /// The name of a part and where it stands.
    fn name(&mut self, node: &'n Node, part: &str) -> Option<(&'n str, Span)> {
        let named = node.get("name").and_then(|name| Some((name.text()?, name.span)));
        if named.is_none() {
            let place = node.entries().first().map_or(node.span, |entry| entry.key.span);
            self.mistake(place, format!("{part} has no `name`"), None);
        }
        named
    }

    fn folder(&mut self, item: &'n Node, name: &str, declared: Span, folder: &str) -> Option<CmsCollection> {
        let format = text(item, "format").filter(|format| ["yml", "yaml", "toml", "json"].contains(format));
        let extension = text(item, "extension").or(format).unwrap_or("md").trim_start_matches('.');
        if !is_markdown(&format!("page.{extension}")) {
            return None;
        }
        let folders = item.get("i18n").and_then(|i18n| text(i18n, "structure")) == Some("multiple_folders");
        let nested = option(item, "nested").is_some() || text(item, "path").is_some() || folders;
        let below = if nested { "**/*" } else { "*" };
        let folder = globset::escape(clean(folder));
        let folder = if matches!(folder.as_str(), "" | ".") { String::new() } else { folder + "/" };
        let glob = format!("{folder}{below}.{}", globset::escape(extension));
        let mut collection = self.collection(item, name.into(), declared, glob);
        // Hugo and Zola keep the page of a section beside its pages; it has other fields.
        if option(item, "index_file").is_none() {
            collection.exclude = vec!["**/_index.*".to_owned()];
        }
        if let Some(filter) = option(item, "filter") {
            collection.filter = filtered(filter, &mut collection.schema);
        }
        Some(collection)
    }

    fn file(&mut self, file: &'n Node, collection: &str) -> Option<CmsCollection> {
        let (name, declared) = self.name(file, "file")?;
        let path = clean(text(file, "file")?);
        let name = format!("{collection}/{name}").into();
        is_markdown(path).then(|| self.collection(file, name, declared, globset::escape(path)))
    }

    fn collection(&mut self, node: &'n Node, name: Box<str>, declared: Span, glob: String) -> CmsCollection {
        let mut reader = Fields { reader: self, references: Vec::new(), dates: Vec::new() };
        // The CMS writes the field `body` below the front matter, whatever its widget.
        let fields: Vec<&Node> =
            fields(node).into_iter().filter(|field| text(field, "name") != Some("body")).collect();
        let schema = reader.object(&fields, "");
        let Fields { references, dates, .. } = reader;
        let titled = fields.iter().any(|field| text(field, "name") == Some("title"));
        let identifier = text(node, "identifier_field").or_else(|| titled.then_some("title"));
        CmsCollection {
            name,
            globs: vec![glob],
            exclude: vec![],
            schema,
            filter: None,
            declared,
            fields_place: node.entry("fields").map_or(declared, |entry| entry.key.span),
            references,
            dates,
            identifier: identifier.map(Box::from),
        }
    }

    /// The collections and files of the config by name: files as (collection, file, path).
    fn target(&self, collection: &str) -> Option<&'n Node> {
        let collections = self.root.get("collections")?.items();
        collections.iter().find(|item| text(item, "name") == Some(collection))
    }

    fn target_file(&self, collection: &str, file: &str) -> Option<&'n str> {
        let files = option(self.target(collection)?, "files")?.items();
        let file = files.iter().find(|item| text(item, "name") == Some(file))?;
        text(file, "file").map(clean)
    }

    fn check_target(&mut self, field: &Node, collection: &str) -> bool {
        let root = self.root;
        if self.target(collection).is_some() {
            return true;
        }
        let span = option(field, "collection").map_or(field.span, |value| value.span);
        let items = root.get("collections").map_or(&[][..], Node::items);
        let near = nearest(collection, items.iter().filter_map(|item| text(item, "name")));
        let help = near.map(|near| format!("did you mean `{near}`?"));
        self.mistake(span, format!("unknown collection `{collection}`"), help);
        false
    }
}

/// Puts the values of a filter into a schema, and gives them back.
fn filtered(filter: &Node, schema: &mut Value) -> Option<Filter> {
    let field = text(filter, "field")?;
    let value = filter.get("value")?.to_json();
    let values = match value {
        Value::Array(values) => values,
        value => vec![value],
    };
    schema["properties"][field] = json!({ "enum": values });
    Some(Filter { key: field.into(), values })
}

/// Reads the fields of one collection.
struct Fields<'r, 'n> {
    reader: &'r mut Reader<'n>,
    references: Vec<CmsReference>,
    dates: Vec<(String, Option<DateForm>)>,
}

impl<'n> Fields<'_, 'n> {
    /// The schema of a mapping with the given fields. `above` is its own dotted key.
    fn object(&mut self, fields: &[&'n Node], above: &str) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for field in fields.iter().copied() {
            let Some((name, _)) = self.reader.name(field, "field") else { continue };
            let key = if above.is_empty() { name.to_owned() } else { format!("{above}.{name}") };
            let schema = self.field(field, name, &key);
            if flag(field, "required") == Some(false) {
                properties.insert(name.to_owned(), optional(schema));
            } else {
                required.push(name);
                properties.insert(name.to_owned(), schema);
            }
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
            "object" if field.get("fields").is_some() => self.object(&fields(field), key),
            "object" => json!({ "type": "object" }),
            "list" => self.list(field, key),
            "relation" => self.relation(field, key),
            "ncw-file-relation" | "file-relation" => self.file_relation(field, key),
            "datetime" | "date" => self.date(field, widget, key),
            other => plain(field, other),
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
            self.object(&fields(field), key)
        } else if let Some(single) = option(field, "field") {
            self.field(single, "", key)
        } else if let Some(types) = option(field, "types") {
            let kind = text(field, "type_key").unwrap_or("type");
            let branches: Vec<Value> =
                types.items().iter().filter_map(|item| self.variant(item, kind, key)).collect();
            if branches.is_empty() { json!({}) } else { json!({ "anyOf": branches }) }
        } else {
            // Typed in the CMS with commas between the items; by hand, one item is often no list.
            return bounded(field, json!({ "type": ["array", "string"], "items": { "type": "string" } }));
        };
        bounded(field, json!({ "type": "array", "items": items }))
    }

    /// One of the types that the items of a list may have.
    fn variant(&mut self, item: &'n Node, kind: &str, key: &str) -> Option<Value> {
        let (name, _) = self.reader.name(item, "type")?;
        let mut schema = self.object(&fields(item), key);
        schema["properties"][kind] = json!({ "const": name });
        schema["required"].as_array_mut()?.push(json!(kind));
        Some(schema)
    }

    fn relation(&mut self, field: &'n Node, key: &str) -> Value {
        let number = number(field);
        let collection = text(field, "collection").unwrap_or_default();
        if !collection.is_empty() && self.reader.check_target(field, collection) {
            let value = text(field, "value_field").unwrap_or("{{slug}}");
            let target = match text(field, "file") {
                None => Some(CmsTarget::Collection { name: collection.into(), value_field: value.into() }),
                Some(file) => self.item_of(collection, file, value, field),
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
    fn item_of(&self, collection: &str, file: &str, value: &str, field: &Node) -> Option<CmsTarget> {
        let (items, id) = value.rsplit_once(".*.")?;
        let display = first(option(field, "display_fields")).unwrap_or(value);
        let display = display.rsplit_once(".*.").map_or(display, |(_, key)| key);
        self.file_target(collection, file, items, id, display)
    }

    fn file_target(
        &self,
        collection: &str,
        file: &str,
        items: &str,
        id: &str,
        display: &str,
    ) -> Option<CmsTarget> {
        Some(CmsTarget::File {
            path: self.reader.target_file(collection, file)?.to_owned(),
            items: format!("/{}", items.trim_end_matches(".*").replace('.', "/")),
            id_field: id.into(),
            display_field: display.into(),
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
            let target = self.file_target(collection, file, items, id, display);
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
            Some(format) => date_form(format).map(Some),
        };
        self.dates.extend(form.map(|form| (key.to_owned(), form)));
        let is_number = format.is_some_and(|format| matches!(format, "X" | "x" | "YYYY"));
        if is_number { json!({ "type": ["number", "string"] }) } else { json!({ "type": "string" }) }
    }
}

/// The form of the dates that a format (Day.js, once Moment) writes, if it is one of ISO 8601.
fn date_form(format: &str) -> Option<DateForm> {
    let rest = format.strip_prefix("YYYY-MM-DD")?;
    match rest {
        "" => Some(DateForm::Date),
        _ if !rest.contains("HH") => None,
        _ if rest.ends_with(['Z', ']']) => Some(DateForm::DateTime),
        _ => Some(DateForm::LocalDateTime),
    }
}

fn number(field: &Node) -> CmsNumber {
    if flag(field, "multiple") == Some(true) { CmsNumber::Many } else { CmsNumber::One }
}

/// The first of several texts, or the only one.
fn first(node: Option<&Node>) -> Option<&str> {
    let node = node?;
    node.items().first().unwrap_or(node).text()
}

/// The schema of a widget without parts.
fn plain(field: &Node, widget: &str) -> Value {
    match widget {
        "string" | "text" | "markdown" | "color" | "map" | "uuid" | "ncw-id" | "id" => {
            json!({ "type": "string" })
        }
        "image" | "file" => {
            let several = ["multiple", "allow_multiple"].iter().any(|name| flag(field, name) == Some(true));
            if several || option(field, "media_library").is_some() {
                json!({ "type": ["string", "array"], "items": { "type": "string" } })
            } else {
                json!({ "type": "string" })
            }
        }
        "code" => json!({ "type": ["string", "object"] }),
        "boolean" => json!({ "type": "boolean" }),
        "number" => numeric(field),
        "select" => select(field),
        "hidden" => match field.get("default").map(Node::to_json) {
            Some(Value::String(text)) if text.contains("{{") => json!({}),
            Some(default) => json!({ "const": default }),
            None => json!({}),
        },
        _ => json!({}),
    }
}

/// Unless told otherwise, the CMS stores numbers as text, and people write them as numbers.
fn numeric(field: &Node) -> Value {
    let kind = match text(field, "value_type") {
        Some("int") => json!("integer"),
        Some("float") => json!("number"),
        _ => json!(["number", "string"]),
    };
    let mut schema = json!({ "type": kind });
    for (option, keyword) in [("min", "minimum"), ("max", "maximum")] {
        if let Some(limit) = field.get(option).map(Node::to_json).filter(Value::is_number) {
            schema[keyword] = limit;
        }
    }
    schema
}

fn select(field: &Node) -> Value {
    let value = |option: &Node| option.get("value").unwrap_or(option).to_json();
    let options: Vec<Value> = field.get("options").map_or(&[][..], Node::items).iter().map(value).collect();
    let choice = if options.is_empty() { json!({}) } else { json!({ "enum": options }) };
    match number(field) {
        CmsNumber::One => choice,
        CmsNumber::Many => bounded(field, json!({ "type": "array", "items": choice })),
    }
}

/// A list with the bounds of its field.
fn bounded(field: &Node, mut schema: Value) -> Value {
    for (option, keyword) in [("min", "minItems"), ("max", "maxItems")] {
        if let Some(limit) = field.get(option).map(Node::to_json).filter(Value::is_u64) {
            schema[keyword] = limit;
        }
    }
    schema
}

/// What the field says beyond its widget: a hint for people, and a pattern with a message.
fn describe(field: &Node, schema: &mut Map<String, Value>) {
    if let Some(hint) = text(field, "hint") {
        schema.insert("description".into(), json!(hint));
    }
    let Some([pattern, rest @ ..]) = field.get("pattern").map(Node::items) else { return };
    let Some(pattern) = pattern.text() else { return };
    // The CMS reads patterns as JavaScript does; one that only a browser understands is not checked.
    let keyword = json!({ "pattern": pattern });
    if Schema::from_json(keyword).is_ok() {
        schema.insert("pattern".into(), json!(pattern));
        if let Some(message) = rest.first().and_then(Node::text) {
            schema.insert("errorMessage".into(), json!({ "pattern": message }));
        }
    }
}

/// A schema that also takes what the CMS leaves for a field that was not filled in.
fn optional(schema: Value) -> Value {
    match schema.as_object() {
        Some(map) if map.is_empty() => schema,
        _ => json!({ "if": { "enum": [null, ""] }, "else": schema }),
    }
}
