//! Words packed at five bits a letter, as the committed files hold them.

use std::{fmt, ops::Deref};

/// The most letters that a packed word has. What is longer is in no list of ours, or in the list of exceptions.
pub const LONGEST: usize = 23;

/// The code of the apostrophe; letters have 1 to 26.
const APOSTROPHE: u8 = 27;

/// The code of all that no packed word has.
const FOREIGN: u8 = 31;

/// How many first letters there are.
pub(super) const LETTERS: usize = 26;

/// How many bytes the letters after the first take, packed.
#[inline]
pub(super) const fn stride(length: usize) -> usize {
    ((length - 1) * PackedTail::BITS as usize).div_ceil(8)
}

/// The code of a character, whatever its case.
pub(super) const fn code(c: char) -> u8 {
    match c {
        'a'..='z' | 'A'..='Z' => c as u8 & 0x1f,
        '\'' => APOSTROPHE,
        _ => FOREIGN,
    }
}

const fn letter(code: u8) -> u8 {
    if code == APOSTROPHE { b'\'' } else { code + (b'a' - 1) }
}

/// So many letters fit a machine word.
const DOZEN: usize = 12;

/// The letters after a word's first, five bits each from the highest bit on, and zeros: of words of the same length,
/// the smaller number is the word that sorts first. [`LONGEST`] leaves room for two letters more.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PackedTail(pub u128);

impl PackedTail {
    /// Bits of a letter.
    pub(super) const BITS: u32 = 5;
    const MOST: usize = 2 * DOZEN;

    /// Of letters' codes.
    pub(super) fn new(codes: &[u8]) -> Self {
        debug_assert!(codes.len() <= Self::MOST);
        // Half of a tail fits a machine word, which is far faster to put together.
        let placed = |codes: &[u8], free: u32| {
            let packed = codes.iter().fold(0, |packed, &code| packed << Self::BITS | u64::from(code));
            u128::from(packed) << (free - codes.len() as u32 * Self::BITS)
        };
        let (first, second) = codes.split_at(codes.len().min(DOZEN));
        let free = u128::BITS - DOZEN as u32 * Self::BITS;
        Self(if first.is_empty() { 0 } else { placed(first, u128::BITS) | placed(second, free) })
    }

    /// The tail of a word of this length at the start of 16 bytes, whatever is after it.
    #[inline]
    pub(super) const fn read(bytes: [u8; 16], length: usize) -> Self {
        let behind = u128::BITS - (length as u32 - 1) * Self::BITS;
        match u128::MAX.checked_shl(behind) {
            Some(mask) => Self(u128::from_be_bytes(bytes) & mask),
            None => Self(0),
        }
    }

    /// The first letter's code, or 0 if there is none.
    #[inline]
    pub(super) const fn first(self) -> u8 {
        (self.0 >> (u128::BITS - Self::BITS)) as u8
    }

    /// The codes of its letters as a set, one bit each. Half of a tail fits a machine word, which is far faster to take
    /// apart than the whole.
    pub(super) const fn letters(self) -> u32 {
        const BITS: u32 = DOZEN as u32 * PackedTail::BITS;
        let first = (self.0 >> (u128::BITS - BITS)) as u64;
        let second = (self.0 >> (u128::BITS - 2 * BITS)) as u64 & (u64::MAX >> (u64::BITS - BITS));
        letters_of(first) | letters_of(second)
    }

    /// Its first 64 bits, which are all of a short one.
    #[inline]
    pub(super) const fn start(self) -> u64 {
        (self.0 >> u64::BITS) as u64
    }

    /// What is left without the first letters.
    #[inline]
    pub(super) const fn skip(self, letters: u32) -> Self {
        match self.0.checked_shl(letters * Self::BITS) {
            Some(rest) => Self(rest),
            None => Self(0),
        }
    }

    /// What is left of this and another after the letters that they begin with in common.
    pub(super) const fn without_common(self, other: Self) -> (Self, Self) {
        let letters = (self.0 ^ other.0).leading_zeros() / Self::BITS;
        (self.skip(letters), other.skip(letters))
    }
}

/// The codes in a number, five bits each, as a set. Zeros after the last are none.
const fn letters_of(codes: u64) -> u32 {
    if codes == 0 {
        return 0;
    }
    let mut codes = codes >> (codes.trailing_zeros() / PackedTail::BITS * PackedTail::BITS);
    let mut set = 0;
    while codes != 0 {
        set |= 1 << (codes & 0x1f);
        codes >>= PackedTail::BITS;
    }
    set
}

/// A word to look for: its bucket and its tail.
#[derive(Clone, Copy)]
pub(super) struct WordKey {
    /// The first letter, from 0.
    pub first: usize,
    pub length: usize,
    pub tail: PackedTail,
}

impl WordKey {
    /// Packs a word without regard to its case, if it can be on a shelf.
    pub(super) fn new(word: &str) -> Option<Self> {
        let mut codes = [0; LONGEST];
        let codes = codes.get_mut(..word.len())?;
        for (place, byte) in codes.iter_mut().zip(word.bytes()) {
            *place = code(char::from(byte));
        }
        Self::from_codes(codes)
    }

    /// Packs letters' codes, if there are as many as a packed word may have and the first is a letter's.
    pub(super) fn from_codes(codes: &[u8]) -> Option<Self> {
        let (&first, rest) = codes.split_first()?;
        let is_letter = (1..=LETTERS as u8).contains(&first);
        (is_letter && codes.len() <= LONGEST).then(|| Self {
            first: usize::from(first - 1),
            length: codes.len(),
            tail: PackedTail::new(rest),
        })
    }

    /// The codes of its letters.
    pub(super) fn codes(&self) -> impl Iterator<Item = u8> {
        let tails = std::iter::successors(Some(self.tail), |tail| Some(tail.skip(1)));
        std::iter::once(self.first as u8 + 1).chain(tails.map(PackedTail::first)).take(self.length)
    }
}

/// A word of the lexicon, held in place; it derefs to `str`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LexiconWord {
    letters: [u8; LONGEST],
    length: u8,
}

impl LexiconWord {
    pub(super) fn new(key: &WordKey) -> Self {
        let mut letters = [0; LONGEST];
        for (to, from) in letters.iter_mut().zip(key.codes()) {
            *to = letter(from);
        }
        Self { letters, length: key.length as u8 }
    }

    /// With a capital first letter.
    pub(super) fn capitalised(mut self) -> Self {
        self.letters[..1].make_ascii_uppercase();
        self
    }

    /// In capital letters.
    pub(super) fn uppercase(mut self) -> Self {
        self.letters.make_ascii_uppercase();
        self
    }

    /// The word.
    pub fn as_str(&self) -> &str {
        self
    }
}

impl Deref for LexiconWord {
    type Target = str;

    fn deref(&self) -> &str {
        std::str::from_utf8(&self.letters[..usize::from(self.length)]).expect("packed letters are ASCII")
    }
}

impl fmt::Display for LexiconWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for LexiconWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}
