//! What the pages tell each other: plain facts of every file, gathered after the first phase and read-only in the
//! second.

pub mod generators;
mod history;
mod records;
mod spellings;
pub mod urls;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::Path,
    sync::{Arc, OnceLock},
};

use jiff::civil;

use crate::{
    data::{Node, Tree},
    diagnostic::Label,
    document::Document,
    front_matter::{
        Collection, Comparison, DateKey, FrontMatter, KeyPath, Violation,
        dates::{self, DateForm},
        usual_date_keys,
    },
    links::{AddressKind, Target, WebAddress},
    markdown::{Anchors, Overlay},
    spelling::{PageLanguage, PageWord, PageWords, Project, Verdict, Vocabulary},
    suppress::Suppressions,
    text::{SlugStyle, Span},
};

pub use records::{Record, RecordText, Records};
pub use spellings::Spellings;

/// The fewest pages of a collection that show a gap of its schema.
const MIN_PAGES_OF_GAP: usize = 3;

/// The facts of one page that others, and rules of the second phase, may ask for. Plain data; the text is not among
/// them.
#[derive(Debug)]
pub struct Page {
    /// The file, relative to the site's root.
    pub path: Arc<Path>,
    /// The block at the top.
    pub front_matter: Option<FrontMatter>,
    /// The collection that the page belongs to.
    pub collection: Option<Arc<Collection>>,
    /// What the schema has to say.
    pub schema_findings: Vec<Violation>,
    /// What the schema of the site's generator has to say.
    pub generator_findings: Vec<Violation>,
    /// Comments that switch rules off.
    pub suppressions: Suppressions,
    /// Its language; English where spelling is not checked.
    pub language: PageLanguage,
    /// Its uncommon words, where spelling is checked.
    pub words: Option<PageWords>,
    /// Its URLs, in source order.
    pub targets: Box<[Target]>,
    /// The places of its URLs that the config excepts from the rules about links.
    pub ignored_links: Box<[Span]>,
    /// What links to it can point at; nothing where headings have no anchors.
    pub anchors: Option<Anchors>,
    /// The day on which the page was added, where the site's history was asked for and knows it.
    pub added: Option<civil::Date>,
    /// Length of the file in bytes, to notice when it changes under a run.
    pub len: u32,
    /// What the page has beyond Markdown, if anything.
    pub overlay: Option<Box<Overlay>>,
    leads: OnceLock<urls::ResolvedLinks>,
}

impl Page {
    /// Keeps the facts of a document and drops the rest. The layouts say what anchors its headings have.
    pub fn of(mut document: Document, sites: &urls::Sites) -> Self {
        let path = document.path.to_string_lossy();
        let slugs = sites.of(&path).slugs_of(&path, document.collection.as_deref());
        let targets = document.targets().iter();
        let ignored_links = targets.filter(|link| sites.exceptions.ignores(link)).map(|link| link.span);
        Self {
            ignored_links: ignored_links.collect(),
            language: PageLanguage::ENGLISH,
            anchors: (slugs != SlugStyle::None).then(|| document.anchors(slugs)),
            targets: document.take_targets(),
            overlay: document.ast.take_overlay(),
            path: document.path,
            front_matter: document.front_matter,
            collection: document.collection,
            schema_findings: document.schema_findings,
            generator_findings: document.generator_findings,
            suppressions: document.suppressions,
            words: None,
            added: None,
            len: document.lines.text_len(),
            leads: OnceLock::new(),
        }
    }

    /// Keeps the facts of a document, its words among them, and drops the rest.
    pub fn with_words(document: Document, sites: &urls::Sites) -> Self {
        let language = document.language().clone();
        let words = PageWords::gather(&document.source, document.words(), &document.ast, &language.language);
        Self { words: Some(words), language, ..Self::of(document, sites) }
    }

    /// The keys of this page that hold dates.
    pub fn date_keys(&self) -> &[DateKey] {
        match &self.collection {
            Some(collection) => collection.date_keys(),
            None => usual_date_keys(),
        }
    }

