//! The parts of a link: what the tree does not say of how it is written, read from the source after its text.

use std::ops::Range;

use super::ast::Typed;
use super::data::{Destination, Link, LinkKind};
use super::scan::Scan;
use crate::text::Span;

impl Typed<'_, Link> {
    /// The text of a link or the description of an image with its brackets and the `!` before them; all of a URL
    /// that is its own text.
    pub fn bracketed_text(self) -> Span {
        match self.kind {
            LinkKind::Autolink | LinkKind::Bare => self.span(),
            _ => Span::new(self.span().start, self.text.end + 1),
        }
    }

    /// The text of a link or the description of an image, where it has at most `most` bytes and no more nodes than
    /// that. Images nest, so that asking each for all of its text would take time with the square of the depth.
    pub fn short_text(self, source: &str, most: usize) -> Option<String> {
        let is_short = self.text.len() as usize <= most && self.node().descendants().len() <= most;
        is_short.then(|| self.node().text(source))
    }
}

/// A title with its delimiters, which are a byte each.
pub const fn delimited_title(title: Span) -> Span {
    Span::new(title.start - 1, title.end + 1)
}

/// What is after the text of a link in brackets.
pub(super) struct Tail {
    pub(super) kind: LinkKind,
    pub(super) destination: Option<Destination>,
    pub(super) title: Option<Span>,
    pub(super) label: Option<Span>,
    pub(super) end: usize,
}

/// Reads on from after the `]` of a link whose text is `text`. The text is known to be that of a link, so what
/// looks like a tail is one (CommonMark 0.31.2, section 6.3).
pub(super) fn tail(scan: &Scan<'_>, text: Range<usize>) -> Tail {
    let at = text.end + 1;
    if let Some(tail) = inline(scan, at) {
        return tail;
    }
    let reference = |kind, label, end| Tail {
        kind,
        destination: None,
        title: None,
        label: Some(Span::from_range(label)),
        end,
    };
    match scan.label(at) {
        Some(label) if scan.space(label.start) >= label.end => {
            reference(LinkKind::Collapsed, text, label.end + 1)
        }
        Some(label) => {
            let end = label.end + 1;
            reference(LinkKind::Full, label, end)
        }
        None => reference(LinkKind::Shortcut, text, at),
    }
}

/// `(destination "title")`
fn inline(scan: &Scan<'_>, at: usize) -> Option<Tail> {
    if scan.at(at) != b'(' {
        return None;
    }
    let start = scan.space(at + 1);
    let (destination, after) = scan.destination(start)?;
    let next = scan.space(after);
    let title = if next > after { scan.title(next) } else { None };
    let end = title.as_ref().map_or(next, |title| scan.space(title.end + 1));
    (scan.at(end) == b')').then(|| Tail {
        kind: LinkKind::Inline,
        destination: Some(written(start, destination)),
        title: title.map(Span::from_range),
        label: None,
        end: end + 1,
    })
}

/// A destination that was read from `start` on.
pub(super) fn written(start: usize, inside: Range<usize>) -> Destination {
    Destination { angle_brackets: inside.start > start, span: Span::from_range(inside) }
}
