use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{List, Typed},
    rule::Rule,
    text::Span,
};

declare_rule! {
    /// The items of a list are not indented alike
    ///
    /// ## Why
    ///
    /// An item that is indented a little more looks like one of a list within the list, and one blank further it is. The
    /// numbers of a list may be aligned at their ends.
    ///
    /// ## Bad
    ///
    /// ```md
    /// - Tides
    ///  - Harbours
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// - Tides
    /// - Harbours
    ///
    /// Pages:
    ///
    ///  9. Quay
    /// 10. Pier
    /// ```
    pub struct ListIndent {}
    id = "list-indent",
    on = false,
    aliases = &["MD005"],
}

impl Rule for ListIndent {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for list in doc.ast.lists() {
            if list.is_ordered() {
                check_numbers(doc, list, sink);
            } else {
                check_bullets(doc, list, sink);
            }
        }
    }
}

/// The marker of each item, with the column that it begins in.
fn markers<'a>(doc: &'a Document, list: Typed<'a, List>) -> impl Iterator<Item = (Span, u32)> + 'a {
    list.items().map(|item| {
        let start = doc.lines.line_start(doc.lines.line_of(item.marker.start));
        (item.marker, doc.slice(Span::new(start, item.marker.start)).chars().count() as u32)
    })
}

fn check_bullets(doc: &Document, list: Typed<'_, List>, sink: &mut Sink<'_>) {
    let mut markers = markers(doc, list);
    let Some((first, expected)) = markers.next() else { return };
    for (marker, indent) in markers.filter(|(_, indent)| *indent != expected) {
        report(sink, marker, first, expected, indent);
    }
}

/// Numbers are aligned at their starts, or, once one is, at their ends.
fn check_numbers(doc: &Document, list: Typed<'_, List>, sink: &mut Sink<'_>) {
    let mut markers = markers(doc, list);
    let Some((first, expected)) = markers.next() else { return };
    let expected_end = expected + first.len();
    let mut by_ends = false;
    for (marker, indent) in markers {
        if indent == expected && !by_ends {
            continue;
        }
        let end = indent + marker.len();
        if end == expected_end {
            by_ends = true;
        } else if by_ends {
            report(sink, marker, first, expected_end.saturating_sub(marker.len()), indent);
        } else {
            report(sink, marker, first, expected, indent);
        }
    }
}

fn report(sink: &mut Sink<'_>, marker: Span, first: Span, expected: u32, indent: u32) {
    sink.report(marker, format!("this item is indented by {indent}, not by {expected} like the first"))
        .label(first, "the first item is here")
        .help("indent all items of a list alike");
}
