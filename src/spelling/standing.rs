//! What the lexicon says of a word, fast for words that come again and again.

use std::cell::RefCell;

use super::lexicon::{self, Entry, Size};

/// What the lexicon says of a word as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is common English.
    Common,
    /// It is known: rare, technical, a name, an abbreviation.
    Rare,
    /// The lexicon does not have it.
    Unknown,
}

impl Standing {
    /// Looks a word up.
    pub fn of(word: &str) -> Self {
        if !lexicon::is_known(word) {
            return Self::Unknown;
        }
        let lower = word.to_ascii_lowercase();
        let plain = lower.strip_suffix("'s").unwrap_or(&lower);
        match lexicon::lookup(plain).and_then(Entry::size) {
            Some(size) if size <= Size::S60 => Self::Common,
            _ => Self::Rare,
        }
    }
}

/// Slots of the cache, a power of two: most pages of a site, and most sites, have fewer different words.
const SLOTS: usize = 1 << 15;

/// What was looked up before, in one thread. A slot holds one word at a time, by its 64-bit hash: that two words of a
/// site share one happens once in some billions of sites.
pub(super) struct Cache {
    slots: Box<[Slot]>,
    page: u32,
}

#[derive(Clone, Copy)]
struct Slot {
    hash: u64,
    /// Of the word in lower case.
    lower: u32,
    /// The page that used the word last.
    page: u32,
    standing: Standing,
}

impl Cache {
    /// Does something with this thread's cache.
    pub(super) fn with<T>(action: impl FnOnce(&mut Self) -> T) -> T {
        thread_local! {
            static CACHE: RefCell<Cache> = RefCell::new(Cache::new());
        }
        CACHE.with_borrow_mut(action)
    }

    fn new() -> Self {
        // No word has the hash 0: it would have to be empty.
        let empty = Slot { hash: 0, lower: 0, page: 0, standing: Standing::Unknown };
        Self { slots: vec![empty; SLOTS].into(), page: 0 }
    }

    /// Another page begins.
    pub(super) fn begin_page(&mut self) {
        self.page = self.page.wrapping_add(1).max(1);
    }

    /// The standing of a word. With the first use of a common word on a page comes the hash of its lower case.
    pub(super) fn look_up(&mut self, word: &str) -> (Standing, Option<u32>) {
        let hash = hash(word.as_bytes());
        let slot = &mut self.slots[hash as usize % SLOTS];
        if slot.hash != hash {
            let lower = self::hash(word.to_ascii_lowercase().as_bytes()) as u32;
            *slot = Slot { hash, lower, page: 0, standing: Standing::of(word) };
        }
        let first = slot.page != self.page && slot.standing == Standing::Common;
        slot.page = self.page;
        (slot.standing, first.then_some(slot.lower))
    }
}

/// A hash of a word, the same everywhere.
pub(super) fn hash(word: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = (word.len() as u64 + 1).wrapping_mul(FACTOR);
    for chunk in word.chunks(8) {
        let mut bytes = [0; 8];
        bytes[..chunk.len()].copy_from_slice(chunk);
        hash = (hash ^ u64::from_le_bytes(bytes)).wrapping_mul(FACTOR);
        hash ^= hash >> 32;
    }
    hash
}
