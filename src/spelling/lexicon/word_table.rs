//! Sorted words of fixed width with a value each, read where they lie.
//!
//! A file of `n` words has three parts:
//! 1. a directory: for each length from 1 to [`LONGEST`] and each first letter, how many words come before that
//!    bucket, as a little-endian `u32`, and `n` at the end;
//! 2. the words, bucket by bucket and sorted: without the first letter, five bits a letter, in whole bytes;
//! 3. the values, in the same order, and [`PADDING`] zeros, so that any word can be read as one number.

use std::ops::Range;

use super::word::{LETTERS, LONGEST, PackedTail, WordKey, stride};

/// How many buckets there are: one per length and first letter.
pub(super) const BUCKETS: usize = LONGEST * LETTERS;

const DIRECTORY: usize = (BUCKETS + 1) * 4;

const PADDING: usize = 16;

/// The bucket of words with this first letter (from 0) and length (from 1).
pub(super) const fn bucket(first: usize, length: usize) -> usize {
    (length - 1) * LETTERS + first
}

/// The words of a file, each with a value of `VALUE` bytes.
pub(super) struct WordTable<const VALUE: usize> {
    bytes: &'static [u8],
    /// How many words come before each bucket.
    before: [u32; BUCKETS + 1],
    /// Where the words of each length begin, and where their values do.
    starts: [usize; LONGEST + 1],
}

impl<const VALUE: usize> WordTable<VALUE> {
    pub(super) const fn new(bytes: &'static [u8]) -> Self {
        let mut before = [0; BUCKETS + 1];
        let mut at = 0;
        while at <= BUCKETS {
            let entry = [bytes[at * 4], bytes[at * 4 + 1], bytes[at * 4 + 2], bytes[at * 4 + 3]];
            before[at] = u32::from_le_bytes(entry);
            at += 1;
        }
        let mut starts = [DIRECTORY; LONGEST + 1];
        let mut length = 1;
        while length <= LONGEST {
            let words = before[bucket(0, length + 1)] - before[bucket(0, length)];
            starts[length] = starts[length - 1] + words as usize * stride(length);
            length += 1;
        }
        Self { bytes, before, starts }
    }

    /// How many words there are.
    pub(super) const fn len(&self) -> usize {
        self.before[BUCKETS] as usize
    }

    /// The numbers of the words with this first letter and length.
    pub(super) fn range(&self, first: usize, length: usize) -> Range<usize> {
        let bucket = bucket(first, length);
        self.before[bucket] as usize..self.before[bucket + 1] as usize
    }

    /// The words with this first letter and length, with their numbers.
    pub(super) fn bucket(&self, first: usize, length: usize) -> Bucket {
        let words = self.range(first, length);
        let before = self.before[bucket(0, length)] as usize;
        let start = self.starts[length - 1] + (words.start - before) * stride(length);
        Bucket { bytes: &self.bytes[start..], length, words }
    }

    /// The number of a word, if it is here.
    pub(super) fn find(&self, key: &WordKey) -> Option<usize> {
        let bucket = self.bucket(key.first, key.length);
        let len = bucket.words.len();
        let found = if bucket.has_short_tails() {
            find(len, key.tail.start(), |word| bucket.short_tail(word))
        } else {
            find(len, key.tail, |word| bucket.tail(word))
        };
        Some(bucket.words.start + found?)
    }

    /// The value of the word with this number.
    pub(super) fn value(&self, word: usize) -> [u8; VALUE] {
        let at = self.starts[LONGEST] + word * VALUE;
        self.bytes[at..at + VALUE].try_into().expect("the slice has that length")
    }

    /// The word with this number.
    pub(super) fn word(&self, word: usize) -> WordKey {
        let (mut low, mut high) = (0, BUCKETS);
        while low + 1 < high {
            let middle = low.midpoint(high);
            if self.before[middle] as usize <= word {
                low = middle;
            } else {
                high = middle;
            }
        }
        let (first, length) = (low % LETTERS, low / LETTERS + 1);
        let bucket = self.bucket(first, length);
        WordKey { first, length, tail: bucket.tail(word - bucket.words.start) }
    }
}

/// The place of a tail among sorted ones.
fn find<T: Ord + Copy>(len: usize, wanted: T, tail: impl Fn(usize) -> T) -> Option<usize> {
    let (mut low, mut left) = (0, len);
    while left > 1 {
        let half = left / 2;
        low = if tail(low + half) <= wanted { low + half } else { low };
        left -= half;
    }
    (left == 1 && tail(low) == wanted).then_some(low)
}

/// Words of the same first letter and length.
pub(super) struct Bucket {
    bytes: &'static [u8],
    length: usize,
    /// Their numbers.
    pub words: Range<usize>,
}

impl Bucket {
    /// Whether tails fit a machine word, which is much faster to compare.
    const fn has_short_tails(&self) -> bool {
        (self.length as u32 - 1) * PackedTail::BITS <= u64::BITS
    }

    /// The start of a word's tail, which is all of it where tails are short.
    fn short_tail(&self, word: usize) -> u64 {
        let at = word * stride(self.length);
        let bytes = self.bytes[at..at + 8].try_into().expect("the slice has that length");
        let behind = u64::BITS - (self.length as u32 - 1) * PackedTail::BITS;
        u64::from_be_bytes(bytes) & u64::MAX.checked_shl(behind).unwrap_or(0)
    }

    /// The tail of a word, counted from the bucket's first.
    #[inline]
    pub(super) fn tail(&self, word: usize) -> PackedTail {
        let at = word * stride(self.length);
        let bytes = self.bytes[at..at + PADDING].try_into().expect("the slice has that length");
        PackedTail::read(bytes, self.length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spelling::lexicon::{FREQUENT, RARE, misspellings::MISSPELLINGS};

    fn assert_sound<const VALUE: usize>(shelf: &WordTable<VALUE>) {
        assert_eq!(shelf.starts[LONGEST] + shelf.len() * VALUE + PADDING, shelf.bytes.len());
        for bucket in 0..BUCKETS {
            let (first, length) = (bucket % LETTERS, bucket / LETTERS + 1);
            let bucket = shelf.bucket(first, length);
            let tails: Vec<PackedTail> = (0..bucket.words.len()).map(|word| bucket.tail(word)).collect();
            assert!(
                tails.is_sorted_by(|a, b| a < b),
                "words of {length} letters are in order, and none comes twice"
            );
            for (word, tail) in bucket.words.zip(tails) {
                let key = shelf.word(word);
                assert!((key.first, key.length, key.tail) == (first, length, tail));
                assert_eq!(shelf.find(&key), Some(word));
            }
        }
    }

    #[test]
    fn shelves_are_sound() {
        assert_sound(&FREQUENT);
        assert_sound(&RARE);
        assert_sound(&MISSPELLINGS);
    }
}
