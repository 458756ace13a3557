//! What the pages tell each other: plain facts of every file, gathered after the first phase and read-only in the
//! second.

mod alone;
mod before;
mod checked_data;
mod gaps;
pub mod generators;
mod header;
mod history;
mod images;
mod inclusions;
mod keys;
mod labels;
mod page;
mod records;
mod spellings;
mod tags;
mod translations;
pub mod urls;
mod values;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    path::Path,
    sync::{Arc, OnceLock},
};

use jiff::civil;

use crate::{
    data::{Node, Tree},
    diagnostic::Label,
    front_matter::{
        Collection, Comparison, DateKey, FormSource, KeyPath, Violation,
        dates::{self, DateForm},
    },
    links::{AddressKind, LinkReport, WebAddress},
    spelling::{self, Language, PageWord, PageWords, ProjectWords, Verdict, Vocabulary},
};

pub use alone::Alone;
pub use before::{Before, OldPage, RouteChanges};
pub use checked_data::{CheckedData, UndeclaredKeys};
pub use gaps::GapKind;
pub use header::HeaderLine;
pub use images::{ImageSize, Images};
pub use page::{Page, PageFacts};
pub use records::{Record, RecordText, Records};
pub use spellings::Spellings;

/// A data file that a collection refers to.
#[derive(Debug)]
pub struct DataFile {
    /// The file, relative to the site's root.
    pub path: Arc<Path>,
    /// Its content.
    pub tree: Tree,
}

/// Every page by path, the site's data, and what follows from them together.
#[derive(Debug)]
pub struct Site {
    /// The pages, by path.
    pub pages: Vec<Page>,
    /// The collections, in the order of the config.
    pub collections: Vec<Arc<Collection>>,
    /// The day that dates are measured against.
    pub today: civil::Date,
    /// The URLs of pages and files.
    pub urls: urls::Urls,
    /// What a link checker found out about external URLs.
    pub link_report: Option<Arc<LinkReport>>,
    /// The sizes of its images.
    pub images: Arc<images::Images>,
    /// What all pages, the config and the data say about words.
    pub vocabulary: Vocabulary,
    /// The pages' places in `pages`, by path.
    by_path: HashMap<Box<str>, usize>,
    facts: Vec<CollectionFacts>,
    secure_hosts: OnceLock<HashSet<Box<str>>>,
    mostly_other_languages: OnceLock<bool>,
    key_counts: OnceLock<keys::KeyCounts>,
    tags: OnceLock<tags::Tags>,
    value_counts: OnceLock<values::ValueCounts>,
    /// The texts of the data, which may name files.
    data_texts: Vec<Box<str>>,
    checked_data: Vec<Arc<CheckedData>>,
    extent: Extent,
    inclusions: OnceLock<inclusions::Inclusions>,
    labels: OnceLock<HashSet<Box<str>>>,
    before: Option<Arc<Before>>,
}

/// How much of a site is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    /// All of its pages and files.
    #[default]
    Whole,
    /// One page: what depends on other pages or on files is not judged.
    OnePage,
}

/// What the pages of a collection say together.
#[derive(Debug, Default)]
struct CollectionFacts {
    /// Pages with front matter.
    pages: usize,
    /// The records of each of the collection's references, in their order.
    records: Vec<Arc<Records>>,
    /// For each reference, how many pages use which id key.
    id_keys: Vec<Spellings>,
    /// For each top-level key without case, hyphens and underscores, how many pages spell it how.
    keys: HashMap<Box<str>, Spellings>,
    /// The pages that share a value of a unique key, the one that had it first in front.
    values: HashMap<(KeyPath, Box<str>), Vec<Holder>>,
    /// How many pages have a key that the schema does not know.
    unknown_keys: BTreeMap<Box<str>, usize>,
    /// How many pages lack a key that the schema requires.
    missing_keys: BTreeMap<Box<str>, usize>,
    /// Keys with values that the schema does not allow, by how many pages have such a value.
    invalid_keys: BTreeMap<Box<str>, usize>,
    /// How the dates of a key fit the days on which the pages were added.
    histories: HashMap<KeyPath, history::History>,
    /// How many values of a date key have which form.
    date_forms: HashMap<KeyPath, BTreeMap<DateForm, usize>>,
}

