//! Frequent words a slip or two away from a word.
//!
//! The words of a bucket (a first letter, a length) are told apart by which letters they have, 32 bits each; these are
//! collected when a bucket is first asked for. A slip adds a letter, takes one away, or both, so few words are left to
//! be compared letter by letter.

use std::sync::OnceLock;

use super::{
    FREQUENT,
    entry::{Forms, LexiconEntry},
    word::{LETTERS, LONGEST, LexiconWord, PackedTail, WordKey, code},
    word_table::{BUCKETS, bucket},
};

/// How many slips are between two words: the optimal string alignment distance, in which a letter more, a letter less,
/// another letter, or two neighbours changed about are one each, and no letter is touched twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Distance {
    /// One slip.
    One = 1,
    /// Two slips.
    Two = 2,
}

/// A frequent word that is not far from another.
#[derive(Debug, Clone, Copy)]
pub struct Near {
    /// In lower case.
    pub word: LexiconWord,
    /// How far it is.
    pub distance: Distance,
    /// What is known of it in lower case.
    pub entry: LexiconEntry,
}

/// Calls `out` with each frequent word up to `max` slips away from `word`, in no particular order. The word itself is
/// not among them, and its case does not count.
///
/// Frequent are English words up to [`Size::S60`](super::Size::S60) with more than two letters, the shorter ones of
/// everybody's use, and technical terms from four letters on. At distance two, only words with the same first letter
/// are looked at: 96.6 % of people's slips of two leave it alone. Near an empty word there is nothing.
pub fn near(word: &str, max: Distance, mut out: impl FnMut(Near)) {
    let mut codes = [0; LONGEST + 2];
    let mut length = 0;
    for c in word.chars() {
        let Some(place) = codes.get_mut(length) else { return };
        *place = code(c);
        length += 1;
    }
    let codes = &codes[..length];
    let Some(&first) = codes.first() else { return };
    if (1..=LETTERS as u8).contains(&first) {
        same_first_letter(codes, max as usize, &mut out);
    }
    other_first_letter(codes, &mut out);
}

/// The letters of each word of a bucket as a set.
static LETTER_SETS: [OnceLock<Box<[u32]>>; BUCKETS] = [const { OnceLock::new() }; BUCKETS];

fn letter_sets(first: usize, length: usize) -> &'static [u32] {
    LETTER_SETS[bucket(first, length)].get_or_init(|| {
        let bucket = FREQUENT.bucket(first, length);
        (0..bucket.words.len()).map(|word| letter_set(first, bucket.tail(word))).collect()
    })
}

fn letter_set(first: usize, tail: PackedTail) -> u32 {
    1 << (first + 1) | tail.letters()
}

fn same_first_letter(codes: &[u8], max: usize, out: &mut impl FnMut(Near)) {
    let first = usize::from(codes[0] - 1);
    let tail = PackedTail::new(&codes[1..]);
    let set = letter_set(first, tail);
    let shortest = codes.len().saturating_sub(max).max(1);
    for length in shortest..=(codes.len() + max).min(LONGEST) {
        let bucket = FREQUENT.bucket(first, length);
        let longer = length.cast_signed() - codes.len().cast_signed();
        // Of `max` slips, as many add letters as the word is longer; each of the others can replace one.
        let filter = Filter {
            set,
            lost: max - length.saturating_sub(codes.len()),
            gained: max - codes.len().saturating_sub(length),
        };
        filter.each(letter_sets(first, length), |at| {
            let candidate = bucket.tail(at);
            if let Some(distance) = within(tail, candidate, longer, max) {
                report(&WordKey { first, length, tail: candidate }, bucket.words.start + at, distance, out);
            }
        });
    }
}

/// Tells which words' letters are almost those of `set`.
struct Filter {
    set: u32,
    /// How many of its letters a word may lack, two at most.
    lost: usize,
    /// How many letters a word may have besides, two at most.
    gained: usize,
}

impl Filter {
    /// How many words are looked at together, which the compiler makes vectors of.
    const LANES: usize = 16;

