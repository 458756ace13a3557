//! The terms of a page, and those of them that are near a word.

use std::ops::Range;

use super::{
    distance::distance,
    language::Language,
    page_words::{PageWord, PageWords},
    vocabulary::Vocabulary,
    word_shape::WordShape,
};

/// Of more terms than any page has that is not made of data, only the strongest are compared with its unknown words.
const MAX_TERMS: usize = 400;

/// Of more terms near one word than any page has on purpose, only the nearest and strongest are looked into.
const MAX_NEAR_TERMS: usize = 16;

/// Names of fewer letters have too many neighbours to be told from them.
pub(super) const SHORTEST_TERM: usize = 4;

/// From this many letters on, a term may be two slips away.
const LONG: usize = 9;

/// In other languages than English, a term that is neither in mixed case nor a word of the project is used so much at
/// least, by [`use_of`].
pub(super) const LEAST_USE: u32 = 3;

/// An uncommon word that a page uses as one of its terms.
pub(super) struct PageTerm<'a> {
    pub(super) word: &'a PageWord,
    pub(super) strength: u32,
    lower: String,
    /// Its place among the terms, before they were sorted by length.
    number: u32,
    /// Its place among the words of the page.
    index: usize,
}

/// The terms of a page, the shortest first: only those of about the same length can be near a word.
pub(super) struct PageTerms<'a> {
    all: Vec<PageTerm<'a>>,
    /// The [`odd_letters`] of each.
    odd_letters: Vec<u32>,
    /// The [`ends`] of each.
    ends: Vec<u32>,
    /// Whether each word of the page is among them.
    is_term: Vec<bool>,
    /// Whether each word of the page is the project's; only told of those with the letters of English.
    is_own: Vec<bool>,
}

/// How a term may differ from a word that is near it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slips {
    /// By one slip, or two in a long word.
    Any,
    /// By letters that changed places, or one that is missing or too many.
    SameLetters,
}

impl Slips {
    /// Those that a word of this shape may have.
    pub(super) fn of(shape: WordShape, language: &Language) -> Self {
        let is_any = *language == Language::English || shape == WordShape::Mixed;
        if is_any { Self::Any } else { Self::SameLetters }
    }
}

impl<'a> PageTerms<'a> {
    /// The terms of a page: uncommon words that it repeats, has in a heading or in code, or shares with other pages. In
    /// other languages than English nearly all words are uncommon, and only those that are used enough are terms.
    pub(super) fn of(page: &'a PageWords, site: &Vocabulary, language: &Language) -> Self {
        let is_english = *language == Language::English;
        let is_own = |word: &PageWord| word.text.is_ascii() && site.project.has(&word.text);
        let is_own: Vec<bool> = page.all().iter().map(is_own).collect();
        let words = page.all().iter().enumerate();
        let words = words.filter(|(_, word)| word.text.len() >= SHORTEST_TERM && word.text.is_ascii());
        let terms = words.filter_map(|(index, word)| {
            let all_pages = site.pages(&word.text);
            let pages = all_pages.saturating_sub(1);
            let own = is_own[index];
            let is_term = word.count > 1 || word.heading.is_some() || word.in_code > 0 || pages >= 3 || own;
            let is_used = || {
                is_english
                    || own
                    || WordShape::of(&word.text) == WordShape::Mixed
                    || use_of(&page.all()[page.cases_range(index)], all_pages) >= LEAST_USE
            };
            (is_term && is_used()).then(|| {
                let lower = word.text.to_ascii_lowercase();
                let strength = strength(word, pages) + if own { 6 } else { 0 };
                PageTerm { word, lower, strength, number: 0, index }
            })
        });
        let mut all: Vec<_> = terms.collect();
        if all.len() > MAX_TERMS {
            all.sort_by_key(|term| std::cmp::Reverse(term.strength));
            all.truncate(MAX_TERMS);
        }
        for (number, term) in (0..).zip(&mut all) {
            term.number = number;
        }
        all.sort_by_key(|term| term.lower.len());
        let odd_letters = all.iter().map(|term| odd_letters(&term.lower)).collect();
        let ends = all.iter().map(|term| ends(&term.lower)).collect();
        let mut is_term = vec![false; page.all().len()];
        for term in &all {
            is_term[term.index] = true;
        }
        Self { all, odd_letters, ends, is_term, is_own }
    }

