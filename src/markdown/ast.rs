//! The tree: one flat array in preorder, and an index by kind, so that a rule reads just the nodes it asks for.

use std::{ops::Deref, sync::OnceLock};

use super::data::{
    Alert, Code, CodeBlock, Definition, Delimiter, Footnote, HardBreak, Heading, Item, Link, List, NodeData,
    Table, TableRow,
};
use super::dialect::Overlay;
use super::html_comments::HtmlComments;
use super::node_kind::NodeKind;
use super::normalize_label;
use crate::text::Span;

/// One node, as it is kept: 24 bytes, so that a walk over the array is cheap.
#[derive(Debug, Clone, Copy)]
pub(super) struct NodeRecord {
    pub(super) span: Span,
    pub(super) parent: u32,
    /// The node's descendants are the records from the next one up to, not including, this one.
    pub(super) end: u32,
    /// By kind: an index into one of the [`Tables`], [`NONE`], or the datum itself.
    pub(super) data: u32,
    pub(super) kind: NodeKind,
}

/// No entry in a table.
pub(super) const NONE: u32 = u32::MAX;

/// The data of the nodes, by kind.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) headings: Vec<Heading>,
    pub(super) lists: Vec<List>,
    pub(super) items: Vec<Item>,
    pub(super) code_blocks: Vec<CodeBlock>,
    pub(super) code_lines: Vec<Span>,
    pub(super) grids: Vec<Table>,
    pub(super) rows: Vec<TableRow>,
    pub(super) alerts: Vec<Alert>,
    pub(super) footnotes: Vec<Footnote>,
    pub(super) codes: Vec<Code>,
    pub(super) links: Vec<Link>,
    pub(super) literals: Vec<Box<str>>,
}

/// The tree of one Markdown file. Immutable; holds no reference to the source.
///
/// Invariants, for any input: spans are in bounds and on character boundaries, a child's span is in its parent's,
/// siblings are in source order and do not overlap.
#[derive(Debug)]
pub struct Ast {
    records: Box<[NodeRecord]>,
    by_kind: Box<[u32]>,
    kind_start: [u32; NodeKind::COUNT + 1],
    tables: Tables,
    definitions: Box<[Definition]>,
    /// Indices into `definitions`, by normalized label; of equal labels the one that is used comes first.
    by_label: Box<[u32]>,
    /// What the page has beyond Markdown.
    pub(super) overlay: Option<Box<Overlay>>,
    /// Found when they are first asked for.
    pub(super) comments: OnceLock<HtmlComments>,
}

/// A node of an [`Ast`]: a place in the tree, cheap to copy.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    pub(super) ast: &'a Ast,
    id: u32,
}

/// A node together with the data of its kind, which it dereferences to.
pub struct Typed<'a, T> {
    node: Node<'a>,
    data: &'a T,
}

impl Ast {
    pub(super) fn new(
        records: Vec<NodeRecord>,
        tables: Tables,
        definitions: Vec<Definition>,
        uses_last_definition: bool,
        overlay: Option<Box<Overlay>>,
    ) -> Self {
        let mut kind_start = [0; NodeKind::COUNT + 1];
        for record in &records {
            kind_start[record.kind as usize + 1] += 1;
        }
        for kind in 0..NodeKind::COUNT {
            kind_start[kind + 1] += kind_start[kind];
        }
        let mut by_kind = vec![0; records.len()];
        let mut next = kind_start;
        for (id, record) in records.iter().enumerate() {
            let slot = &mut next[record.kind as usize];
            by_kind[*slot as usize] = id as u32;
            *slot += 1;
        }
        let mut by_label: Vec<u32> = (0..definitions.len() as u32).collect();
        if uses_last_definition {
            by_label.reverse();
        }
        by_label.sort_by_key(|&i| &definitions[i as usize].normalized);
        Self {
            records: records.into(),
            by_kind: by_kind.into(),
            kind_start,
            tables,
            definitions: definitions.into(),
            by_label: by_label.into(),
            overlay,
            comments: OnceLock::new(),
        }
    }

