//! Searches that go on where the last one ended, so that looking for the end of every opening costs one pass.

use memchr::memmem;

/// The next place of a text, for questions about places that only grow.
pub(in crate::markdown) struct Next<'s> {
    bytes: &'s [u8],
    what: &'s str,
    /// Made for the first question: most texts ask none.
    finder: Option<memmem::Finder<'s>>,
    /// The place found last, or the end where there is none; nothing before the first question.
    found: Option<usize>,
}

impl<'s> Next<'s> {
    pub(in crate::markdown) const fn new(bytes: &'s [u8], what: &'s str) -> Self {
        Self { bytes, what, finder: None, found: None }
    }

    /// The first place at or after `from`.
    pub(in crate::markdown) fn at(&mut self, from: usize) -> Option<usize> {
        if self.found.is_none_or(|found| found < from) {
            let finder = self.finder.get_or_insert_with(|| memmem::Finder::new(self.what));
            let place = self.bytes.get(from..).and_then(|rest| finder.find(rest));
            self.found = Some(place.map_or(self.bytes.len(), |i| from + i));
        }
        self.found.filter(|&found| found < self.bytes.len())
    }
}

/// The next line with only whitespace and block quote markers, for questions about places that only grow.
pub(super) struct NextBlank<'s> {
    bytes: &'s [u8],
    found: Option<usize>,
}

impl<'s> NextBlank<'s> {
    pub(super) const fn new(bytes: &'s [u8]) -> Self {
        Self { bytes, found: None }
    }

    /// Where the next such line begins, below the line at hand; the end of the text where there is none.
    pub(super) fn at(&mut self, from: usize) -> usize {
        if let Some(found) = self.found.filter(|&found| found > from) {
            return found;
        }
        let mut at = from.min(self.bytes.len());
        let found = loop {
            let Some(start) = memchr::memchr(b'\n', &self.bytes[at..]).map(|i| at + i + 1) else {
                break self.bytes.len();
            };
            let line = &self.bytes[start..];
            let content = line.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'>' | b'\r'));
            if content.is_none_or(|i| line[i] == b'\n') {
                break start;
            }
            at = start + content.unwrap_or(0);
        };
        self.found = Some(found);
        found
    }
}

/// Where the line of a place ends, before its line break. Most lines are so short that to begin a search takes longer than
/// to look at eight bytes at a time.
pub(super) fn line_end(bytes: &[u8], mut at: usize) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const SHORT: usize = 8;
    for block in bytes[at..].as_chunks::<8>().0.iter().take(SHORT) {
        // A line feed becomes 0, from which a subtraction borrows.
        let others = u64::from_le_bytes(*block) ^ (EACH * u64::from(b'\n'));
        let found = others.wrapping_sub(EACH) & !others & (EACH * 0x80);
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += block.len();
    }
    memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i)
}

/// Where the line of a place begins, no earlier than `floor`.
pub(super) fn line_start(bytes: &[u8], at: usize, floor: usize) -> usize {
    memchr::memrchr(b'\n', &bytes[floor..at]).map_or(floor, |i| floor + i + 1)
}

/// Where the next line begins, from the line at `at` on, that has three of a byte in a row; the end of the text where
/// none has.
pub(super) fn next_run_line(bytes: &[u8], at: usize, byte: u8) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let run = memchr::memchr_iter(byte, rest).find(|found| rest[*found..].starts_with(&[byte; 3]));
    run.map_or(bytes.len(), |found| line_start(bytes, at + found, at))
}

#[cfg(test)]
mod tests {
    use super::{line_end, next_run_line};

    #[test]
    fn lines_with_a_run_are_found() {
        let text = b"a `b` ``c``\n> ```\n````\n``\n";
        assert_eq!(next_run_line(text, 0, b'`'), 12);
        assert_eq!(next_run_line(text, 18, b'`'), 18);
        assert_eq!(next_run_line(text, 23, b'`'), text.len());
        assert_eq!(next_run_line(text, 0, b'~'), text.len());
        assert_eq!(next_run_line(text, text.len() + 1, b'`'), text.len());
    }

    #[test]
    fn a_line_ends_at_its_first_line_feed() {
        for length in 0..150 {
            let line = "é \u{b}\r".repeat(30);
            let line = &line.as_bytes()[..length];
            assert_eq!(line_end(line, 0), length);
            let text = [line, b"\n\x0b", line, b"\n"].concat();
            for at in 0..=length {
                assert_eq!(line_end(&text, at), length, "{at}");
            }
        }
    }
}
