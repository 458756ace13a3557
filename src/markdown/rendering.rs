//! The page as readers get it: its HTML, reduced to what a browser makes of it, so that two texts can be compared.

use std::borrow::Cow;

use comrak::{Arena, format_html, nodes::NodeValue};

use super::dialect::{self, Dialect, Head, IsComment, Overlay};
use super::{options_for, start_of};

/// The HTML of a page, one piece for each of its outermost blocks. Unlike what a site publishes it holds raw HTML as it
/// is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendering {
    blocks: Vec<String>,
    /// What is not Markdown, as it is written, in order.
    islands: Vec<(IsComment, Box<str>)>,
}

/// What of a page counts when two are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// All that a browser shows or follows. White space counts as browsers have it: a run of it is one space, and at
    /// the edge of a block it is nothing (CSS Text 3, section 4.1.1), but in code every character counts.
    Whole,
    /// The same as if no comment were there.
    WithoutComments,
    /// The whole without the values of attributes that hold URLs, and without the words that are URLs.
    WithoutAddresses,
    /// Elements, attributes, URLs and code, without text, comments and the values of other attributes.
    WithoutText,
}

impl Rendering {
    /// Renders a file in its dialect, with what is not Markdown masked. `body` is the offset in bytes at which its
    /// Markdown begins.
    ///
    /// # Panics
    ///
    /// If `body` is past the end of `source` or inside a character.
    pub fn of(source: &str, body: u32, dialect: Dialect) -> Self {
        let arena = Arena::new();
        let body = start_of(source, body);
        let overlay = dialect::overlay(source, body, dialect);
        let text = overlay.as_deref().map_or(Cow::Borrowed(source), Overlay::patched_text);
        let markdown = &text[body as usize..];
        let options = options_for(markdown);
        let root = comrak::parse_document(&arena, markdown, options);
        if let Cow::Owned(_) = text {
            restore_html(root, overlay.as_deref().map_or(source, Overlay::text), body);
        }
        if let Some(overlay) = overlay.as_deref() {
            break_terms(root, overlay, markdown, body);
        }
        let render = |block| {
            let mut html = String::new();
            format_html(block, options, &mut html).expect("memory can be written");
            html
        };
        let islands = overlay.map_or_else(Vec::new, |overlay| overlay.spared_texts(source));
        Self { blocks: root.children().map(render).collect(), islands }
    }

    /// Whether another page is the same as far as a view goes.
    pub fn equals(&self, other: &Self, view: View) -> bool {
        self == other || self.has_islands_of(other, view) && self.seen(view) == other.seen(view)
    }

    /// Whether another page has the same islands, as far as a view goes.
    fn has_islands_of(&self, other: &Self, view: View) -> bool {
        let counts = |it: &&(IsComment, Box<str>)| view != View::WithoutComments || !it.0.0;
        self.islands.iter().filter(counts).eq(other.islands.iter().filter(counts))
    }

    /// The number of outermost blocks that differ; `None` where there are more or fewer of them.
    pub fn different_blocks(&self, other: &Self) -> Option<usize> {
        let pairs = self.blocks.iter().zip(&other.blocks);
        let is_comparable = self.islands == other.islands && self.blocks.len() == other.blocks.len();
        is_comparable.then(|| {
            pairs.filter(|(one, two)| reduced(one, View::Whole) != reduced(two, View::Whole)).count()
        })
    }

    /// The page in one string.
    fn seen(&self, view: View) -> String {
        reduced(&self.blocks.concat(), view)
    }
}

/// Gives blocks of HTML their own text where the parser read another.
fn restore_html(root: comrak::nodes::Node<'_>, text: &str, body: u32) {
    let lines: Vec<&str> = text[body as usize..].split_inclusive('\n').collect();
    for node in root.descendants() {
        let ast = &mut *node.data_mut();
        if let NodeValue::HtmlBlock(html) = &mut ast.value {
            let (first, last) = (ast.sourcepos.start.line.saturating_sub(1), ast.sourcepos.end.line);
            html.literal = lines[first.min(last)..last.min(lines.len())].concat();
        }
    }
}

