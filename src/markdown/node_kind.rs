//! The kinds of nodes in the tree.

/// The kind of a node. The order is that of the kind index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names are those of the CommonMark and GFM specifications")]
pub enum NodeKind {
    Document,
    BlockQuote,
    Alert,
    List,
    Item,
    CodeBlock,
    HtmlBlock,
    Paragraph,
    Heading,
    ThematicBreak,
    FootnoteDefinition,
    Table,
    TableRow,
    TableCell,
    /// A container with an indented body, such as an admonition; its [`Head`](super::Head) is at its start.
    Container,
    Text,
    SoftBreak,
    HardBreak,
    Code,
    HtmlInline,
    Emphasis,
    Strong,
    Strikethrough,
    Link,
    Image,
    FootnoteReference,
    /// A part of an [`Island`](super::Island) in a line of text.
    Island,
}

impl NodeKind {
    pub(super) const COUNT: usize = Self::Island as usize + 1;

    /// Whether nodes of this kind are in a line of text rather than in a document.
    pub const fn is_inline(self) -> bool {
        self as u8 >= Self::Text as u8
    }

    /// Whether nodes of this kind hold blocks of any kind.
    pub const fn is_container(self) -> bool {
        matches!(
            self,
            Self::Document
                | Self::BlockQuote
                | Self::Alert
                | Self::List
                | Self::Item
                | Self::FootnoteDefinition
                | Self::Container
        )
    }

    /// Whether nodes of this kind are inlines that hold others.
    pub(super) const fn has_inlines(self) -> bool {
        matches!(self, Self::Emphasis | Self::Strong | Self::Strikethrough | Self::Link | Self::Image)
    }

    /// Whether nodes of this kind are blocks of text: they hold inlines and no blocks.
    pub const fn is_text_block(self) -> bool {
        matches!(self, Self::Paragraph | Self::Heading | Self::TableCell)
    }
}
