//! The text of a heading as the engines see it that make an anchor of it, and the anchor that its author chose.

use std::{borrow::Cow, collections::HashMap};

use super::ast::{Ast, Node, Typed};
use super::data::Heading;
use super::dialect::IslandKind;
use super::node_kind::NodeKind;
use super::normalize_label;
use crate::text::{SlugStyle, Span};

/// What a heading is called by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadingText {
    /// The text that the anchor is made of: without markup and attributes, entities resolved.
    pub text: String,
    /// The anchor that the author chose, `{#id}`. Where the engine itself does not know such, plugins often do.
    pub id: Option<Span>,
    /// The list of attributes after the text, braces included, if the engine takes it for one.
    pub attributes: Option<Span>,
}

impl HeadingText {
    /// Reads a heading as the engine does.
    pub fn of(heading: Typed<'_, Heading>, source: &str, style: SlugStyle) -> Self {
        let node = heading.node();
        let braces = attributes(node, heading.data(), source, style);
        let id = braces.and_then(|span| id_of_heading(span, source, style));
        let attributes = braces.filter(|span| reads_attributes(style, *span, source));
        let mut text = String::new();
        let mut hidden = 0;
        for inline in node.descendants().filter(|inline| inline.kind().is_inline()) {
            match inline.kind() {
                _ if inline.index() < hidden => {}
                NodeKind::Image if !reads_descriptions(style) => {
                    hidden = inline.index() + 1 + inline.descendants().len();
                }
                NodeKind::Text if reads_emojis(style) => {
                    text.push_str(&without_emojis(inline.literal(source)));
                }
                NodeKind::Text | NodeKind::Code => text.push_str(inline.literal(source)),
                NodeKind::Island if is_markup(inline) => {}
                NodeKind::Island => text.push_str(inline.span().of(source)),
                // Of the lines of a heading Hugo takes the last.
                NodeKind::SoftBreak | NodeKind::HardBreak if style == SlugStyle::Hugo => text.clear(),
                NodeKind::SoftBreak | NodeKind::HardBreak if style == SlugStyle::Zola => {}
                NodeKind::SoftBreak | NodeKind::HardBreak => text.push(' '),
                _ => {}
            }
        }
        if attributes.is_some() {
            text.truncate(before_last_brace(&text).len());
        }
        let other_line = || id_below(node, source).or_else(|| id_above(node, source));
        let id = id.or_else(|| other_line().filter(|_| style == SlugStyle::Kramdown));
        Self { text, id, attributes }
    }
}

fn before_last_brace(text: &str) -> &str {
    text.rfind('{').map_or(text, |brace| text[..brace].trim_end())
}

impl Ast {
    /// The texts of the headings in the form in which labels are compared, each with its heading.
    pub fn heading_labels(&self, source: &str) -> HashMap<String, Typed<'_, Heading>> {
        let label = |heading: Typed<'_, Heading>| {
            let braces = attributes(heading.node(), heading.data(), source, SlugStyle::Any);
            let end = braces.map_or(heading.content.end, |braces| braces.start);
            normalize_label(source[heading.content.start as usize..end as usize].trim_end())
        };
        self.headings().map(|heading| (label(heading), heading)).collect()
    }
}

/// The text of a heading for engines that take the braces at its end for attributes; `text` is what it is for others.
pub(super) fn without_braces<'t>(heading: Typed<'_, Heading>, source: &str, text: &'t str) -> &'t str {
    let braces = attributes(heading.node(), heading.data(), source, SlugStyle::Any);
    if braces.is_some() { before_last_brace(text) } else { text }
}

impl Typed<'_, Heading> {
    /// The text as it is written, markup included, but without the HTML in it; a line break counts as a space.
    pub fn written_text<'s>(&self, source: &'s str) -> Cow<'s, str> {
        let content = self.content.of(source);
        let mut html = self.node().children().filter(|node| node.kind() == NodeKind::HtmlInline).peekable();
        if html.peek().is_none() && !content.contains(['\n', '\r']) {
            return Cow::Borrowed(content);
        }
        let mut text = String::new();
        let mut at = self.content.start;
        for tag in html {
            text.push_str(Span::new(at, tag.span().start).of(source));
            at = tag.span().end;
        }
        text.push_str(Span::new(at, self.content.end).of(source));
        let lines: Vec<&str> = text.lines().collect();
        Cow::Owned(lines.join(" ").trim().to_owned())
    }
}

