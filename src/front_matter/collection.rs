//! What the pages of one part of a site have in common: the contract that their front matter is checked against.

use std::{
    path::Path,
    sync::{Arc, LazyLock},
};

use globset::GlobSet;

use super::{
    dates::{DateBound, DateForm},
    schema::Schema,
};
use crate::{
    data::{Entry, Node, Segment},
    diagnostic::Label,
    text::Span,
};

/// A part of the site whose pages have the same front matter, such as a blog's posts.
///
/// Made from `collections:` in the config or from a CMS config; a page belongs to the first collection whose globs
/// match it.
#[derive(Debug)]
pub struct Collection {
    /// Its name in the config.
    pub name: Box<str>,
    /// Its place in [`Site::collections`](crate::site::Site::collections).
    pub index: usize,
    /// Which pages belong to it, by path relative to the site's root.
    pub files: GlobSet,
    /// The same as `files` where small and large letters make no difference.
    pub any_case: GlobSet,
    /// Which do not, although `files` matches them.
    pub exclude: GlobSet,
    /// What the pages have that belong to it, where several collections share a folder.
    pub filter: Option<Filter>,
    /// Where it is declared.
    pub declared: Label,
    /// What its front matter must look like; a page's own `$schema` is in where this is `None`.
    pub schema: Option<Arc<Schema>>,
    /// Where a key that the schema lacks would have to be added.
    pub schema_place: Label,
    /// The fields that the schema is derived from, with their places in the file of `schema_place`; none where it is a file
    /// of its own.
    pub fields: Vec<(KeyPath, Span)>,
    /// Keys that hold dates.
    pub dates: Vec<DateKey>,
    /// Keys whose values no two pages may share.
    pub unique: Vec<KeyPath>,
    /// Keys that name records kept elsewhere.
    pub references: Vec<Reference>,
    /// Order of the top-level keys; empty where any order will do.
    pub key_order: Vec<Box<str>>,
    /// Route of a page, such as `/blog/{stem}/`.
    pub permalink: Option<Box<str>>,
    /// Keys that hold prose, besides those of the config.
    pub prose: Vec<KeyPath>,
}

impl Collection {
    /// Whether a page may belong to it by its path, relative to the site's root.
    pub fn has_path(&self, path: &Path) -> bool {
        self.files.is_match(path) && !self.exclude.is_match(path)
    }

    /// Where the schema speaks of the value at a path, if it is derived from fields: the nearest field.
    pub fn field_place(&self, path: &[Segment]) -> Option<Label> {
        let keys: Vec<&str> = path.iter().filter_map(Segment::as_key).collect();
        let length = |field: &KeyPath| field.0.len();
        let above = self.fields.iter().filter(|(field, _)| {
            length(field) <= keys.len() && field.0.iter().zip(&keys).all(|(part, key)| **part == **key)
        });
        let whole =
            (!self.fields.is_empty()).then_some((self.schema_place.span, "the fields are declared here"))?;
        let nearest = above.max_by_key(|(field, _)| length(field));
        let (span, message) = nearest.map_or(whole, |(_, span)| (*span, "declared here"));
        Some(Label::with_message(&self.schema_place.path, span, message))
    }

    /// The keys that hold dates: its own, else the [usual ones](usual_date_keys).
    pub fn date_keys(&self) -> &[DateKey] {
        if self.dates.is_empty() { usual_date_keys() } else { &self.dates }
    }

    /// Whether a page on such a path belongs to it by its front matter.
    pub fn accepts(&self, root: Option<&Node>) -> bool {
        let Some(filter) = &self.filter else { return true };
        root.and_then(|root| root.get(&filter.key))
            .is_some_and(|value| filter.values.contains(&value.to_json()))
    }
}

/// A key and the values that it has in the pages of a collection.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// The key.
    pub key: Box<str>,
    /// The values, any of them.
    pub values: Vec<serde_json::Value>,
}

/// A path of keys into front matter, written with dots: `seo.title`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyPath(Box<[Box<str>]>);

impl KeyPath {
    /// Reads the dotted form.
    pub fn new(dotted: &str) -> Self {
        Self(dotted.split('.').map(Box::from).collect())
    }

    /// The value at this path, where there is one; of a list on the way, the first item.
    pub fn find<'a>(&self, root: &'a Node) -> Option<&'a Node> {
        self.find_all(root).next()
    }

    /// The values at this path, in source order: several where there is a list on the way, as in `blocks.date`.
    pub fn find_all<'a>(&self, root: &'a Node) -> impl Iterator<Item = &'a Node> + use<'a> {
        let mut nodes = vec![root];
        for key in &self.0 {
            let items = nodes.into_iter().flat_map(Node::self_or_items);
            nodes = items.filter_map(|node| node.get(key)).collect();
        }
        nodes.into_iter()
    }

    /// The last key.
    pub fn name(&self) -> &str {
        self.0.last().map_or("", |key| key)
    }

    /// What one of the things is called that the last key, in the plural or not, names: `tag` for `tags`.
    pub fn noun(&self) -> Box<str> {
        let name = self.name();
        if let Some(stem) = name.strip_suffix("ies").filter(|stem| !stem.is_empty() && *stem != "ser") {
            return format!("{stem}y").into();
        }
        let is_plural = !name.ends_with("ss") && !name.ends_with("us") && !name.ends_with("ies");
        name.strip_suffix('s').filter(|stem| is_plural && !stem.is_empty()).unwrap_or(name).into()
    }
}

