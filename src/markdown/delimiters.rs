//! Runs of `*` and `_` that make no emphasis, so that readers see them.

use super::ast::{Ast, Node};
use super::node_kind::NodeKind;
use crate::text::Span;

/// A run of `*` or `_` in a text (`CommonMark` 0.31.2, section 6.2), or the part of one that no emphasis took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BareDelimiter {
    /// The run.
    pub span: Span,
    /// Its character.
    pub marker: u8,
    /// The number of the node that holds the text, as [`Node::index`](super::Node::index) gives it.
    pub parent: usize,
}

impl Ast {
    /// The runs of `*` and `_` that readers see, in source order. Those that a backslash escapes are not among them.
    pub fn bare_delimiters(&self, source: &str) -> impl Iterator<Item = BareDelimiter> {
        self.of(NodeKind::Text).flat_map(move |text| {
            let parent = text.parent().map_or(0, Node::index);
            runs(text.span(), source, [b'*', b'_']).map(move |(marker, span)| BareDelimiter {
                span,
                marker,
                parent,
            })
        })
    }
}

/// The runs of either of two characters in the source of a text, unless a backslash escapes them.
pub(super) fn runs(span: Span, source: &str, markers: [u8; 2]) -> impl Iterator<Item = (u8, Span)> {
    let text = span.of(source).as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += memchr::memchr3(markers[0], markers[1], b'\\', &text[at..])?;
            let marker = text[at];
            if marker == b'\\' {
                // The next one is escaped if it can be.
                at = (at + 2).min(text.len());
                continue;
            }
            let start = at;
            at += text[at..].iter().take_while(|&&byte| byte == marker).count();
            return Some((marker, Span::from_range(start..at).shift(span.start)));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::runs;
    use crate::text::Span;

    #[test]
    fn escaped_delimiters_are_text() {
        let text = r"a * b** \* c \_\\_d";
        let found = runs(Span::from_range(0..text.len()), text, [b'*', b'_']);
        let found = found.map(|(_, span)| (span.start, span.of(text)));
        assert_eq!(found.collect::<Vec<_>>(), [(2, "*"), (5, "**"), (17, "_")]);
    }
}
