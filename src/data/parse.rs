//! From the parser's events to the tree.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, StructureStyle};

use super::error::SyntaxErrorKind;
use super::explain::{explain, is_about_tabs};
use super::frame::{Frame, FrameContent};
use super::scene::Scene;
use super::source::SourceSlice;
use super::stop::Stop;
use super::{
    Entry, MAX_COPIED, MAX_DEPTH, Meaning, Node, Scalar, ScalarNotation, SyntaxError, Unindented, Value,
    scalar,
};
use crate::text::Span;

/// Values, keys and collections that a text of any length may have.
const MAX_VALUES: usize = 100_000;

/// Bytes of a longer text for each of them: one takes up to 250 bytes while it is read.
const BYTES_PER_VALUE: usize = 4;

/// What may be before a value: an anchor's number, 0 for none, and a tag.
type Properties<'s> = (usize, Option<Cow<'s, granit_parser::Tag>>);

pub(super) struct TreeBuilder<'s> {
    excerpt: SourceSlice<'s>,
    /// Collections that are still open, outermost first.
    open: Vec<Frame>,
    root: Option<Node>,
    documents: u32,
    pub(super) comments: Vec<Span>,
    /// Bracketed values that are not indented.
    pub(super) unindented: Vec<Unindented>,
    anchors: HashMap<usize, Anchored>,
    /// Whether the text may hold aliases, so that anchored values are worth keeping.
    has_aliases: bool,
    /// Bytes of memory in copies for aliases.
    copied: usize,
    /// Values, keys and collections so far.
    values: usize,
    /// End of the last token that became a node or opened a collection.
    cursor: usize,
}

/// An anchored value, kept for its aliases.
enum Anchored {
    Kept { node: Node, size: usize, height: usize },
    TooLarge,
}

impl<'s> TreeBuilder<'s> {
    pub(super) fn new(excerpt: SourceSlice<'s>) -> Self {
        Self {
            excerpt,
            open: Vec::new(),
            root: None,
            documents: 0,
            comments: Vec::new(),
            unindented: Vec::new(),
            anchors: HashMap::new(),
            has_aliases: excerpt.text.contains('*'),
            copied: 0,
            values: 0,
            cursor: 0,
        }
    }

    pub(super) fn run(&mut self) -> Result<(), Stop> {
        let options = granit_parser::options! {
            // A header of any length is a legitimate comment, and the parser buffers what it may.
            max_buffered_comment_events: usize::MAX,
        };
        for event in Parser::new_from_str_with_options(self.excerpt.text, options) {
            match event {
                Ok((event, span)) => {
                    let range = span.byte_range().unwrap_or(self.cursor..self.cursor);
                    let range = self.excerpt.boundary(range.start)..self.excerpt.boundary(range.end);
                    self.event(event, range)?;
                }
                Err(error) => {
                    let at = self.excerpt.boundary(error.marker().byte_offset().unwrap_or(self.cursor));
                    let told = explain(error.kind(), at, &self.scene());
                    let bracket = self.outermost_bracket(at).filter(|_| is_about_tabs(error.kind()));
                    if let Some(bracket) = bracket {
                        return Err(Stop::Tab { bracket, indent: self.least_indent(), error: told });
                    }
                    return Err(match (error.kind(), self.scene().opening_quote(at)) {
                        (ErrorKind::FlowMappingValueAdjacentCollection, _) => {
                            Stop::AdjacentColon { colon: at, error: told }
                        }
                        (ErrorKind::InvalidQuotedScalarIndent, Some(quote)) => {
                            Stop::Unindented { quote, indent: self.least_indent(), error: told }
                        }
                        _ => Stop::Error(told),
                    });
                }
            }
        }
        Ok(())
    }

    /// The bracket of the outermost bracketed value around `at`; the parser may not have told of it yet.
    pub(super) fn outermost_bracket(&self, at: usize) -> Option<usize> {
        let open = self.open.iter().find(|frame| frame.style == StructureStyle::Flow);
        open.map(|frame| frame.start).or_else(|| self.indicator(b"[{", at))
    }

