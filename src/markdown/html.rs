//! The tags of the HTML in a page, and what their attributes say. Made from the HTML nodes alone, and only when asked.

use std::borrow::Cow;

use super::ast::{Ast, Node};
use super::dialect::{IslandKind, value_in_braces};
use super::node_kind::NodeKind;
use super::scan::Scan;
use crate::text::{Span, resolve_character_references};

/// A tag in an HTML block or in the HTML of a line.
///
/// What is in comments, in `<script>`, `<style>`, `<textarea>` and the like, and in `<pre><code>`, is not a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlTag {
    /// Its name in lower case.
    pub name: Box<str>,
    /// From `<` to `>`; a tag that nothing ends reaches to the end of its block.
    pub span: Span,
    /// Whether it opens or closes an element.
    pub form: TagForm,
    /// In source order. A closing tag has none.
    pub attributes: Box<[HtmlAttribute]>,
}

/// Whether a tag opens or closes an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TagForm {
    /// `<a>`
    Opening,
    /// `<br/>`
    SelfClosing,
    /// `</a>`
    Closing,
}

/// An attribute of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlAttribute {
    /// Its name in lower case.
    pub name: Box<str>,
    /// Where the name stands.
    pub name_span: Span,
    /// The value with entities resolved, and without the prefixes of the lines in a block quote; empty when there is
    /// none.
    pub value: Box<str>,
    /// Where the value stands, without its quotes; empty after the name when there is none.
    pub span: Span,
}

/// A URL in an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlTarget<'a> {
    /// The attribute: `href`, `src`, `srcset` or `poster`.
    pub attribute: &'a str,
    /// The URL, entities resolved and without the spaces around it.
    pub url: Cow<'a, str>,
    /// Where it stands.
    pub span: Span,
}

/// The comments of a page, and where those begin that do not end in their node; both in source order.
pub(super) fn comments_and_unclosed(ast: &Ast, source: &str) -> (Vec<Span>, Vec<u32>) {
    let tokenizer = Tokenizer::read(ast, source, Samples::Read);
    (tokenizer.comments, tokenizer.unclosed)
}

impl Ast {
    /// The tags of the HTML in the page, in source order. Made anew with each call; costs nothing without HTML.
    pub fn html_tags(&self, source: &str) -> Box<[HtmlTag]> {
        tags(self, source, Samples::Skipped)
    }

    /// What is not text in the HTML of the page, in source order: tags, those in `<pre><code>` too, comments and
    /// declarations.
    pub fn html_markup(&self, source: &str) -> Box<[Span]> {
        markup(self, source)
    }

    /// The tags and those in `<pre><code>`, which are tags for a browser.
    pub fn html_tags_and_samples(&self, source: &str) -> Box<[HtmlTag]> {
        tags(self, source, Samples::Read)
    }
}

impl HtmlTag {
    /// The first attribute with this name, which is to be in lower case: a browser takes no notice of others.
    pub fn attribute(&self, name: &str) -> Option<&HtmlAttribute> {
        self.attributes.iter().find(|attribute| &*attribute.name == name)
    }

    /// Its name as the source has it, with the capital letters of a placeholder or a component. In lowercase where the source
    /// has something else there, which was replaced before it was read.
    pub fn written_name<'s>(&'s self, source: &'s str) -> &'s str {
        let written = self.span.of(source).trim_start_matches(['<', '/']).get(..self.name.len());
        written.filter(|it| it.eq_ignore_ascii_case(&self.name)).unwrap_or(&self.name)
    }

    /// Whether this is a tag in a line of text, too: its name and its attributes are written as CommonMark 0.31.2,
    /// section 6.6, has it. In a block of HTML there may be others, such as those of templates.
    pub fn is_inline(&self, source: &str) -> bool {
        let is_name = self.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let tail =
            self.attributes.last().map_or(self.span.start + 1 + self.name.len() as u32, |it| it.end(source));
        let tail = Span::new(tail.min(self.span.end), self.span.end).of(source);
        let is_closed = matches!(tail.trim_start(), ">" | "/>");
        is_name && is_closed && self.attributes.iter().all(|attribute| attribute.is_inline(source))
    }

    /// Every URL that the tag names, each candidate of a `srcset` for itself.
    pub fn targets<'a>(&'a self, source: &'a str) -> Vec<HtmlTarget<'a>> {
        let mut targets = Vec::new();
        for attribute in &self.attributes {
            match &*attribute.name {
                "srcset" => attribute.candidates(source, &mut targets),
                "href" | "src" | "poster" => targets.push(attribute.target(source)),
                // A link of React Router.
                "to" if &*self.name == "link" => targets.push(attribute.target(source)),
                _ => {}
            }
        }
        targets
    }
}

