use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    rule::{Fixable, Rule},
    rules::hashes,
    text::Span,
};

declare_rule! {
    /// No blank at the `#` of a heading that ends with `#`
    ///
    /// ## Why
    ///
    /// Without a blank before it the `#` at the end is part of the heading's text, and without one behind it the `#` at
    /// the start makes no heading.
    ///
    /// ## Bad
    ///
    /// ```md
    /// # Tides#
    ///
    /// ##Harbours##
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// # Tides #
    ///
    /// ## Harbours ##
    /// ```
    pub struct MissingClosedHeadingSpace {}
    id = "missing-closed-heading-space",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD020", "no-missing-space-closed-atx"],
}

impl Rule for MissingClosedHeadingSpace {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for line in hashes::lines(doc) {
            let Some(parts) = Parts::of(doc.slice(line)) else { continue };
            let left = Span::new(line.start, line.start + parts.left as u32);
            let right = Span::new(line.start + parts.right.0 as u32, line.start + parts.right.1 as u32);
            let blank = |at: u32| Edit { span: Span::empty(at), content: " ".to_owned() };
            let mut edits = vec![];
            if parts.lacks_left {
                edits.push(blank(left.end));
            }
            if parts.lacks_right {
                edits.push(blank(right.start));
            }
            let (place, side) = match (parts.lacks_left, parts.lacks_right) {
                (false, false) => continue,
                (true, false) => (left, "behind the `#` at the start"),
                (false, true) => (right, "before the `#` at the end"),
                (true, true) => (left, "at the `#` on either side"),
            };
            let found = sink.report(place, format!("no blank {side} of this heading"));
            if parts.lacks_left && parts.lacks_right {
                found.label(right, "here too");
            }
            found.help("put a blank between the `#` and the text");
            found.fix(Fix::new("add the blank", Applicability::Unsafe, edits));
        }
    }
}

/// A line with `#` at both ends, in bytes of the line.
struct Parts {
    left: usize,
    right: (usize, usize),
    lacks_left: bool,
    lacks_right: bool,
}

impl Parts {
    /// Reads a line, which must hold a text without `#` between those at its ends. A `#` behind a backslash belongs
    /// neither to the text nor to the end.
    fn of(line: &str) -> Option<Self> {
        let left = hashes::count(line);
        let end = line.trim_end().len();
        let mut start = line[..end].trim_end_matches('#').len();
        let mut text_end = start;
        if line[..start].ends_with('\\') {
            text_end -= 1;
            start += 1;
        }
        let is_escaped = text_end < start;
        if start >= end || text_end <= left {
            return None;
        }
        let text = line[left..text_end].trim_matches([' ', '\t']);
        if text.is_empty() || text.contains('#') || text.ends_with('\\') {
            return None;
        }
        let lacks_left = !line[left..].starts_with([' ', '\t']);
        let lacks_right = is_escaped || !line[..text_end].ends_with([' ', '\t']);
        Some(Self { left, right: (start, end), lacks_left, lacks_right })
    }
}
