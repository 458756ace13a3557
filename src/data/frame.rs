//! Collections that the YAML parser has opened and not closed yet.

use granit_parser::StructureStyle;

use super::source::SourceSlice;
use super::{Entry, Mapping, Node, Value};
use crate::text::Span;

/// A collection that is still open.
pub(super) struct Frame {
    pub(super) start: usize,
    pub(super) style: StructureStyle,
    pub(super) content: FrameContent,
    pub(super) tag: Option<Box<str>>,
    pub(super) anchor: usize,
}

pub(super) enum FrameContent {
    Sequence(Vec<Node>),
    /// The entries so far, and the key that waits for its value.
    Mapping(Vec<Entry>, Option<Node>),
}

impl Frame {
    /// The collection as a node; `bracket` is where its closing bracket ends.
    pub(super) fn into_node(self, excerpt: SourceSlice<'_>, bracket: usize) -> Node {
        let start = excerpt.offset(self.start);
        let (value, last) = match self.content {
            FrameContent::Sequence(mut items) => {
                items.shrink_to_fit();
                let last = items.last().map(|item| item.span.end);
                (Value::Sequence(items), last)
            }
            FrameContent::Mapping(entries, _) => {
                let last = entries.last().map(|entry| entry.value.span.end.max(entry.key.span.end));
                (Value::Mapping(Mapping { entries: entries.into() }), last)
            }
        };
        let end = excerpt.offset(bracket).max(last.unwrap_or(0)).max(start);
        Node { span: Span::new(start, end), tag: self.tag, value }
    }
}
