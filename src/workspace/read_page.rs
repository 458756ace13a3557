//! The first phase: one page is read and looked at by itself.

use std::{
    collections::HashMap,
    io,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use xxhash_rust::xxh3::Xxh3;

use super::{Error, Options, open_site::OpenSite, site_facts::Outline, stored_page};
use crate::{
    config::Settings,
    diagnostic::Diagnostic,
    document::{Damage, Document, MAX_LEN},
    lint::{self, GuardedTask, Quota},
    paths, rules,
    secrets::Secrets,
    site::PageFacts,
    spelling::WordPlaces,
    suppress::trust::{self, Version},
    vfs::{Content, Difference, FileSystem as _},
};

/// A page after the first phase. Nothing in it depends on another page.
pub(super) struct ReadPage {
    pub(super) facts: Arc<PageFacts>,
    /// The settings that hold on it.
    pub(super) settings: Arc<Settings>,
    /// The settings that the config gives it, whatever its comments say.
    pub(super) base_settings: Arc<Settings>,
    pub(super) findings: Vec<Diagnostic>,
    /// How many findings of a rule are kept.
    pub(super) quota: Quota,
    /// The text, if there are findings or if the page may be fixed; of some other pages, too.
    pub(super) source: Option<Arc<str>>,
    /// Whether the text may have something that is not written elsewhere, and that reports do not show.
    pub(super) has_secrets: bool,
    /// Whether it could be read as text.
    pub(super) is_text: bool,
    /// What facts that leave the machine say of its text, where it is read for those.
    pub(super) outline: Option<Box<Outline>>,
    /// Whether it names a schema, which may change while the page does not.
    names_schema: bool,
    /// What it follows from; nothing where that is more than its content, its path and the config.
    pub(super) key: Option<FactsKey>,
}

impl ReadPage {
    /// Whether a page with the same key is the same.
    fn follows_from_key(&self) -> bool {
        let has_settings_of_config = Arc::ptr_eq(&self.settings, &self.base_settings);
        let is_sound = self.findings.iter().all(|it| it.rule != rules::INTERNAL_ERROR);
        self.is_text && !self.names_schema && has_settings_of_config && is_sound
    }
}

/// The hash of everything that a page's facts and findings follow from.
pub(super) type FactsKey = u128;

/// The keys of a page.
struct PageKey {
    /// What is kept of it.
    own: FactsKey,
    /// What is kept of it where it is checked, which is as much at least.
    checked: FactsKey,
}

/// What was read of pages, for another workspace or for the same one after its config changed: a page with the same
/// content, path and config is not read again.
#[derive(Clone, Default)]
pub struct Facts(HashMap<FactsKey, Arc<ReadPage>>);

impl Facts {
    pub(super) fn add(&mut self, page: &Arc<ReadPage>) {
        if let Some(key) = page.key.filter(|_| !page.names_schema) {
            self.0.insert(key, Arc::clone(page));
        }
    }

    fn get(&self, key: FactsKey) -> Option<Arc<ReadPage>> {
        self.0.get(&key).cloned()
    }
}

/// What pages are read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To check them.
    Check,
    /// To check and to change them.
    Fix,
    /// To index their content.
    Index,
    /// To write down what they say.
    Facts,
    /// To check other texts in their place: what they say is known.
    Known,
}

impl Purpose {
    /// How many findings are kept.
    pub(super) fn quota(self) -> Quota {
        if self == Self::Fix { Quota::Full } else { Quota::Proportional }
    }
}

/// Reads pages of a site.
pub(super) struct PageReader<'a> {
    pub(super) options: &'a Options<'a>,
    pub(super) purpose: Purpose,
    pub(super) site: &'a OpenSite,
    /// What is not written to a store.
    pub(super) secrets: Secrets,
    /// The bytes of text that may still be kept of pages without findings.
    spare: AtomicUsize,
}

/// The most text that is kept of pages without findings. The second phase may find something in them, and a report would
/// read them and look for secrets in them once more.
const MAX_SPARE_TEXT: usize = 16 << 20;

impl<'a> PageReader<'a> {
    pub(super) const fn new(
        options: &'a Options<'a>,
        purpose: Purpose,
        site: &'a OpenSite,
        secrets: Secrets,
    ) -> Self {
        Self { options, purpose, site, secrets, spare: AtomicUsize::new(MAX_SPARE_TEXT) }
    }

