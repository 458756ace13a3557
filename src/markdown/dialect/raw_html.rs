//! HTML elements whose content is not Markdown up to their closing tag, over blank lines, as Python-Markdown and kramdown
//! have them. In CommonMark a blank line ends such a block; so the parser is given a processing instruction in its place,
//! which ends where the element does.

use super::Engine;
use super::cache::line_end;
use super::html_body::{has_attribute, name};
use super::lines::{Lines, SLACK};
use super::overlay::{Island, IslandKind, Patch};
use crate::markdown::fences::{Fences, prefix};

/// Elements of blocks for both engines.
const BLOCKS: [&str; 43] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "html",
    "iframe",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "noscript",
    "ol",
    "p",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// What the parser reads at the start and the end of the element.
const START: &str = "<?";
const END: &str = "?>";

/// An element that is not read.
#[derive(Clone, Copy)]
pub(super) struct RawElement {
    /// After its closing tag.
    end: usize,
    /// How many elements are open around it that are kept in mind.
    depth: usize,
}

/// Whether an element with this name is a block for both engines.
pub(super) fn is_block(name: &[u8]) -> bool {
    BLOCKS.iter().any(|block| name.eq_ignore_ascii_case(block.as_bytes()))
}

impl Lines<'_> {
    /// Takes the lines of an element that is not read, as far as nothing in it is read; gives where the next line
    /// begins.
    pub(super) fn raw_html(&mut self, line: usize, text: usize, end: usize) -> Option<usize> {
        if let Some(raw) = self.raw {
            if line >= raw.end {
                self.raw = None;
            } else {
                let is_read = self.elements.len() > raw.depth || self.is_read_in_raw(text, end);
                return (!is_read).then(|| self.raw_lines(line, raw));
            }
        }
        if self.dialect.engine() == Engine::CommonMark || self.bytes.get(text) != Some(&b'<') {
            return None;
        }
        let indent = &self.bytes[line..text];
        if indent.len() > SLACK || indent.iter().any(|byte| *byte != b' ') {
            return None;
        }
        if self.unclosed_comment(text) || self.reads_html {
            return None;
        }
        let name = name(&self.bytes[text + 1..])?;
        let after = text + 1 + name.len();
        let tag = &self.bytes[after..self.tag_end(text)?];
        if !is_block(name) || has_attribute(tag) || tag.ends_with(b"/>") {
            return None;
        }
        let raw = RawElement { end: self.element_end(line, name)?, depth: self.elements.len() };
        self.raw = Some(raw);
        Some(self.raw_lines(line, raw))
    }

    /// `<!--` that nothing ends is text.
    fn unclosed_comment(&mut self, text: usize) -> bool {
        let is_comment = self.bytes[text..].starts_with(b"<!--") && self.comment_end.at(text).is_none();
        if is_comment {
            self.found.push(Island::new(text, text + 1, IslandKind::Literal));
        }
        is_comment
    }

    /// Whether a line in an element that is not read begins something that is: code in Python-Markdown, an element with
    /// the attribute `markdown` in kramdown.
    fn is_read_in_raw(&self, text: usize, end: usize) -> bool {
        let content = &self.bytes[text..end];
        if self.dialect.engine() == Engine::PythonMarkdown {
            return Fences::default().takes(content.trim_ascii_end());
        }
        let Some(name) = content.strip_prefix(b"<").and_then(name) else { return false };
        self.tag_end(text).is_some_and(|stop| has_attribute(&self.bytes[text + 1 + name.len()..stop]))
    }

    /// Takes lines up to the end of an element, or to the next one that is read; gives where the next line begins.
    fn raw_lines(&mut self, start: usize, raw: RawElement) -> usize {
        self.spared.pass();
        let mut at = start;
        let mut first = None;
        let (mut last, mut lines, mut is_parted) = (0..0, 0_usize, false);
        while at < raw.end {
            let end = line_end(self.bytes, at);
            let text =
                at + self.bytes[at..end].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            if at > start && self.is_read_in_raw(text, end) {
                break;
            }
            let stop = text + self.bytes[text..end].trim_ascii_end().len();
            if stop > text {
                first.get_or_insert(if text - at > SLACK { at } else { text });
                (last, lines) = (text..stop, lines + 1);
            } else {
                is_parted |= first.is_some();
            }
            at = self.math_block(text, end).unwrap_or_else(|| {
                self.inlines(at, text, end);
                end + 1
            });
        }
        if at >= raw.end {
            self.raw = None;
        }
        let goes_on =
            self.bytes.get(at..).is_some_and(|rest| !rest[..line_end(rest, 0)].trim_ascii().is_empty());
        if let Some(first) = first.filter(|_| is_parted || goes_on || lines > 1) {
            self.patch_element(first, last.end);
        }
        at
    }

    /// Makes a processing instruction of the text between two places, unless it has the end of one.
    fn patch_element(&mut self, first: usize, last: usize) {
        let is_short = last < first + START.len() + END.len();
        if is_short || memchr::memmem::find(&self.bytes[first..last], END.as_bytes()).is_some() {
            return;
        }
        self.patches.push(Patch { at: first as u32, text: START });
        // What nothing closes goes on to the end of the text.
        self.patches.push(Patch { at: (last - END.len()) as u32, text: END });
    }

    /// Where the element ends that begins in a line: after its closing tag, or at the end of the text if it has none. A
    /// template may close it elsewhere.
    fn element_end(&mut self, line: usize, name: &[u8]) -> Option<usize> {
        let reads_code = self.dialect.engine() == Engine::PythonMarkdown;
        let mut fences = Fences::default();
        let mut depth = 0_usize;
        let mut at = line;
        let (mut comment, mut has_comments) = (0, true);
        // Nothing may close any of many elements.
        let rest = self.bytes.len() - line;
        if self.has_templates && self.budget.get() < rest {
            return None;
        }
        while at < self.bytes.len() {
            let end = line_end(self.bytes, at);
            let text = at + prefix(&self.bytes[at..end]);
            if reads_code && fences.takes(self.bytes[text..end].trim_ascii_end()) {
                at = end + 1;
                continue;
            }
            for open in memchr::memchr_iter(b'<', &self.bytes[at..end]).map(|i| at + i) {
                if open < comment {
                    continue;
                }
                let rest = &self.bytes[open + 1..];
                if has_comments && rest.starts_with(b"!--") {
                    let close = memchr::memmem::find(rest, b"-->").map(|i| open + 1 + i);
                    (comment, has_comments) = (close.unwrap_or(comment), close.is_some());
                    continue;
                }
                let (is_closing, rest) = rest.strip_prefix(b"/").map_or((false, rest), |rest| (true, rest));
                let is_same = rest.len() > name.len()
                    && rest[..name.len()].eq_ignore_ascii_case(name)
                    && matches!(rest[name.len()], b' ' | b'\t' | b'\r' | b'\n' | b'>' | b'/');
                if !is_same {
                    continue;
                }
                depth = if is_closing { depth.saturating_sub(1) } else { depth + 1 };
                if is_closing && depth == 0 {
                    let close = memchr::memchr(b'>', &self.bytes[open..])?;
                    return Some(open + close + 1);
                }
            }
            at = end + 1;
        }
        if self.has_templates {
            self.charge(rest);
            return None;
        }
        Some(self.bytes.len())
    }
}
