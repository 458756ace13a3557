//! What one page says about its uncommon words: plain facts, kept for the second phase.

use std::{collections::HashSet, ops::Range};

use serde::{Serialize as _, Serializer};

use super::{
    alphabet::LetterRuns,
    language::Language,
    lexicon,
    prefix_filter::PrefixFilter,
    traits::{Traits, own_traits, traits},
    word_shape::WordShape,
    word_status::{Hashed, WordCache, WordStatus, hash, hash_without_case},
    words::{Flags, Gap, Uncommon, Words, is_among},
};
use crate::{
    links::hosts::{is_forge, without_www},
    markdown::Ast,
    text::Span,
};

/// The uncommon words of a page, and which common ones it uses.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct PageWords {
    /// By their hashes without case, so that all cases of a word are together.
    words: Box<[PageWord]>,
    /// Hashes of the common words, in the order of the page; one may be there twice.
    #[serde(serialize_with = "each_once")]
    common: Box<[u32]>,
}

/// Which words are there twice depends on the pages before: what is stored has the first of each.
fn each_once<S: Serializer>(common: &[u32], serializer: S) -> Result<S::Ok, S::Error> {
    let mut seen = HashSet::with_capacity(common.len());
    let first: Vec<u32> = common.iter().copied().filter(|hash| seen.insert(*hash)).collect();
    first.serialize(serializer)
}

/// A word that is not common English, with what one page says about it.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct PageWord {
    /// As it is written, without a possessive `'s`.
    pub text: Box<str>,
    /// Whether the lexicon has it.
    pub known: bool,
    /// How often it is in prose.
    pub count: u32,
    /// How often it is in code and URLs, in any case.
    pub in_code: u32,
    /// Whether it is the name of a site that the page links to: `https://mosquitto.org`.
    pub is_site: bool,
    /// The first heading, or key of the front matter, that has it.
    pub heading: Option<Span>,
    /// Where it occurs in prose; not kept for words that the lexicon has.
    pub places: Vec<WordPlace>,
    without_case: u64,
}

impl PageWord {
    /// How often it is in prose, where copies of a text count once: they say no more than the text does.
    pub fn count_without_copies(&self) -> u32 {
        if self.places.len() < 2 {
            return self.count;
        }
        let mut contexts: Vec<_> = self.places.iter().map(|place| place.context).collect();
        contexts.sort_unstable();
        contexts.dedup();
        self.count - (self.places.len() - contexts.len()) as u32
    }

    /// Whether it is in prose and unknown.
    pub fn is_unknown(&self) -> bool {
        !self.known && !self.places.is_empty()
    }
}

/// One place of a word in prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct WordPlace {
    /// The word, its possessive included.
    pub span: Span,
    /// What is known of it.
    pub traits: Traits,
    /// What is around it.
    context: u32,
}

/// A line counts as strange from this many words on, when more than [`STRANGE_SHARE`] percent are unknown or names: as
/// many as make a difference whether one of them is a typo.
const STRANGE_WORDS: usize = 4;
const LEAST_STRANGE: usize = 3;
const STRANGE_SHARE: usize = 40;

/// Cases of one word that are looked at together. No prose has as many, and a page that is made of them would be compared
/// with itself otherwise.
const MAX_CASES: usize = 32;

/// Shorter runs of letters in code are not words worth knowing.
const SHORTEST_IN_CODE: u32 = 4;

impl PageWords {
    /// Gathers the words of a page in a language; where that is English, those of parts in another take no part, and where it
    /// is another, those with letters that English does not use: they are never judged. A page whose words are not judged
    /// needs no places: other pages only ask which words it has.
    pub fn gather(places: WordPlaces, source: &str, words: &Words, ast: &Ast, language: &Language) -> Self {
        WordCache::with(|cache| {
            let mut gathering = Gathering::new(cache, language, places);
            gathering.reserve(words.uncommon.len());
            gathering.prose(source, words);
            gathering.code(source, ast);
            gathering.finish(words)
        })
    }