/// Whether the engine reads `{…}` after a heading.
pub(super) fn has_attributes(style: SlugStyle) -> bool {
    !matches!(
        style,
        SlugStyle::Github
            | SlugStyle::Gitlab
            | SlugStyle::Eleventy
            | SlugStyle::MarkdownItAnchor
            | SlugStyle::Myst
            | SlugStyle::Hexo
            | SlugStyle::NuxtContent
            | SlugStyle::Any
            | SlugStyle::None
    )
}

/// Whether the engine reads these braces after a heading: Docusaurus those with an id, MkDocs those after a space.
fn reads_attributes(style: SlugStyle, braces: Span, source: &str) -> bool {
    match style {
        SlugStyle::Docusaurus => id(braces, source).is_some(),
        SlugStyle::Mkdocs => {
            let before = source[..braces.start as usize].trim_end_matches([' ', '\t']);
            before.len() < braces.start as usize && !before.ends_with(['#', '\n'])
        }
        _ => has_attributes(style),
    }
}

/// Whether the engine takes the description of an image for text of the heading.
fn reads_descriptions(style: SlugStyle) -> bool {
    matches!(style, SlugStyle::Docusaurus | SlugStyle::Hugo | SlugStyle::Zola)
}

/// Whether `:tada:` is a picture, which is not part of the heading's text.
fn reads_emojis(style: SlugStyle) -> bool {
    matches!(style, SlugStyle::Mkdocs | SlugStyle::Vitepress)
}

/// A text without names of emojis, such as `:tada:` and `:material-home:`, that are words for themselves.
pub(super) fn without_emojis(text: &str) -> Cow<'_, str> {
    let is_name = |word: &str| {
        let name = word.strip_prefix(':').and_then(|word| word.strip_suffix(':')).unwrap_or_default();
        name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '+' | '-'))
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+-".contains(&byte))
    };
    if !text.split(' ').any(is_name) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.split(' ').map(|word| if is_name(word) { "" } else { word }).collect::<Vec<_>>().join(" "),
    )
}

/// Whether what is not Markdown shows nothing by itself: a tag of MDX, or a comment.
fn is_markup(node: Node<'_>) -> bool {
    let island = node.overlay().and_then(|overlay| overlay.island_at(node.span()));
    island.is_some_and(|island| matches!(island.kind, IslandKind::Element | IslandKind::Comment))
}

/// The braces that end a heading, if its last text ends with some that the engine takes for attributes.
fn attributes(node: Node<'_>, heading: &Heading, source: &str, style: SlugStyle) -> Option<Span> {
    let content = heading.content.of(source);
    if !content.ends_with('}') {
        return None;
    }
    let start = heading.content.start + content.rfind('{')? as u32;
    let last = node.descendants().next_back()?;
    let is_text = last.kind() == NodeKind::Text && last.span().start <= start;
    let before = &source[..start as usize];
    let counts = match style {
        // MDX takes a brace without a backslash for an expression.
        SlugStyle::Docusaurus => true,
        SlugStyle::Mkdocs => before.ends_with(' '),
        SlugStyle::Kramdown => {
            before.ends_with([' ', '\t'])
                && is_kramdown_id(&source[start as usize..heading.content.end as usize])
        }
        _ => !before.ends_with('\\'),
    };
    (is_text && counts).then(|| Span::new(start, heading.content.end))
}

/// Whether braces are an id for kramdown, which takes other lists of attributes after a heading for text.
fn is_kramdown_id(braces: &str) -> bool {
    let id = braces.strip_prefix("{#").and_then(|rest| rest.strip_suffix('}'));
    id.is_some_and(|id| id.starts_with(char::is_alphabetic) && !id.contains(char::is_whitespace))
}

/// The id in the braces after a heading; Docusaurus takes all that is in them, or the comment there.
fn id_of_heading(braces: Span, source: &str, style: SlugStyle) -> Option<Span> {
    if style != SlugStyle::Docusaurus {
        return id(braces, source);
    }
    let Some(inside) = braces.of(source).strip_prefix("{#").and_then(|text| text.strip_suffix('}')) else {
        return id_in_comment(braces, source);
    };
    (!inside.is_empty()).then(|| Span::new(braces.start + 2, braces.end - 1))
}

