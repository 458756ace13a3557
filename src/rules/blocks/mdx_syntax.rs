//! What MDX does not compile.

use crate::{
    data::Node,
    diagnostic::Sink,
    document::Document,
    markdown::{HtmlTag, LinkKind, NodeKind, TagForm},
    text::Span,
};

/// Elements without content, of which HTML has no closing tags.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Reports syntax errors of a page in MDX.
pub(super) fn check(doc: &Document, sink: &mut Sink<'_>) {
    // Docusaurus has an option in the front matter for pages that are no MDX.
    let root = doc.front_matter.as_ref().and_then(|it| it.tree.root.as_ref());
    if root.and_then(|root| root.get("format")).and_then(Node::text).is_some_and(|format| format == "md") {
        return;
    }
    for link in doc.ast.links().filter(|link| link.kind == LinkKind::Autolink) {
        sink.report(link.span(), "MDX has no autolinks").help("use `[text](url)`");
    }
    for tag in doc.html_tags().iter().filter(|tag| tag.form == TagForm::Opening) {
        let is_closed = doc.source[tag.span.end as usize..].starts_with("</");
        // `<Link>` is a component.
        let is_component = doc.slice(tag.span)[1..].starts_with(|c: char| c.is_ascii_uppercase());
        if VOID.contains(&&*tag.name) && !is_component && !is_closed {
            sink.report(tag.span, format!("element `<{}>` is not closed", tag.name))
                .help("end the tag with `/>`");
        }
    }
    elements(doc, sink);
    for text in doc.ast.of(NodeKind::Text) {
        signs(doc, text.span(), sink);
    }
}

/// Reports the first tag of the page that has no partner: those after it may only seem to have none.
fn elements(doc: &Document, sink: &mut Sink<'_>) {
    let mut open: Vec<(&HtmlTag, &str)> = Vec::new();
    let is_void = |tag: &HtmlTag| VOID.contains(&&*tag.name);
    let mut definitions = doc.ast.definitions().iter().map(|definition| definition.span).peekable();
    for tag in doc.html_tags().iter().filter(|tag| !is_void(tag)) {
        // A title is text.
        while definitions.next_if(|span| span.end <= tag.span.start).is_some() {}
        if definitions.peek().is_some_and(|span| span.contains(tag.span)) {
            continue;
        }
        let name = tag.written_name(&doc.source);
        match tag.form {
            TagForm::SelfClosing => {}
            TagForm::Opening => open.push((tag, name)),
            TagForm::Closing if open.last().is_some_and(|(_, last)| *last == name) => {
                open.pop();
            }
            TagForm::Closing if open.iter().any(|(_, other)| *other == name) => break,
            TagForm::Closing => {
                sink.report(tag.span, format!("closing tag `</{name}>` without an opening tag"))
                    .help("remove it, or add the opening tag");
                return;
            }
        }
    }
    if let Some((tag, name)) = open.last() {
        sink.report(tag.span, format!("element `<{name}>` is not closed")).help(format!("add `</{name}>`"));
    }
}

/// Reports the signs in a text that begin an element or an expression.
fn signs(doc: &Document, text: Span, sink: &mut Sink<'_>) {
    let bytes = doc.slice(text).as_bytes();
    for at in memchr::memchr2_iter(b'<', b'{', bytes) {
        let escapes = bytes[..at].iter().rev().take_while(|byte| **byte == b'\\').count();
        let Some(next) = bytes.get(at + 1).filter(|_| escapes % 2 == 0) else { continue };
        let start = text.start + at as u32;
        if bytes[at] == b'{' && *next != b'#' {
            sink.report(Span::new(start, start + 1), "expression is not closed")
                .help("close it with `}`, or write `\\{`");
        } else if bytes[at] == b'<' && (next.is_ascii_digit() || matches!(next, b'=' | b'-' | b'~')) {
            sink.report(Span::new(start, start + 1), "`<` starts an element").help("write `\\<` or `&lt;`");
        }
    }
}
