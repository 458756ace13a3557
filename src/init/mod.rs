//! What `copydesk init` proposes for a site whose pages no schema describes: collections, what their front matter
//! usually is, and what it refers to. Nothing here reads or writes a file.

mod config_text;
mod exclude;
mod group;
mod learn;
mod records;
mod shape;

use std::{collections::BTreeMap, ops::ControlFlow, path::Path, sync::Arc};

use serde_json::{Map, Value};

pub use config_text::{config_text, on_one_line};

use crate::{
    data::{Node, Tree},
    front_matter::dates::DateForm,
    site::Page,
};
use group::{GroupReach, PageGroup, escaped};
use learn::Learner;
use records::{LearnedReference, RecordPlace, RecordSet};
use shape::Shape;

/// A collection that a site has by the look of its pages.
#[derive(Debug)]
pub struct Proposal {
    /// The name of the collection.
    pub name: String,
    /// The glob of its pages.
    pub files: String,
    /// Globs of pages that are something else.
    pub exclude: Vec<String>,
    /// How many pages it has.
    pub pages: usize,
    /// A JSON Schema of their front matter.
    pub schema: Value,
    /// What few pages have and the schema does not allow, in order of the keys.
    pub outliers: Vec<Outlier>,
    dates: Vec<(String, Option<DateForm>)>,
    unique: Vec<String>,
    references: Vec<(String, LearnedReference)>,
}

/// A value or key that few pages have and that the schema does not allow.
#[derive(Debug)]
pub struct Outlier {
    /// A page that has it.
    pub path: Arc<Path>,
    /// What it is: `key: what is unusual`.
    pub text: String,
}

/// Keys whose values tell pages apart.
const UNIQUE_KEYS: [&str; 4] = ["slug", "permalink", "url", "id"];

/// Proposes collections for pages that have none. `data` are the site's data files, by path.
pub fn propose(pages: &[Page], data: &[(String, Tree)]) -> Vec<Proposal> {
    let groups = group::groups(pages);
    let globs: Vec<String> = groups.iter().map(glob).collect();
    let mut sets: Vec<RecordSet> =
        data.iter().flat_map(|(path, tree)| RecordSet::of_data(path, tree)).collect();
    sets.extend(groups.iter().zip(&globs).map(|(group, glob)| RecordSet::of_pages(group, glob)));
    let mut names = Names::default();
    let proposals = groups.iter().zip(globs);
    proposals.map(|(group, glob)| proposal(group, names.of(group), glob, &sets)).collect()
}

/// What the front matter of some pages usually is: the pages that `picks` picks, whose glob is `files`. `None` if there are
/// none.
pub fn infer(
    pages: &[Page],
    picks: impl Fn(&Path) -> bool,
    files: &str,
    data: &[(String, Tree)],
) -> Option<Proposal> {
    let pages: Vec<&Page> = pages.iter().filter(|page| picks(&page.path)).collect();
    let folder = files.rsplit_once('/').map_or("", |(folder, _)| folder).trim_end_matches("/**");
    let group = PageGroup { folder: folder.to_owned(), pages, reach: GroupReach::Inside, exclude: vec![] };
    let sets: Vec<RecordSet> = data.iter().flat_map(|(path, tree)| RecordSet::of_data(path, tree)).collect();
    let name = Names::default().of(&group);
    (!group.pages.is_empty()).then(|| proposal(&group, name, files.to_owned(), &sets))
}

fn proposal(group: &PageGroup<'_>, name: String, files: String, sets: &[RecordSet]) -> Proposal {
    let own = RecordPlace::Pages { files: files.clone() };
    let shapes = shapes(group);
    let mut references = Vec::new();
    let mut dates = Vec::new();
    each_key(&shapes, "", &mut |path, shape| {
        if shape.is_date() {
            dates.push((path.to_owned(), shape.texts.date_form()));
        } else if let Some(reference) = records::reference(path, shape, sets, &own) {
            references.push((path.to_owned(), reference));
            // The keys below are parts of the reference.
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    let is_below = |path: &str, key: &str| {
        path.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let refers = |path: &str| references.iter().any(|(key, _)| is_below(path, key));
    let mut learner = Learner { has_own_check: &refers, outliers: vec![] };
    let mapping = learner.mapping(&shapes, group.pages.len(), "");
    let outliers = learner.outliers.into_iter().map(|outlier| Outlier {
        path: Arc::clone(&group.pages[outlier.page].path),
        text: format!("`{}` {}", outlier.key, outlier.what),
    });
    let unique = UNIQUE_KEYS.into_iter().filter(|key| shapes.get(*key).is_some_and(tells_apart));
    Proposal {
        schema: whole_schema(&name, group.pages.len(), mapping),
        outliers: outliers.collect(),
        unique: unique.map(str::to_owned).collect(),
        exclude: group.exclude.clone(),
        pages: group.pages.len(),
        name,
        files,
        dates,
        references,
    }
}

fn shapes(group: &PageGroup<'_>) -> BTreeMap<String, Shape> {
    let mut shapes: BTreeMap<String, Shape> = BTreeMap::new();
    for (number, page) in group.pages.iter().enumerate() {
        for entry in page.root().map_or(&[][..], Node::entries) {
            if let Some(key) = entry.key.as_str() {
                shapes.entry(key.to_owned()).or_default().add(&entry.value, number);
            }
        }
    }
    shapes
}

/// Visits the keys, by path, and those of mappings below them unless the visit breaks off there.
fn each_key(
    keys: &BTreeMap<String, Shape>,
    at: &str,
    visit: &mut impl FnMut(&str, &Shape) -> ControlFlow<()>,
) {
    for (key, shape) in keys {
        let path = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
        if visit(&path, shape).is_continue() {
            each_key(&shape.keys, &path, visit);
        }
    }
}

/// Whether no two pages have the same value.
fn tells_apart(shape: &Shape) -> bool {
    let texts = &shape.texts;
    texts.count > 1 && texts.count == shape.values && texts.count == texts.counts.len()
}

fn whole_schema(name: &str, pages: usize, learned: Map<String, Value>) -> Value {
    let mut schema = Map::new();
    schema.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    schema.insert("title".into(), name.into());
    schema.insert("description".into(), format!("Front matter, as it is on {pages} pages.").into());
    schema.extend(learned);
    schema.into()
}

/// The glob of the pages of a group.
fn glob(group: &PageGroup<'_>) -> String {
    let mut extensions: Vec<String> = group
        .pages
        .iter()
        .filter_map(|page| Some(page.path.extension()?.to_string_lossy().to_lowercase()))
        .collect();
    extensions.sort();
    extensions.dedup();
    let ending = match &*extensions {
        [one] => one.clone(),
        many => format!("{{{}}}", many.join(",")),
    };
    let folder = if group.folder.is_empty() { String::new() } else { format!("{}/", escaped(&group.folder)) };
    let reach = match group.reach {
        GroupReach::Below => "**/",
        GroupReach::Inside => "",
    };
    format!("{folder}{reach}*.{ending}")
}

/// Gives collections the names of their folders, each another.
#[derive(Default)]
struct Names(BTreeMap<String, usize>);

impl Names {
    fn of(&mut self, group: &PageGroup<'_>) -> String {
        let folder = group.folder.rsplit('/').next().unwrap_or_default();
        let name: String =
            folder.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
        let name = name.trim_matches('-');
        let name = if name.is_empty() { "pages" } else { name };
        let count = self.0.entry(name.to_owned()).or_default();
        *count += 1;
        if *count == 1 { name.to_owned() } else { format!("{name}-{count}") }
    }
}
