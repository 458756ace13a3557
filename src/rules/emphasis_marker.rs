//! Which of `*` and `_` emphasis is written with.

use crate::{
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    markdown::{Node, NodeData, NodeKind},
    text::Span,
};

/// The marks that emphasis is to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Style {
    /// Those of the page's first.
    Consistent,
    /// `*`
    Asterisk,
    /// `_`
    Underscore,
}

impl Style {
    const fn marker(self) -> Option<u8> {
        match self {
            Self::Consistent => None,
            Self::Asterisk => Some(b'*'),
            Self::Underscore => Some(b'_'),
        }
    }
}

/// Reports the nodes of a kind, emphasis or strong emphasis, that have other marks than `style` says.
pub(super) fn check(doc: &Document, kind: NodeKind, style: Style, sink: &mut Sink<'_>) {
    let mut expected = style.marker();
    for node in doc.ast.of(kind) {
        let NodeData::Delimiter(delimiter) = node.data() else { continue };
        let wanted = *expected.get_or_insert(delimiter.marker);
        if delimiter.marker != wanted && !(wanted == b'_' && is_in_word(doc, node.span())) {
            report(doc, node, u32::from(delimiter.length), wanted, sink);
        }
    }
}

/// Reports both ends where they are in two lines, for comments speak of lines.
fn report(doc: &Document, node: Node<'_>, length: u32, wanted: u8, sink: &mut Sink<'_>) {
    let span = node.span();
    let ends = [Span::new(span.start, span.start + length), Span::new(span.end - length, span.end)];
    let marks = char::from(wanted).to_string().repeat(length as usize);
    let edits = || ends.map(|span| Edit { span, content: marks.clone() }).into();
    let applicability = applicability(doc, node, length, wanted);
    let [first, last] = ends.map(|end| doc.lines.line_of(end.start));
    for end in if first == last { &ends[..1] } else { &ends[..] } {
        sink.report(*end, format!("emphasis with `{}`, not `{marks}`", doc.slice(*end)))
            .help(format!("write `{marks}`"))
            .fix(Fix::new(format!("write `{marks}`"), applicability, edits()));
    }
}

/// Whether a letter, a digit or an underscore adjoins: then `_` makes no emphasis.
fn is_in_word(doc: &Document, span: Span) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let (before, behind) = neighbours(doc, span);
    before.is_some_and(is_word) || behind.is_some_and(is_word)
}

fn neighbours(doc: &Document, span: Span) -> (Option<char>, Option<char>) {
    let before = doc.source[..span.start as usize].chars().next_back();
    (before, doc.source[span.end as usize..].chars().next())
}

/// Other marks are safe where nothing is written with them, in the emphasis or right beside it, and no word adjoins it: `_` would be part of that (`CommonMark` 0.31.2, section 6.2).
fn applicability(doc: &Document, node: Node<'_>, length: u32, wanted: u8) -> Applicability {
    let span = node.span();
    // Read each text once, however deep emphasis is nested.
    if node.children().any(|child| child.children().next().is_some()) {
        return Applicability::Unsafe;
    }
    let inside = doc.slice(Span::new(span.start + length, span.end - length));
    let (before, behind) = neighbours(doc, span);
    let is_fatal = |c: char| c.is_alphanumeric() || matches!(c, '*' | '_');
    if inside.bytes().any(|byte| byte == wanted)
        || before.is_some_and(is_fatal)
        || behind.is_some_and(is_fatal)
    {
        return Applicability::Unsafe;
    }
    Applicability::Safe
}
