//! Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours, no letter twice.

/// The distance of two words in bytes, if it is at most `max`. Case counts.
pub(super) fn distance(a: &[u8], b: &[u8], max: usize) -> Option<usize> {
    let (a, b) = differing(a, b);
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() - short.len() > max {
        return None;
    }
    if short.is_empty() {
        return Some(long.len());
    }
    // What differs between near words is short; between others it need not be known.
    if short.len() > 2 * max + 1 && !may_be_near(short, long, max) {
        return None;
    }
    let width = short.len() + 1;
    let mut before: Vec<usize> = vec![0; width];
    let mut above: Vec<usize> = (0..width).collect();
    let mut row = vec![0; width];
    for i in 1..=long.len() {
        row[0] = i;
        for j in 1..width {
            let same = usize::from(long[i - 1] != short[j - 1]);
            row[j] = (above[j] + 1).min(row[j - 1] + 1).min(above[j - 1] + same);
            if i > 1 && j > 1 && long[i - 1] == short[j - 2] && long[i - 2] == short[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        if row.iter().min().is_some_and(|&least| least > max) {
            return None;
        }
        std::mem::swap(&mut before, &mut above);
        std::mem::swap(&mut above, &mut row);
    }
    Some(above[width - 1]).filter(|&distance| distance <= max)
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
            ("neyond", "beyond", Some(1)),
        ] {
            assert_eq!(distance(a.as_bytes(), b.as_bytes(), 2), expected, "{a} {b}");
            assert_eq!(distance(b.as_bytes(), a.as_bytes(), 2), expected, "{b} {a}");
        }
    }
}
