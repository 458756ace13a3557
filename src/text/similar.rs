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

/// Bytes; a longer text is no slip of the keyboard, and comparing it would take long.
const LONGEST: usize = 200;

#[cfg(test)]
mod tests {
    use super::nearest;

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
