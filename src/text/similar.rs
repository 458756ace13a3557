//! "Did you mean …?"

use std::borrow::Cow;

/// The candidate that `word` was most likely meant to be, if one is near enough: at most a third of the longer word's
/// code points away, counting insertions, deletions, substitutions and swaps of neighbours (optimal string
/// alignment), in any case. Among equals the first wins.
///
/// Compares the word with every candidate, so either should be few. For as many as a page or a site may have, use
/// [`Search`].
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    Search { left: usize::MAX }.nearest(word, candidates)
}

/// Suggestions for many unknown names, with a bound on their total work: one author may control both the names and the
/// candidates, and each name is compared with each candidate.
///
/// The bound grows with the file that contains the names. Once it is reached, that search and all later ones return
/// nothing, because the nearest candidate is known only after a comparison with all of them.
#[derive(Debug)]
pub struct Search {
    /// Steps that are left. A step is about as much work as comparing eight bytes.
    left: usize,
}

/// Steps that any file may take: enough to compare one name on a short page with the files of a large folder.
const LEAST_STEPS: usize = 20_000;

/// Steps that each byte of a file adds.
const STEPS_PER_BYTE: usize = 8;

impl Search {
    /// For the names in a file with so many bytes.
    pub const fn in_file_of(bytes: usize) -> Self {
        Self { left: bytes.saturating_mul(STEPS_PER_BYTE).saturating_add(LEAST_STEPS) }
    }

    /// Whether the bound was reached, so that names may have gone without a suggestion.
    pub const fn is_spent(&self) -> bool {
        self.left == 0
    }

    /// The candidate that [`nearest`] finds.
    pub fn nearest<'a>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        self.search(word, candidates, |_| true)
    }

    /// The same among candidates with the same digits: names with different numbers are parts of a series and never meant
    /// for each other.
    pub fn nearest_outside_series<'a>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        self.search(word, candidates, |candidate| digits(word).eq(digits(candidate)))
    }

    fn search<'a>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
        is_eligible: impl Fn(&str) -> bool,
    ) -> Option<&'a str> {
        if word.len() > LONGEST {
            return None;
        }
        let wanted = Wanted::new(word);
        let mut best: Option<(usize, &str)> = None;
        for candidate in candidates {
            self.take(1)?;
            if !wanted.has_length_of(candidate) {
                continue;
            }
            self.take(1 + candidate.len() / 8)?;
            if !wanted.has_letters_of(candidate) || !is_eligible(candidate) {
                continue;
            }
            self.take(8 + word.len() * candidate.len() / 8)?;
            // The first of those that are equally near is kept.
            let most = best.map_or(Some(usize::MAX), |(least, _)| least.checked_sub(1));
            if let Some(distance) = most.and_then(|most| wanted.distance(candidate, most)) {
                best = Some((distance, candidate));
            }
        }
        best.map(|(_, candidate)| candidate)
    }

    fn take(&mut self, steps: usize) -> Option<()> {
        self.left = self.left.saturating_sub(steps);
        (self.left > 0).then_some(())
    }
}

/// A word that is looked for.
struct Wanted<'a> {
    lower: Cow<'a, str>,
    /// Code points.
    length: usize,
    /// Its ASCII letters and digits.
    letters: u64,
}

impl<'a> Wanted<'a> {
    fn new(word: &'a str) -> Self {
        let lower = lower(word);
        Self { length: word.chars().count(), letters: letters(&lower), lower }
    }

    /// Whether a candidate is neither too long nor too short, by its bytes: those that are not ASCII may have fewer code
    /// points.
    fn has_length_of(&self, candidate: &str) -> bool {
        let bytes = candidate.len();
        let is_too_short = bytes + most_apart(self.length) < self.length;
        let is_too_long = self.length + most_apart(bytes) < bytes && candidate.is_ascii();
        bytes <= LONGEST && !is_too_short && !is_too_long
    }

    /// Whether so few letters are in one word alone that the other may be meant: each takes an insertion, a deletion or
    /// a substitution.
    fn has_letters_of(&self, candidate: &str) -> bool {
        let letters = letters(candidate);
        let only = (self.letters & !letters).count_ones().max((letters & !self.letters).count_ones());
        only as usize <= most_apart(self.length.max(candidate.len()))
    }

    /// How far a candidate is away, if not too far and at most so far.
    fn distance(&self, candidate: &str, most: usize) -> Option<usize> {
        let longer = self.length.max(candidate.chars().count());
        let most = most.min(most_apart(longer));
        let candidate = lower(candidate);
        let (wanted, candidate) = differing(&self.lower, &candidate);
        if least_distance(wanted, candidate) > most {
            return None;
        }
        Some(strsim::osa_distance(wanted, candidate)).filter(|distance| *distance <= most)
    }
}

