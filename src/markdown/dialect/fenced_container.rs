//! Containers between lines of colons: the directives of Docusaurus and Starlight, the containers of VitePress, the
//! divs of Pandoc, the directives of MyST. Their bodies are Markdown where they are; only the two lines are masked, and
//! a title becomes a text of its own.

use std::ops::Range;

use super::cache::line_end;
use super::lines::Lines;
use super::overlay::{Head, Island, IslandKind, MaskForm, Patch};
use super::{Parts, Template};
use crate::markdown::fences::Fences;
use crate::text::Span;

/// The fewest colons of such a line.
const FEWEST: usize = 3;

/// The fewest colons of one that is a component of MDC.
const FEWEST_OF_MDC: usize = 2;

/// How many containers are kept in mind.
const DEEPEST: usize = 100;

/// Names after which the rest of the line is a title in VitePress and Docusaurus; other names are those of plugins,
/// which may have options there.
const TITLED: [&[u8]; 10] = [
    b"note",
    b"info",
    b"tip",
    b"warning",
    b"danger",
    b"caution",
    b"important",
    b"details",
    b"secondary",
    b"success",
];

/// Directives of MyST whose argument is a title.
const TITLED_IN_MYST: [&[u8]; 5] = [b"admonition", b"dropdown", b"card", b"tab-item", b"topic"];

/// Directives of MyST whose content is not Markdown.
pub(in crate::markdown) const LITERAL_IN_MYST: [&str; 16] = [
    "toctree",
    "code",
    "code-block",
    "code-cell",
    "sourcecode",
    "literalinclude",
    "highlight",
    "prompt",
    "math",
    "raw",
    "mermaid",
    "graphviz",
    "digraph",
    "graph",
    "csv-table",
    "eval-rst",
];

/// A container that is open.
pub(super) struct OpenDirective {
    /// Where its first line begins.
    start: usize,
    /// How many colons opened it.
    colons: usize,
}

