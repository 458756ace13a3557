//! Where a comment may stand that switches rules off on a line. These are proposals: whoever takes one has to see to it
//! that the page stays what it is.

use std::collections::{BTreeMap, BTreeSet};

use super::insert::{Form, Insertion, Syntax, Word};
use crate::{
    data::Format,
    document::Document,
    front_matter::FrontMatter,
    markdown::{HeadingStyle, LineKind, Node, NodeData, NodeKind},
    suppress::{Directive, DirectiveKind},
    text::Span,
};

/// Rules that are to be off on a line.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The line, from 0.
    pub line: u32,
    /// The first place in it that one of them found.
    pub place: u32,
    /// Their ids.
    pub rules: BTreeSet<&'static str>,
}

/// What to insert, all of it.
pub type Proposal = Vec<Insertion>;

/// The places of comments in one page.
pub struct Places<'a> {
    document: &'a Document,
    /// The blocks, in source order.
    blocks: Vec<Node<'a>>,
    /// The lines of link reference definitions, the last by the first.
    definitions: BTreeMap<u32, u32>,
    /// The comments that speak for one line, by that.
    directives: BTreeMap<u32, &'a Directive>,
    /// How comments in the Markdown are written.
    syntax: Syntax,
}

impl<'a> Places<'a> {
    /// Looks at a page.
    pub fn of(document: &'a Document) -> Self {
        let is_block = |node: &Node<'_>| !node.kind().is_inline() && node.kind() != NodeKind::Document;
        let line_of = |at| document.lines.line_of(at);
        let speaks_for_a_line =
            |it: &&Directive| matches!(it.kind, DirectiveKind::DisableLine | DirectiveKind::DisableNextLine);
        let definitions = document.ast.definitions().iter().map(|it| it.span);
        let directives = document.suppressions.directives.iter().filter(speaks_for_a_line);
        Self {
            document,
            blocks: document.ast.nodes().filter(is_block).collect(),
            definitions: definitions.map(|it| (line_of(it.start), document.lines.last_line_of(it))).collect(),
            directives: directives.map(|it| (line_of(it.scope.start), it)).collect(),
            syntax: if document.dialect.has_comments_of_mdx() { Syntax::Mdx } else { Syntax::Html },
        }
    }

    /// The ways to grant a wish, the best first: one that touches nothing but the line before one that spans a block
    /// before one for the whole file, which is proposed for what is found at the file's ends alone.
    pub fn proposals(&self, wish: &Wish) -> Vec<Proposal> {
        let mut proposals: Vec<Proposal> = self.longer(wish).into_iter().collect();
        match &self.document.front_matter {
            Some(front_matter) if self.is_within(front_matter, wish.line) => {
                self.in_front_matter(front_matter, wish, &mut proposals);
            }
            _ => self.in_body(wish, &mut proposals),
        }
        if wish.line == 0 || wish.place >= self.document.lines.text_len() {
            proposals.extend(self.for_the_file(wish));
        }
        proposals
    }

    /// A comment about the line that is there and may name more.
    fn longer(&self, wish: &Wish) -> Option<Proposal> {
        let last = self.directives.get(&wish.line)?.names.last()?;
        Some(vec![Insertion { at: last.span.end, rules: wish.rules.clone(), form: Form::Names }])
    }

    fn is_within(&self, front_matter: &FrontMatter, line: u32) -> bool {
        let lines = &self.document.lines;
        lines.line_of(front_matter.block.start) <= line && line <= lines.last_line_of(front_matter.block)
    }

    fn in_front_matter(&self, front_matter: &FrontMatter, wish: &Wish, proposals: &mut Vec<Proposal>) {
        let lines = &self.document.lines;
        let is_delimiter = |it: Option<Span>| it.is_some_and(|it| lines.line_of(it.start) == wish.line);
        if !takes_comments(front_matter) || is_delimiter(Some(front_matter.opening)) {
            return;
        }
        let line = self.document.line(wish.line);
        let text = self.document.slice(line);
        if !is_delimiter(front_matter.closing) && !text.trim().is_empty() {
            proposals.push(vec![behind(line.start + text.trim_end().len() as u32, Syntax::Hash, wish)]);
        }
        let indent = &text[..text.len() - text.trim_start().len()];
        proposals.push(vec![self.above(wish.line, Word::DisableNextLine, Syntax::Hash, indent, wish)]);
        let entries = front_matter.tree.root.as_ref().map_or(&[][..], |root| root.entries());
        let Some(first) = entries.iter().rposition(|entry| entry.key.span.start <= wish.place) else {
            return;
        };
        let from = lines.line_of(entries[first].key.span.start);
        let next = entries[first + 1..].iter().map(|entry| lines.line_of(entry.key.span.start));
        let end = front_matter.closing.map(|closing| lines.line_of(closing.start));
        let Some(to) = next.into_iter().find(|line| *line > wish.line).or(end) else { return };
        proposals.push(vec![
            self.above(from, Word::Disable, Syntax::Hash, "", wish),
            self.above(to, Word::Enable, Syntax::Hash, "", wish),
        ]);
    }

