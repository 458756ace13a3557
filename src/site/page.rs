//! One page: what it says by itself, and what follows from the site that it is in.

use std::{
    ops::Deref,
    path::Path,
    sync::{Arc, OnceLock},
};

use jiff::{Timestamp, civil};

use super::{
    generators::SiteKind,
    header::{HeaderLine, header_lines},
    urls::{ResolvedLinks, Sites},
};
use crate::{
    data::{Node, Tree},
    document::Document,
    front_matter::{Collection, DateKey, FrontMatter, Violation, usual_date_keys},
    links::UrlTarget,
    markdown::{Anchors, Definition, DialectName, Overlay},
    spelling::{PageLanguage, PageWords, Verdict, WordPlaces},
    suppress::Suppressions,
    text::{SlugStyle, Span},
};

/// The places of definitions that no link of the page uses, in source order; none where other pages, or what the page
/// includes, may use them.
fn unused_definitions(document: &Document) -> Vec<Span> {
    let may_be_for_others = document.is_preprocessed
        || document.shared.is_source(&document.path)
        || document.ast.definitions().is_empty()
        || document.inclusions().takes_in_files;
    if may_be_for_others {
        return vec![];
    }
    let uses = document.ast.definition_uses(&document.source);
    let all = uses.len();
    let mut unused: Vec<&Definition> = uses
        .into_iter()
        .filter(|it| it.users.is_empty() && it.first.is_none())
        .map(|it| it.definition)
        .collect();
    if unused.len() == all {
        // A page that uses none of its own has them for another one, except those of its own parts.
        unused.retain(|it| it.url.starts_with('#'));
    }
    unused.into_iter().map(|it| it.span).collect()
}

/// The facts of one page that others, and rules of the second phase, may ask for. Plain data that depends on the
/// page's text, its path and the config, and on no other page. The text is not among them.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PageFacts {
    /// The file, relative to the site's root. Who stores the facts knows it.
    #[serde(skip, default = "no_path")]
    pub path: Arc<Path>,
    /// The block at the top.
    pub front_matter: Option<FrontMatter>,
    /// What is in its first lines where the generator reads data from there, by key in lowercase.
    pub header: Box<[HeaderLine]>,
    /// The collection that the page belongs to. Who stores the facts stores its number.
    #[serde(skip)]
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
    /// Its URLs, in source order, without those of definitions that nothing uses: readers do not get them.
    pub targets: Box<[UrlTarget]>,
    /// The places of its URLs that the config excepts from the rules about links.
    pub ignored_links: Box<[Span]>,
    /// What links to it can point at; nothing where headings have no anchors.
    pub anchors: Option<Anchors>,
    /// The pages that it includes, as it names them.
    pub includes: Box<[Box<str>]>,
    /// Whether it is a page of an Obsidian vault, where links may name files by the ends of their paths.
    pub is_in_vault: bool,
    /// Length of the file in bytes, to notice when it changes under a run.
    pub len: u32,
    /// What the page has beyond Markdown, if anything.
    pub overlay: Option<Box<Overlay>>,
}

fn no_path() -> Arc<Path> {
    Arc::from(Path::new(""))
}

impl PageFacts {
    /// Keeps the facts of a document and drops the rest. The layouts say what anchors its headings have.
    pub fn of(mut document: Document, sites: &Sites) -> Self {
        let path = document.path.to_string_lossy();
        let site = sites.of(&path);
        let slugs = site.slugs_of(&path, document.collection.as_deref());
        let has_header = site.kind == Some(SiteKind::Pelican);
        let header = if has_header { header_lines(&document.source) } else { Box::default() };
        let targets = document.targets().iter();
        let ignored_links = targets.filter(|link| sites.exceptions.ignores(link)).map(|link| link.span);
        let ignored_links = ignored_links.collect();
        let unused = unused_definitions(&document);
        let is_read = |it: &UrlTarget| unused.binary_search(&it.owner).is_err();
        Self {
            ignored_links,
            language: PageLanguage::ENGLISH,
            anchors: (slugs != SlugStyle::None).then(|| document.anchors(slugs)),
            is_in_vault: document.dialect.has(DialectName::Wikilinks),
            includes: document.take_included_pages(),
            targets: document.take_targets().into_iter().filter(is_read).collect(),
            overlay: document.ast.take_overlay(),
            path: document.path,
            front_matter: document.front_matter,
            header,
            collection: document.collection,
            schema_findings: document.schema_findings,
            generator_findings: document.generator_findings,
            suppressions: document.suppressions,
            words: None,
            len: document.lines.text_len(),
        }
    }

    /// Keeps the facts of a document, its words among them, and drops the rest.
    pub fn with_words(document: Document, sites: &Sites) -> Self {
        Self::with_words_at(WordPlaces::Kept, document, sites)
    }

    /// The same with the places of words, or without them for a page whose words are not judged.
    pub fn with_words_at(places: WordPlaces, document: Document, sites: &Sites) -> Self {
        let language = document.language().clone();
        let (source, words) = (&document.source, document.words());
        let words = PageWords::gather(places, source, words, &document.ast, &language.language);
        Self { words: Some(words), language, ..Self::of(document, sites) }
    }

    /// Makes sure that facts which were read from elsewhere do not contradict themselves.
    ///
    /// # Errors
    ///
    /// What is wrong with them, as a phrase.
    pub fn require_sound(&self) -> Result<(), String> {
        let is_sound = self.anchors.as_ref().is_none_or(Anchors::is_sound)
            && self.words.as_ref().is_none_or(|words| words.is_sound(self.len));
        if is_sound { Ok(()) } else { Err("the facts of the page contradict each other".to_owned()) }
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

/// A page of a site: its facts, and what the site made of them, which is worked out when it is first asked for. The
/// facts may be those of a page of another site, too.
#[derive(Debug)]
pub struct Page {
    facts: Arc<PageFacts>,
    /// The day on which the page was added, where the site's history was asked for and knows it.
    pub added: Option<civil::Date>,
    /// When the last commit changed the page, where a rule asked for that and git knows it.
    pub changed: Option<Timestamp>,
    pub(super) leads: OnceLock<ResolvedLinks>,
    pub(super) verdicts: OnceLock<Box<[Verdict]>>,
}

impl Page {
    /// A page with the facts of a document, of which the rest is dropped.
    pub fn of(document: Document, sites: &Sites) -> Self {
        Self::from(Arc::new(PageFacts::of(document, sites)))
    }

    /// The same, its words among the facts.
    pub fn with_words(document: Document, sites: &Sites) -> Self {
        Self::from(Arc::new(PageFacts::with_words(document, sites)))
    }
}

impl Page {
    /// Its likely misspellings, if they were asked for.
    pub(crate) fn known_misspellings(&self) -> Option<&[Verdict]> {
        self.verdicts.get().map(|verdicts| &**verdicts)
    }

    /// Sets its likely misspellings to what an equal page has in an equal site.
    pub(crate) fn know_misspellings(&self, verdicts: Box<[Verdict]>) {
        // Those that are known already are the same.
        let _ = self.verdicts.set(verdicts);
    }

    /// The facts of the page, which others may keep.
    pub fn facts(&self) -> Arc<PageFacts> {
        Arc::clone(&self.facts)
    }
}

impl From<Arc<PageFacts>> for Page {
    fn from(facts: Arc<PageFacts>) -> Self {
        Self { facts, added: None, changed: None, leads: OnceLock::new(), verdicts: OnceLock::new() }
    }
}

impl Deref for Page {
    type Target = PageFacts;

    fn deref(&self) -> &PageFacts {
        &self.facts
    }
}
