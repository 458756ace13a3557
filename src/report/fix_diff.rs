//! A fix as lines that go (`-`) and lines that come (`+`).

use std::ops::Range;

use super::excerpt::Excerpt;
use crate::{
    fix::{Edit, Fix},
    sources::SourceText,
    text::{LineIndex, Span},
};

/// Lines shown of one fix.
const MAX_ROWS: usize = 10;

/// Bytes; what a longer change does is not seen in a few lines.
const MAX_BYTES: usize = 16 * 1024;

/// Which side of the change a row is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// In the file as it is.
    Removed,
    /// In the file as it would be.
    Added,
}

/// One line of the view.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct DiffRow {
    pub side: Side,
    /// 1-based, in the file as it is or as it would be.
    pub number: u32,
    text: String,
    /// The bytes of `text` that differ.
    changed: Range<usize>,
    /// The line that it replaces or is replaced by, and the bytes of that that differ.
    counterpart: Option<(String, Range<usize>)>,
}

impl DiffRow {
    /// The text, cut to so many cells around what changes: what is before that, the part that changes, and what follows.
    /// A line and its counterpart are cut at the same place. Spaces at the end and tabs can be seen.
    pub(super) fn shown(&self, cells: usize) -> (String, String, String) {
        let alone = Excerpt::new(&self.text, std::slice::from_ref(&self.changed), cells);
        let excerpt = match self.begin(alone.begin(), cells).zip(alone.begin()) {
            Some((begin, own)) if begin != own => Excerpt::starting(&self.text, begin, cells),
            _ => alone,
        };
        let kept = excerpt.text.trim_end_matches(' ').len();
        let (from, to) = (excerpt.at(self.changed.start), excerpt.at(self.changed.end));
        let part = |range: Range<usize>| {
            let (text, spaces) = (
                range.start..range.end.min(kept).max(range.start),
                range.end.saturating_sub(kept.max(range.start)),
            );
            excerpt.text[text].replace('\t', "→   ") + &"·".repeat(spaces)
        };
        (part(0..from), part(from..to.max(from)), part(to.max(from)..excerpt.text.len()))
    }

    /// Where this line, which by itself is cut at `own`, and its counterpart are both cut.
    fn begin(&self, own: Option<usize>, cells: usize) -> Option<usize> {
        let (other, changed) = self.counterpart.as_ref()?;
        own.max(Excerpt::begin_of(other, std::slice::from_ref(changed), cells))
    }
}

/// What a fix does to a file, in lines.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct LineChange {
    pub rows: Vec<DiffRow>,
    /// Whether there are more rows than are worth showing.
    pub is_cut: bool,
}

impl LineChange {
    /// The change that `fix` makes, as lines for a view of at most `cells` cells; nothing when it is too large to be
    /// seen in a few lines. Takes time for what is shown, not for the length of the file's lines.
    pub(super) fn new(source: &SourceText, fix: &Fix, cells: usize) -> Self {
        let mut change = Self::default();
        let mut shift = 0;
        for edits in hunks(source, fix.edits()) {
            let Some(hunk) = Hunk::new(source, &edits, cells) else { return Self::default() };
            shift += hunk.rows(&mut change.rows, shift);
            if change.rows.len() > MAX_ROWS {
                break;
            }
        }
        change.is_cut = change.rows.len() > MAX_ROWS;
        change.rows.truncate(MAX_ROWS);
        change
    }
}

/// New text for a part of the file, which the span surely is in.
type Piece<'a> = (Span, &'a str);

/// The edits, grouped where they meet in a line.
fn hunks<'a>(source: &SourceText, edits: &'a [Edit]) -> Vec<Vec<Piece<'a>>> {
    let line = |offset| source.lines.line_of(offset);
    let mut hunks: Vec<Vec<Piece<'a>>> = Vec::new();
    for edit in edits {
        let piece = (edit.span.fit(&source.text), &*edit.content);
        match hunks.last_mut() {
            Some(hunk) if hunk.last().is_some_and(|(last, _)| line(last.end) >= line(piece.0.start)) => {
                hunk.push(piece);
            }
            _ => hunks.push(vec![piece]),
        }
    }
    hunks
}

