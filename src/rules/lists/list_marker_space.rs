use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::{Item, Typed},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// More or fewer blanks behind the marker of an item than usual
    ///
    /// ## Why
    ///
    /// What belongs to an item is indented as far as its text. One blank behind the marker makes that easy to see; some
    /// sites take three, so that everything is indented by four.
    ///
    /// ## Bad
    ///
    /// ```md
    /// -   Tides
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// - Tides
    /// ```
    pub struct ListMarkerSpace {
        /// Blanks behind a number, where an item has several lines.
        #[serde(rename = "ol_multi", deserialize_with = "crate::rules::counts::count")]
        ol_multi: u32 = 1,
        /// Blanks behind a number, where each item of the list has one line.
        #[serde(rename = "ol_single", deserialize_with = "crate::rules::counts::count")]
        ol_single: u32 = 1,
        /// Blanks behind a bullet, where an item has several lines.
        #[serde(rename = "ul_multi", deserialize_with = "crate::rules::counts::count")]
        ul_multi: u32 = 1,
        /// Blanks behind a bullet, where each item of the list has one line.
        #[serde(rename = "ul_single", deserialize_with = "crate::rules::counts::count")]
        ul_single: u32 = 1,
    }
    id = "list-marker-space",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD030"],
}

impl Rule for ListMarkerSpace {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for list in doc.ast.lists() {
            let has_single_lines = lines(doc, list.span()) == list.items().count() as u32;
            let expected = match (list.is_ordered(), has_single_lines) {
                (true, true) => self.ol_single,
                (true, false) => self.ol_multi,
                (false, true) => self.ul_single,
                (false, false) => self.ul_multi,
            };
            for item in list.items() {
                let Some(blanks) = blanks(doc, item).filter(|blanks| blanks.len() != expected) else {
                    continue;
                };
                let s = if expected == 1 { "" } else { "s" };
                let message = format!("{} behind this marker, not {expected}", count(blanks));
                let found = sink.report(item.marker.join(blanks), message);
                found.help(format!("write {expected} blank{s}"));
                found.fix(fix(doc, item, blanks, expected));
            }
        }
    }
}

fn count(blanks: Span) -> String {
    let s = if blanks.len() == 1 { "" } else { "s" };
    format!("{} blank{s}", blanks.len())
}

fn lines(doc: &Document, span: Span) -> u32 {
    doc.lines.last_line_of(span) - doc.lines.line_of(span.start) + 1
}

/// The blanks that separate a marker from its text; nothing where no text is in the line. Of five and more one is the
/// marker's and the others begin a block of code.
fn blanks(doc: &Document, item: Typed<'_, Item>) -> Option<Span> {
    let start = item.marker.end;
    let rest = doc.slice(Span::new(start, doc.line(doc.lines.line_of(start)).end));
    let blanks = (rest.len() - rest.trim_start_matches([' ', '\t']).len()) as u32;
    if blanks == rest.len() as u32 {
        return None;
    }
    let is_code = item.padding == item.marker.len() + 1;
    Some(Span::new(start, start + if is_code { blanks.min(1) } else { blanks }))
}

/// Other lines of an item are indented by what its text is: they would have to move along.
fn fix(doc: &Document, item: Typed<'_, Item>, blanks: Span, expected: u32) -> Fix {
    let is_one_line = lines(doc, item.span()) == 1 && (1..=4).contains(&expected);
    let applicability = if is_one_line { Applicability::Safe } else { Applicability::Unsafe };
    let s = if expected == 1 { "" } else { "s" };
    Fix::replace(format!("write {expected} blank{s}"), applicability, blanks, " ".repeat(expected as usize))
}
