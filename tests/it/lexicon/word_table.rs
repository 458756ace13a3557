//! Writes the files that `src/spelling/lexicon/word_table.rs` describes and reads.

use std::collections::BTreeMap;

pub const LONGEST: usize = copydesk::internals::spelling::lexicon::LONGEST;

/// Whether a word, in lower case, can be on a shelf.
pub fn fits(word: &str) -> bool {
    word.len() <= LONGEST
        && word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.chars().all(|c| c.is_ascii_lowercase() || c == '\'')
}

/// Words in the order in which they are numbered: by length, then by letters with the apostrophe last.
pub fn order(word: &str) -> (usize, Vec<u8>) {
    (word.len(), word.bytes().map(code).collect())
}

/// The file of these words, each with its value.
pub fn bytes<const N: usize>(words: &BTreeMap<(usize, Vec<u8>), [u8; N]>) -> Vec<u8> {
    let mut counts = vec![0_u32; LONGEST * 26];
    for (length, codes) in words.keys() {
        counts[(length - 1) * 26 + usize::from(codes[0] - 1)] += 1;
    }
    let mut file = Vec::new();
    let mut before = 0_u32;
    for count in counts {
        file.extend(before.to_le_bytes());
        before += count;
    }
    file.extend(before.to_le_bytes());
    for (_, codes) in words.keys() {
        file.extend(packed(&codes[1..]));
    }
    file.extend(words.values().flatten());
    file.extend([0; 16]);
    file
}

/// Five bits a letter, the highest first, and zeros up to the end of the last byte.
fn packed(codes: &[u8]) -> Vec<u8> {
    let bits: Vec<bool> =
        codes.iter().flat_map(|code| (0..5).rev().map(move |bit| code >> bit & 1 == 1)).collect();
    let byte =
        |bits: &[bool]| bits.iter().enumerate().fold(0, |byte, (at, &bit)| byte | u8::from(bit) << (7 - at));
    bits.chunks(8).map(byte).collect()
}

fn code(letter: u8) -> u8 {
    if letter == b'\'' { 27 } else { letter - b'a' + 1 }
}
