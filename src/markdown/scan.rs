//! Reading the source byte by byte: the few questions that the placer, the link parts and the definitions share.

use std::ops::Range;

use crate::text::Span;

/// A window on the source that ends at `end`. Positions are file offsets in bytes; each method takes one and gives
/// one that is not past the end.
#[derive(Clone, Copy)]
pub(super) struct Scan<'s> {
    pub(super) source: &'s str,
    pub(super) end: usize,
    /// How many block quotes are around: as many `>` may be before the text of each line but the first.
    pub(super) quotes: usize,
}

/// The most that a label may hold in bytes; CommonMark says 999 characters, the parser counts bytes.
const MAX_LABEL: usize = 1000;

/// How deep parentheses may nest in a destination without angle brackets: the parser's limit.
const MAX_PARENTHESES: usize = 32;

impl<'s> Scan<'s> {
    /// The bytes up to the end of the window.
    pub(super) fn bytes(&self) -> &'s [u8] {
        &self.source.as_bytes()[..self.end]
    }

    /// The byte at a position; 0 at the end.
    pub(super) fn at(&self, at: usize) -> u8 {
        self.bytes().get(at).copied().unwrap_or(0)
    }

    /// Past spaces: spaces and tabs.
    pub(super) fn blanks(&self, mut at: usize) -> usize {
        while matches!(self.at(at), b' ' | b'\t') {
            at += 1;
        }
        at
    }

    /// Past every kind of white space that stays in its line.
    pub(super) fn white(&self, mut at: usize) -> usize {
        while matches!(self.at(at), b' ' | b'\t' | 0x0B | 0x0C) {
            at += 1;
        }
        at
    }

    /// Past the line break that begins here: LF, CRLF or a lone CR.
    pub(super) fn line_break(&self, at: usize) -> Option<usize> {
        match (self.at(at), self.at(at + 1)) {
            (b'\r', b'\n') => Some(at + 2),
            (b'\n' | b'\r', _) => Some(at + 1),
            _ => None,
        }
    }

    /// How often `byte` is here in a row.
    pub(super) fn run(&self, at: usize, byte: u8) -> usize {
        self.bytes()[at.min(self.end)..].iter().take_while(|&&b| b == byte).count()
    }

    /// Whether `byte` is here so often in a row; what follows does not matter.
    pub(super) fn has_run(&self, at: usize, byte: u8, length: usize) -> bool {
        self.bytes().get(at..at + length).is_some_and(|run| run.iter().all(|&b| b == byte))
    }

    /// Past the prefix of a line: spaces and the marks of the quotes around.
    pub(super) fn prefix(&self, at: usize) -> usize {
        let mut at = self.blanks(at);
        for _ in 0..self.quotes {
            if self.at(at) != b'>' {
                break;
            }
            at = self.blanks(at + 1);
        }
        at
    }

    /// Past white space that may hold line breaks, and the prefixes of the lines that these begin.
    pub(super) fn space(&self, at: usize) -> usize {
        let mut at = self.white(at);
        while let Some(next) = self.line_break(at) {
            at = self.white(self.prefix(next));
        }
        at
    }

    /// Past spaces that may hold one line break, and the prefix of the line that it begins.
    pub(super) fn gap(&self, at: usize) -> usize {
        let at = self.blanks(at);
        self.line_break(at).map_or(at, |next| self.prefix(next))
    }

    /// The inside of the label whose `[` is here; the `]` is after it.
    ///
    /// Labels hold no bracket that is not escaped (CommonMark 0.31.2, section 4.7).
    pub(super) fn label(&self, at: usize) -> Option<Range<usize>> {
        if self.at(at) != b'[' {
            return None;
        }
        let mut p = at + 1;
        while p < self.end && p - at <= MAX_LABEL {
            match self.at(p) {
                b']' => return Some(at + 1..p),
                b'[' => return None,
                b'\\' if self.at(p + 1).is_ascii_punctuation() => p += 2,
                _ => p += 1,
            }
        }
        None
    }

    /// The destination that begins here, without angle brackets, and where it ends with them.
    pub(super) fn destination(&self, at: usize) -> Option<(Range<usize>, usize)> {
        if self.at(at) == b'<' { self.angled(at) } else { self.plain(at) }
    }

    fn angled(&self, at: usize) -> Option<(Range<usize>, usize)> {
        let mut p = at + 1;
        while p < self.end {
            match self.at(p) {
                b'>' => return Some((at + 1..p, p + 1)),
                b'\n' | b'\r' | b'<' => return None,
                b'\\' => p += 2,
                _ => p += 1,
            }
        }
        None
    }

    fn plain(&self, at: usize) -> Option<(Range<usize>, usize)> {
        let (mut p, mut open) = (at, 0);
        while p < self.end {
            match self.at(p) {
                b'\\' if self.at(p + 1).is_ascii_punctuation() => p += 1,
                b'(' if open == MAX_PARENTHESES => return None,
                b'(' => open += 1,
                b')' if open == 0 => break,
                b')' => open -= 1,
                b' ' | 1..0x20 | 0x7F => break,
                _ => {}
            }
            p += 1;
        }
        (open == 0).then_some((at..p, p))
    }

    /// The inside of the title whose quote or parenthesis is here; the closing one is after it. Where none
    /// closes it, the last escaped one does: so the parser reads it.
    pub(super) fn title(&self, at: usize) -> Option<Range<usize>> {
        let close = match self.at(at) {
            b'(' => b')',
            quote @ (b'"' | b'\'') => quote,
            _ => return None,
        };
        let mut escaped = None;
        let mut p = at + 1;
        while p < self.end {
            match self.at(p) {
                byte if byte == close => return Some(at + 1..p),
                b'(' if close == b')' => break,
                b'\\' if self.at(p + 1).is_ascii_punctuation() => {
                    p += 1;
                    if self.at(p) == close {
                        escaped = Some(at + 1..p);
                    }
                }
                _ => {}
            }
            p += 1;
        }
        escaped
    }

    /// What the content of a code span shows as, from `at` to the end of the window: line breaks are spaces, and one
    /// blank is taken off either end (CommonMark 0.31.2, section 6.1).
    pub(super) fn code(&self, mut at: usize) -> String {
        let mut shown = String::with_capacity(self.end - at);
        while let Some(length) = memchr::memchr2(b'\n', b'\r', &self.bytes()[at..]) {
            shown.push_str(&self.source[at..at + length]);
            shown.push(' ');
            at += length;
            at = self.line_break(at).map_or(self.end, |next| self.prefix(next));
        }
        shown.push_str(&self.source[at..self.end]);
        let inner = shown.strip_prefix(' ').and_then(|inner| inner.strip_suffix(' '));
        match inner {
            Some(inner) if !inner.trim_matches(' ').is_empty() => inner.to_owned(),
            _ => shown,
        }
    }

    /// Before the spaces and line breaks that end the text from `start` to `end`.
    pub(super) fn trim_end(&self, start: usize, end: usize) -> usize {
        let text = &self.source.as_bytes()[start..end];
        let kept = text.iter().rposition(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
        kept.map_or(start, |last| start + last + 1)
    }
}

/// Tells which of many spans have one of some bytes, where most have none: what was searched once is not searched again
/// for the next span.
pub(super) struct RareBytes<'s, F> {
    source: &'s str,
    /// The place of the first of the bytes in a text.
    next: F,
    /// The bytes that were looked at last, of which none before the end is one of them.
    none: Range<usize>,
}

impl<'s, F: Fn(&[u8]) -> Option<usize>> RareBytes<'s, F> {
    pub(super) const fn new(source: &'s str, next: F) -> Self {
        Self { source, next, none: 0..0 }
    }

    pub(super) fn are_in(&mut self, span: Span) -> bool {
        let (start, end) = (span.start as usize, span.end as usize);
        if !self.none.contains(&start) {
            let found = (self.next)(&self.source.as_bytes()[start..]);
            self.none = start..found.map_or(self.source.len(), |found| start + found);
        }
        self.none.end < end
    }
}
