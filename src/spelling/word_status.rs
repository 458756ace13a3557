//! What the lexicon says of a word, fast for words that come again and again.

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
    hash::{BuildHasherDefault, Hasher},
};

use super::{
    language::{Signs, is_in_other_script},
    lexicon::{LexiconEntry, LookedUpWord, Size},
    phrases::{Class, Matcher, PhraseKey},
};
use crate::text::Span;

/// What the lexicon says of a word as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordStatus {
    /// It is common English.
    Common,
    /// It is known: rare, technical, a name, an abbreviation.
    Rare,
    /// The lexicon does not have it.
    Unknown,
}

impl WordStatus {
    /// Looks a word up.
    pub fn of(word: &str) -> Self {
        // Nobody writes prose like that, whatever the letters are.
        let may_be_common = !has_inner_capital(word);
        // Most are common words in lower case.
        let word = LookedUpWord::new(word);
        let is_frequent = |entry: Option<LexiconEntry>| {
            entry.and_then(LexiconEntry::size).is_some_and(|size| size <= Size::S60)
        };
        if may_be_common && is_frequent(word.entry()) {
            return Self::Common;
        }
        if !word.is_known() {
            return Self::Unknown;
        }
        if may_be_common && is_frequent(word.plain_entry()) { Self::Common } else { Self::Rare }
    }
}

/// Whether a capital follows a small letter, as in names.
pub fn has_inner_capital(word: &str) -> bool {
    if word.is_ascii() {
        let is_inner = |pair: &[u8]| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase();
        return word.as_bytes().windows(2).any(is_inner);
    }
    word.chars().zip(word.chars().skip(1)).any(|(one, next)| one.is_lowercase() && next.is_uppercase())
}

/// Slots of the cache at first and at most, powers of two. Half of them are ever taken, and no site has as many
/// different words as half of the most.
const SLOTS: usize = 1 << 14;
const MAX_SLOTS: usize = 1 << 17;

/// How far from its place a word may be. Words that somebody made up to crowd one place drive each other out.
const MAX_STEPS: usize = 16;

/// What was looked up before, in one thread: a hash table by 64-bit hashes of words. That two words of a site share one
/// happens once in some billions of sites.
pub(super) struct WordCache {
    slots: Box<[Slot]>,
    taken: usize,
    page: u32,
}

#[derive(Clone, Copy)]
struct Slot {
    hash: u64,
    /// Of the word in lower case.
    lower: u32,
    /// The page that used the word last.
    page: u32,
    class: Class,
    signs: Signs,
    kinds: Kinds,
}

/// What a word is, as bits, so that most words are known by one comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kinds(u8);

impl Kinds {
    const RARE: u8 = 1;
    const UNKNOWN: u8 = 2;
    const ARTICLE: u8 = 4;

    fn new(status: WordStatus, is_article: bool) -> Self {
        let status = match status {
            WordStatus::Common => 0,
            WordStatus::Rare => Self::RARE,
            WordStatus::Unknown => Self::UNKNOWN,
        };
        Self(status | if is_article { Self::ARTICLE } else { 0 })
    }
}

/// What is known of a word, wherever it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct KnownWord {
    /// The hash of its lower case, cut off.
    pub(super) lower: u32,
    /// Its class in phrases.
    pub(super) class: Class,
    /// The languages that have it as a function word, if it has no letters beyond `a` to `z`.
    pub(super) signs: Signs,
    kinds: Kinds,
    /// Whether it was looked up on this page for the first time, or for the first time since all was forgotten.
    pub(super) is_first: bool,
}

impl KnownWord {
    /// What is known of a word that the lexicon cannot have.
    pub(super) fn foreign(word: &str, matcher: &Matcher) -> Self {
        let lower = hash_without_case(word.as_bytes()) as u32;
        // No phrase has words in another script.
        let class = if is_in_other_script(word) { 0 } else { matcher.class(PhraseKey::of(word)) };
        Self { lower, class, signs: Signs::NONE, kinds: Kinds(Kinds::UNKNOWN), is_first: false }
    }

    /// What the lexicon says of it.
    #[inline]
    pub(super) const fn status(self) -> WordStatus {
        if self.kinds.0 & (Kinds::RARE | Kinds::UNKNOWN) == 0 {
            WordStatus::Common
        } else if self.kinds.0 & Kinds::RARE != 0 {
            WordStatus::Rare
        } else {
            WordStatus::Unknown
        }
    }

