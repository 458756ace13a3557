//! Where suppression comments for a line can be placed. These are candidates: the caller checks that the rendered page
//! does not change.

use std::collections::{BTreeMap, BTreeSet};

use super::insert::{Insertion, RuleNaming, SuppressionWord, Syntax};
use crate::{
    data::DataFormat,
    document::Document,
    front_matter::FrontMatter,
    markdown::{HeadingSyntax, LineKind, Node, NodeData, NodeKind},
    suppress::{Directive, DirectiveKind},
    text::Span,
};

/// Rules that are to be off on a line.
#[derive(Debug, Clone)]
pub struct SuppressionRequest {
    /// The line, from 0.
    pub line: u32,
    /// The first place in it that one of them found.
    pub place: u32,
    /// Their ids.
    pub rules: BTreeSet<&'static str>,
}

/// What to insert, all of it.
pub type Placement = Vec<Insertion>;

/// The places of comments in one page.
pub struct Placements<'a> {
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

impl<'a> Placements<'a> {
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

    /// The possible placements, best first: one that only affects the line, then one around the block, then one for
    /// the whole file. The last is only offered for findings at the start or end of the file.
    pub fn placements(&self, request: &SuppressionRequest) -> Vec<Placement> {
        let mut placements: Vec<Placement> = self.longer(request).into_iter().collect();
        match &self.document.front_matter {
            Some(front_matter) if self.is_within(front_matter, request.line) => {
                self.in_front_matter(front_matter, request, &mut placements);
            }
            _ => self.in_body(request, &mut placements),
        }
        if request.line == 0 || request.place >= self.document.lines.text_len() {
            placements.extend(self.for_the_file(request));
        }
        placements
    }

    /// A comment about the line that is there and may name more.
    fn longer(&self, request: &SuppressionRequest) -> Option<Placement> {
        let last = self.directives.get(&request.line)?.names.last()?;
        Some(vec![Insertion { at: last.span.end, rules: request.rules.clone(), form: RuleNaming::Names }])
    }

    fn is_within(&self, front_matter: &FrontMatter, line: u32) -> bool {
        let lines = &self.document.lines;
        lines.line_of(front_matter.block.start) <= line && line <= lines.last_line_of(front_matter.block)
    }

    fn in_front_matter(
        &self,
        front_matter: &FrontMatter,
        request: &SuppressionRequest,
        placements: &mut Vec<Placement>,
    ) {
        let lines = &self.document.lines;
        let is_delimiter = |it: Option<Span>| it.is_some_and(|it| lines.line_of(it.start) == request.line);
        if !takes_comments(front_matter) || is_delimiter(Some(front_matter.opening)) {
            return;
        }
        let line = self.document.line(request.line);
        let text = self.document.slice(line);
        if !is_delimiter(front_matter.closing) && !text.trim().is_empty() {
            placements.push(vec![after_text(
                line.start + text.trim_end().len() as u32,
                Syntax::Hash,
                request,
            )]);
        }
        let indent = &text[..text.len() - text.trim_start().len()];
        placements.push(vec![self.above(
            request.line,
            SuppressionWord::DisableNextLine,
            Syntax::Hash,
            indent,
            request,
        )]);
        let entries = front_matter.tree.root.as_ref().map_or(&[][..], |root| root.entries());
        let Some(first) = entries.iter().rposition(|entry| entry.key.span.start <= request.place) else {
            return;
        };
        let from = lines.line_of(entries[first].key.span.start);
        let next = entries[first + 1..].iter().map(|entry| lines.line_of(entry.key.span.start));
        let end = front_matter.closing.map(|closing| lines.line_of(closing.start));
        let Some(to) = next.into_iter().find(|line| *line > request.line).or(end) else { return };
        placements.push(vec![
            self.above(from, SuppressionWord::Disable, Syntax::Hash, "", request),
            self.above(to, SuppressionWord::Enable, Syntax::Hash, "", request),
        ]);
    }

    fn in_body(&self, request: &SuppressionRequest, placements: &mut Vec<Placement>) {
        let document = self.document;
        let line = document.line(request.line);
        let text = document.slice(line).trim_end();
        if text.is_empty() {
            placements.extend(self.around_gap(request));
        }
        let start = self.beginning_on(request.line).filter(|it| stands_alone(it.kind()));
        let in_definition = || text.is_empty() || self.definitions.contains_key(&request.line);
        let prefix = match start {
            Some(start) => Some(self.prefix(start)),
            None => in_definition().then(|| text.find('[').map_or("", |at| &text[..at])),
        };
        if let Some(prefix) = prefix {
            let above =
                self.above(request.line, SuppressionWord::DisableNextLine, self.syntax, prefix, request);
            placements.push(vec![above]);
        }
        let definition = self.definitions.range(..request.line).next_back();
        if let Some((first, last)) = definition.filter(|(_, last)| **last >= request.line) {
            placements.push(vec![
                self.above(*first, SuppressionWord::Disable, self.syntax, "", request),
                self.above(last + 1, SuppressionWord::Enable, self.syntax, "", request),
            ]);
        }
        let block = self.innermost(request.line);
        if !text.is_empty() && !document.line_kind(request.line).is(LineKind::CODE) {
            let ends = ends(block, line.start, text);
            placements.extend(ends.into_iter().map(|at| vec![after_text(at, self.syntax, request)]));
        }
        if let Some(block) = block {
            self.around_block(block, request, placements);
        }
    }