/// `{: #id}` in the line below a heading.
fn id_below(node: Node<'_>, source: &str) -> Option<Span> {
    let line_end =
        |at: u32| memchr::memchr(b'\n', source.as_bytes().get(at as usize..)?).map(|i| at + i as u32 + 1);
    let start = line_end(node.span().end)?;
    let below = Span::new(start, line_end(start).unwrap_or(source.len() as u32));
    if let Some(list) = node.overlay().and_then(|overlay| overlay.island_at(below)) {
        return (list.kind == IslandKind::Attributes).then(|| id(list.span, source))?;
    }
    let below = node.next_sibling()?.span();
    let text = below.of(source);
    let is_next_line = source.get(start as usize..below.start as usize)?.trim().is_empty();
    (is_next_line && text.starts_with("{:") && text.ends_with('}')).then(|| id(below, source))?
}

/// `{: #id}` in the line above a heading. If there is a block above that line, the list is its.
fn id_above(node: Node<'_>, source: &str) -> Option<Span> {
    let mut above = source[..node.span().start as usize].rsplit('\n').skip(1);
    let line = above.next()?.trim_ascii();
    let is_block = above.next().is_none_or(|line| line.trim_ascii().is_empty());
    let start = (line.as_ptr() as usize - source.as_ptr() as usize) as u32;
    let list = Span::new(start, start + line.len() as u32);
    let is_list = is_block && line.starts_with("{:") && line.ends_with('}');
    is_list.then(|| id(list, source))?
}

/// The id in a comment of MDX that ends a heading: `{/*id*/}` or `{/* #id */}`.
pub(super) fn id_in_comment(content: Span, source: &str) -> Option<Span> {
    let text = content.of(source).strip_suffix("*/}")?;
    let open = text.rfind("{/*")? + 3;
    let inner = text[open..].trim_start();
    let inner = inner.strip_prefix('#').unwrap_or(inner);
    let (start, id) = (text.len() - inner.len(), inner.trim_end());
    let start = content.start + start as u32;
    (!id.is_empty() && !id.contains(char::is_whitespace)).then(|| Span::new(start, start + id.len() as u32))
}

/// The id in brackets that end a heading, `[#id]`, as Nextra and Fumadocs have it.
pub(super) fn id_in_brackets(content: Span, source: &str) -> Option<Span> {
    let text = content.of(source).trim_end().strip_suffix(']')?;
    let start = text.rfind("[#")? + 2;
    let is_id = !text[start..].is_empty() && !text[start..].contains([' ', '[', ']', '(']);
    is_id.then(|| Span::from_range(start..text.len()).shift(content.start))
}

/// The id in a list of attributes: `{#id}`, `{#id .class key=value}`, `{: #id }` or `{/* #id */}`.
pub(super) fn id(attributes: Span, source: &str) -> Option<Span> {
    let text = attributes.of(source);
    let inside = text.strip_prefix('{')?.strip_suffix('}')?;
    let mut at = 0;
    while let Some(hash) = inside[at..].find('#') {
        let start = at + hash;
        let begins = inside[..start].ends_with(|c: char| c.is_whitespace() || c == ':') || start == 0;
        at = start + 1;
        if !begins {
            continue;
        }
        let end = inside[at..].find(char::is_whitespace).map_or(inside.len(), |i| at + i);
        if end > at {
            // The brace is not in `inside`.
            let offset = attributes.start as usize + 1;
            return Some(Span::from_range(offset + at..offset + end));
        }
    }
    id_of_key(inside).map(|range| Span::from_range(range).shift(attributes.start + 1))
}

/// The value of `id=value` or `id="value"` in a list of attributes.
fn id_of_key(inside: &str) -> Option<std::ops::Range<usize>> {
    let mut keys = inside.match_indices("id=").map(|(at, key)| (at, at + key.len()));
    let (_, start) =
        keys.find(|(at, _)| inside[..*at].is_empty() || inside[..*at].ends_with([' ', ':', '\t']))?;
    let value = &inside[start..];
    let (start, end) = match value.chars().next()? {
        quote @ ('"' | '\'') => (start + 1, start + 1 + value[1..].find(quote)?),
        _ => (start, start + value.find(char::is_whitespace).unwrap_or(value.len())),
    };
    (start < end).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::id_in_brackets;
    use crate::text::Span;

    #[test]
    fn brackets_at_the_end_of_a_heading_have_its_id() {
        let id = |text: &str| {
            id_in_brackets(Span::from_range(0..text.len()), text).map(|it| it.of(text).to_owned())
        };
        assert_eq!(id("Low tide [#ebb]").as_deref(), Some("ebb"));
        for text in ["Low [#ebb] tide", "Tide [#]", "Tide [ebb]", "Tide [#low tide]", "Tide [a](#b)"] {
            assert_eq!(id(text), None);
        }
    }
}
