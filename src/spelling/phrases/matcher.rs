//! Finds all phrases of the table at once. Every word belongs to a class of words that may stand in the same slots; two
//! words of which one may follow the other at the end of a phrase are looked at closely, all others are left at once.

use std::{collections::BTreeMap, ops::Range, sync::LazyLock};

use super::{
    Hit, SKIPPED, Topic,
    table::{CLASSES, ROWS, Row},
};
use crate::{
    spelling::words::{Flags, Gap, Word, Words},
    text::Span,
};

/// The compiled table.
static MATCHER: LazyLock<Matcher> = LazyLock::new(Matcher::new);

/// The longest phrase, in words.
const LONGEST: usize = 4;
/// Half the size of the hash table: a power of two, more than the number of words.
const TABLE: usize = 1024;
/// How many classes there may be.
const CLASSES_AT_MOST: usize = 512;
/// Which words are alike: they may stand in the same slots. 0 for words of no phrase.
pub(in crate::spelling) type Class = u16;

/// A word in any case as a number: the letters of a short one; of a long one, which may share it with others, the first
/// eight and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::spelling) struct Key(u64);

/// Turns capitals into small letters, eight at a time, and leaves small letters and apostrophes as they are.
const LOWER: u64 = 0x2020_2020_2020_2020;
const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

impl Key {
    /// Of no word.
    const NONE: Self = Self(0);
    const A: Self = Self(b'a' as u64);
    const AN: Self = Self(u16::from_le_bytes(*b"an") as u64);

    pub(in crate::spelling) fn of(text: &str) -> Self {
        let mut letters = [0; 8];
        let shown = text.len().min(8);
        letters[..shown].copy_from_slice(&text.as_bytes()[..shown]);
        let beyond = text.len().saturating_sub(8) as u64;
        let letters = (u64::from_le_bytes(letters) | LOWER) & u64::MAX >> (64 - 8 * shown.max(1));
        Self(letters ^ beyond.wrapping_mul(MIX))
    }

    pub(in crate::spelling) fn is_indefinite_article(self) -> bool {
        self == Self::A || self == Self::AN
    }

    /// Where the key may stand in the hash table: in one of two places.
    const fn places(self) -> [usize; 2] {
        let hash = self.0.wrapping_mul(MIX);
        let bits = TABLE.trailing_zeros();
        [(hash >> (64 - bits)) as usize, TABLE + (hash >> (64 - 2 * bits)) as usize % TABLE]
    }
}

/// A phrase of the table, compiled.
struct Phrase {
    topic: Topic,
    id: &'static str,
    slots: Range<u16>,
    /// Which of the slots are wrong, counted from the first.
    wrong: Range<usize>,
    /// What is meant, by what is written.
    write: Vec<(&'static str, String)>,
    not_before: Vec<&'static str>,
    not_after: Vec<&'static str>,
    comma: bool,
}

/// All phrases, ready to be looked for.
pub(in crate::spelling) struct Matcher {
    /// A hash table in which every key has two places (cuckoo hashing).
    keys: Box<[Key; 2 * TABLE]>,
    /// By place in the hash table.
    classes: Box<[Class; 2 * TABLE]>,
    /// By class and class before: whether such a pair is the mark of a phrase. By class and 0: whether a word is. One bit
    /// each, so that they stay in the nearest cache.
    marks: Vec<[u64; CLASSES_AT_MOST / 64]>,
    /// By class: the slots in which its words may stand, in order.
    slots: Vec<Vec<u16>>,
    /// In the order of their slots, which are counted through.
    phrases: Vec<Phrase>,
}

impl Matcher {
    pub(in crate::spelling) fn get() -> &'static Self {
        &MATCHER
    }

    fn new() -> Self {
        let mut phrases: Vec<Phrase> = Vec::new();
        let mut by_word: BTreeMap<&'static str, Vec<u16>> = BTreeMap::new();
        for row in ROWS {
            let first = phrases.last().map_or(0, |phrase| phrase.slots.end);
            let (phrase, slots) = Phrase::parse(row, first);
            for (slot, words) in phrase.slots.clone().zip(slots) {
                for word in words {
                    by_word.entry(word).or_default().push(slot);
                }
            }
            phrases.push(phrase);
        }
        let mut matcher = Self {
            keys: Box::new([Key::NONE; 2 * TABLE]),
            classes: Box::new([0; 2 * TABLE]),
            marks: Vec::new(),
            slots: vec![Vec::new()],
            phrases,
        };
        let mut classes: BTreeMap<Vec<u16>, Class> = BTreeMap::new();
        for (word, slots) in by_word {
            let class = *classes.entry(slots).or_insert_with_key(|slots| {
                matcher.slots.push(slots.clone());
                (matcher.slots.len() - 1) as Class
            });
            matcher.add(word, class);
        }
        matcher.mark();
        matcher
    }

