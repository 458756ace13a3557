//! Whether an unknown word is a slip, and of what: what speaks for it and against it, summed up.

use std::cell::OnceCell;

use super::{
    brands::Brand,
    candidates::{self, Candidate, CandidateSource},
    derivation::{Derivation, derivation, differ_in_prefix},
    edit_kind::EditKind,
    language::Language,
    lexicon::{self, LexiconEntry},
    page_terms::{PageTerms, Slips},
    page_words::{PageWord, PageWords, WordPlace},
    traits::Traits,
    vocabulary::Vocabulary,
    weights as w,
    word_shape::{WordShape, is_inflected_abbreviation},
};

/// A slip, more or less likely.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Verdict {
    /// The word, without a possessive `'s`.
    pub word: Box<str>,
    /// Where it stands.
    pub place: WordPlace,
    /// What is meant.
    pub candidate: Candidate,
    /// The sum of what speaks for and against it.
    pub score: f32,
}

/// What speaks for or against a slip.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// In words.
    pub reason: &'static str,
    /// How much, negative when against.
    pub weight: f32,
}

/// Takes what speaks for and against: its sum, or every part of it.
pub(super) trait Tally: Default + Clone {
    /// Adds a part; one that weighs nothing is none.
    fn add(&mut self, weight: f32, reason: &'static str);
    /// The sum so far.
    fn sum(&self) -> f32;
}

impl Tally for f32 {
    fn add(&mut self, weight: f32, _reason: &'static str) {
        *self += weight;
    }

    fn sum(&self) -> f32 {
        *self
    }
}

impl Tally for Vec<Part> {
    fn add(&mut self, weight: f32, reason: &'static str) {
        if weight != 0.0 {
            self.push(Part { reason, weight });
        }
    }

    fn sum(&self) -> f32 {
        self.iter().map(|part| part.weight).sum()
    }
}

/// Unknown words of a page that are compared with others. Beyond so many, which no prose has, only known misspellings count.
const MAX_COMPARED: usize = 5_000;

/// The slips of a page that score at least [`w::SENSITIVE`], in source order.
pub fn verdicts(page: &PageWords, site: &Vocabulary, language: &Language) -> Vec<Verdict> {
    let words = page.all().iter().enumerate();
    let mut suspects = words.filter(|(_, word)| is_suspect(word)).peekable();
    if suspects.peek().is_none() {
        return vec![];
    }
    let terms = PageTerms::of(page, site, language);
    let mut verdicts = Vec::new();
    for (number, (index, word)) in suspects.filter(|(index, _)| !terms.is_own(*index)).enumerate() {
        // In other languages only terms may be meant, and hardly a word is near one.
        let is_alone = || {
            let slips = Slips::of(WordShape::of(&word.text), language);
            !terms.may_be_meant(page, index, slips) && site.terms_near(&word.text, slips).next().is_none()
        };
        if *language != Language::English && is_alone() {
            continue;
        }
        let suspect = Suspect::new(word, page, site);
        let search = if number < MAX_COMPARED { SearchMode::Quick } else { SearchMode::Listed };
        let judged = suspect.verdicts::<f32>(&terms, language, search).into_iter();
        verdicts.extend(judged.map(|(verdict, _)| verdict).filter(|verdict| verdict.score >= w::SENSITIVE));
    }
    verdicts.sort_by_key(|verdict| verdict.place.span);
    verdicts
}

/// Whether words that cannot be slips, whatever is near them, are searched for what they may be a slip of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SearchMode {
    /// They are not: it would take time and change nothing.
    Quick,
    /// They are: somebody wants to know.
    Thorough,
    /// No word is; known misspellings are found all the same.
    Listed,
}

/// Whether a word is the digest of a commit that happens to have no digit.
fn is_digest(text: &str) -> bool {
    const SHORTEST: usize = 7;
    text.len() >= SHORTEST && text.bytes().all(|byte| matches!(byte, b'a'..=b'f'))
}

/// Whether a word may be a slip, unless it is one of the project's.
fn is_suspect(word: &PageWord) -> bool {
    let text = &*word.text;
    word.is_unknown()
        && text.is_ascii()
        && !is_inflected_abbreviation(text)
        && !is_digest(text)
        && Brand::of(text).is_none_or(|brand| brand.name != text)
}

/// What the misspelling dictionary says, where it says the same as the best candidate and is sure enough by itself.
fn prefer_listed<'a, T: Tally>(
    best: &'a (&'a Candidate, T),
    judged: &'a [(&'a Candidate, T)],
) -> &'a (&'a Candidate, T) {
    let agrees = |listed: &Candidate| listed.text == best.0.text || listed.others.contains(&best.0.text);
    judged
        .iter()
        .find(|(listed, tally)| {
            listed.source == CandidateSource::Misspelling && tally.sum() >= w::STRICT && agrees(listed)
        })
        .unwrap_or(best)
}

