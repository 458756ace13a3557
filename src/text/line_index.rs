//! From byte offsets to lines and columns, in every unit that editors and report formats ask for.

use std::sync::OnceLock;

/// One place in a file, in every unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// 1-based line.
    pub line: u32,
    /// 1-based column in code points.
    pub column: u32,
    /// 1-based column in UTF-16 code units.
    pub utf16_column: u32,
    /// 1-based column in bytes.
    pub byte_column: u32,
    /// 0-based offset into the file in bytes.
    pub offset: u32,
}

/// Where the lines of a text begin. A line ends at LF, CRLF or a lone CR (CommonMark 0.31.2, section 2.1).
///
/// Lines are numbered from 0 here; [`Position`] counts as people do, from 1.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Box<[u32]>,
    len: u32,
    /// Counts of code points and UTF-16 units before every [`STRIDE`]th byte; made when a non-ASCII column is
    /// first asked for, so that columns cost the same on a line of a megabyte as on a short one.
    counts: OnceLock<Box<[Counts]>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    code_points: u32,
    utf16: u32,
}

const STRIDE: usize = 128;

impl Counts {
    /// Adds the characters that begin in `bytes` (UTF-8, possibly cut inside a character at either end).
    fn add(&mut self, bytes: &[u8]) {
        if bytes.is_ascii() {
            self.code_points += bytes.len() as u32;
            self.utf16 += bytes.len() as u32;
            return;
        }
        for &byte in bytes {
            self.code_points += u32::from(byte & 0xC0 != 0x80);
            self.utf16 += u32::from(byte & 0xC0 != 0x80) + u32::from(byte >= 0xF0);
        }
    }
}

/// Calls `out` with the place of each line feed. Lines are so short that a search that begins anew for each would take
/// several times as long as looking at eight bytes at a time.
fn line_feeds(bytes: &[u8], mut out: impl FnMut(usize)) {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const LOW: u64 = 0x7F * EACH;
    let (blocks, rest) = bytes.as_chunks::<8>();
    for (number, block) in blocks.iter().enumerate() {
        // A byte that is a line feed becomes 0, and the highest bit of each byte says whether it did.
        let others = u64::from_le_bytes(*block) ^ (EACH * u64::from(b'\n'));
        let mut found = !(((others & LOW) + LOW) | others | LOW);
        while found != 0 {
            out(number * 8 + found.trailing_zeros() as usize / 8);
            found &= found - 1;
        }
    }
    let start = bytes.len() - rest.len();
    let found = rest.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    found.for_each(|(at, _)| out(start + at));
}

impl LineIndex {
    /// Finds the lines of `source`.
    pub fn new(source: &str) -> Self {
        let bytes = source.as_bytes();
        let mut starts = Vec::with_capacity(bytes.len() / 32 + 1);
        starts.push(0);
        if memchr::memchr(b'\r', bytes).is_none() {
            line_feeds(bytes, |at| starts.push(at as u32 + 1));
        } else {
            for i in memchr::memchr2_iter(b'\n', b'\r', bytes) {
                if bytes[i] == b'\n' || bytes.get(i + 1) != Some(&b'\n') {
                    starts.push(i as u32 + 1);
                }
            }
        }
        Self { starts: starts.into(), len: bytes.len() as u32, counts: OnceLock::new() }
    }

    /// The number of lines; a text that ends in a line break has an empty last line.
    pub fn line_count(&self) -> u32 {
        self.starts.len() as u32
    }

    /// Length of the text in bytes.
    pub fn text_len(&self) -> u32 {
        self.len
    }

    /// The 0-based line that holds the byte at `offset`; offsets past the end belong to the last line.
    #[inline]
    pub fn line_of(&self, offset: u32) -> u32 {
        self.starts.partition_point(|&start| start <= offset) as u32 - 1
    }

    /// The 0-based line that holds the last byte of a span; of an empty one, the line that it is in.
    pub fn last_line_of(&self, span: super::Span) -> u32 {
        self.line_of(span.end.max(span.start + 1) - 1)
    }

    /// Offset of the first byte of a 0-based line; the length of the text for lines past the end.
    #[inline]
    pub fn line_start(&self, line: u32) -> u32 {
        self.starts.get(line as usize).copied().unwrap_or(self.len)
    }

    /// The bytes of a 0-based line, without its line break.
    #[inline]
    pub fn line_span(&self, source: &str, line: u32) -> super::Span {
        let (start, next) = (self.line_start(line), self.line_start(line + 1));
        let text = &source.as_bytes()[start as usize..next as usize];
        let end = match text {
            [.., b'\r', b'\n'] => next - 2,
            [.., b'\n' | b'\r'] => next - 1,
            _ => next,
        };
        super::Span::new(start, end)
    }

