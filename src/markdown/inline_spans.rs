//! The placer: the parser says *what* the inlines of a block are, the source says *where*.
//!
//! The parser's own columns of inlines are wrong after an escaped pipe, a dropped definition or a link that is
//! broken over lines. So they are not used: the source is walked along the known tree, which costs about as much as
//! turning columns into offsets would.

use std::borrow::Cow;

use super::ast::{NodeRecord, Tables};
use super::data::{Delimiter, Destination, HardBreak, LinkKind};
use super::links;
use super::node_kind::NodeKind;
use super::scan::Scan;
use crate::text::{CharacterReference, Span};

/// The inlines of one block, and what is needed to find their places.
pub(super) struct Placer<'a> {
    /// Ends where the inlines end.
    pub(super) scan: Scan<'a>,
    /// The inlines, in preorder.
    pub(super) records: &'a mut [NodeRecord],
    /// The index of the first of them in the whole tree.
    pub(super) base: u32,
    /// What texts and inline HTML show, by the records' `data`.
    pub(super) literals: &'a [Cow<'static, str>],
    pub(super) tables: &'a mut Tables,
    /// Room for the inlines that are open; kept between blocks to save allocations.
    pub(super) open: &'a mut Vec<usize>,
    /// Whether a line begins here, whose prefix is still ahead.
    pub(super) at_line_start: bool,
}

/// What is not shown as it is written, within a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Resolved {
    EscapesAndEntities,
    Entities,
}

/// How many quote marks at most are taken back because the text itself begins with some.
const MAX_STEPS_BACK: usize = 16;

