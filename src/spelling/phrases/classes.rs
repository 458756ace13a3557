//! The words of all phrases by the slots that they may be in.
//!
//! To find them in the table takes longer than to check a page, so a file has them, which a test compares with the table.

use std::{borrow::Cow, collections::BTreeMap};

use super::{
    inflection,
    table::{self, CLASSES, Row},
};

/// A line for each class: its slots, a colon, and the words that may be in just these slots.
const FILE: &str = include_str!("words/classes.txt");

/// The slots of each class, and its words.
pub(super) fn read() -> impl Iterator<Item = (impl Iterator<Item = u16>, impl Iterator<Item = &'static str>)>
{
    FILE.lines().filter_map(|line| line.split_once(": ")).map(|(slots, words)| {
        let number = |slot: &str| slot.parse().expect("a test compares the file with the table");
        (slots.split(' ').map(number), words.split(' '))
    })
}

/// What the file has to be for the table as it is.
pub fn written() -> String {
    let mut by_word: BTreeMap<Cow<'_, str>, Vec<u16>> = BTreeMap::new();
    for (slot, words) in (0..).zip(table::rows().flat_map(slots)) {
        for word in words {
            let slots = by_word.entry(word).or_default();
            if slots.last() != Some(&slot) {
                slots.push(slot);
            }
        }
    }
    let mut by_slots: BTreeMap<Vec<u16>, Vec<Cow<'_, str>>> = BTreeMap::new();
    for (word, slots) in by_word {
        by_slots.entry(slots).or_default().push(word);
    }
    let line = |(slots, words): (Vec<u16>, Vec<Cow<'_, str>>)| {
        let slots: Vec<String> = slots.iter().map(u16::to_string).collect();
        format!("{}: {}\n", slots.join(" "), words.join(" "))
    };
    by_slots.into_iter().map(line).collect()
}

/// The words of each slot of a row.
pub(super) fn slots(row: &Row) -> Vec<Vec<Cow<'static, str>>> {
    let parts = row.phrase.split(' ').filter(|part| !is_condition(part));
    let words = |part: &'static str| -> Vec<Cow<'static, str>> {
        let pairs = part.trim_start_matches('<').trim_end_matches('>').split('|');
        let words = pairs.map(|pair| pair.split_once('=').map_or(pair, |(word, _)| word));
        words.flat_map(|word| if is_class(word) { class(word) } else { vec![Cow::Borrowed(word)] }).collect()
    };
    parts.map(words).collect()
}

/// Whether a part of a row is not a slot, but says what has to be around the phrase or must not be.
pub(super) fn is_condition(part: &str) -> bool {
    matches!(part, "," | "^" | "~" | "$") || part.starts_with('!')
}

fn is_class(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The words of a class.
pub(super) fn class(name: &str) -> Vec<Cow<'static, str>> {
    let closed = CLASSES.iter().find(|(class, _)| *class == name);
    closed
        .map(|(_, words)| words.split('|').map(Cow::Borrowed).collect())
        .or_else(|| inflection::class(name))
        .unwrap_or_else(|| unreachable!("the table of phrases has no class `{name}`"))
}
