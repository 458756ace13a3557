//! Comments that nothing closes.

use super::ast::{Ast, Node};
use super::dialect::Next;
use super::html_comments::HtmlComments;
use super::node_kind::NodeKind;
use crate::text::Span;

/// The start of an HTML comment that nothing ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenComment {
    /// The `<!--`.
    pub span: Span,
    /// Whether it hides what follows it; otherwise, the text shows it.
    pub is_hiding: bool,
}

impl Ast {
    /// The starts of HTML comments that nothing ends, in source order.
    pub fn unclosed_comments(&self, source: &str) -> Vec<OpenComment> {
        let marks = &self.comments_of_html(source).marks;
        if marks.is_empty() {
            return vec![];
        }
        let opening = |at: u32, is_hiding| OpenComment { span: Span::new(at, at + 4), is_hiding };
        let mut found: Vec<OpenComment> =
            self.hiding_comments(source).into_iter().map(|at| opening(at, true)).collect();
        let mut ends = HyphenEnds::of(source);
        let mut first = 0;
        for text in self.of(NodeKind::Text) {
            let span = text.span();
            first += marks[first..].iter().take_while(|&&mark| mark < span.start as usize).count();
            if first == marks.len() {
                break;
            }
            let within = marks[first..].iter().take_while(|&&mark| mark + 4 <= span.end as usize);
            let is_start = |at: usize| at == span.start as usize || source.as_bytes()[at - 1] != b'\\';
            let starts = within.filter(|&&at| is_start(at) && !ends.has_comment_at(at));
            found.extend(starts.map(|&at| opening(at as u32, false)));
        }
        found.sort_by_key(|comment| comment.span);
        found
    }

    /// Where comments begin in HTML that nothing ends, or that end with another comment. In a block that a blank line ends, a comment goes on
    /// to the next `-->` of another block that ends no comment of that block.
    fn hiding_comments(&self, source: &str) -> Vec<u32> {
        let HtmlComments { ended: comments, unclosed, .. } = self.comments_of_html(source);
        let blocks: Vec<Span> = self.of(NodeKind::HtmlBlock).map(Node::span).collect();
        let end = self.root().span().end;
        let is_unclosed = |(i, &start): (usize, &u32)| {
            let next = comments.get(comments.partition_point(|comment| comment.start < start));
            let limit = next.map_or(end, |next| next.start).min(unclosed.get(i + 1).copied().unwrap_or(end));
            let first = blocks.partition_point(|block| block.end <= start);
            let mut after = blocks[first..].iter().take_while(|block| block.start < limit);
            let has_end = after.any(|block| {
                let rest = Span::new(block.start.max(start), block.end.min(limit));
                rest.of(source).contains("-->")
            });
            (!has_end).then_some(start)
        };
        // One that has another one in a line below it was meant to end before that.
        let takes_in_other = |comment: &&Span| {
            let inner = &comment.of(source)["<!--".len()..];
            inner.find("<!--").is_some_and(|at| inner[..at].contains(['\n', '\r']))
        };
        let too_long = comments.iter().filter(takes_in_other).map(|comment| comment.start);
        unclosed.iter().enumerate().filter_map(is_unclosed).chain(too_long).collect()
    }
}

/// Finds comments that end with `--->`, which is an end since CommonMark 0.31.
struct HyphenEnds<'a> {
    bytes: &'a [u8],
    close: Next<'a>,
    paragraph: Next<'a>,
}

impl<'a> HyphenEnds<'a> {
    const fn of(source: &'a str) -> Self {
        let bytes = source.as_bytes();
        Self { bytes, close: Next::new(bytes, "-->"), paragraph: Next::new(bytes, "\n\n") }
    }

    /// Whether such a comment begins at a place, after those that were asked for before.
    fn has_comment_at(&mut self, at: usize) -> bool {
        self.close.at(at).is_some_and(|end| {
            let is_in_paragraph =
                self.paragraph.at(at).is_none_or(|paragraph| end + "-->".len() <= paragraph);
            is_in_paragraph && end > at + "<!--".len() && self.bytes[end - 1] == b'-'
        })
    }
}