/// A page that has a value, and where.
#[derive(Debug, Clone)]
pub struct Holder {
    /// The date that the page gives itself first, if any: of two pages that share a value, the later one copied it.
    date: Option<civil::DateTime>,
    /// The place of the value.
    pub place: Label,
}

impl Site {
    /// Gathers the facts of all pages.
    pub fn new(
        mut pages: Vec<Page>,
        collections: Vec<Arc<Collection>>,
        data: &[DataFile],
        today: civil::Date,
    ) -> Self {
        pages.sort_by(|a, b| a.path.cmp(&b.path));
        let facts = collections
            .iter()
            .map(|it| CollectionFacts::of_records(Records::gather_all(it, &pages, data)))
            .collect();
        let data_texts = data.iter().flat_map(texts).collect();
        Self { data_texts, ..Self::of_facts(pages, collections, facts, today) }
    }

    /// Gathers what the pages say of their collections, whose records are known.
    fn of_facts(
        pages: Vec<Page>,
        collections: Vec<Arc<Collection>>,
        facts: Vec<CollectionFacts>,
        today: civil::Date,
    ) -> Self {
        let paths =
            pages.iter().enumerate().filter_map(|(index, page)| Some((page.path.to_str()?.into(), index)));
        let mut site = Self {
            by_path: paths.collect(),
            pages,
            collections,
            today,
            urls: urls::Urls::default(),
            link_report: None,
            images: Arc::default(),
            vocabulary: Vocabulary::default(),
            facts,
            secure_hosts: OnceLock::new(),
            mostly_other_languages: OnceLock::new(),
            key_counts: OnceLock::new(),
            tags: OnceLock::new(),
            value_counts: OnceLock::new(),
            data_texts: vec![],
            checked_data: vec![],
            extent: Extent::Whole,
            inclusions: OnceLock::new(),
            labels: OnceLock::new(),
            before: None,
        };
        for page in &site.pages {
            if let (Some(collection), Some(root)) = (&page.collection, page.root()) {
                site.facts[collection.index].add(page, collection, root);
            }
        }
        for facts in &mut site.facts {
            facts.histories.values_mut().for_each(history::History::sort);
            for holders in facts.values.values_mut() {
                holders.sort_by(|a, b| (a.date, &a.place.path).cmp(&(b.date, &b.place.path)));
            }
        }
        site
    }

    /// How much of the site is known.
    pub const fn extent(&self) -> Extent {
        self.extent
    }

    /// The place of the page with this path, relative to the site's root, in `pages`.
    pub fn page_at(&self, path: &str) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    /// Learns the words of the pages and of the data that they refer to, besides those of the config.
    pub fn with_spelling(mut self, project: &ProjectWords) -> Self {
        let mut project = project.clone();
        let records = self.facts.iter().flat_map(|facts| &facts.records);
        records.for_each(|records| records.teach(&mut project));
        let words =
            self.pages.iter().filter_map(|page| Some((page.words.as_ref()?, &page.language.language)));
        self.vocabulary = Vocabulary::new(words, Arc::new(project));
        self
    }

    /// The likely misspellings of a page, in source order; none where spelling is not checked.
    pub fn misspellings<'a>(&'a self, page: &'a Page) -> &'a [Verdict] {
        let Some(words) = &page.words else { return &[] };
        let is_unsure = page.language.language == Language::English && !page.language.is_certain;
        if is_unsure && self.is_mostly_in_other_languages() {
            return &[];
        }
        page.verdicts
            .get_or_init(|| spelling::verdicts(words, &self.vocabulary, &page.language.language).into())
    }