    /// Whether the counts are possible in a file of so many bytes, as they are unless they come from elsewhere.
    pub fn is_sound(&self, len: u32) -> bool {
        let is_possible = |word: &PageWord| {
            word.count <= len && word.in_code <= len && word.places.len() as u64 <= u64::from(word.count)
        };
        self.words.iter().all(is_possible)
    }

    /// The uncommon words.
    pub fn all(&self) -> &[PageWord] {
        &self.words
    }

    /// A word by its text, case included.
    pub fn get(&self, text: &str) -> Option<&PageWord> {
        let wanted = (hash_without_case(text.as_bytes()), text);
        let at = self.words.binary_search_by(|word| (word.without_case, &*word.text).cmp(&wanted)).ok()?;
        Some(&self.words[at])
    }

    /// A word in its cases, at most [`MAX_CASES`].
    pub fn cases(&self, text: &str) -> &[PageWord] {
        let wanted = hash_without_case(text.as_bytes());
        let start = self.words.partition_point(|word| word.without_case < wanted);
        let rest = &self.words[start..];
        &rest[..rest.iter().take(MAX_CASES).take_while(|word| word.without_case == wanted).count()]
    }

    /// The place of a word and of its other cases: of those before it and those after it, at most [`MAX_CASES`] each.
    pub(super) fn cases_range(&self, index: usize) -> Range<usize> {
        let wanted = self.words[index].without_case;
        let is_case = |word: &&PageWord| word.without_case == wanted;
        let before = self.words[..index].iter().rev().take(MAX_CASES).take_while(is_case).count();
        let after = self.words[index..].iter().take(MAX_CASES).take_while(is_case).count();
        index - before..index + after
    }

    /// The hashes of the common words that the page uses, made of the word in lower case.
    pub fn common(&self) -> &[u32] {
        &self.common
    }

    /// Whether the page uses a common word, given in lower case. Of a million answers one may be wrong.
    pub fn uses(&self, word: &str) -> bool {
        is_among(&self.common, word)
    }
}

/// Whether the places of unknown words are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordPlaces {
    /// They are.
    Kept,
    /// They are not.
    LeftOut,
}

struct Gathering<'a> {
    cache: &'a mut WordCache,
    /// Words with one of these take no part.
    skipped: Flags,
    /// Words with one of these only say what their line is like.
    not_kept: Flags,
    /// What may be between the parts of a word that is written apart.
    apart: &'static [Gap],
    /// What is known of an unknown word.
    traits: fn(&str, &Words, usize) -> Traits,
    kept_places: WordPlaces,
    words: Vec<PageWord>,
    /// The words by their hashes.
    index: Hashed<usize>,
    /// How often the words are in code, by their hashes without case.
    in_code: Hashed<u32>,
    hashes: WordHashes,
    line: Line,
}

/// The line at hand.
#[derive(Default)]
struct Line {
    /// Its first word.
    first: u32,
    /// How many of its words are unknown or names.
    strange: usize,
    /// The places on it.
    places: Vec<(usize, usize)>,
}

impl<'a> Gathering<'a> {
    fn new(cache: &'a mut WordCache, language: &Language, kept_places: WordPlaces) -> Self {
        let english = Self {
            cache,
            skipped: Flags::OTHER_LANGUAGE,
            not_kept: Flags::default(),
            apart: &[Gap::Hyphen, Gap::Blank],
            traits,
            kept_places,
            words: vec![],
            index: Hashed::default(),
            in_code: Hashed::default(),
            hashes: WordHashes::default(),
            line: Line::default(),
        };
        match language {
            Language::English => english,
            // Words of English that are written apart are looked for in English, and so is what is beside a word.
            Language::Other(_) => Self {
                skipped: Flags::default(),
                not_kept: Flags::FOREIGN,
                apart: &[Gap::Hyphen],
                traits: own_traits,
                ..english
            },
        }
    }

    /// Makes room for so many words at once: to grow step by step moves all of them again and again.
    fn reserve(&mut self, count: usize) {
        self.index.reserve(count);
        self.in_code.reserve(count);
    }

