//! Heads of containers and code fences that Python-Markdown and its extensions take for text.

use crate::{
    diagnostic::Sink,
    document::Document,
    markdown::{IslandKind, Node, NodeKind, Overlay},
    text::{Slip, Span},
};

/// The columns by which the body of a container is indented.
const INDENT: usize = 4;

/// Reports what fails without an error.
pub(super) fn check(doc: &Document, sink: &mut Sink<'_>) {
    check_heads(doc, sink);
    check_types(doc, sink);
    check_bodies(doc, sink);
    check_snippets(doc, sink);
    check_lists(doc, sink);
}

/// Types of admonitions of Material for MkDocs that are long enough for a slip to be one.
const TYPES: [&str; 22] = [
    "abstract",
    "attention",
    "caution",
    "check",
    "cite",
    "danger",
    "done",
    "error",
    "example",
    "fail",
    "failure",
    "help",
    "hint",
    "important",
    "info",
    "missing",
    "note",
    "question",
    "quote",
    "success",
    "summary",
    "warning",
];

/// Reports types of admonitions that are a letter inside away from a usual one: they get neither its color nor its icon.
fn check_types(doc: &Document, sink: &mut Sink<'_>) {
    for head in doc.ast.overlay().map_or(&[][..], Overlay::heads) {
        let text = doc.slice(head.span);
        let Some(rest) = text.strip_prefix("!!!").or_else(|| text.strip_prefix("???")) else { continue };
        let rest = rest.trim_start_matches('+').trim_start();
        let name = rest.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        let ends = rest[name.len()..].chars().next().is_none_or(char::is_whitespace);
        let is_slip =
            |meant: &&&str| Slip::between(name, meant).is_some_and(|slip| slip.word(name).is_some());
        if !ends || TYPES.contains(&name) {
            continue;
        }
        if let Some(meant) = TYPES.iter().find(is_slip) {
            let start = head.span.start + (text.len() - rest.len()) as u32;
            sink.report(
                Span::new(start, start + name.len() as u32),
                format!("unknown admonition type `{name}`"),
            )
            .help(format!("did you mean `{meant}`?"));
        }
    }
}

/// Reports containers without a body before text that looks like it.
fn check_bodies(doc: &Document, sink: &mut Sink<'_>) {
    let Some(overlay) = doc.ast.overlay() else { return };
    let heads = overlay.heads();
    for (index, head) in heads.iter().enumerate() {
        if !doc.slice(head.span).starts_with(['!', '?', '=']) {
            continue;
        }
        let number = doc.lines.line_of(head.span.start);
        let column = head.span.start - doc.line(number).start;
        let mut below = (number + 1..doc.lines.line_count()).take(2).map(|line| doc.line(line));
        let Some(body) = below.find(|line| !doc.slice(*line).trim().is_empty()) else { continue };
        let text = doc.slice(body);
        let indent = (text.len() - text.trim_start_matches(' ').len()) as u32;
        let is_next = doc.lines.line_of(body.start) == number + 1;
        let is_head = heads.get(index + 1).is_some_and(|next| body.contains(next.span));
        // A template may show text that is indented.
        let is_shown = overlay.island_at(body).is_some_and(|it| it.span.start == body.start + indent);
        let is_less = if is_next { indent >= column } else { indent > column };
        if is_less
            && indent < column + INDENT as u32
            && !text.trim_start_matches(' ').starts_with('\t')
            && !is_head
            && !is_shown
        {
            sink.report(head.span, "container has no body")
                .note("the text below it is indented by fewer than four spaces")
                .help("indent the text by four spaces");
        }
    }
}