    /// Off before a block or one that holds it, on again after it.
    fn around_block(&self, block: Node<'_>, request: &SuppressionRequest, placements: &mut Vec<Placement>) {
        let around = || std::iter::once(block).chain(block.ancestors());
        let mut alone = around().filter(|node| self.may_be_enclosed(*node));
        // The nearest one and the outermost one are enough.
        for node in alone.next().into_iter().chain(alone.last()) {
            placements.extend(self.around(node, node, request));
        }
        // A comment next to a block may be what the finding is about: whether it has blank lines around it.
        let with_neighbours = around().filter_map(|node| {
            let from = node.previous_sibling().unwrap_or(node);
            let to = node.next_sibling().unwrap_or(node);
            self.may_be_enclosed(from).then(|| self.around(from, to, request))
        });
        placements.extend(with_neighbours.take(2).flatten());
    }

    /// Off before the block above a blank line, on again before the one below it.
    fn around_gap(&self, request: &SuppressionRequest) -> Option<Placement> {
        let above = self.blocks.partition_point(|block| block.span().start < request.place);
        let above = self.blocks[..above].last().copied()?;
        let around = std::iter::once(above).chain(above.ancestors());
        let above = around.filter(|node| self.may_be_enclosed(*node)).last()?;
        let below = self.blocks.partition_point(|block| block.span().start <= request.place);
        let on = self.blocks.get(below).map(|below| {
            let line = self.document.lines.line_of(below.span().start);
            self.above(line, SuppressionWord::Enable, self.syntax, self.prefix(*below), request)
        });
        Some(std::iter::once(self.off_above(above, request)).chain(on).collect())
    }

    /// Off before a block, on again after it or after another one that follows it.
    fn around(&self, from: Node<'_>, to: Node<'_>, request: &SuppressionRequest) -> Vec<Placement> {
        let last = self.document.lines.last_line_of(to.span());
        let off = self.off_above(from, request);
        let on = self.above(last + 1, SuppressionWord::Enable, self.syntax, self.prefix(from), request);
        let mut placements = vec![vec![off.clone(), on]];
        if self.document.source[to.span().end as usize..].trim().is_empty() {
            // Nothing is left to switch it on for.
            placements.push(vec![off]);
        }
        placements
    }

    /// Off from a block on. A comment that speaks for the block's first line stays next to it.
    fn off_above(&self, block: Node<'_>, request: &SuppressionRequest) -> Insertion {
        let first = self.document.lines.line_of(block.span().start);
        let nearest = self.directives.get(&first).filter(|it| it.kind == DirectiveKind::DisableNextLine);
        let line = nearest.map_or(first, |it| self.document.lines.line_of(it.span.start));
        self.above(line, SuppressionWord::Disable, self.syntax, self.prefix(block), request)
    }

    /// Whether comments may be put on separate lines before and after a block.
    fn may_be_enclosed(&self, node: Node<'_>) -> bool {
        let first = self.document.lines.line_of(node.span().start);
        let starts = self.beginning_on(first);
        stands_alone(node.kind()) && starts.is_some_and(|start| start.index() == node.index())
    }

    /// A comment for the whole file.
    pub fn for_the_file(&self, request: &SuppressionRequest) -> Option<Placement> {
        let document = self.document;
        let line = match &document.front_matter {
            Some(front_matter) if takes_comments(front_matter) => {
                let line = document.lines.line_of(front_matter.opening.start) + 1;
                return Some(vec![self.above(line, SuppressionWord::DisableFile, Syntax::Hash, "", request)]);
            }
            // What is wrong with it is no matter for the text below.
            Some(front_matter) if self.is_within(front_matter, request.line) => return None,
            _ => self.blocks.first().map_or(0, |block| document.lines.line_of(block.span().start)),
        };
        Some(vec![self.above(line, SuppressionWord::DisableFile, self.syntax, "", request)])
    }

    /// A comment in a line of its own before a line, or after the last one.
    fn above(
        &self,
        line: u32,
        word: SuppressionWord,
        syntax: Syntax,
        prefix: &str,
        request: &SuppressionRequest,
    ) -> Insertion {
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
        Insertion {
            at,
            rules: request.rules.clone(),
            form: RuleNaming::Comment { word, syntax, before, after },
        }
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
    matches!(front_matter.tree.format, DataFormat::Yaml | DataFormat::Toml)
}

/// A comment after a line's text.
fn after_text(at: u32, syntax: Syntax, request: &SuppressionRequest) -> Insertion {
    let form = RuleNaming::Comment {
        word: SuppressionWord::DisableLine,
        syntax,
        before: " ".to_owned(),
        after: String::new(),
    };
    Insertion { at, rules: request.rules.clone(), form }
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
        Some((NodeKind::Heading, NodeData::Heading(heading)))
            if heading.style == HeadingSyntax::AtxClosed =>
        {
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
