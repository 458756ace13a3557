//! Destinations with spaces, which Python-Markdown and kramdown take without angle brackets: `[text](two words.md)`.

use super::Engine;
use super::lines::Lines;
use super::overlay::{Island, IslandKind, Patch};

/// How many bytes a destination may have: without its end in that distance, it is none.
const LONGEST: usize = 1000;

impl Lines<'_> {
    /// Takes the spaces in the destination after a `]`, up to the end of its line; gives where to go on.
    pub(super) fn spaced_destination(&mut self, bracket: usize, end: usize) -> Option<usize> {
        if self.dialect.engine() == Engine::CommonMark || self.bytes.get(bracket + 1) != Some(&b'(') {
            return None;
        }
        let start = bracket + 2;
        let limit = end.min(start + LONGEST);
        let close = start + closing_parenthesis(self.bytes.get(start..limit)?)?;
        let inner = &self.bytes[start..close];
        let destination = without_title(inner).trim_ascii();
        let from = start + inner.len() - inner.trim_ascii_start().len();
        let first = destination.iter().position(u8::is_ascii_whitespace)?;
        let last = destination.iter().rposition(u8::is_ascii_whitespace)?;
        if destination.starts_with(b"<") || memchr::memchr3(b'"', b'`', b'[', destination).is_some() {
            return None;
        }
        self.found.push(Island::new(from + first, from + last + 1, IslandKind::Literal));
        Some(close + 1)
    }
}

impl Lines<'_> {
    /// Lets the parser read the title of a definition that has its own quotation marks in it, which end nothing in
    /// kramdown and Python-Markdown: `[tides]: tides.md "The "spring" tides"`.
    pub(super) fn quotes_in_title(&mut self, text: usize, stop: usize) {
        if self.dialect.engine() == Engine::CommonMark || self.bytes.get(text) != Some(&b'[') {
            return;
        }
        let line = &self.bytes[text..stop];
        let (Some(label), Some(&quote @ (b'"' | b'\''))) = (memchr::memmem::find(line, b"]:"), line.last())
        else {
            return;
        };
        let open = memchr::memmem::find(&line[label..], &[b' ', quote]).map(|at| label + at + 1);
        let Some(open) = open.filter(|&open| open + 1 < line.len() - 1) else { return };
        let other = if quote == b'"' { "'" } else { "\"" };
        let inner =
            memchr::memchr_iter(quote, &line[open + 1..line.len() - 1]).map(|at| text + open + 1 + at);
        self.patches.extend(inner.map(|at| Patch { at: at as u32, text: other }));
    }
}

/// Where the parenthesis is that closes one before a text.
fn closing_parenthesis(text: &[u8]) -> Option<usize> {
    let mut depth = 0_u32;
    text.iter().position(|byte| match byte {
        b'(' => {
            depth += 1;
            false
        }
        b')' if depth == 0 => true,
        b')' => {
            depth -= 1;
            false
        }
        _ => false,
    })
}

/// What is before a title in quotes.
fn without_title(inner: &[u8]) -> &[u8] {
    let inner = inner.trim_ascii_end();
    let Some(&quote @ (b'"' | b'\'')) = inner.last() else { return inner };
    let open = memchr::memmem::find(inner, &[b' ', quote]);
    open.filter(|&open| open + 2 < inner.len()).map_or(inner, |open| &inner[..open])
}