    /// The spaces that have to be before each line of a value in the innermost block.
    fn least_indent(&self) -> usize {
        let block = self.open.iter().rev().find(|frame| frame.style != StructureStyle::Flow);
        block.map_or(0, |block| block.start - self.excerpt.line_start(block.start) + 1)
    }

    fn scene(&self) -> Scene<'_> {
        Scene { excerpt: self.excerpt, open: &self.open, root: self.root.as_ref(), cursor: self.cursor }
    }

    fn event(&mut self, event: Event<'s>, range: Range<usize>) -> Result<(), SyntaxError> {
        match event {
            Event::Comment(..) => self.comments.push(self.excerpt.span(range)),
            Event::DocumentStart(explicit, _) => {
                self.documents += 1;
                if explicit {
                    self.cursor = range.end;
                }
                if self.documents > 1 {
                    return Err(SyntaxErrorKind::SeveralDocuments.at(self.excerpt.span(range)));
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.count(&range)?;
                self.scalar(&text, style, (anchor, tag), range);
            }
            Event::Alias(id) => self.alias(id, range)?,
            Event::SequenceStart(style, anchor, tag) => {
                let start = self.sequence_start(style, range.start);
                self.open(FrameContent::Sequence(Vec::new()), style, (anchor, tag), start..range.end)?;
            }
            Event::MappingStart(style, anchor, tag) => {
                self.open(FrameContent::Mapping(Vec::new(), None), style, (anchor, tag), range)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range),
            _ => {}
        }
        Ok(())
    }

    /// Counts a value, and refuses more than are likely in a text of this length.
    fn count(&mut self, range: &Range<usize>) -> Result<(), SyntaxError> {
        self.values += 1;
        if self.values > MAX_VALUES.max(self.excerpt.text.len() / BYTES_PER_VALUE) {
            let end = self.excerpt.boundary(range.start + 1).max(range.end);
            return Err(SyntaxErrorKind::TooManyValues.at(self.excerpt.span(range.start..end)));
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        (anchor, tag): Properties<'s>,
        mut range: Range<usize>,
    ) {
        let tag = tag.map(|tag| tag_text(&tag));
        let style = match style {
            ScalarStyle::Plain => ScalarNotation::Plain,
            ScalarStyle::SingleQuoted => ScalarNotation::SingleQuoted,
            ScalarStyle::DoubleQuoted => ScalarNotation::DoubleQuoted,
            ScalarStyle::Literal | ScalarStyle::Folded => ScalarNotation::Block,
        };
        let empty = style == ScalarNotation::Plain && range.is_empty();
        if empty && anchor == 0 && tag.is_none() {
            let at = self.empty_at(range.start);
            range = at..at;
        } else if style == ScalarNotation::Block {
            range = self.block_scalar(range);
        }
        let text = match style {
            // The parser names an empty value "~",
            ScalarNotation::Plain if empty => "",
            // and ends the last line of a block scalar even where the file does not.
            ScalarNotation::Block if self.excerpt.is_unfinished_line(range.end) => {
                text.strip_suffix('\n').unwrap_or(text)
            }
            _ => text,
        };
        let meaning = match tag.as_deref() {
            Some(tag) => scalar::tagged(text, tag, style).unwrap_or(Meaning::String),
            None if style == ScalarNotation::Plain => scalar::plain(text),
            None => Meaning::String,
        };
        self.cursor = range.end;
        let value = Value::Scalar(Scalar { text: text.into(), style, meaning });
        let node = Node { span: self.excerpt.span(range), tag, value };
        self.keep(anchor, &node);
        self.place(node);
    }

    /// Right after the colon, dash or question mark that announces an empty value or key; the parser places it anywhere
    /// before the next token or after it.
    fn empty_at(&self, at: usize) -> usize {
        let Some(frame) = self.open.last() else { return at };
        let (indicator, behind) = match &frame.content {
            FrameContent::Sequence(_) => (b'-', self.cursor),
            FrameContent::Mapping(_, Some(_)) => (b':', self.cursor),
            // A mapping begins with its first key.
            FrameContent::Mapping(_, None) => (b'?', self.cursor.max(frame.start)),
        };
        let announced = self.excerpt.skip_trivia(behind);
        // A mark is followed by a space or the end of a collection; `::` begins with the key `:`.
        let stands_alone = self.excerpt.byte(announced + 1).is_none_or(|byte| b" \t\n\r,]}".contains(&byte));
        if self.excerpt.byte(announced) == Some(indicator) && stands_alone { announced + 1 } else { at }
    }

    /// A block scalar from its `|` or `>` to the end of its last line that is not blank.
    fn block_scalar(&self, content: Range<usize>) -> Range<usize> {
        // An empty one at the end of the text is the only one whose header the parser counts in.
        let Some(header) = self.indicator(b"|>", content.start + 1) else { return content };
        let indicators = self.excerpt.text[header + 1..]
            .bytes()
            .take_while(|byte| byte.is_ascii_digit() || b"+-".contains(byte))
            .count();
        let filled = self.excerpt.text[..content.end].trim_end_matches([' ', '\t', '\n', '\r']).len();
        let end = if filled > content.start { self.excerpt.line_end(filled).min(content.end) } else { 0 };
        header..end.max(header + 1 + indicators)
    }

    /// A block sequence begins at its first dash. For one that is not indented below its key, the parser
    /// names the token after the dash.
    fn sequence_start(&self, style: StructureStyle, start: usize) -> usize {
        if style == StructureStyle::Flow || self.excerpt.byte(start) == Some(b'-') {
            return start;
        }
        // The dash of a sequence around this one may still be the last token: what it opened begins after it.
        let is_around = |frame: &Frame| {
            matches!(frame.content, FrameContent::Sequence(_))
                && frame.style != StructureStyle::Flow
                && frame.start == self.cursor
        };
        let from = self.cursor + usize::from(self.open.iter().any(is_around));
        self.indicator_from(from, b"-", start).unwrap_or(start)
    }

    /// The first of some indicators between the last token and `before`: only other indicators, anchors, tags,
    /// spaces, comments and the `...` of a document that was empty can be there.
    fn indicator(&self, wanted: &[u8], before: usize) -> Option<usize> {
        self.indicator_from(self.cursor, wanted, before)
    }

    fn indicator_from(&self, mut at: usize, wanted: &[u8], before: usize) -> Option<usize> {
        loop {
            at = self.excerpt.skip_properties(at);
            match self.excerpt.byte(at).filter(|_| at < before)? {
                byte if wanted.contains(&byte) => return Some(at),
                b':' | b'-' | b'?' | b'.' => at += 1,
                _ => return None,
            }
        }
    }

    fn open(
        &mut self,
        content: FrameContent,
        style: StructureStyle,
        (anchor, tag): Properties<'s>,
        range: Range<usize>,
    ) -> Result<(), SyntaxError> {
        if self.open.len() >= MAX_DEPTH {
            return Err(
                SyntaxErrorKind::TooDeep.at(self.excerpt.span(range.start..range.start.max(range.end)))
            );
        }
        self.count(&range)?;
        let start = range.start;
        if style == StructureStyle::Flow {
            self.cursor = range.end;
        } else if matches!(content, FrameContent::Sequence(_)) {
            self.cursor = start;
        }
        self.open.push(Frame { start, style, content, tag: tag.map(|tag| tag_text(&tag)), anchor });
        Ok(())
    }

    /// Closes the innermost collection. A flow collection ends after its bracket, any other with its last child:
    /// its end event is at the next token.
    fn close(&mut self, range: Range<usize>) {
        let Some(frame) = self.open.pop() else { return };
        let bracket = if frame.style == StructureStyle::Flow && !range.is_empty() { range.end } else { 0 };
        let anchor = frame.anchor;
        if bracket > 0 && self.open.last().is_none_or(|outer| outer.style != StructureStyle::Flow) {
            self.note_unindented(frame.start..bracket);
        }
        let node = frame.into_node(self.excerpt, bracket);
        self.cursor = self.cursor.max(bracket);
        self.keep(anchor, &node);
        self.place(node);
    }

    /// Notes a bracketed value whose lines are not indented, unless only its closing bracket is not: few parsers mind.
    fn note_unindented(&mut self, value: Range<usize>) {
        let indent = self.least_indent();
        let Some(lines) = self.excerpt.unindented(value.clone(), indent) else { return };
        if lines.iter().any(|line| line.end + 1 < value.end) {
            let lines = lines.into_iter().map(|line| self.excerpt.span(line)).collect();
            self.unindented.push(Unindented { span: self.excerpt.span(value), lines, indent });
        }
    }

    fn alias(&mut self, id: usize, range: Range<usize>) -> Result<(), SyntaxError> {
        let (span, end) = (self.excerpt.span(range.clone()), range.end);
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
        let (size, height) = node.measure();
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
            Some(FrameContent::Sequence(items)) => items.push(node),
            Some(FrameContent::Mapping(entries, key)) => match key.take() {
                Some(key) => entries.push(Entry { key, value: node }),
                None => *key = Some(node),
            },
        }
    }

    /// The root, with the collections that an error left open closed where they are.
    pub(super) fn finish(&mut self) -> Option<Node> {
        while !self.open.is_empty() {
            self.close(0..0);
        }
        self.root.take()
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

#[cfg(test)]
mod tests {
    use crate::{
        data::{DataFormat, Node, parse},
        text::Span,
    };

    #[test]
    fn an_empty_key_ends_before_its_value() {
        for text in ["?\n::", "a: b\n? \n: c\n", "- ?\n  : c\n", "a:\n  ? # none\n  : c\n", "{? , a: b}"] {
            let tree = parse(text, Span::from_range(0..text.len()), DataFormat::Yaml);
            let mut nodes: Vec<_> = tree.root.iter().flat_map(Node::values).collect();
            nodes.retain(|(key, _)| key.is_some_and(|key| key.span.is_empty()));
            let (key, value) = nodes.pop().unwrap_or_else(|| panic!("{text:?}: {tree:?}"));
            let key = key.unwrap().span;
            assert!(text[..key.start as usize].ends_with('?'), "{text:?}: {key:?}");
            assert!(key.end <= value.span.start, "{text:?}: {key:?} {:?}", value.span);
        }
    }

    #[test]
    fn a_key_that_begins_with_a_colon_announces_no_value() {
        let text = "? tide\n::";
        let tree = parse(text, Span::from_range(0..text.len()), DataFormat::Yaml);
        let entries = tree.root.as_ref().unwrap().entries();
        assert!(entries[0].value.span.end <= entries[1].key.span.start, "{entries:?}");
        assert_eq!(entries[1].key.span.of(text), ":");
    }

    #[test]
    fn a_broken_escape_before_a_letter_ends_with_its_digits() {
        for (text, escape) in [("\"\\u©9\"", "\\u"), ("\"\\x9é\"", "\\x9"), ("\"\\U12é456789\"", "\\U12")]
        {
            let tree = parse(text, Span::from_range(0..text.len()), DataFormat::Yaml);
            assert_eq!(tree.errors[0].span.of(text), escape);
        }
    }

    #[test]
    fn a_sequence_in_a_key_in_a_sequence_begins_at_its_own_dash() {
        let text = "- ? !!set\n  - |+\nx";
        let tree = parse(text, Span::from_range(0..text.len()), DataFormat::Yaml);
        let outer = &tree.root.as_ref().unwrap().items()[0];
        assert_eq!(outer.entries()[0].key.span.of(text), "- |+");
    }
}
