//! Collections from the config and from a CMS config, with the schemas and data files they name.

mod data_files;
mod schemas;

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    sync::Arc,
};

use globset::{GlobSet, GlobSetBuilder};
use rayon::prelude::*;

pub(super) use schemas::NamedSchema;

use super::{
    CMS_PATHS, Config, builder,
    cms::{self, CmsCollection, CmsReference, CmsTarget},
    glob_set, globs,
    load::{ConfigSource, join, mistake},
    raw::{Ordered, RawCollection, RawDate, RawReference},
    references::{SEPARATORS, form, record_form},
    schema_urls::SchemaUrls,
};
use crate::{
    data::{Node, Segment},
    diagnostic::{Diagnostic, Label},
    discover::SiteFiles,
    front_matter::{
        Collection, Comparison, DateKey, FormSource, KeyPath, RecordSource, Reference, ReferenceForm,
        dates::{DateBound, DateForm},
        schema::{Mistake, Schema},
    },
    site::{CheckedData, DataFile},
    text::nearest,
};

/// A CMS config: its path and what was derived from it.
type Cms = (Arc<Path>, Vec<CmsCollection>);

/// Collects collections, and the files they need, each read once.
pub(super) struct CollectionsBuilder<'a> {
    files: &'a SiteFiles,
    urls: SchemaUrls,
    diagnostics: &'a mut Vec<Diagnostic>,
    collections: Vec<Collection>,
    data: Vec<DataFile>,
    /// Data files that a schema describes, by path; the last schema counts.
    checked: BTreeMap<Arc<Path>, Arc<CheckedData>>,
    schemas: HashMap<PathBuf, Option<(Arc<Schema>, Label)>>,
    cms: HashMap<PathBuf, Option<Cms>>,
    /// What has no effect in the schemas.
    notes: Vec<Diagnostic>,
}

impl<'a> CollectionsBuilder<'a> {
    pub(super) fn new(files: &'a SiteFiles, urls: SchemaUrls, diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        let (schemas, cms) = (HashMap::new(), HashMap::new());
        let (collections, data, checked, notes) = (vec![], vec![], BTreeMap::new(), vec![]);
        Self { files, urls, diagnostics, collections, data, checked, schemas, cms, notes }
    }

    /// Gives what was collected to a config.
    pub(super) fn finish(self, config: &mut Config) {
        let mut collections = self.collections;
        for (index, collection) in collections.iter_mut().enumerate() {
            collection.index = index;
        }
        config.collections = collections.into_iter().map(Arc::new).collect();
        config.data = self.data;
        config.checked_data = self.checked.into_values().collect();
        config.notes.extend(self.notes);
    }

    /// Adds the collections of a config file; one that is there already is replaced.
    pub(super) fn add_raw(&mut self, source: &ConfigSource, raw: &Ordered<RawCollection>) {
        for (name, collection) in raw.iter() {
            let at = Place { source, path: vec![Segment::key("collections"), Segment::key(name)] };
            let drafts = match &collection.cms {
                Some(path) => self.collections_of_cms(name, path, &at),
                None => vec![Collection::bare(name, at.key())],
            };
            self.collections.retain(|other| !is_or_belongs_to(&other.name, name));
            for mut draft in drafts {
                self.refine(&mut draft, collection, &at);
                self.collections.push(draft);
            }
        }
    }

    /// Adds the collections of the first CMS config at a usual place that are not there already, and says which config
    /// that is.
    pub(super) fn add_found_cms(&mut self) -> Option<Arc<Path>> {
        // Other programs have an `admin/config.yml` too. In a broken one, what comes first may be all that is known.
        let is_cms = |source: &ConfigSource| {
            let root = source.tree.root.as_ref();
            root.is_some_and(|root| ["backend", "collections"].iter().any(|key| root.get(key).is_some()))
        };
        let mut paths = CMS_PATHS.iter().map(Path::new);
        let source =
            paths.find_map(|path| ConfigSource::at(self.files, path, self.diagnostics).filter(is_cms))?;
        let (path, derived) = self.cms(&Arc::clone(&source.path), |_| Some(source))?;
        // A file that is named belongs to no folder collection, whatever folder it is in.
        let (mut all, folders): (Vec<_>, Vec<_>) =
            derived.iter().partition(|collection| collection.name.contains('/'));
        all.extend(folders);
        // `posts` stands for `posts/de`, too, and `pages/index` for `pages`.
        all.retain(|new| {
            let is_same = |old: &Collection| {
                is_or_belongs_to(&new.name, &old.name) || is_or_belongs_to(&old.name, &new.name)
            };
            !self.collections.iter().any(is_same)
        });
        let drafts = self.drafts_of_cms(&path, &all, &derived);
        self.collections.extend(drafts);
        Some(path)
    }

