//! What the site as a whole says about words.

use std::sync::Arc;

use super::{
    distance::distance,
    language::Language,
    page_terms::Slips,
    page_words::{PageWord, PageWords},
    project::ProjectWords,
    word_status::{Hashed, WordStatus, has_inner_capital, hash, hash_without_case, scattered},
};

/// A term of the site is on at least this many pages, and has at least this many letters.
const TERM_PAGES: u32 = 5;
const TERM_LETTERS: usize = 5;

/// Cases of one term that are kept. No site has as many, but words that differ in case alone are near the same words.
const MAX_CASES: usize = 8;

/// A spelling is usual where it is on this many times as many pages as another one.
const DOMINANT: u32 = 4;

/// Slots of the count of common words, a power of two. Two words that share a slot count together: English has some
/// ten thousand common words, so that happens to one in ten, and matters only where one of them is much commoner.
const SLOTS: usize = 1 << 17;

/// What the pages of a site, its data and its config say about words.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// The words of the config and of the site's data.
    pub project: Arc<ProjectWords>,
    /// How many pages have an uncommon word, case included.
    pages: Hashed<u32>,
    common: Common,
    terms: Arc<Terms>,
    /// Names with capital letters inside that are terms of the site, by their hash without case.
    names: Hashed<Box<str>>,
}

/// How many pages have a common word.
#[derive(Debug)]
enum Common {
    /// By the word's slot.
    Counts(Box<[u16]>),
    /// One page has the words of these slots, which are sorted.
    OnePage(Box<[u32]>),
}

impl Default for Common {
    fn default() -> Self {
        Self::OnePage(Box::default())
    }
}

/// The terms of a site, and what finds those that are near a word.
#[derive(Debug, Default)]
struct Terms {
    words: Vec<Box<str>>,
    /// The terms that become this text, in lower case, when one letter is removed, and by the text itself.
    near: Hashed<Vec<u32>>,
    /// The [`letter_keys`] of all terms: those of all letters, and those of all but one.
    letters: KeySet,
    fewer_letters: KeySet,
}

impl Terms {
    fn new(mut words: Vec<&str>) -> Self {
        words.sort_unstable();
        words.dedup();
        let mut cases: Hashed<usize> = Hashed::default();
        words.retain(|word| {
            let count = cases.entry(hash_without_case(word.as_bytes())).or_default();
            *count += 1;
            *count <= MAX_CASES
        });
        let mut near: Hashed<Vec<u32>> = Hashed::default();
        for (term, index) in words.iter().zip(0..) {
            for key in deletions(term) {
                near.entry(key).or_default().push(index);
            }
        }
        let letters = KeySet::of(words.len(), words.iter().map(|term| letter_keys(term).0));
        let each = words.iter().map(|term| term.len()).sum();
        let fewer_letters = KeySet::of(each, words.iter().flat_map(|term| letter_keys(term).1));
        Self { words: words.into_iter().map(Box::from).collect(), near, letters, fewer_letters }
    }

    /// Whether a term may be near a word. Hardly a word has one, and this tells so in a fraction of the time that the search
    /// takes.
    fn may_be_near(&self, word: &str, slips: Slips) -> bool {
        let (all, mut fewer) = letter_keys(word);
        let may_have = |key| self.letters.may_have(key);
        may_have(all)
            || self.fewer_letters.may_have(all)
            || match slips {
                Slips::Any => fewer.any(|key| may_have(key) || self.fewer_letters.may_have(key)),
                Slips::SameLetters => fewer.any(may_have),
            }
    }
}

/// A set of random numbers that takes a few others for its own: one bit for each.
#[derive(Debug, Default)]
struct KeySet {
    bits: Box<[u64]>,
    /// How far a key is shifted to be the number of a bit.
    shift: u32,
}

impl KeySet {
    /// Bits for each key, so that about one other key in sixteen is taken for one of them.
    const SPACE: usize = 16;

    /// The set of `count` keys, or a few fewer.
    fn of(count: usize, keys: impl Iterator<Item = u64>) -> Self {
        let size = (count * Self::SPACE).next_power_of_two().max(64);
        let shift = u64::BITS - size.trailing_zeros();
        let mut bits = vec![0; size / 64];
        for bit in keys.map(|key| (key >> shift) as usize) {
            bits[bit / 64] |= 1 << (bit % 64);
        }
        Self { bits: bits.into(), shift }
    }

