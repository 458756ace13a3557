//! Finds all phrases of the table at once. Every word belongs to a class of words that may be in the same slots; two
//! words of which one may follow the other at the end of a phrase are looked at closely, all others are left at once.

use std::sync::LazyLock;

use super::{Hit, classes, phrase::Phrase, table};
use crate::spelling::{word_status::number_of, words::Words};

/// The compiled table.
static MATCHER: LazyLock<Matcher> = LazyLock::new(Matcher::new);

/// The longest phrase, in words.
const LONGEST: usize = 6;
/// Half the size of the hash table: a power of two, more than the number of words.
const TABLE: usize = 8192;
/// How many classes there may be.
const CLASSES_AT_MOST: usize = 1024;
/// Which words are alike: they may be in the same slots. 0 for words of no phrase.
pub(in crate::spelling) type Class = u16;

/// A word in any case as a number: the letters of a short one, a hash of a long one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::spelling) struct PhraseKey(u64);

/// Turns capital letters into lowercase letters, eight at a time, and leaves lowercase letters and apostrophes as they are.
const LOWER: u64 = 0x2020_2020_2020_2020;
const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

impl PhraseKey {
    /// Of no word.
    const NONE: Self = Self(0);
    const A: Self = Self(b'a' as u64);
    const AN: Self = Self(u16::from_le_bytes(*b"an") as u64);

    pub(in crate::spelling) fn of(text: &str) -> Self {
        let mut key = 0_u64;
        for chunk in text.as_bytes().chunks(8) {
            let letters = (number_of(chunk) | LOWER) & u64::MAX >> (64 - 8 * chunk.len());
            key = (key ^ key >> 32).wrapping_mul(MIX) ^ letters;
        }
        Self(key)
    }

    pub(in crate::spelling) fn is_indefinite_article(self) -> bool {
        self == Self::A || self == Self::AN
    }

    pub(super) const fn hash(self) -> u64 {
        self.0.wrapping_mul(MIX)
    }

    /// Where the key may be in the hash table: in one of two places.
    const fn places(self) -> [usize; 2] {
        let hash = self.hash();
        let bits = TABLE.trailing_zeros();
        [(hash >> (64 - bits)) as usize, TABLE + (hash >> (64 - 2 * bits)) as usize % TABLE]
    }
}

/// A set of slots, one bit each.
struct SlotSet(Box<[u64]>);

impl SlotSet {
    /// Some of so many slots.
    fn of(count: u16, slots: impl IntoIterator<Item = u16>) -> Self {
        let mut blocks = vec![0; usize::from(count).div_ceil(64)];
        for slot in slots.into_iter().map(usize::from) {
            blocks[slot / 64] |= 1 << (slot % 64);
        }
        Self(blocks.into())
    }

    fn has(&self, slot: u16) -> bool {
        self.0[usize::from(slot) / 64] >> (slot % 64) & 1 != 0
    }
}

/// The places of the bits that are set, in order.
fn bits(blocks: impl Iterator<Item = u64>) -> impl Iterator<Item = u16> {
    blocks.zip(0..).flat_map(|(block, index): (u64, u16)| {
        let rest = std::iter::successors(Some(block), |rest| Some(rest & rest.wrapping_sub(1)));
        rest.take_while(|rest| *rest != 0).map(move |rest| index * 64 + rest.trailing_zeros() as u16)
    })
}

/// All phrases, ready to be looked for.
pub(in crate::spelling) struct Matcher {
    /// A hash table in which every key has two places (cuckoo hashing).
    keys: Box<[PhraseKey]>,
    /// By place in the hash table.
    classes: Box<[Class]>,
    /// By class and class before: whether such a pair is the mark of a phrase. By class and 0: whether a word is. One bit
    /// each, so that they stay in the nearest cache.
    marks: Vec<[u64; CLASSES_AT_MOST / 64]>,
    /// By class: the slots in which its words may be. Some classes have hundreds, so they are sets, of which those that
    /// a word and the one before it allow are found without a look at each.
    slots: Vec<SlotSet>,
    /// By class: the blocks of its slots in which there are marks of phrases, one bit each. Most have one or two.
    mark_blocks: Vec<u128>,
    /// The slots that are the marks of their phrases.
    mark_slots: SlotSet,
    /// Those of them before which their phrases have others.
    later_slots: SlotSet,
    /// In the order of their slots, which are counted through.
    phrases: Vec<Phrase>,
    /// By slot: the place of its phrase.
    phrase_of: Box<[u16]>,
}