impl std::fmt::Display for KeyPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.join("."))
    }
}

/// A key that holds a date.
#[derive(Debug, Clone)]
pub struct DateKey {
    /// The key.
    pub key: KeyPath,
    /// The form it must have; `None` lets the collection's majority decide.
    pub form: Option<DateForm>,
    /// Where that form comes from.
    pub form_source: FormSource,
    /// The latest plausible day.
    pub not_after: Option<DateBound>,
    /// The earliest plausible day.
    pub not_before: Option<DateBound>,
    /// What the date is compared with besides.
    pub compare: Comparison,
}

impl DateKey {
    /// A key, by its dotted path, whose dates may be anything.
    pub fn new(key: &str) -> Self {
        let compare = Comparison::default();
        let form_source = FormSource::Config;
        Self { key: KeyPath::new(key), form: None, form_source, not_after: None, not_before: None, compare }
    }
}

/// Where the form of a date comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormSource {
    /// The config says so.
    Config,
    /// A CMS writes it, which says nothing of pages that are written without it.
    Cms,
}

/// What a date is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Comparison {
    /// The page's path and its other dates.
    #[default]
    Page,
    /// Also the days on which git says that this page and its neighbours were added.
    History,
}

/// Keys that by custom hold the day of the last change.
pub const CHANGE_KEYS: [&str; 7] =
    ["updated", "lastmod", "modified", "last_modified_at", "updatedDate", "updated_at", "lastUpdated"];

/// Keys that hold dates by custom, those for the day of publication first.
pub fn usual_date_keys() -> &'static [DateKey] {
    static KEYS: LazyLock<Vec<DateKey>> = LazyLock::new(|| {
        let published = ["date", "pubDate", "publishDate", "published", "published_at", "expiryDate"];
        let key = |key: &str| DateKey::new(key);
        published.iter().chain(&CHANGE_KEYS).map(|name| key(name)).collect()
    });
    &KEYS
}

/// A key whose value names a record kept elsewhere: an author's page, a category in a data file.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The key in the pages.
    pub key: KeyPath,
    /// What a record is called in messages: the key in the singular.
    pub noun: Box<str>,
    /// Where the records are.
    pub source: RecordSource,
    /// How the pages write them.
    pub form: ReferenceForm,
    /// Where the reference is declared.
    pub declared: Label,
}

/// Where records are kept.
#[derive(Debug, Clone)]
pub enum RecordSource {
    /// One page a record.
    Pages {
        /// The pages.
        files: GlobSet,
        /// The key in them that names the record; `None` takes the file's stem.
        key: Option<KeyPath>,
    },
    /// Items of a list in a data file, or the entries of a mapping there.
    Data {
        /// The file, relative to the site's root.
        path: Arc<Path>,
        /// JSON pointer (RFC 6901) to the items; empty for the whole file.
        items: Box<str>,
    },
}

/// How pages write a reference.
#[derive(Debug, Clone)]
pub enum ReferenceForm {
    /// One text, or a list of texts.
    Value {
        /// The field of a data item that holds the text; `None` where the item itself is the text or its key is.
        field: Option<Box<str>>,
        /// What may be between several names in one text.
        separators: Vec<Box<str>>,
    },
    /// A mapping with an id and a label, or a list of such mappings.
    Record {
        /// Every key that pages use for the id.
        id_keys: Vec<Box<str>>,
        /// The id key that the config names as the right one.
        preferred_id_key: Option<Box<str>>,
        /// Key of the label in the pages.
        label_key: Box<str>,
        /// Keys of the id in the data, in order of preference.
        data_id_keys: Vec<Box<str>>,
        /// Key of the label in the data.
        data_label_key: Box<str>,
    },
}

impl Reference {
    /// The mappings that this reference's key holds in a page, for a reference written as records.
    pub fn items<'a>(&self, root: &'a Node) -> impl Iterator<Item = &'a Node> + use<'a> {
        let values = self.key.find_all(root);
        values.flat_map(Node::self_or_items).filter(|item| !item.entries().is_empty())
    }

    /// The id keys, as written, of a page's records.
    pub fn id_keys_in<'a>(&'a self, root: &'a Node) -> impl Iterator<Item = &'a Node> {
        self.items(root).filter_map(|item| self.form.id_entry(item)).map(|entry| &entry.key)
    }
}

impl ReferenceForm {
    /// The entry of a mapping that holds its id, under any of the known keys.
    pub fn id_entry<'a>(&self, item: &'a Node) -> Option<&'a Entry> {
        match self {
            Self::Value { .. } => None,
            Self::Record { id_keys, .. } => id_keys.iter().find_map(|key| item.entry(key)),
        }
    }

    /// Whether the config says which field of a data item is its id.
    pub const fn names_a_field(&self) -> bool {
        match self {
            Self::Value { field, .. } => field.is_some(),
            Self::Record { .. } => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::KeyPath;

    #[test]
    fn one_of_several_is_called_in_the_singular() {
        for (key, noun) in [
            ("tags", "tag"),
            ("post.categories", "category"),
            ("author", "author"),
            ("series", "series"),
            ("class", "class"),
            ("campus", "campus"),
            ("s", "s"),
        ] {
            assert_eq!(&*KeyPath::new(key).noun(), noun);
        }
    }
}
