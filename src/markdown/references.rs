//! Brackets that are not a link: references to labels that nothing defines, and links that a slip of the pen spoiled.
//!
//! The parser leaves both as text. So the brackets in the texts of the tree are matched as it would match them, and
//! what is around each pair tells what was meant. One walk over the tree, nothing is parsed again.

use std::cell::OnceCell;

use super::ast::{Ast, Node};
use super::data::{Link, LinkKind, NodeData};
use super::invalid_links::{self, Pair};
use super::node_kind::NodeKind;
use super::scan::Scan;
use crate::text::Span;

/// A reference to a label that no definition has: readers see its brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MissingDefinition {
    /// [`LinkKind::Full`], [`LinkKind::Collapsed`] or [`LinkKind::Shortcut`].
    pub kind: LinkKind,
    /// Whether it is written as an image.
    pub is_image: bool,
    /// From the first bracket, or the `!` before it, to the last.
    pub span: Span,
    /// What is between the first brackets.
    pub text: Span,
    /// The label, without brackets: of a full reference the second one.
    pub label: Span,
    /// Whether it is in the text of a link or an image.
    pub is_in_link: bool,
}

/// A link that the parser does not see, or sees other than it was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidLink {
    /// What is wrong with it.
    pub kind: InvalidLinkKind,
    /// All of it, as far as it was meant to be a link.
    pub span: Span,
    /// The text, without its brackets.
    pub text: Span,
    /// The destination, without its brackets.
    pub destination: Span,
}

/// What is wrong with a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InvalidLinkKind {
    /// `(text)[destination]`
    Reversed,
    /// `[text] (destination)`
    SpaceBeforeDestination,
    /// `[text](a destination)`: spaces without angle brackets around.
    SpaceInDestination,
    /// The destination goes on in the next line.
    BreakInDestination,
    /// `[text](destination "title` or the like: what follows the destination is not a title.
    Title,
    /// `[text](destination`, and no parenthesis closes it.
    Unclosed,
    /// `([https://example.org])`
    BracketedUrl,
    /// `[ text ](destination)`: it is a link, and the spaces are part of it.
    SpaceAroundText,
}

/// The brackets of a page that are not a link, or not the one that was meant.
#[derive(Debug, Default)]
pub struct LinkFacts {
    /// In source order.
    pub undefined: Box<[MissingDefinition]>,
    /// References to footnotes that nothing defines, brackets included, in source order.
    pub undefined_notes: Box<[Span]>,
    /// In source order.
    pub slips: Box<[InvalidLink]>,
    /// The bare links that slips left behind, with the slips' indices.
    covered: Box<[(Span, u32)]>,
}

impl LinkFacts {
    /// Looks at the brackets of a page. Linear in its length; a page without brackets costs a search for one.
    pub fn of(ast: &Ast, source: &str) -> Self {
        let body = ast.root().span();
        if memchr::memchr(b'[', body.of(source).as_bytes()).is_none() {
            return Self::default();
        }
        let mut brackets = Brackets::new(ast, source);
        let mut next = 0;
        while let Some(node) = ast.node(next) {
            let text = node.span().of(source).as_bytes();
            let is_idle = node.kind().is_text_block() && memchr::memchr(b'[', text).is_none();
            next = node.index() + 1;
            if is_idle {
                next += node.descendants().len();
            } else {
                brackets.visit(node);
            }
        }
        let Brackets { undefined, undefined_notes, mut slips, .. } = brackets;
        slips.sort_by_key(|slip| slip.span.start);
        let covered = covered(ast, &slips);
        Self {
            undefined: undefined.into(),
            undefined_notes: undefined_notes.into(),
            slips: slips.into(),
            covered,
        }
    }

    /// The slip that a bare link is what is left of. One cause, one finding: who reports the slip need not report the
    /// link.
    pub fn invalid_link_after(&self, link: Span) -> Option<&InvalidLink> {
        let at = self.covered.binary_search_by_key(&link, |&(span, _)| span).ok()?;
        self.slips.get(self.covered[at].1 as usize)
    }
}

/// The bare links that are in slips; both are in source order.
fn covered(ast: &Ast, slips: &[InvalidLink]) -> Box<[(Span, u32)]> {
    let mut slips =
        slips.iter().zip(0..).filter(|(slip, _)| slip.kind != InvalidLinkKind::SpaceAroundText).peekable();
    let mut covered = Vec::new();
    for link in ast.links().filter(|link| link.kind == LinkKind::Bare) {
        while slips.next_if(|(slip, _)| slip.span.end <= link.span().start).is_some() {}
        // A destination that is broken may be longer as a link than it was meant.
        if let Some((_, i)) = slips.peek().filter(|(slip, _)| slip.span.overlaps(link.span())) {
            covered.push((link.span(), *i));
        }
    }
    covered.into()
}

/// A bracket that is not closed yet.
struct Opener {
    at: usize,
    is_image: bool,
    /// Whether there are brackets inside, which no label may have.
    nested: bool,
}

