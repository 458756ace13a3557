//! Runs of `*`, `_`, `~~` and backticks that make no emphasis, no strikethrough and no code, so that readers see them.

use super::ast::{Ast, Node};
use super::data::NodeData;
use super::node_kind::NodeKind;
use super::scan::RareBytes;
use crate::text::Span;

/// A run of `*` or `_` in a text (CommonMark 0.31.2, section 6.2), or the part of one that no emphasis took; or `~~`
/// (GitHub Flavored Markdown 0.29, section 6.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BareDelimiter {
    /// The run.
    pub span: Span,
    /// Its character.
    pub marker: u8,
    /// The number of the node that holds the text, as [`Node::index`](super::Node::index) gives it.
    pub parent: usize,
}

/// The characters that readers see in the text of a page although they usually mean something, in source order. Those
/// that a backslash escapes are not among them.
#[derive(Debug, Default)]
pub struct BareMarks {
    /// The runs of `*` and `_`.
    pub delimiters: Vec<BareDelimiter>,
    /// The runs of two `~`.
    pub tildes: Vec<BareDelimiter>,
    /// The runs of backticks, each with the number of the block that it is in.
    pub backticks: Vec<(Span, usize)>,
}

impl Node<'_> {
    /// The opening and the closing delimiter of emphasis, strong emphasis and strikethrough.
    pub fn delimiters(self) -> Option<[Span; 2]> {
        let NodeData::Delimiter(delimiter) = self.data() else { return None };
        let (span, length) = (self.span(), u32::from(delimiter.length));
        Some([Span::new(span.start, span.start + length), Span::new(span.end - length, span.end)])
    }
}

impl Ast {
    /// Finds the marks that readers see, in one pass over all texts.
    pub fn bare_marks(&self, source: &str) -> BareMarks {
        let mut marks = BareMarks::default();
        let mut tildes = RareBytes::new(source, |text| memchr::memmem::find(text, b"~~"));
        let mut others = RareBytes::new(source, |text| memchr::memchr3(b'*', b'_', b'`', text));
        for text in self.of(NodeKind::Text) {
            let parent = || text.parent().map_or(0, Node::index);
            if tildes.are_in(text.span()) {
                let pairs = runs(text.span(), source, |text| memchr::memchr(b'~', text));
                let pairs = pairs.filter(|(_, span)| span.len() == 2);
                let bare = |(marker, span)| BareDelimiter { span, marker, parent: parent() };
                marks.tildes.extend(pairs.map(bare));
            }
            if !others.are_in(text.span()) {
                continue;
            }
            for (marker, span) in runs(text.span(), source, |text| memchr::memchr3(b'*', b'_', b'`', text)) {
                if marker == b'`' {
                    let block = text.ancestors().find(|node| !node.kind().is_inline());
                    marks.backticks.push((span, block.map_or(0, Node::index)));
                } else {
                    marks.delimiters.push(BareDelimiter { span, marker, parent: parent() });
                }
            }
        }
        marks
    }
}

/// The runs of equal characters in the source of a text that begin where `next` finds one, unless a backslash escapes
/// them.
fn runs(span: Span, source: &str, next: impl Fn(&[u8]) -> Option<usize>) -> impl Iterator<Item = (u8, Span)> {
    let text = span.of(source).as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += next(&text[at..])?;
            let start = at;
            let backslashes = text[..start].iter().rev().take_while(|&&byte| byte == b'\\').count();
            if backslashes % 2 == 1 {
                at += 1;
                continue;
            }
            let marker = text[start];
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
        let text = r"a * b** \* c \_\\_d \``";
        let next = |text: &[u8]| memchr::memchr3(b'*', b'_', b'`', text);
        let found = runs(Span::from_range(0..text.len()), text, next);
        let found = found.map(|(_, span)| (span.start, span.of(text)));
        assert_eq!(found.collect::<Vec<_>>(), [(2, "*"), (5, "**"), (17, "_"), (22, "`")]);
    }
}
