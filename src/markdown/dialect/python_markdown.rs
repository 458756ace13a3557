//! What Python-Markdown reads differently from CommonMark in single lines: headings without a space after their `#`, and
//! code fences that are text because nothing closes them in their container.

use super::super::ast::Ast;
use super::Engine;
use super::cache::line_end;
use super::lines::{Lines, run_length};
use super::overlay::{Island, IslandKind, Overlay, Patch};
use crate::text::Span;

/// The deepest level of a heading; more `#` are a part of its text.
const DEEPEST: usize = 6;

/// The fewest characters of a fence.
const FEWEST: usize = 3;

/// The columns by which the body of a container is indented.
const INDENT: usize = 4;

/// How many bytes below a fence are looked at for its end.
const LONGEST: usize = 64 * 1024;

impl Lines<'_> {
    /// Takes the `#` of a heading that is text in CommonMark: two or more directly before the text, or more than six. One
    /// directly before the text is left: the parser needs a space, for which there is no room.
    pub(super) fn dense_heading(&mut self, line: usize, text: usize, end: usize) {
        let is_wanted =
            self.dialect.engine() == Engine::PythonMarkdown && self.bytes[text..end].starts_with(b"##");
        if !is_wanted || self.is_indented(line, text) {
            return;
        }
        let marks = run_length(self.bytes, text);
        let rest = &self.bytes[text + marks..end];
        if rest.trim_ascii().is_empty() {
            return;
        }
        let is_dense = !rest.starts_with(b" ") && !rest.starts_with(b"\t");
        let first = if is_dense && marks <= DEEPEST { marks - 1 } else { DEEPEST };
        self.patches.extend((first..marks).map(|i| Patch { at: (text + i) as u32, text: " " }));
    }

    /// Takes a fence in the body of a container that ends before the fence is closed, which is text; returns whether it
    /// is one.
    pub(super) fn is_text_fence(&mut self, line: usize, text: usize, content: &[u8]) -> bool {
        let is_wanted = self.dialect.engine() == Engine::PythonMarkdown && begins_fence(content);
        if !is_wanted || text - line < INDENT || !self.is_indented(line, text) {
            return false;
        }
        let run = run_length(content, 0);
        // Text with backticks in the same line is a code span.
        if memchr::memchr(b'`', &content[run..]).is_some()
            || !self.ends_without(&content[..run], text - line, line_end(self.bytes, text) + 1)
        {
            return false;
        }
        self.found.push(Island::new(text, text + run, IslandKind::Literal));
        // A letter in its place begins a paragraph.
        self.letters.push(Patch { at: text as u32, text: "x" });
        true
    }

    /// Whether a line begins with nothing but spaces, at least one.
    fn is_indented(&self, line: usize, text: usize) -> bool {
        text > line && self.bytes[line..text].iter().all(|byte| *byte == b' ')
    }

    /// Whether a line that is indented by fewer columns comes before one that closes a fence.
    fn ends_without(&self, fence: &[u8], column: usize, start: usize) -> bool {
        let limit = self.bytes.len().min(start + LONGEST.min(self.budget.get()));
        let mut at = start;
        while at < limit {
            let end = line_end(self.bytes, at);
            let line = &self.bytes[at..end];
            let content = line.trim_ascii();
            let indent = line.iter().take_while(|byte| **byte == b' ').count();
            let closes = content.starts_with(fence) && content.iter().all(|byte| *byte == fence[0]);
            let is_outside = indent < column && !content.is_empty();
            if closes || is_outside {
                self.charge(end - start);
                return !closes;
            }
            at = end + 1;
        }
        self.charge(at.min(self.bytes.len()).saturating_sub(start));
        false
    }
}

impl Ast {
    /// The code fences that are text for Python-Markdown, in source order.
    pub fn text_fences<'a>(&'a self, source: &'a str) -> impl Iterator<Item = Span> + 'a {
        let islands = self.overlay().map_or(&[][..], Overlay::islands).iter();
        let literals = islands.filter(|island| island.kind == IslandKind::Literal);
        literals.map(|island| island.span).filter(|span| begins_fence(span.of(source).as_bytes()))
    }
}

fn begins_fence(content: &[u8]) -> bool {
    matches!(content, [first @ (b'`' | b'~'), rest @ ..] if rest.len() + 1 >= FEWEST && rest[..FEWEST - 1].iter().all(|byte| byte == first))
}
