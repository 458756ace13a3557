use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::{Item, Typed},
    rule::{Fixable, Rule},
    text::{Span, quantity},
};

declare_rule! {
    /// Unexpected number of spaces after list marker
    ///
    /// ## What it does
    ///
    /// Checks the number of spaces between a list marker and the text of the item.
    ///
    /// ## Why is this bad?
    ///
    /// The content of an item is indented as far as its text. One space after the marker makes that easy to see;
    /// some sites use three, so that all content is indented by four.
    ///
    /// ## Example
    ///
    /// ```md
    /// -   Tides
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// - Tides
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe for items of a single line: `--fix` changes the spaces, and the rendered page stays the same.
    /// Otherwise the fix is unsafe, because the other lines of the item would have to be indented accordingly.
    ///
    /// ## References
    ///
    /// - [CommonMark: List items](https://spec.commonmark.org/0.31.2/#list-items)
    pub struct ListMarkerSpace {
        /// Spaces after the number in lists with multi-line items.
        #[serde(rename = "ol_multi", deserialize_with = "crate::rules::counts::count")]
        ol_multi: u32 = 1,
        /// Spaces after the number in lists of single-line items.
        #[serde(rename = "ol_single", deserialize_with = "crate::rules::counts::count")]
        ol_single: u32 = 1,
        /// Spaces after the bullet in lists with multi-line items.
        #[serde(rename = "ul_multi", deserialize_with = "crate::rules::counts::count")]
        ul_multi: u32 = 1,
        /// Spaces after the bullet in lists of single-line items.
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
                let Some(spaces) = spaces(doc, item).filter(|spaces| spaces.len() != expected) else {
                    continue;
                };
                let actual = quantity(spaces.len(), "space");
                let message = format!("{actual} after list marker, expected {expected}");
                sink.report(item.marker.join(spaces), message).fix(fix(doc, item, spaces, expected));
            }
        }
    }
}

fn lines(doc: &Document, span: Span) -> u32 {
    doc.lines.last_line_of(span) - doc.lines.line_of(span.start) + 1
}

/// The spaces between a marker and its text, or `None` if no text follows on the line. Before an indented code block,
/// only the first space belongs to the marker.
fn spaces(doc: &Document, item: Typed<'_, Item>) -> Option<Span> {
    let start = item.marker.end;
    let rest = doc.slice(Span::new(start, doc.line(doc.lines.line_of(start)).end));
    let spaces = (rest.len() - rest.trim_start_matches([' ', '\t']).len()) as u32;
    if spaces == rest.len() as u32 {
        return None;
    }
    let is_code = item.padding == item.marker.len() + 1;
    Some(Span::new(start, start + if is_code { spaces.min(1) } else { spaces }))
}

/// Unsafe if the item has several lines, which would have to be indented accordingly.
fn fix(doc: &Document, item: Typed<'_, Item>, spaces: Span, expected: u32) -> Fix {
    let is_one_line = lines(doc, item.span()) == 1 && (1..=4).contains(&expected);
    let applicability = if is_one_line { Applicability::Safe } else { Applicability::Unsafe };
    let title = format!("Use {}", quantity(expected, "space"));
    Fix::replace(title, applicability, spaces, " ".repeat(expected as usize))
}