    /// The document. Its span reaches from the end of the front matter to the end of the file.
    pub fn root(&self) -> Node<'_> {
        Node { ast: self, id: 0 }
    }

    /// How many nodes there are.
    pub fn node_count(&self) -> usize {
        self.records.len()
    }

    /// The node with a number, as [`Node::index`] gives it.
    pub fn node(&self, index: usize) -> Option<Node<'_>> {
        (index < self.records.len()).then_some(Node { ast: self, id: index as u32 })
    }

    /// All nodes, in source order, parents before their children.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = Node<'_>> + ExactSizeIterator {
        (0..self.records.len() as u32).map(|id| Node { ast: self, id })
    }

    /// The nodes of one kind in source order, without a walk over the others.
    pub fn of(&self, kind: NodeKind) -> impl DoubleEndedIterator<Item = Node<'_>> + ExactSizeIterator {
        let range = self.kind_start[kind as usize] as usize..self.kind_start[kind as usize + 1] as usize;
        self.by_kind[range].iter().map(|&id| Node { ast: self, id })
    }

    /// Whether a place is in inline code or in an inline tag, where readers, or browsers, see every character.
    pub fn is_literal_at(&self, at: u32) -> bool {
        [NodeKind::Code, NodeKind::HtmlInline].into_iter().any(|kind| {
            let range = self.kind_start[kind as usize] as usize..self.kind_start[kind as usize + 1] as usize;
            let ids = &self.by_kind[range];
            let next = ids.partition_point(|&id| self.records[id as usize].span.end <= at);
            ids.get(next).is_some_and(|&id| self.records[id as usize].span.start <= at)
        })
    }

    fn typed<'a, T>(&'a self, kind: NodeKind, table: &'a [T]) -> impl Iterator<Item = Typed<'a, T>> {
        self.of(kind).map(|node| Typed { node, data: &table[node.record().data as usize] })
    }

    /// The headings in source order.
    pub fn headings(&self) -> impl Iterator<Item = Typed<'_, Heading>> {
        self.typed(NodeKind::Heading, &self.tables.headings)
    }

    /// The lists in source order, an outer one before those in it.
    pub fn lists(&self) -> impl Iterator<Item = Typed<'_, List>> {
        self.typed(NodeKind::List, &self.tables.lists)
    }

    /// The list items in source order.
    pub fn items(&self) -> impl Iterator<Item = Typed<'_, Item>> {
        self.typed(NodeKind::Item, &self.tables.items)
    }

    /// The code blocks in source order.
    pub fn code_blocks(&self) -> impl Iterator<Item = Typed<'_, CodeBlock>> {
        self.typed(NodeKind::CodeBlock, &self.tables.code_blocks)
    }

    /// The lines of code of a block: without line breaks, container prefixes and the indentation that is not code.
    pub fn code_lines(&self, block: &CodeBlock) -> &[Span] {
        &self.tables.code_lines[block.lines.0 as usize..block.lines.1 as usize]
    }

    /// The tables in source order.
    pub fn tables(&self) -> impl Iterator<Item = Typed<'_, Table>> {
        self.typed(NodeKind::Table, &self.tables.grids)
    }

    /// The rows of all tables in source order, header rows included.
    pub fn table_rows(&self) -> impl Iterator<Item = Typed<'_, TableRow>> {
        self.typed(NodeKind::TableRow, &self.tables.rows)
    }

    /// The alerts in source order.
    pub fn alerts(&self) -> impl Iterator<Item = Typed<'_, Alert>> {
        self.typed(NodeKind::Alert, &self.tables.alerts)
    }

    /// The footnote definitions in source order.
    pub fn footnote_definitions(&self) -> impl Iterator<Item = Typed<'_, Footnote>> {
        self.typed(NodeKind::FootnoteDefinition, &self.tables.footnotes)
    }

    /// The references to footnotes that are defined, in source order.
    pub fn footnote_references(&self) -> impl Iterator<Item = Typed<'_, Footnote>> {
        self.typed(NodeKind::FootnoteReference, &self.tables.footnotes)
    }

    /// The code spans in source order.
    pub fn codes(&self) -> impl Iterator<Item = Typed<'_, Code>> {
        self.typed(NodeKind::Code, &self.tables.codes)
    }

    /// The links in source order; images are not links.
    pub fn links(&self) -> impl Iterator<Item = Typed<'_, Link>> {
        self.typed(NodeKind::Link, &self.tables.links)
    }

    /// The images in source order.
    pub fn images(&self) -> impl Iterator<Item = Typed<'_, Link>> {
        self.typed(NodeKind::Image, &self.tables.links)
    }

    /// The link reference definitions in source order: unused ones and those whose label is taken included.
    pub fn definitions(&self) -> &[Definition] {
        &self.definitions
    }

    /// The definition that a label stands for: the first one with it (CommonMark 0.31.2, section 4.7), or the last one
    /// in a dialect that has it so.
    pub fn definition(&self, label: &str) -> Option<&Definition> {
        self.definition_index(&normalize_label(label)).map(|i| &self.definitions[i])
    }

    /// The index of the definition that is used for a label that is normalized.
    pub(super) fn definition_index(&self, normalized: &str) -> Option<usize> {
        let of = |i: &u32| &self.definitions[*i as usize];
        let at = self.by_label.partition_point(|i| *of(i).normalized < *normalized);
        let i = self.by_label.get(at).filter(|&i| *of(i).normalized == *normalized)?;
        Some(*i as usize)
    }
}