/// A link or an image that is being walked through: brackets in it have nothing to do with those around it.
struct Frame {
    /// The number of the first node after it.
    end: usize,
    /// How many brackets were open before it.
    floor: usize,
}

/// The state of the walk.
struct Brackets<'a> {
    ast: &'a Ast,
    /// Ends with the current block of text.
    scan: Scan<'a>,
    open: Vec<Opener>,
    frames: Vec<Frame>,
    /// Of the open brackets the first so many have a link after them: they cannot begin a link.
    spent: usize,
    /// Brackets before this offset belong to something that was found.
    resume: usize,
    /// Nodes before this one are in a link that is its own text.
    opaque: usize,
    /// Where the last escape ended, so that `\!` does not begin an image.
    escaped: usize,
    /// The last closing bracket or line end that was looked for.
    line_stop: usize,
    /// Code and inline HTML, where slips are none.
    literal: OnceCell<Vec<Span>>,
    undefined: Vec<MissingDefinition>,
    undefined_notes: Vec<Span>,
    slips: Vec<InvalidLink>,
}

impl<'a> Brackets<'a> {
    fn new(ast: &'a Ast, source: &'a str) -> Self {
        Self {
            ast,
            scan: Scan { source, end: 0, quotes: usize::MAX },
            open: Vec::new(),
            frames: Vec::new(),
            spent: 0,
            resume: 0,
            opaque: 0,
            escaped: 0,
            line_stop: 0,
            literal: OnceCell::new(),
            undefined: Vec::new(),
            undefined_notes: Vec::new(),
            slips: Vec::new(),
        }
    }

    fn visit(&mut self, node: Node<'a>) {
        let kind = node.kind();
        if !kind.is_inline() {
            if kind.is_text_block() {
                self.scan.end = node.span().end as usize;
                self.open.clear();
                self.frames.clear();
                self.spent = 0;
            }
            return;
        }
        while let Some(frame) = self.frames.pop_if(|frame| frame.end <= node.index()) {
            self.open.truncate(frame.floor);
            self.spent = self.spent.min(frame.floor);
        }
        match node.data() {
            NodeData::Text(_) if node.index() >= self.opaque => self.text(node),
            NodeData::Link(link) => self.link(node, link),
            _ => {}
        }
    }

    fn link(&mut self, node: Node<'a>, link: &Link) {
        let end = node.index() + 1 + node.descendants().len();
        if matches!(link.kind, LinkKind::Bare | LinkKind::Autolink) {
            self.opaque = end;
            if link.kind == LinkKind::Bare {
                self.reversed_address(node.span());
            }
            return;
        }
        if node.kind() == NodeKind::Link {
            self.reversed(node.span().start as usize);
            self.slips.extend(invalid_links::space_around_text(&self.scan, node.span(), link));
            self.spent = self.open.len();
        }
        self.frames.push(Frame { end, floor: self.open.len() });
    }

    fn text(&mut self, node: Node<'a>) {
        let span = node.span();
        let end = (span.end as usize).min(self.scan.end);
        let mut at = (span.start as usize).max(self.resume);
        while at < end {
            let Some(next) = memchr::memchr3(b'[', b']', b'\\', &self.scan.bytes()[at..end]) else { return };
            at += next;
            match self.scan.at(at) {
                b'\\' if self.scan.at(at + 1).is_ascii_punctuation() => {
                    at += 2;
                    self.escaped = at;
                    continue;
                }
                b'[' => self.open(at),
                b']' => self.close(node, at),
                _ => {}
            }
            at = self.resume.max(at + 1);
        }
    }

    fn open(&mut self, at: usize) {
        if self.reversed(at) {
            return;
        }
        let is_image = at > 0 && self.scan.at(at - 1) == b'!' && self.escaped != at;
        self.open.push(Opener { at, is_image, nested: false });
    }

    fn close(&mut self, node: Node<'a>, close: usize) {
        let floor = self.frames.last().map_or(0, |frame| frame.floor);
        if self.open.len() <= floor {
            return;
        }
        let Some(opener) = self.open.pop() else { return };
        let is_spent = self.open.len() < self.spent && !opener.is_image;
        self.spent = self.spent.min(self.open.len());
        if let Some(around) = self.open.last_mut() {
            around.nested = true;
        }
        if is_spent {
            return;
        }
        let pair = Pair { open: opener.at, close, is_image: opener.is_image };
        if !opener.nested && self.is_note(opener.at, close) {
            self.undefined_notes.push(Span::from_range(opener.at..close + 1));
            return;
        }
        if let Some((kind, label, end)) = self.second_bracket(node, &opener, close) {
            self.resume = end;
            self.report(kind, &pair, label, end);
            return;
        }
        if invalid_links::is_templated(&self.scan, pair, self.ast.overlay()) {
            return;
        }
        let before_template = || invalid_links::before_template(&self.scan, pair, self.ast.overlay()?);
        if let Some(slip) = invalid_links::around(&self.scan, pair).or_else(before_template) {
            self.resume = slip.span.end as usize;
            self.slips.push(slip);
            return;
        }
        if !opener.nested
            && self.is_label(opener.at, close)
            && !is_box(&self.scan.source[opener.at + 1..close])
        {
            let label = Span::from_range(opener.at + 1..close);
            self.report(LinkKind::Shortcut, &pair, label, close + 1);
        }
    }

