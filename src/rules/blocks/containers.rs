//! Containers between lines of colons that are not closed, or closed in a place that does not look like it.

use std::collections::HashSet;

use crate::{
    diagnostic::Sink,
    document::Document,
    markdown::{Head, IslandKind, Node, NodeKind, Overlay},
    text::Span,
};

/// The fewest colons of a line that opens or closes a container.
const FEWEST: usize = 3;

/// How many containers in each other are kept in mind.
const DEEPEST: usize = 100;

/// A line of colons.
struct Line {
    place: Span,
    colons: usize,
    /// Whether it has a name, so that it opens a container.
    opens: bool,
    /// Whether there is a space between the colons and the name.
    is_spaced: bool,
    context: Context,
    /// Where the item or block quote ends that it is in.
    parent_end: u32,
}

/// What a line of colons is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    /// What has containers.
    Blocks,
    /// A block of code.
    Code,
    /// A paragraph: it opens and closes nothing.
    Text,
}

/// Reports the containers of a page that are not closed, and lines that close another one than they look like.
pub(super) fn check(doc: &Document, sink: &mut Sink<'_>) {
    let mut open: Vec<&Line> = Vec::new();
    // How many containers were closed together with the one around them.
    let mut closed_early = 0;
    let lines = lines(doc);
    for line in &lines {
        while open.pop_if(|opening| opening.parent_end <= line.place.start).is_some() {}
        if line.is_spaced && line.context == Context::Blocks && doc.dialect.needs_names_after_colons() {
            sink.report(line.place, "container with a space before its name is text")
                .help("remove the space");
            continue;
        }
        if line.context == Context::Blocks && line.opens {
            if doc.dialect.needs_titles_in_brackets() && has_plain_title(doc.slice(line.place)) {
                sink.report(line.place, "container with a title outside of brackets is text")
                    .help("put the title in brackets, directly after the name");
                continue;
            }
            if open.len() < DEEPEST {
                open.push(line);
            }
            continue;
        }
        let closed = if doc.dialect.closes_innermost_container() {
            open.len().checked_sub(1)
        } else {
            open.iter().position(|opening| opening.colons <= line.colons)
        };
        match (line.context, closed) {
            (Context::Code, Some(at)) if !line.opens && doc.dialect.closes_containers_in_code() => {
                open.truncate(at);
                sink.report(line.place, "line closes the container around the code block")
                    .help("open and close the container with more colons than the code has");
            }
            (Context::Blocks, Some(at)) => {
                closed_early = open.len() - at - 1;
                open.truncate(at);
            }
            (Context::Text, None) if closed_early > 0 => {
                closed_early -= 1;
                sink.report(line.place, "line of colons closes no container")
                    .note("the line above that closes a container closes the containers around it as well")
                    .help("open and close the outer container with more colons than the inner one");
            }
            _ => {}
        }
    }
    for opening in open.iter().filter(|opening| opening.parent_end == u32::MAX) {
        sink.report(opening.place, "container is not closed")
            .help(format!("add a line `{}` after its content", ":".repeat(opening.colons)));
    }
}

/// Whether a line such as `:::tip Title` has text after the name.
fn has_plain_title(line: &str) -> bool {
    let name = line.trim_start_matches(':');
    let rest = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    rest.len() < name.len() && rest.starts_with(' ') && !rest.trim().is_empty()
}

/// The lines of colons in source order.
fn lines(doc: &Document) -> Vec<Line> {
    let line = |place: Span, context: Context| {
        let text = doc.slice(place).trim();
        let colons = text.bytes().take_while(|byte| *byte == b':').count();
        let start = place.start + (doc.slice(place).len() - doc.slice(place).trim_start().len()) as u32;
        let place = Span::new(start, start + text.len() as u32);
        let (opens, is_spaced) = (text.len() > colons, text[colons..].starts_with([' ', '\t']));
        (colons >= FEWEST).then_some(Line { place, colons, opens, is_spaced, context, parent_end: u32::MAX })
    };
    let overlay = doc.ast.overlay();
    let islands = overlay.map_or(&[][..], Overlay::islands).iter();
    let fences = islands.filter(|island| island.kind == IslandKind::Fence).map(|island| island.span);
    let heads = overlay.map_or(&[][..], Overlay::heads).iter().filter(|head| head.is_fenced());
    // Where a line closes a container in code, the code ends with it.
    let ends_code: HashSet<u32> =
        doc.ast.code_blocks().filter_map(|block| Some(block.fence.as_ref()?.closing?.start)).collect();
    let context =
        |place: Span| if ends_code.contains(&place.start) { Context::Code } else { Context::Blocks };
    let mut lines: Vec<Line> = fences
        .chain(heads.map(|head: &Head| head.span))
        .filter_map(|span| line(span, context(span)))
        .collect();
    if lines.is_empty() {
        return lines;
    }
    for block in doc.ast.code_blocks().filter(|block| block.fence.is_some()) {
        let code = doc.ast.code_lines(&block).iter();
        lines.extend(code.filter_map(|span| line(*span, Context::Code)));
    }
    for text in doc.ast.of(NodeKind::Text) {
        let span = text.span();
        let is_colons = doc.slice(span).len() >= FEWEST && doc.slice(span).bytes().all(|byte| byte == b':');
        lines.extend(is_colons.then(|| line(span, Context::Text)).flatten());
    }
    lines.sort_by_key(|line| line.place.start);
    find_parents(doc, &mut lines);
    lines
}

/// Finds the item or block quote that each line is in, which ends the containers in it.
fn find_parents(doc: &Document, lines: &mut [Line]) {
    let kinds = [NodeKind::Item, NodeKind::BlockQuote, NodeKind::Alert, NodeKind::FootnoteDefinition];
    let mut parents: Vec<Span> =
        kinds.into_iter().flat_map(|kind| doc.ast.of(kind)).map(Node::span).collect();
    parents.sort();
    let mut parents = parents.into_iter().peekable();
    let mut around: Vec<Span> = Vec::new();
    for line in lines {
        while let Some(parent) = parents.next_if(|parent| parent.start <= line.place.start) {
            while around.pop_if(|it| it.end <= parent.start).is_some() {}
            around.push(parent);
        }
        while around.pop_if(|it| it.end <= line.place.start).is_some() {}
        line.parent_end = around.last().map_or(u32::MAX, |parent| parent.end);
    }
}
