//! The parts of a page that a custom rule looks at.

use std::ops::Range;

use crate::{
    data::Value,
    document::Document,
    front_matter::KeyPath,
    markdown::{LinkKind, Node, NodeData, NodeKind},
    text::Span,
};

/// A part of pages. What is code, a formula or a template is in none of them but [`Scope::Raw`].
#[derive(Debug, Clone, PartialEq)]
pub enum Scope {
    /// The text of each paragraph, heading and table cell.
    Prose,
    /// The text of each paragraph.
    Paragraph,
    /// Each sentence.
    Sentence,
    /// The text of each heading, of one level or of all.
    Heading(Option<u8>),
    /// The text of each paragraph in a list.
    List,
    /// The text of each table cell.
    Table,
    /// The text of each paragraph in a block quote.
    Blockquote,
    /// The text of each link.
    Link,
    /// The text of each image.
    Alt,
    /// The values of a front matter key.
    FrontMatter(KeyPath),
    /// All text of the page.
    Page,
    /// The Markdown of the page, with its code and its markup.
    Raw,
}

/// The names of scopes in a config; those of front matter keys begin with [`FRONT_MATTER`].
pub const SCOPES: [&str; 11] = [
    "prose",
    "paragraph",
    "sentence",
    "heading",
    "list",
    "table",
    "blockquote",
    "link",
    "alt",
    "page",
    "raw",
];

/// What the name of a front matter key follows.
const FRONT_MATTER: &str = "front-matter.";

/// Takes the place of what is not text.
const OPAQUE: char = '\u{fffc}';

/// Tags whose text is not prose.
const CODE_TAGS: [&str; 7] = ["code", "kbd", "pre", "samp", "var", "script", "style"];

impl Scope {
    /// The scope of a name, such as `heading`, `heading.h2` or `front-matter.title`.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "prose" => Self::Prose,
            "paragraph" => Self::Paragraph,
            "sentence" => Self::Sentence,
            "heading" => Self::Heading(None),
            "list" => Self::List,
            "table" => Self::Table,
            "blockquote" => Self::Blockquote,
            "link" => Self::Link,
            "alt" => Self::Alt,
            "page" => Self::Page,
            "raw" => Self::Raw,
            _ => match (name.strip_prefix("heading.h"), name.strip_prefix(FRONT_MATTER)) {
                (Some(level), _) => {
                    Self::Heading(Some(level.parse().ok().filter(|it| (1..=6).contains(it))?))
                }
                (_, Some(key)) if !key.is_empty() => Self::FrontMatter(KeyPath::new(key)),
                _ => return None,
            },
        })
    }

    /// The parts of a page, in source order.
    pub(super) fn units(&self, doc: &Document) -> Vec<Unit> {
        match self {
            Self::Raw => vec![Unit::raw(doc)],
            Self::FrontMatter(key) => values(doc, key),
            Self::Link | Self::Alt => {
                let (kind, noun) = match self {
                    Self::Link => (NodeKind::Link, "link text"),
                    _ => (NodeKind::Image, "alt text"),
                };
                let is_text = |node: &Node<'_>| match node.data() {
                    NodeData::Link(link) => !matches!(link.kind, LinkKind::Bare | LinkKind::Autolink),
                    _ => true,
                };
                doc.ast.of(kind).filter(is_text).map(|node| Unit::of(doc, node, noun)).collect()
            }
            Self::Sentence => self.blocks(doc).flat_map(Unit::sentences).collect(),
            Self::Page => {
                let mut page = Unit { text: String::new(), places: vec![], noun: "page" };
                self.blocks(doc).for_each(|unit| page.append(unit));
                if page.places.is_empty() { vec![] } else { vec![page] }
            }
            _ => self.blocks(doc).collect(),
        }
    }

    /// The blocks of text that the scope is made of.
    fn blocks(&self, doc: &Document) -> impl Iterator<Item = Unit> {
        let is_meant = |node: &Node<'_>| {
            let kind = node.kind();
            let inside = |kind| node.ancestors().any(|above| above.kind() == kind);
            match self {
                Self::Heading(level) => match node.data() {
                    NodeData::Heading(heading) => level.is_none_or(|level| heading.level == level),
                    _ => false,
                },
                Self::Table => kind == NodeKind::TableCell,
                Self::List => kind == NodeKind::Paragraph && inside(NodeKind::Item),
                Self::Blockquote => kind == NodeKind::Paragraph && inside(NodeKind::BlockQuote),
                Self::Paragraph => kind == NodeKind::Paragraph,
                _ => matches!(kind, NodeKind::Paragraph | NodeKind::Heading | NodeKind::TableCell),
            }
        };
        let noun = |node: &Node<'_>| match node.kind() {
            NodeKind::Heading => "heading",
            NodeKind::TableCell => "table cell",
            _ => "paragraph",
        };
        doc.ast.nodes().filter(is_meant).map(move |node| Unit::of(doc, node, noun(&node)))
    }
}

/// The values of a front matter key that are texts.
fn values(doc: &Document, key: &KeyPath) -> Vec<Unit> {
    let root = doc.front_matter.as_ref().and_then(|front_matter| front_matter.tree.root.as_ref());
    let nodes = root.into_iter().flat_map(|root| key.find_all(root));
    let items = nodes.flat_map(crate::data::Node::self_or_items);
    let texts = items.filter(|node| matches!(node.value, Value::Scalar(_)) && !node.is_alias(&doc.source));
    texts.map(|node| Unit::slice(doc, node.span, "value")).collect()
}