    /// The front matter, read.
    pub fn tree(&self) -> Option<&Tree> {
        Some(&self.front_matter.as_ref()?.tree)
    }

    /// The root of the front matter's tree.
    pub fn root(&self) -> Option<&Node> {
        self.tree()?.root.as_ref()
    }
}

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
    /// What all pages, the config and the data say about words.
    pub vocabulary: Vocabulary,
    /// The pages' places in `pages`, by path.
    by_path: HashMap<Box<str>, usize>,
    facts: Vec<CollectionFacts>,
    secure_hosts: OnceLock<HashSet<Box<str>>>,
    /// The texts of the data, which may name files.
    data_texts: Vec<Box<str>>,
}

/// What the pages of a collection say together.
#[derive(Debug, Default)]
struct CollectionFacts {
    /// Pages with front matter.
    pages: usize,
    /// The records of each of the collection's references, in their order.
    records: Vec<Records>,
    /// For each reference, how many pages use which id key.
    id_keys: Vec<Spellings>,
    /// For each top-level key without case, hyphens and underscores, how many pages spell it how.
    keys: HashMap<Box<str>, Spellings>,
    /// The pages that share a value of a unique key, the one that had it first in front.
    values: HashMap<(KeyPath, Box<str>), Vec<Holder>>,
    /// How many pages have a key that the schema does not know.
    unknown_keys: BTreeMap<Box<str>, usize>,
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
            .map(|collection| CollectionFacts {
                records: collection.references.iter().map(|it| Records::gather(it, &pages, data)).collect(),
                id_keys: vec![Spellings::default(); collection.references.len()],
                ..CollectionFacts::default()
            })
            .collect();
        let paths =
            pages.iter().enumerate().filter_map(|(index, page)| Some((page.path.to_str()?.into(), index)));
        let mut site = Self {
            by_path: paths.collect(),
            pages,
            collections,
            today,
            urls: urls::Urls::default(),
            vocabulary: Vocabulary::default(),
            facts,
            secure_hosts: OnceLock::new(),
            data_texts: data.iter().flat_map(texts).collect(),
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

    /// The place of the page with this path, relative to the site's root, in `pages`.
    pub fn page_at(&self, path: &str) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    /// Learns the words of the pages and of the data that they refer to, besides those of the config.
    pub fn with_spelling(mut self, project: &Project) -> Self {
        let mut project = project.clone();
        for record in self.facts.iter().flat_map(|facts| &facts.records).flat_map(Records::list) {
            for name in record.id_text().into_iter().chain(record.label_text()) {
                project.add(name);
            }
        }
        let words =
            self.pages.iter().filter_map(|page| Some((page.words.as_ref()?, &page.language.language)));
        self.vocabulary = Vocabulary::new(words, Arc::new(project));
        self
    }

    /// The likely misspellings of a page, in source order; none where spelling is not checked.
    pub fn misspellings<'a>(&'a self, page: &'a Page) -> &'a [Verdict] {
        page.words.as_ref().map_or(&[], |words| words.verdicts(&self.vocabulary, &page.language.language))
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

    /// The unknown keys of a collection and how many of its pages have each.
    pub fn unknown_keys(&self, collection: &Collection) -> impl Iterator<Item = (&str, usize)> {
        self.facts[collection.index].unknown_keys.iter().map(|(key, &count)| (&**key, count))
    }

    /// Whether nine of ten pages of a collection, and three at least, have an unknown key: its schema has a gap.
    pub fn is_schema_gap(&self, collection: &Collection, key: &str) -> bool {
        let facts = &self.facts[collection.index];
        facts.pages >= MIN_PAGES_OF_GAP
            && facts.unknown_keys.get(key).is_some_and(|count| count * 10 >= facts.pages * 9)
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
}

impl CollectionFacts {
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
        let mut unknown: Vec<_> = page.schema_findings.iter().filter_map(Violation::gap_key).collect();
        unknown.sort_unstable();
        unknown.dedup();
        for key in unknown {
            *self.unknown_keys.entry(key.into()).or_default() += 1;
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