    fn may_have(&self, key: u64) -> bool {
        let bit = (key >> self.shift) as usize;
        self.bits.get(bit / 64).is_some_and(|block| block >> (bit % 64) & 1 != 0)
    }
}

impl Vocabulary {
    /// Counts the words of all pages. Those of pages in other languages are not terms: each of them has its own forms of
    /// its words.
    pub fn new<'a>(
        pages: impl Iterator<Item = (&'a PageWords, &'a Language)>,
        project: Arc<ProjectWords>,
    ) -> Self {
        let mut vocabulary = Self::default();
        let mut common = vec![0_u16; SLOTS];
        let mut candidates: Vec<&str> = project.words().collect();
        // The page that was counted last in each slot: one that has a word twice counts once.
        let mut counted = vec![0; SLOTS];
        // How many English pages have an uncommon word.
        let mut english: Hashed<u32> = Hashed::default();
        for ((page, language), number) in pages.zip(1u32..) {
            for word in page.all() {
                let hash = hash(word.text.as_bytes());
                *vocabulary.pages.entry(hash).or_default() += 1;
                if *language == Language::English && is_term(word) {
                    let count = english.entry(hash).or_default();
                    *count += 1;
                    if *count == TERM_PAGES {
                        candidates.push(&word.text);
                        vocabulary.add_name(&word.text);
                    }
                }
            }
            for hash in page.common() {
                let slot = *hash as usize % SLOTS;
                if counted[slot] != number {
                    counted[slot] = number;
                    common[slot] = common[slot].saturating_add(1);
                }
            }
        }
        vocabulary.common = Common::Counts(common.into());
        vocabulary.terms = Arc::new(Terms::new(candidates));
        vocabulary.project = project;
        vocabulary
    }

    /// What one page and the project of this vocabulary say about words: the same as [`Vocabulary::new`] of that page,
    /// in time that depends on the page alone.
    pub fn of_page(&self, page: &PageWords) -> Self {
        let mut pages: Hashed<u32> = Hashed::default();
        for word in page.all() {
            *pages.entry(hash(word.text.as_bytes())).or_default() += 1;
        }
        let mut common: Vec<u32> = page.common().iter().map(|hash| hash % SLOTS as u32).collect();
        common.sort_unstable();
        Self {
            project: Arc::clone(&self.project),
            pages,
            common: Common::OnePage(common.into()),
            terms: Arc::clone(&self.terms),
            names: Hashed::default(),
        }
    }

    /// Notes a term with capital letters inside, as the site writes it.
    fn add_name(&mut self, term: &str) {
        if has_inner_capital(term) && term.starts_with(|c: char| c.is_ascii_uppercase()) {
            self.names.entry(hash_without_case(term.as_bytes())).or_insert(term.into());
        }
    }

    /// How many pages have an uncommon word, as it is written.
    pub fn pages(&self, word: &str) -> u32 {
        self.pages.get(&hash(word.as_bytes())).copied().unwrap_or(0)
    }

    /// How the site writes a name that `word` has the letters of: as at least five pages and four times as many do as
    /// write it like this. `None` for the usual spelling, known words, and words in one case or with
    /// a small letter first, which may be commands and parts of code.
    pub fn usual_case(&self, word: &str) -> Option<&str> {
        if self.names.is_empty() {
            return None;
        }
        let name = &**self.names.get(&hash_without_case(word.as_bytes()))?;
        let has_both = word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.bytes().any(|byte| byte.is_ascii_lowercase());
        let is_other = name != word && name.eq_ignore_ascii_case(word);
        let is_rare = self.pages(word).saturating_mul(DOMINANT) <= self.pages(name);
        (is_other && has_both && is_rare && WordStatus::of(word) == WordStatus::Unknown).then_some(name)
    }

    /// How many pages have a common word, given in lower case; at times a few too many.
    pub fn pages_with_common(&self, word: &str) -> u32 {
        let slot = hash(word.as_bytes()) as u32 % SLOTS as u32;
        match &self.common {
            Common::Counts(counts) => u32::from(counts[slot as usize]),
            Common::OnePage(slots) => u32::from(slots.binary_search(&slot).is_ok()),
        }
    }

    /// The terms of the site at distance one from a word, case aside; where `slips` asks for the same letters, at least those
    /// that have them.
    pub(super) fn terms_near(&self, word: &str, slips: Slips) -> impl Iterator<Item = &str> {
        let keys = self.terms.may_be_near(word, slips).then(|| deletions(word)).into_iter().flatten();
        let mut found: Vec<u32> =
            keys.filter_map(|key| self.terms.near.get(&key)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        let lower = if found.is_empty() { String::new() } else { word.to_ascii_lowercase() };
        let terms = found.into_iter().map(|index| &*self.terms.words[index as usize]);
        terms.filter(move |term| {
            distance(lower.as_bytes(), term.to_ascii_lowercase().as_bytes(), 1) == Some(1)
        })
    }
}

