//! The terms of a page, and those of them that are near a word.

use std::ops::Range;

use super::{
    distance::distance,
    page_words::{PageWord, PageWords},
    vocabulary::Vocabulary,
};

/// Of more terms than any page has that is not made of data, only the strongest are compared with its unknown words.
const MAX_TERMS: usize = 400;

/// Of more terms near one word than any page has on purpose, only the nearest and strongest are looked into.
const MAX_NEAR_TERMS: usize = 16;

/// Names of fewer letters have too many neighbours to be told from them.
pub(super) const SHORTEST_TERM: usize = 4;

/// From this many letters on, a term may be two slips away.
const LONG: usize = 9;

/// An uncommon word that a page uses as one of its terms.
pub(super) struct PageTerm<'a> {
    pub(super) word: &'a PageWord,
    pub(super) strength: u32,
    lower: String,
    /// Its place among the terms, before they were sorted by length.
    number: u32,
}

/// The terms of a page, the shortest first: only those of about the same length can be near a word.
pub(super) struct PageTerms<'a> {
    all: Vec<PageTerm<'a>>,
    /// The [`odd_letters`] of each.
    odd_letters: Vec<u32>,
}

/// How a term may differ from a word that is near it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slips {
    /// By one slip, or two in a long word.
    Any,
    /// By letters that changed places, or one that is missing or too many.
    SameLetters,
}

impl<'a> PageTerms<'a> {
    /// The terms of a page: uncommon words that it repeats, has in a heading or in code, or shares with other pages.
    pub(super) fn of(page: &'a PageWords, site: &Vocabulary) -> Self {
        let words = page.all().iter().filter(|word| word.text.len() >= SHORTEST_TERM && word.text.is_ascii());
        let terms = words.filter_map(|word| {
            let pages = site.pages(&word.text).saturating_sub(1);
            let own = site.project.has(&word.text);
            let is_term = word.count > 1 || word.heading.is_some() || word.in_code > 0 || pages >= 3 || own;
            is_term.then(|| {
                let lower = word.text.to_ascii_lowercase();
                let strength = strength(word, pages) + if own { 6 } else { 0 };
                PageTerm { word, lower, strength, number: 0 }
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
        Self { all, odd_letters }
    }

    /// The terms near a word in lower case, each with its distance; a few others too where `slips` asks for the same
    /// letters.
    pub(super) fn near<'s>(&'s self, word: &str, slips: Slips) -> Vec<(usize, &'s PageTerm<'a>)> {
        let max = if word.len() < LONG { 1 } else { 2 };
        let first = self.all.partition_point(|term| term.lower.len() + max < word.len());
        let end = self.all.partition_point(|term| term.lower.len() <= word.len() + max);
        let range = first..end;
        // A slip that replaces a letter changes how often two of them are there.
        let mut near = match (slips, max) {
            (Slips::SameLetters, _) => self.with_letters_of::<1>(word, range, max),
            (Slips::Any, 1) => self.with_letters_of::<2>(word, range, max),
            (Slips::Any, _) => self.with_letters_of::<4>(word, range, max),
        };
        near.sort_unstable_by_key(|(_, term)| term.number);
        if near.len() > MAX_NEAR_TERMS {
            near.sort_by_key(|(near, term)| (*near, std::cmp::Reverse(term.strength)));
            near.truncate(MAX_NEAR_TERMS);
        }
        near
    }

    /// The terms in a range that are near a word, each with its distance: of those that have its letters, give or
    /// take some. Few have, so they are tested in chunks.
    fn with_letters_of<const OTHERS: u32>(
        &self,
        word: &str,
        range: Range<usize>,
        max: usize,
    ) -> Vec<(usize, &PageTerm<'a>)> {
        const AT_ONCE: usize = 32;
        let odd_letters = odd_letters(word);
        let is_alike = |letters: u32| {
            let differing = letters ^ odd_letters;
            (0..OTHERS).fold(differing, |bits, _| bits & bits.wrapping_sub(1)) == 0
        };
        let chunks = self.odd_letters[range.clone()].chunks(AT_ONCE).zip(self.all[range].chunks(AT_ONCE));
        let with_some = chunks
            .filter(|(letters, _)| letters.iter().fold(false, |found, letters| found | is_alike(*letters)));
        let pairs = with_some.flat_map(|(letters, terms)| letters.iter().zip(terms));
        let alike = pairs.filter(|(letters, _)| is_alike(**letters)).map(|(_, term)| term);
        alike
            .filter_map(|term| {
                let distance = distance(word.as_bytes(), term.lower.as_bytes(), max).filter(|&near| near > 0);
                Some((distance?, term))
            })
            .collect()
    }
}

/// The bytes that a word has an odd number of times as bits, of which some share one. Where letters changed places no bit
/// differs, where one is missing or too many one does at most, and where one is replaced two do.
fn odd_letters(word: &str) -> u32 {
    word.bytes().fold(0, |letters, byte| letters ^ 1 << (byte % 32))
}

/// How sure it is that a word is a term, in places where it is.
pub(super) fn strength(word: &PageWord, pages: u32) -> u32 {
    word.count + 2 * u32::from(word.heading.is_some()) + 2 * u32::from(word.in_code > 0) + pages.min(6)
}
