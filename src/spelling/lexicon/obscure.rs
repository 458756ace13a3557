//! Words and names that only the largest dictionaries have. Nothing is known of them but that they are not slips, so
//! they are kept as fingerprints: two bytes each.
//!
//! The file holds, for every [`GROUP`] buckets, how many words are before them (four bytes, the lowest first), then
//! how many words each of the [`BUCKETS`] has (a byte), then their fingerprints, bucket by bucket, in order. A word's
//! bucket is in the lowest bits of its hash, its fingerprint in the highest.

use xxhash_rust::xxh3::xxh3_64;

/// How many buckets there are, a power of two.
pub const BUCKETS: usize = 1 << 15;
/// So many buckets share a count of the words before them.
pub const GROUP: usize = 64;

static FILE: &[u8] = include_bytes!("data/obscure.bin");

/// The bucket and the fingerprint of a word.
pub fn place(word: &str) -> (usize, u16) {
    let hash = xxh3_64(word.as_bytes());
    (hash as usize % BUCKETS, (hash >> 48) as u16)
}

/// Whether a large dictionary has the word, as it is written or in lower case. Of ten thousand other words it takes
/// one or two for such a word.
pub(super) fn has(word: &str) -> bool {
    has_exactly(word)
        || word.bytes().any(|byte| byte.is_ascii_uppercase()) && has_exactly(&word.to_ascii_lowercase())
}

fn has_exactly(word: &str) -> bool {
    let (bucket, fingerprint) = place(word);
    let (starts, rest) = FILE.split_at(BUCKETS / GROUP * 4);
    let (counts, fingerprints) = rest.split_at(BUCKETS);
    let group = bucket / GROUP;
    let start = u32::from_le_bytes([0, 1, 2, 3].map(|byte| starts[group * 4 + byte])) as usize;
    let before: usize = counts[group * GROUP..bucket].iter().map(|&count| usize::from(count)).sum();
    let first = start + before;
    let own = &fingerprints[first * 2..(first + usize::from(counts[bucket])) * 2];
    own.chunks_exact(2).any(|pair| u16::from_le_bytes([pair[0], pair[1]]) == fingerprint)
}