impl HtmlAttribute {
    /// The quote around the value.
    fn quote(&self, source: &str) -> Option<u8> {
        let has_value = self.span.start > self.name_span.end;
        let before = source.as_bytes()[self.span.start as usize - 1];
        (has_value && matches!(before, b'"' | b'\'')).then_some(before)
    }

    /// Where the attribute ends, with the quote after its value.
    fn end(&self, source: &str) -> u32 {
        self.span.end + u32::from(self.quote(source).is_some())
    }

    fn is_inline(&self, source: &str) -> bool {
        let name = self.name_span.of(source);
        let is_parted = source.as_bytes()[self.name_span.start as usize - 1].is_ascii_whitespace();
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ':'))
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.:-".contains(&byte));
        let has_value = self.span.start > self.name_span.end;
        let value = self.span.of(source);
        let is_value = !has_value
            || self.quote(source).is_some()
            || !value.is_empty() && !value.contains(['"', '\'', '=', '<', '>', '`']);
        is_parted && is_name && is_value
    }

    fn target<'a>(&'a self, source: &str) -> HtmlTarget<'a> {
        let written = self.span.of(source);
        let start = self.span.start + (written.len() - written.trim_start().len()) as u32;
        let span = Span::new(start, start + written.trim().len() as u32);
        HtmlTarget { attribute: &self.name, url: Cow::Borrowed(self.value.trim()), span }
    }

    /// The images of a `srcset` (HTML, section 4.8.4.2.1): URLs with descriptors, with commas between. Where something else
    /// follows a URL, as in the name of a file with spaces, all of it is taken for one.
    fn candidates<'a>(&'a self, source: &'a str, targets: &mut Vec<HtmlTarget<'a>>) {
        let written = self.span.of(source);
        let is_space = |c: char| c.is_ascii_whitespace();
        let known = targets.len();
        let mut at = 0;
        while let Some(next) = written[at..].find(|c: char| !is_space(c) && c != ',') {
            let start = at + next;
            let end = written[start..].find(is_space).map_or(written.len(), |i| start + i);
            let url = written[start..end].trim_end_matches(',');
            // A comma at the end of the URL ends the candidate; else its descriptor comes first.
            at = if url.len() < end - start {
                end
            } else {
                written[end..].find(',').map_or(written.len(), |i| end + i)
            };
            if !written[end..at].split_ascii_whitespace().all(is_descriptor) {
                targets.truncate(known);
                return targets.push(self.target(source));
            }
            let start = self.span.start + start as u32;
            let span = Span::new(start, start + url.len() as u32);
            targets.push(HtmlTarget { attribute: &self.name, url: resolve_character_references(url), span });
        }
    }
}

/// Whether a word says for which screens an image of a `srcset` is: `2x`, `640w`.
fn is_descriptor(word: &str) -> bool {
    let number = word.strip_suffix(['x', 'w', 'h']);
    number.is_some_and(|number| number.parse::<f64>().is_ok())
}

/// Elements whose content is text, whatever it looks like.
const RAW: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// What becomes of tags in `<pre><code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Samples {
    /// They are samples, and left out.
    Skipped,
    /// They are tags like others, as they are for a browser.
    Read,
}

/// The tags of a page in source order.
pub(super) fn tags(ast: &Ast, source: &str, samples: Samples) -> Box<[HtmlTag]> {
    let mut tags = Tokenizer::read(ast, ast.text(source), samples).tags;
    if let Some(overlay) = ast.overlay() {
        let elements = overlay.islands().iter().filter(|island| island.kind == IslandKind::Element);
        let known = tags.len();
        tags.extend(elements.flat_map(|island| Tokenizer::of_span(source, island.span)));
        if tags.len() > known {
            tags.sort_by_key(|tag| tag.span);
        }
        // What a template fills in is as the file has it.
        let attributes = tags.iter_mut().flat_map(|tag| &mut tag.attributes);
        for attribute in attributes.filter(|it| overlay.island_at(it.span).is_some()) {
            attribute.value = attribute.span.of(source).into();
        }
    }
    tags.into()
}

