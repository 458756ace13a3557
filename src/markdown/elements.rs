//! HTML elements: those without one of their tags, and the Markdown in them that no engine reads.

use std::collections::HashMap;

use super::ast::Ast;
use super::data::NodeData;
use super::html::{HtmlTag, TagForm};
use super::node_kind::NodeKind;
use super::texts::{self, TextKind};
use crate::text::Span;

/// Markdown in a block of HTML, which is shown as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawMarkdown {
    /// The construct.
    pub span: Span,
    /// The tag that begins the block.
    pub tag: Span,
}

/// Elements that have no content, and those whose end tag may be omitted (HTML Standard, sections 13.1.2 and
/// 13.1.2.4).
const WITHOUT_END: [&str; 37] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "basefont", "bgsound", "frame", "keygen", "p", "li", "dt", "dd", "tr", "td", "th", "thead",
    "tbody", "tfoot", "colgroup", "option", "optgroup", "rt", "rp", "html", "head", "body", "image",
];

/// Elements in which text is code or a drawing.
const LITERAL: [&str; 10] =
    ["pre", "code", "script", "style", "textarea", "svg", "math", "kbd", "samp", "template"];

/// The tags without counterpart, in source order: opening tags that nothing closes, and closing tags that close
/// nothing. Elements whose end tag may be omitted do not count, nor do those that are written as if they closed
/// themselves.
pub fn unbalanced_tags(tags: &[HtmlTag]) -> Vec<&HtmlTag> {
    let mut open: Vec<&HtmlTag> = Vec::new();
    let mut count: HashMap<&str, usize> = HashMap::new();
    let mut found = Vec::new();
    for tag in tags.iter().filter(|tag| !WITHOUT_END.contains(&&*tag.name)) {
        match tag.form {
            TagForm::SelfClosing => {}
            TagForm::Opening => {
                open.push(tag);
                *count.entry(&tag.name).or_default() += 1;
            }
            TagForm::Closing if count.get(&*tag.name).is_none_or(|&count| count == 0) => found.push(tag),
            TagForm::Closing => {
                while let Some(last) = open.pop() {
                    *count.entry(&last.name).or_default() -= 1;
                    if last.name == tag.name {
                        break;
                    }
                    found.push(last);
                }
            }
        }
    }
    found.extend(open);
    found.sort_by_key(|tag| tag.span);
    found
}

/// Whether some tags are components of MDX or Vue, such as `<Note>` with its `</Note>`: then the page is not in
/// Markdown alone.
pub fn has_components(tags: &[HtmlTag], source: &str) -> bool {
    tags.iter().filter(|tag| tag.form != TagForm::Opening && tag.name.len() > 1).any(|tag| {
        tag.span.of(source).trim_start_matches(['<', '/']).starts_with(|c: char| c.is_ascii_uppercase())
    })
}

impl Ast {
    /// The Markdown in blocks of HTML that is shown as it is written, in source order: the first in each block. Blocks
    /// that begin with an inline element are left out, for some engines read them, and so are elements with an
    /// attribute `markdown`.
    pub fn raw_markdown(&self, source: &str, tags: &[HtmlTag]) -> Vec<RawMarkdown> {
        let mut found = Vec::new();
        let mut markup: Option<Box<[Span]>> = None;
        for block in self.of(NodeKind::HtmlBlock).filter(|it| matches!(it.data(), NodeData::HtmlBlock(6))) {
            let span = block.span();
            let first = tags.partition_point(|tag| tag.span.start < span.start);
            let tags = &tags[first..];
            let tags = &tags[..tags.partition_point(|tag| tag.span.start < span.end)];
            let Some(first) = tags.first().filter(|_| !tags.iter().any(is_read)) else { continue };
            let markup = markup.get_or_insert_with(|| self.html_markup(source));
            let mut literal = Literal { tags, depth: 0 };
            let mut construct = None;
            texts::html_block(span, markup, &mut |text, kind| {
                if construct.is_none() && kind == TextKind::HtmlText && !literal.is_at(text.start) {
                    construct = markdown_in(text, source);
                }
            });
            found.extend(construct.map(|span| RawMarkdown { span, tag: first.span }));
        }
        found
    }
}

/// Whether engines read the content of an element as Markdown.
fn is_read(tag: &HtmlTag) -> bool {
    tag.attribute("markdown").is_some()
}

/// How many elements are open in which text is code.
struct Literal<'a> {
    /// The tags that are not counted yet.
    tags: &'a [HtmlTag],
    depth: usize,
}

impl Literal<'_> {
    /// Whether text at a place is code. Places are asked for in source order.
    fn is_at(&mut self, at: u32) -> bool {
        while let Some((tag, rest)) = self.tags.split_first().filter(|(tag, _)| tag.span.start < at) {
            self.tags = rest;
            match tag.form {
                _ if !LITERAL.contains(&&*tag.name) => {}
                TagForm::Opening => self.depth += 1,
                TagForm::Closing => self.depth = self.depth.saturating_sub(1),
                TagForm::SelfClosing => {}
            }
        }
        self.depth > 0
    }
}