    /// Whether it is `a` or `an`.
    #[inline]
    pub(super) const fn is_article(self) -> bool {
        self.kinds.0 & Kinds::ARTICLE != 0
    }
}

impl WordCache {
    /// Does something with this thread's cache.
    pub(super) fn with<T>(action: impl FnOnce(&mut Self) -> T) -> T {
        thread_local! {
            static CACHE: RefCell<WordCache> = RefCell::new(WordCache::new());
        }
        CACHE.with_borrow_mut(action)
    }

    fn new() -> Self {
        Self { slots: vec![Slot::EMPTY; SLOTS].into(), taken: 0, page: 0 }
    }

    /// Another page begins.
    pub(super) fn begin_page(&mut self) {
        self.page = self.page.wrapping_add(1).max(1);
    }

    /// What is known of a word.
    pub(super) fn look_up(&mut self, word: &str) -> KnownWord {
        self.look_up_hashed(hash(word.as_bytes()), || word)
    }

    /// The same of the word at a place of a text.
    #[inline]
    pub(super) fn look_up_at(&mut self, source: &str, place: Span) -> KnownWord {
        let hash = hash_of_start(&source.as_bytes()[place.start as usize..], place.len() as usize);
        self.look_up_hashed(hash, || place.of(source))
    }

    #[inline]
    fn look_up_hashed<'w>(&mut self, hash: u64, word: impl FnOnce() -> &'w str) -> KnownWord {
        let first = hash as usize & (self.slots.len() - 1);
        // Most words are where they belong.
        match self.slots.get_mut(first).filter(|slot| slot.hash == hash) {
            Some(slot) => slot.used_on(self.page),
            None => self.look_up_elsewhere(hash, word()),
        }
    }

    /// What is known of a word that is not in the first slot for it. Apart from the rest, so that the words that are
    /// there take no room for this on the stack.
    #[cold]
    #[inline(never)]
    fn look_up_elsewhere(&mut self, hash: u64, word: &str) -> KnownWord {
        let mut at = self.place(hash);
        if self.slots[at].hash != hash {
            at = self.add(Slot::of(hash, word));
        }
        self.slots[at].used_on(self.page)
    }

    /// The slot of a hash, or the one that it would get: an empty one, if there is one near.
    fn place(&self, hash: u64) -> usize {
        let last = self.slots.len() - 1;
        let first = hash as usize & last;
        for step in 0..MAX_STEPS {
            let at = (first + step) & last;
            if [hash, Slot::EMPTY.hash].contains(&self.slots[at].hash) {
                return at;
            }
        }
        first
    }

    fn add(&mut self, slot: Slot) -> usize {
        if (self.taken + 1) * 2 > self.slots.len() {
            self.make_room();
        }
        let at = self.place(slot.hash);
        self.slots[at] = slot;
        self.taken += 1;
        at
    }

    /// Doubles the slots; where there are as many as there may be, all is forgotten.
    fn make_room(&mut self) {
        let more = (self.slots.len() * 2).min(MAX_SLOTS);
        let old = std::mem::replace(&mut self.slots, vec![Slot::EMPTY; more].into());
        self.taken = 0;
        if old.len() < more {
            for slot in old.into_iter().filter(|slot| slot.hash != Slot::EMPTY.hash) {
                self.add(slot);
            }
        }
    }
}

impl Slot {
    /// No word has the hash 0: it would have to be empty.
    const EMPTY: Self =
        Self { hash: 0, lower: 0, page: 0, class: 0, signs: Signs::NONE, kinds: Kinds(Kinds::UNKNOWN) };

    /// What is known of its word, which is used on a page now.
    #[inline]
    fn used_on(&mut self, page: u32) -> KnownWord {
        let is_first = std::mem::replace(&mut self.page, page) != page;
        KnownWord { lower: self.lower, class: self.class, signs: self.signs, kinds: self.kinds, is_first }
    }

    fn of(hash: u64, word: &str) -> Self {
        let key = PhraseKey::of(word);
        Self {
            hash,
            lower: hash_without_case(word.as_bytes()) as u32,
            page: 0,
            class: Matcher::get().class(key),
            signs: Signs::of(word),
            kinds: Kinds::new(WordStatus::of(word), key.is_indefinite_article()),
        }
    }
}

/// A hash of a word, the same everywhere.
pub(super) fn hash(word: &[u8]) -> u64 {
    let mut hash = seed(word.len());
    for chunk in word.chunks(8) {
        hash = mix(hash, number_of(chunk));
    }
    hash
}

