//! Finds all phrases of the table at once. Each slot is one bit; a word's mask says in which slots it may stand, so one
//! shift and one `and` a word carry every phrase that is under way one slot further (the Shift-And method).

use std::{ops::Range, sync::LazyLock};

use super::{
    Hit, Topic,
    table::{CLASSES, ROWS},
};
use crate::{
    spelling::words::{Flags, Gap, Words},
    text::Span,
};

/// The compiled table.
pub(super) static MATCHER: LazyLock<Matcher> = LazyLock::new(Matcher::new);

/// Words of 64 bits; no phrase goes over the edge of one.
const LANES: usize = 12;
/// Slots of the hash table: a power of two, several times the number of words.
const TABLE: usize = 4096;

type Bits = [u64; LANES];

/// A word in any case as a number: all of a short one, a fingerprint of a long one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    bits: u64,
    len: u32,
}

const LOWER: u64 = 0x2020_2020_2020_2020;

impl Key {
    /// Of no word.
    pub(super) const NONE: Self = Self { bits: 0, len: 0 };
    const A: Self = Self { bits: b'a' as u64, len: 1 };
    const AN: Self = Self { bits: u16::from_le_bytes(*b"an") as u64, len: 2 };

    pub(super) fn of(text: &str) -> Self {
        Self::at(text.as_bytes(), Span::new(0, text.len() as u32))
    }

    /// The key of the word at a span of a text.
    #[inline]
    pub(super) fn at(text: &[u8], span: Span) -> Self {
        let (start, len) = (span.start as usize, span.len());
        let eight = |at: usize| text.get(at..at + 8).and_then(|bytes| bytes.try_into().ok()).map(u64::from_le_bytes);
        let bits = match eight(start) {
            Some(bits) if len > 8 => {
                let end = eight(span.end as usize - 8).unwrap_or_default();
                (bits | LOWER).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (end | LOWER)
            }
            Some(bits) => (bits | LOWER) & (u64::MAX >> (64 - 8 * len.max(1))),
            None => {
                let mut bytes = [0; 8];
                let word = &text[start..span.end as usize];
                bytes[..word.len()].copy_from_slice(word);
                (u64::from_le_bytes(bytes) | LOWER) & (u64::MAX >> (64 - 8 * len.clamp(1, 8)))
            }
        };
        Self { bits, len }
    }

    pub(super) fn is_indefinite_article(self) -> bool {
        self == Self::A || self == Self::AN
    }

    const fn slot(self) -> usize {
        (self.bits.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - TABLE.trailing_zeros())) as usize
    }
}

/// How far the phrases are that the words at hand may be part of: one bit for each slot just filled.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Progress(Bits);

impl Progress {
    /// Whether a phrase ends here.
    pub(super) fn is_over(&self, matcher: &Matcher) -> bool {
        self.0.iter().zip(&matcher.ends).any(|(progress, ends)| progress & ends != 0)
    }
}

/// A phrase of the table, compiled.
struct Phrase {
    topic: Topic,
    id: &'static str,
    slots: Range<usize>,
    /// Which of the slots are wrong, counted from the first.
    wrong: Range<usize>,
    /// What is meant, by what is written.
    write: Vec<(&'static str, &'static str)>,
    not_before: Vec<&'static str>,
    not_after: Vec<&'static str>,
    comma: bool,
}

