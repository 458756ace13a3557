//! Words seen lately.

use xxhash_rust::xxh3::xxh3_64;

use super::is_known;

/// How many words are remembered: in 64 KB, which stay in a core's nearest memory but one.
const SLOTS: usize = 8192;

/// Answers [`is_known`] for the tokens of running text, in which the same words come again and again. Each thread
/// needs its own.
///
/// It remembers the hashes of words, each at the one place that its hash gives it, with the answer. A word gets
/// another's answer if 63 bits of their hashes are the same: with the table full, once in 2⁶³ / 8192 = 10¹⁵ words.
#[derive(Debug)]
pub struct Cache {
    /// Hashes with [`KNOWN`] for known words; 0 where no word is.
    answers: Box<[u64]>,
}

/// The bit of a hash that gives way to the answer.
const KNOWN: u64 = 1 << 63;

impl Default for Cache {
    fn default() -> Self {
        Self { answers: vec![0; SLOTS].into() }
    }
}

impl Cache {
    /// A cache that remembers nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether [`is_known`] says so.
    pub fn is_known(&mut self, token: &str) -> bool {
        let hash = (xxh3_64(token.as_bytes()) & !KNOWN).max(1);
        let place = &mut self.answers[hash as usize % SLOTS];
        if *place & !KNOWN != hash {
            *place = hash | if is_known(token) { KNOWN } else { 0 };
        }
        *place & KNOWN != 0
    }
}