/// The likeliest candidate at one slip's distance, where the best one is two slips away and hardly likelier.
fn prefer_nearer<'a, T: Tally>(
    best: &'a (&'a Candidate, T),
    judged: &'a [(&'a Candidate, T)],
) -> &'a (&'a Candidate, T) {
    if best.0.source != CandidateSource::Word || !best.0.edit_kind.is_two_slips() {
        return best;
    }
    let margin = if best.0.text.len() >= w::LONG_NAME { w::NEARER_LONG } else { w::NEARER };
    let near = judged.iter().filter(|(candidate, tally)| {
        !candidate.edit_kind.is_two_slips() && tally.sum() >= w::STRICT.max(best.1.sum() - margin)
    });
    near.max_by(|a, b| a.1.sum().total_cmp(&b.1.sum())).unwrap_or(best)
}

/// An unknown word with what page and site say about it.
pub(super) struct Suspect<'a> {
    pub(super) word: &'a PageWord,
    pub(super) lower: String,
    pub(super) shape: WordShape,
    pub(super) page: &'a PageWords,
    pub(super) site: &'a Vocabulary,
    /// How often it is on the page, code included.
    pub(super) count: u32,
    /// On how many other pages it stands.
    pub(super) other_pages: u32,
    pub(super) in_code: bool,
    derivation: OnceCell<Option<Derivation>>,
}

impl<'a> Suspect<'a> {
    pub(super) fn new(word: &'a PageWord, page: &'a PageWords, site: &'a Vocabulary) -> Self {
        let lower = word.text.to_ascii_lowercase();
        let cases = page.cases(&word.text);
        let elsewhere = |text: &str| site.pages(text).saturating_sub(u32::from(page.get(text).is_some()));
        let mut other_pages = elsewhere(&word.text);
        if lower != *word.text {
            other_pages += elsewhere(&lower);
        }
        Self {
            shape: WordShape::of(&word.text),
            page,
            site,
            count: cases.iter().map(PageWord::count_without_copies).sum::<u32>()
                + cases.first().map_or(0, |word| word.in_code),
            other_pages,
            in_code: cases.iter().any(|word| word.in_code > 0),
            word,
            lower,
            derivation: OnceCell::new(),
        }
    }

    /// How it may be made of known words.
    pub(super) fn derivation(&self) -> Option<Derivation> {
        *self.derivation.get_or_init(|| derivation(&self.lower))
    }

    /// The best candidate at each place of the word, and what speaks for and against it there.
    pub(super) fn verdicts<T: Tally>(
        &self,
        terms: &PageTerms<'_>,
        language: &Language,
        search: SearchMode,
    ) -> Vec<(Verdict, T)> {
        // Places where the same words fit share what is found.
        let mut all_found: Vec<(Traits, Vec<(Candidate, T)>)> = Vec::new();
        let mut verdicts = Vec::new();
        for place in self.word.places.iter().filter(|place| !place.traits.has(Traits::MEANT)) {
            let fitting = place.traits.and(Traits::FITTING);
            let at = all_found.iter().position(|(traits, _)| *traits == fitting).unwrap_or_else(|| {
                let mut found = Vec::new();
                candidates::find(self, terms, language, search, fitting, |it, tally| found.push((it, tally)));
                all_found.push((fitting, found));
                all_found.len() - 1
            });
            let found = &all_found[at].1;
            // Beside a slash, words are too often parts of names to be sure of less than a known misspelling.
            let is_told = |it: &&(Candidate, T)| {
                it.0.source == CandidateSource::Misspelling
                    || !place.traits.has(Traits::SLASHED)
                        && !differ_in_prefix(&self.lower, &it.0.text.to_ascii_lowercase())
            };
            let judged = found.iter().filter(is_told).map(|(candidate, base)| {
                let mut tally = base.clone();
                self.against(place, candidate, &mut tally);
                (candidate, tally)
            });
            let judged: Vec<_> = judged.collect();
            let fit = |it: &(&Candidate, T)| it.1.sum() + fitting.fit(&it.0.text);
            let best = judged.iter().max_by(|a, b| fit(a).total_cmp(&fit(b)));
            let best = best
                .map(|best| prefer_nearer(best, &judged))
                .map(|best| prefer_listed(best, &judged))
                .cloned();
            if let Some((candidate, mut tally)) = best {
                // That another word is likelier makes a slip likely; which word is meant is another question.
                let likeliest = judged.iter().map(|(_, tally)| tally.sum()).fold(tally.sum(), f32::max);
                if fitting != Traits::default() {
                    tally.add(likeliest - tally.sum(), "fits between the words beside it");
                }
                let (word, candidate) = (self.word.text.clone(), candidate.clone());
                verdicts.push((Verdict { word, place: *place, candidate, score: tally.sum() }, tally));
            }
        }
        verdicts
    }

