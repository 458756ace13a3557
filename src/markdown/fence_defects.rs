//! Code fences that nothing closes, and those that the fence of another block closes.

use super::ast::{Ast, Node, Typed};
use super::data::{CodeBlock, Fence};
use crate::text::Span;

/// A fenced code block that does not end where its author meant it to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FenceDefect {
    /// What is wrong with it.
    pub kind: FenceDefectKind,
    /// The opening fence.
    pub opening: Span,
    /// The first line of its code that is an opening fence.
    pub inner: Option<Span>,
}

/// What is wrong with a fenced code block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FenceDefectKind {
    /// Nothing closes it before the end of the page.
    ToEnd,
    /// Nothing closes it before the end of the list item or block quote that it is in.
    ToEndOfContainer,
    /// The fence that closes it was meant for a block that begins after it.
    ToNextBlock,
    /// It contains a block with a fence of the same length, which closes it.
    Nested,
}

/// A fenced block with what its code shows.
struct Fenced<'a> {
    block: Typed<'a, CodeBlock>,
    fence: Fence,
    inner: Option<Inner>,
}

/// A line of code that is an opening fence.
#[derive(Clone, Copy)]
struct Inner {
    span: Span,
    follows_blank_line: bool,
}

/// Languages whose code may contain fences.
const TEXT: [&str; 12] =
    ["md", "markdown", "mdx", "mdc", "rmd", "qmd", "text", "txt", "plain", "plaintext", "none", "diff"];

impl Ast {
    /// The fenced code blocks that do not end where they should, in source order. One that is only a consequence of
    /// the one before it is not among them.
    pub fn fence_defects(&self, source: &str) -> Vec<FenceDefect> {
        let fenced = self.code_blocks().filter_map(|block| {
            let fence = block.fence?;
            Some(Fenced { block, fence, inner: self.inner_fence(&block, fence, source) })
        });
        let fenced: Vec<Fenced<'_>> = fenced.collect();
        let end = self.root().span().of(source).trim_end().len() as u32 + self.root().span().start;
        let mut defects = Vec::new();
        let mut is_consequence = false;
        for (i, it) in fenced.iter().enumerate() {
            let leaves_rest = fenced.get(i + 1).is_some_and(|next| it.leaves(next));
            let kind = it.kind(leaves_rest, source, end).filter(|_| !is_consequence);
            let inner = it.inner.map(|inner| inner.span);
            defects.extend(kind.map(|kind| FenceDefect { kind, opening: it.fence.opening, inner }));
            is_consequence = leaves_rest && (kind.is_some() || is_consequence);
        }
        defects
    }

    /// The first line of code that would open a block: a fence that is long enough to close the block but for the
    /// language after it.
    fn inner_fence(&self, block: &CodeBlock, fence: Fence, source: &str) -> Option<Inner> {
        let lines = self.code_lines(block);
        let code = lines.first()?.join(*lines.last()?);
        // Most code has no such character at all.
        memchr::memchr(fence.marker, code.of(source).as_bytes())?;
        let mut follows_blank_line = false;
        for line in lines {
            let text = line.of(source);
            let content = text.trim_start_matches(' ');
            let indent = text.len() - content.len();
            let run = content.bytes().take_while(|&byte| byte == fence.marker).count();
            if indent < 4 && run >= fence.opening.len() as usize && is_language(&content[run..]) {
                return Some(Inner { span: *line, follows_blank_line });
            }
            follows_blank_line = content.is_empty();
        }
        None
    }
}

/// Whether the text after a fence names a language.
fn is_language(info: &str) -> bool {
    let info = info.trim();
    info.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '{') && !info.contains('`')
}

impl Fenced<'_> {
    /// Whether the next block begins with the fence that was meant to close this one.
    fn leaves(&self, next: &Self) -> bool {
        let parent = |it: &Self| it.block.node().parent().map(Node::index);
        let is_beside = parent(self) == parent(next) || self.fence.closing.is_none();
        is_beside && next.fence.info.is_empty() && (next.fence.closing.is_none() || next.inner.is_some())
    }

    fn kind(&self, leaves_rest: bool, source: &str, end: u32) -> Option<FenceDefectKind> {
        let language = self.block.language(source);
        match (self.fence.closing, self.inner) {
            (Some(_), Some(_)) if leaves_rest => Some(FenceDefectKind::Nested),
            (_, Some(_)) if !language.is_empty() && !TEXT.contains(&language) => {
                Some(FenceDefectKind::ToNextBlock)
            }
            (Some(_), Some(inner)) if language.is_empty() && inner.follows_blank_line => {
                Some(FenceDefectKind::ToNextBlock)
            }
            (Some(_), _) => None,
            (None, _) if self.block.span().end >= end => Some(FenceDefectKind::ToEnd),
            (None, _) => Some(FenceDefectKind::ToEndOfContainer),
        }
    }
}