impl Lines<'_> {
    /// Takes what is not Markdown of a directive of MyST: its options, or all of it up to its last line or the end of the
    /// text; gives where to go on.
    pub(super) fn literal_directive(&mut self, text: usize, stop: usize) -> Option<usize> {
        let line = &self.bytes[text..stop];
        let count = colons(line);
        let name = line[count..].trim_ascii_start().strip_prefix(b"{").filter(|_| self.dialect.is_myst())?;
        let name = &name[..memchr::memchr(b'}', name)?];
        if count < FEWEST {
            return None;
        }
        if !LITERAL_IN_MYST.iter().any(|it| it.as_bytes() == name) {
            return self.directive_with_options(text, stop);
        }
        let mut at = line_end(self.bytes, stop);
        while at < self.bytes.len() {
            let start = at + 1;
            at = line_end(self.bytes, start);
            let content = self.bytes[start..at].trim_ascii();
            if content.len() >= count && content.len() == colons(content) {
                break;
            }
        }
        self.found.push(Island::new(text, at.min(self.bytes.len()), IslandKind::Verbatim));
        Some(at + 1)
    }

    /// Takes the first line of a directive and the options in the lines after it, such as `:link: tides`; gives where to go
    /// on.
    fn directive_with_options(&mut self, text: usize, stop: usize) -> Option<usize> {
        let end = line_end(self.bytes, stop);
        let mut at = end;
        while at < self.bytes.len() {
            let next = line_end(self.bytes, at + 1);
            if !is_option(self.bytes[at + 1..next].trim_ascii()) {
                break;
            }
            at = next;
        }
        if at == end || !self.directive(text, stop) {
            return None;
        }
        let first =
            end + 1 + (self.bytes[end + 1..at].len() - self.bytes[end + 1..at].trim_ascii_start().len());
        self.found.push(Island::new(first, at, IslandKind::Attributes));
        Some(at + 1)
    }

    /// Takes a line that opens or closes a container; returns whether it does.
    pub(super) fn directive(&mut self, text: usize, stop: usize) -> bool {
        if !self.is_directive(text, stop) {
            return false;
        }
        match self.directive_title(text, stop) {
            Some(title) => self.heads.push(Head {
                span: Span::from_range(text..stop),
                title: Some(Span::from_range(title)),
                form: MaskForm::Title,
            }),
            None => self.found.push(Island::new(text, stop, IslandKind::Fence)),
        }
        true
    }

    /// Takes a line in a block of code that closes the container around it, and the code with it; returns whether it does.
    pub(super) fn closes_directive_in_code(&mut self, text: usize, stop: usize, fences: &Fences) -> bool {
        const RUNS: [(u8, &str); 2] = [(b'`', "`````````"), (b'~', "~~~~~~~~~")];
        let count = colons(&self.bytes[text..stop]);
        let Some((marker, length)) = fences.opening().filter(|(_, length)| *length <= count) else {
            return false;
        };
        let is_line = count >= FEWEST && count == stop - text && !self.directives.is_empty();
        let run = RUNS.into_iter().find(|(byte, run)| *byte == marker && length <= run.len());
        let Some((_, run)) = run.filter(|_| is_line && self.dialect.closes_containers_in_code()) else {
            return false;
        };
        if !self.is_directive(text, stop) {
            return false;
        }
        self.found.push(Island::new(text, stop, IslandKind::Fence));
        self.letters.push(Patch { at: text as u32, text: &run[..length] });
        true
    }

    fn is_directive(&mut self, text: usize, stop: usize) -> bool {
        let content = &self.bytes[text..stop];
        let colons = colons(content);
        let is_mdc = self.dialect.parts.has(Parts::MDC);
        if colons < if is_mdc { FEWEST_OF_MDC } else { FEWEST } {
            return false;
        }
        let name = content[colons..].trim_ascii_start();
        if name.is_empty() {
            let open = if self.dialect.closes_innermost_container() {
                self.directives.len().checked_sub(1)
            } else {
                self.directives.iter().position(|opened| opened.colons <= colons)
            };
            if let Some(open) = open {
                self.close_directives(open, stop);
            }
            return open.is_some();
        }
        let opens = name[0].is_ascii_alphabetic() || name[0] == b'{';
        if opens && self.directives.len() < DEEPEST {
            self.directives.push(OpenDirective { start: text, colons });
        }
        opens
    }

    /// Closes the containers that are open from one of them on; all end at a place.
    pub(super) fn close_directives(&mut self, first: usize, end: usize) {
        let closed = self.directives.drain(first..);
        self.containers.extend(closed.map(|opened| Span::from_range(opened.start..end)));
    }

    /// The title in the first line of a container, which readers see as text.
    fn directive_title(&self, text: usize, stop: usize) -> Option<Range<usize>> {
        let line = &self.bytes[text..stop];
        let start = colons(line);
        let start = start + line[start..].len() - line[start..].trim_ascii_start().len();
        let title = if line.get(start) == Some(&b'{') {
            self.title_after_braces(line, start)
        } else {
            self.title_after_name(line, start)
        };
        let title = title.filter(|title| !line[title.clone()].trim_ascii().is_empty())?;
        Some(text + title.start..text + title.end)
    }

    /// `:::name[Title]{.class}`, or `::: name Title {.class}`.
    fn title_after_name(&self, line: &[u8], start: usize) -> Option<Range<usize>> {
        let length =
            line[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte));
        let end = start + length.count();
        let is_vue = self.dialect.template == Template::Vue;
        if line.get(end) == Some(&b'[') && !is_vue {
            let close = closing_bracket(line, end)?;
            return Some(end + 1..close);
        }
        let has_titles =
            is_vue || self.dialect.parts.has(Parts::MDX) || self.dialect.parts.has(Parts::PLAIN_TITLES);
        if !has_titles || !TITLED.contains(&&line[start..end]) {
            return None;
        }
        let attributes = line.ends_with(b"}").then(|| memchr::memrchr(b'{', line)).flatten();
        let rest = &line[end..attributes.unwrap_or(line.len())];
        let title = rest.trim_ascii();
        let from = end + rest.len() - rest.trim_ascii_start().len();
        (from > end).then_some(from..from + title.len())
    }

    /// `::: {.class title="Title"}` of Quarto, or `:::{name} Title` of MyST.
    fn title_after_braces(&self, line: &[u8], open: usize) -> Option<Range<usize>> {
        const TITLE: &[u8] = b" title=\"";
        let close = open + memchr::memchr(b'}', &line[open..])?;
        if self.dialect.fills_link_texts() {
            let is_titled = TITLED_IN_MYST.contains(&&line[open + 1..close]);
            let rest = &line[close + 1..];
            let from = line.len() - rest.trim_ascii_start().len();
            return (is_titled && from > close + 1).then_some(from..line.len());
        }
        let from = open + memchr::memmem::find(&line[open..close], TITLE)? + TITLE.len();
        Some(from..from + memchr::memchr(b'"', &line[from..])?)
    }
}

/// Whether a line without the whitespace around it is an option of a directive: `:link: tides`.
fn is_option(line: &[u8]) -> bool {
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let Some(rest) = line.strip_prefix(b":") else { return false };
    let length = rest.iter().take_while(is_part).count();
    length > 0 && rest[length..].starts_with(b":") && matches!(rest.get(length + 1), None | Some(b' '))
}

fn colons(line: &[u8]) -> usize {
    line.iter().take_while(|&&byte| byte == b':').count()
}

/// The bracket that closes the one at `open`.
fn closing_bracket(line: &[u8], open: usize) -> Option<usize> {
    let mut depth = 0_u32;
    let mut at = open;
    while at < line.len() {
        match line[at] {
            b'\\' => at += 1,
            b'[' => depth += 1,
            b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}
