//! Which lines of a text are new.
//!
//! Time grows in proportion to the texts, whatever they are, and the difference depends on nothing else: in a long change,
//! lines that occur once in both texts are matched first, as patience diff does (Bram Cohen,
//! <https://bramcohen.livejournal.com/73318.html>), and what is between them is compared a window at a time.

use std::{collections::HashMap, ops::Range};

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Lines of each side that are compared with each other at a time; what this costs grows with its square.
const WINDOW: usize = 128;

/// A text's lines with their breaks, as git has them: a carriage return alone ends none.
pub fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// How one list of lines becomes another: runs of equal lines, and what stands between them.
pub fn line_diff(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let (old, new) = numbered(old, new);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let mut pairs = Pairs { old: &old[..old.len() - tail], new: &new[..new.len() - tail], equal: vec![] };
    pairs.find();
    pairs.equal.extend((0..tail).rev().map(|it| (old.len() - 1 - it, new.len() - 1 - it)));
    operations(&pairs.equal, old.len(), new.len())
}

/// A number for each line, the same for equal ones.
fn numbered(old: &[&str], new: &[&str]) -> (Vec<u32>, Vec<u32>) {
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let all = old.iter().chain(new).map(|line| {
        let next = numbers.len() as u32;
        *numbers.entry(line).or_insert(next)
    });
    let mut old_lines: Vec<u32> = all.collect();
    let new_lines = old_lines.split_off(old.len());
    (old_lines, new_lines)
}

/// Pairs of lines that occur once in both lists: the longest series of them that rises on both sides.
fn matched_once(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let kinds = old.iter().chain(new).max().map_or(0, |most| *most as usize + 1);
    let once = |lines: &[u32]| {
        let mut places: Vec<Option<usize>> = vec![None; kinds];
        let mut counts = vec![0_u32; kinds];
        for (at, line) in lines.iter().enumerate() {
            places[*line as usize] = Some(at);
            counts[*line as usize] += 1;
        }
        places.into_iter().zip(counts).map(|(place, count)| place.filter(|_| count == 1)).collect::<Vec<_>>()
    };
    let (in_old, in_new) = (once(old), once(new));
    let both = new.iter().filter(|line| in_new[**line as usize].is_some());
    let pairs: Vec<(usize, usize)> =
        both.filter_map(|line| Some((in_old[*line as usize]?, in_new[*line as usize]?))).collect();
    rising(&pairs)
}

/// The longest series of pairs whose first members rise; the second ones do already.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // The pair that ends the best series of each length so far, and for each pair the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, (at, _)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].0 < *at);
        before.push(length.checked_sub(1).map(|it| ends[it]));
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut series: Vec<_> =
        std::iter::successors(ends.last().copied(), |it| before[*it]).map(|it| pairs[it]).collect();
    series.reverse();
    series
}

/// Equal lines of two lists, as they are found.
struct Pairs<'l> {
    old: &'l [u32],
    new: &'l [u32],
    equal: Vec<(usize, usize)>,
}

impl Pairs<'_> {
    fn find(&mut self) {
        let (mut from, mut to) = self.run_from(0, 0);
        if self.old.len() - from > WINDOW || self.new.len() - to > WINDOW {
            for (old_at, new_at) in matched_once(self.old, self.new) {
                if old_at >= from && new_at >= to {
                    self.between(from..old_at, to..new_at);
                    (from, to) = self.run_from(old_at, new_at);
                }
            }
        }
        self.between(from..self.old.len(), to..self.new.len());
    }

    /// Pairs the lines from these two on as long as they are equal. Gives those after.
    fn run_from(&mut self, old: usize, new: usize) -> (usize, usize) {
        let len = self.old[old..].iter().zip(&self.new[new..]).take_while(|(old, new)| old == new).count();
        self.equal.extend((0..len).map(|it| (old + it, new + it)));
        (old + len, new + len)
    }

    /// Pairs lines of two ranges, window by window.
    fn between(&mut self, mut old: Range<usize>, mut new: Range<usize>) {
        while !old.is_empty() && !new.is_empty() {
            let (from, to) =
                (old.start..old.end.min(old.start + WINDOW), new.start..new.end.min(new.start + WINDOW));
            let is_last = from.end == old.end && to.end == new.end;
            let equal = equal_in(&self.old[from.clone()], &self.new[to.clone()]);
            let equal = equal.into_iter().map(|(old, new)| (from.start + old, to.start + new));
            if is_last {
                self.equal.extend(equal);
                return;
            }
            // What is near the end of a window may belong to lines after it.
            let (mut at, mut other) = ((from.start + from.end).div_ceil(2), (to.start + to.end).div_ceil(2));
            for pair in equal {
                if pair.0 >= at && pair.1 >= other {
                    break;
                }
                self.equal.push(pair);
                (at, other) = (at.max(pair.0 + 1), other.max(pair.1 + 1));
            }
            (old.start, new.start) = (at, other);
        }
    }
}

/// The equal lines of two short lists.
fn equal_in(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let operations = capture_diff_slices(Algorithm::Myers, old, new);
    let equal = operations.into_iter().filter(|it| matches!(it, DiffOp::Equal { .. }));
    equal.flat_map(|it| it.old_range().zip(it.new_range())).collect()
}

