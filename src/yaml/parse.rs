//! From the parser's events to the tree.

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, StructureStyle};

use super::error::{Scene, SyntaxErrorKind, explain};
use super::source::Excerpt;
use super::{
    Entry, Format, MAX_COPIED, MAX_DEPTH, Mapping, Meaning, Node, Scalar, Style, SyntaxError, Tree, Value,
    scalar,
};
use crate::text::Span;

/// Reads YAML. At most one error: the parser cannot go on after it.
pub(super) fn parse(source: &str, span: Span) -> Tree {
    let excerpt = Excerpt::new(source, span);
    let mut builder = Builder::new(excerpt);
    let errors = builder.run().err().into_iter().collect();
    Tree { format: Format::Yaml, root: builder.finish(), comments: builder.comments, errors }
}

type Properties<'s> = Option<Cow<'s, granit_parser::Tag>>;

struct Builder<'s> {
    excerpt: Excerpt<'s>,
    /// Collections that are still open, outermost first.
    open: Vec<Frame>,
    root: Option<Node>,
    documents: u32,
    comments: Vec<Span>,
    anchors: HashMap<usize, Anchored>,
    /// Whether the text may hold aliases, so that anchored values are worth keeping.
    has_aliases: bool,
    /// Bytes of memory in copies for aliases.
    copied: usize,
    /// End of the last token that became a node or opened a collection.
    cursor: usize,
}

/// A collection that is still open.
pub(super) struct Frame {
    pub(super) start: usize,
    pub(super) style: StructureStyle,
    pub(super) content: Content,
    tag: Option<Box<str>>,
    anchor: usize,
}

pub(super) enum Content {
    Sequence(Vec<Node>),
    /// The entries so far, and the key that waits for its value.
    Mapping(Vec<Entry>, Option<Node>),
}

/// An anchored value, kept for its aliases.
enum Anchored {
    Kept { node: Node, size: usize, height: usize },
    TooLarge,
}

impl<'s> Builder<'s> {
    fn new(excerpt: Excerpt<'s>) -> Self {
        Self {
            excerpt,
            open: Vec::new(),
            root: None,
            documents: 0,
            comments: Vec::new(),
            anchors: HashMap::new(),
            has_aliases: excerpt.text.contains('*'),
            copied: 0,
            cursor: 0,
        }
    }

    fn run(&mut self) -> Result<(), SyntaxError> {
        let options = granit_parser::options! {
            // A header of any length is a legitimate comment, and the parser buffers what it may.
            max_buffered_comment_events: usize::MAX,
        };
        for event in Parser::new_from_str_with_options(self.excerpt.text, options) {
            match event {
                Ok((event, span)) => {
                    let range = span.byte_range().unwrap_or(self.cursor..self.cursor);
                    let range = self.excerpt.boundary(range.start)..self.excerpt.boundary(range.end);
                    self.event(event, range.start, range.end.max(range.start))?;
                }
                Err(error) => {
                    let at = self.excerpt.boundary(error.marker().byte_offset().unwrap_or(self.cursor));
                    return Err(explain(error.kind(), at, &self.scene()));
                }
            }
        }
        Ok(())
    }

