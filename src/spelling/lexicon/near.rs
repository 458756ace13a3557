//! Frequent words a slip or two away from a word.
//!
//! The words of a bucket (a first letter, a length) are told apart by which letters they have, 32 bits each; these are
//! collected when a bucket is first asked for. A slip adds a letter, takes one away, or both, so few words are left to
//! be compared letter by letter.

use std::sync::OnceLock;

use super::{
    Entry, FREQUENT, Forms,
    shelf::{BUCKETS, bucket},
    word::{Key, LETTERS, LONGEST, Word, code, stride, unpack},
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
    pub word: Word,
    /// How far it is.
    pub distance: Distance,
    /// What is known of it in lower case.
    pub entry: Entry,
}

/// Calls `out` with each frequent word up to `max` slips away from `word`, in no particular order. The word itself is
/// not among them, and its case does not count.
///
/// Frequent are English words up to [`Size::S60`](super::Size::S60) with more than two letters, the shorter ones of
/// everybody's use, and technical terms from four letters on. At distance two, only words with the same first letter
/// are looked at: 96.6 % of people's slips of two leave it alone.
pub fn near(word: &str, max: Distance, mut out: impl FnMut(Near)) {
    let mut codes = [0; LONGEST + 2];
    let mut length = 0;
    for c in word.chars() {
        let Some(place) = codes.get_mut(length) else { return };
        *place = code(c).unwrap_or(0);
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
        let words = FREQUENT.range(first, length);
        words
            .map(|word| letter_set(&unpack(first, length, FREQUENT.tails(length, word..word + 1))[..length]))
            .collect()
    })
}

fn letter_set(codes: &[u8]) -> u32 {
    codes.iter().fold(0, |set, code| set | 1 << code)
}

fn same_first_letter(codes: &[u8], max: usize, out: &mut impl FnMut(Near)) {
    let first = usize::from(codes[0] - 1);
    let set = letter_set(codes);
    let shortest = codes.len().saturating_sub(max).max(1);
    for length in shortest..=(codes.len() + max).min(LONGEST) {
        let words = FREQUENT.range(first, length);
        let tails = FREQUENT.tails(length, words.clone());
        // Of `max` slips, as many add letters as the word is longer; each of the others can replace one.
        let replaced = max - length.saturating_sub(codes.len());
        let added = max - codes.len().saturating_sub(length);
        for (at, &letters) in letter_sets(first, length).iter().enumerate() {
            if exceeds(set & !letters, replaced) || exceeds(letters & !set, added) {
                continue;
            }
            let width = stride(length);
            let candidate = unpack(first, length, &tails[at * width..][..width]);
            if let Some(distance) = within(codes, &candidate[..length], max) {
                report(&candidate[..length], words.start + at, distance, out);
            }
        }
    }
}

/// Whether a set has more than so many members, which are two at most.
fn exceeds(set: u32, members: usize) -> bool {
    let without_one = |set: u32| set & set.wrapping_sub(1);
    match members {
        0 => set != 0,
        1 => without_one(set) != 0,
        _ => without_one(without_one(set)) != 0,
    }
}

/// Words one slip away that begin with another letter: the first letter is another, is missing, is one too many, or
/// stands second.
fn other_first_letter(codes: &[u8], out: &mut impl FnMut(Near)) {
    let mut probe = |candidate: &[u8]| {
        if candidate.first() == codes.first() {
            return;
        }
        if let Some(word) = Key::from_codes(candidate).and_then(|key| FREQUENT.find(&key)) {
            report(candidate, word, Distance::One, out);
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

fn report(codes: &[u8], word: usize, distance: Distance, out: &mut impl FnMut(Near)) {
    if let Some(entry) = Forms::frequent(word).lower() {
        out(Near { word: Word::from_codes(codes), distance, entry });
    }
}

/// The distance of two words that are not the same, if it is at most `max`.
fn within(a: &[u8], b: &[u8], max: usize) -> Option<Distance> {
    let prefix = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[prefix..], &b[prefix..]);
    let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - suffix], &b[..b.len() - suffix]);
    match alignment(a, b, max) {
        1 => Some(Distance::One),
        2 if max == 2 => Some(Distance::Two),
        _ => None,
    }
}

/// The optimal string alignment distance, or anything greater than `max` if it is greater.
fn alignment(a: &[u8], b: &[u8], max: usize) -> usize {
    if a.len().abs_diff(b.len()) > max {
        return max + 1;
    }
    let mut rows = [[0_u8; LONGEST + 1]; 3];
    for (at, cell) in rows[0].iter_mut().enumerate() {
        *cell = at as u8;
    }
    for (i, &x) in a.iter().enumerate() {
        let [before, above, row] = rotated(&mut rows, i);
        row[0] = i as u8 + 1;
        let mut least = row[0];
        for (j, &y) in b.iter().enumerate() {
            let mut cost = (above[j] + u8::from(x != y)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && y == a[i - 1] {
                cost = cost.min(before[j - 1] + 1);
            }
            row[j + 1] = cost;
            least = least.min(cost);
        }
        if usize::from(least) > max {
            return max + 1;
        }
    }
    usize::from(rows[a.len() % 3][b.len()])
}

/// The rows of the table before the last, the last, and the one to write, after `i` of them.
fn rotated(rows: &mut [[u8; LONGEST + 1]; 3], i: usize) -> [&mut [u8; LONGEST + 1]; 3] {
    let [a, b, c] = rows;
    match i % 3 {
        0 => [c, a, b],
        1 => [a, b, c],
        _ => [b, c, a],
    }
}