    /// Reads a page, unless `known` has it.
    pub(super) fn page(
        &self,
        path: &Arc<Path>,
        base_settings: &Arc<Settings>,
        known: &Facts,
    ) -> Result<Arc<ReadPage>, Error> {
        if let Some(known) = self.known(path, base_settings) {
            return known;
        }
        let content = self.content(path)?;
        let key = self.key(path, &content);
        let stored = |key| self.stored(key, path, base_settings, &content);
        if let Some(known) = key.as_ref().and_then(|key| known.get(key.own).or_else(|| stored(key))) {
            return Ok(known);
        }
        let key = key.map(|key| key.own);
        let outline = self.outline(&content);
        let page = ReadPage { outline, key, ..self.page_of(path, base_settings, content) };
        let may_be_stored = !page.has_secrets && page.follows_from_key() && !self.is_given(path);
        if let (Some(store), Some(key)) = (&self.site.store, key.filter(|_| may_be_stored))
            && let Some(bytes) = stored_page::encode(&page)
        {
            store.add(key, bytes);
        }
        Ok(Arc::new(page))
    }

    /// A page that is known from facts; `None` where it has to be read.
    fn known(&self, path: &Arc<Path>, base_settings: &Arc<Settings>) -> Option<Result<Arc<ReadPage>, Error>> {
        let known = self.options.site_facts.as_ref()?;
        if self.purpose != Purpose::Known && self.site.reports(path) {
            return None;
        }
        let root = &self.site.project.root;
        let Some(page) = known.page(root, path) else {
            let shown = paths::relative(&self.options.current, &root.join(path));
            return Some(Err(Error::Unreadable { path: shown, reason: "not in the facts".to_owned() }));
        };
        Some(Ok(Arc::new(ReadPage {
            facts: page.facts_in(&self.site.config.collections),
            settings: Arc::clone(base_settings),
            base_settings: Arc::clone(base_settings),
            findings: vec![],
            quota: self.purpose.quota(),
            source: None,
            // Its text is not known.
            has_secrets: true,
            is_text: true,
            outline: None,
            names_schema: false,
            key: None,
        })))
    }

    /// What facts that leave the machine say of a text.
    fn outline(&self, content: &Content) -> Option<Box<Outline>> {
        let Content::Bytes(bytes) = content else { return None };
        (self.purpose == Purpose::Facts).then(|| Box::new(Outline::of(bytes, &self.secrets)))
    }

    /// A page that an earlier run read. One whose findings are not reported may have been checked by that run.
    fn stored(
        &self,
        key: &PageKey,
        path: &Arc<Path>,
        base_settings: &Arc<Settings>,
        content: &Content,
    ) -> Option<Arc<ReadPage>> {
        let store = self.site.store.as_ref()?;
        let bytes = store.get(key.own).or_else(|| store.get(key.checked))?;
        let (facts, mut findings) = stored_page::decode(bytes, path, &self.site.config)?;
        if !self.site.reports(path) {
            findings.clear();
        }
        let text = content.text()?;
        let keeps_source = !findings.is_empty() || self.may_be_shown(path, text.len());
        let source = keeps_source.then(|| text.into());
        Some(Arc::new(ReadPage {
            facts: Arc::new(facts),
            settings: Arc::clone(base_settings),
            base_settings: Arc::clone(base_settings),
            findings,
            quota: self.purpose.quota(),
            source,
            has_secrets: false,
            is_text: true,
            outline: self.outline(content),
            names_schema: false,
            key: Some(key.own),
        }))
    }

    /// Whether the text of a page is not that of its file.
    fn is_given(&self, path: &Path) -> bool {
        let given = self.options.given.as_ref();
        let absolute = |path| paths::absolute(path, &self.options.current);
        given.is_some_and(|(given, _)| absolute(given) == self.site.project.root.join(path))
    }

    fn content(&self, path: &Path) -> Result<Content, Error> {
        let full = self.site.project.root.join(path);
        let shown = paths::relative(&self.options.current, &full);
        let is_named = self.site.request.files.contains(path) && !self.is_given(path);
        let read = || {
            let is_listed_by_walk = !is_named && self.options.site_facts.is_none();
            if !is_listed_by_walk && !self.site.files.holds(&full)? {
                return Err(io::Error::other("symlink points outside the site root"));
            }
            self.options.files.read(&full, MAX_LEN)
        };
        read().map_err(|error| Error::unreadable(&shown, &error))
    }

    /// What a page's facts follow from, unless that is more than can be said before it is read.
    fn key(&self, path: &Path, content: &Content) -> Option<PageKey> {
        let Content::Bytes(bytes) = content else { return None };
        let is_touched = |difference: &Difference| difference.touches(&self.site.project.root.join(path));
        if self.options.untrusted_change.is_some_and(is_touched) {
            return None;
        }
        let mut hasher = Xxh3::new();
        hasher.update(&self.site.digest.to_le_bytes());
        hasher.update(&[self.purpose as u8, u8::from(self.site.words)]);
        hasher.update(path.as_os_str().as_encoded_bytes());
        hasher.update(&[0]);
        hasher.update(bytes);
        let with = |is_checked: bool| {
            let mut hasher = hasher.clone();
            hasher.update(&[u8::from(is_checked)]);
            hasher.digest128()
        };
        let checked = with(true);
        Some(PageKey { own: if self.site.reports(path) { checked } else { with(false) }, checked })
    }