    fn add(&mut self, word: &str, mut class: Class) {
        let mut key = Key::of(word);
        let mut place = key.places()[0];
        // Who finds the place taken sends the other to its second one. The table is less than half full, so this ends.
        for _ in 0..TABLE {
            std::mem::swap(&mut key, &mut self.keys[place]);
            std::mem::swap(&mut class, &mut self.classes[place]);
            if key == Key::NONE {
                return;
            }
            let [one, other] = key.places();
            place = if place == one { other } else { one };
        }
        unreachable!("the words of the table find their places, as a test shows");
    }

    fn mark(&mut self) {
        let classes = self.slots.len();
        assert!(classes <= CLASSES_AT_MOST, "the table has more classes than a mask has bits");
        self.marks = vec![[0; CLASSES_AT_MOST / 64]; classes];
        let slots = self.phrases.last().map_or(0, |phrase| phrase.slots.end);
        let mut by_slot: Vec<Vec<usize>> = vec![Vec::new(); usize::from(slots)];
        for (class, slots) in self.slots.iter().enumerate() {
            for &slot in slots {
                by_slot[usize::from(slot)].push(class);
            }
        }
        for phrase in &self.phrases {
            let mark = usize::from(phrase.mark());
            for &class in &by_slot[mark] {
                if phrase.slots.len() == 1 {
                    self.marks[class] = [u64::MAX; CLASSES_AT_MOST / 64];
                    continue;
                }
                for before in &by_slot[mark - 1] {
                    self.marks[class][before / 64] |= 1 << (before % 64);
                }
            }
        }
    }

    fn phrase_of(&self, slot: u16) -> &Phrase {
        &self.phrases[self.phrases.partition_point(|phrase| phrase.slots.end <= slot)]
    }

    /// The class of a word.
    pub(in crate::spelling) fn class(&self, key: Key) -> Class {
        let at = |place: usize| if self.keys[place] == key { self.classes[place] } else { 0 };
        let [one, other] = key.places();
        at(one) | at(other)
    }

    /// Whether a word of this class behind one of the other is the mark of a phrase.
    #[inline]
    pub(in crate::spelling) fn is_mark(&self, class: Class, before: Class) -> bool {
        let before = usize::from(before);
        self.marks[usize::from(class)][before / 64] >> (before % 64) & 1 != 0
    }

    /// Adds the phrases whose mark ends with the word at `index`.
    #[cold]
    pub(super) fn hits(&'static self, words: &Words, source: &str, index: usize, hits: &mut Vec<Hit>) {
        let slots = |index: usize| -> &[u16] {
            let in_reach = index < words.all().len();
            if in_reach {
                &self.slots[usize::from(self.class(Key::of(words.text(index, source))))]
            } else {
                &[]
            }
        };
        for &slot in slots(index) {
            let phrase = self.phrase_of(slot);
            let Some(start) = index.checked_sub(usize::from(slot - phrase.slots.start)) else { continue };
            if phrase.mark() != slot
                || !phrase.slots.clone().zip(start..).all(|(slot, at)| slots(at).contains(&slot))
            {
                continue;
            }
            let hit = phrase.judge(words, source, start);
            let known = |hit: &Hit| hits.iter().rev().take(LONGEST).any(|other| other.wrong == hit.wrong);
            hits.extend(hit.filter(|hit| !known(hit)));
        }
    }
}