/// What is not text in the HTML of a page, in source order: tags, comments, declarations.
pub(super) fn markup(ast: &Ast, source: &str) -> Box<[Span]> {
    Tokenizer::read(ast, ast.text(source), Samples::Read).markup.into()
}

struct Tokenizer<'s> {
    /// Ends with the node.
    scan: Scan<'s>,
    samples: Samples,
    /// The element whose text is being skipped.
    raw: Option<Box<str>>,
    /// Whether a `<pre>` is open.
    pre: bool,
    /// Whether a brace begins the value of an attribute, as in MDX.
    reads_expressions: bool,
    tags: Vec<HtmlTag>,
    markup: Vec<Span>,
    comments: Vec<Span>,
    /// Where comments begin that do not end in their node.
    unclosed: Vec<u32>,
}

impl<'s> Tokenizer<'s> {
    fn new(source: &'s str, samples: Samples) -> Self {
        let scan = Scan { source, end: 0, quotes: 0 };
        let (tags, markup, comments) = (Vec::new(), Vec::new(), Vec::new());
        let (raw, pre, reads_expressions, unclosed) = (None, false, false, Vec::new());
        Self { scan, samples, raw, pre, reads_expressions, tags, markup, comments, unclosed }
    }

    /// The tag of an element of MDX.
    fn of_span(source: &'s str, span: Span) -> Vec<HtmlTag> {
        let mut tokenizer = Self { reads_expressions: true, ..Self::new(source, Samples::Read) };
        tokenizer.run(span);
        tokenizer.tags
    }

    /// Reads the HTML of a page.
    fn read(ast: &Ast, source: &'s str, samples: Samples) -> Self {
        let mut tokenizer = Self::new(source, samples);
        if ast.of(NodeKind::HtmlBlock).len() + ast.of(NodeKind::HtmlInline).len() == 0 {
            return tokenizer;
        }
        let mut nodes: Vec<Node<'_>> =
            ast.of(NodeKind::HtmlBlock).chain(ast.of(NodeKind::HtmlInline)).collect();
        nodes.sort_unstable_by_key(|node| node.index());
        // Where the block ends that the last one is in.
        let mut end = 0;
        for node in nodes {
            if node.index() >= end {
                tokenizer.reset();
                let is_quote = |it: &Node<'_>| matches!(it.kind(), NodeKind::BlockQuote | NodeKind::Alert);
                tokenizer.scan.quotes = node.ancestors().filter(is_quote).count();
                let block = std::iter::once(node).chain(node.ancestors()).find(|it| !it.kind().is_inline());
                end = block.map_or(0, |block| block.index() + 1 + block.descendants().len());
            }
            tokenizer.run(node.span());
        }
        tokenizer
    }

    fn reset(&mut self) {
        self.raw = None;
        self.pre = false;
    }

    fn run(&mut self, span: Span) {
        self.scan.end = span.end as usize;
        let mut at = span.start as usize;
        while let Some(next) = memchr::memchr(b'<', &self.scan.bytes()[at..]) {
            let start = at + next;
            at = self.markup(start);
            if at > start + 1 {
                self.markup.push(Span::from_range(start..at.min(self.scan.end)));
            }
        }
    }

    /// Reads what begins with the `<` at `at`; gives the position after.
    fn markup(&mut self, at: usize) -> usize {
        let rest = &self.scan.bytes()[at..];
        let is_closing = rest.get(1) == Some(&b'/');
        if let Some(raw) = &self.raw {
            let name = rest.get(2..2 + raw.len()).filter(|_| is_closing);
            if !name.is_some_and(|name| name.eq_ignore_ascii_case(raw.as_bytes())) {
                return at + 1;
            }
            self.raw = None;
        }
        let skip = |end: &[u8]| memchr::memmem::find(rest, end).map_or(self.scan.end, |i| at + i + end.len());
        match rest {
            [b'<', b'!', b'-', b'-', b'>', ..] => at + 5,
            [b'<', b'!', b'-', b'-', ..] => {
                let end = memchr::memmem::find(&rest[4..], b"-->").map(|length| at + 4 + length + 3);
                match end {
                    Some(end) => self.comments.push(Span::from_range(at..end)),
                    None => self.unclosed.push(at as u32),
                }
                skip(b"-->")
            }
            [b'<', b'!', b'[', b'C', ..] => skip(b"]]>"),
            [b'<', b'!', ..] => skip(b">"),
            [b'<', b'?', ..] => skip(b"?>"),
            _ => self.tag(at, is_closing).unwrap_or(at + 1),
        }
    }