    /// Whether everything about the word and its page speaks so much against a slip that no candidate can win.
    pub(super) fn is_hopeless(&self) -> bool {
        let mut sum = 0.0f32;
        self.against_word(&mut sum);
        sum + w::MAX_FOR < w::SENSITIVE
    }

    /// Adds what speaks against a slip at one place, whatever is meant.
    fn against<T: Tally>(&self, place: &WordPlace, candidate: &Candidate, tally: &mut T) {
        let source = candidate.source;
        let before = tally.sum();
        let misspelling = source == CandidateSource::Misspelling;
        let name = misspelling && self.is_used_as_name();
        if misspelling {
            self.against_form(tally);
            let is_short = self.shape == WordShape::Capitals && self.lower.len() <= w::MAX_SHORT_CAPITALS;
            // `HMTL` is one of an abbreviation itself.
            let meant = || lexicon::lookup(&candidate.text.to_ascii_lowercase());
            if is_short && !meant().is_some_and(LexiconEntry::is_technical) {
                tally.add(w::ABBREVIATION, "short, like an abbreviation");
            }
        } else {
            self.against_word(tally);
        }
        if name || source == CandidateSource::Word && self.word.is_site {
            tally.add(w::NAME_OF_PAGE, "used as a name on the page");
        }
        if place.traits.has(Traits::CREDITED) && source == CandidateSource::Word {
            tally.add(w::CREDITED, "credited with this name");
        }
        let foreign = place.traits.has(Traits::BESIDE_FOREIGN);
        if foreign {
            tally.add(w::BESIDE_FOREIGN, "next to a word in another language");
        }
        if place.traits.has(Traits::HYPHENATED) {
            self.against_part(tally);
        }
        match (self.shape, source) {
            (WordShape::Initial, CandidateSource::Misspelling)
                if !lexicon::is_usually_capitalised(&candidate.text) =>
            {
                self.against_name(place, tally);
            }
            (WordShape::Initial, CandidateSource::Word | CandidateSource::Name) => {
                self.against_capitals(place, candidate.edit_kind, tally);
            }
            (WordShape::Initial, CandidateSource::Term) => self.against_people(place, candidate, tally),
            (WordShape::Lower, CandidateSource::Word) if self.may_be_a_name(place, candidate) => {
                tally.add(w::NAME_OF_PAGE, "a name, in lowercase");
            }
            _ => {}
        }
        if tally.sum() >= w::SENSITIVE && self.is_in_series() {
            return tally.add(w::NAME_OF_PAGE, "one of several names that differ in their last letter");
        }
        let strange = place.traits.has(Traits::STRANGE_LINE);
        if strange {
            tally.add(w::STRANGE_LINE, "many unknown words or names around it");
        }
        let against = tally.sum() - before;
        let plain = self.shape == WordShape::Lower
            && self.lower.len() >= w::SURE_MISSPELLING
            && !(strange || foreign || name);
        if misspelling && plain && against < w::MAX_AGAINST_MISSPELLING {
            tally.add(w::MAX_AGAINST_MISSPELLING - against, "known misspelling, however often it is used");
        }
    }

    /// Whether a word in lowercase is a name that is hardly a slip of the candidate: two letters differ, or it is a part of
    /// another name.
    fn may_be_a_name(&self, place: &WordPlace, candidate: &Candidate) -> bool {
        (candidate.edit_kind.is_two_slips() || place.traits.has(Traits::HYPHENATED))
            && lexicon::is_usually_capitalised(&self.lower)
    }

    /// Adds what speaks against a slip in a word that a hyphen joins to another.
    fn against_part<T: Tally>(&self, tally: &mut T) {
        if self.lower.len() <= w::MAX_SHORT_HYPHENATED {
            tally.add(w::SHORT_HYPHENATED, "short part of a hyphenated word");
            if self.lower.len() <= w::MAX_TINY_HYPHENATED {
                tally.add(w::TINY_HYPHENATED, "very short part of a hyphenated word");
            }
        }
    }

