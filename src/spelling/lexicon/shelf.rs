//! Sorted words of fixed width with a value each, read where they lie.
//!
//! A file of `n` words has three parts:
//! 1. a directory: for each length from 1 to [`LONGEST`] and each first letter, how many words come before that
//!    bucket, as a little-endian `u32`, and `n` at the end;
//! 2. the words, bucket by bucket and sorted: without the first letter, five bits a letter, in whole bytes;
//! 3. the values, in the same order.

use std::{cmp::Ordering, ops::Range};

use super::word::{Key, LETTERS, LONGEST, Word, stride, unpack};

/// How many buckets there are: one per length and first letter.
pub(super) const BUCKETS: usize = LONGEST * LETTERS;

const DIRECTORY: usize = (BUCKETS + 1) * 4;

/// The bucket of words with this first letter (from 0) and length (from 1).
pub(super) const fn bucket(first: usize, length: usize) -> usize {
    (length - 1) * LETTERS + first
}

/// The words of a file, each with a value of `VALUE` bytes.
pub(super) struct Shelf<const VALUE: usize> {
    bytes: &'static [u8],
    /// Where the words of each length begin, and where their values do.
    starts: [usize; LONGEST + 1],
}

impl<const VALUE: usize> Shelf<VALUE> {
    pub(super) const fn new(bytes: &'static [u8]) -> Self {
        let mut starts = [DIRECTORY; LONGEST + 1];
        let mut length = 1;
        while length <= LONGEST {
            let words = before(bytes, bucket(0, length + 1)) - before(bytes, bucket(0, length));
            starts[length] = starts[length - 1] + words * stride(length);
            length += 1;
        }
        assert!(
            starts[LONGEST] + before(bytes, BUCKETS) * VALUE == bytes.len(),
            "a file ends with its last value"
        );
        Self { bytes, starts }
    }

    /// How many words there are.
    pub(super) const fn len(&self) -> usize {
        before(self.bytes, BUCKETS)
    }

    /// The numbers of the words with this first letter and length.
    pub(super) fn range(&self, first: usize, length: usize) -> Range<usize> {
        let bucket = bucket(first, length);
        before(self.bytes, bucket)..before(self.bytes, bucket + 1)
    }

    /// The packed letters after the first of the words with these numbers, which are of this length.
    pub(super) fn tails(&self, length: usize, words: Range<usize>) -> &'static [u8] {
        let at =
            |word| self.starts[length - 1] + (word - before(self.bytes, bucket(0, length))) * stride(length);
        &self.bytes[at(words.start)..at(words.end)]
    }

    /// The number of a word, if it is here.
    pub(super) fn find(&self, key: &Key) -> Option<usize> {
        let words = self.range(key.first, key.length);
        let (tails, wanted, width) = (self.tails(key.length, words.clone()), key.tail(), stride(key.length));
        let (mut low, mut high) = (0, words.len());
        while low < high {
            let middle = low.midpoint(high);
            match tails[middle * width..][..width].cmp(wanted) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return Some(words.start + middle),
                Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The value of the word with this number.
    pub(super) fn value(&self, word: usize) -> [u8; VALUE] {
        let at = self.starts[LONGEST] + word * VALUE;
        self.bytes[at..at + VALUE].try_into().expect("the slice has that length")
    }

    /// The word with this number.
    pub(super) fn word(&self, word: usize) -> Word {
        let (mut low, mut high) = (0, BUCKETS);
        while low + 1 < high {
            let middle = low.midpoint(high);
            if before(self.bytes, middle) <= word {
                low = middle;
            } else {
                high = middle;
            }
        }
        let (first, length) = (low % LETTERS, low / LETTERS + 1);
        Word::from_codes(&unpack(first, length, self.tails(length, word..word + 1))[..length])
    }
}

/// The directory's entry for a bucket.
const fn before(bytes: &[u8], bucket: usize) -> usize {
    let at = bucket * 4;
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) as usize
}