/// Breaks the lines above definitions: each is a term.
fn break_terms(root: comrak::nodes::Node<'_>, overlay: &Overlay, markdown: &str, body: u32) {
    if !overlay.heads().iter().any(Head::is_definition) {
        return;
    }
    let lines: Vec<usize> =
        std::iter::once(0).chain(memchr::memchr_iter(b'\n', markdown.as_bytes()).map(|at| at + 1)).collect();
    for node in root.descendants().filter(|node| matches!(node.data().value, NodeValue::List(_))) {
        let start = node.data().sourcepos.start;
        let line = start.line.checked_sub(1).and_then(|line| lines.get(line)).copied().unwrap_or_default();
        let at = body + (line + start.column.saturating_sub(1)) as u32;
        let is_definition = overlay.head_at(at).is_some_and(Head::is_definition);
        let Some(terms) = node.previous_sibling().filter(|_| is_definition) else { continue };
        for part in terms.descendants() {
            if matches!(part.data().value, NodeValue::SoftBreak) {
                part.data_mut().value = NodeValue::LineBreak;
            }
        }
    }
}

/// HTML as far as a view goes.
fn reduced(html: &str, view: View) -> String {
    let html = html.replace("\r\n", "\n").replace('\r', "\n");
    let mut reduced = Reduced { out: String::with_capacity(html.len()), view, spaced: true, verbatim: 0 };
    let mut rest = html.as_str();
    while let Some(start) = rest.find('<') {
        reduced.text(&rest[..start]);
        rest = &rest[start..];
        let end = markup_len(rest);
        reduced.markup(&rest[..end]);
        rest = &rest[end..];
    }
    reduced.text(rest);
    reduced.edge();
    reduced.out
}

/// Length in bytes of the tag or comment at the start of a text.
fn markup_len(text: &str) -> usize {
    if text.starts_with("<!--") {
        return text.find("-->").map_or(text.len(), |at| at + 3);
    }
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match quote {
            Some(open) if byte == open => quote = None,
            None if byte == b'>' => return at + 1,
            None if matches!(byte, b'"' | b'\'') && text[..at].ends_with('=') => quote = Some(byte),
            _ => {}
        }
    }
    text.len()
}

struct Reduced {
    out: String,
    view: View,
    /// Whether the next blank adds nothing: there is one before it, or the edge of a block.
    spaced: bool,
    /// How many elements are open in which every character counts.
    verbatim: usize,
}

impl Reduced {
    fn text(&mut self, text: &str) {
        if self.verbatim > 0 {
            self.out.push_str(text);
            self.spaced = false;
            return;
        }
        if self.view == View::WithoutText {
            return;
        }
        for word in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
            let bare = word.trim_end_matches(|c: char| c.is_ascii_whitespace());
            if !bare.is_empty() {
                let shown = if self.view == View::WithoutAddresses && is_address(bare) { "<>" } else { bare };
                self.out.push_str(shown);
                self.spaced = false;
            }
            if bare.len() < word.len() && !self.spaced {
                self.out.push(' ');
                self.spaced = true;
            }
        }
    }

    fn markup(&mut self, markup: &str) {
        if self.view == View::WithoutComments && markup.starts_with("<!--") {
            return;
        }
        let inner = markup.trim_start_matches('<').trim_end_matches('>');
        let is_closing = inner.starts_with('/');
        let inner = inner.trim_matches('/');
        let name = inner.split(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default();
        let name = name.to_ascii_lowercase();
        let is_block = BLOCKS.contains(&name.as_str());
        if is_block {
            self.edge();
        }
        match (markup.starts_with("<!--"), self.view) {
            (true, View::WithoutText) => {}
            (true, _) | (_, View::Whole | View::WithoutComments) => self.out.push_str(markup),
            (false, view) => self.tag(inner, is_closing, view),
        }
        if VERBATIM.contains(&name.as_str()) {
            self.verbatim = if is_closing { self.verbatim.saturating_sub(1) } else { self.verbatim + 1 };
        }
        if is_block {
            self.spaced = true;
        }
    }

    /// A tag without the values that the view leaves out.
    fn tag(&mut self, inner: &str, is_closing: bool, view: View) {
        self.out.push_str(if is_closing { "</" } else { "<" });
        let mut rest = inner;
        while let Some(equals) = rest.find('=') {
            let (names, value) = (&rest[..=equals], &rest[equals + 1..]);
            let end = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].find(quote).map_or(value.len(), |at| at + 2),
                _ => value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len()),
            };
            self.out.push_str(names);
            let attribute = names[..equals].split_ascii_whitespace().next_back().unwrap_or_default();
            let holds_address = ADDRESSES.contains(&attribute.to_ascii_lowercase().as_str());
            if holds_address != (view == View::WithoutAddresses) {
                self.out.push_str(&value[..end]);
            }
            rest = &value[end..];
        }
        self.out.push_str(rest);
        self.out.push('>');
    }

    /// The edge of a block: spaces before it are not shown.
    fn edge(&mut self) {
        if self.spaced && self.verbatim == 0 && self.out.ends_with(' ') {
            self.out.pop();
        }
    }
}