    fn prose(&mut self, source: &str, words: &Words) {
        for uncommon in &words.uncommon {
            if words.all()[uncommon.word as usize].flags.has_any(self.skipped) {
                continue;
            }
            if uncommon.line != self.line.first {
                self.end_line(source, words);
                self.line.first = uncommon.line;
            }
            self.uncommon(source, words, *uncommon);
        }
        self.end_line(source, words);
    }

    fn uncommon(&mut self, source: &str, words: &Words, uncommon: Uncommon) {
        let Uncommon { status, .. } = uncommon;
        let index = uncommon.word as usize;
        let word = &words.all()[index];
        let text = || words.text(index, source);
        let identifier = word.flags.has(Flags::IDENTIFIER);
        let unknown = status == WordStatus::Unknown;
        let is_strange = !identifier && (unknown || WordShape::of(text()) == WordShape::Initial);
        self.line.strange += usize::from(is_strange);
        if word.flags.has_any(self.not_kept) {
            return;
        }
        let text = text();
        let base = text.strip_suffix("'s");
        let at = self.entry(base.unwrap_or(text), status);
        let entry = &mut self.words[at];
        entry.count += 1;
        if word.flags.has(Flags::HEADING) && entry.heading.is_none() {
            entry.heading = Some(word.span);
        }
        let is_foreign = word.flags.has(Flags::FOREIGN);
        let silenced = || words.directives.silence(base.unwrap_or(text), word.span);
        if unknown
            && self.kept_places == WordPlaces::Kept
            && !identifier
            && !silenced()
            && !is_rest(source, word.span)
            && (is_foreign || !is_known_joined(source, words, index, self.apart))
        {
            let place = if is_foreign {
                // It is never judged.
                WordPlace { span: word.span, traits: Traits::default(), context: 0 }
            } else {
                let traits = (self.traits)(source, words, index).with(Traits::POSSESSIVE, base.is_some());
                WordPlace { span: word.span, traits, context: self.hashes.context(source, words, index) }
            };
            self.line.places.push((at, entry.places.len()));
            entry.places.push(place);
        }
    }

    /// The index of a word, which is added where it is new.
    fn entry(&mut self, text: &str, status: WordStatus) -> usize {
        *self.index.entry(hash(text.as_bytes())).or_insert_with(|| {
            let without_case = hash_without_case(text.as_bytes());
            self.in_code.entry(without_case).or_default();
            self.words.push(PageWord {
                text: text.into(),
                known: status != WordStatus::Unknown,
                count: 0,
                in_code: 0,
                is_site: false,
                heading: None,
                places: vec![],
                without_case,
            });
            self.words.len() - 1
        })
    }

    fn end_line(&mut self, source: &str, words: &Words) {
        let strange = std::mem::take(&mut self.line.strange);
        // Few lines have places, so the words of the others need not be counted.
        if !self.line.places.is_empty() {
            let count = words.count_in_line(self.line.first);
            let is_strange =
                count >= STRANGE_WORDS && strange >= LEAST_STRANGE && strange * 100 > count * STRANGE_SHARE
                    || words.is_among_names(self.line.first, source)
                    || words.is_title_of_names(self.line.first, source);
            for (word, place) in self.line.places.drain(..) {
                let traits = &mut self.words[word].places[place].traits;
                *traits = traits.with(Traits::STRANGE_LINE, is_strange);
            }
        }
    }

    /// Notes the words in code and URLs: in lines of text all of them, in blocks of code, which have many, those
    /// that were met before.
    fn code(&mut self, source: &str, ast: &Ast) {
        for code in ast.codes() {
            self.code_text(source, code.content);
        }
        for link in ast.links().chain(ast.images()) {
            // An anchor repeats a heading of the page.
            let addresses = link.destination.filter(|it| !it.span.of(source).starts_with('#'));
            if let Some(destination) = addresses {
                self.code_text(source, destination.span);
                self.site(destination.span.of(source));
            }
        }
        for destination in ast.definitions().iter().map(|definition| definition.destination.span) {
            self.code_text(source, destination);
            self.site(destination.of(source));
        }
        let beginnings: PrefixFilter = self.words.iter().map(|word| &*word.text).collect();
        for block in ast.code_blocks() {
            // What is before its lines has no letters.
            let words = runs_of_letters(source, block.content).map(|word| &source.as_bytes()[word.range()]);
            for word in words.filter(|word| beginnings.may_have(word)) {
                if let Some(count) = self.in_code.get_mut(&hash_without_case(word)) {
                    *count += 1;
                }
            }
        }
    }