/// The first strong emphasis, code span, link, heading, list or table in a text.
fn markdown_in(text: Span, source: &str) -> Option<Span> {
    let line = text.of(source);
    if !line.bytes().any(may_mark) {
        return None;
    }
    let found = [strong(line), code(line), link(line), heading(line), list(line), table(line)];
    let first = found.into_iter().flatten().min_by_key(|range| range.start)?;
    Some(Span::from_range(first).shift(text.start))
}

/// Whether one of the constructs may have this byte: most lines of HTML have none.
const fn may_mark(byte: u8) -> bool {
    matches!(byte, b'*' | b'`' | b'[' | b'#' | b'|' | b'-' | b'+' | b'0'..=b'9')
}

type Range = std::ops::Range<usize>;

/// `**text**` in a line.
fn strong(text: &str) -> Option<Range> {
    let start = text.find("**")?;
    let inner = &text[start + 2..];
    let length = inner.find("**")?;
    let inner = &inner[..length];
    let is_text = inner.starts_with(char::is_alphanumeric) && !inner.contains('\n');
    let is_flanking = !text[..start].ends_with(['*', '/']) && !inner.ends_with(char::is_whitespace);
    (is_text && is_flanking).then(|| start..start + length + 4)
}

/// `` `code` `` in a line.
fn code(text: &str) -> Option<Range> {
    let start = text.find('`')?;
    let length = text[start + 1..].find('`')?;
    let inner = &text[start + 1..start + 1 + length];
    let is_code = !inner.is_empty() && !inner.contains('\n') && inner.trim() == inner;
    is_code.then(|| start..start + length + 2)
}

/// `[text](destination)` in a line.
fn link(text: &str) -> Option<Range> {
    let middle = text.find("](")?;
    let start = text[..middle].rfind('[')?;
    let end = middle + 2 + text[middle + 2..].find(')')?;
    let is_call = text[..start].ends_with(char::is_alphanumeric);
    let is_plain = !text[start..end].contains(['\n', '{']) && end > middle + 2 && !is_call;
    is_plain.then(|| start..end + 1)
}

/// `## text` on a line.
fn heading(text: &str) -> Option<Range> {
    let start = text.find("\n#")? + 1;
    let line = text[start..].lines().next()?;
    let hashes = line.bytes().take_while(|&byte| byte == b'#').count();
    let is_heading = hashes <= 6 && line[hashes..].starts_with(' ') && !line[hashes..].trim().is_empty();
    is_heading.then(|| start..start + line.trim_end().len())
}

/// The first line of a list of several items.
fn list(text: &str) -> Option<Range> {
    let is_list = |first: &str, second: &str| Some(marker(first)?.is_followed_by(marker(second)?));
    let mut pairs = adjacent_lines(text);
    pairs.find(|(first, second)| is_list(first.0, second.0) == Some(true)).map(|(first, _)| first.1)
}

/// The header row of a table.
fn table(text: &str) -> Option<Range> {
    let is_row = |line: &str| line.trim_start().starts_with('|') && line.matches('|').count() > 1;
    let is_delimiter_row = |line: &str| {
        is_row(line) && line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
    };
    let mut pairs = adjacent_lines(text);
    pairs
        .find(|((first, _), (second, _))| is_row(first) && is_delimiter_row(second))
        .map(|(first, _)| first.1)
}

/// The lines of a text after its first, each with the next one and their places.
fn adjacent_lines(text: &str) -> impl Iterator<Item = ((&str, Range), (&str, Range))> {
    let place = |line: &str| {
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        start..start + line.trim_end().len()
    };
    let lines = text.lines().skip(1);
    lines
        .clone()
        .zip(lines.skip(1))
        .map(move |(first, second)| ((first, place(first)), (second, place(second))))
}

/// A list marker.
#[derive(PartialEq, Eq)]
enum Marker {
    Bullet(char),
    Number(u32),
}

impl Marker {
    fn is_followed_by(&self, next: Self) -> bool {
        match (self, next) {
            (Self::Number(number), Self::Number(next)) => next == number + 1 || next == *number,
            (Self::Bullet(bullet), Self::Bullet(next)) => *bullet == next,
            _ => false,
        }
    }
}

/// The list marker that a line with text begins with.
fn marker(line: &str) -> Option<Marker> {
    let (marker, text) = line.trim_start().split_once(' ')?;
    if !text.trim_start().starts_with(char::is_alphanumeric) {
        return None;
    }
    match marker {
        "-" => Some(Marker::Bullet('-')),
        "*" => Some(Marker::Bullet('*')),
        "+" => Some(Marker::Bullet('+')),
        number => Some(Marker::Number(number.strip_suffix('.')?.parse().ok()?)),
    }
}