impl<'a> Node<'a> {
    fn record(self) -> &'a NodeRecord {
        &self.ast.records[self.id as usize]
    }

    fn with(self, id: u32) -> Self {
        Self { ast: self.ast, id }
    }

    /// What the node is.
    #[inline]
    pub fn kind(self) -> NodeKind {
        self.record().kind
    }

    /// The bytes of the file that the node covers, delimiters included. A block ends after its last character that
    /// is neither a space nor a line break; only the document reaches to the end of the file.
    #[inline]
    pub fn span(self) -> Span {
        self.record().span
    }

    /// The node's number: its place in source order, parents before their children.
    #[inline]
    pub fn index(self) -> usize {
        self.id as usize
    }

    /// What the node says besides its kind and span.
    pub fn data(self) -> NodeData<'a> {
        let tables = &self.ast.tables;
        let data = self.record().data;
        let i = data as usize;
        match self.kind() {
            NodeKind::Heading => NodeData::Heading(&tables.headings[i]),
            NodeKind::List => NodeData::List(&tables.lists[i]),
            NodeKind::Item | NodeKind::Container => NodeData::Item(&tables.items[i]),
            NodeKind::CodeBlock => NodeData::CodeBlock(&tables.code_blocks[i]),
            NodeKind::HtmlBlock => NodeData::HtmlBlock(data as u8),
            NodeKind::ThematicBreak => NodeData::ThematicBreak(data as u8),
            NodeKind::Table => NodeData::Table(&tables.grids[i]),
            NodeKind::TableRow => NodeData::TableRow(&tables.rows[i]),
            NodeKind::Alert => NodeData::Alert(&tables.alerts[i]),
            NodeKind::FootnoteDefinition | NodeKind::FootnoteReference => {
                NodeData::Footnote(&tables.footnotes[i])
            }
            NodeKind::Emphasis | NodeKind::Strong | NodeKind::Strikethrough => {
                NodeData::Delimiter(Delimiter::unpack(data))
            }
            NodeKind::Code => NodeData::Code(&tables.codes[i]),
            NodeKind::Link | NodeKind::Image => NodeData::Link(&tables.links[i]),
            NodeKind::Text => NodeData::Text(tables.literals.get(i).map(|literal| &**literal)),
            NodeKind::HardBreak => NodeData::HardBreak(HardBreak::unpack(data)),
            NodeKind::Document
            | NodeKind::BlockQuote
            | NodeKind::Paragraph
            | NodeKind::TableCell
            | NodeKind::SoftBreak
            | NodeKind::Island
            | NodeKind::HtmlInline => NodeData::None,
        }
    }

    /// The node that holds this one; nothing for the document.
    pub fn parent(self) -> Option<Self> {
        (self.id != 0).then(|| self.with(self.record().parent))
    }

    /// The nodes that hold this one, from the nearest to the document.
    pub fn ancestors(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.parent(), |node| node.parent())
    }

    /// The nodes directly in this one, in source order.
    pub fn children(self) -> impl Iterator<Item = Self> {
        let end = self.record().end;
        let first = (self.id + 1 < end).then(|| self.with(self.id + 1));
        std::iter::successors(first, move |node| {
            let next = node.record().end;
            (next < end).then(|| self.with(next))
        })
    }

    /// All nodes in this one, in source order.
    pub fn descendants(self) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator {
        (self.id + 1..self.record().end).map(move |id| self.with(id))
    }

    /// The next node with the same parent.
    pub fn next_sibling(self) -> Option<Self> {
        let next = self.record().end;
        (next < self.parent()?.record().end).then(|| self.with(next))
    }

    /// The node with the same parent before this one; costs a step for each level of what is in it.
    pub fn previous_sibling(self) -> Option<Self> {
        let parent = self.parent()?.id;
        let mut id = self.id - 1;
        if id == parent {
            return None;
        }
        while self.ast.records[id as usize].parent != parent {
            id = self.ast.records[id as usize].parent;
        }
        Some(self.with(id))
    }

    /// What readers see of a text, a code span or inline HTML; the source of any other node.
    pub fn literal<'s>(self, source: &'s str) -> &'s str
    where
        'a: 's,
    {
        match self.data() {
            NodeData::Text(Some(literal)) => literal,
            NodeData::Code(code) => code.literal(source),
            _ => self.span().of(source),
        }
    }

    /// The text and code in this node, as readers see it; a line break counts as a space.
    pub fn text(self, source: &str) -> String {
        let mut text = String::new();
        for id in self.id..self.record().end {
            let node = self.with(id);
            match node.kind() {
                NodeKind::Text | NodeKind::Code => text.push_str(node.literal(source)),
                NodeKind::SoftBreak | NodeKind::HardBreak => text.push(' '),
                _ => {}
            }
        }
        text
    }
}

impl<'a> Typed<'a, List> {
    /// The items of the list, in source order.
    pub fn items(self) -> impl Iterator<Item = Typed<'a, Item>> {
        self.node.children().filter_map(|node| match node.data() {
            NodeData::Item(data) => Some(Typed { node, data }),
            _ => None,
        })
    }
}

impl<T> Clone for Typed<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Typed<'_, T> {}

impl<'a, T> Typed<'a, T> {
    /// The node.
    pub fn node(self) -> Node<'a> {
        self.node
    }

    /// The bytes of the file that the node covers.
    pub fn span(self) -> Span {
        self.node.span()
    }

    /// The data, for as long as the tree lives.
    pub fn data(self) -> &'a T {
        self.data
    }
}

impl<T> Deref for Typed<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.data
    }
}
