//! Words that letters a to z in one of three cases cannot write: `café`, `McDonald`, and abbreviations that look like
//! names.
//!
//! The file has a line for each, sorted by bytes: the word, a tab, and what it is: a size, `t`, `n` or `a`.

use std::cmp::Ordering;

use super::entry::{Entry, Kinds, Size};

static LINES: &str = include_str!("data/exceptions.txt");

/// What is known of a word that is written just like this.
pub(super) fn find(word: &str) -> Option<Entry> {
    let bytes = LINES.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low.midpoint(high);
        let start = memchr::memrchr(b'\n', &bytes[low..middle]).map_or(low, |at| low + at + 1);
        let end = memchr::memchr(b'\n', &bytes[middle..]).map_or(bytes.len(), |at| middle + at + 1);
        let line = &bytes[start..end];
        let found = &line[..memchr::memchr(b'\t', line)?];
        match found.cmp(word.as_bytes()) {
            Ordering::Less => low = end,
            Ordering::Equal => return parse(&LINES[start..end]).map(|(_, entry)| entry),
            Ordering::Greater => high = start,
        }
    }
    None
}

/// All of them, in the order of their bytes.
pub(super) fn all() -> impl Iterator<Item = (&'static str, Entry)> {
    LINES.lines().filter_map(parse)
}

fn parse(line: &'static str) -> Option<(&'static str, Entry)> {
    let (word, kinds) = line.trim_end().split_once('\t')?;
    let (mut size, mut known) = (None, Kinds::default());
    for kind in kinds.split(' ') {
        match kind {
            "t" => known = known.and(Kinds::TECHNICAL),
            "n" => known = known.and(Kinds::NAME),
            "a" => known = known.and(Kinds::ABBREVIATION),
            class => size = Size::ALL.into_iter().find(|&size| class.parse() == Ok(size as u8)),
        }
    }
    Some((word, Entry::new(size, known)?))
}