/// Reports snippets whose file is not in double quotes, and blocks of snippets without an end.
fn check_snippets(doc: &Document, sink: &mut Sink<'_>) {
    let islands = doc.ast.overlay().map_or(&[][..], Overlay::islands).iter();
    for snippet in islands.filter(|island| island.kind == IslandKind::Snippet) {
        let text = doc.slice(snippet.span);
        let file = text.trim_start_matches(['-', '8', '<']).trim();
        if file.is_empty() {
            sink.report(snippet.span, "snippet block is not closed")
                .note("the lines below it are read as names of files, and are not shown")
                .help("add the marker again after the last file");
        } else if !text.contains('\n') && !file.starts_with(['"', '\'']) {
            sink.report(snippet.span, "snippet without double quotes around its file is text")
                .help("put the path of the file in double quotes");
        }
    }
}

/// Reports lists that are a part of the paragraph above.
fn check_lists(doc: &Document, sink: &mut Sink<'_>) {
    for list in doc.ast.of(NodeKind::List) {
        let Some(before) = list.previous_sibling().filter(|it| it.kind() == NodeKind::Paragraph) else {
            continue;
        };
        let is_block =
            list.parent().is_some_and(|it| matches!(it.kind(), NodeKind::Document | NodeKind::BlockQuote));
        let first = doc.lines.line_of(list.span().start);
        if is_block && doc.lines.last_line_of(before.span()) + 1 == first && !is_attribution(doc, &list) {
            let marker = list.span().start;
            sink.report(Span::new(marker, doc.line(first).end), "list directly below a paragraph is text")
                .help("add a blank line before the list");
        }
    }
}

/// Whether a list is a line at the end of a quotation that says whose it is: `> - Mira Quaye`.
fn is_attribution(doc: &Document, list: &Node<'_>) -> bool {
    let is_quoted = list.parent().is_some_and(|it| it.kind() == NodeKind::BlockQuote);
    let text = doc.slice(list.span());
    let name = text.strip_prefix('-').map(str::trim_start).unwrap_or_default();
    is_quoted
        && list.next_sibling().is_none()
        && doc.lines.line_of(list.span().start) == doc.lines.last_line_of(list.span())
        && name.trim_start_matches(['[', '*', '_', '<']).starts_with(char::is_uppercase)
}

/// Reports lines that look like the head of a container, have an indented body, and are text.
fn check_heads(doc: &Document, sink: &mut Sink<'_>) {
    for paragraph in doc.ast.of(NodeKind::Paragraph).map(Node::span) {
        for number in doc.lines.line_of(paragraph.start)..=doc.lines.last_line_of(paragraph) {
            let line = doc.line(number);
            let place = Span::new(line.start.max(paragraph.start), line.end);
            let head = doc.slice(place).trim();
            if let Some((message, help)) = defect(head).filter(|_| has_body(doc, number)) {
                let end = place.start + doc.slice(place).trim_end().len() as u32;
                let start = end - head.len() as u32;
                sink.report(Span::new(start, end), message).help(help);
            }
        }
    }
}

/// What is wrong with a head, and what to do.
fn defect(head: &str) -> Option<(&'static str, &'static str)> {
    let (mark, rest) = head.split_at_checked(3)?;
    let rest = rest.strip_prefix(['+', '!']).unwrap_or(rest).trim_start();
    let is_named = rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '"');
    match mark {
        "===" if is_named && !rest.contains('"') => {
            Some(("tab without double quotes around its title is text", "put the title in double quotes"))
        }
        "!!!" | "???" if is_named && rest.contains('"') && !rest.ends_with('"') => Some((
            "admonition with text after its title is text",
            "put classes such as `inline` before the title",
        )),
        "!!!" | "???" if is_named && rest.contains([':', '\'']) && !rest.contains('"') => Some((
            "admonition without double quotes around its title is text",
            "put the title in double quotes",
        )),
        _ => None,
    }
}

/// Whether the next line with text is indented as the body of a container.
fn has_body(doc: &Document, head: u32) -> bool {
    let indentation = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let mut below = (head + 1..doc.lines.line_count()).take(2).map(|line| doc.slice(doc.line(line)));
    let body = below.find(|line| !line.trim().is_empty());
    body.is_some_and(|body| indentation(body) >= indentation(doc.slice(doc.line(head))) + INDENT)
}
