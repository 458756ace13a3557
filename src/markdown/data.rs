//! What the tree knows of each kind of node beyond its span: the exact tokens, so that no rule has to look at lines.

use crate::text::Span;

/// What a node says besides its kind and span.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NodeData<'a> {
    /// Nothing: documents, block quotes, paragraphs, table cells, inline HTML and soft breaks are their span.
    None,
    /// Of a [`NodeKind::Heading`](super::NodeKind::Heading).
    Heading(&'a Heading),
    /// Of a [`NodeKind::List`](super::NodeKind::List).
    List(&'a List),
    /// Of a [`NodeKind::Item`](super::NodeKind::Item), or of a [`NodeKind::Container`](super::NodeKind::Container),
    /// whose body is indented as that of an item is.
    Item(&'a Item),
    /// Of a [`NodeKind::CodeBlock`](super::NodeKind::CodeBlock).
    CodeBlock(&'a CodeBlock),
    /// Of a [`NodeKind::HtmlBlock`](super::NodeKind::HtmlBlock): which of the seven start conditions of
    /// CommonMark 0.31.2, section 4.6, opened it.
    HtmlBlock(u8),
    /// Of a [`NodeKind::ThematicBreak`](super::NodeKind::ThematicBreak): its character, `-`, `*` or `_`.
    ThematicBreak(u8),
    /// Of a [`NodeKind::Table`](super::NodeKind::Table).
    Table(&'a Table),
    /// Of a [`NodeKind::TableRow`](super::NodeKind::TableRow).
    TableRow(&'a TableRow),
    /// Of a [`NodeKind::Alert`](super::NodeKind::Alert).
    Alert(&'a Alert),
    /// Of a [`NodeKind::FootnoteDefinition`](super::NodeKind::FootnoteDefinition) or
    /// [`NodeKind::FootnoteReference`](super::NodeKind::FootnoteReference).
    Footnote(&'a Footnote),
    /// Of emphasis, strong emphasis and strikethrough.
    Delimiter(Delimiter),
    /// Of a [`NodeKind::Code`](super::NodeKind::Code).
    Code(&'a Code),
    /// Of a [`NodeKind::Link`](super::NodeKind::Link) or [`NodeKind::Image`](super::NodeKind::Image).
    Link(&'a Link),
    /// Of a [`NodeKind::Text`](super::NodeKind::Text): what readers see, where escapes, entities or a NUL make that
    /// differ from the source.
    Text(Option<&'a str>),
    /// Of a [`NodeKind::HardBreak`](super::NodeKind::HardBreak).
    HardBreak(HardBreak),
}

/// A heading (CommonMark 0.31.2, sections 4.2 and 4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6; setext headings have 1 or 2.
    pub level: u8,
    /// How it is written.
    pub style: HeadingSyntax,
    /// The opening `#`s, or the line of `=` or `-` under a setext heading.
    pub marker: Span,
    /// The `#`s after the text of a closed heading.
    pub closing: Option<Span>,
    /// The text without markers and the spaces around it; empty after the marker of an empty heading.
    pub content: Span,
}

/// How a heading is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HeadingSyntax {
    /// `# text`
    Atx,
    /// `# text #`
    AtxClosed,
    /// Text over a line of `=` or `-`.
    Setext,
}

/// A list (CommonMark 0.31.2, section 5.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct List {
    /// What its items begin with.
    pub marker: ListMarker,
    /// Whether its paragraphs are shown without space between them.
    pub tight: bool,
}

/// What the items of a list begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListMarker {
    /// `-`, `*` or `+`.
    Bullet(u8),
    /// A number and a delimiter.
    Ordered {
        /// The number of the first item.
        start: u32,
        /// `.` or `)`.
        delimiter: u8,
    },
}

/// An item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// The bullet, or the number with its delimiter.
    pub marker: Span,
    /// Columns that the marker is indented within its container.
    pub indent: u32,
    /// Columns from the marker's start to where the item's text begins, as far as they count for the lines below it:
    /// the marker and one to four spaces (CommonMark 0.31.2, section 5.2).
    pub padding: u32,
    /// The checkbox of a task.
    pub task: Option<Task>,
}

/// The checkbox of a task item (GFM 0.29, section 5.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Task {
    /// `[x]`, brackets included.
    pub span: Span,
    /// Whether it is ticked.
    pub done: bool,
}

/// A code block (CommonMark 0.31.2, sections 4.4 and 4.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeBlock {
    /// The fence of a fenced block; nothing for an indented one.
    pub fence: Option<Fence>,
    /// From the first to the last line of code, line breaks and container prefixes between them included.
    pub content: Span,
    /// Where in [`Ast::code_lines`](super::Ast::code_lines) the block's lines are.
    pub(super) lines: (u32, u32),
}

/// The fence of a code block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fence {
    /// `` ` `` or `~`.
    pub marker: u8,
    /// Columns that the opening fence is indented within its container; as many are taken off each line of code.
    pub indent: u32,
    /// The opening run.
    pub opening: Span,
    /// The info string without the spaces around it; empty after the opening fence when there is none.
    pub info: Span,
    /// The closing run; missing when the block ends with its container or the file.
    pub closing: Option<Span>,
}

/// A table (GFM 0.29, section 4.10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// One for each column.
    pub alignments: Box<[Alignment]>,
    /// The row of dashes under the header.
    pub delimiter_row: Span,
}

/// How a column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Alignment {
    /// `---`
    None,
    /// `:--`
    Left,
    /// `:-:`
    Center,
    /// `--:`
    Right,
}

