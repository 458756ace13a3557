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

/// Where the line of a place ends, before its line break.
pub(super) fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i)
}

/// Where the line of a place begins, no earlier than `floor`.
pub(super) fn line_start(bytes: &[u8], at: usize, floor: usize) -> usize {
    memchr::memrchr(b'\n', &bytes[floor..at]).map_or(floor, |i| floor + i + 1)
}
