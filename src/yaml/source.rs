//! The part of a file that is read, and how to move through what lies between its values.

use std::borrow::Cow;
use std::ops::Range;

use crate::text::Span;

/// A slice of a file; offsets below count from its start, [`Excerpt::span`] leads back to the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Excerpt<'s> {
    pub(super) text: &'s str,
    base: u32,
    /// Blanks in `text` that the file does not have, as offsets in the text without them, ascending.
    padding: &'s [usize],
}

impl<'s> Excerpt<'s> {
    pub(super) fn new(source: &'s str, span: Span) -> Self {
        Self { text: span.of(source), base: span.start, padding: &[] }
    }

    /// An excerpt that is read with blanks put in; `text` is the one with them, see [`pad`].
    pub(super) fn padded(text: &'s str, span: Span, padding: &'s [usize]) -> Self {
        Self { text, base: span.start, padding }
    }

    /// The place in the file.
    pub(super) fn span(self, range: Range<usize>) -> Span {
        Span::new(self.offset(range.start), self.offset(range.end))
    }

    /// The place in the file of a range without padding.
    pub(super) fn unpadded_span(self, range: Range<usize>) -> Span {
        Span::from_range(range).shift(self.base)
    }

    /// The offset in the file.
    pub(super) fn offset(self, at: usize) -> u32 {
        self.base + self.unpadded(at) as u32
    }

    /// The place in the excerpt of a span in the file.
    pub(super) fn range(self, span: Span) -> Range<usize> {
        let at = |offset: u32| {
            let at = (offset - self.base) as usize;
            at + self.padding.partition_point(|&blank| blank <= at)
        };
        at(span.start)..at(span.end)
    }

    /// The offset in the text without its padding.
    pub(super) fn unpadded(self, at: usize) -> usize {
        // The nth blank lies n further on than its offset without padding says.
        let (mut low, mut high) = (0, self.padding.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.padding[middle] + middle < at { low = middle + 1 } else { high = middle }
        }
        at - low
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

/// A text with a blank before each of these offsets, which ascend.
pub(super) fn pad<'s>(text: &'s str, padding: &[usize]) -> Cow<'s, str> {
    if padding.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut padded = String::with_capacity(text.len() + padding.len());
    let mut from = 0;
    for &blank in padding {
        padded.push_str(&text[from..blank]);
        padded.push(' ');
        from = blank;
    }
    padded.push_str(&text[from..]);
    Cow::Owned(padded)
}

#[cfg(test)]
mod tests {
    use super::{Excerpt, pad};
    use crate::text::Span;

    #[test]
    fn padding_does_not_move_places() {
        let (source, span, padding) = ("??ab:[c]:{}", Span::new(2, 11), [3, 7]);
        let text = pad(span.of(source), &padding);
        assert_eq!(text, "ab: [c]: {}");
        let excerpt = Excerpt::padded(&text, span, &padding);
        for (padded, file) in [(0..2, 2..4), (4..7, 5..8), (9..11, 9..11)] {
            assert_eq!(excerpt.span(padded.clone()), Span::from_range(file));
            assert_eq!(excerpt.range(excerpt.span(padded.clone())), padded);
        }
    }
}
