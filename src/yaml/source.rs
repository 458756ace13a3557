//! The part of a file that is read, and how to move through what lies between its values.

use std::ops::Range;

use crate::text::Span;

/// A slice of a file; offsets below count from its start, [`Excerpt::span`] leads back to the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Excerpt<'s> {
    pub(super) text: &'s str,
    base: u32,
}

impl<'s> Excerpt<'s> {
    pub(super) fn new(source: &'s str, span: Span) -> Self {
        Self { text: span.of(source), base: span.start }
    }

    /// The place in the file.
    pub(super) fn span(self, range: Range<usize>) -> Span {
        Span::from_range(range).shift(self.base)
    }

    /// The offset in the file.
    pub(super) fn offset(self, at: usize) -> u32 {
        at as u32 + self.base
    }

    /// The place in the excerpt of a span in the file.
    pub(super) fn range(self, span: Span) -> Range<usize> {
        (span.start - self.base) as usize..(span.end - self.base) as usize
    }

    pub(super) fn byte(self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The first byte from `at` on that is no blank, line break or `#` comment.
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

    /// Where the run of non-blanks at `at` ends.
    pub(super) fn token_end(self, at: usize) -> usize {
        let rest = &self.text.as_bytes()[at..];
        at + rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len())
    }

    /// Where the line of `at` ends, before its line break.
    pub(super) fn line_end(self, at: usize) -> usize {
        let rest = &self.text.as_bytes()[at..];
        at + rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len())
    }

    /// Where the line behind that of `at` begins, if there is one.
    pub(super) fn next_line(self, at: usize) -> Option<usize> {
        let end = self.line_end(at);
        let line_break = if self.text[end..].starts_with("\r\n") { 2 } else { 1 };
        (end < self.text.len()).then_some(end + line_break)
    }

    /// Whether nothing but blanks follows `at`, and the text ends without a line break.
    pub(super) fn is_unfinished_line(self, at: usize) -> bool {
        self.text[at..].bytes().all(|byte| matches!(byte, b' ' | b'\t'))
    }

    /// Where the line of `at` begins.
    pub(super) fn line_start(self, at: usize) -> usize {
        let head = &self.text.as_bytes()[..at];
        head.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |i| i + 1)
    }

    /// `at`, or the start of the character that it lies in, and never past the end.
    pub(super) fn boundary(self, mut at: usize) -> usize {
        at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}