    fn in_body(&self, wish: &Wish, proposals: &mut Vec<Proposal>) {
        let document = self.document;
        let line = document.line(wish.line);
        let text = document.slice(line).trim_end();
        if text.is_empty() {
            proposals.extend(self.around_gap(wish));
        }
        let start = self.beginning_on(wish.line);
        if let Some(start) = start.filter(|it| stands_alone(it.kind())) {
            let prefix = self.prefix(start);
            proposals.push(vec![self.above(wish.line, Word::DisableNextLine, self.syntax, prefix, wish)]);
        } else if text.is_empty() || self.definitions.contains_key(&wish.line) {
            let prefix = text.find('[').map_or("", |at| &text[..at]);
            proposals.push(vec![self.above(wish.line, Word::DisableNextLine, self.syntax, prefix, wish)]);
        }
        let definition = self.definitions.range(..wish.line).next_back();
        if let Some((first, last)) = definition.filter(|(_, last)| **last >= wish.line) {
            proposals.push(vec![
                self.above(*first, Word::Disable, self.syntax, "", wish),
                self.above(last + 1, Word::Enable, self.syntax, "", wish),
            ]);
        }
        let block = self.innermost(wish.line);
        if !text.is_empty() && !document.line_kind(wish.line).is(LineKind::CODE) {
            let ends = ends(block, line.start, text);
            proposals.extend(ends.into_iter().map(|at| vec![behind(at, self.syntax, wish)]));
        }
        if let Some(block) = block {
            self.around_block(block, wish, proposals);
        }
    }

    /// Off before a block or one that holds it, on again behind it.
    fn around_block(&self, block: Node<'_>, wish: &Wish, proposals: &mut Vec<Proposal>) {
        let around = || std::iter::once(block).chain(block.ancestors());
        let mut alone = around().filter(|node| self.may_be_enclosed(*node));
        // The nearest one and the outermost one are enough.
        for node in alone.next().into_iter().chain(alone.last()) {
            proposals.extend(self.around(node, node, wish));
        }
        // A comment next to a block may be what the finding is about: whether it has blank lines around it.
        let with_neighbours = around().filter_map(|node| {
            let from = node.previous_sibling().unwrap_or(node);
            let to = node.next_sibling().unwrap_or(node);
            self.may_be_enclosed(from).then(|| self.around(from, to, wish))
        });
        proposals.extend(with_neighbours.take(2).flatten());
    }

    /// Off before the block above a blank line, on again before the one below it.
    fn around_gap(&self, wish: &Wish) -> Option<Proposal> {
        let above = self.blocks.partition_point(|block| block.span().start < wish.place);
        let above = self.blocks[..above].last().copied()?;
        let around = std::iter::once(above).chain(above.ancestors());
        let above = around.filter(|node| self.may_be_enclosed(*node)).last()?;
        let below = self.blocks.partition_point(|block| block.span().start <= wish.place);
        let on = self.blocks.get(below).map(|below| {
            let line = self.document.lines.line_of(below.span().start);
            self.above(line, Word::Enable, self.syntax, self.prefix(*below), wish)
        });
        Some(std::iter::once(self.off_above(above, wish)).chain(on).collect())
    }

    /// Off before a block, on again behind it or behind another one that follows it.
    fn around(&self, from: Node<'_>, to: Node<'_>, wish: &Wish) -> Vec<Proposal> {
        let last = self.document.lines.last_line_of(to.span());
        let off = self.off_above(from, wish);
        let on = self.above(last + 1, Word::Enable, self.syntax, self.prefix(from), wish);
        let mut proposals = vec![vec![off.clone(), on]];
        if self.document.source[to.span().end as usize..].trim().is_empty() {
            // Nothing is left to switch it on for.
            proposals.push(vec![off]);
        }
        proposals
    }

    /// Off from a block on. A comment that speaks for the block's first line stays next to it.
    fn off_above(&self, block: Node<'_>, wish: &Wish) -> Insertion {
        let first = self.document.lines.line_of(block.span().start);
        let nearest = self.directives.get(&first).filter(|it| it.kind == DirectiveKind::DisableNextLine);
        let line = nearest.map_or(first, |it| self.document.lines.line_of(it.span.start));
        self.above(line, Word::Disable, self.syntax, self.prefix(block), wish)
    }