fn is_address(word: &str) -> bool {
    word.contains("://") || word.contains('@') || word.starts_with("www.") || word.starts_with("mailto:")
}

/// Attributes whose values are URLs (HTML Standard, "Attributes" index, those of type URL).
const ADDRESSES: &[&str] =
    &["href", "src", "srcset", "poster", "data", "cite", "action", "formaction", "content", "background"];

/// Elements in which white space counts.
const VERBATIM: &[&str] = &["pre", "code", "textarea", "script", "style"];

/// Elements before, after and at whose inner edges spaces are not shown.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
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
    "hr",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
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

#[cfg(test)]
mod tests {
    use super::{Dialect, Rendering, View};
    use crate::markdown::DialectName;

    fn same(one: &str, two: &str, view: View) -> bool {
        Rendering::of(one, 0, Dialect::default()).equals(&Rendering::of(two, 0, Dialect::default()), view)
    }

    #[test]
    fn how_it_is_written_does_not_count() {
        for (one, two) in [
            ("* a\n* b", "- a\n- b\n"),
            ("Pier\n====", "# Pier"),
            ("a  b \tc", "a b c"),
            ("x *a*  y", "x _a_ y"),
            ("\u{feff}a\r\nb", "a\nb"),
            ("    ls\n", "```\nls\n```"),
            ("```\r\nls\r\nls\r\n```", "```\nls\nls\n```"),
            ("| a |\n|-|\n|  b|", "|a  |\n| --- |\n| b |"),
        ] {
            assert!(same(one, two, View::Whole), "{one:?} {two:?}");
        }
    }

    #[test]
    fn what_readers_see_counts() {
        for (one, two) in [
            ("- a\n- b", "- a\n\n- b"),
            ("- a\n- b", "- a\n+ b"),
            ("`a  b`", "`a b`"),
            ("```\na  b\n```", "```\na b\n```"),
            ("a  \nb", "a\nb"),
            ("x<b>a</b>", "x <b>a</b>"),
            ("<img alt='a  b'>", "<img alt='a b'>"),
            ("[a](b)", "[a](c)"),
            ("<!-- a -->", ""),
            ("a&nbsp; b", "a b"),
        ] {
            assert!(!same(one, two, View::Whole), "{one:?} {two:?}");
        }
    }

    #[test]
    fn each_line_above_a_definition_is_a_term() {
        let same = |one: &str, two: &str, dialect| {
            Rendering::of(one, 0, dialect).equals(&Rendering::of(two, 0, dialect), View::Whole)
        };
        let kramdown = Dialect::named([DialectName::Kramdown]);
        assert!(!same("Pier. Quay\n: a\n", "Pier.\nQuay\n: a\n", kramdown));
        assert!(!same("- Pier. Quay\n\n  : a\n", "- Pier.\n  Quay\n\n  : a\n", kramdown));
        assert!(same("Pier. Quay\n: a\n", "Pier.\nQuay\n: a\n", Dialect::default()));
        assert!(same("Pier\n: a. b\n", "Pier\n: a.\n  b\n", kramdown));
    }

    #[test]
    fn a_view_leaves_out_what_it_says() {
        let addresses = View::WithoutAddresses;
        assert!(same("[a](http://b.org) <http://b.org>", "[a](https://b.org) <https://b.org>", addresses));
        assert!(!same("[a](b \"c\")", "[a](b \"d\")", addresses));
        assert!(!same("[a](b)", "[c](b)", addresses));
        assert!(same("<!-- a -->\nb <!-- c -->\nd", "b\nd", View::WithoutComments));
        assert!(!same("a<!-- b --> c", "ac", View::WithoutComments));
        assert!(!same("<pre>a <!-- b --></pre>", "<pre>a</pre>", View::WithoutComments));
        assert!(!same("`<!-- a -->`", "``", View::WithoutComments));
        assert!(same("teh [pire](a 'teh')", "the [pier](a 'the')", View::WithoutText));
        assert!(!same("[pire](a)", "[pire](b)", View::WithoutText));
        assert!(!same("teh `teh`", "the `the`", View::WithoutText));
        assert!(!same("*teh*", "\\*the*", View::WithoutText));
        let before = Rendering::of("a\n\n[b] (c)\n\nd", 0, Dialect::default());
        assert_eq!(
            before.different_blocks(&Rendering::of("a\n\n[b](c)\n\nd", 0, Dialect::default())),
            Some(1)
        );
        assert_eq!(before.different_blocks(&Rendering::of("a\n\nd", 0, Dialect::default())), None);
    }
}