    fn scene(&self) -> Scene<'_> {
        Scene { excerpt: self.excerpt, open: &self.open, root: self.root.as_ref(), cursor: self.cursor }
    }

    fn event(&mut self, event: Event<'s>, start: usize, end: usize) -> Result<(), SyntaxError> {
        match event {
            Event::Comment(..) => self.comments.push(self.excerpt.span(start, end)),
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(SyntaxErrorKind::SeveralDocuments.at(self.excerpt.span(start, end)));
                }
            }
            Event::Scalar(text, style, anchor, tag) => self.scalar(&text, style, anchor, tag, start, end)?,
            Event::Alias(id) => self.alias(id, start, end)?,
            Event::SequenceStart(style, anchor, tag) => {
                let start = self.sequence_start(style, start);
                self.open(Content::Sequence(Vec::new()), style, anchor, tag, start, end)?;
            }
            Event::MappingStart(style, anchor, tag) => {
                self.open(Content::Mapping(Vec::new(), None), style, anchor, tag, start, end)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(start, end),
            _ => {}
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Properties<'s>,
        start: usize,
        end: usize,
    ) -> Result<(), SyntaxError> {
        let tag = tag.map(|tag| tag_text(&tag));
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::SingleQuoted,
            ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
            ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
        };
        let (mut start, mut end) = (start, end);
        let empty = style == Style::Plain && start == end;
        if empty && anchor == 0 && tag.is_none() {
            start = self.empty_at(start);
            end = start;
        } else if style == Style::Block {
            (start, end) = self.block_scalar(start, end);
        }
        let text = if empty { "" } else { text };
        let meaning = match tag.as_deref() {
            Some(tag) => scalar::tagged(text, tag, style != Style::Plain).unwrap_or(Meaning::String),
            None if style == Style::Plain => scalar::plain(text),
            None => Meaning::String,
        };
        let value = Value::Scalar(Scalar { text: text.into(), style, meaning });
        let node = Node { span: self.excerpt.span(start, end), tag, value };
        self.cursor = end;
        self.keep(anchor, &node);
        self.place(node);
        Ok(())
    }

    /// Right behind the colon or dash that announces an empty value; the parser places it anywhere before the next token.
    fn empty_at(&self, at: usize) -> usize {
        let indicator = match self.open.last().map(|frame| &frame.content) {
            Some(Content::Sequence(_)) => b'-',
            Some(Content::Mapping(_, Some(_))) => b':',
            Some(Content::Mapping(_, None)) | None => return at,
        };
        let announced = self.excerpt.skip_trivia(self.cursor);
        if self.excerpt.byte(announced) == Some(indicator) { announced + 1 } else { at }
    }

    /// A block scalar from its `|` or `>` to the end of its last line that is not blank.
    fn block_scalar(&self, start: usize, end: usize) -> (usize, usize) {
        let mut header = self.cursor;
        loop {
            header = self.excerpt.skip_properties(header);
            match self.excerpt.byte(header) {
                Some(b'|' | b'>') if header < start => break,
                Some(b':' | b'-' | b'?') if header < start => header += 1,
                _ => return (start, end),
            }
        }
        let indicators = &self.excerpt.text.as_bytes()[header + 1..];
        let indicators =
            indicators.iter().take_while(|byte| byte.is_ascii_digit() || b"+-".contains(byte)).count();
        let content = self.excerpt.text[..end].trim_end_matches([' ', '\t', '\n', '\r']).len();
        let content = if content > start { self.excerpt.line_end(content).min(end) } else { 0 };
        (header, content.max(header + 1 + indicators))
    }

    /// A block sequence begins at its first dash. For one that is not indented below its key, the parser
    /// names the token behind the dash.
    fn sequence_start(&self, style: StructureStyle, start: usize) -> usize {
        if style == StructureStyle::Flow || self.excerpt.byte(start) == Some(b'-') {
            return start;
        }
        let mut dash = self.cursor;
        loop {
            dash = self.excerpt.skip_properties(dash);
            match self.excerpt.byte(dash) {
                Some(b'-') if dash <= start => return dash,
                Some(b':' | b'?') if dash < start => dash += 1,
                _ => return start,
            }
        }
    }

    fn open(
        &mut self,
        content: Content,
        style: StructureStyle,
        anchor: usize,
        tag: Properties<'s>,
        start: usize,
        end: usize,
    ) -> Result<(), SyntaxError> {
        if self.open.len() >= MAX_DEPTH {
            return Err(SyntaxErrorKind::TooDeep.at(self.excerpt.span(start, end.max(start))));
        }
        if style == StructureStyle::Flow || matches!(content, Content::Sequence(_)) {
            self.cursor = if style == StructureStyle::Flow { end.max(start) } else { start };
        }
        self.open.push(Frame { start, style, content, tag: tag.map(|tag| tag_text(&tag)), anchor });
        Ok(())
    }

    /// Closes the innermost collection. A flow collection ends behind its bracket, any other with its last child:
    /// its end event lies at the next token.
    fn close(&mut self, start: usize, end: usize) {
        let Some(frame) = self.open.pop() else { return };
        let bracket = if end > start && frame.style == StructureStyle::Flow { end } else { 0 };
        let anchor = frame.anchor;
        let node = frame.into_node(self.excerpt, bracket);
        self.cursor = self.cursor.max(bracket);
        self.keep(anchor, &node);
        self.place(node);
    }

    fn alias(&mut self, id: usize, start: usize, end: usize) -> Result<(), SyntaxError> {
        let span = self.excerpt.span(start, end);
        let node = match self.anchors.get(&id) {
            None => return Err(SyntaxErrorKind::AliasCycle.at(span)),
            Some(Anchored::Kept { node, size, height }) => {
                if self.open.len() + height > MAX_DEPTH {
                    return Err(SyntaxErrorKind::TooDeep.at(span));
                }
                if self.copied + size > MAX_COPIED {
                    return Err(SyntaxErrorKind::TooLarge.at(span));
                }
                self.copied += size;
                Node { span, ..node.clone() }
            }
            Some(Anchored::TooLarge) => return Err(SyntaxErrorKind::TooLarge.at(span)),
        };
        self.cursor = end;
        self.place(node);
        Ok(())
    }

    /// Keeps a copy of an anchored value for its aliases.
    fn keep(&mut self, anchor: usize, node: &Node) {
        if anchor == 0 || !self.has_aliases {
            return;
        }
        let (size, height) = measure(node);
        let anchored = if self.copied + size > MAX_COPIED {
            Anchored::TooLarge
        } else {
            self.copied += size;
            Anchored::Kept { node: node.clone(), size, height }
        };
        self.anchors.insert(anchor, anchored);
    }

    /// Puts a finished node where it belongs.
    fn place(&mut self, node: Node) {
        match self.open.last_mut().map(|frame| &mut frame.content) {
            None => self.root = Some(node),
            Some(Content::Sequence(items)) => items.push(node),
            Some(Content::Mapping(entries, key)) => match key.take() {
                Some(key) => entries.push(Entry { key, value: node }),
                None => *key = Some(node),
            },
        }
    }

    /// The root, with the collections that an error left open closed where they stand.
    fn finish(&mut self) -> Option<Node> {
        while !self.open.is_empty() {
            self.close(0, 0);
        }
        self.root.take()
    }
}