    /// Whether the page uses the word as a name: in code or URLs, and in a heading or with a capital; or capitalized
    /// inside sentences more than once.
    fn is_used_as_name(&self) -> bool {
        let inside =
            |place: &&WordPlace| !place.traits.has(Traits::STARTS) && !place.traits.has(Traits::TITLE);
        match self.shape {
            WordShape::Lower => {
                // Variables and commands have short names.
                let is_short = self.lower.len() <= w::MAX_SHORT_NAME;
                let in_code = self.word.in_code > 1 && self.word.in_code + self.word.count > 3;
                self.word.is_site || is_short && in_code || self.in_code && self.word.heading.is_some()
            }
            WordShape::Initial => self.in_code || self.word.places.iter().filter(inside).nth(1).is_some(),
            WordShape::Capitals | WordShape::Mixed => self.in_code || self.count > 1,
        }
    }

    /// Whether the page has two more words that differ in the last letter alone: `usera`, `userb`, `userc`.
    fn is_in_series(&self) -> bool {
        let Some((last, stem)) = self.word.text.as_bytes().split_last() else { return false };
        if stem.len() < w::MIN_STEM_OF_SERIES || !last.is_ascii_lowercase() {
            return false;
        }
        let stem = &self.word.text[..stem.len()];
        let others = (b'a'..=b'z').filter(|letter| letter != last);
        let is_used = |letter: u8| {
            let other = self.page.get(&format!("{stem}{}", char::from(letter)));
            other.is_some_and(|other| !other.known)
        };
        others.filter(|letter| is_used(*letter)).nth(1).is_some()
    }

    fn against_word<T: Tally>(&self, tally: &mut T) {
        self.against_frequency(tally);
        self.against_form(tally);
    }

    fn against_frequency<T: Tally>(&self, tally: &mut T) {
        if self.count > 1 {
            let weight = w::REPEATED[(self.count as usize - 2).min(2)];
            tally.add(weight, "used more than once on the page");
        }
        if self.other_pages > 0 {
            let weight = w::ON_OTHER_PAGES[(self.other_pages as usize - 1).min(2)];
            tally.add(weight, "used on other pages");
        }
    }

    fn against_form<T: Tally>(&self, tally: &mut T) {
        if self.in_code {
            tally.add(w::IN_CODE, "used in code or a URL on the page");
        }
        if self.shape == WordShape::Capitals {
            let short = self.lower.len() <= w::MAX_SHORT_CAPITALS;
            tally.add(if short { w::SHORT_CAPITALS } else { w::CAPITALS }, "all uppercase");
        }
    }

    /// Adds what says that a capitalized known misspelling is a name at one place. Titles and the start of a sentence
    /// explain a capital, and so do capitalized words around it that are not names.
    fn against_name<T: Tally>(&self, place: &WordPlace, tally: &mut T) {
        if place.traits.has(Traits::BESIDE_NAME) {
            tally.add(w::BESIDE_NAME, "next to a name");
        }
        let title = place.traits.has(Traits::TITLE);
        let short = self.lower.len() <= w::MAX_SHORT_NAME;
        let explained =
            place.traits.has(Traits::STARTS) || (!short && place.traits.has(Traits::BESIDE_CAPITAL));
        if !title && (place.traits.has(Traits::BESIDE_NAME) || !explained) {
            let weight = if short { w::SHORT_CAPITALISED_MISSPELLING } else { w::CAPITALISED };
            tally.add(weight, "capitalized inside a sentence");
        }
    }

    fn against_capitals<T: Tally>(&self, place: &WordPlace, edit_kind: EditKind, tally: &mut T) {
        let title = place.traits.has(Traits::TITLE);
        let long = self.lower.len() >= w::VERY_LONG_NAME;
        if title {
            tally.add(w::CAPITALISED_IN_TITLE, "capitalized in a title");
        } else if place.traits.has(Traits::STARTS) {
            if edit_kind == EditKind::Several && !long {
                tally.add(w::TWO_SLIPS_AT_START, "capitalized at the start of a sentence, edit distance 2");
            } else if !long {
                tally.add(w::CAPITALISED_AT_START, "capitalized at the start of a sentence");
            }
        } else {
            let weight = match self.lower.len() {
                _ if long => w::VERY_LONG_CAPITALISED,
                _ if edit_kind == EditKind::Several => w::CAPITALISED_TWO_SLIPS,
                w::LONG_NAME.. => w::LONG_CAPITALISED,
                _ => w::CAPITALISED,
            };
            tally.add(weight, "capitalized inside a sentence");
        }
        let starts = place.traits.has(Traits::STARTS);
        let beside_capital = !starts && place.traits.has(Traits::BESIDE_CAPITAL);
        if !title && (beside_capital || place.traits.has(Traits::BESIDE_NAME)) {
            tally.add(w::BESIDE_NAME, "next to a capitalized word");
        }
    }
}