/// The operations between and at equal lines of two lists of a length each.
fn operations(equal: &[(usize, usize)], old_len: usize, new_len: usize) -> Vec<DiffOp> {
    let mut operations: Vec<DiffOp> = Vec::new();
    let (mut old_index, mut new_index) = (0, 0);
    for (old, new) in equal.iter().copied().chain([(old_len, new_len)]) {
        let (old_gap, new_gap) = (old - old_index, new - new_index);
        match (old_gap, new_gap) {
            (0, 0) => {}
            (0, new_len) => operations.push(DiffOp::Insert { old_index, new_index, new_len }),
            (old_len, 0) => operations.push(DiffOp::Delete { old_index, old_len, new_index }),
            (old_len, new_len) => {
                operations.push(DiffOp::Replace { old_index, old_len, new_index, new_len });
            }
        }
        if old < old_len {
            match operations.last_mut() {
                Some(DiffOp::Equal { len, .. }) => *len += 1,
                _ => operations.push(DiffOp::Equal { old_index: old, new_index: new, len: 1 }),
            }
        }
        (old_index, new_index) = (old + 1, new + 1);
    }
    operations
}

/// The bytes of the lines that are new or different in `new`, in order. How a line ends makes no difference.
pub fn changed_lines(old: &str, new: &str) -> Vec<Range<u32>> {
    let new_lines = lines(new);
    let mut starts = vec![0];
    starts.extend(new_lines.iter().scan(0, |at, line| {
        *at += line.len() as u32;
        Some(*at)
    }));
    let ops = line_diff(&without_breaks(&lines(old)), &without_breaks(&new_lines));
    let changed = ops.into_iter().filter(|it| !matches!(it, DiffOp::Equal { .. }));
    let changed = changed.map(|it| it.new_range()).filter(|lines| !lines.is_empty());
    changed.map(|lines| starts[lines.start]..starts[lines.end]).collect()
}

fn without_breaks<'t>(lines: &[&'t str]) -> Vec<&'t str> {
    lines.iter().map(|line| line.trim_end_matches(['\r', '\n'])).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use similar::DiffOp;

    use super::{WINDOW, changed_lines, line_diff, lines};

    /// What the operations make of a text; they have to name each line of both once, in order.
    fn applied(old: &[&str], new: &[&str]) -> String {
        let (mut from, mut to) = (0, 0);
        let mut text = String::new();
        for operation in line_diff(old, new) {
            assert_eq!((operation.old_range().start, operation.new_range().start), (from, to));
            (from, to) = (operation.old_range().end, operation.new_range().end);
            let is_equal = matches!(operation, DiffOp::Equal { .. });
            text.extend(
                if is_equal { &old[operation.old_range()] } else { &new[operation.new_range()] }
                    .iter()
                    .copied(),
            );
        }
        assert_eq!((from, to), (old.len(), new.len()));
        text
    }

    fn equal_lines(old: &str, new: &str) -> usize {
        let operations = line_diff(&lines(old), &lines(new)).into_iter();
        operations.filter(|it| matches!(it, DiffOp::Equal { .. })).map(|it| it.old_range().len()).sum()
    }

    proptest! {
        #[test]
        fn operations_make_one_text_the_other(
            old in prop::collection::vec(0..12_u8, 0..600), new in prop::collection::vec(0..12_u8, 0..600), tail in 0..9_u8,
        ) {
            let text = |lines: &[u8]| lines.iter().copied().chain(0..tail).map(|it| format!("{it}\n")).collect::<Vec<_>>().concat();
            let (old, new) = (text(&old), text(&new));
            prop_assert_eq!(applied(&lines(&old), &lines(&new)), new);
        }
    }

    #[test]
    fn lines_that_stay_are_found_behind_long_changes() {
        let numbered =
            |name: &str| (0..2 * WINDOW).map(|it| format!("{name} {it}\n\n")).collect::<Vec<_>>().concat();
        let (buoys, quays) = (numbered("buoy"), numbered("quay"));
        assert_eq!(equal_lines(&buoys, &format!("{quays}{buoys}")), 4 * WINDOW);
        assert_eq!(equal_lines(&format!("{quays}{buoys}"), &buoys), 4 * WINDOW);
        let trailing = "a \n\n\nb \n\n\n".repeat(2 * WINDOW);
        let clean = "a\n\nb\n\n".repeat(2 * WINDOW);
        assert_eq!(equal_lines(&trailing, &clean), 4 * WINDOW, "each blank line after a changed one");
    }

    #[test]
    fn the_difference_of_long_texts_that_are_alike_ends() {
        let trailing = "a \n\n\nb \n\n\n".repeat(20_000);
        let clean = "a\n\nb\n\n".repeat(20_000);
        assert_eq!(equal_lines(&trailing, &clean), 40_000);
    }

    #[test]
    fn new_lines_are_known_by_their_bytes() {
        assert_eq!(changed_lines("a\nb\nc\n", "a\nB\nc\nd"), [2..4, 6..7]);
        assert!(changed_lines("a\nb\n", "a\n").is_empty());
        assert!(changed_lines("a\nb", "a\r\nb\r\n").is_empty(), "other line breaks");
        assert_eq!(changed_lines("", "x\ny\n").first(), Some(&(0..4)));
    }
}