impl Frame {
    fn into_node(self, excerpt: Excerpt<'_>, bracket: usize) -> Node {
        let start = excerpt.span(self.start, self.start).start;
        let (value, last) = match self.content {
            Content::Sequence(items) => {
                let last = items.last().map(|item| item.span.end);
                (Value::Sequence(items), last)
            }
            Content::Mapping(entries, _) => {
                let last = entries.last().map(|entry| entry.value.span.end.max(entry.key.span.end));
                (Value::Mapping(Mapping { entries }), last)
            }
        };
        let end = excerpt.span(bracket, bracket).start.max(last.unwrap_or(0)).max(start);
        Node { span: Span::new(start, end), tag: self.tag, value }
    }
}

/// A tag in one spelling, whatever shorthand the text declares for it.
fn tag_text(tag: &granit_parser::Tag) -> Box<str> {
    let resolved = tag.to_string();
    let text = match resolved.strip_prefix("tag:yaml.org,2002:") {
        Some(own) => format!("!!{own}"),
        None if resolved.starts_with('!') => resolved,
        None => format!("!<{resolved}>"),
    };
    text.into()
}

/// Bytes of memory that a copy takes, and the levels of collections in the node.
fn measure(node: &Node) -> (usize, usize) {
    let own = size_of::<Node>() + node.tag.as_ref().map_or(0, |tag| tag.len());
    let (children, deepest) = match &node.value {
        Value::Scalar(scalar) => return (own + scalar.text.len(), 0),
        Value::Sequence(items) => sum(items.iter()),
        Value::Mapping(mapping) => sum(mapping.entries.iter().flat_map(|entry| [&entry.key, &entry.value])),
    };
    (own + children, deepest + 1)
}

fn sum<'n>(nodes: impl Iterator<Item = &'n Node>) -> (usize, usize) {
    nodes.map(measure).fold((0, 0), |(size, height), (more, other)| (size + more, height.max(other)))
}