    /// Whether more pages are in other languages than are certainly in English: then a page whose language nothing tells may
    /// well be in one of them.
    fn is_mostly_in_other_languages(&self) -> bool {
        let count = || {
            let languages = || self.pages.iter().map(|page| &page.language);
            let english = languages().filter(|it| it.language == Language::English && it.is_certain).count();
            languages().filter(|it| it.language != Language::English).count() > english
        };
        *self.mostly_other_languages.get_or_init(count)
    }

    /// Those of them whose score reaches the threshold of the configured sensitivity.
    pub fn reported_misspellings<'a>(&'a self, page: &'a Page) -> Vec<&'a Verdict> {
        let threshold = self.vocabulary.project.sensitivity.threshold();
        self.misspellings(page).iter().filter(|verdict| verdict.score >= threshold).collect()
    }

    /// The words in the prose of a page that neither the lexicon nor the project has.
    pub fn unknown_words<'a>(&'a self, page: &'a Page) -> impl Iterator<Item = &'a PageWord> {
        let words = page.words.iter().flat_map(PageWords::all);
        words.filter(|word| word.is_unknown() && !self.vocabulary.project.has(&word.text))
    }

    /// Whether a page links to this host, written in lowercase, over `https`.
    pub fn has_secure_host(&self, host: &str) -> bool {
        let gather = || {
            let targets = self.pages.iter().flat_map(|page| &page.targets);
            let web = targets.filter(|target| target.address == AddressKind::Web);
            let secure =
                web.filter_map(|target| WebAddress::of(&target.url)).filter(|web| !web.is_insecure());
            secure.map(|web| web.host().to_ascii_lowercase().into()).collect()
        };
        self.secure_hosts.get_or_init(gather).contains(host)
    }

    /// The pages of a collection that have front matter.
    pub fn page_count(&self, collection: &Collection) -> usize {
        self.facts[collection.index].pages
    }

    /// The records that the nth reference of a collection may name.
    pub fn records(&self, collection: &Collection, reference: usize) -> &Records {
        &self.facts[collection.index].records[reference]
    }

    /// How the pages of a collection spell the id key of its nth reference.
    pub fn id_keys(&self, collection: &Collection, reference: usize) -> &Spellings {
        &self.facts[collection.index].id_keys[reference]
    }

    /// How the pages of a collection spell a top-level key.
    pub fn key_spellings(&self, collection: &Collection, key: &str) -> Option<&Spellings> {
        self.facts[collection.index].keys.get(&bare(key))
    }

    /// The page that had a unique value before `page`, if one had.
    pub fn first_holder(
        &self,
        collection: &Collection,
        key: &KeyPath,
        value: &str,
        page: &Page,
    ) -> Option<&Label> {
        let holders = self.facts[collection.index].values.get(&(key.clone(), value.into()))?;
        let first = holders.first()?;
        (first.place.path != page.path).then_some(&first.place)
    }

    /// The day on which a page was added, if one of its dates is about a year off it and those of the pages that were
    /// added around the same time are not.
    pub fn contradicting_addition(
        &self,
        page: &Page,
        key: &KeyPath,
        date: civil::Date,
    ) -> Option<civil::Date> {
        let history = self.facts[page.collection.as_ref()?.index].histories.get(key)?;
        page.added.filter(|added| history.is_stale(*added, date))
    }

    /// The form that most values of a date key have; `None` where others are more than exceptions: more than two, and
    /// more than one of twenty, or more than one of five.
    pub fn usual_date_form(&self, collection: &Collection, key: &KeyPath) -> Option<(DateForm, usize)> {
        let forms = self.facts[collection.index].date_forms.get(key)?;
        let (form, count) = forms.iter().max_by_key(|(_, count)| **count)?;
        let others: usize = forms.values().sum::<usize>() - count;
        let are_exceptions = others <= 2 || 20 * others <= count + others;
        (*count >= 3 && *count >= 4 * others && are_exceptions).then_some((*form, *count))
    }

