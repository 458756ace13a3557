//! Tables of contents: lists of links to headings of their own page.

use std::borrow::Cow;

use super::ast::{Ast, Node, Typed};
use super::data::{Heading, NodeData};
use super::fragment::Fragment;
use super::headings::HeadingText;
use super::node_kind::NodeKind;
use crate::text::{SlugStyle, Span};

/// A list that consists of links to anchors of its own page, with the headings that it can list.
pub struct TableOfContents<'a> {
    /// Its entries, those of nested lists included, in source order.
    pub entries: Vec<ContentsEntry<'a>>,
    /// The headings of its section after it, in source order, without those that are left out on purpose, each with its
    /// text as readers see it.
    pub headings: Vec<(Typed<'a, Heading>, String)>,
}

/// An entry of a table of contents.
pub struct ContentsEntry<'a> {
    /// The item.
    pub item: Node<'a>,
    /// The link.
    pub link: Span,
    /// The fragment of the link, without the `#` and with percent-encoding resolved.
    pub fragment: Cow<'a, str>,
    /// The text of the link as readers see it.
    pub text: String,
}

/// A list with fewer links is a list of links.
const FEWEST_ENTRIES: usize = 3;

/// Tables of contents of a page, as each of them may list all headings.
const MAX_TABLES: usize = 16;

impl Ast {
    /// The tables of contents of a page, in source order. A list in a container is not one, nor is a list one of whose
    /// items has something else than a link. There are 16 at most.
    pub fn tables_of_contents(&self, source: &str) -> Vec<TableOfContents<'_>> {
        let is_at_top = |node: Node<'_>| node.parent().is_some_and(|it| it.kind() == NodeKind::Document);
        let headings: Vec<_> = self.headings().filter(|heading| is_at_top(heading.node())).collect();
        let mut tables = Vec::new();
        for list in self.lists().filter(|list| is_at_top(list.node())) {
            if tables.len() == MAX_TABLES {
                break;
            }
            let entries = entries(list.node(), source).unwrap_or_default();
            if entries.len() >= FEWEST_ENTRIES {
                let headings = section(&headings, list.span())
                    .iter()
                    .copied()
                    .filter(|heading| !is_left_out(*heading, source))
                    .map(|heading| (heading, heading_text(heading, source)))
                    .collect();
                tables.push(TableOfContents { entries, headings });
            }
        }
        tables
    }
}

/// The entries of a list. Nothing, if an item has something else than a link and a list below it.
fn entries<'a>(list: Node<'a>, source: &str) -> Option<Vec<ContentsEntry<'a>>> {
    let items = list.descendants().filter(|node| node.kind() == NodeKind::Item);
    items.map(|item| entry(item, source)).collect()
}

/// The entry that an item is: one link to an anchor of this page, with at most a list below it.
fn entry<'a>(item: Node<'a>, source: &str) -> Option<ContentsEntry<'a>> {
    let mut blocks = item.children();
    let paragraph = blocks.next().filter(|block| block.kind() == NodeKind::Paragraph)?;
    let mut rest = blocks.map(Node::kind);
    let has_link_alone = matches!((rest.next(), rest.next()), (None | Some(NodeKind::List), None));
    let mut inlines = paragraph.children();
    let node = inlines.next().filter(|_| has_link_alone)?;
    let NodeData::Link(link) = node.data() else { return None };
    let fragment = link.url.strip_prefix('#').filter(|_| node.kind() == NodeKind::Link)?;
    let Fragment::Id(fragment) = Fragment::parse(fragment) else { return None };
    let is_alone = inlines.next().is_none();
    is_alone.then(|| ContentsEntry {
        item,
        link: node.span(),
        fragment,
        text: node.text(source).trim().to_owned(),
    })
}

/// The headings after a list up to the end of its section: the section of the heading above it, or the whole page if
/// that heading is the first one or no heading follows in the section.
fn section<'h, 'a>(headings: &'h [Typed<'a, Heading>], list: Span) -> &'h [Typed<'a, Heading>] {
    let after = headings.partition_point(|heading| heading.span().start < list.start);
    let (above, below) = headings.split_at(after);
    // "Contents" is a section of its own, whose list is about those that follow.
    let level = above.last().map_or(0, |heading| heading.level);
    let end = below.iter().position(|heading| heading.level <= level).unwrap_or(below.len());
    match end {
        0 => below,
        end => &below[..end],
    }
}

/// The text of a heading without a list of attributes.
fn heading_text(heading: Typed<'_, Heading>, source: &str) -> String {
    HeadingText::of(heading, source, SlugStyle::Kramdown).text.trim().to_owned()
}

/// Whether a heading says that no table of contents should have it: `<!-- omit from toc -->`, or the class `no_toc`.
fn is_left_out(heading: Typed<'_, Heading>, source: &str) -> bool {
    let written = heading.span().of(source);
    let line_above = source[..heading.span().start as usize].trim_end();
    let line_above = line_above.rsplit('\n').next().unwrap_or_default();
    let omits = |text: &str| {
        let comment = text.rfind("<!--").map_or("", |start| text[start + 4..].trim_start());
        comment.starts_with("omit in toc") || comment.starts_with("omit from toc")
    };
    omits(written) || omits(line_above) || written.contains("no_toc") || written.contains(".unlisted")
}