impl Matcher {
    pub(in crate::spelling) fn get() -> &'static Self {
        &MATCHER
    }

    fn new() -> Self {
        let mut phrases: Vec<Phrase> = Vec::new();
        for row in table::rows() {
            let first = phrases.last().map_or(0, |phrase| phrase.slots.end);
            phrases.push(Phrase::parse(row, first));
        }
        let count = phrases.last().map_or(0, |phrase| phrase.slots.end);
        let marks = || phrases.iter().map(|phrase| (phrase, phrase.mark()));
        let later = marks().filter(|(phrase, mark)| *mark > phrase.slots.start);
        let mut matcher = Self {
            keys: vec![PhraseKey::NONE; 2 * TABLE].into(),
            classes: vec![0; 2 * TABLE].into(),
            marks: Vec::new(),
            slots: vec![SlotSet::of(count, [])],
            mark_blocks: Vec::new(),
            mark_slots: SlotSet::of(count, marks().map(|(_, mark)| mark)),
            later_slots: SlotSet::of(count, later.map(|(_, mark)| mark)),
            phrase_of: phrases
                .iter()
                .zip(0..)
                .flat_map(|(phrase, at)| phrase.slots.clone().map(move |_| at))
                .collect(),
            phrases,
        };
        let mut by_slot: Vec<Vec<Class>> = vec![Vec::new(); usize::from(count)];
        for (slots, words) in classes::read() {
            let class = matcher.slots.len() as Class;
            let slots = slots.inspect(|slot| by_slot[usize::from(*slot)].push(class));
            matcher.slots.push(SlotSet::of(count, slots));
            words.for_each(|word| matcher.add(PhraseKey::of(word), class));
        }
        matcher.mark(&by_slot);
        matcher
    }

    fn add(&mut self, mut key: PhraseKey, mut class: Class) {
        let mut place = key.places()[0];
        // Who finds the place taken sends the other to its second one. The table is less than half full, so this ends.
        for _ in 0..TABLE {
            std::mem::swap(&mut key, &mut self.keys[place]);
            std::mem::swap(&mut class, &mut self.classes[place]);
            if key == PhraseKey::NONE {
                return;
            }
            let [one, other] = key.places();
            place = if place == one { other } else { one };
        }
        unreachable!("the words of the table find their places, as a test shows");
    }

    /// Notes which classes and pairs of classes are marks, by the classes of each slot.
    fn mark(&mut self, by_slot: &[Vec<Class>]) {
        let classes = self.slots.len();
        assert!(classes <= CLASSES_AT_MOST, "the table has more classes than a mask has bits");
        assert!(
            self.mark_slots.0.len() <= u128::BITS as usize,
            "the table has more blocks of slots than a mask has bits"
        );
        let mark_blocks = |slots: &SlotSet| {
            let blocks = slots.0.iter().zip(&self.mark_slots.0).rev();
            blocks.fold(0, |set, (slots, marks)| set << 1 | u128::from(slots & marks != 0))
        };
        self.mark_blocks = self.slots.iter().map(mark_blocks).collect();
        self.marks = vec![[0; CLASSES_AT_MOST / 64]; classes];
        for phrase in &self.phrases {
            let mark = usize::from(phrase.mark());
            let before = if phrase.slots.len() == 1 {
                [u64::MAX; CLASSES_AT_MOST / 64]
            } else {
                let mut before = [0; CLASSES_AT_MOST / 64];
                for class in &by_slot[mark - 1] {
                    before[usize::from(class / 64)] |= 1 << (class % 64);
                }
                before
            };
            for class in &by_slot[mark] {
                let marks = self.marks[usize::from(*class)].iter_mut().zip(before);
                marks.for_each(|(marks, before)| *marks |= before);
            }
        }
    }

    /// The class of a word.
    #[inline]
    pub(in crate::spelling) fn class(&self, key: PhraseKey) -> Class {
        let at = |place: usize| if self.keys[place] == key { self.classes[place] } else { 0 };
        let [one, other] = key.places();
        at(one) | at(other)
    }

    /// Whether a word of this class after one of the other is the mark of a phrase.
    #[inline]
    pub(in crate::spelling) fn is_mark(&self, class: Class, before: Class) -> bool {
        let before = usize::from(before);
        self.marks[usize::from(class)][before / 64] >> (before % 64) & 1 != 0
    }

    /// The marks among the slots of a word of this class that the word before it allows.
    fn marks_behind(&self, before: &SlotSet, class: Class) -> impl Iterator<Item = u16> {
        let slots = &self.slots[usize::from(class)];
        let marks = move |block: usize| {
            let carry = block.checked_sub(1).map_or(0, |block| before.0[block] >> 63);
            let follows = before.0[block] << 1 | carry;
            slots.0[block] & self.mark_slots.0[block] & (follows | !self.later_slots.0[block])
        };
        let rest = |rest: &u128| Some(rest & rest.wrapping_sub(1));
        let blocks = std::iter::successors(Some(self.mark_blocks[usize::from(class)]), rest);
        let blocks = blocks.take_while(|rest| *rest != 0).map(|rest| rest.trailing_zeros() as usize);
        blocks.flat_map(move |block| {
            bits(std::iter::once(marks(block))).map(move |bit| block as u16 * 64 + bit)
        })
    }

    /// Adds the phrases whose mark ends with the word at `index`.
    #[cold]
    pub(super) fn hits(&'static self, words: &Words, source: &str, index: usize, hits: &mut Vec<Hit>) {
        let class = |index: usize| words.all().get(index).map_or(0, |word| word.class);
        let slots = |index: usize| &self.slots[usize::from(class(index))];
        let before = index.checked_sub(1).map_or(&self.slots[0], slots);
        for slot in self.marks_behind(before, class(index)) {
            let phrase = &self.phrases[usize::from(self.phrase_of[usize::from(slot)])];
            let Some(start) = index.checked_sub(usize::from(slot - phrase.slots.start)) else { continue };
            if !phrase.slots.clone().zip(start..).all(|(slot, at)| slots(at).has(slot)) {
                continue;
            }
            let hit = phrase.judge(words, source, start);
            let known = |hit: &Hit| hits.iter().rev().take(LONGEST).any(|other| other.wrong == hit.wrong);
            hits.extend(hit.filter(|hit| !known(hit)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MATCHER, Phrase, PhraseKey, table};
    use crate::{
        document::Document,
        spelling::phrases::{
            classes::{class, is_condition, slots},
            phrase::Begins,
        },
    };

    /// The first words that fill the slots of a row, and what has to be before them.
    fn example(row: &table::Row, phrase: &Phrase) -> String {
        let slots = row.phrase.split(' ').filter(|part| !is_condition(part));
        let words: Vec<_> = slots
            .map(|slot| {
                let word = slot.trim_matches(['<', '>']).split(['|', '=']).next().expect("it has a word");
                if word.bytes().all(|byte| byte.is_ascii_uppercase()) {
                    class(word)[0].to_string()
                } else {
                    word.to_owned()
                }
            })
            .collect();
        let before = match phrase.begins {
            Begins::AfterComma => "so, ",
            Begins::Inside => "so ",
            Begins::Anywhere | Begins::Sentence => "",
        };
        format!("{before}{}", words.join(" "))
    }

    #[test]
    fn every_row_finds_its_own_words_and_says_what_is_meant() {
        for row in table::rows() {
            let (phrase, slots) = (Phrase::parse(row, 0), slots(row));
            assert!(!phrase.wrong.is_empty() && phrase.slots.len() <= super::LONGEST, "{}", row.phrase);
            let wrong = &slots[phrase.wrong.end - 1];
            let has_rights =
                phrase.write.is_empty() || phrase.form.is_some() || phrase.write.len() == wrong.len();
            assert!(has_rights, "{}", row.phrase);
            let text = example(row, &phrase);
            let path = std::sync::Arc::from(std::path::Path::new("page.md"));
            let document = Document::parse(&path, text.as_str(), &[]);
            assert!(document.phrases().iter().any(|hit| hit.pattern == row.id), "{text}");
        }
    }

    #[test]
    fn every_word_has_a_class_and_others_have_none() {
        for row in table::rows() {
            let words = row.phrase.split(['<', '>', '=', '|', ' ', '!']);
            let is_word = |word: &&str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
            for word in slots(row).into_iter().flatten() {
                assert_ne!(MATCHER.class(PhraseKey::of(&word)), 0, "{}", row.phrase);
            }
            for word in words.filter(is_word) {
                assert_eq!(PhraseKey::of(word), PhraseKey::of(&word.to_uppercase()), "{word}");
                assert_eq!(MATCHER.class(PhraseKey::of(&format!("{word}q"))), 0, "{word}q");
            }
        }
    }
}