/// How far two words are apart at least, by how often each has each character, which a swap does not change.
fn least_distance(one: &str, other: &str) -> usize {
    if !one.is_ascii() || !other.is_ascii() {
        return 0;
    }
    let mut counts = [0_i16; 128];
    one.bytes().for_each(|byte| counts[usize::from(byte)] += 1);
    other.bytes().for_each(|byte| counts[usize::from(byte)] -= 1);
    let (more, fewer) = counts.iter().fold((0, 0), |(more, fewer), count| {
        (more + i32::from(*count).max(0), fewer + i32::from(*count).min(0))
    });
    more.max(-fewer).unsigned_abs() as usize
}

/// What is left without the beginning and the end that two words share.
fn differing<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    let shared = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs.take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum()
    };
    let start = shared(&mut one.chars().zip(other.chars()));
    let (one, other) = (&one[start..], &other[start..]);
    let end = shared(&mut one.chars().rev().zip(other.chars().rev()));
    (&one[..one.len() - end], &other[..other.len() - end])
}

/// How far two words may be apart of which the longer one has so many code points. Words of one or two have nothing in
/// common once a letter differs.
fn most_apart(longer: usize) -> usize {
    longer / 3
}

fn lower(text: &str) -> Cow<'_, str> {
    let is_lower = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) }
}

/// A bit for each ASCII letter, in any case, and digit that a text has.
fn letters(text: &str) -> u64 {
    text.bytes().fold(0, |letters, byte| letters | LETTERS[usize::from(byte)])
}

/// The bit of each byte: a table, because a search compares the letters of thousands of names.
const LETTERS: [u64; 256] = {
    let mut bits = [0; 256];
    let mut byte = 0;
    while byte < 26 {
        bits[b'a' as usize + byte] = 1 << byte;
        bits[b'A' as usize + byte] = 1 << byte;
        if byte < 10 {
            bits[b'0' as usize + byte] = 1 << (26 + byte);
        }
        byte += 1;
    }
    bits
};

fn digits(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().filter(u8::is_ascii_digit)
}

/// In bytes. A longer text is not a typing mistake, and comparing it would take long.
const LONGEST: usize = 200;

#[cfg(test)]
mod tests {
    use super::{Search, nearest};

    #[test]
    fn a_swap_counts_as_one_slip() {
        assert_eq!(nearest("tilte", ["date", "title"]), Some("title"));
    }

    #[test]
    fn too_far_is_no_suggestion() {
        assert_eq!(nearest("title", ["author", "date"]), None);
        assert_eq!(nearest("ab", ["xy"]), None);
        assert_eq!(nearest("d", ["a", "D"]), Some("D"));
    }

    #[test]
    fn case_is_not_a_difference_worth_counting() {
        assert_eq!(nearest("TITLE", ["tile", "title"]), Some("title"));
    }

    #[test]
    fn the_quick_looks_pass_what_is_near() {
        let words = [
            "",
            "a",
            "b",
            "ab",
            "ebb",
            "abb",
            "Tides",
            "tdies",
            "dek-plan",
            "deck-plan",
            "moon",
            "moons",
            "é",
            "éé",
            "marée",
            "maree",
            "MARÉES",
            "潮汐",
            "潮汐表",
            "İstanbul",
            "istanbul",
            "step-2",
            "step-3",
            "straße",
        ];
        for one in words {
            for other in words {
                let longer = one.chars().count().max(other.chars().count());
                let distance = strsim::osa_distance(&one.to_lowercase(), &other.to_lowercase());
                let is_near = distance <= longer / 3;
                assert_eq!(nearest(one, [other]).is_some(), is_near, "{one} {other}");
            }
        }
    }

    #[test]
    fn numbers_make_a_series() {
        let mut search = Search::in_file_of(100);
        assert_eq!(search.nearest_outside_series("step-2", ["step-3", "stop-2"]), Some("stop-2"));
        assert_eq!(search.nearest_outside_series("step-2", ["step-3"]), None);
    }

    #[test]
    fn a_search_that_ends_early_finds_nothing() {
        let names: Vec<String> = (0..40_000).map(|number| format!("tide-{number}-x")).collect();
        let candidates = || ["tides"].into_iter().chain(names.iter().map(String::as_str));
        assert_eq!(nearest("tide", candidates()), Some("tides"));
        let mut search = Search::in_file_of(100);
        assert_eq!(search.nearest("tide", candidates()), None);
        assert!(search.is_spent());
        assert_eq!(search.nearest("tide", ["tides"]), None);
    }

    #[test]
    fn the_work_of_a_file_has_a_bound_however_many_names_it_has() {
        let names: Vec<String> = (0..2_000).map(|number| format!("hd{number}x")).collect();
        let (mut search, mut looked_at) = (Search::in_file_of(10_000), 0);
        for name in &names {
            let candidates = names.iter().map(String::as_str).inspect(|_| looked_at += 1);
            search.nearest(&format!("{name}y"), candidates);
        }
        assert!(search.is_spent());
        assert!(looked_at < 10_000 * super::STEPS_PER_BYTE + super::LEAST_STEPS + names.len(), "{looked_at}");
    }
}
