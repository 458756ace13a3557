//! Fenced blocks with a content that is Markdown: `mdx-code-block` of Docusaurus, `admonish` of the preprocessor
//! mdbook-admonish.

use super::lines::{Lines, run_length};
use super::overlay::{Head, Island, IslandKind, MaskForm};
use super::{Parts, Template};
use crate::text::Span;

/// Whether the line at hand is between the fences of such a block.
#[derive(Default)]
pub(super) struct LiveFence {
    /// The character of the fence that opened the one at hand, and how many of them.
    open: Option<(u8, usize)>,
}

impl LiveFence {
    /// Takes a line outside of other fences, without whitespace around it; returns whether it opens or closes a block
    /// with this name.
    pub(super) fn takes(&mut self, content: &[u8], name: &[u8]) -> bool {
        let Some(&mark @ (b'`' | b'~')) = content.first() else { return false };
        let run = run_length(content, 0);
        let after = content[run..].strip_prefix(name);
        let is_named = after.is_some_and(|rest| rest.first().is_none_or(|byte| matches!(byte, b' ' | b',')));
        let opens = self.open.is_none() && run >= 3 && is_named;
        let is_end = |(opened, length)| opened == mark && run >= length && run == content.len();
        let closes = self.open.is_some_and(is_end);
        if opens {
            self.open = Some((mark, run));
        } else if closes {
            self.open = None;
        }
        opens || closes
    }
}

impl Lines<'_> {
    /// The name of the blocks that the engine has.
    pub(super) fn live_fence(&self) -> Option<&'static [u8]> {
        let is_docusaurus = self.dialect.parts.has(Parts::MDX) && self.dialect.parts.has(Parts::DIRECTIVES);
        match self.dialect.template {
            _ if is_docusaurus => Some(b"mdx-code-block"),
            Template::Mdbook => Some(b"admonish"),
            _ => None,
        }
    }

    /// Takes the first or last line of a block: `admonish warning title="Title"`, or with nothing but quotes around the
    /// title.
    pub(super) fn take_live_fence(&mut self, start: usize, end: usize) {
        let line = &self.bytes[start..end];
        let open = memchr::memmem::find(line, b" title=\"").map(|at| at + b" title=\"".len());
        let open = open.or_else(|| memchr::memmem::find(line, b" \"").map(|at| at + b" \"".len()));
        let title = open.and_then(|open| Some(open..open + memchr::memchr(b'"', &line[open..])?));
        match title.filter(|title| !line[title.clone()].trim_ascii().is_empty()) {
            Some(title) => {
                let title = Some(Span::from_range(start + title.start..start + title.end));
                self.heads.push(Head { span: Span::from_range(start..end), title, form: MaskForm::Title });
            }
            None => self.found.push(Island::new(start, end, IslandKind::Fence)),
        }
    }
}