    /// Whether comments may be put on separate lines before and after a block.
    fn may_be_enclosed(&self, node: Node<'_>) -> bool {
        let first = self.document.lines.line_of(node.span().start);
        let starts = self.beginning_on(first);
        stands_alone(node.kind()) && starts.is_some_and(|start| start.index() == node.index())
    }

    fn for_the_file(&self, wish: &Wish) -> Option<Proposal> {
        let document = self.document;
        let line = match &document.front_matter {
            Some(front_matter) if takes_comments(front_matter) => {
                let line = document.lines.line_of(front_matter.opening.start) + 1;
                return Some(vec![self.above(line, Word::DisableFile, Syntax::Hash, "", wish)]);
            }
            // What is wrong with it is no matter for the text below.
            Some(front_matter) if self.is_within(front_matter, wish.line) => return None,
            _ => self.blocks.first().map_or(0, |block| document.lines.line_of(block.span().start)),
        };
        Some(vec![self.above(line, Word::DisableFile, self.syntax, "", wish)])
    }

    /// A comment in a line of its own before a line, or behind the last one.
    fn above(&self, line: u32, word: Word, syntax: Syntax, prefix: &str, wish: &Wish) -> Insertion {
        let document = self.document;
        let line_break = document.line_break();
        let is_behind = line >= document.lines.line_count();
        let mut at = document.lines.line_start(line);
        if at == 0 && document.source.starts_with('\u{feff}') {
            at = 3;
        }
        let (before, after) = if is_behind {
            (format!("{line_break}{prefix}"), String::new())
        } else {
            (prefix.to_owned(), line_break.to_owned())
        };
        Insertion { at, rules: wish.rules.clone(), form: Form::Comment { word, syntax, before, after } }
    }

    /// What the containers around a block write before its first line.
    fn prefix(&self, block: Node<'_>) -> &'a str {
        let document = self.document;
        let start = document.lines.line_start(document.lines.line_of(block.span().start));
        let end = block.prefix_end(&document.source, &document.lines);
        let text = document.source.get(start as usize..end as usize).unwrap_or_default();
        text.strip_prefix('\u{feff}').unwrap_or(text)
    }

    /// The outermost block that begins on a line.
    fn beginning_on(&self, line: u32) -> Option<Node<'a>> {
        let start = self.document.lines.line_start(line);
        let first = self.blocks.partition_point(|block| block.span().start < start);
        let block = self.blocks.get(first)?;
        (self.document.lines.line_of(block.span().start) == line).then_some(*block)
    }

    /// The innermost block that has a part of a line.
    fn innermost(&self, line: u32) -> Option<Node<'a>> {
        let span = self.document.line(line);
        let last = self.blocks.partition_point(|block| block.span().start <= span.end);
        let block = *self.blocks.get(last.checked_sub(1)?)?;
        let mut around = std::iter::once(block).chain(block.ancestors());
        around.find(|it| it.span().end >= span.start && it.kind() != NodeKind::Document)
    }
}

/// Whether blocks of a kind may have a comment before them: items and rows are parts of something.
fn stands_alone(kind: NodeKind) -> bool {
    !matches!(kind, NodeKind::Document | NodeKind::Item | NodeKind::TableRow | NodeKind::TableCell)
}

fn takes_comments(front_matter: &FrontMatter) -> bool {
    matches!(front_matter.tree.format, Format::Yaml | Format::Toml)
}

/// A comment behind a line's text.
fn behind(at: u32, syntax: Syntax, wish: &Wish) -> Insertion {
    let form =
        Form::Comment { word: Word::DisableLine, syntax, before: " ".to_owned(), after: String::new() };
    Insertion { at, rules: wish.rules.clone(), form }
}

/// Where in a line of text a comment may end it, the best first.
fn ends(block: Option<Node<'_>>, start: u32, text: &str) -> Vec<u32> {
    let end = start + text.len() as u32;
    let before = |at: u32| {
        let head = &text[..(at.saturating_sub(start) as usize).min(text.len())];
        start + head.trim_end().len() as u32
    };
    let mut ends = Vec::new();
    match block.map(|block| (block.kind(), block.data())) {
        Some((NodeKind::Heading, NodeData::Heading(heading))) if heading.style == HeadingStyle::AtxClosed => {
            ends.extend(heading.closing.map(|closing| before(closing.start)));
        }
        Some((NodeKind::Table | NodeKind::TableRow | NodeKind::TableCell, _)) if text.ends_with('|') => {
            ends.push(before(end - 1));
        }
        // A backslash before the line break stays before it.
        _ if text.ends_with('\\') => ends.push(before(end - 1)),
        _ => {}
    }
    ends.push(end);
    ends
}
