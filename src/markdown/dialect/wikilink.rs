//! The links, embeds and comments of Obsidian: `[[page#heading|text]]`, `![[file|size]]`, `%% comment %%`.

use super::super::{
    ast::{Ast, Node},
    node_kind::NodeKind,
};
use super::Parts;
use super::lines::Lines;
use super::overlay::{Island, IslandKind, Overlay};
use crate::text::Span;

/// What has no wikilinks in it.
const OTHERS: [NodeKind; 3] = [NodeKind::Link, NodeKind::CodeBlock, NodeKind::HtmlBlock];

/// A wikilink or an embed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wikilink {
    /// From the first bracket, or the `!` before it, to the last.
    pub span: Span,
    /// What it names: a page or file with or without its folder, and a heading after `#`.
    pub target: Span,
    /// The text that readers see, if it has its own.
    pub text: Option<Span>,
    /// Whether it shows the file itself.
    pub is_embed: bool,
}

impl Wikilink {
    /// The one whose brackets begin at `open`, before the brackets at `close` that are the next ones to end one.
    fn at(bytes: &[u8], open: usize, close: usize) -> Option<Self> {
        let start = open + "[[".len();
        let (inner, length) = (bytes.get(start..close)?, close - start);
        // No name has brackets. Where many begin and few end, this is what keeps each from being read to the end.
        let bar = memchr::memchr3(b'|', b'[', b']', inner);
        if bar.is_some_and(|bar| inner[bar] != b'|') {
            return None;
        }
        // A bar in a table is escaped.
        let name_end = bar.map_or(length, |bar| bar - usize::from(inner[..bar].ends_with(b"\\")));
        let name = inner[..name_end].trim_ascii();
        if name.is_empty() {
            return None;
        }
        let offset = inner.len() - inner.trim_ascii_start().len();
        let is_embed = bytes[..open].ends_with(b"!") && !bytes[..open].ends_with(b"\\!");
        Some(Self {
            span: Span::from_range(open - usize::from(is_embed)..start + length + "]]".len()),
            target: Span::from_range(start + offset..start + offset + name.len()),
            text: bar.map(|bar| Span::from_range(start + bar + 1..start + length)),
            is_embed,
        })
    }
}

impl Lines<'_> {
    /// A wikilink or an embed; gives where it ends. The text that readers see stays text.
    pub(super) fn wikilink(&mut self, open: usize, end: usize) -> Option<usize> {
        if !self.dialect.parts.has(Parts::WIKILINKS) || !self.bytes[open..end].starts_with(b"[[") {
            return None;
        }
        let close = self.wikilink_end.at(open + "[[".len()).filter(|close| close + "]]".len() <= end)?;
        let link = Wikilink::at(self.bytes, open, close)?;
        let shown = link.text.filter(|text| !link.is_embed && !text.is_empty());
        let kind = IslandKind::Wikilink;
        let (start, end) = (link.span.start as usize, link.span.end as usize);
        match shown {
            Some(text) => {
                self.found.push(Island::new(start, text.start as usize, kind));
                self.found.push(Island::new(text.end as usize, end, IslandKind::WikilinkEnd));
            }
            None => self.found.push(Island::new(start, end, kind)),
        }
        Some(end)
    }

    /// `%% comment %%`, in a line or over several; gives where it ends.
    pub(super) fn percent_comment(&mut self, open: usize) -> Option<usize> {
        if !self.dialect.parts.has(Parts::PERCENT_COMMENTS) || !self.bytes[open..].starts_with(b"%%") {
            return None;
        }
        let end = self.double_percent.at(open + 2)? + 2;
        let is_alone = self.begins_line(open);
        if !is_alone && self.blank.at(open) < end {
            return None;
        }
        self.found.push(Island::new(open, end, IslandKind::Comment));
        Some(end)
    }
}

impl Ast {
    /// The wikilinks and embeds in source order. There are none in the text of a link, in code and in blocks of HTML.
    pub fn wikilinks<'a>(&'a self, source: &'a str) -> impl Iterator<Item = Wikilink> + 'a {
        let islands = self.overlay().map_or(&[][..], Overlay::islands);
        let mut others = OTHERS.map(|kind| self.of(kind).map(Node::span).peekable());
        let mut is_in_other = move |span: Span| {
            others.iter_mut().any(|spans| {
                while spans.next_if(|other| other.end <= span.start).is_some() {}
                spans.peek().is_some_and(|other| other.contains(span))
            })
        };
        let wikilinks = islands.iter().filter(|island| island.kind == IslandKind::Wikilink);
        let wikilinks = wikilinks.filter(move |island| !is_in_other(island.span));
        wikilinks.filter_map(move |island| {
            let start = island.span.start as usize;
            let open = start + usize::from(source.as_bytes()[start] == b'!');
            let close = open + memchr::memmem::find(&source.as_bytes()[open..], b"]]")?;
            Wikilink::at(source.as_bytes(), open, close)
        })
    }
}
