use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{List, Typed},
    rule::Rule,
    text::{Span, quantity},
};

declare_rule! {
    /// Inconsistent list indentation
    ///
    /// ## What it does
    ///
    /// Checks that all items of a list are indented equally. Numbers may be aligned at their ends.
    ///
    /// ## Why is this bad?
    ///
    /// An item that is indented a little more looks like part of a nested list, and with one more space it is.
    ///
    /// ## Example
    ///
    /// ```md
    /// - Tides
    ///  - Harbours
    /// ```
    ///
    /// ## Use instead
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
    ///
    /// ## References
    ///
    /// - [CommonMark: List items](https://spec.commonmark.org/0.31.2/#list-items)
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

/// The marker of each item, with its column.
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

/// Numbers are aligned at their starts or, from the first one that is, at their ends.
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
    let spaces = quantity(indent, "space");
    sink.report(marker, format!("list item is indented by {spaces}, expected {expected}"))
        .label(first, "first item of the list")
        .help("indent all items of the list equally");
}