/// A row of a table. Cells that the source does not have are not in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableRow {
    /// Whether it is the row above the delimiter row.
    pub header: bool,
    /// Whether it begins with a pipe.
    pub leading_pipe: bool,
    /// Whether it ends with a pipe.
    pub trailing_pipe: bool,
    /// What is in cells beyond the last column, which no reader sees.
    pub surplus: Option<Span>,
}

/// An alert: a block quote that begins with `[!NOTE]` or the like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alert {
    /// What it warns of.
    pub kind: AlertKind,
    /// `[!NOTE]`, brackets included.
    pub marker: Span,
    /// The title of its own, if it has one.
    pub title: Option<Span>,
}

/// The kinds of alert that GitHub knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AlertKind {
    /// `[!NOTE]`
    Note,
    /// `[!TIP]`
    Tip,
    /// `[!IMPORTANT]`
    Important,
    /// `[!WARNING]`
    Warning,
    /// `[!CAUTION]`
    Caution,
}

/// The definition of a footnote, or a reference to one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footnote {
    /// The name as it is written in the definition.
    pub name: Box<str>,
    /// The name's place, between `[^` and `]`.
    pub label: Span,
}

/// What emphasis is written with, on either side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Delimiter {
    /// `*`, `_` or `~`.
    pub marker: u8,
    /// How many of them: 1 for emphasis, 2 for strong emphasis, 1 or 2 for strikethrough.
    pub length: u8,
}

/// A code span (CommonMark 0.31.2, section 6.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// How many backticks are on either side.
    pub backticks: u32,
    /// What is between the backticks, spaces included.
    pub content: Span,
    /// What readers see, where it differs from `content`: a space taken off each end, or line breaks made spaces.
    pub(super) literal: Option<Box<str>>,
}

/// A link or an image (CommonMark 0.31.2, sections 6.3 to 6.5; GFM 0.29, section 6.9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// How it is written.
    pub kind: LinkKind,
    /// Where it leads: escapes and entities resolved, percent-encoding as it is written.
    pub url: Box<str>,
    /// Its title with escapes and entities resolved.
    pub title: Option<Box<str>>,
    /// What is between the brackets: the text of a link, the description of an image. The URL itself for
    /// URLs that are their own text.
    pub text: Span,
    /// The destination as it is written, without angle brackets; missing when a definition has it.
    pub destination: Option<Destination>,
    /// The title as it is written, without its quotes; missing when a definition has it.
    pub title_span: Option<Span>,
    /// The label of a reference, without its brackets: the second bracket of a full reference, else the first.
    pub label: Option<Span>,
}

/// A destination as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Destination {
    /// Without angle brackets.
    pub span: Span,
    /// Whether angle brackets are around it.
    pub angle_brackets: bool,
}

/// How a link or an image is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// `[text](destination "title")`
    Inline,
    /// `[text][label]`
    Full,
    /// `[label][]`
    Collapsed,
    /// `[label]`
    Shortcut,
    /// `<https://example.org>`
    Autolink,
    /// `https://example.org`, `www.example.org` or an e-mail address, without any markup.
    Bare,
}

/// How a hard line break is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HardBreak {
    /// A backslash before the line break.
    Backslash,
    /// Two or more spaces before the line break.
    Spaces,
}

/// A link reference definition (CommonMark 0.31.2, section 4.7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// From the label's bracket to the end of the destination or the title.
    pub span: Span,
    /// The label without its brackets.
    pub label: Span,
    /// The label as [`normalize_label`](super::normalize_label) makes it.
    pub normalized: Box<str>,
    /// Where it leads: escapes and entities resolved, percent-encoding as it is written.
    pub url: Box<str>,
    /// The destination as it is written.
    pub destination: Destination,
    /// The title as it is written, without its quotes.
    pub title: Option<Span>,
}

impl Heading {
    /// What shows at first sight that it is a heading: the `#`s, or the text above the line of a setext heading.
    pub const fn sign(&self) -> Span {
        match self.style {
            HeadingSyntax::Atx | HeadingSyntax::AtxClosed => self.marker,
            HeadingSyntax::Setext => self.content,
        }
    }
}

impl List {
    /// Whether its items are numbered.
    pub const fn is_ordered(&self) -> bool {
        matches!(self.marker, ListMarker::Ordered { .. })
    }
}

impl CodeBlock {
    /// The first word of the info string, which names the language; empty when there is none.
    pub fn language<'s>(&self, source: &'s str) -> &'s str {
        let info = self.fence.map_or("", |fence| fence.info.of(source));
        info.split_whitespace().next().unwrap_or("")
    }
}

impl Code {
    /// The code as readers see it (CommonMark 0.31.2, section 6.1).
    pub fn literal<'s>(&'s self, source: &'s str) -> &'s str {
        self.literal.as_deref().unwrap_or_else(|| self.content.of(source))
    }
}

impl LinkKind {
    /// Whether a definition says where the link leads.
    pub const fn is_reference(self) -> bool {
        matches!(self, Self::Full | Self::Collapsed | Self::Shortcut)
    }
}

impl Delimiter {
    pub(super) const fn pack(self) -> u32 {
        (self.length as u32) << 8 | self.marker as u32
    }

    pub(super) const fn unpack(data: u32) -> Self {
        Self { marker: data as u8, length: (data >> 8) as u8 }
    }
}

impl HardBreak {
    pub(super) const fn pack(self) -> u32 {
        self as u32
    }

    pub(super) const fn unpack(data: u32) -> Self {
        if data == Self::Backslash as u32 { Self::Backslash } else { Self::Spaces }
    }
}
