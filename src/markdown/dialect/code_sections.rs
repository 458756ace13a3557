//! The sections of a text in which the parser may find indented code, told from the lines alone: to parse a page takes
//! fifty times as long. A section goes from a heading that ends every block before it to the next one.

use std::ops::Range;

use super::cache::line_end;
use crate::markdown::fences::{Fences, columns, prefix, white};

/// The sections of a text that may have indented code, in order. Most pages have four spaces in a row within fences alone.
pub(super) struct CodeSections<'a> {
    text: &'a [u8],
    /// Where the next line begins.
    at: usize,
    state: State,
}

/// What the lines so far have open.
#[derive(Default)]
struct State {
    /// Those that are in no list item.
    fences: Fences,
    /// A fence that may be in a list item, as long as both readings end it in the same place.
    inner: Option<InnerFence>,
    /// Whether an element that the parser reads as a block may go on: up to the next blank line.
    in_html: bool,
    /// Whether it is not certain any more what is open. Then the section goes on to the end of the text.
    is_lost: bool,
    /// Whether the section may have code.
    may_have_code: bool,
}

/// A fence in a list item, or one that would be in the item if there were one.
struct InnerFence {
    marker: u8,
    length: usize,
    /// The columns before it.
    indent: usize,
}

impl<'a> CodeSections<'a> {
    pub(super) fn of(text: &'a [u8]) -> Self {
        let is_plain = !has_wide_gap(text);
        let is_lost = memchr::memchr(b'\r', text).is_some();
        let state = State { is_lost, may_have_code: is_lost, ..State::default() };
        Self { text, at: if is_plain { text.len() } else { 0 }, state }
    }
}

impl Iterator for CodeSections<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let mut start = self.at;
        while self.at < self.text.len() {
            if self.state.is_lost {
                self.at = self.text.len();
                break;
            }
            let line_start = self.at;
            let end = line_end(self.text, line_start);
            let line = &self.text[line_start..end];
            if self.state.is_ended_by(line) {
                let had_code = std::mem::take(&mut self.state).may_have_code;
                if had_code {
                    return Some(start..line_start);
                }
                start = line_start;
            }
            self.at = end + 1;
            self.state.take(line);
        }
        let may_have_code = std::mem::take(&mut self.state).may_have_code;
        may_have_code.then_some(start..self.text.len())
    }
}

impl State {
    /// Whether a line is a heading that ends all blocks before it.
    fn is_ended_by(&self, line: &[u8]) -> bool {
        let marks = line.iter().take_while(|byte| **byte == b'#').count();
        let is_heading = (1..=6).contains(&marks) && matches!(line.get(marks), None | Some(b' ' | b'\t'));
        is_heading && !self.fences.is_open() && self.inner.is_none() && !self.in_html
    }

    fn take(&mut self, line: &[u8]) {
        let content = trimmed(line);
        if self.fences.is_open() {
            self.fences.takes(content);
            // The parser takes no fence that is indented like code for the end.
            if !self.fences.is_open() && has_wide_gap(line) {
                self.lose();
            }
            return;
        }
        if content.is_empty() {
            self.in_html = false;
            return;
        }
        if self.inner.is_some() {
            return self.take_in_inner(line, content);
        }
        let before = prefix(line);
        let content = trimmed(&line[before..]);
        // The text of a footnote may begin with code behind its label.
        let indent = if content.starts_with(b"[^") { line } else { &line[..before] };
        self.may_have_code |= has_wide_gap(indent);
        match HtmlStart::of(content) {
            HtmlStart::Lasting => return self.lose(),
            HtmlStart::Block => self.in_html = true,
            HtmlStart::Comment | HtmlStart::None => {}
        }
        let run = fence_run(content);
        if before == 0 && !self.in_html && self.fences.takes(content) || run < 3 {
            return;
        }
        self.begin_inner(&line[..before], content, run);
    }

    /// Takes a fence that is not at the start of its line.
    fn begin_inner(&mut self, before: &[u8], content: &[u8], length: usize) {
        // Nothing in a block quote goes on below it, and a fence there is none of any other block.
        let is_quote = white(before).len() < 4 && before.trim_ascii_start().starts_with(b">");
        let marker = content[0];
        let is_text = marker == b'`' && content[length..].contains(&marker);
        if is_quote || is_text {
            return;
        }
        // A number may be that of no item. In something else, what ends a block is not certain.
        let may_be_text = before.iter().any(u8::is_ascii_digit) || before.contains(&b'>');
        if self.in_html || may_be_text {
            return self.lose();
        }
        self.inner = Some(InnerFence { marker, length, indent: columns(before) });
    }

    /// Takes a line after a fence that may be in a list item.
    fn take_in_inner(&mut self, line: &[u8], content: &[u8]) {
        let Some(InnerFence { marker, length, indent }) = self.inner else { return };
        let at = columns(white(line));
        let run = fence_run(content);
        let ends = content[0] == marker && run >= length && run == content.len();
        if at < indent || ends && at != indent {
            self.lose();
        } else if ends {
            self.inner = None;
        }
    }

    fn lose(&mut self) {
        (self.is_lost, self.may_have_code) = (true, true);
    }
}

/// How many characters of a fence a line begins with.
fn fence_run(content: &[u8]) -> usize {
    let first = content.first().filter(|byte| matches!(byte, b'`' | b'~'));
    first.map_or(0, |first| content.iter().take_while(|byte| *byte == first).count())
}

/// What HTML a line begins with (CommonMark 0.31.2, section 4.6).
enum HtmlStart {
    None,
    /// A comment that ends on its line, and the block with it.
    Comment,
    /// What a blank line ends, if it is a block.
    Block,
    /// What a blank line does not end.
    Lasting,
}

impl HtmlStart {
    fn of(content: &[u8]) -> Self {
        const NAMES: [&[u8]; 4] = [b"script", b"pre", b"style", b"textarea"];
        let Some(rest) = content.strip_prefix(b"<") else { return Self::None };
        let is_named = |name: &[u8]| {
            rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
                && !rest.get(name.len()).is_some_and(u8::is_ascii_alphanumeric)
        };
        let is_closed = |comment: &[u8]| memchr::memmem::find(comment, b"-->").is_some();
        if rest.strip_prefix(b"!--").is_some_and(is_closed) {
            Self::Comment
        } else if matches!(rest.first(), Some(b'!' | b'?')) || NAMES.iter().any(|name| is_named(name)) {
            Self::Lasting
        } else {
            Self::Block
        }
    }
}

/// A line without the spaces and tabs around its content.
fn trimmed(line: &[u8]) -> &[u8] {
    let rest = &line[white(line).len()..];
    let after = rest.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    &rest[..rest.len() - after]
}

/// Whether a text has a tab, or four spaces in a row.
fn has_wide_gap(text: &[u8]) -> bool {
    memchr::memmem::find(text, b"    ").is_some() || memchr::memchr(b'\t', text).is_some()
}
