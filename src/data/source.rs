//! The part of a file that is read, and how to move through what is between its values.

use std::ops::Range;

use crate::text::Span;

/// A slice of a file; offsets below count from its start, [`Excerpt::span`] leads back to the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct SourceSlice<'s> {
    pub(super) text: &'s str,
    base: u32,
    /// Offsets of spaces in `text` that are not in the file, ascending.
    blanks: &'s [usize],
}

impl<'s> SourceSlice<'s> {
    pub(super) fn new(source: &'s str, span: Span) -> Self {
        Self { text: span.of(source), base: span.start, blanks: &[] }
    }

    /// The same place in the file, with the text of the file except for some spaces.
    pub(super) fn with_blanks(self, text: &'s str, blanks: &'s [usize]) -> Self {
        Self { text, blanks, ..self }
    }

    /// The place in the file.
    pub(super) fn span(self, range: Range<usize>) -> Span {
        Span::new(self.offset(range.start), self.offset(range.end))
    }

    /// The offset in the file.
    pub(super) fn offset(self, at: usize) -> u32 {
        self.without_blanks(at) as u32 + self.base
    }

    /// The offset in the text as it is in the file.
    pub(super) fn without_blanks(self, at: usize) -> usize {
        at - self.blanks.partition_point(|&blank| blank < at)
    }

    /// The place in the excerpt of a span in the file.
    pub(super) fn range(self, span: Span) -> Range<usize> {
        self.with_the_blanks((span.start - self.base) as usize)
            ..self.with_the_blanks((span.end - self.base) as usize)
    }

    fn with_the_blanks(self, at: usize) -> usize {
        let (mut low, mut high) = (0, self.blanks.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.blanks[middle] - middle <= at { low = middle + 1 } else { high = middle }
        }
        at + low
    }

    pub(super) fn byte(self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The first byte from `at` on that is not a space, line break or `#` comment.
    pub(super) fn skip_trivia(self, mut at: usize) -> usize {
        loop {
            match self.byte(at) {
                Some(b' ' | b'\t' | b'\n' | b'\r') => at += 1,
                Some(b'#') => at = self.line_end(at),
                _ => return at,
            }
        }
    }

    /// Past the anchors and tags at `at`, and what is between them.
    pub(super) fn skip_properties(self, mut at: usize) -> usize {
        at = self.skip_trivia(at);
        while let Some(b'&' | b'!') = self.byte(at) {
            at = self.skip_trivia(self.token_end(at));
        }
        at
    }

    /// Where the run of non-spaces at `at` ends.
    pub(super) fn token_end(self, at: usize) -> usize {
        let rest = &self.text.as_bytes()[at..];
        at + rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len())
    }

    /// Where the line of `at` ends, before its line break.
    pub(super) fn line_end(self, at: usize) -> usize {
        let rest = &self.text.as_bytes()[at..];
        at + rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len())
    }

    /// Where the line after that of `at` begins, if there is one.
    pub(super) fn next_line(self, at: usize) -> Option<usize> {
        let end = self.line_end(at);
        let line_break = if self.text[end..].starts_with("\r\n") { 2 } else { 1 };
        (end < self.text.len()).then_some(end + line_break)
    }

    /// Whether nothing but spaces follows `at`, and the text ends without a line break.
    pub(super) fn is_unfinished_line(self, at: usize) -> bool {
        self.text[at..].bytes().all(|byte| matches!(byte, b' ' | b'\t'))
    }

    /// Where the line of `at` begins.
    pub(super) fn line_start(self, at: usize) -> usize {
        let head = &self.text.as_bytes()[..at];
        head.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |i| i + 1)
    }

    /// The indentation of the lines of a value, but for its first one, that are indented by less than `indent` spaces;
    /// `None` where all are indented. Blank lines do not count.
    pub(super) fn unindented(self, value: Range<usize>, indent: usize) -> Option<Vec<Range<usize>>> {
        let mut found = Vec::new();
        let mut at = value.start;
        while let Some(line) = self.next_line(at).filter(|line| *line < value.end) {
            let text = &self.text[line..self.line_end(line)];
            let spaces = text.len() - text.trim_start_matches(' ').len();
            if spaces < indent && !text.trim().is_empty() {
                found.push(line..line + spaces);
            }
            at = line;
        }
        (!found.is_empty()).then_some(found)
    }

    /// `at`, or the start of the character that it is in, and never past the end.
    pub(super) fn boundary(self, mut at: usize) -> usize {
        at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}
