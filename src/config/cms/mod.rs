//! Collections from the config of Decap CMS (once Netlify CMS), which already says what the front matter of a site's
//! pages looks like. Its documentation: <https://decapcms.org/docs/configuration-options/> and `/docs/widgets/`.
//!
//! Every option may be written `snake_case` or `camelCase`: the CMS has changed from the latter to the former.

mod dates;
mod fields;
mod i18n;
mod keys;
mod widgets;

use std::path::Path;

use serde_json::{Value, json};

use crate::{
    config::globs::is_data_glob,
    data::Node,
    front_matter::{Filter, dates::DateForm, schema::Mistake},
    text::{DATA_ENDINGS, PAGE_ENDINGS_WITH_MDX, Span, nearest},
};
use fields::Fields;
use i18n::{I18n, Locale, Structure};
pub use keys::json_schema;

/// A collection of Markdown pages. Each Markdown file of a file collection is one of its own, `collection/file`, and so
/// are the pages of each locale but the default one, `collection/locale`.
#[derive(Debug, Clone)]
pub struct CmsCollection {
    /// Its name.
    pub name: Box<str>,
    /// The JSON, YAML or TOML file that it describes instead of pages, relative to the site's root.
    pub data: Option<String>,
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
    /// All fields, as dotted keys, with their names in the CMS config.
    pub fields: Vec<(String, Span)>,
    /// Fields that name records kept elsewhere.
    pub references: Vec<CmsReference>,
    /// Fields that hold dates, as dotted keys, and the form that the CMS writes, where that is known.
    pub dates: Vec<(String, Option<DateForm>)>,
    /// Fields that hold prose, as dotted keys.
    pub prose: Vec<String>,
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
        /// The key of an item's name; `None` where pages have the id alone.
        display_field: Option<Box<str>>,
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

/// A path of the CMS as one relative to the site's root.
fn clean(path: &str) -> &str {
    path.trim_start_matches("./").trim_matches('/').trim_start_matches("./")
}

fn is_markdown(path: &str) -> bool {
    let extension = Path::new(path).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    PAGE_ENDINGS_WITH_MDX.iter().any(|ending| ending.eq_ignore_ascii_case(extension))
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
                self.folder(item, (name, declared), folder, &mut collections);
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

    /// The name of a part and where it is.
    fn name(&mut self, node: &'n Node, part: &str) -> Option<(&'n str, Span)> {
        let named = node.get("name").and_then(|name| Some((name.text()?, name.span)));
        if named.is_none() {
            let place = node.entries().first().map_or(node.span, |entry| entry.key.span);
            self.mistake(place, format!("{part} has no `name`"), None);
        }
        named
    }

    fn folder(
        &mut self,
        item: &'n Node,
        (name, declared): (&str, Span),
        folder: &str,
        collections: &mut Vec<CmsCollection>,
    ) {
        let format = text(item, "format").filter(|format| DATA_ENDINGS.contains(format));
        let extension = text(item, "extension").or(format).unwrap_or("md").trim_start_matches('.');
        if !is_markdown(&format!("page.{extension}")) {
            return;
        }
        // Without locales that are known, every folder may be one of them.
        let folders = item.get("i18n").and_then(|i18n| text(i18n, "structure")) == Some("multiple_folders");
        let nested = option(item, "nested").is_some() || text(item, "path").is_some() || folders;
        let below = if nested { "**/*" } else { "*" };
        let folder = globset::escape(clean(folder));
        let folder = if matches!(folder.as_str(), "" | ".") { String::new() } else { folder + "/" };
        let extension = globset::escape(extension);
        let i18n = I18n::of(self.root, item);
        let default = i18n.as_ref().map(|i18n| i18n.default);
        let glob = |locale: Option<&str>| match (&i18n, locale) {
            (Some(i18n), Some(locale)) => i18n.glob(locale, &folder, below, &extension),
            _ => format!("{folder}{below}.{extension}"),
        };
        let is_single = i18n.as_ref().is_some_and(|i18n| i18n.structure == Structure::Single);
        let mut collection = match &i18n {
            Some(i18n) if is_single => self.single_file(item, (name, declared), i18n, glob(default)),
            _ => self.collection(item, (name, declared), Locale::Default(default), glob(default)),
        };
        let others: Vec<CmsCollection> = i18n
            .iter()
            .filter(|_| !is_single)
            .flat_map(|it| &it.others)
            .map(|locale| {
                let name = format!("{name}/{locale}");
                self.collection(item, (&name, declared), Locale::Other(locale), glob(Some(locale)))
            })
            .collect();
        if i18n.as_ref().is_some_and(|i18n| i18n.structure == Structure::Files) {
            collection.exclude = others.iter().flat_map(|other| other.globs.clone()).collect();
        }
        for mut collection in std::iter::once(collection).chain(others) {
            // Hugo and Zola keep the page of a section beside its pages; it has other fields.
            if option(item, "index_file").is_none() {
                collection.exclude.push("**/_index.*".to_owned());
            }
            if let Some(filter) = option(item, "filter") {
                collection.filter = filtered(filter, &mut collection.schema);
            }
            collections.push(collection);
        }
    }

    /// A collection whose pages have a mapping for each locale.
    fn single_file(
        &mut self,
        item: &'n Node,
        (name, declared): (&str, Span),
        i18n: &I18n<'n>,
        glob: String,
    ) -> CmsCollection {
        let fields: Vec<&Node> = fields::of(item);
        let mut reader = Fields::new(self, Locale::Default(Some(i18n.default)));
        let mut properties = serde_json::Map::new();
        properties.insert(i18n.default.to_owned(), reader.object(&fields, i18n.default));
        for locale in &i18n.others {
            reader.locale = Locale::Other(locale);
            properties.insert((*locale).to_owned(), reader.object(&fields, locale));
        }
        let schema = json!({
            "type": "object",
            "required": [i18n.default],
            "additionalProperties": false,
            "properties": properties,
        });
        reader.finish(item, (name, declared), glob, schema)
    }

    fn file(&mut self, file: &'n Node, collection: &str) -> Option<CmsCollection> {
        let (name, declared) = self.name(file, "file")?;
        let path = clean(text(file, "file")?);
        let name = format!("{collection}/{name}");
        let locale = Locale::Default(None);
        if is_markdown(path) {
            return Some(self.collection(file, (&name, declared), locale, globset::escape(path)));
        }
        // A file with locales has a mapping for each.
        let is_data = is_data_glob(path) && self.root.get("i18n").is_none();
        is_data.then(|| {
            let fields: Vec<&Node> = fields::of(file);
            let mut reader = Fields::new(self, locale);
            let schema = reader.object(&fields, "");
            let data = Some(path.to_owned());
            CmsCollection { data, ..reader.finish(file, (&name, declared), String::new(), schema) }
        })
    }

    fn collection(
        &mut self,
        node: &'n Node,
        named: (&str, Span),
        locale: Locale<'n>,
        glob: String,
    ) -> CmsCollection {
        // The CMS writes the field `body` below the front matter, whatever its widget.
        let fields: Vec<&Node> =
            fields::of(node).into_iter().filter(|field| text(field, "name") != Some("body")).collect();
        let mut reader = Fields::new(self, locale);
        let schema = reader.object(&fields, "");
        reader.finish(node, named, glob, schema)
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