    /// The first phase over a content. A panic becomes a finding, and nothing else is known of the page then.
    pub(super) fn page_of(
        &self,
        path: &Arc<Path>,
        base_settings: &Arc<Settings>,
        content: Content,
    ) -> ReadPage {
        let read = || self.findings_of(path, base_settings, content);
        lint::guarded(path, GuardedTask::Check, read).unwrap_or_else(|error| {
            let findings = if self.purpose == Purpose::Index { vec![] } else { vec![*error] };
            let document = Document::damaged(path, "", Damage::Panic);
            self.page_with(document, findings, [base_settings, base_settings])
        })
    }

    /// The same without a guard against panics.
    pub(super) fn findings_of(
        &self,
        path: &Arc<Path>,
        base_settings: &Arc<Settings>,
        content: Content,
    ) -> ReadPage {
        let config = &self.site.config;
        let mut document = self.document(path, content);
        let settings = config.settings_on(&document, base_settings);
        let mut findings = Vec::new();
        if self.purpose != Purpose::Index {
            if let Err(mistakes) = config.check_own_schema(&self.site.config_files, &mut document) {
                findings.extend(mistakes.iter().cloned());
            }
            config.check_generator(&mut document);
            if self.purpose != Purpose::Facts && self.site.reports(path) {
                findings.extend(lint::check_within(self.purpose.quota(), &document, &settings));
            }
        }
        self.page_with(document, findings, [&settings, base_settings])
    }

    /// Whether the second phase may find something in a page, and there is room for its text.
    fn may_be_shown(&self, path: &Path, length: usize) -> bool {
        let take = |left: usize| left.checked_sub(length);
        self.purpose == Purpose::Check
            && self.site.reports(path)
            && self.spare.fetch_update(Relaxed, Relaxed, take).is_ok()
    }

    /// A page of which everything is known; with the settings that hold on it, and those that the config gives it.
    fn page_with(
        &self,
        document: Document,
        findings: Vec<Diagnostic>,
        settings: [&Arc<Settings>; 2],
    ) -> ReadPage {
        let config = &self.site.config;
        let is_text = document.damage.is_none();
        let keeps_source = self.purpose == Purpose::Fix
            || !findings.is_empty()
            || self.may_be_shown(&document.path, document.source.len());
        let source = keeps_source.then(|| Arc::clone(&document.source));
        let names_schema = config.names_own_schema(&document);
        // Of a page that is neither shown nor stored, nobody asks.
        let is_asked = source.is_some() || self.site.store.is_some();
        let has_secrets = !is_asked || !document.secrets(&self.secrets).is_empty();
        // Of other pages, those that are checked ask which words they have, not where.
        let is_judged = self.purpose != Purpose::Check || self.site.reports(&document.path);
        let places = if is_judged { WordPlaces::Kept } else { WordPlaces::LeftOut };
        let facts = Arc::new(if self.site.words {
            PageFacts::with_words_at(places, document, &config.sites)
        } else {
            PageFacts::of(document, &config.sites)
        });
        let [settings, base_settings] = settings.map(Arc::clone);
        ReadPage {
            facts,
            settings,
            base_settings,
            findings,
            quota: self.purpose.quota(),
            source,
            has_secrets,
            is_text,
            outline: None,
            names_schema,
            key: None,
        }
    }

    fn document(&self, path: &Arc<Path>, content: Content) -> Document {
        let config = &self.site.config;
        let collections = config.collections_for(path);
        let mut document = match content {
            Content::Bytes(bytes) => {
                Document::from_bytes(config.dialect_for(path), path, &bytes, &collections)
            }
            Content::TooLong(len) => Document::damaged(path, "", Damage::TooLong(len)),
        };
        config.equip(&mut document);
        if let Some(difference) = self.options.untrusted_change {
            self.distrust(&mut document, difference);
        }
        document
    }

    /// Removes the suppression comments that an untrusted change adds.
    fn distrust(&self, document: &mut Document, difference: &Difference) {
        let path = self.site.project.root.join(&document.path);
        if !difference.touches(&path) {
            return;
        }
        let checkers = document.checker_comments();
        if document.suppressions.is_empty() && checkers.is_empty() {
            return;
        }
        let bytes = match difference.before.read(difference.old_name(&path), MAX_LEN) {
            Ok(Content::Bytes(bytes)) => bytes,
            _ => vec![],
        };
        let dialect = self.site.config.dialect_for(&document.path);
        let old = Document::from_bytes(dialect, &document.path, &bytes, &[]);
        let old_checkers = old.checker_comments();
        let now = Version { source: &document.source, lines: &document.lines, checkers: &checkers };
        let before = Version { source: &old.source, lines: &old.lines, checkers: &old_checkers };
        trust::distrust(&mut document.suppressions, now, &old.suppressions, before);
    }
}