/// The hash of the word that begins `text` and has `len` bytes: faster where more text follows, as it nearly always
/// does, because whole words of the machine can be read.
#[inline]
pub(super) fn hash_of_start(text: &[u8], len: usize) -> u64 {
    let Some(first) = text.first_chunk::<8>().map(|bytes| u64::from_le_bytes(*bytes)) else {
        return hash(&text[..len]);
    };
    if len <= 8 {
        return mix(seed(len), first & ones(len));
    }
    let Some(second) = text[8..].first_chunk::<8>().filter(|_| len <= 16) else { return hash(&text[..len]) };
    mix(mix(seed(len), first), u64::from_le_bytes(*second) & ones(len - 8))
}

/// The hash of a word in lower case, where it is letters of the basic alphabet and apostrophes.
pub(super) fn hash_without_case(word: &[u8]) -> u64 {
    /// The bit that capital letters lack; apostrophes have it.
    const LOWER: u64 = 0x2020_2020_2020_2020;
    let mut hash = seed(word.len());
    for chunk in word.chunks(8) {
        hash = mix(hash, number_of(chunk) | LOWER & ones(chunk.len()));
    }
    hash
}

/// Up to eight bytes as a number, the first one in its lowest bits. To copy so few takes longer than to read them twice.
#[inline]
pub(super) fn number_of(bytes: &[u8]) -> u64 {
    let joined = |first: u64, last: u64, width: usize| first | last << (8 * (bytes.len() - width));
    match (bytes.first_chunk(), bytes.first_chunk(), bytes.first_chunk()) {
        (Some(all), ..) => u64::from_le_bytes(*all),
        (_, Some(first), _) => {
            let last = bytes.last_chunk().map_or(0, |last| u32::from_le_bytes(*last));
            joined(u32::from_le_bytes(*first).into(), last.into(), 4)
        }
        (.., Some(first)) => {
            let last = bytes.last_chunk().map_or(0, |last| u16::from_le_bytes(*last));
            joined(u16::from_le_bytes(*first).into(), last.into(), 2)
        }
        _ => bytes.first().map_or(0, |byte| u64::from(*byte)),
    }
}

/// A map whose keys are hashes.
pub(super) type Hashed<T> = HashMap<u64, T, BuildHasherDefault<Through>>;

/// A set of hashes.
pub(super) type Hashes = HashSet<u64, BuildHasherDefault<Through>>;

/// Takes keys as they are.
#[derive(Default)]
pub(super) struct Through(u64);

impl Hasher for Through {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

#[inline]
const fn seed(len: usize) -> u64 {
    (len as u64 + 1).wrapping_mul(FACTOR)
}

#[inline]
const fn mix(hash: u64, bytes: u64) -> u64 {
    let hash = (hash ^ bytes).wrapping_mul(FACTOR);
    hash ^ hash >> 32
}

/// A number with its bits scattered: splitmix64 (Steele, Lea and Flood, 2014), whose outputs pass as random.
pub(super) const fn scattered(number: u64) -> u64 {
    let number = number.wrapping_add(1).wrapping_mul(FACTOR);
    let number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ number >> 31
}

/// The lowest bits of `len` bytes, 1 to 8.
#[inline]
const fn ones(len: usize) -> u64 {
    u64::MAX >> (64 - 8 * len)
}

#[cfg(test)]
mod tests {
    use super::{hash, hash_of_start, hash_without_case, number_of};

    #[test]
    fn few_bytes_are_a_number() {
        let bytes = [1, 2, 3, 4, 5, 6, 7, 0xF8];
        for len in 0..=bytes.len() {
            let mut all = [0; 8];
            all[..len].copy_from_slice(&bytes[..len]);
            assert_eq!(number_of(&bytes[..len]), u64::from_le_bytes(all), "{len}");
        }
    }

    #[test]
    fn case_can_be_left_out() {
        for word in ["Neyond", "DISRCLOUD", "it's", "a", "Heterogeneousness's"] {
            assert_eq!(
                hash_without_case(word.as_bytes()),
                hash(word.to_ascii_lowercase().as_bytes()),
                "{word}"
            );
        }
    }

    #[test]
    fn what_follows_a_word_does_not_matter() {
        let text = b"a word of any length, however long it may be";
        for start in 0..text.len() {
            for len in 1..=text.len() - start {
                assert_eq!(
                    hash_of_start(&text[start..], len),
                    hash(&text[start..start + len]),
                    "{start} {len}"
                );
            }
        }
    }
}
