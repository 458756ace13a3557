use std::ops::Range;

use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    rule::{Fixable, Rule},
    rules::headings::hash_lines,
    text::Span,
};

declare_rule! {
    /// Missing space inside closed ATX heading
    ///
    /// ## What it does
    ///
    /// Reports lines that start and end with `#` but have no space between a `#` and the text.
    ///
    /// ## Why is this bad?
    ///
    /// Without the space, the opening `#` does not start a heading, and the closing `#` becomes part of the heading
    /// text.
    ///
    /// ## Example
    ///
    /// ```md
    /// # Tides#
    ///
    /// ##Harbours##
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// # Tides #
    ///
    /// ## Harbours ##
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are unsafe: `--fix` applies them only together with `--unsafe-fixes`, because they change the rendered
    /// page: the line becomes a heading, or the closing `#` disappears.
    ///
    /// ## References
    ///
    /// - [CommonMark: ATX headings](https://spec.commonmark.org/0.31.2/#atx-headings)
    pub struct MissingClosedHeadingSpace {}
    id = "missing-closed-heading-space",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD020", "no-missing-space-closed-atx"],
}

impl Rule for MissingClosedHeadingSpace {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for line in hash_lines::lines(doc) {
            let Some(markers) = Markers::of(doc.slice(line)) else { continue };
            let opening = Span::from_range(markers.opening).shift(line.start);
            let closing = Span::from_range(markers.closing).shift(line.start);
            let (place, message, title) = match markers.missing {
                Missing::Nothing => continue,
                Missing::AfterOpening => (opening, "missing space after opening `#`", "Insert space"),
                Missing::BeforeClosing => (closing, "missing space before closing `#`", "Insert space"),
                Missing::Both => (opening, "missing spaces inside closed ATX heading", "Insert spaces"),
            };
            let space = |at: u32| Edit { span: Span::empty(at), content: " ".to_owned() };
            let edits = match markers.missing {
                Missing::AfterOpening => vec![space(opening.end)],
                Missing::BeforeClosing => vec![space(closing.start)],
                _ => vec![space(opening.end), space(closing.start)],
            };
            let diagnostic = sink.report(place, message);
            if markers.missing == Missing::Both {
                diagnostic.label(closing, "also missing here");
            }
            diagnostic.fix(Fix::new(title, Applicability::Unsafe, edits));
        }
    }
}

/// The `#` markers at both ends of a line, in bytes of the line.
struct Markers {
    opening: Range<usize>,
    closing: Range<usize>,
    missing: Missing,
}

/// Where a space is missing between a marker and the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Missing {
    Nothing,
    AfterOpening,
    BeforeClosing,
    Both,
}

impl Markers {
    /// Reads a line whose text must not contain another `#`. A `#` after a backslash belongs neither to the text nor to
    /// the closing marker.
    fn of(line: &str) -> Option<Self> {
        let opening = 0..hash_lines::count(line);
        let end = line.trim_end().len();
        let mut start = line[..end].trim_end_matches('#').len();
        let mut text_end = start;
        if line[..start].ends_with('\\') {
            text_end -= 1;
            start += 1;
        }
        let is_escaped = text_end < start;
        if start >= end || text_end <= opening.end {
            return None;
        }
        let text = line[opening.end..text_end].trim_matches([' ', '\t']);
        if text.is_empty() || text.contains('#') || text.ends_with('\\') {
            return None;
        }
        let has_first = line[opening.end..].starts_with([' ', '\t']);
        let has_second = !is_escaped && line[..text_end].ends_with([' ', '\t']);
        let missing = match (has_first, has_second) {
            (true, true) => Missing::Nothing,
            (false, true) => Missing::AfterOpening,
            (true, false) => Missing::BeforeClosing,
            (false, false) => Missing::Both,
        };
        Some(Self { opening, closing: start..end, missing })
    }
}