    /// Whether the pages of a collection write a date in this form although a CMS would write another: half of those that
    /// have it, and three at least.
    pub fn writes_dates_as(&self, collection: &Collection, date: &DateKey, form: DateForm) -> bool {
        let forms = self.facts[collection.index].date_forms.get(&date.key);
        let count = forms.and_then(|forms| forms.get(&form)).copied().unwrap_or_default();
        let all: usize = forms.into_iter().flatten().map(|(_, count)| count).sum();
        date.form_source == FormSource::Cms && count >= 3 && count * 2 >= all
    }
}

impl CollectionFacts {
    const fn gap_keys(&self, kind: GapKind) -> &BTreeMap<Box<str>, usize> {
        match kind {
            GapKind::Unknown => &self.unknown_keys,
            GapKind::Missing => &self.missing_keys,
            GapKind::Invalid => &self.invalid_keys,
        }
    }

    /// No page yet, and the records of each reference.
    fn of_records(records: Vec<Arc<Records>>) -> Self {
        Self { id_keys: vec![Spellings::default(); records.len()], records, ..Self::default() }
    }

    fn add(&mut self, page: &Page, collection: &Collection, root: &Node) {
        self.pages += 1;
        for entry in root.entries() {
            if let Some(key) = entry.key.as_str() {
                self.keys.entry(bare(key)).or_default().add(key);
            }
        }
        for (reference, spellings) in collection.references.iter().zip(&mut self.id_keys) {
            if let Some(key) = reference.id_keys_in(root).next() {
                spellings.add(key.as_str().unwrap_or_default());
            }
        }
        for (kind, counts) in [
            (GapKind::Unknown, &mut self.unknown_keys),
            (GapKind::Missing, &mut self.missing_keys),
            (GapKind::Invalid, &mut self.invalid_keys),
        ] {
            let findings =
                page.schema_findings.iter().flat_map(|it| std::iter::once(it).chain(it.absorbed()));
            let of_kind = findings.filter(|finding| GapKind::of(finding) == Some(kind));
            for key in of_kind.filter_map(Violation::gap_key).collect::<BTreeSet<_>>() {
                *counts.entry(key.into()).or_default() += 1;
            }
        }
        for date in collection.date_keys() {
            for form in date.key.find_all(root).filter_map(Node::text).filter_map(DateForm::of) {
                *self.date_forms.entry(date.key.clone()).or_default().entry(form).or_default() += 1;
            }
        }
        self.add_history(page, collection, root);
        let date =
            collection.date_keys().iter().find_map(|date| dates::parse(date.key.find(root)?.text()?).ok());
        for key in &collection.unique {
            if let Some((node, text)) = key.find(root).and_then(|node| Some((node, node.text()?)))
                && !text.is_empty()
                && !node.is_null()
            {
                let place = Label::new(&page.path, node.span);
                let date = date.map(|date| date.datetime);
                self.values.entry((key.clone(), text.into())).or_default().push(Holder { date, place });
            }
        }
    }

    fn add_history(&mut self, page: &Page, collection: &Collection, root: &Node) {
        let Some(added) = page.added else { return };
        for key in collection.dates.iter().filter(|key| key.compare == Comparison::History) {
            if let Some(stamp) = key.key.find(root).and_then(|node| dates::parse(node.text()?).ok()) {
                self.histories.entry(key.key.clone()).or_default().add(added, stamp.datetime.date());
            }
        }
    }
}

/// The texts of a data file that may be names of files.
fn texts(data: &DataFile) -> impl Iterator<Item = Box<str>> {
    let values = data.tree.root.iter().flat_map(Node::values);
    values.filter_map(|(_, node)| node.as_str()).filter(|text| text.contains('.')).map(Into::into)
}

/// A key without case, hyphens and underscores: `subTitle`, `subtitle` and `sub_title` are one thing.
fn bare(key: &str) -> Box<str> {
    key.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}
