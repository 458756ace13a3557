//! HTML elements whose content is Markdown because they have the attribute `markdown`, as kramdown and the extension
//! `md_in_html` of Python-Markdown have them, or because they are a `div` of Pandoc. Their tags are masked, so that no
//! HTML block begins with them.

use super::Engine;
use super::cache::line_end;
use super::lines::Lines;
use super::overlay::{Island, IslandKind, Patch};
use super::raw_html::is_block;

/// How many elements are kept in mind.
const DEEPEST: usize = 100;

/// An element that is open, and whether it is one of those whose tags are masked.
pub(super) struct Element {
    name: Box<[u8]>,
    is_read: bool,
    is_inline: bool,
}

impl Element {
    /// Whether no blocks are read in it.
    pub(super) const fn is_inline(&self) -> bool {
        self.is_inline
    }
}

impl Lines<'_> {
    /// Takes the tag that begins a line of text; gives where it ends if its element is read.
    pub(super) fn html_body(&mut self, text: usize) -> Option<usize> {
        let rest = self.bytes[text..].strip_prefix(b"<")?;
        if let Some(rest) = rest.strip_prefix(b"/") {
            return self.closing_tag(text, name(rest)?);
        }
        let name: Box<[u8]> = name(rest)?.into();
        let stop = self.tag_end(text)?;
        let attributes = &self.bytes[text + 1 + name.len()..stop];
        let is_read = has_attribute(attributes)
            || self.reads_html
                && is_block(&name)
                && memchr::memmem::find(attributes, b" markdown=").is_none()
            || self.dialect.is_pandoc() && *name == *b"div";
        if self.elements.is_empty() && !is_read {
            return None;
        }
        let is_inline = self.has_inline_content(&name)
            || memchr::memmem::find(attributes, b"markdown=\"span\"").is_some();
        if is_read && is_inline {
            // A letter in its place makes a paragraph of indented text below it.
            self.letters.push(Patch { at: text as u32, text: "x" });
        }
        let line = &self.bytes[stop..line_end(self.bytes, stop)];
        let is_closed = memchr::memmem::find(line, &[b"</", &*name].concat()).is_some();
        if !is_closed && !self.bytes[..stop].ends_with(b"/>") && self.elements.len() < DEEPEST {
            self.elements.push(Element { name, is_read, is_inline });
        }
        is_read.then(|| {
            self.found.push(Island::new(text, stop, IslandKind::Element));
            stop
        })
    }

    /// Whether the content of an element has no blocks.
    fn has_inline_content(&self, name: &[u8]) -> bool {
        const IN_BOTH: [&[u8]; 9] = [b"p", b"h1", b"h2", b"h3", b"h4", b"h5", b"h6", b"dt", b"legend"];
        const IN_PYTHON_MARKDOWN: [&[u8]; 6] = [b"address", b"dd", b"li", b"summary", b"td", b"th"];
        let is_python = self.dialect.engine() == Engine::PythonMarkdown;
        IN_BOTH.contains(&name) || is_python && IN_PYTHON_MARKDOWN.contains(&name)
    }

    /// Takes a closing tag, and closes what is open in its element.
    fn closing_tag(&mut self, text: usize, name: &[u8]) -> Option<usize> {
        let open = self.elements.iter().rposition(|element| *element.name == *name)?;
        let is_read = self.elements[open].is_read;
        self.elements.truncate(open);
        let stop = text + memchr::memchr(b'>', &self.bytes[text..line_end(self.bytes, text)])? + 1;
        is_read.then(|| {
            self.found.push(Island::new(text, stop, IslandKind::Element));
            stop
        })
    }
}

/// The name that a tag begins with.
pub(super) fn name(tag: &[u8]) -> Option<&[u8]> {
    let length = tag.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
    tag.first().filter(|byte| byte.is_ascii_alphabetic()).map(|_| &tag[..length])
}

/// Whether the attributes of a tag have `markdown`, with a value other than `0`.
pub(super) fn has_attribute(attributes: &[u8]) -> bool {
    const NAME: &[u8] = b"markdown";
    memchr::memmem::find_iter(attributes, NAME).any(|at| {
        let (before, after) = (&attributes[..at], &attributes[at + NAME.len()..]);
        let is_whole = matches!(after.first(), Some(b'=' | b'>' | b'/') | None)
            || after.first().is_some_and(u8::is_ascii_whitespace);
        let is_off = after.starts_with(b"=\"0\"") || after.starts_with(b"='0'") || after.starts_with(b"=0");
        before.last().is_some_and(u8::is_ascii_whitespace) && is_whole && !is_off
    })
}