    /// What is in the brackets after `[text]`, if they make it a reference, and where they end.
    fn second_bracket(
        &self,
        node: Node<'a>,
        opener: &Opener,
        close: usize,
    ) -> Option<(LinkKind, Span, usize)> {
        if self.is_followed_by_reference(node, close + 1) {
            return None;
        }
        let label = self.scan.label(close + 1)?;
        let end = label.end + 1;
        if label.is_empty() {
            let is_label = !opener.nested && self.is_label(opener.at, close);
            return is_label.then(|| (LinkKind::Collapsed, Span::from_range(opener.at + 1..close), end));
        }
        let is_blank = self.scan.space(label.start) >= label.end;
        (!is_blank).then(|| (LinkKind::Full, Span::from_range(label), end))
    }

    /// Whether the node after `node` is a link, an image or a footnote whose bracket is at `at`.
    fn is_followed_by_reference(&self, node: Node<'a>, at: usize) -> bool {
        let next = self.ast.node(node.index() + 1);
        self.scan.at(at) == b'['
            && next.is_some_and(|next| {
                matches!(next.kind(), NodeKind::Link | NodeKind::FootnoteReference)
                    && next.span().start as usize == at
            })
    }

    /// Whether what is between two brackets can be a label (CommonMark 0.31.2, section 6.3).
    fn is_label(&self, open: usize, close: usize) -> bool {
        let fits = self.scan.label(open).is_some_and(|label| label.end == close);
        fits && self.scan.at(open + 1) != b'^' && self.scan.space(open + 1) < close
    }

    /// Whether brackets are a reference to a footnote rather than a class of characters in a pattern, as in `[^a-z]`,
    /// `[^,]` or `[^x]+`.
    fn is_note(&self, open: usize, close: usize) -> bool {
        let label = self.scan.source[open + 1..close].strip_prefix('^').unwrap_or_default();
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
        let is_range = label.len() == 3 && label.as_bytes()[1] == b'-';
        let is_repeated = matches!(self.scan.at(close + 1), b'*' | b'+' | b'?' | b'{' | b']' | b'[' | b'(');
        let is_in_pattern =
            open > 0 && matches!(self.scan.at(open - 1), b'[' | b'(' | b'/' | b'^' | b'|' | b'\\');
        label.starts_with(char::is_alphanumeric)
            && label.chars().all(is_word)
            && !is_range
            && !is_repeated
            && !is_in_pattern
    }

    fn report(&mut self, kind: LinkKind, pair: &Pair, label: Span, end: usize) {
        if self.ast.definition(label.of(self.scan.source)).is_some() {
            return;
        }
        self.undefined.push(MissingDefinition {
            kind,
            is_image: pair.is_image,
            span: Span::from_range(pair.start()..end),
            text: pair.text(),
            label,
            is_in_link: !self.frames.is_empty(),
        });
    }

    /// `(text)[destination]`, whose second part begins at `at`; says whether it is one.
    ///
    /// On one line, the text without parentheses, the destination without brackets and no footnote, no parenthesis
    /// after, no backslash before either closing mark: as MD011 of markdownlint reads it.
    fn reversed(&mut self, at: usize) -> bool {
        if at == 0 || self.scan.at(at) != b'[' || self.scan.at(at - 1) != b')' {
            return false;
        }
        let slip = invalid_links::reversed(&self.scan, at, &mut self.line_stop);
        let Some(slip) = slip.filter(|slip| !self.is_in_literal(slip.span)) else { return false };
        self.resume = slip.span.end as usize;
        self.slips.push(slip);
        true
    }

    /// `(https://example.org)[text]`: the parser takes all of it for a URL, from the scheme on.
    fn reversed_address(&mut self, link: Span) {
        let mut at = link.start as usize;
        let end = (link.end as usize).min(self.scan.end);
        while let Some(next) =
            self.scan.bytes().get(at..end).and_then(|rest| memchr::memmem::find(rest, b")["))
        {
            at += next + 1;
            self.reversed(at);
        }
    }

    fn is_in_literal(&self, span: Span) -> bool {
        let literal = self.literal.get_or_init(|| {
            let kinds = [NodeKind::Code, NodeKind::HtmlInline];
            let mut spans: Vec<Span> =
                kinds.iter().flat_map(|&kind| self.ast.of(kind).map(Node::span)).collect();
            spans.sort_unstable();
            spans
        });
        let at = literal.partition_point(|literal| literal.end <= span.start);
        literal.get(at).is_some_and(|literal| literal.overlaps(span))
    }
}

/// A checkbox or the marker of an alert, which are not labels where nothing defines them.
fn is_box(text: &str) -> bool {
    matches!(text, "x" | "X") || text.starts_with('!')
}
