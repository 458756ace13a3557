//! What a page has beyond Markdown, by its place.

use std::borrow::Cow;

use super::super::{
    ast::{Ast, Node},
    node_kind::NodeKind,
};
use crate::text::Span;

/// A range of the file that is not Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Island {
    /// Its bytes, delimiters included.
    pub span: Span,
    /// What it is.
    pub kind: IslandKind,
    /// Whether it has its lines for itself, or shares them with other islands alone. Then it is in no paragraph.
    pub is_block: bool,
}

/// What an island is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum IslandKind {
    /// A tag of a template, which may show anything or nothing.
    Tag,
    /// A value that a template shows: text.
    Output,
    /// The same, filled in after the Markdown is read, so that its spaces count.
    Interpolation,
    /// What is not shown.
    Comment,
    /// A block of a template with content that is not Markdown, such as code.
    Verbatim,
    /// A formula.
    Math,
    /// An `import` or `export` of MDX.
    Module,
    /// An expression of MDX.
    Expression,
    /// A tag of MDX.
    Element,
    /// A line that takes in another file.
    Snippet,
    /// A line that opens or closes a container.
    Fence,
    /// A list of attributes.
    Attributes,
    /// `[!NOTE]` at the start of a block quote that the parser does not take for an alert.
    AlertMarker,
    /// `[[page]]`, `![[file]]`, or `[[page|` before the text that readers see.
    Wikilink,
    /// `]]` after such a text.
    WikilinkEnd,
    /// Markup, or its indentation, that the engine reads differently from CommonMark.
    Literal,
}

impl IslandKind {
    /// Whether readers see it as a part of the text.
    pub(super) const fn is_text(self) -> bool {
        matches!(
            self,
            Self::Output | Self::Interpolation | Self::AlertMarker | Self::Wikilink | Self::WikilinkEnd
        )
    }
}

impl Island {
    pub(super) fn new(start: usize, end: usize, kind: IslandKind) -> Self {
        Self { span: Span::from_range(start..end), kind, is_block: false }
    }
}

/// The first line of a container. If its body is indented, it is masked as the first line of a list item of the same
/// length, so that the parser reads the body as it reads that of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Head {
    /// The line without the whitespace around it.
    pub span: Span,
    /// Its title, without quotes.
    pub title: Option<Span>,
    pub(super) form: MaskForm,
}

impl Head {
    /// Whether it is a line of colons.
    pub fn is_fenced(&self) -> bool {
        self.form == MaskForm::Title
    }

    /// Whether it is the `:` of a definition.
    pub fn is_definition(&self) -> bool {
        self.form == MaskForm::Bullet
    }

    /// The title, if it is not a text block in the tree.
    pub fn plain_title(&self) -> Option<Span> {
        self.title.filter(|_| !matches!(self.form, MaskForm::Heading | MaskForm::Title))
    }
}

/// How a head is masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) enum MaskForm {
    /// As an item with an empty heading, its text so many columns after its start.
    Empty(u8),
    /// As an item with the title as a heading.
    Heading,
    /// As a heading with the title: its body is not indented.
    Title,
    /// As an item with the text that follows.
    Bullet,
    /// As an item that is not there: its line is indented where that means nothing.
    Indent,
}

/// ASCII text that the parser reads in place of as many bytes of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Patch {
    pub(super) at: u32,
    pub(super) text: &'static str,
}

impl Patch {
    /// Writes it over a text, and letters over what it leaves of characters.
    pub(super) fn apply(self, bytes: &mut [u8]) {
        let is_rest = |byte: u8| byte & 0b1100_0000 == 0b1000_0000;
        let (start, end) = (self.at as usize, self.at as usize + self.text.len());
        let mut before = start;
        while is_rest(bytes[before]) {
            before -= 1;
        }
        let rest = bytes[end..].iter().take_while(|byte| is_rest(**byte)).count();
        bytes[before..start].fill(b'x');
        bytes[end..end + rest].fill(b'x');
        bytes[start..end].copy_from_slice(self.text.as_bytes());
    }
}

/// Whether something is a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct IsComment(pub(in super::super) bool);

/// What a page has beyond Markdown, and the text without it.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Overlay {
    /// Only needed to parse the page.
    #[serde(skip)]
    pub(super) text: Box<str>,
    /// What the parser reads in another way than `text`. Only needed to parse the page.
    #[serde(skip)]
    pub(super) patches: Box<[Patch]>,
    pub(super) islands: Box<[Island]>,
    pub(super) heads: Box<[Head]>,
    /// The containers between lines of colons, in the order of their ends. Only needed while the page is parsed.
    #[serde(skip)]
    pub(super) containers: Box<[Span]>,
    /// What is read as text and spared by fixes, in source order.
    pub(super) guarded: Box<[Island]>,
}