    /// Calls `out` with the places of the words that may be near.
    fn each(&self, sets: &[u32], mut out: impl FnMut(usize)) {
        // Letters that no word has make all limits two.
        const LIMITS: [u32; 3] = [1 << 28 | 1 << 29, 1 << 28, 0];
        let (set, gained) = (self.set | LIMITS[self.lost], LIMITS[self.gained]);
        let is_near = |letters: u32| {
            let (lost, gained) = (set & !letters, letters & !self.set | gained);
            without_two(lost) | without_two(gained) == 0
        };
        let (blocks, rest) = sets.as_chunks::<{ Self::LANES }>();
        for (block, sets) in blocks.iter().enumerate() {
            let mut found = 0_u32;
            for (lane, &letters) in sets.iter().enumerate() {
                found |= u32::from(is_near(letters)) << lane;
            }
            while found != 0 {
                out(block * Self::LANES + found.trailing_zeros() as usize);
                found &= found - 1;
            }
        }
        let start = blocks.len() * Self::LANES;
        rest.iter().enumerate().filter(|&(_, &letters)| is_near(letters)).for_each(|(at, _)| out(start + at));
    }
}

/// A set without two of its members.
#[inline]
fn without_two(set: u32) -> u32 {
    let set = set & set.wrapping_sub(1);
    set & set.wrapping_sub(1)
}

/// Words one slip away that begin with another letter: the first letter is another, is missing, is one too many, or
/// stands second.
fn other_first_letter(codes: &[u8], out: &mut impl FnMut(Near)) {
    let mut probe = |candidate: &[u8]| {
        if candidate.first() == codes.first() {
            return;
        }
        let Some(key) = WordKey::from_codes(candidate) else { return };
        if let Some(word) = FREQUENT.find(&key) {
            report(&key, word, Distance::One, out);
        }
    };
    let mut longer = [0; LONGEST + 3];
    longer[1..=codes.len()].copy_from_slice(codes);
    let longer = &mut longer[..=codes.len()];
    probe(&codes[1..]);
    for letter in 1..=LETTERS as u8 {
        longer[0] = letter;
        probe(longer);
    }
    let same_length = &mut longer[1..];
    if same_length.len() > 1 {
        same_length.swap(0, 1);
        probe(same_length);
        same_length.swap(0, 1);
    }
    for letter in 1..=LETTERS as u8 {
        same_length[0] = letter;
        probe(same_length);
    }
}

fn report(key: &WordKey, word: usize, distance: Distance, out: &mut impl FnMut(Near)) {
    if let Some(entry) = Forms::frequent(word).lower() {
        out(Near { word: LexiconWord::new(key), distance, entry });
    }
}

/// The distance of two different words with the same first letter, the second so many letters longer, if it is at most
/// `max`.
fn within(a: PackedTail, b: PackedTail, longer: isize, max: usize) -> Option<Distance> {
    if within_one(a, b, longer) {
        return (a != b || longer != 0).then_some(Distance::One);
    }
    // Letters that words begin with in common stay as they are, so the first slip is right after them. What it may
    // have been depends on how long the words are.
    let (a, b) = a.without_common(b);
    let found = max == 2
        && (longer.abs() <= 1 && within_one(a.skip(1), b.skip(1), longer)
            || longer >= 0 && within_one(a, b.skip(1), longer - 1)
            || longer <= 0 && within_one(a.skip(1), b, longer + 1)
            || is_swapped(a, b) && within_one(a.skip(2), b.skip(2), longer));
    found.then_some(Distance::Two)
}

/// Whether at most one slip is between two words, the second so many letters longer.
fn within_one(a: PackedTail, b: PackedTail, longer: isize) -> bool {
    let (a, b) = a.without_common(b);
    match longer {
        0 => a.skip(1) == b.skip(1) || is_swapped(a, b) && a.skip(2) == b.skip(2),
        1 => a == b.skip(1),
        -1 => a.skip(1) == b,
        _ => false,
    }
}

/// Whether the first two letters of the one are those of the other, changed about.
fn is_swapped(a: PackedTail, b: PackedTail) -> bool {
    a.first() == b.skip(1).first() && a.skip(1).first() == b.first()
}