fn is_term(word: &PageWord) -> bool {
    word.text.len() >= TERM_LETTERS && word.text.is_ascii()
}

/// Bytes of a word that has others at distance one. A list of words may have longer ones.
const LONGEST_NEAR: usize = 64;

/// The hashes of a word in lower case, without each of its letters in turn and, last, whole: two words at distance one
/// share one of them. Of a very long word, the last alone.
fn deletions(word: &str) -> impl Iterator<Item = u64> {
    let lower = word.to_ascii_lowercase().into_bytes();
    let first = if lower.len() > LONGEST_NEAR { lower.len() } else { 0 };
    // The word without the letter at a place, from which the one without the next is made.
    let mut part = lower.get(1..).unwrap_or_default().to_vec();
    (first..=lower.len()).map(move |at| {
        if at == lower.len() {
            return hash(&lower);
        }
        let key = hash(&part);
        if let Some(next) = part.get_mut(at) {
            *next = lower[at];
        }
        key
    })
}

/// What stands for the letters of a word, in any order and in lower case, and for them without each in turn; of a very long
/// word, without none. Two words at distance one share one of these keys: that of all letters, or of all and of all but
/// one, unless one letter replaces another. Some other words share them as well.
fn letter_keys(word: &str) -> (u64, impl Iterator<Item = u64>) {
    let letters = || word.bytes().map(|byte| LETTERS[usize::from(byte.to_ascii_lowercase())]);
    let all = letters().fold(0, u64::wrapping_add);
    let each = if word.len() > LONGEST_NEAR { 0 } else { word.len() };
    (all, letters().take(each).map(move |letter| all.wrapping_sub(letter)))
}

/// A random number for each byte: sums of a few of them hardly ever agree.
const LETTERS: [u64; 256] = {
    let mut letters = [0; 256];
    let mut byte = 0;
    while byte < letters.len() {
        letters[byte] = scattered(byte as u64);
        byte += 1;
    }
    letters
};

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Vocabulary;
    use crate::spelling::{ProjectWords, distance::distance, page_terms::Slips};

    const TERMS: [&str; 8] =
        ["Harborview", "quayside", "tide", "tidal", "Löschboot", "ropewalk", "ferryman", "ferrymen"];

    #[test]
    fn terms_near_a_word_are_those_at_distance_one() {
        let mut project = ProjectWords::default();
        project.add(&TERMS.join(" "));
        let site = Vocabulary::new(std::iter::empty(), Arc::new(project));
        for word in
            ["harbroview", "quayide", "quaysside", "tides", "tidel", "titan", "ferryman", "quay", "ropework"]
        {
            let found = |slips| site.terms_near(word, slips).collect::<Vec<_>>();
            let mut expected = TERMS.to_vec();
            expected.sort_unstable();
            expected.retain(|term| distance(word.as_bytes(), term.to_lowercase().as_bytes(), 1) == Some(1));
            assert_eq!(found(Slips::Any), expected, "{word}");
            // What has another letter in place of one need not be found then.
            expected.retain(|term| {
                let letters = |word: &str| {
                    let mut letters = word.to_lowercase().into_bytes();
                    letters.sort_unstable();
                    letters
                };
                term.len() != word.len() || letters(term) == letters(word)
            });
            assert!(expected.iter().all(|term| found(Slips::SameLetters).contains(term)), "{word}");
        }
    }
}