    /// The place of a byte offset in `source`, which must be the text this index was made from.
    ///
    /// An offset past the end gives the end; one inside a character, the character's column.
    pub fn position(&self, source: &str, offset: u32) -> Position {
        let offset = offset.min(self.len);
        let line = self.line_of(offset);
        let start = self.line_start(line);
        let (code_points, utf16) = self.units(source, start, offset);
        Position {
            line: line + 1,
            column: code_points + 1,
            utf16_column: utf16 + 1,
            byte_column: offset - start + 1,
            offset,
        }
    }

    /// The places of the ends of a span, as [`LineIndex::position`] gives them, in less time than both by themselves.
    pub fn positions(&self, source: &str, span: super::Span) -> [Position; 2] {
        let start = self.position(source, span.start);
        let end = span.end.min(self.len);
        // Most spans are in one line.
        if end < start.offset || self.starts.get(start.line as usize).is_some_and(|next| *next <= end) {
            return [start, self.position(source, end)];
        }
        let (code_points, utf16) = self.units(source, start.offset, end);
        let end = Position {
            line: start.line,
            column: start.column + code_points,
            utf16_column: start.utf16_column + utf16,
            byte_column: start.byte_column + (end - start.offset),
            offset: end,
        };
        [start, end]
    }

    /// Code points and UTF-16 units between two offsets.
    fn units(&self, source: &str, start: u32, end: u32) -> (u32, u32) {
        if (end - start) as usize <= STRIDE {
            let mut counts = Counts::default();
            counts.add(&source.as_bytes()[start as usize..end as usize]);
            return (counts.code_points, counts.utf16);
        }
        let (from, to) = (self.before(source, start), self.before(source, end));
        (to.code_points - from.code_points, to.utf16 - from.utf16)
    }

    /// Units before an offset, from the nearest stride on.
    fn before(&self, source: &str, offset: u32) -> Counts {
        let counts = self.counts.get_or_init(|| {
            let mut sum = Counts::default();
            let strides = source.as_bytes().chunks(STRIDE).map(|chunk| {
                let before = sum;
                sum.add(chunk);
                before
            });
            strides.collect()
        });
        let stride = (offset as usize / STRIDE).min(counts.len().saturating_sub(1));
        let mut sum = counts.get(stride).copied().unwrap_or_default();
        sum.add(&source.as_bytes()[stride * STRIDE..offset as usize]);
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::{LineIndex, STRIDE};
    use crate::text::Span;

    fn place(source: &str, offset: u32) -> (u32, u32, u32, u32) {
        let position = LineIndex::new(source).position(source, offset);
        (position.line, position.column, position.utf16_column, position.byte_column)
    }

    #[test]
    fn a_line_ends_at_lf_crlf_or_lone_cr() {
        let source = "a\nb\r\nc\rd";
        let lines = LineIndex::new(source);
        let texts: Vec<_> =
            (0..lines.line_count()).map(|line| lines.line_span(source, line).of(source)).collect();
        assert_eq!(texts, ["a", "b", "c", "d"]);
    }

    #[test]
    fn an_empty_text_has_one_line() {
        assert_eq!(LineIndex::new("").line_count(), 1);
        assert_eq!(place("", 0), (1, 1, 1, 1));
        assert_eq!(place("", 9), (1, 1, 1, 1));
    }

    #[test]
    fn columns_differ_by_unit() {
        // ’ is 3 bytes and 1 UTF-16 unit, 𝒳 is 4 bytes and 2 units.
        assert_eq!(place("x\n’𝒳!", 9), (2, 3, 4, 8));
    }

    #[test]
    fn the_line_break_belongs_to_the_line_it_ends() {
        assert_eq!(place("ab\r\nc", 3), (1, 4, 4, 4));
        assert_eq!(place("ab\r\nc", 4), (2, 1, 1, 1));
    }

    #[test]
    fn both_ends_of_a_span_are_where_each_is() {
        let source = "aé𝒳\n\r\nb\n".repeat(STRIDE) + &"𝒳é b".repeat(STRIDE);
        let index = LineIndex::new(&source);
        for start in (0..=source.len() as u32 + 2).step_by(7) {
            for length in [0, 1, 2, 5, 30, 300] {
                let span = Span::new(start, start + length);
                let ends = [start, start + length].map(|at| index.position(&source, at));
                assert_eq!(index.positions(&source, span), ends, "{span:?}");
            }
        }
    }

    #[test]
    fn long_lines_count_as_short_ones_do() {
        let source = format!("é\n{}", "aé𝒳".repeat(STRIDE));
        let index = LineIndex::new(&source);
        for (offset, _) in source.char_indices().skip(2).step_by(97) {
            let head = &source[3..offset];
            let position = index.position(&source, offset as u32);
            assert_eq!(position.column as usize, head.chars().count() + 1);
            assert_eq!(position.utf16_column as usize, head.encode_utf16().count() + 1);
        }
    }
}