/// Lines that change together.
struct Hunk {
    /// 1-based number of the first line.
    number: u32,
    old: String,
    new: String,
}

impl Hunk {
    /// The lines of the pieces before and after, of long lines only what could be shown in `cells`.
    fn new(source: &SourceText, pieces: &[Piece<'_>], cells: usize) -> Option<Self> {
        let (text, lines) = (&*source.text, &source.lines);
        let (start, end) = (pieces.first()?.0.start, pieces.last()?.0.end);
        let brought: usize = pieces.iter().map(|(_, content)| content.len()).sum();
        if start > end || (end - start) as usize + brought > MAX_BYTES {
            return None;
        }
        // No character takes more bytes than four; one more cell shows that something was cut.
        let reach = 4 * (cells as u32 + 1);
        let first = lines.line_of(start);
        let from = lines.line_start(first).max(start.saturating_sub(reach));
        let to = lines.line_span(text, lines.line_of(end)).end.max(end).min(end + reach);
        let around = Span::new(from, to).fit(text);
        let (mut new, mut done) = (String::new(), around.start);
        for (span, content) in pieces {
            new.push_str(text.get(done as usize..span.start as usize)?);
            new.push_str(content);
            done = span.end;
        }
        new.push_str(text.get(done as usize..around.end as usize)?);
        Some(Self { number: first + 1, old: around.of(text).to_owned(), new })
    }

    /// Adds the lines that differ. `shift` is how many lines the changes before this one brought; how many this one
    /// brings is returned.
    fn rows(&self, rows: &mut Vec<DiffRow>, shift: i64) -> i64 {
        let (mut old, mut new) = (split(&self.old), split(&self.new));
        // Both are a few lines.
        let growth = i64::from(new.len() as u32) - i64::from(old.len() as u32);
        if old == new {
            // Only line breaks differ: show them.
            (old, new) = (self.old.split_inclusive('\n').collect(), self.new.split_inclusive('\n').collect());
        }
        let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let (old, new) = (&old[head..], &new[head..]);
        let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
        let (old, new) = (&old[..old.len() - tail], &new[..new.len() - tail]);
        let number = self.number + head as u32;
        let shifted = u32::try_from(i64::from(number) + shift).unwrap_or(number);
        for (side, number, lines, others) in
            [(Side::Removed, number, old, new), (Side::Added, shifted, new, old)]
        {
            rows.extend(lines.iter().enumerate().map(|(at, line)| {
                let pair = others.get(at).filter(|_| lines.len() == others.len());
                let (changed, other) = pair.map_or((0..0, 0..0), |other| differences(line, other));
                let counterpart = pair.map(|text| ((*text).to_owned(), other));
                DiffRow { side, number: number + at as u32, text: (*line).to_owned(), changed, counterpart }
            }));
        }
        growth
    }
}

fn split(text: &str) -> Vec<&str> {
    let lines = LineIndex::new(text);
    (0..lines.line_count()).map(|line| lines.line_span(text, line).of(text)).collect()
}

/// The bytes of two lines between what both begin with and what both end with, in whole characters.
fn differences(one: &str, two: &str) -> (Range<usize>, Range<usize>) {
    let head = common(one.as_bytes().chunks(BLOCK), two.as_bytes().chunks(BLOCK), |one, two| {
        one.iter().zip(two).take_while(|(a, b)| a == b).count()
    });
    let start = (0..=head).rev().find(|&at| one.is_char_boundary(at)).unwrap_or(0);
    let (one_rest, two_rest) = (&one.as_bytes()[start..], &two.as_bytes()[start..]);
    let tail = common(one_rest.rchunks(BLOCK), two_rest.rchunks(BLOCK), |one, two| {
        one.iter().rev().zip(two.iter().rev()).take_while(|(a, b)| a == b).count()
    });
    let end = (one.len() - tail..=one.len()).find(|&at| one.is_char_boundary(at)).unwrap_or(one.len());
    (start..end, start..two.len() - (one.len() - end))
}

/// Bytes that are compared at once.
const BLOCK: usize = 32;

/// How many bytes two texts have in common, by their blocks; `bytes` tells how many the first blocks that differ have.
fn common<'a>(
    one: impl Iterator<Item = &'a [u8]>,
    two: impl Iterator<Item = &'a [u8]>,
    bytes: impl Fn(&[u8], &[u8]) -> usize,
) -> usize {
    let mut count = 0;
    for (one, two) in one.zip(two) {
        if one != two {
            return count + bytes(one, two);
        }
        count += one.len();
    }
    count
}

