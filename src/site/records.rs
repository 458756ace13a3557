//! What pages may refer to: authors, categories, series, kept in other pages or in data files.

use std::{collections::HashMap, path::Path, sync::Arc};

use super::{DataFile, Page};
use crate::{
    data::Node,
    diagnostic::Label,
    front_matter::{Collection, RecordSource, Reference, ReferenceForm},
    spelling::ProjectWords,
    text::{Search, Span},
};

/// The records that a reference may name.
#[derive(Debug, Default)]
pub struct Records {
    list: Vec<Record>,
    by_id: HashMap<Box<str>, usize>,
    by_label: HashMap<Box<str>, usize>,
    named: usize,
}

/// One record: an author, a category.
#[derive(Debug)]
pub struct Record {
    /// The file that holds it.
    pub path: Arc<Path>,
    /// What pages refer to it by.
    pub id: Option<RecordText>,
    /// What readers see, where that is another text.
    pub label: Option<RecordText>,
}

/// A text and where it is written.
#[derive(Debug, Clone)]
pub struct RecordText {
    /// The text.
    pub text: Box<str>,
    /// Its place in the record's file.
    pub span: Span,
}

impl Record {
    /// The text of the id.
    pub fn id_text(&self) -> Option<&str> {
        self.id.as_ref().map(|id| &*id.text)
    }

    /// The text of the label.
    pub fn label_text(&self) -> Option<&str> {
        self.label.as_ref().map(|label| &*label.text)
    }

    /// The place of the id, or of the label where there is no id, with a word about it.
    pub fn place(&self, message: impl Into<String>) -> Option<Label> {
        let written = self.id.as_ref().or(self.label.as_ref())?;
        Some(Label::with_message(&self.path, written.span, message))
    }
}

impl Records {
    /// Reads the records of each reference of a collection.
    pub fn gather_all(collection: &Collection, pages: &[Page], data: &[DataFile]) -> Vec<Arc<Self>> {
        collection.references.iter().map(|it| Arc::new(Self::gather(it, pages, data))).collect()
    }

    /// Adds the names of the records to the words of a project.
    pub fn teach(&self, project: &mut ProjectWords) {
        for record in &self.list {
            record.id_text().into_iter().chain(record.label_text()).for_each(|name| project.add(name));
        }
    }

    /// Reads the records of a reference from the pages or the data file that hold them.
    pub fn gather(reference: &Reference, pages: &[Page], data: &[DataFile]) -> Self {
        let mut records = Self::default();
        match &reference.source {
            RecordSource::Pages { files, key } => {
                for page in pages.iter().filter(|page| files.is_match(&page.path)) {
                    let id = match key {
                        Some(key) => page.root().and_then(|root| RecordText::of(key.find(root)?)),
                        None => page.path.file_stem().map(|stem| RecordText::stem(&stem.to_string_lossy())),
                    };
                    records.add(Record { path: Arc::clone(&page.path), id, label: None });
                }
            }
            RecordSource::Data { path, items } => {
                let root =
                    data.iter().find(|file| file.path == *path).and_then(|file| file.tree.root.as_ref());
                if let Some(node) = root.and_then(|root| root.at(&root.pointer(items)?)) {
                    records.add_items(path, node, &reference.form);
                }
            }
        }
        records
    }

    fn add_items(&mut self, path: &Arc<Path>, node: &Node, form: &ReferenceForm) {
        for item in node.items() {
            self.add(Record { path: Arc::clone(path), ..Record::of_item(item, form) });
        }
        for entry in node.entries() {
            let key = RecordText::of(&entry.key);
            let record = Record::of_item(&entry.value, form);
            let id = record.id.filter(|_| form.names_a_field()).or(key);
            self.add(Record { path: Arc::clone(path), id, ..record });
        }
    }

    fn add(&mut self, record: Record) {
        let index = self.list.len();
        if let Some(id) = &record.id {
            self.by_id.entry(id.text.clone()).or_insert(index);
        }
        if let Some(label) = &record.label {
            self.by_label.entry(label.text.clone()).or_insert(index);
        }
        self.named += usize::from(record.id.is_some() || record.label.is_some());
        self.list.push(record);
    }

    /// The records in the order of their source.
    pub fn list(&self) -> &[Record] {
        &self.list
    }

    /// How many of them have an id or a label.
    pub const fn named(&self) -> usize {
        self.named
    }

    /// The record with an id.
    pub fn by_id(&self, id: &str) -> Option<&Record> {
        self.by_id.get(id).map(|&index| &self.list[index])
    }

    /// The record with a label.
    pub fn by_label(&self, label: &str) -> Option<&Record> {
        self.by_label.get(label).map(|&index| &self.list[index])
    }

    /// The record whose id is most likely meant by `text`.
    pub fn nearest_id(&self, text: &str, search: &mut Search) -> Option<&Record> {
        let ids = self.list.iter().filter_map(|record| record.id.as_ref());
        self.by_id(search.nearest(text, ids.map(|id| &*id.text))?)
    }

    /// The record whose label is most likely meant by `text`.
    pub fn nearest_label(&self, text: &str, search: &mut Search) -> Option<&Record> {
        let labels = self.list.iter().filter_map(|record| record.label.as_ref());
        self.by_label(search.nearest(text, labels.map(|label| &*label.text))?)
    }
}

impl Record {
    fn of_item(item: &Node, form: &ReferenceForm) -> Self {
        let field = |key: &str| item.get(key).and_then(RecordText::of);
        let (id, label) = match form {
            ReferenceForm::Value { field: Some(key), .. } => (field(key), None),
            ReferenceForm::Value { field: None, .. } => (RecordText::of(item), None),
            ReferenceForm::Record { data_id_keys, data_label_key, .. } => {
                (data_id_keys.iter().find_map(|key| field(key)), field(data_label_key))
            }
        };
        Self { path: Arc::from(Path::new("")), id, label }
    }
}

impl RecordText {
    fn of(node: &Node) -> Option<Self> {
        let text = node.text().filter(|text| !text.is_empty())?;
        Some(Self { text: text.into(), span: node.span })
    }

    /// A name that the file has by its own name: the place is its beginning.
    fn stem(stem: &str) -> Self {
        Self { text: stem.into(), span: Span::empty(0) }
    }
}