    fn tag(&mut self, at: usize, is_closing: bool) -> Option<usize> {
        let start = at + 1 + usize::from(is_closing);
        let name_end = self.until(start, |byte| matches!(byte, b'/' | b'>'));
        let name = self.scan.source[start..name_end].to_ascii_lowercase();
        // `<https://example.org>` and `<me@example.org>` are not tags.
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && !name.ends_with(':')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte));
        if !is_name {
            return None;
        }
        let (attributes, end) = self.attributes(name_end);
        let form = if is_closing {
            TagForm::Closing
        } else if self.scan.bytes()[..end].ends_with(b"/>") {
            TagForm::SelfClosing
        } else {
            TagForm::Opening
        };
        self.follow(&name, form);
        self.tags.push(HtmlTag {
            name: name.into(),
            span: Span::from_range(at..end),
            form,
            attributes: if is_closing { Box::default() } else { attributes.into() },
        });
        Some(end)
    }

    /// What a tag means for the text after it.
    fn follow(&mut self, name: &str, form: TagForm) {
        if name == "pre" {
            self.pre = form == TagForm::Opening && self.samples == Samples::Skipped;
        } else if form == TagForm::Opening && (RAW.contains(&name) || name == "code" && self.pre) {
            self.raw = Some(name.into());
        }
    }

    /// The attributes after a tag's name, and where the tag ends.
    fn attributes(&self, mut at: usize) -> (Vec<HtmlAttribute>, usize) {
        let mut attributes = Vec::new();
        loop {
            at = self.scan.space(at);
            match self.scan.at(at) {
                _ if at >= self.scan.end => return (attributes, self.scan.end),
                b'>' => return (attributes, at + 1),
                b'/' => at += 1,
                _ => {
                    let attribute = self.attribute(at);
                    at = attribute.1;
                    attributes.push(attribute.0);
                }
            }
        }
    }

    fn attribute(&self, start: usize) -> (HtmlAttribute, usize) {
        // A `=` that begins a name is part of it.
        let name_end = self.until(start + 1, |byte| matches!(byte, b'/' | b'>' | b'='));
        let equals = self.scan.space(name_end);
        let (value, end) = if self.scan.at(equals) == b'=' {
            self.value(self.scan.space(equals + 1))
        } else {
            (name_end..name_end, name_end)
        };
        let name = &self.scan.source[start..name_end];
        let value = Span::from_range(value);
        let attribute = HtmlAttribute {
            name: name.to_ascii_lowercase().into(),
            name_span: Span::from_range(start..name_end),
            value: self.decoded(value).into(),
            span: value,
        };
        (attribute, end)
    }

    /// The value that begins here, and where it ends with its quotes.
    fn value(&self, start: usize) -> (std::ops::Range<usize>, usize) {
        let quote = self.scan.at(start);
        if quote == b'{' && self.reads_expressions {
            return value_in_braces(&self.scan.source[..self.scan.end], start);
        }
        if !matches!(quote, b'"' | b'\'') {
            let end = self.until(start, |byte| byte == b'>');
            return (start..end, end);
        }
        let end = memchr::memchr(quote, &self.scan.bytes()[start + 1..]).map(|i| start + 1 + i);
        end.map_or((start + 1..self.scan.end, self.scan.end), |end| (start + 1..end, end + 1))
    }

    fn decoded(&self, value: Span) -> String {
        let text = value.of(self.scan.source);
        if self.scan.quotes == 0 || !text.contains(['\n', '\r']) {
            return resolve_character_references(text).into_owned();
        }
        let within = Scan { end: value.end as usize, ..self.scan };
        let mut shown = String::with_capacity(text.len());
        let mut at = value.start as usize;
        while let Some(length) = memchr::memchr2(b'\n', b'\r', &within.bytes()[at..]) {
            shown.push_str(&within.source[at..at + length]);
            shown.push('\n');
            at = within.line_break(at + length).map_or(within.end, |next| within.prefix(next));
        }
        shown.push_str(&within.source[at..within.end]);
        resolve_character_references(&shown).into_owned()
    }

    /// The first white space, or byte that `ends` says, from `at` on.
    fn until(&self, at: usize, ends: impl Fn(u8) -> bool) -> usize {
        let rest = self.scan.bytes().get(at..).unwrap_or_default();
        let length = rest.iter().position(|&byte| byte.is_ascii_whitespace() || ends(byte));
        length.map_or(self.scan.end, |length| at + length)
    }
}