#[cfg(test)]
mod tests {
    use super::{LineChange, Side};
    use crate::{
        fix::{Applicability, Edit, Fix},
        sources::Sources,
        text::Span,
    };

    fn shown(text: &str, edits: &[(u32, u32, &str)]) -> Vec<String> {
        let path = std::path::Path::new("page.md");
        let sources = Sources::new(path);
        sources.keep(path, text.into());
        let edits =
            edits.iter().map(|&(start, end, new)| Edit { span: Span { start, end }, content: new.into() });
        let fix = Fix::new("", Applicability::Safe, edits.collect());
        let change = LineChange::new(&sources.get(path), &fix, 40);
        let sign = |side| if side == Side::Removed { '-' } else { '+' };
        let text = |row: &super::DiffRow| <[String; 3]>::from(row.shown(40)).concat();
        let row = |row: &super::DiffRow| format!("{} {} {}", row.number, sign(row.side), text(row));
        change.rows.iter().map(row).collect()
    }

    #[test]
    fn a_replaced_word_is_a_line_before_and_after() {
        assert_eq!(shown("one\ntow\nthree", &[(4, 7, "two")]), ["2 - tow", "2 + two"]);
    }

    #[test]
    fn whole_lines_come_and_go_by_themselves() {
        assert_eq!(shown("one\nthree\n", &[(4, 4, "two\n")]), ["2 + two"]);
        assert_eq!(shown("one\ntwo\nthree\n", &[(4, 8, "")]), ["2 - two"]);
    }

    #[test]
    fn numbers_of_new_lines_are_those_of_the_new_file() {
        let rows = shown("a\nb\nc\nd\ne\n", &[(0, 0, "x\ny\n"), (6, 7, "D")]);
        assert_eq!(rows, ["1 + x", "2 + y", "4 - d", "6 + D"]);
    }

    #[test]
    fn edits_of_one_line_are_shown_together() {
        assert_eq!(shown("*one*", &[(0, 1, "_"), (4, 5, "_")]), ["1 - *one*", "1 + _one_"]);
    }

    #[test]
    fn blanks_that_change_can_be_seen() {
        assert_eq!(shown("one  \n", &[(3, 5, "")]), ["1 - one··", "1 + one"]);
        assert_eq!(shown("\tone", &[(0, 1, "    ")]), ["1 - →   one", "1 +     one"]);
        assert_eq!(shown("one\r\n", &[(3, 5, "\n")]), ["1 - one␍␊", "1 + one␊"]);
    }

    #[test]
    fn a_long_line_and_its_counterpart_are_cut_at_the_same_place() {
        let text = format!("{} tow boats {}", "before ".repeat(20), "after ".repeat(20));
        let start = text.find("tow").expect("the word is there") as u32;
        let rows = shown(&text, &[(start, start + 3, "two hundred and two")]);
        let cut = |row: &str| row.split_once("e ").map(|(begin, _)| begin[4..].to_owned());
        assert_eq!(cut(&rows[0]), cut(&rows[1]), "{rows:?}");
        assert!(rows[0].contains("tow") && rows[1].contains("two hundred and two"), "{rows:?}");
    }

    #[test]
    fn any_span_is_shown_or_not_but_does_no_harm() {
        assert_eq!(shown("é", &[(1, 1, "x")]), ["1 - é", "1 + x"]);
        assert_eq!(shown("", &[(7, 9, "x")]), ["1 - ", "1 + x"]);
        assert!(shown("a", &[(0, 1, &"x".repeat(100_000))]).is_empty());
    }
}
