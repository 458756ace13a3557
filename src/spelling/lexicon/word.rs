//! Words packed at five bits a letter, as the committed files hold them.

use std::{fmt, ops::Deref};

/// The most letters that a packed word has. What is longer is in no list of ours, or in the list of exceptions.
pub const LONGEST: usize = 25;

/// The code of the apostrophe; letters have 1 to 26, and 0 stands for none of these.
const APOSTROPHE: u8 = 27;

/// How many first letters there are.
pub(super) const LETTERS: usize = 26;

/// How many bytes the letters after the first take, packed.
pub(super) const fn stride(length: usize) -> usize {
    ((length - 1) * 5).div_ceil(8)
}

const WIDEST: usize = stride(LONGEST);

/// The code of a letter or apostrophe, whatever its case.
pub(super) const fn code(c: char) -> Option<u8> {
    match c {
        'a'..='z' | 'A'..='Z' => Some(c as u8 & 0x1f),
        '\'' => Some(APOSTROPHE),
        _ => None,
    }
}

const fn letter(code: u8) -> u8 {
    if code == APOSTROPHE { b'\'' } else { code + (b'a' - 1) }
}

/// A word to look for: its bucket and its letters after the first, five bits each from the highest bit on. Within a
/// bucket, bytes sort as words do.
#[derive(Clone, Copy)]
pub(super) struct Key {
    /// The first letter, from 0.
    pub first: usize,
    pub length: usize,
    tail: [u8; WIDEST],
}

impl Key {
    /// Packs a word without regard to its case, if it is one of a to z and apostrophes that starts with a letter.
    pub(super) fn new(word: &str) -> Option<Self> {
        let mut codes = [0; LONGEST];
        let length = word.len();
        if length > LONGEST {
            return None;
        }
        for (at, byte) in word.bytes().enumerate() {
            codes[at] = code(char::from(byte))?;
        }
        Self::from_codes(&codes[..length])
    }

    /// Packs letters' codes, if there are as many as a packed word may have and the first is a letter's.
    pub(super) fn from_codes(codes: &[u8]) -> Option<Self> {
        let (&first, rest) = codes.split_first()?;
        if codes.len() > LONGEST || !(1..=LETTERS as u8).contains(&first) {
            return None;
        }
        let packed = rest.iter().fold(0_u128, |packed, &code| packed << 5 | u128::from(code));
        let packed = packed << (WIDEST * 8 - rest.len() * 5);
        let mut tail = [0; WIDEST];
        tail.copy_from_slice(&packed.to_be_bytes()[16 - WIDEST..]);
        Some(Self { first: usize::from(first - 1), length: codes.len(), tail })
    }

    pub(super) fn tail(&self) -> &[u8] {
        &self.tail[..stride(self.length)]
    }
}

/// The codes of a packed word's letters: its bucket's letter and what follows it.
pub(super) fn unpack(first: usize, length: usize, tail: &[u8]) -> [u8; LONGEST] {
    let mut codes = [0; LONGEST];
    codes[0] = first as u8 + 1;
    let (mut bits, mut held, mut bytes) = (0_u32, 0, tail.iter());
    for code in &mut codes[1..length] {
        if held < 5 {
            bits = bits << 8 | u32::from(*bytes.next().expect("a packed word has all its letters"));
            held += 8;
        }
        held -= 5;
        *code = (bits >> held) as u8 & 0x1f;
    }
    codes
}

/// A word of the lexicon, held in place; it derefs to `str`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Word {
    letters: [u8; LONGEST],
    length: u8,
}

impl Word {
    pub(super) fn from_codes(codes: &[u8]) -> Self {
        let mut letters = [0; LONGEST];
        for (to, &from) in letters.iter_mut().zip(codes) {
            *to = letter(from);
        }
        Self { letters, length: codes.len() as u8 }
    }

    /// With a capital first letter.
    pub(super) fn capitalised(mut self) -> Self {
        self.letters[..1].make_ascii_uppercase();
        self
    }

    /// In capitals.
    pub(super) fn uppercase(mut self) -> Self {
        self.letters.make_ascii_uppercase();
        self
    }

    /// The word.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.letters[..usize::from(self.length)]).expect("packed letters are ASCII")
    }
}

impl Deref for Word {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}
