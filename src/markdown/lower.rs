//! The parser's tree to [`Ast`]: one walk that pushes records, fixes the ends of blocks and has the inlines placed.

use std::borrow::Cow;
use std::mem;

use comrak::nodes::{LineColumn, Node, NodeValue, Sourcepos};

use super::ast::{NONE, NodeRecord, Tables};
use super::data::{Code, Definition, Footnote, HeadingSyntax, Link, LinkKind};
use super::definitions;
use super::inline_spans::Placer;
use super::node_kind::NodeKind;
use super::scan::Scan;
use crate::text::{LineIndex, Span};

/// The state of the walk. All offsets are those of the file: only [`Self::offset`] knows where the Markdown begins.
pub(super) struct Lowering<'s> {
    pub(super) source: &'s str,
    pub(super) lines: &'s LineIndex,
    body: u32,
    first_line: u32,
    pub(super) records: Vec<NodeRecord>,
    pub(super) tables: Tables,
    definitions: Vec<Definition>,
    open: Vec<Open>,
    /// How many block quotes and alerts are open.
    pub(super) quotes: usize,
    /// From here on no leaf block has been seen: definitions may be here.
    gap: u32,
    block: TextBlock,
}

/// A node whose children are being lowered.
struct Open {
    id: u32,
    /// Where the last of its children ended.
    reach: u32,
}

/// How many definitions at the head of a paragraph are given up before its inlines are.
const MAX_RETRIES: usize = 8;

/// What is kept of the inlines of one block until they are placed.
#[derive(Default)]
struct TextBlock {
    literals: Vec<Cow<'static, str>>,
    codes: Vec<String>,
    open: Vec<usize>,
}

impl<'s> Lowering<'s> {
    pub(super) fn new(source: &'s str, body: u32, lines: &'s LineIndex) -> Self {
        Self {
            source,
            lines,
            body,
            first_line: lines.line_of(body),
            records: Vec::with_capacity((source.len() - body as usize) / 24),
            tables: Tables::default(),
            definitions: Vec::new(),
            open: Vec::new(),
            quotes: 0,
            gap: body,
            block: TextBlock::default(),
        }
    }

    /// Lowers the whole tree: the records, their data, and the definitions. A loop, not a recursion: input can nest as
    /// deep as it is long.
    pub(super) fn run(mut self, root: Node<'_>) -> (Vec<NodeRecord>, Tables, Vec<Definition>) {
        let mut node = root;
        'walk: loop {
            if self.enter(node) {
                if let Some(child) = node.first_child() {
                    node = child;
                    continue;
                }
                self.leave(node);
            }
            loop {
                if let Some(next) = node.next_sibling() {
                    node = next;
                    continue 'walk;
                }
                let Some(parent) = node.parent() else { break 'walk };
                self.leave(parent);
                node = parent;
            }
        }
        (self.records, self.tables, self.definitions)
    }

    /// Pushes the record of a node; says whether the source has the node at all.
    fn enter(&mut self, node: Node<'_>) -> bool {
        let ast = &mut *node.data_mut();
        if let Some((kind, data)) = self.inline(&mut ast.value) {
            self.push(kind, Span::default(), data);
            return true;
        }
        let floor = self.open.last().map_or(self.body, |open| open.reach);
        let raw = self.span(ast.sourcepos);
        let start = raw.start.max(floor);
        let span = Span::new(start, raw.end.max(start));
        self.enter_block(&ast.value, span)
    }

    pub(super) fn push(&mut self, kind: NodeKind, span: Span, data: u32) {
        let id = self.records.len() as u32;
        let parent = self.open.last().map_or(0, |open| open.id);
        self.records.push(NodeRecord { span, parent, end: id + 1, data, kind });
        self.open.push(Open { id, reach: span.start });
    }

    /// What has been lowered of the block that holds the next one.
    pub(super) fn parent(&self) -> Option<&NodeRecord> {
        self.open.last().map(|open| &self.records[open.id as usize])
    }

    /// The blocks that are open, from the document on.
    pub(super) fn open_records(&self) -> impl Iterator<Item = &NodeRecord> {
        self.open.iter().map(|open| &self.records[open.id as usize])
    }

    /// The innermost open block holds nothing before `at`.
    pub(super) fn reach(&mut self, at: u32) {
        if let Some(open) = self.open.last_mut() {
            open.reach = open.reach.max(at);
        }
    }

    fn leave(&mut self, node: Node<'_>) {
        let Some(Open { id, reach }) = self.open.pop() else { return };
        let count = self.records.len() as u32;
        let record = &mut self.records[id as usize];
        record.end = count;
        let kind = record.kind;
        if kind.is_inline() {
            return;
        }
        match kind {
            NodeKind::Document => self.skip_to(self.source.len() as u32),
            _ if kind.is_text_block() => self.place(node, id),
            _ => self.leave_block(id, reach),
        }
        let end = self.records[id as usize].span.end;
        self.reach(end);
        if !kind.is_container() {
            self.gap = self.gap.max(end);
        }
    }

