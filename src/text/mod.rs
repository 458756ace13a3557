//! Byte spans, the line index, and what is to be known of words and anchors. Knows nothing about Markdown.

mod bare_letters;
mod character_reference;
mod conflict;
mod docutils;
mod host;
mod invisible;
mod json_guard;
mod line_diff;
mod line_index;
mod lookalike;
mod mojibake;
mod needle;
mod page_ending;
mod quantity;
mod similar;
mod slip;
mod slug;
mod slugger;
mod zola_slug;

pub use bare_letters::{bare_letters, without_accents};
pub use character_reference::{CharacterReference, resolve_character_references};
pub use conflict::{ConflictMarker, conflict_markers};
pub use docutils::docutils_id;
pub use host::{has_local_ending, is_host_below};
pub use invisible::{
    different_unusual_characters, invisible_characters, invisible_name, is_expected_here, is_unseen,
};
pub use json_guard::guarded_json;
pub use line_diff::{changed_lines, line_diff, lines};
pub use line_index::{LineIndex, Position};
pub use lookalike::{Lookalike, lookalikes, may_look_alike};
pub use mojibake::{MojibakeSequence, begins_mojibake, mojibake};
pub use needle::Needle;
pub use page_ending::{
    DATA_ENDINGS, IMAGE_ENDINGS, PAGE_ENDINGS, PAGE_ENDINGS_WITH_MDX, glob_of_endings, is_mdx,
};
pub use quantity::quantity;
pub use similar::{Search, nearest};
pub use slip::{Slip, SlipKind};
pub use slug::{SlugStyle, elder_vitepress, slug};
pub use slugger::Slugger;
pub use zola_slug::zola_slug;

use std::ops::Range;

/// The bytes of the byte order mark that a text begins with; 0 if it has none.
pub fn byte_order_mark(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// Bytes as a text, if they are UTF-8.
pub fn utf8(bytes: &[u8]) -> Option<&str> {
    simdutf8::basic::from_utf8(bytes).ok()
}

/// A half-open byte range of one file as it is on disk: front matter and byte order mark included.
///
/// `u32` keeps the tree small; a file that does not fit is refused at load.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize,
)]
#[serde(into = "(u32, u32)", try_from = "(u32, u32)")]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl From<Span> for (u32, u32) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

impl TryFrom<(u32, u32)> for Span {
    type Error = &'static str;

    /// Refuses ends that are not in order, and those that no text has.
    fn try_from((start, end): (u32, u32)) -> Result<Self, Self::Error> {
        if start <= end && end < u32::MAX { Ok(Self { start, end }) } else { Err("not a span of a text") }
    }
}

impl Span {
    /// The bytes from `start` up to, not including, `end`. The ends must be in order.
    #[inline]
    pub const fn new(start: u32, end: u32) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    /// Nothing, at a place: where something is missing.
    pub const fn empty(at: u32) -> Self {
        Self { start: at, end: at }
    }

    /// A span from `usize` offsets, as slices and ranges have them.
    #[inline]
    pub fn from_range(range: Range<usize>) -> Self {
        Self::new(range.start as u32, range.end as u32)
    }

    /// Length in bytes.
    #[inline]
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span covers no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether every byte of `other` is in this span.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the spans share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start.max(other.start) < self.end.min(other.end)
    }

    /// The smallest span that holds both.
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same length, `by` bytes further on.
    pub const fn shift(self, by: u32) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// The range to slice with.
    #[inline]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The part of the span that is in `text`, widened to whole characters: a span of `text`, whatever this one is.
    pub fn fit(self, text: &str) -> Self {
        let end = (self.end.max(self.start) as usize).min(text.len());
        let start = (self.start as usize).min(end);
        let before = (0..=start).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let after = (end..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
        Self::from_range(before..after)
    }

    /// The covered text. Panics when the span is not one of `source`, as slicing does.
    #[inline]
    pub fn of(self, source: &str) -> &str {
        &source[self.range()]
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn touching_spans_do_not_overlap() {
        assert!(!Span::new(0, 3).overlaps(Span::new(3, 5)));
        assert!(Span::new(0, 4).overlaps(Span::new(3, 5)));
        assert!(!Span::empty(3).overlaps(Span::new(0, 5)));
    }

    #[test]
    fn any_span_fits_any_text() {
        assert_eq!(Span { start: 2, end: 2 }.fit("aé"), Span::new(1, 3));
        assert_eq!(Span { start: 9, end: 4 }.fit("aé"), Span::empty(3));
        assert_eq!(Span { start: 1, end: 0 }.fit("aé"), Span::empty(1));
        assert_eq!(Span::new(1, 2).fit(""), Span::empty(0));
    }

    #[test]
    fn a_span_contains_itself_and_its_empty_ends() {
        let span = Span::new(2, 5);
        assert!(span.contains(span) && span.contains(Span::empty(2)) && span.contains(Span::empty(5)));
        assert!(!span.contains(Span::new(2, 6)));
    }
}
