//! What codespan is given to draw: not the files but excerpts of the few lines that matter, under their real numbers.

use std::{collections::BTreeSet, ops::Range, path::Path, sync::Arc};

use codespan_reporting::{
    diagnostic::{self as drawn, LabelStyle},
    files::{Error, Files, Location},
};

use super::underline::underline;
use crate::{
    diagnostic::{Diagnostic, Label},
    report::{excerpt::Excerpt, sanitize, shown_path},
    run::Run,
    sources::SourceText,
    text::Span,
};

/// Places shown of one finding; a duplicate may have thousands of twins.
const MAX_PLACES: usize = 10;

/// Lines shown after the first line of a label that spans several, and before its last.
pub(super) const NEIGHBOURS: (u32, u32) = (2, 1);

/// Cells that an excerpt takes however narrow the terminal is.
const LEAST_CELLS: usize = 20;

/// How far apart two neighbouring lines are for codespan when lines between them are left out: far enough for it to
/// draw a break instead of the line between.
const BREAK: usize = 3;

/// The places of one finding, by file.
pub(super) struct Snippet {
    files: Vec<Excerpts>,
    /// The labels, as places in the excerpts.
    pub labels: Vec<drawn::Label<usize>>,
    /// Places that are not shown because there are too many.
    pub left_out: usize,
    /// Digits of the highest line number.
    pub digits: usize,
    /// Digits of the highest line number that codespan knows of.
    pub drawn_digits: usize,
}

impl Snippet {
    /// Cuts out what `diagnostic` points at, in lines of at most `width` cells, with room for line numbers up to
    /// `highest`.
    pub(super) fn new(run: &Run, diagnostic: &Diagnostic, width: usize, highest: u32) -> Self {
        let mut files: Vec<(&Arc<Path>, Vec<Place>)> = Vec::new();
        let sources = &run.sources;
        let primary = std::iter::once((LabelStyle::Primary, &diagnostic.primary));
        let secondary = diagnostic.secondary.iter().map(|label| (LabelStyle::Secondary, label));
        for (style, label) in primary.chain(secondary.take(MAX_PLACES)) {
            let place = Place::new(&sources.get(&label.path), label, style);
            match files.iter_mut().find(|(path, _)| **path == label.path) {
                Some((_, places)) => places.push(place),
                None => files.push((&label.path, vec![place])),
            }
        }
        let places = files.iter().flat_map(|(_, places)| places);
        let drawn = places.map(|place| place.last + 1).max().unwrap_or(1);
        let digits = digits(highest.max(drawn));
        let mut snippet = Self {
            files: vec![],
            labels: vec![],
            left_out: diagnostic.secondary.len().saturating_sub(MAX_PLACES),
            digits,
            drawn_digits: self::digits(drawn),
        };
        for (path, places) in files {
            let name = (Arc::clone(path), shown_path(run, path));
            let bars = places.iter().filter(|place| place.spans_lines()).count();
            let cells = cells(width, digits, bars);
            let excerpts = Excerpts::new(name, &sources.get(path), &places, cells);
            let file = snippet.files.len();
            snippet.labels.extend(excerpts.labels(file, places));
            snippet.files.push(excerpts);
        }
        snippet
    }

    /// The files, by their paths, and how they are named.
    pub(super) fn names(&self) -> impl Iterator<Item = (&Path, &str)> {
        self.files.iter().map(|file| (&*file.path, &*file.name))
    }
}

/// Decimal digits of a line number.
fn digits(number: u32) -> usize {
    number.max(1).ilog10() as usize + 1
}

/// Cells left for text beside a line number of so many digits and so many bars of labels over several lines.
pub(super) fn cells(width: usize, digits: usize, bars: usize) -> usize {
    // A space, the border, a space; a bar and a space.
    width.saturating_sub(digits + 3 + 2 * bars).max(LEAST_CELLS)
}

/// A label, fixed to fit its text.
struct Place {
    style: LabelStyle,
    /// In the file; the ends are in the first and last line, before their line breaks.
    span: Span,
    first: u32,
    last: u32,
    message: String,
    location: Location,
}

impl Place {
    fn new(source: &SourceText, label: &Label, style: LabelStyle) -> Self {
        let (text, lines) = (&*source.text, &source.lines);
        let mut span = label.span.fit(text);
        let at = lines.position(text, span.start);
        let (first, mut last) = (lines.line_of(span.start), lines.line_of(span.end));
        if last > first && span.end == lines.line_start(last) {
            // A label up to and including a line break ends on the line that it breaks.
            last -= 1;
        }
        span.end = span.end.min(lines.line_span(text, last).end);
        span.start = span.start.min(lines.line_span(text, first).end).min(span.end);
        Self {
            style,
            span,
            first,
            last,
            message: label.message.as_deref().map(sanitize::visible).unwrap_or_default(),
            location: Location { line_number: at.line as usize, column_number: at.column as usize },
        }
    }

    fn spans_lines(&self) -> bool {
        self.last > self.first
    }