    /// Notes the words that name what is at a URL: before the top-level domain, a repository on a forge, a package at
    /// the start of a path.
    fn site(&mut self, address: &str) {
        let Some((_, rest)) = address.split_once("://") else { return };
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let name = without_www(host).split('.').next().unwrap_or_default();
        let mut parts = path.split(['/', '#', '?']);
        let (first, second) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let names = if is_forge(host) { [name, second] } else { [name, first] };
        for name in names {
            if let Some(word) = self.index.get(&hash(name.as_bytes())) {
                self.words[*word].is_site = true;
            }
        }
    }

    fn code_text(&mut self, source: &str, span: Span) {
        for word in runs_of_letters(source, span).map(|word| word.of(source)) {
            let status = self.cache.look_up(word).status();
            if status != WordStatus::Common {
                self.entry(word, status);
                *self.in_code.entry(hash_without_case(word.as_bytes())).or_default() += 1;
            }
        }
    }

    fn finish(mut self, words: &Words) -> PageWords {
        for word in &mut self.words {
            word.in_code = self.in_code.get(&word.without_case).copied().unwrap_or(0);
        }
        self.words.sort_unstable_by(|a, b| (a.without_case, &a.text).cmp(&(b.without_case, &b.text)));
        PageWords { words: self.words.into(), common: words.common.clone().into() }
    }
}

/// The words of code that are long enough to know.
fn runs_of_letters(source: &str, span: Span) -> impl Iterator<Item = Span> {
    LetterRuns::new(source, span).filter(|word| word.len() >= SHORTEST_IN_CODE)
}

/// Whether a word is known when it is written together with the one before or after it: `pre-emptively`, `dog fooding`.
/// `apart` is what may be between them.
fn is_known_joined(source: &str, words: &Words, index: usize, apart: &[Gap]) -> bool {
    let is_known = |first: usize| {
        let next = words.all().get(first + 1);
        next.is_some_and(|next| apart.contains(&next.gap))
            && lexicon::is_known_lower(
                &[words.text(first, source), words.text(first + 1, source)].concat().to_ascii_lowercase(),
            )
    };
    index.checked_sub(1).is_some_and(is_known) || is_known(index)
}

/// Whether a word is the rest of one whose first letters are in brackets: `(L)abel`.
fn is_rest(source: &str, span: Span) -> bool {
    source[..span.start as usize].ends_with([')', ']'])
}

/// The hashes of the words around the one at hand. Where most words are unknown, each is asked for several times.
#[derive(Default)]
struct WordHashes {
    /// A hash and the place of its word plus 1, by the place modulo the size.
    recent: [(usize, u64); 8],
}

impl WordHashes {
    fn get(&mut self, source: &str, words: &Words, index: usize) -> u64 {
        let (place, known) = &mut self.recent[index % 8];
        if *place != index + 1 {
            (*place, *known) = (index + 1, hash(words.text(index, source).as_bytes()));
        }
        *known
    }

    /// A hash of the two words before a word and the two after it: copies of a text have the same.
    fn context(&mut self, source: &str, words: &Words, index: usize) -> u32 {
        let none = hash(b"");
        let beside = [index.checked_sub(2), index.checked_sub(1), Some(index + 1), Some(index + 2)];
        let mut hash_at = |at: Option<usize>| {
            at.filter(|&at| at < words.all().len()).map_or(none, |at| self.get(source, words, at))
        };
        beside.into_iter().fold(0_u64, |context, at| context.rotate_left(13) ^ hash_at(at)) as u32
    }
}