    /// What a CMS config says, which is read when it is first asked for.
    fn cms(&mut self, path: &Path, read: impl FnOnce(&mut Self) -> Option<ConfigSource>) -> Option<Cms> {
        if !self.cms.contains_key(path) {
            let source = read(self).and_then(|source| self.sound(source));
            let cms = source.and_then(|source| self.derive(source));
            self.cms.insert(path.to_owned(), cms);
        }
        self.cms.get(path).cloned().flatten()
    }

    fn derive(&mut self, source: ConfigSource) -> Option<Cms> {
        let root = source.tree.root.as_ref()?;
        match cms::collections(root) {
            Ok(collections) => {
                let (data, pages) = collections.into_iter().partition(|it| it.data.is_some());
                Vec::into_iter(data).for_each(|it| self.check_cms_data(it));
                Some((source.path, pages))
            }
            Err(mistakes) => {
                self.add_mistakes(&source.path, mistakes);
                None
            }
        }
    }

    fn collections_of_cms(&mut self, name: &str, path: &str, at: &Place<'_>) -> Vec<Collection> {
        let place = at.value_of("cms");
        let path = clean(path);
        let Some((path, derived)) = self.cms(&path, |it| it.read(&path, &place)) else { return vec![] };
        let meant: Vec<_> = derived.iter().filter(|other| is_or_belongs_to(&other.name, name)).collect();
        if meant.is_empty() {
            let mut diagnostic = mistake(
                at.key(),
                format!("no collection `{name}` of Markdown pages in `{}`", path.display()),
            );
            let names: Vec<&str> = derived.iter().map(|other| &*other.name).collect();
            diagnostic.help(match nearest(name, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if names.is_empty() => "the CMS config has no page collections".to_owned(),
                None => format!("available collections: {}", listed(&names)),
            });
            self.diagnostics.push(diagnostic);
        }
        self.drafts_of_cms(&path, &meant, &derived)
    }

    fn drafts_of_cms(
        &mut self,
        path: &Arc<Path>,
        meant: &[&CmsCollection],
        all: &[CmsCollection],
    ) -> Vec<Collection> {
        // Compiling the schemas takes longer than all the rest.
        let schemas: Vec<_> = meant.par_iter().map(|from| Schema::derived(from.schema.clone())).collect();
        let each = meant.iter().zip(schemas);
        each.map(|(from, schema)| self.draft_of_cms(path, from, schema, all)).collect()
    }

    fn draft_of_cms(
        &mut self,
        path: &Arc<Path>,
        from: &CmsCollection,
        schema: Result<Schema, Vec<Mistake>>,
        all: &[CmsCollection],
    ) -> Collection {
        let declared = Label::new(path, from.declared);
        let mut collection = Collection::bare(&from.name, declared.clone());
        collection.files = globs(&from.globs).unwrap_or_default();
        collection.any_case = globs_in_any_case(from.globs.iter().map(String::as_str));
        collection.prose = from.prose.iter().map(|key| KeyPath::new(key)).collect();
        collection.exclude = globs(&from.exclude).unwrap_or_default();
        collection.schema_place = Label::new(path, from.fields_place);
        collection.fields = from.fields.iter().map(|(key, span)| (KeyPath::new(key), *span)).collect();
        collection.filter.clone_from(&from.filter);
        match schema {
            Ok(schema) => collection.schema = Some(Arc::new(schema)),
            Err(mistakes) => {
                let why = mistakes.first().map_or("", |first| &first.message);
                let message = format!("cannot derive a schema from the fields of `{}`: {why}", from.name);
                self.diagnostics.push(mistake(declared, message));
            }
        }
        for (date, form) in &from.dates {
            let date = DateKey { form: *form, form_source: FormSource::Cms, ..DateKey::new(date) };
            if date.form == Some(DateForm::DateTime) {
                collection.unique.push(date.key.clone());
            }
            collection.dates.push(date);
        }
        collection.unique.extend(from.identifier.as_deref().map(KeyPath::new));
        let references =
            from.references.iter().filter_map(|reference| self.cms_reference(path, reference, all));
        collection.references = references.collect();
        collection
    }

