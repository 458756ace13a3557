//! "Did you mean …?"

/// The candidate that `word` is most likely a slip for, if one is near enough: at most a third of the longer word's
/// code points away, counting insertions, deletions, substitutions and swaps of neighbours (optimal string
/// alignment), in any case. Among equals the first wins.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let lower = word.to_lowercase();
    let near = |candidate: &&str| {
        let longer = word.chars().count().max(candidate.chars().count());
        let distance = strsim::osa_distance(&lower, &candidate.to_lowercase());
        (distance <= (longer / 3).max(1)).then_some(distance)
    };
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST)
        .filter_map(|candidate| near(&candidate).map(|distance| (distance, candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A quick look at whether two names may be a third of their letters apart: by length, and by the letters that one of
/// them has more often. Names with other numbers are parts of a series and never meant for each other.
pub fn could_be_meant(one: &str, other: &str) -> bool {
    let most = (one.len().max(other.len()) / 3).max(1);
    // The cheap looks come first: a folder may have many names, and a page many links that lead nowhere.
    one.len().abs_diff(other.len()) <= most
        && digits(one).eq(digits(other))
        && one.len().max(other.len()) <= LONGEST
        && least_distance(one, other) <= most
}

fn digits(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().filter(u8::is_ascii_digit)
}

/// What two texts are apart at least: each insertion, deletion and substitution mends one letter that one of them has
/// more often, and a swap none.
fn least_distance(one: &str, other: &str) -> usize {
    let mut more = [0_i16; 128];
    for (text, count) in [(one, 1), (other, -1)] {
        for byte in text.bytes().filter(u8::is_ascii) {
            more[usize::from(byte.to_ascii_lowercase())] += count;
        }
    }
    let sum = |counts: &mut dyn Iterator<Item = i16>| {
        counts.map(|it| usize::from(it.unsigned_abs())).sum::<usize>()
    };
    let in_one = sum(&mut more.iter().copied().filter(|count| *count > 0));
    let in_other = sum(&mut more.iter().copied().filter(|count| *count < 0));
    in_one.max(in_other)
}

/// Bytes; a longer text is no slip of the keyboard, and comparing it would take long.
const LONGEST: usize = 200;

#[cfg(test)]
mod tests {
    use super::{could_be_meant, nearest};

    #[test]
    fn what_is_near_passes_the_quick_look() {
        for (one, other) in
            [("dek-plan", "deck-plan"), ("Tides", "tdies"), ("ebb", "abb"), ("a", "b"), ("moon", "moons")]
        {
            assert!(could_be_meant(one, other), "{one} {other}");
        }
        for (one, other) in [("step-2", "step-3"), ("harbour", "tides"), ("moonrise", "midnight")] {
            assert!(!could_be_meant(one, other), "{one} {other}");
        }
    }

    #[test]
    fn a_swap_counts_as_one_slip() {
        assert_eq!(nearest("tilte", ["date", "title"]), Some("title"));
    }

    #[test]
    fn too_far_is_no_suggestion() {
        assert_eq!(nearest("title", ["author", "date"]), None);
        assert_eq!(nearest("ab", ["xy"]), None);
    }

    #[test]
    fn case_is_not_a_difference_worth_counting() {
        assert_eq!(nearest("TITLE", ["tile", "title"]), Some("title"));
    }
}
