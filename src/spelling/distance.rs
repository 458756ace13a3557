//! Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours, no letter twice.

/// The largest distance that is ever asked for.
const MOST: usize = 2;

/// The cells on both sides of the diagonal, and one that is always too far.
const BAND: usize = 2 * MOST + 2;

/// The distance of two words in bytes, if it is at most `max`, which is at most 2. Case counts.
pub(super) fn distance(a: &[u8], b: &[u8], max: usize) -> Option<usize> {
    debug_assert!(max <= MOST, "the band is too narrow for a distance of {max}");
    if a.len().abs_diff(b.len()) > max {
        return None;
    }
    let (a, b) = differing(a, b);
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.is_empty() {
        return Some(long.len());
    }
    if let Some(ends) = distance_at_ends(short, long) {
        return (ends <= max).then_some(ends);
    }
    // What differs between near words is short; between others it need not be known.
    if short.len() > 2 * max + 1 && !may_be_near(short, long, max) {
        return None;
    }
    banded(short, long, max)
}

/// The distance of two words whose lengths differ by at most `max`. A cell of the table further than that from the
/// diagonal is too far as well, so only a band of each row is kept.
fn banded(short: &[u8], long: &[u8], max: usize) -> Option<usize> {
    let far = max + 1;
    // The cell `k` of row `i` is for the first `i + k - max` letters of the shorter word.
    let mut before = [far; BAND];
    let mut above = [far; BAND];
    (max..=2 * max).for_each(|k| above[k] = k - max);
    for i in 1..=long.len() {
        let mut row = [far; BAND];
        for k in max.saturating_sub(i)..=(2 * max).min(short.len() + max - i.min(short.len() + max)) {
            let j = i + k - max;
            let mut least = if j == 0 { i } else { far };
            if j > 0 {
                least = (above[k + 1] + 1).min(above[k] + usize::from(long[i - 1] != short[j - 1]));
                if k > 0 {
                    least = least.min(row[k - 1] + 1);
                }
                if i > 1 && j > 1 && long[i - 1] == short[j - 2] && long[i - 2] == short[j - 1] {
                    least = least.min(before[k] + 1);
                }
            }
            row[k] = least.min(far);
        }
        if row.iter().all(|&cell| cell == far) {
            return None;
        }
        (before, above) = (above, row);
    }
    let distance = above[short.len() + max - long.len()];
    (distance <= max).then_some(distance)
}

/// The distance of two texts of the same length that differ in their first and their last letter and nowhere else.
fn distance_at_ends(a: &[u8], b: &[u8]) -> Option<usize> {
    match (a, b) {
        ([_], [_]) => Some(1),
        ([a1, a2], [b1, b2]) => Some(if (a1, a2) == (b2, b1) { 1 } else { 2 }),
        ([_, inner_a @ .., _], [_, inner_b @ .., _]) => (inner_a == inner_b).then_some(2),
        _ => None,
    }
}

/// What is left without the beginning and the end that two words share.
fn differing<'a>(a: &'a [u8], b: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    (&a[..a.len() - end], &b[..b.len() - end])
}

/// Whether two words share enough letters: each edit changes at most two of the sums.
fn may_be_near(a: &[u8], b: &[u8], max: usize) -> bool {
    let letters = |word: &[u8]| word.iter().fold(0u32, |set, byte| set | 1 << (byte & 31));
    (letters(a) ^ letters(b)).count_ones() as usize <= 2 * max
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn distances_are_those_of_the_textbook() {
        for (a, b, expected) in [
            ("same", "same", Some(0)),
            ("", "ab", Some(2)),
            ("machnie", "machine", Some(1)),
            ("abcd", "badc", Some(2)),
            ("ca", "abc", None),
            ("configuratibility", "configurability", Some(2)),
            ("kitten", "sitting", None),
            ("harbour", "farbous", Some(2)),
            ("abba", "baab", Some(2)),
            ("ab", "ba", Some(1)),
            ("xaby", "xbay", Some(1)),
            ("a", "b", Some(1)),
            ("neyond", "beyond", Some(1)),
            ("abcdefgh", "xbcdefyh", Some(2)),
            ("abcdefgh", "bcdefghx", Some(2)),
            ("abxycd", "bayxcd", Some(2)),
            ("axbycz", "abc", None),
        ] {
            assert_eq!(distance(a.as_bytes(), b.as_bytes(), 2), expected, "{a} {b}");
            assert_eq!(distance(b.as_bytes(), a.as_bytes(), 2), expected, "{b} {a}");
        }
    }
}
