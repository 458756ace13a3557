//! Which lines of a text are new.

use std::{
    ops::Range,
    time::{Duration, Instant},
};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

/// Time to look for the smallest difference of two texts; what is left then counts as different.
const DIFF_TIMEOUT: Duration = Duration::from_secs(2);

/// A text's lines with their breaks, as git has them: a carriage return alone ends none.
pub fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// How one list of lines becomes another.
pub fn line_diff(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    capture_diff_slices_deadline(Algorithm::Myers, old, new, Some(Instant::now() + DIFF_TIMEOUT))
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
    use super::changed_lines;

    #[test]
    fn new_lines_are_known_by_their_bytes() {
        assert_eq!(changed_lines("a\nb\nc\n", "a\nB\nc\nd"), [2..4, 6..7]);
        assert!(changed_lines("a\nb\n", "a\n").is_empty());
        assert!(changed_lines("a\nb", "a\r\nb\r\n").is_empty(), "other line breaks");
        assert_eq!(changed_lines("", "x\ny\n").first(), Some(&(0..4)));
    }
}