    /// The lines worth seeing.
    fn lines(&self) -> impl Iterator<Item = u32> + use<> {
        let after = self.last.min(self.first + NEIGHBOURS.0);
        let before = self.first.max(self.last.saturating_sub(NEIGHBOURS.1));
        (self.first..=after).chain(before..=self.last)
    }

    /// What of this line must be seen, as bytes of the file.
    fn focus(&self, line: u32) -> Option<Range<u32>> {
        let Span { start, end } = self.span;
        match (line == self.first, line == self.last) {
            (true, true) => Some(start..end),
            (true, false) => Some(start..start),
            (false, true) => Some(end..end),
            (false, false) => None,
        }
    }
}

/// The shown lines of one file, as if they were all of it.
struct Excerpts {
    path: Arc<Path>,
    name: String,
    text: String,
    lines: Vec<Line>,
    /// Where labels start, in `text`, and where that is in the file.
    starts: Vec<(usize, Location)>,
}

struct Line {
    /// Number for codespan: neighbours differ by one, lines around a break by [`BREAK`].
    index: usize,
    /// 0-based, in the file.
    number: u32,
    /// Where the line starts in the file.
    offset: u32,
    /// Where the excerpt is in the text, with a line break.
    range: Range<usize>,
    excerpt: Excerpt,
}

impl Excerpts {
    fn new((path, name): (Arc<Path>, String), source: &SourceText, places: &[Place], cells: usize) -> Self {
        let mut shown: BTreeSet<u32> = places.iter().flat_map(Place::lines).collect();
        let ones: Vec<u32> = shown
            .iter()
            .zip(shown.iter().skip(1))
            .filter(|(a, b)| *b - *a == 2)
            .map(|(a, _)| a + 1)
            .collect();
        shown.extend(ones);
        let mut excerpts = Self { path, name, text: String::new(), lines: vec![], starts: vec![] };
        for number in shown {
            let index = excerpts
                .lines
                .last()
                .map_or(0, |before| before.index + if number == before.number + 1 { 1 } else { BREAK });
            let span = source.lines.line_span(&source.text, number);
            let focus: Vec<Range<usize>> = places
                .iter()
                .filter_map(|place| place.focus(number))
                .map(|range| (range.start - span.start) as usize..(range.end - span.start) as usize)
                .collect();
            let excerpt = Excerpt::new(span.of(&source.text), &focus, cells);
            let start = excerpts.text.len();
            excerpts.text.push_str(&excerpt.text);
            excerpts.text.push('\n');
            let range = start..excerpts.text.len();
            excerpts.lines.push(Line { index, number, offset: span.start, range, excerpt });
        }
        excerpts.starts = places.iter().map(|place| (excerpts.range(place).start, place.location)).collect();
        excerpts
    }

    fn labels(&self, file: usize, places: Vec<Place>) -> impl Iterator<Item = drawn::Label<usize>> {
        places.into_iter().map(move |place| {
            let range = self.range(&place);
            drawn::Label::new(place.style, file, range).with_message(place.message)
        })
    }

    /// Where a place is in the text.
    fn range(&self, place: &Place) -> Range<usize> {
        let line = |number: u32| {
            let at = self.lines.partition_point(|line| line.number < number);
            &self.lines[at]
        };
        let (first, last) = (line(place.first), line(place.last));
        let start = (place.span.start - first.offset) as usize;
        let end = (place.span.end - last.offset) as usize;
        if place.spans_lines() {
            first.range.start + first.excerpt.at(start)..last.range.start + last.excerpt.at(end)
        } else {
            let range = underline(&first.excerpt, &(start..end));
            first.range.start + range.start..first.range.start + range.end
        }
    }

    /// The shown line with this number, or the last before it.
    fn line(&self, index: usize) -> &Line {
        let after = self.lines.partition_point(|line| line.index <= index);
        &self.lines[after.saturating_sub(1)]
    }
}

impl<'a> Files<'a> for Snippet {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, file: usize) -> Result<&'a str, Error> {
        Ok(&self.files[file].name)
    }

    fn source(&'a self, file: usize) -> Result<&'a str, Error> {
        Ok(&self.files[file].text)
    }

    fn line_index(&'a self, file: usize, at: usize) -> Result<usize, Error> {
        let lines = &self.files[file].lines;
        let after = lines.partition_point(|line| line.range.start <= at);
        Ok(lines[after.saturating_sub(1)].index)
    }

    fn line_number(&'a self, file: usize, index: usize) -> Result<usize, Error> {
        Ok(self.files[file].line(index).number as usize + 1)
    }

    fn line_range(&'a self, file: usize, index: usize) -> Result<Range<usize>, Error> {
        Ok(self.files[file].line(index).range.clone())
    }

    fn location(&'a self, file: usize, at: usize) -> Result<Location, Error> {
        let starts = &self.files[file].starts;
        let place = starts.iter().find(|(start, _)| *start == at);
        place.map(|(_, location)| *location).ok_or(Error::InvalidCharBoundary { given: at })
    }
}