/// The words of a slot, classes replaced by theirs.
fn alternatives(slot: &'static str) -> impl Iterator<Item = &'static str> {
    slot.split('|').flat_map(|word| {
        let class = CLASSES.iter().find(|(name, _)| *name == word);
        class.map_or(word, |(_, words)| words).split('|')
    })
}

impl Phrase {
    /// Reads a row of the table, whose slots are counted from `first` on. Gives the words of each slot, too.
    fn parse(row: &Row, first: u16) -> (Self, Vec<Vec<&'static str>>) {
        let mut phrase = Self {
            topic: row.topic,
            id: row.id,
            slots: 0..0,
            wrong: 0..0,
            write: Vec::new(),
            not_before: Vec::new(),
            not_after: Vec::new(),
            comma: false,
        };
        let mut slots: Vec<Vec<&'static str>> = Vec::new();
        for slot in row.phrase.split(' ') {
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
            let right = pairs.split('|').filter_map(|pair| pair.split_once('='));
            phrase.write.extend(right.map(|(word, right)| (word, right.replace('_', " "))));
            let words = alternatives(pairs).map(|word| word.split_once('=').map_or(word, |(word, _)| word));
            slots.push(words.collect());
            if is_last_wrong {
                phrase.wrong.end = slots.len();
            }
        }
        phrase.slots = first..first + slots.len() as u16;
        (phrase, slots)
    }

    /// The slot with which it is recognised: its first wrong word, or the one behind it where that is its first.
    fn mark(&self) -> u16 {
        let second = self.slots.len().min(2) - 1;
        self.slots.start + self.wrong.start.max(second) as u16
    }

    /// The hit from the word at `start` on, unless what stands around the words says that they are right.
    fn judge(&'static self, words: &Words, source: &str, start: usize) -> Option<Hit> {
        let phrase = start..start + self.slots.len();
        let last = phrase.end - 1;
        let wrong = phrase.start + self.wrong.start..phrase.start + self.wrong.end;
        let all = words.all();
        // Behind its first word, a capital begins a name.
        let text = |index: usize| words.text(index, source);
        let plain = |index: usize| text(index).bytes().all(|byte| !byte.is_ascii_uppercase());
        let starts_plain = || {
            let first = text(phrase.start);
            first.len() == 1 && all[phrase.start].gap != Gap::Blank
                || first.bytes().skip(1).all(|byte| !byte.is_ascii_uppercase())
        };
        if !starts_plain() || !phrase.clone().skip(1).all(plain) || all[last].flags.has(Flags::BEFORE_HYPHEN)
        {
            return None;
        }
        let first = &all[phrase.start];
        let parted = |pair: &[Word]| pair[1].flags.has_any(SKIPPED) || !is_blank(source, &pair[0], &pair[1]);
        if all[phrase.clone()].windows(2).any(parted) {
            return None;
        }
        let before = phrase.start.checked_sub(1).filter(|_| matches!(first.gap, Gap::Blank | Gap::Hyphen));
        let after =
            all.get(last + 1).filter(|word| matches!(word.gap, Gap::Blank | Gap::Hyphen)).map(|_| last + 1);
        let unwanted = |index: Option<usize>, list: &[&str]| {
            index.is_some_and(|index| list.iter().any(|word| text(index).eq_ignore_ascii_case(word)))
        };
        if first.gap == Gap::Hyphen || unwanted(before, &self.not_before) || unwanted(after, &self.not_after)
        {
            return None;
        }
        let span = first.span.join(all[last].span);
        if self.comma && !source[..span.start as usize].trim_end().ends_with(',') || is_quoted(source, span) {
            return None;
        }
        let write = self.write.iter().find(|(word, _)| text(wrong.start).eq_ignore_ascii_case(word));
        if write.is_none() && !self.write.is_empty() {
            return None;
        }
        Some(Hit {
            topic: self.topic,
            pattern: self.id,
            phrase,
            wrong,
            write: write.map_or("", |(_, write)| write.as_str()),
        })
    }
}

/// Whether nothing but blanks, line breaks and the marks of quotes stands between two words: mark-up may say that a word
/// is spoken of.
pub(super) fn is_blank(source: &str, first: &Word, second: &Word) -> bool {
    let between = &source[first.span.end as usize..second.span.start as usize];
    second.gap == Gap::Blank && between.bytes().all(|byte| byte.is_ascii_whitespace() || byte == b'>')
}

/// Whether quotation marks stand around a span: its words are spoken of, not said.
pub(super) fn is_quoted(source: &str, span: Span) -> bool {
    let is_mark =
        |c: Option<char>| c.is_some_and(|c| matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»'));
    is_mark(source[..span.start as usize].chars().next_back())
        && is_mark(source[span.end as usize..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::{Key, MATCHER, Phrase, ROWS};
    use crate::document::Document;

    /// The first words that fill the slots of a row, and what is not blank between them.
    fn example(slots: &[Vec<&str>], phrase: &Phrase) -> String {
        let words: Vec<_> = slots.iter().map(|words| words[0]).collect();
        let comma = if phrase.comma { "so, " } else { "" };
        format!("{comma}{}", words.join(" "))
    }

    #[test]
    fn every_row_finds_its_own_words_and_says_what_is_meant() {
        for row in ROWS {
            let (phrase, slots) = Phrase::parse(row, 0);
            assert!(!phrase.wrong.is_empty() && phrase.slots.len() <= super::LONGEST, "{}", row.phrase);
            let wrong = &slots[phrase.wrong.start];
            assert!(phrase.write.is_empty() || phrase.write.len() == wrong.len(), "{}", row.phrase);
            let text = example(&slots, &phrase);
            let path = std::sync::Arc::from(std::path::Path::new("page.md"));
            let document = Document::parse(&path, text.as_str(), &[]);
            assert!(document.phrases().iter().any(|hit| hit.pattern == row.id), "{text}");
        }
    }

    #[test]
    fn every_word_has_a_class_and_others_have_none() {
        for slots in ROWS.iter().map(|row| Phrase::parse(row, 0).1) {
            // Of longer words the key is a fingerprint.
            for word in slots.into_iter().flatten().filter(|word| word.len() < 8) {
                assert_ne!(MATCHER.class(Key::of(word)), 0, "{word}");
                assert_eq!(
                    MATCHER.class(Key::of(word)),
                    MATCHER.class(Key::of(&word.to_uppercase())),
                    "{word}"
                );
                assert_eq!(MATCHER.class(Key::of(&format!("{word}q"))), 0, "{word}q");
            }
        }
    }
}