/// A text of a page, and where its parts are in the file.
pub(super) struct Unit {
    /// The text: without markup, on one line, with a character of its own for what is not text.
    pub text: String,
    /// Bytes in the text and in the file, for every piece that is in both, with its length; ascending.
    places: Vec<(usize, Span)>,
    /// What it is called.
    pub noun: &'static str,
}

impl Unit {
    fn slice(doc: &Document, span: Span, noun: &'static str) -> Self {
        Self { text: doc.slice(span).to_owned(), places: vec![(0, span)], noun }
    }

    /// The Markdown of a page.
    fn raw(doc: &Document) -> Self {
        let start =
            doc.front_matter.as_ref().map_or(0, |it| it.closing.map_or(it.block.end, |line| line.end));
        Self::slice(doc, Span::new(start, doc.source.len() as u32), "page")
    }

    /// The text of a block, a link or an image.
    fn of(doc: &Document, block: Node<'_>, noun: &'static str) -> Self {
        let mut unit = Self { text: String::new(), places: vec![], noun };
        let (mut hidden, mut in_code) = (0, 0_u32);
        for node in block.descendants() {
            let span = node.span();
            if span.start < hidden {
                continue;
            }
            match (node.kind(), node.data()) {
                (NodeKind::Text, _) if in_code == 0 => unit.push(doc, span),
                (NodeKind::SoftBreak | NodeKind::HardBreak, _) => unit.text.push(' '),
                (NodeKind::HtmlInline, _) => match code_tag(doc.slice(span)) {
                    Some(Tag::Begin) => in_code += 1,
                    Some(Tag::End) => in_code = in_code.saturating_sub(1),
                    None => {}
                },
                (NodeKind::Code | NodeKind::Island | NodeKind::Image | NodeKind::FootnoteReference, _) => {
                    unit.text.push(OPAQUE);
                    hidden = span.end;
                }
                (_, NodeData::Link(link)) if matches!(link.kind, LinkKind::Bare | LinkKind::Autolink) => {
                    unit.text.push(OPAQUE);
                    hidden = span.end;
                }
                _ => {}
            }
        }
        unit
    }

    fn push(&mut self, doc: &Document, span: Span) {
        self.places.push((self.text.len(), span));
        self.text.push_str(doc.slice(span));
    }

    fn append(&mut self, other: Self) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let shift = self.text.len();
        self.text.push_str(&other.text);
        self.places.extend(other.places.into_iter().map(|(at, span)| (at + shift, span)));
    }

    /// The sentences of a text. One ends with a full stop, a question mark or an exclamation mark before a space.
    fn sentences(self) -> Vec<Self> {
        let mut ends: Vec<usize> = Vec::new();
        let mut rest = self.text.char_indices().peekable();
        while let Some((_, ch)) = rest.next() {
            if let Some(&(next, ' ')) = rest.peek().filter(|_| matches!(ch, '.' | '!' | '?')) {
                ends.push(next);
            }
        }
        ends.push(self.text.len());
        let mut start = 0;
        let mut sentences = Vec::new();
        for end in ends {
            let piece = self.part(start..end);
            start = end;
            if !piece.places.is_empty() {
                sentences.push(piece);
            }
        }
        sentences
    }

    /// A part of it.
    fn part(&self, range: Range<usize>) -> Self {
        let first = self.places.partition_point(|&(at, span)| at + span.len() as usize <= range.start);
        let places = self.places[first..].iter().take_while(|(at, _)| *at < range.end);
        let inside = places.filter_map(|&(at, span)| {
            let (from, to) = (at.max(range.start), (at + span.len() as usize).min(range.end));
            let place = |offset: usize| span.start + (offset - at) as u32;
            (from < to).then(|| (from - range.start, Span::new(place(from), place(to))))
        });
        Self { text: self.text[range.clone()].to_owned(), places: inside.collect(), noun: "sentence" }
    }

    /// The bytes of the file that a part of the text is made of.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        let first = self.places.partition_point(|&(at, span)| at + span.len() as usize <= range.start);
        let last = self.places.partition_point(|&(at, _)| at < range.end).saturating_sub(1);
        let Some((&(at, start), &(end_at, end))) = self.places.get(first).zip(self.places.get(last)) else {
            return self.whole();
        };
        let from = start.start + range.start.saturating_sub(at) as u32;
        let to = (end.start + range.end.saturating_sub(end_at) as u32).min(end.end);
        Span::new(from.min(to), to)
    }

    /// All of it, from its first character to its last.
    pub(super) fn whole(&self) -> Span {
        match (self.places.first(), self.places.last()) {
            (Some((_, first)), Some((_, last))) => first.join(*last),
            _ => Span::empty(0),
        }
    }
}

enum Tag {
    Begin,
    End,
}

/// What an inline tag does, if its text is code.
fn code_tag(tag: &str) -> Option<Tag> {
    let inner = tag.strip_prefix('<')?;
    let (kind, name) = inner.strip_prefix('/').map_or((Tag::Begin, inner), |name| (Tag::End, name));
    let end = name.find(|ch: char| !ch.is_ascii_alphanumeric()).unwrap_or(name.len());
    CODE_TAGS.iter().any(|code| code.eq_ignore_ascii_case(&name[..end])).then_some(kind)
}