impl Placer<'_> {
    /// Gives every inline its span, from `start` on. Nothing if the source does not read like the tree: then the
    /// records hold no useful spans.
    pub(super) fn place(&mut self, start: usize) -> Option<()> {
        self.open.clear();
        self.at_line_start = false;
        let mut at = start;
        for i in 0..self.records.len() {
            while let Some(&top) = self.open.last()
                && self.end_of(top) <= i
            {
                at = self.close(top, at)?;
                self.open.pop();
            }
            at = self.start(i, at)?;
            if self.records[i].kind.has_inlines() {
                self.open.push(i);
            }
        }
        while let Some(top) = self.open.pop() {
            at = self.close(top, at)?;
        }
        let rest = self.scan.white(at);
        (rest == self.scan.end).then_some(())
    }

    fn end_of(&self, i: usize) -> usize {
        (self.records[i].end - self.base) as usize
    }

    fn set(&mut self, i: usize, start: usize, end: usize) {
        self.records[i].span = Span::from_range(start..end);
    }

    /// Places the head of an inline, or all of it if nothing can be in it; gives the position after.
    fn start(&mut self, i: usize, at: usize) -> Option<usize> {
        let at = if self.at_line_start { self.line_content(i, at)? } else { at };
        let end = match self.records[i].kind {
            NodeKind::Text => self.text(i, at)?,
            NodeKind::Code => self.code(i, at)?,
            NodeKind::HtmlInline => self.html(i, at)?,
            NodeKind::SoftBreak => return self.soft_break(i, at),
            NodeKind::HardBreak => self.hard_break(i, at)?,
            NodeKind::FootnoteReference => self.footnote(i, at)?,
            NodeKind::Link => self.open_link(i, at),
            NodeKind::Image if self.scan.at(at) == b'!' && self.scan.at(at + 1) == b'[' => at + 2,
            NodeKind::Emphasis => self.open_delimiter(i, at, 1)?,
            NodeKind::Strong => self.open_delimiter(i, at, 2)?,
            NodeKind::Strikethrough => {
                self.open_delimiter(i, at, if self.scan.has_run(at, b'~', 2) { 2 } else { 1 })?
            }
            _ => return None,
        };
        self.set(i, at, end);
        Some(end)
    }

    /// Places the tail of an inline whose content is placed; gives the position after.
    fn close(&mut self, i: usize, at: usize) -> Option<usize> {
        let at = if self.at_line_start { self.scan.prefix(at) } else { at };
        self.at_line_start = false;
        let start = self.records[i].span.start as usize;
        let end = match self.records[i].kind {
            NodeKind::Link | NodeKind::Image => self.close_link(i, at)?,
            _ => {
                let Delimiter { marker, length } = Delimiter::unpack(self.records[i].data);
                let length = usize::from(length);
                self.scan.has_run(at, marker, length).then_some(at + length)?
            }
        };
        self.set(i, start, end);
        Some(end)
    }

    /// Where the content of a line begins, after its prefix. A line of a paragraph that begins with `>` of its own
    /// is indented so far that no quote begins there; what comes next decides how many of the marks are text.
    fn line_content(&mut self, i: usize, line: usize) -> Option<usize> {
        self.at_line_start = false;
        let mut at = self.scan.prefix(line);
        let literal = match self.records[i].kind {
            NodeKind::Text => self.literal(i).as_bytes(),
            _ => return Some(at),
        };
        if literal.first() != Some(&b'>') {
            return Some(at);
        }
        let head = &literal[..literal.len().min(MAX_STEPS_BACK)];
        for _ in 0..MAX_STEPS_BACK {
            let rest = &self.scan.bytes()[at..];
            if rest.starts_with(head) || matches!(rest.first(), Some(b'\\' | b'&')) {
                return Some(at);
            }
            at = line + self.scan.bytes()[line..at].iter().rposition(|&byte| byte == b'>')?;
        }
        None
    }

    fn literal(&self, i: usize) -> &str {
        &self.literals[self.records[i].data as usize]
    }

    fn text(&self, i: usize, at: usize) -> Option<usize> {
        let literal = self.literal(i);
        let rest = &self.scan.bytes()[at..];
        let as_written = rest.starts_with(literal.as_bytes());
        if as_written && memchr::memchr2(b'\\', b'&', literal.as_bytes()).is_none() {
            return Some(at + literal.len());
        }
        match self.link_around() {
            Some(LinkKind::Bare) if as_written => Some(at + literal.len()),
            Some(LinkKind::Autolink) => self.resolved(literal, at, Resolved::Entities),
            _ => self.resolved(literal, at, Resolved::EscapesAndEntities),
        }
    }

    /// How the link is written that directly holds what comes next.
    fn link_around(&self) -> Option<LinkKind> {
        let record = &self.records[*self.open.last()?];
        (record.kind == NodeKind::Link).then(|| self.tables.links[record.data as usize].kind)
    }

    /// The end of the source, from `at` on, that shows as `literal`.
    fn resolved(&self, literal: &str, mut at: usize, resolved: Resolved) -> Option<usize> {
        let shown = literal.as_bytes();
        let mut i = 0;
        while i < shown.len() {
            let source = self.scan.bytes().get(at..).unwrap_or_default().iter();
            let same =
                source.zip(&shown[i..]).take_while(|(a, b)| a == b && !matches!(a, b'\\' | b'&')).count();
            (at, i) = (at + same, i + same);
            if i == shown.len() {
                break;
            }
            let (byte, next) = (self.scan.at(at), self.scan.at(at + 1));
            let escapes = resolved == Resolved::EscapesAndEntities || next == b'|';
            if byte == b'\\' && escapes && next.is_ascii_punctuation() && next == shown[i] {
                at += 2;
                i += 1;
            } else if byte == b'&'
                && let Some(reference) = CharacterReference::at_start(&self.scan.bytes()[at..])
                && let stands_for = reference.shown(&mut [0; 4])
                && literal[i..].starts_with(stands_for)
            {
                at += reference.len;
                i += stands_for.len();
            } else if byte == shown[i] && at < self.scan.end {
                at += 1;
                i += 1;
            } else if byte == 0 && literal[i..].starts_with(char::REPLACEMENT_CHARACTER) {
                // The parser shows a NUL as the replacement character (`CommonMark` 0.31.2, section 2.3).
                at += 1;
                i += char::REPLACEMENT_CHARACTER.len_utf8();
            } else {
                return None;
            }
        }
        (at <= self.scan.end).then_some(at)
    }

    fn code(&mut self, i: usize, at: usize) -> Option<usize> {
        let index = self.records[i].data as usize;
        let backticks = self.tables.codes[index].backticks as usize;
        if self.scan.run(at, b'`') != backticks {
            return None;
        }
        let content = at + backticks;
        let mut end = content;
        loop {
            end += memchr::memchr(b'`', &self.scan.bytes()[end..])?;
            let run = self.scan.run(end, b'`');
            if run == backticks {
                self.tables.codes[index].content = Span::from_range(content..end);
                return Some(end + backticks);
            }
            end += run;
        }
    }

    /// Inline HTML shows as it is written, but for the prefixes of its lines.
    fn html(&self, i: usize, at: usize) -> Option<usize> {
        let mut rest = self.literal(i);
        let mut at = at;
        loop {
            let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
            if !self.scan.bytes()[at..].starts_with(line.as_bytes()) {
                return None;
            }
            at += line.len();
            rest = rest[line.len()..].trim_start_matches(['\n', '\r']);
            if rest.is_empty() {
                return Some(at);
            }
            let next = self.scan.line_break(at)?;
            at = self.scan.prefix(next);
            rest = rest.trim_start_matches([' ', '\t']);
            if rest.starts_with('>') && self.scan.at(at) != b'>' {
                at = next + self.scan.bytes()[next..at].iter().rposition(|&byte| byte == b'>')?;
            }
        }
    }

    /// A soft break is the line break alone; spaces before it belong to nothing.
    fn soft_break(&mut self, i: usize, at: usize) -> Option<usize> {
        let start = self.scan.white(at);
        let end = self.scan.line_break(start)?;
        self.set(i, start, end);
        self.at_line_start = true;
        Some(end)
    }

    fn hard_break(&mut self, i: usize, at: usize) -> Option<usize> {
        let (style, line_break) = match self.scan.at(at) {
            b'\\' => (HardBreak::Backslash, at + 1),
            _ => (HardBreak::Spaces, self.scan.white(at)),
        };
        self.records[i].data = style.pack();
        self.at_line_start = true;
        self.scan.line_break(line_break)
    }

    fn footnote(&mut self, i: usize, at: usize) -> Option<usize> {
        if !self.scan.bytes()[at..].starts_with(b"[^") {
            return None;
        }
        let label = at + 2;
        let end = label + memchr::memchr(b']', &self.scan.bytes()[label..])?;
        self.tables.footnotes[self.records[i].data as usize].label = Span::from_range(label..end);
        Some(end + 1)
    }

    fn open_delimiter(&mut self, i: usize, at: usize, length: usize) -> Option<usize> {
        let marker = self.scan.at(at);
        let known = match self.records[i].kind {
            NodeKind::Strikethrough => marker == b'~',
            _ => matches!(marker, b'*' | b'_'),
        };
        if !known || !self.scan.has_run(at, marker, length) {
            return None;
        }
        self.records[i].data = Delimiter { marker, length: length as u8 }.pack();
        Some(at + length)
    }

    /// The first byte tells how a link is written; what kind of bracket it is, its tail.
    fn open_link(&mut self, i: usize, at: usize) -> usize {
        let (kind, inside) = match self.scan.at(at) {
            b'[' => (LinkKind::Inline, at + 1),
            b'<' => (LinkKind::Autolink, at + 1),
            _ => (LinkKind::Bare, at),
        };
        self.tables.links[self.records[i].data as usize].kind = kind;
        inside
    }

    fn close_link(&mut self, i: usize, at: usize) -> Option<usize> {
        let start = self.records[i].span.start as usize;
        let image = self.records[i].kind == NodeKind::Image;
        let scan = self.scan;
        let link = &mut self.tables.links[self.records[i].data as usize];
        let address = |text: Span| Some(Destination { span: text, angle_brackets: false });
        match link.kind {
            LinkKind::Bare if !image => {
                link.text = Span::from_range(start..at);
                link.destination = address(link.text);
                Some(at)
            }
            LinkKind::Autolink if !image => {
                link.text = Span::from_range(start + 1..at);
                link.destination = address(link.text).map(|d| Destination { angle_brackets: true, ..d });
                (scan.at(at) == b'>').then_some(at + 1)
            }
            _ => {
                // A line that is empty after its prefix may be before the bracket.
                let close = scan.space(at);
                if scan.at(close) != b']' {
                    return None;
                }
                let text = start + 1 + usize::from(image)..close;
                link.text = Span::from_range(text.clone());
                let tail = links::tail(&scan, text);
                link.kind = tail.kind;
                link.destination = tail.destination;
                link.title_span = tail.title;
                link.label = tail.label;
                Some(tail.end)
            }
        }
    }
}
