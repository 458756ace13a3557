//! The delimiters of emphasis and strong emphasis.

use crate::{
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    markdown::{Node, NodeData, NodeKind},
    rules::consistent::Consistent,
    text::Span,
};

/// The character that delimits emphasis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum EmphasisDelimiter {
    /// `*`
    Asterisk,
    /// `_`
    Underscore,
}

impl EmphasisDelimiter {
    const fn of(marker: u8) -> Self {
        if marker == b'_' { Self::Underscore } else { Self::Asterisk }
    }

    const fn character(self) -> char {
        match self {
            Self::Asterisk => '*',
            Self::Underscore => '_',
        }
    }
}

/// Reports the nodes of a kind, emphasis or strong emphasis, that use another delimiter than expected.
pub(super) fn check(
    doc: &Document,
    kind: NodeKind,
    mut style: Consistent<EmphasisDelimiter>,
    sink: &mut Sink<'_>,
) {
    for node in doc.ast.of(kind) {
        let NodeData::Delimiter(delimiter) = node.data() else { continue };
        let actual = EmphasisDelimiter::of(delimiter.marker);
        let expected = style.or_first(actual);
        if actual != expected && !(expected == EmphasisDelimiter::Underscore && is_in_word(doc, node.span()))
        {
            report(doc, node, expected.character(), sink);
        }
    }
}

/// Reports both delimiters if they are on different lines, because suppression comments apply to lines.
fn report(doc: &Document, node: Node<'_>, expected: char, sink: &mut Sink<'_>) {
    let name = if node.kind() == NodeKind::Strong { "strong emphasis" } else { "emphasis" };
    let Some(ends) = node.delimiters() else { return };
    let length = ends[0].len();
    let expected_run = expected.to_string().repeat(length as usize);
    let edits = || ends.map(|span| Edit { span, content: expected_run.clone() }).into();
    let applicability = applicability(doc, node, length, expected);
    let [first, last] = ends.map(|end| doc.lines.line_of(end.start));
    for end in if first == last { &ends[..1] } else { &ends[..] } {
        let message = format!("{name} uses `{}`, expected `{expected_run}`", doc.slice(*end));
        sink.report(*end, message).fix(Fix::new(format!("Use `{expected_run}`"), applicability, edits()));
    }
}

/// Whether a letter, digit or underscore is adjacent, where `_` cannot delimit emphasis.
fn is_in_word(doc: &Document, span: Span) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let (before, after) = neighbors(doc, span);
    before.is_some_and(is_word) || after.is_some_and(is_word)
}

fn neighbors(doc: &Document, span: Span) -> (Option<char>, Option<char>) {
    let before = doc.source[..span.start as usize].chars().next_back();
    (before, doc.source[span.end as usize..].chars().next())
}

/// Safe if the expected delimiter occurs neither in the emphasis nor next to it and no word is adjacent, of which `_`
/// would become part (CommonMark 0.31.2, section 6.2).
fn applicability(doc: &Document, node: Node<'_>, length: u32, expected: char) -> Applicability {
    let span = node.span();
    // Nested emphasis is not inspected, so that each text is read once.
    if node.children().any(|child| child.children().next().is_some()) {
        return Applicability::Unsafe;
    }
    let inside = doc.slice(Span::new(span.start + length, span.end - length));
    let (before, after) = neighbors(doc, span);
    let is_fatal = |c: char| c.is_alphanumeric() || matches!(c, '*' | '_');
    // `__slots__` is rather a name in Python that lacks its backticks.
    let is_name = length == 2
        && expected == '*'
        && inside.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if is_name || inside.contains(expected) || before.is_some_and(is_fatal) || after.is_some_and(is_fatal) {
        return Applicability::Unsafe;
    }
    Applicability::Safe
}