    fn cms_reference(
        &mut self,
        path: &Arc<Path>,
        from: &CmsReference,
        all: &[CmsCollection],
    ) -> Option<Reference> {
        let declared = Label::new(path, from.declared);
        let (source, form) = match &from.target {
            CmsTarget::Collection { name, value_field } => {
                let target = all.iter().find(|other| is_or_belongs_to(&other.name, name))?;
                let key = (!value_field.contains("{{")).then(|| KeyPath::new(value_field));
                let files = globs(&target.globs).ok()?;
                let separators = SEPARATORS.map(Box::from).to_vec();
                (RecordSource::Pages { files, key }, ReferenceForm::Value { field: None, separators })
            }
            CmsTarget::File { path, items, id_field, display_field } => {
                let path = self.data(&clean(path), &declared)?;
                let form = match display_field {
                    Some(display) => record_form(id_field, display),
                    None => ReferenceForm::Value { field: Some(id_field.clone()), separators: vec![] },
                };
                (RecordSource::Data { path, items: items.as_str().into() }, form)
            }
        };
        let key = KeyPath::new(&from.key);
        Some(Reference { noun: key.noun(), key, source, form, declared })
    }

    /// What the config says beyond the CMS config, or without one.
    fn refine(&mut self, collection: &mut Collection, raw: &RawCollection, at: &Place<'_>) {
        if let Some(files) = &raw.files {
            collection.files = glob_set(at.source, &at.child("files").path, files, self.diagnostics);
            collection.any_case = globs_in_any_case(files.as_slice().iter().map(String::as_str));
        } else if raw.cms.is_none() {
            let mut diagnostic =
                mistake(at.key(), format!("collection `{}` has no `files`", collection.name));
            diagnostic.help(format!("add the pages, such as `files: \"{}/**/*.md\"`", collection.name));
            self.diagnostics.push(diagnostic);
        }
        if let Some(exclude) = &raw.exclude {
            collection.exclude = glob_set(at.source, &at.child("exclude").path, exclude, self.diagnostics);
        }
        if let Some(schema) = &raw.schema
            && let Some((schema, place)) = self.schema(schema, &at.child("schema"))
        {
            collection.schema = Some(schema);
            (collection.schema_place, collection.fields) = (place, vec![]);
        }
        if let Some(files) = &raw.files {
            self.check_data(files, collection.schema.as_ref(), &at.value_of("files"));
        }
        if let Some(unique) = &raw.unique {
            collection.unique = unique.iter().map(|key| KeyPath::new(key)).collect();
        }
        if let Some(order) = &raw.key_order {
            collection.key_order = order.iter().map(|key| key.as_str().into()).collect();
        }
        if let Some(permalink) = &raw.permalink {
            collection.permalink = Some(permalink.as_str().into());
        }
        if let Some(dates) = &raw.dates {
            let dates = dates
                .iter()
                .filter_map(|(name, date)| self.date(name, date.as_ref(), &at.child("dates").child(name)));
            collection.dates = dates.collect();
        }
        for (name, reference) in raw.references.iter() {
            let at = at.child("references").child(name);
            if let Some(reference) = self.reference(name, reference, &at) {
                collection.references.retain(|other| other.key != reference.key);
                collection.references.push(reference);
            }
        }
    }

    fn date(&mut self, name: &str, raw: Option<&RawDate>, at: &Place<'_>) -> Option<DateKey> {
        let mut date = DateKey::new(name);
        let Some(raw) = raw else { return Some(date) };
        let mut bound = |text: &Option<String>, name: &str| -> Result<Option<DateBound>, ()> {
            let Some(text) = text else { return Ok(None) };
            text.parse()
                .map(Some)
                .map_err(|why: String| self.diagnostics.push(mistake(at.value_of(name), why)))
        };
        date.form = raw.form;
        if raw.history {
            date.compare = Comparison::History;
        }
        let (after, before) = (bound(&raw.not_after, "not-after"), bound(&raw.not_before, "not-before"));
        (date.not_after, date.not_before) = (after.ok()?, before.ok()?);
        Some(date)
    }