    /// The terms near a word in lower case, each with its distance; a few others too where `slips` asks for the same
    /// letters.
    pub(super) fn near<'s>(&'s self, word: &str, slips: Slips) -> Vec<(usize, &'s PageTerm<'a>)> {
        // A slip that replaces a letter changes how often two of them are there.
        let mut near = match (slips, most_slips(word)) {
            (Slips::SameLetters, _) => self.with_letters_of::<1>(word),
            (Slips::Any, 1) => self.with_letters_of::<2>(word),
            (Slips::Any, _) => self.with_letters_of::<4>(word),
        };
        near.sort_unstable_by_key(|(_, term)| term.number);
        if near.len() > MAX_NEAR_TERMS {
            near.sort_by_key(|(near, term)| (*near, std::cmp::Reverse(term.strength)));
            near.truncate(MAX_NEAR_TERMS);
        }
        near
    }

    /// Whether the word at a place of the page, which has only letters of English, is one of the project's.
    pub(super) fn is_own(&self, index: usize) -> bool {
        self.is_own[index]
    }

    /// Whether another term may be meant by the word at a place of the page, which is in a language other than English.
    /// Some words only seem to have one.
    pub(super) fn may_be_meant(&self, page: &PageWords, index: usize, slips: Slips) -> bool {
        let word = &*page.all()[index].text;
        let (range, own_letters, own_ends) = (self.of_length_near(word), odd_letters(word), ends(word));
        let alike = match slips {
            Slips::Any => return has_alike::<4>(&self.odd_letters[range], own_letters),
            Slips::SameLetters => {
                let pairs = self.odd_letters[range.clone()].iter().zip(&self.ends[range]);
                let is_short = word.len() <= SHORTEST_TERM;
                let is_alike = |(letters, ends): (&u32, &u32)| {
                    is_alike::<1>(*letters, own_letters) & (is_short | have_one_end(*ends, own_ends))
                };
                pairs.map(|pair| u32::from(is_alike(pair))).sum::<u32>()
            }
        };
        // In its cases the word is like itself.
        let cases = page.cases_range(index);
        let own: u32 = self.is_term[cases].iter().map(|is_term| u32::from(*is_term)).sum();
        alike > own
    }

    /// The terms that are neither too long nor too short to be near a word.
    fn of_length_near(&self, word: &str) -> Range<usize> {
        let max = most_slips(word);
        let first = self.all.partition_point(|term| term.lower.len() + max < word.len());
        let end = self.all.partition_point(|term| term.lower.len() <= word.len() + max);
        first..end
    }

    /// The terms that are near a word, each with its distance: of those that have its letters, give or take some. Few have,
    /// so they are tested in chunks.
    fn with_letters_of<const OTHERS: u32>(&self, word: &str) -> Vec<(usize, &PageTerm<'a>)> {
        const AT_ONCE: usize = 32;
        let (range, max, own) = (self.of_length_near(word), most_slips(word), odd_letters(word));
        let chunks = self.odd_letters[range.clone()].chunks(AT_ONCE).zip(self.all[range].chunks(AT_ONCE));
        let with_some = chunks.filter(|(letters, _)| has_alike::<OTHERS>(letters, own));
        let pairs = with_some.flat_map(|(letters, terms)| letters.iter().zip(terms));
        let alike = pairs.filter(|(letters, _)| is_alike::<OTHERS>(**letters, own)).map(|(_, term)| term);
        alike
            .filter_map(|term| {
                let distance = distance(word.as_bytes(), term.lower.as_bytes(), max).filter(|&near| near > 0);
                Some((distance?, term))
            })
            .collect()
    }
}

/// How many slips a term may be away from a word.
const fn most_slips(word: &str) -> usize {
    if word.len() < LONG { 1 } else { 2 }
}

/// Whether at most so many bits differ.
fn is_alike<const OTHERS: u32>(letters: u32, other: u32) -> bool {
    (0..OTHERS).fold(letters ^ other, |bits, _| bits & bits.wrapping_sub(1)) == 0
}

/// Whether at most so many bits of one of the letters differ. Looks at all of them, which is faster than to stop.
fn has_alike<const OTHERS: u32>(letters: &[u32], own: u32) -> bool {
    letters.iter().fold(false, |found, letters| found | is_alike::<OTHERS>(*letters, own))
}

/// How much a term is used: how often on the page, in all its cases, and on how many pages.
pub(super) fn use_of(cases: &[PageWord], pages: u32) -> u32 {
    cases.iter().map(|word| word.count).sum::<u32>() + pages
}

/// The bytes that a word has an odd number of times as bits, of which some share one: capital letters share theirs with small
/// ones. Where letters changed places no bit differs, where one is missing or too many one does at most, and where one
/// is replaced two do.
fn odd_letters(word: &str) -> u32 {
    word.bytes().fold(0, |letters, byte| letters ^ 1 << (byte % 32))
}

/// The first two and the last two bytes of a word in lower case. A single slip of a word with five letters or more leaves
/// one of these pairs as it is: letters that changed places, or one that is missing or too many.
fn ends(word: &str) -> u32 {
    const LOWER: u32 = 0x2020_2020;
    let ends = match word.as_bytes() {
        [first, second, .., before, last] => [*first, *second, *before, *last],
        _ => [0; 4],
    };
    u32::from_le_bytes(ends) | LOWER
}

/// Whether two words begin or end alike, by their [`ends`].
const fn have_one_end(ends: u32, other: u32) -> bool {
    let differing = ends ^ other;
    differing << 16 == 0 || differing >> 16 == 0
}

/// How sure it is that a word is a term, in places where it is.
pub(super) fn strength(word: &PageWord, pages: u32) -> u32 {
    word.count + 2 * u32::from(word.heading.is_some()) + 2 * u32::from(word.in_code > 0) + pages.min(6)
}