impl Overlay {
    /// The text as the parser reads it: of the length of the file, with the same line breaks.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text for the parser, which takes some blocks of HTML for others.
    pub(in super::super) fn patched_text(&self) -> Cow<'_, str> {
        if self.patches.is_empty() {
            return Cow::Borrowed(&self.text);
        }
        let mut bytes = self.text.as_bytes().to_vec();
        for patch in &self.patches {
            patch.apply(&mut bytes);
        }
        Cow::Owned(String::from_utf8(bytes).expect("whole characters are replaced by ASCII"))
    }

    /// What is not Markdown, in source order and without overlaps.
    pub fn islands(&self) -> &[Island] {
        &self.islands
    }

    /// The first lines of containers, in source order.
    pub fn heads(&self) -> &[Head] {
        &self.heads
    }

    /// Whether the page has a definition list. The terms have ids in mdBook.
    pub(in super::super) fn has_definition_list(&self, source: &str) -> bool {
        self.heads.iter().any(|head| head.span.of(source) == ":")
    }

    /// The lists of attributes on separate lines, and those at the end of the first lines of containers.
    pub(in super::super) fn attribute_lists<'a>(
        &'a self,
        source: &'a str,
    ) -> impl Iterator<Item = Span> + 'a {
        let lists = self.islands.iter().filter(|island| island.kind == IslandKind::Attributes);
        let fences = self.islands.iter().filter(|island| island.kind == IslandKind::Fence);
        let lines = fences.map(|island| island.span).chain(self.heads.iter().map(|head| head.span));
        let at_ends = lines.filter_map(|line| {
            let text = line.of(source);
            let open = text.ends_with('}').then(|| text.rfind('{')).flatten()?;
            Some(Span::new(line.start + open as u32, line.end))
        });
        lists.map(|island| island.span).chain(at_ends)
    }

    /// The head that begins at a place.
    pub fn head_at(&self, at: u32) -> Option<&Head> {
        let index = self.heads.binary_search_by_key(&at, |head| head.span.start).ok()?;
        self.heads.get(index)
    }

    /// The island that shares a byte with a span, the first if there are several.
    pub fn island_at(&self, span: Span) -> Option<&Island> {
        let next = self.islands.partition_point(|island| island.span.end <= span.start);
        self.islands.get(next).filter(|island| island.span.start < span.end)
    }

    /// The head that shares a byte with a span, unless the span is in the title.
    pub fn head_outside_title(&self, span: Span) -> Option<&Head> {
        let next = self.heads.partition_point(|head| head.span.end <= span.start);
        let head = self.heads.get(next).filter(|head| head.span.start < span.end)?;
        (!head.title.is_some_and(|title| title.contains(span))).then_some(head)
    }

    /// Whether a change of a span, which may be empty, changes something that is not Markdown.
    pub fn is_touched_by(&self, span: Span) -> bool {
        let head = self.heads.get(self.heads.partition_point(|head| head.span.end <= span.start));
        let is_held = |island: Option<&Island>| island.is_some_and(|it| it.kind != IslandKind::Literal);
        is_held(changed(&self.islands, span))
            || is_held(changed(&self.guarded, span))
            || head.is_some_and(|head| {
                holds(head.span, span) && !head.title.is_some_and(|title| title.contains(span))
            })
    }

    /// Whether a change of a span changes markup that the engine reads differently from CommonMark.
    pub fn is_literal_changed_by(&self, span: Span) -> bool {
        let is_literal = |island: Option<&Island>| island.is_some_and(|it| it.kind == IslandKind::Literal);
        // What is put in after it changes what a line break or an indentation means.
        let next = self.guarded.partition_point(|island| island.span.end <= span.start);
        let before = self.guarded[..next].last().filter(|it| it.span.end == span.start && span.is_empty());
        is_literal(changed(&self.guarded, span)) || is_literal(before)
    }

    /// What no fix may change, in order, and which of it are comments.
    pub(in super::super) fn spared_texts(&self, source: &str) -> Vec<(IsComment, Box<str>)> {
        let islands = self.islands.iter().chain(&self.guarded);
        let islands = islands
            .map(|island| (IsComment(island.kind == IslandKind::Comment), island.span.of(source).into()));
        let heads = self.heads.iter().flat_map(|head| {
            let title = head.title.unwrap_or(Span::empty(head.span.end));
            [Span::new(head.span.start, title.start), Span::new(title.end, head.span.end)]
        });
        islands.chain(heads.map(|part| (IsComment(false), part.of(source).into()))).collect()
    }
}

/// Whether a change of a span, which may be empty, changes something: what is put in between two of its bytes does, too.
const fn holds(it: Span, span: Span) -> bool {
    it.start < span.end && span.start < it.end
}

/// The first of some islands that a change of a span changes.
fn changed(islands: &[Island], span: Span) -> Option<&Island> {
    let next = islands.partition_point(|island| island.span.end <= span.start);
    islands.get(next).filter(|island| holds(island.span, span))
}

impl Ast {
    /// What the page has beyond Markdown, if anything.
    pub fn overlay(&self) -> Option<&Overlay> {
        self.overlay.as_deref()
    }

    /// What the page has beyond Markdown, for one who keeps nothing else of the tree. The text is not kept.
    pub fn take_overlay(&mut self) -> Option<Box<Overlay>> {
        let mut overlay = self.overlay.take()?;
        overlay.text = Box::default();
        overlay.patches = Box::default();
        Some(overlay)
    }

    /// The containers of the dialect, from their first lines to their ends, in no order. Those whose body is indented are
    /// nodes as well.
    pub fn dialect_containers(&self) -> impl Iterator<Item = Span> {
        let between_colons = self.overlay().map_or(&[][..], |overlay| &overlay.containers);
        between_colons.iter().copied().chain(self.of(NodeKind::Container).map(Node::span))
    }

    /// Whether the page has tags of a template that may open and close elements, or hide a part of the page, such as
    /// `{% if x %}`.
    pub fn has_template_tags(&self, source: &str) -> bool {
        let islands = self.overlay().map_or(&[][..], Overlay::islands);
        islands.iter().any(|it| it.kind == IslandKind::Tag && it.span.of(source).starts_with("{%"))
    }

    /// The text as the parser read it: that of the file, of the same length, with what is not Markdown masked.
    pub fn text<'s>(&'s self, source: &'s str) -> &'s str {
        self.overlay().map_or(source, Overlay::text)
    }
}

impl<'a> Node<'a> {
    /// What the page has beyond Markdown, if anything.
    pub(in super::super) fn overlay(self) -> Option<&'a Overlay> {
        self.ast.overlay()
    }
}
