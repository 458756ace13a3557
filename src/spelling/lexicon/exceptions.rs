//! Words that letters a to z in one of three cases cannot write: `café`, `McDonald`, and abbreviations that look like
//! names.
//!
//! The file has a line for each, sorted by bytes: the word, a tab, and what it is: a size, `t`, `n` or `a`.

use std::cmp::Ordering;

use super::entry::{Kinds, LexiconEntry, Size};

static LINES: &str = include_str!("data/exceptions.txt");

/// How many fingerprints there may be: of fifteen other words, one has that of an exception.
const FINGERPRINTS: usize = 1 << 14;

/// The fingerprints of the exceptions, as a set. Most words that are looked up are none, and need no search.
static HAVE: [u64; FINGERPRINTS / 64] = {
    let mut set = [0; FINGERPRINTS / 64];
    let (bytes, mut start, mut at) = (LINES.as_bytes(), 0, 0);
    while at < bytes.len() {
        if bytes[at] == b'\t' {
            let print = fingerprint(bytes.split_at(at).0.split_at(start).1);
            set[print / 64] |= 1 << (print % 64);
        } else if bytes[at] == b'\n' {
            start = at + 1;
        }
        at += 1;
    }
    set
};

const fn fingerprint(word: &[u8]) -> usize {
    let (mut print, mut at) = (word.len(), 0);
    while at < word.len() {
        print = print.wrapping_mul(31) ^ word[at] as usize;
        at += 1;
    }
    print % FINGERPRINTS
}

/// What is known of a word that is written just like this.
pub(super) fn find(word: &str) -> Option<LexiconEntry> {
    let print = fingerprint(word.as_bytes());
    if HAVE[print / 64] >> (print % 64) & 1 == 0 {
        return None;
    }
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
pub(super) fn all() -> impl Iterator<Item = (&'static str, LexiconEntry)> {
    LINES.lines().filter_map(parse)
}

fn parse(line: &'static str) -> Option<(&'static str, LexiconEntry)> {
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
    Some((word, LexiconEntry::new(size, known)?))
}

#[cfg(test)]
mod tests {
    use super::{all, find};

    #[test]
    fn every_exception_is_found_and_others_are_not() {
        for (word, entry) in all() {
            assert_eq!(find(word), Some(entry), "{word}");
            assert_eq!(find(&format!("{word}q")), None, "{word}q");
        }
    }
}
