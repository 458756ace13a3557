//! The part of a line that fits the terminal and shows what matters in it.

use std::ops::Range;

use super::sanitize;

/// Stands where text was left out.
const CUT: char = '…';

/// A part of a line, with marks for what cannot be seen. Tabs stay.
#[derive(Debug, Default)]
pub(super) struct Excerpt {
    /// The text to show.
    pub text: String,
    /// Bytes in the line and in `text`, for every character shown and every end of a piece; ascending.
    places: Vec<(usize, usize)>,
    /// The byte of the line that it begins with, if it is one piece.
    begin: Option<usize>,
}

impl Excerpt {
    /// The pieces of `line` around the byte ranges in `focus` that fit into `cells`, or the whole line where it fits.
    /// Takes time for the cells shown, however long the line is.
    ///
    /// The ranges must be in the line, on character boundaries.
    pub(super) fn new(line: &str, focus: &[Range<usize>], cells: usize) -> Self {
        let pieces = pieces(line, focus, cells);
        let mut excerpt = Self { begin: only_begin(&pieces), ..Self::default() };
        let mut done = 0;
        for piece in pieces {
            if piece.start > done {
                excerpt.text.push(CUT);
            }
            excerpt.piece(line, piece.clone());
            done = piece.end;
        }
        if done < line.len() {
            excerpt.text.push(CUT);
        }
        excerpt
    }

    /// As much of `line` as fits into `cells` from byte `begin` on, which must be on a character boundary.
    pub(super) fn starting(line: &str, begin: usize, cells: usize) -> Self {
        let (mut room, mut end) = (cells.saturating_sub(usize::from(begin > 0)), begin);
        for (at, ch) in line[begin..].char_indices() {
            let next = begin + at + ch.len_utf8();
            let cut = usize::from(next < line.len());
            if cost(ch) + cut > room {
                break;
            }
            room -= cost(ch);
            end = next;
        }
        let mut excerpt = Self { begin: Some(begin), ..Self::default() };
        if begin > 0 {
            excerpt.text.push(CUT);
        }
        excerpt.piece(line, begin..end);
        if end < line.len() {
            excerpt.text.push(CUT);
        }
        excerpt
    }

    /// The byte of the line that it begins with, if nothing inside is left out.
    pub(super) const fn begin(&self) -> Option<usize> {
        self.begin
    }

    /// The byte of `line` that [`Self::new`] would begin with, if it would leave out nothing inside.
    pub(super) fn begin_of(line: &str, focus: &[Range<usize>], cells: usize) -> Option<usize> {
        only_begin(&pieces(line, focus, cells))
    }

    fn piece(&mut self, line: &str, piece: Range<usize>) {
        self.text.reserve(piece.len());
        self.places.reserve(piece.len() + 1);
        let plain = &line[piece.clone()];
        if sanitize::are_cells(plain.as_bytes()) && !plain.contains("##") {
            let shown = self.text.len();
            self.places.extend((0..=piece.len()).map(|at| (piece.start + at, shown + at)));
            self.text.push_str(plain);
            return;
        }
        for (at, ch) in line[piece.clone()].char_indices() {
            self.places.push((piece.start + at, self.text.len()));
            if ch == '\t' {
                self.text.push(ch);
            } else {
                sanitize::push(&mut self.text, ch);
            }
        }
        self.places.push((piece.end, self.text.len()));
    }

    /// Where a byte of the line is in `text`; for one that was left out, the next that was not.
    pub(super) fn at(&self, offset: usize) -> usize {
        let place = self.places.partition_point(|&(at, _)| at < offset);
        self.places.get(place).map_or(self.text.len(), |&(_, shown)| shown)
    }
}

/// The parts of a line around the byte ranges in `focus` that fit into `cells`.
fn pieces(line: &str, focus: &[Range<usize>], cells: usize) -> Vec<Range<usize>> {
    let whole = 0..line.len();
    if fits(line, cells) { vec![whole] } else { Window::new(line, focus, cells).pieces() }
}

/// Where the only piece begins.
fn only_begin(pieces: &[Range<usize>]) -> Option<usize> {
    if let [piece] = pieces { Some(piece.start) } else { None }
}

/// Cells for the purpose of cutting: an accent counts as one, so that a heap of them has an end.
fn cost(ch: char) -> usize {
    sanitize::cells(ch).max(1)
}

fn fits(text: &str, cells: usize) -> bool {
    let bytes = text.as_bytes();
    if sanitize::are_cells(&bytes[..bytes.len().min(cells + 1)]) {
        return bytes.len() <= cells;
    }
    text.chars().try_fold(cells, |left, ch| left.checked_sub(cost(ch))).is_some()
}

/// Pieces of a line that grow on both sides until the room is used.
struct Window<'a> {
    line: &'a str,
    pieces: Vec<Range<usize>>,
    room: usize,
}