    /// What is before `at` and in no leaf block can only be definitions.
    pub(super) fn skip_to(&mut self, at: u32) {
        if self.gap < at {
            // Definitions are found when what follows them is met: whatever quotes they was in are left by then.
            let scan = Scan { source: self.source, end: at as usize, quotes: usize::MAX };
            definitions::in_gap(&scan, self.gap as usize, &mut self.definitions);
            self.gap = at;
        }
    }

    /// Marks that belong to a container hold no definition.
    pub(super) fn passed(&mut self, at: u32) {
        let at = at.min(self.source.len() as u32);
        self.gap = self.gap.max(at);
        self.reach(at);
    }

    /// The one place where the parser's lines and columns, which count from the end of the front matter, become
    /// offsets into the file. Lines and columns count from 1; columns are bytes. A column past its line, where a tab
    /// was counted as spaces, is the line's end.
    fn offset(&self, place: LineColumn) -> u32 {
        let line = self.first_line + place.line.max(1) as u32 - 1;
        let start = self.lines.line_start(line).max(self.body) as usize;
        let next = self.lines.line_start(line + 1) as usize;
        let mut at = (start + place.column.saturating_sub(1)).min(next);
        while !self.source.is_char_boundary(at) {
            at -= 1;
        }
        at as u32
    }

    /// Ends are inclusive; column 0 says that nothing of that line belongs to the node.
    fn span(&self, place: Sourcepos) -> Span {
        let start = self.offset(place.start);
        let end = match place.end {
            LineColumn { column: 0, .. } => self.offset(place.end),
            LineColumn { line, column } => self.offset(LineColumn { line, column: column + 1 }),
        };
        Span::new(start, end.max(start))
    }

    /// The kind and data of an inline. Its span is the placer's business.
    fn inline(&mut self, value: &mut NodeValue) -> Option<(NodeKind, u32)> {
        let tables = &mut self.tables;
        Some(match value {
            NodeValue::Text(text) => (NodeKind::Text, add(&mut self.block.literals, mem::take(text))),
            NodeValue::HtmlInline(html) => {
                (NodeKind::HtmlInline, add(&mut self.block.literals, mem::take(html).into()))
            }
            NodeValue::Code(code) => {
                self.block.codes.push(mem::take(&mut code.literal));
                let backticks = code.num_backticks as u32;
                let code = Code { backticks, content: Span::default(), literal: None };
                (NodeKind::Code, add(&mut tables.codes, code))
            }
            NodeValue::SoftBreak => (NodeKind::SoftBreak, NONE),
            NodeValue::LineBreak => (NodeKind::HardBreak, NONE),
            NodeValue::Emph => (NodeKind::Emphasis, NONE),
            NodeValue::Strong => (NodeKind::Strong, NONE),
            NodeValue::Strikethrough => (NodeKind::Strikethrough, NONE),
            NodeValue::Link(link) => (NodeKind::Link, add(&mut tables.links, lower_link(link))),
            NodeValue::Image(link) => (NodeKind::Image, add(&mut tables.links, lower_link(link))),
            NodeValue::FootnoteReference(reference) => {
                let name = mem::take(&mut reference.name).into();
                let footnote = Footnote { name, label: Span::default() };
                (NodeKind::FootnoteReference, add(&mut tables.footnotes, footnote))
            }
            _ => return None,
        })
    }

    /// Places the inlines of a block of text; a paragraph or heading that begins with definitions begins after
    /// them.
    fn place(&mut self, node: Node<'_>, id: u32) {
        let content = self.content(id);
        let text_start = if self.read(id, content.start as usize, content.end as usize) {
            Some(content.start)
        } else {
            self.place_behind_definitions(id, content)
        };
        match text_start {
            Some(start) => self.set_text_start(id, self.first_inline(id).unwrap_or(start)),
            None => self.keep_columns(node, id),
        }
        self.settle(id);
    }

    /// The parser takes an indented lazy line for text even where it is a definition: so the last ones found may be
    /// none.
    fn place_behind_definitions(&mut self, id: u32, content: Span) -> Option<u32> {
        let known = self.definitions.len();
        let scan = Scan { source: self.source, end: content.end as usize, quotes: self.quotes };
        let mut start = definitions::at_head(&scan, content.start as usize, &mut self.definitions);
        for _ in 0..MAX_RETRIES {
            if self.definitions.len() == known {
                break;
            }
            if self.read(id, start, scan.end) || self.trim_first_text() && self.read(id, start, scan.end) {
                return Some(start as u32);
            }
            start = self.definitions.pop()?.span.start as usize;
        }
        self.definitions.truncate(known);
        None
    }

    /// Where a lazy line follows definitions, the parser takes its indentation for text. Says whether it did.
    fn trim_first_text(&mut self) -> bool {
        let Some(literal) = self.block.literals.first_mut() else { return false };
        let text = literal.trim_start_matches([' ', '\t']);
        let trimmed = text.len() < literal.len();
        *literal = Cow::Owned(text.to_owned());
        trimmed
    }

