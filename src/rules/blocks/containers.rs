//! Containers between lines of colons that are not closed, or closed in a place that does not look like it.

use crate::{
    diagnostic::Sink,
    document::Document,
    markdown::{IslandKind, Overlay},
    text::Span,
};

/// The fewest colons of a line that opens or closes a container.
const FEWEST: usize = 3;

/// A line of colons.
struct Line {
    place: Span,
    colons: usize,
    /// Whether it has a name, so that it opens a container.
    opens: bool,
    /// Whether there is a space between the colons and the name.
    is_spaced: bool,
    is_code: bool,
}

/// Reports the containers of a page that are not closed, and lines of code that close one.
pub(super) fn check(doc: &Document, sink: &mut Sink<'_>) {
    let mut open: Vec<&Line> = Vec::new();
    let lines = lines(doc);
    for line in &lines {
        if line.is_spaced && !line.is_code && doc.dialect.needs_names_after_colons() {
            sink.report(line.place, "container with a space before its name is text")
                .help("remove the space");
        } else if line.is_code {
            let closed = open.iter().rposition(|opening| opening.colons <= line.colons);
            let counts = !line.opens && doc.dialect.closes_containers_in_code();
            if let Some(at) = closed.filter(|_| counts) {
                open.truncate(at);
                sink.report(line.place, "line closes the container around the code block")
                    .help("open and close the container with more colons than the code has");
            }
        } else if line.opens {
            open.push(line);
        } else if let Some(at) = open.iter().rposition(|opening| opening.colons <= line.colons) {
            open.truncate(at);
        }
    }
    for opening in open {
        let begins_line = doc.line(doc.lines.line_of(opening.place.start)).start == opening.place.start;
        if begins_line {
            sink.report(opening.place, "container is not closed")
                .help(format!("add a line `{}` after its content", ":".repeat(opening.colons)));
        }
    }
}

/// The lines of colons in source order.
fn lines(doc: &Document) -> Vec<Line> {
    let line = |place: Span, is_code: bool| {
        let text = doc.slice(place).trim();
        let colons = text.bytes().take_while(|byte| *byte == b':').count();
        let start = place.start + (doc.slice(place).len() - doc.slice(place).trim_start().len()) as u32;
        let place = Span::new(start, start + text.len() as u32);
        let (opens, is_spaced) = (text.len() > colons, text[colons..].starts_with([' ', '\t']));
        (colons >= FEWEST).then_some(Line { place, colons, opens, is_spaced, is_code })
    };
    let islands = doc.ast.overlay().map_or(&[][..], Overlay::islands).iter();
    let fences = islands.filter(|island| island.kind == IslandKind::Fence);
    let mut lines: Vec<Line> = fences.filter_map(|island| line(island.span, false)).collect();
    if lines.is_empty() {
        return lines;
    }
    for block in doc.ast.code_blocks().filter(|block| block.fence.is_some()) {
        lines.extend(doc.ast.code_lines(&block).iter().filter_map(|span| line(*span, true)));
    }
    lines.sort_by_key(|line| line.place.start);
    lines
}