/// All phrases, ready to be looked for.
pub(super) struct Matcher {
    keys: Box<[Key; TABLE]>,
    /// By slot of the hash table: the word and its mask.
    words: Box<[(&'static str, u16)]>,
    masks: Vec<Bits>,
    starts: Bits,
    ends: Bits,
    /// By the bit of the last slot.
    phrases: Vec<Phrase>,
}

impl Matcher {
    fn new() -> Self {
        let mut matcher = Self {
            keys: Box::new([Key::NONE; TABLE]),
            words: vec![("", 0); TABLE].into(),
            masks: Vec::new(),
            starts: Bits::default(),
            ends: Bits::default(),
            phrases: Vec::new(),
        };
        let mut next = 0;
        for row in ROWS {
            let (phrase, slots) = Phrase::parse(row.topic, row.id, row.phrase, next);
            next = phrase.slots.end;
            set(&mut matcher.starts, phrase.slots.start);
            set(&mut matcher.ends, phrase.slots.end - 1);
            for (bit, words) in phrase.slots.clone().zip(slots) {
                for word in words {
                    set(matcher.mask_of(word), bit);
                }
            }
            matcher.phrases.push(phrase);
        }
        matcher
    }

    /// The mask of a word of the table, made where there is none.
    fn mask_of(&mut self, word: &'static str) -> &mut Bits {
        let key = Key::of(word);
        let mut slot = key.slot();
        while self.keys[slot] != Key::NONE && self.keys[slot] != key {
            slot = (slot + 1) % TABLE;
        }
        if self.keys[slot] == Key::NONE {
            self.keys[slot] = key;
            self.words[slot] = (word, self.masks.len() as u16);
            self.masks.push(Bits::default());
        }
        &mut self.masks[usize::from(self.words[slot].1)]
    }

    /// What a word makes of the phrases under way.
    #[inline]
    pub(super) fn advance(&self, progress: Progress, key: Key) -> Progress {
        let mut slot = key.slot();
        loop {
            if self.keys[slot] == key {
                break;
            }
            if self.keys[slot] == Key::NONE {
                return Progress::default();
            }
            slot = (slot + 1) % TABLE;
        }
        let mask = &self.masks[usize::from(self.words[slot].1)];
        let mut next = progress.0;
        for ((bits, starts), mask) in next.iter_mut().zip(&self.starts).zip(mask) {
            *bits = (*bits << 1 | starts) & mask;
        }
        Progress(next)
    }

    /// Adds the phrases that end with the word at `last`.
    pub(super) fn hits(&self, progress: Progress, words: &Words, source: &str, last: usize, hits: &mut Vec<Hit>) {
        for (lane, (bits, ends)) in progress.0.iter().zip(&self.ends).enumerate() {
            let mut over = bits & ends;
            while over != 0 {
                let bit = lane * 64 + over.trailing_zeros() as usize;
                over &= over - 1;
                let at = self.phrases.partition_point(|phrase| phrase.slots.end <= bit);
                hits.extend(self.phrases[at].judge(words, source, last));
            }
        }
    }
}

fn set(bits: &mut Bits, bit: usize) {
    bits[bit / 64] |= 1 << (bit % 64);
}

/// The words of a slot, classes replaced by theirs.
fn alternatives(slot: &'static str) -> impl Iterator<Item = &'static str> {
    slot.split('|').flat_map(|word| {
        let class = CLASSES.iter().find(|(name, _)| *name == word);
        class.map_or(word, |(_, words)| words).split('|')
    })
}

impl Phrase {
    /// Reads a row of the table; its slots are the bits from `first` on, or from the next lane on. Gives the words of
    /// each slot, too.
    fn parse(topic: Topic, id: &'static str, text: &'static str, first: usize) -> (Self, Vec<Vec<&'static str>>) {
        let mut phrase = Self {
            topic,
            id,
            slots: 0..0,
            wrong: 0..0,
            write: Vec::new(),
            not_before: Vec::new(),
            not_after: Vec::new(),
            comma: false,
        };
        let mut slots: Vec<Vec<&'static str>> = Vec::new();
        for slot in text.split(' ') {
            if let Some(unwanted) = slot.strip_prefix('!') {
                let list = if slots.is_empty() { &mut phrase.not_before } else { &mut phrase.not_after };
                list.extend(alternatives(unwanted));
                continue;
            }
            if slot == "," {
                phrase.comma = true;
                continue;
            }
            if slot.starts_with('<') {
                phrase.wrong.start = slots.len();
            }
            let is_last_wrong = slot.ends_with('>');
            let pairs = slot.trim_start_matches('<').trim_end_matches('>');
            phrase.write.extend(pairs.split('|').filter_map(|pair| pair.split_once('=')));
            let words = alternatives(pairs).map(|word| word.split_once('=').map_or(word, |(word, _)| word));
            slots.push(words.collect());
            if is_last_wrong {
                phrase.wrong.end = slots.len();
            }
        }
        let start = if first % 64 + slots.len() > 64 { first.next_multiple_of(64) } else { first };
        phrase.slots = start..start + slots.len();
        (phrase, slots)
    }

    /// The hit, unless what stands around the words says that they are right.
    fn judge(&self, words: &Words, source: &str, last: usize) -> Option<Hit> {
        let phrase = last + 1 - self.slots.len()..last + 1;
        let wrong = phrase.start + self.wrong.start..phrase.start + self.wrong.end;
        let all = words.all();
        // Behind its first word, a capital begins a name.
        let text = |index: usize| words.text(index, source);
        let plain = |index: usize| text(index).bytes().all(|byte| !byte.is_ascii_uppercase());
        let starts_plain = || {
            let first = text(phrase.start);
            first.len() == 1 && all[phrase.start].gap != Gap::Blank || first.bytes().skip(1).all(|byte| !byte.is_ascii_uppercase())
        };
        if !starts_plain() || !phrase.clone().skip(1).all(plain) || all[last].flags.has(Flags::BEFORE_HYPHEN) {
            return None;
        }
        let first = &all[phrase.start];
        let before = phrase.start.checked_sub(1).filter(|_| matches!(first.gap, Gap::Blank | Gap::Hyphen));
        let after = all.get(last + 1).filter(|word| matches!(word.gap, Gap::Blank | Gap::Hyphen)).map(|_| last + 1);
        let unwanted = |index: Option<usize>, list: &[&str]| {
            index.is_some_and(|index| list.iter().any(|word| text(index).eq_ignore_ascii_case(word)))
        };
        if first.gap == Gap::Hyphen || unwanted(before, &self.not_before) || unwanted(after, &self.not_after) {
            return None;
        }
        let span = first.span.join(all[last].span);
        if self.comma && !source[..span.start as usize].trim_end().ends_with(',') || is_quoted(source, span) {
            return None;
        }
        let write = self.write.iter().find(|(word, _)| text(wrong.start).eq_ignore_ascii_case(word));
        Some(Hit { topic: self.topic, pattern: self.id, phrase, wrong, write: write.map_or("", |(_, write)| write) })
    }
}

/// Whether quotation marks stand around a span: its words are spoken of, not said.
pub(super) fn is_quoted(source: &str, span: Span) -> bool {
    let is_mark = |c: Option<char>| c.is_some_and(|c| matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»'));
    is_mark(source[..span.start as usize].chars().next_back()) && is_mark(source[span.end as usize..].chars().next())
}