    /// Whether the source from `start` to `end` reads like the block's inlines, which are given their spans.
    fn read(&mut self, id: u32, start: usize, end: usize) -> bool {
        let mut placer = Placer {
            scan: Scan { source: self.source, end, quotes: self.quotes },
            records: &mut self.records[id as usize + 1..],
            base: id + 1,
            literals: &self.block.literals,
            tables: &mut self.tables,
            open: &mut self.block.open,
            at_line_start: false,
        };
        placer.place(start).is_some()
    }

    /// Where the first of a block's inlines begins.
    fn first_inline(&self, id: u32) -> Option<u32> {
        self.records.get(id as usize + 1).map(|record| record.span.start)
    }

    fn set_text_start(&mut self, id: u32, start: u32) {
        let record = &mut self.records[id as usize];
        match record.kind {
            NodeKind::Paragraph => record.span.start = start,
            NodeKind::Heading => {
                let heading = &mut self.tables.headings[record.data as usize];
                heading.content.start = start;
                if heading.style == HeadingSyntax::Setext {
                    record.span.start = start;
                }
            }
            _ => {}
        }
    }

    /// The last resort for a block that does not read like its tree: the parser's own columns, kept in bounds.
    fn keep_columns(&mut self, node: Node<'_>, id: u32) {
        let mut open: Vec<(u32, u32)> = vec![(u32::MAX, self.records[id as usize].span.start)];
        for (i, node) in (id as usize + 1..).zip(node.descendants().skip(1)) {
            while let Some(&(end, _)) = open.last()
                && end <= i as u32
            {
                open.pop();
            }
            let raw = self.span(node.data().sourcepos);
            let parent = self.records[self.records[i].parent as usize].span;
            let Some((_, reach)) = open.last_mut() else { return };
            let start = raw.start.clamp(*reach, parent.end);
            let end = raw.end.clamp(start, parent.end);
            *reach = end;
            self.records[i].span = Span::new(start, end);
            self.keep_parts(i);
            open.push((self.records[i].end, start));
        }
    }

    /// Parts of an inline whose place is not certain: as much as is in bounds.
    fn keep_parts(&mut self, i: usize) {
        let NodeRecord { span, data, kind, .. } = self.records[i];
        match kind {
            NodeKind::Code => self.tables.codes[data as usize].content = span,
            NodeKind::FootnoteReference => self.tables.footnotes[data as usize].label = span,
            NodeKind::Link | NodeKind::Image => {
                let link = &mut self.tables.links[data as usize];
                let text = span.of(self.source);
                link.kind = match (text.bytes().next(), text.bytes().last()) {
                    (Some(b'<'), _) => LinkKind::Autolink,
                    (Some(b'[' | b'!'), Some(b')')) => LinkKind::Inline,
                    (Some(b'[' | b'!'), _) => LinkKind::Shortcut,
                    _ => LinkKind::Bare,
                };
                link.text = span;
                (link.destination, link.title_span, link.label) = (None, None, None);
            }
            NodeKind::Emphasis | NodeKind::Strong | NodeKind::Strikethrough => {
                self.records[i].data = u32::from(span.of(self.source).bytes().next().unwrap_or(b'*'));
            }
            _ => {}
        }
    }

    /// Keeps what texts and code show only where the source does not say so.
    fn settle(&mut self, id: u32) {
        let literals = &mut self.block.literals;
        for record in &mut self.records[id as usize + 1..] {
            match record.kind {
                NodeKind::Text => {
                    let literal = mem::take(&mut literals[record.data as usize]);
                    record.data = if record.span.of(self.source) == literal {
                        NONE
                    } else {
                        add(&mut self.tables.literals, literal.into_owned().into_boxed_str())
                    };
                }
                NodeKind::HtmlInline => record.data = NONE,
                _ => {}
            }
        }
        literals.clear();
        let first = self.tables.codes.len() - self.block.codes.len();
        for (code, literal) in self.tables.codes[first..].iter_mut().zip(self.block.codes.drain(..)) {
            let shown = if literal.contains('\r') {
                let end = code.content.end as usize;
                Scan { source: self.source, end, quotes: self.quotes }.code(code.content.start as usize)
            } else {
                literal
            };
            if code.content.of(self.source) != shown {
                code.literal = Some(shown.into_boxed_str());
            }
        }
    }
}

/// Appends an entry to a table; gives its index.
pub(super) fn add<T>(table: &mut Vec<T>, entry: T) -> u32 {
    table.push(entry);
    table.len() as u32 - 1
}

fn lower_link(link: &mut comrak::nodes::NodeLink) -> Link {
    Link {
        kind: LinkKind::Inline,
        url: mem::take(&mut link.url).into_boxed_str(),
        title: Some(mem::take(&mut link.title).into_boxed_str()).filter(|title| !title.is_empty()),
        text: Span::default(),
        destination: None,
        title_span: None,
        label: None,
    }
}