    fn reference(&mut self, name: &str, raw: &RawReference, at: &Place<'_>) -> Option<Reference> {
        let source = match (&raw.files, &raw.data) {
            (Some(files), None) => RecordSource::Pages {
                files: glob_set(at.source, &at.child("files").path, files, self.diagnostics),
                key: raw.key.as_deref().map(KeyPath::new),
            },
            (None, Some(data)) => {
                let items = raw.items.as_deref().unwrap_or_default();
                let path = self.data(&clean(data), &at.value_of("data"))?;
                self.look_for_items(&path, items, at);
                RecordSource::Data { path, items: items.into() }
            }
            _ => {
                let both = raw.files.is_some();
                let what =
                    if both { "has both `files` and `data`" } else { "has neither `files` nor `data`" };
                let mut diagnostic = mistake(at.key(), format!("`{name}` {what}"));
                diagnostic
                    .help("set `files` if the records are pages, or `data` if they are in a JSON, YAML or TOML file");
                self.diagnostics.push(diagnostic);
                return None;
            }
        };
        let key = KeyPath::new(name);
        Some(Reference { noun: key.noun(), key, source, form: form(raw), declared: at.key() })
    }

    /// Says so where a data file has nothing at the pointer of a reference.
    fn look_for_items(&mut self, path: &Arc<Path>, items: &str, at: &Place<'_>) {
        let root = self.data.iter().find(|file| file.path == *path).and_then(|file| file.tree.root.as_ref());
        let Some(root) = root else {
            return self
                .diagnostics
                .push(mistake(at.value_of("data"), format!("`{}` is empty", path.display())));
        };
        let node = root.pointer(items).and_then(|path| root.at(&path));
        if node.is_some_and(Node::is_collection) {
            return;
        }
        let what = if node.is_some() { "neither a list nor a mapping" } else { "nothing" };
        let (place, message) = if items.is_empty() {
            (at.value_of("data"), format!("`{}` contains neither a list nor a mapping", path.display()))
        } else {
            (at.value_of("items"), format!("`{}` has {what} at `{items}`", path.display()))
        };
        let mut diagnostic = mistake(place, message);
        let lists = root.entries().iter().filter(|entry| entry.value.is_collection());
        let pointers: Vec<String> = lists.filter_map(|it| Some(format!("/{}", it.key.as_str()?))).collect();
        match nearest(items, pointers.iter().map(String::as_str)) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None if pointers.is_empty() => diagnostic.help("records must be a list or a mapping"),
            None => diagnostic.help(format!("available lists and mappings: {}", listed(&pointers))),
        };
        self.diagnostics.push(diagnostic);
    }
}

impl Collection {
    fn bare(name: &str, declared: Label) -> Self {
        Self {
            name: name.into(),
            index: 0,
            files: GlobSet::empty(),
            any_case: GlobSet::empty(),
            exclude: GlobSet::empty(),
            filter: None,
            schema_place: declared.clone(),
            declared,
            schema: None,
            fields: vec![],
            dates: vec![],
            unique: vec![],
            references: vec![],
            key_order: vec![],
            permalink: None,
            prose: vec![],
        }
    }
}

/// A path into a config file.
struct Place<'a> {
    source: &'a ConfigSource,
    path: Vec<Segment>,
}

impl<'a> Place<'a> {
    fn child(&self, name: &str) -> Place<'a> {
        Place { source: self.source, path: [&*self.path, &[Segment::key(name)]].concat() }
    }

    fn key(&self) -> Label {
        self.source.key_place(&self.path)
    }

    fn value(&self) -> Label {
        self.source.value_place(&self.path)
    }

    fn key_of(&self, name: &str) -> Label {
        self.child(name).key()
    }

    fn value_of(&self, name: &str) -> Label {
        self.child(name).value()
    }
}

/// Globs for which small and large letters are the same. One that is not well formed is left out.
fn globs_in_any_case<'t>(list: impl IntoIterator<Item = &'t str>) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for text in list {
        if let Ok(glob) = builder(text).case_insensitive(true).build() {
            set.add(glob);
        }
    }
    set.build().unwrap_or_default()
}

/// Names for a message, at most as many as people read.
fn listed(names: &[impl AsRef<str>]) -> String {
    const MOST: usize = 8;
    let shown: Vec<String> = names.iter().take(MOST).map(|name| format!("`{}`", name.as_ref())).collect();
    let more = names.len().saturating_sub(MOST);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    shown.join(", ") + &rest
}

/// Whether a collection is the one meant by `name`, or one of its files: `pages/index` belongs to `pages`.
fn is_or_belongs_to(collection: &str, name: &str) -> bool {
    collection.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A path as configs write it, relative to the site's root.
fn clean(path: &str) -> PathBuf {
    join(Path::new(""), path)
}