impl<'a> Window<'a> {
    fn new(line: &'a str, focus: &[Range<usize>], cells: usize) -> Self {
        let share = cells / focus.len().max(1);
        let mut pieces = Vec::new();
        for range in focus {
            if fits(&line[range.clone()], share) {
                pieces.push(range.clone());
            } else {
                // Both ends are worth more than the middle.
                pieces.extend([range.start..range.start, range.end..range.end]);
            }
        }
        if pieces.is_empty() {
            pieces.push(0..0);
        }
        pieces.sort_by_key(|piece| (piece.start, piece.end));
        let mut window = Self { line, pieces, room: 0 };
        window.merge();
        let taken: usize = window.pieces.iter().flat_map(|piece| line[piece.clone()].chars()).map(cost).sum();
        let cuts = window.pieces.len() + 1;
        window.room = cells.saturating_sub(taken + cuts);
        window
    }

    fn pieces(self) -> Vec<Range<usize>> {
        if let Some(piece) = self.grown_at_once() {
            return vec![piece];
        }
        self.by_turns()
    }

    fn by_turns(mut self) -> Vec<Range<usize>> {
        loop {
            let mut grown = false;
            for piece in 0..self.pieces.len() {
                grown |= self.grow_left(piece);
                grown |= self.grow_right(piece);
            }
            self.merge();
            if !grown {
                return self.pieces;
            }
        }
    }

    /// The only piece as it is once it has grown, where every character around it takes one byte and one cell.
    fn grown_at_once(&self) -> Option<Range<usize>> {
        let [piece] = &*self.pieces else { return None };
        let bytes = self.line.as_bytes();
        let left = &bytes[piece.start.saturating_sub(self.room)..piece.start];
        let right = &bytes[piece.end..bytes.len().min(piece.end + self.room)];
        if !sanitize::are_cells(left) || !sanitize::are_cells(right) {
            return None;
        }
        // By turns, beginning on the left, until there is nothing left on one side.
        let before = left.len().min(self.room.div_ceil(2).max(self.room.saturating_sub(right.len())));
        let after = right.len().min(self.room - before);
        Some(piece.start - before..piece.end + after)
    }

    fn grow_left(&mut self, piece: usize) -> bool {
        let limit = piece.checked_sub(1).map_or(0, |before| self.pieces[before].end);
        let gap = &self.line[limit..self.pieces[piece].start];
        let next = gap.chars().next_back().filter(|&ch| cost(ch) <= self.room);
        next.is_some_and(|ch| {
            self.room -= cost(ch);
            self.pieces[piece].start -= ch.len_utf8();
            true
        })
    }

    fn grow_right(&mut self, piece: usize) -> bool {
        let limit = self.pieces.get(piece + 1).map_or(self.line.len(), |after| after.start);
        let gap = &self.line[self.pieces[piece].end..limit];
        let next = gap.chars().next().filter(|&ch| cost(ch) <= self.room);
        next.is_some_and(|ch| {
            self.room -= cost(ch);
            self.pieces[piece].end += ch.len_utf8();
            true
        })
    }

    /// Joins pieces that touch. They must be sorted.
    fn merge(&mut self) {
        self.pieces.dedup_by(|next, piece| {
            let touch = next.start <= piece.end;
            if touch {
                piece.end = piece.end.max(next.end);
            }
            touch
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Excerpt, Window};

    proptest! {
        #[test]
        fn a_piece_that_grows_at_once_is_the_one_that_grows_by_turns(
            (before, inside, after) in ("[ -~]{0,30}", "[ -~]{0,9}", "[ -~]{0,30}"),
            cells in 0..60_usize,
        ) {
            let line = format!("{before}{inside}{after}");
            let focus = before.len()..before.len() + inside.len();
            let window = || Window::new(&line, std::slice::from_ref(&focus), cells);
            if let Some(piece) = window().grown_at_once() {
                prop_assert_eq!(window().by_turns(), vec![piece]);
            }
        }
    }

    fn shown(line: &str, word: &str, cells: usize) -> (String, String) {
        let start = line.find(word).expect("the word is in the line");
        let focus = start..start + word.len();
        let excerpt = Excerpt::new(line, std::slice::from_ref(&focus), cells);
        let range = excerpt.at(focus.start)..excerpt.at(focus.end);
        let underlined = excerpt.text[range].to_owned();
        (excerpt.text, underlined)
    }

    #[test]
    fn a_line_that_fits_stays_whole() {
        assert_eq!(shown("short line", "line", 10), ("short line".into(), "line".into()));
    }

    #[test]
    fn a_window_is_cut_where_text_is_left_out() {
        let line = "abcdefghijklmnopqrstuvwxyz";
        assert_eq!(shown(line, "m", 9), ("…jklmnop…".into(), "m".into()));
        assert_eq!(shown(line, "a", 9), ("abcdefg…".into(), "a".into()));
        assert_eq!(shown(line, "z", 9), ("…tuvwxyz".into(), "z".into()));
    }

    #[test]
    fn of_a_long_range_both_ends_are_seen() {
        let line = format!("before {} after", "x".repeat(100));
        let (text, underlined) = shown(&line, &"x".repeat(100), 20);
        assert!(text.contains('…') && underlined.starts_with('x') && underlined.ends_with('x'), "{text}");
    }

    #[test]
    fn no_room_is_no_reason_to_panic() {
        for cells in 0..8 {
            let excerpt = Excerpt::new("日本語の文章です", &[3..6, 12..15], cells);
            assert!(excerpt.at(3) <= excerpt.at(6));
        }
    }
}
