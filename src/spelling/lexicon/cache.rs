//! Words seen lately.

use xxhash_rust::xxh3::xxh3_64;

use super::is_known;

/// How many words are remembered: in 32 KB, which stay in a core's nearest memory but one.
const SLOTS: usize = 4096;

/// Answers [`is_known`] for the tokens of running text, in which the same words come again and again. Each thread
/// needs its own.
///
/// It remembers the 64-bit hashes of known words, each at the one place that its hash gives it. A word that is not
/// known is taken for known if its hash is that of the word at its place: with the table full of other words, in one of
/// 2⁶⁴ / 4096 = 4.5 × 10¹⁵ cases.
#[derive(Debug)]
pub struct Cache {
    hashes: Box<[u64; SLOTS]>,
}

impl Default for Cache {
    fn default() -> Self {
        Self { hashes: Box::new([0; SLOTS]) }
    }
}

impl Cache {
    /// A cache that remembers nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether [`is_known`] says so.
    pub fn is_known(&mut self, token: &str) -> bool {
        // 0 is an empty place's.
        let hash = xxh3_64(token.as_bytes()).max(1);
        let place = &mut self.hashes[hash as usize % SLOTS];
        if *place == hash {
            return true;
        }
        let known = is_known(token);
        if known {
            *place = hash;
        }
        known
    }
}
