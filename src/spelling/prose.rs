//! Which parts of a page are prose.

use super::{
    asides,
    directives::is_directive,
    html,
    language::Locales,
    tokenizer::Tokenizer,
    word_collector::WordCollector,
    word_status::WordCache,
    words::{Flags, Words},
};
use crate::{
    data::{self, Value},
    front_matter::{FrontMatter, KeyPath},
    markdown::{Alert, Ast, Head, HtmlTag, IslandKind, LinkKind, Node, NodeData, NodeKind},
    text::Span,
};

/// How pages are read, their prose above all.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The front matter keys that hold prose.
    pub keys: Vec<KeyPath>,
    /// The front matter keys that hold URLs, besides those whose names say so.
    pub address_keys: Vec<KeyPath>,
    /// The languages of pages that do not name theirs.
    pub locales: Locales,
    /// Whether comments and word lists of other spell checkers count.
    pub directives: bool,
}

impl Default for Reading {
    fn default() -> Self {
        let keys = ["title", "linkTitle", "subtitle", "description", "desc", "summary", "excerpt", "intro"];
        Self {
            keys: keys.map(KeyPath::new).into(),
            address_keys: vec![],
            locales: Locales::default(),
            directives: true,
        }
    }
}

/// The front matter keys that hold prose.
#[derive(Debug, Clone, Copy)]
pub struct ProseKeys<'k> {
    /// Those whose values are prose whatever they are.
    pub named: &'k [KeyPath],
    /// Those whose values are prose if they have several words and no code.
    pub likely: &'k [KeyPath],
}

impl ProseKeys<'_> {
    /// The values that are prose.
    fn find<'n>(&self, root: &'n data::Node) -> impl Iterator<Item = &'n data::Node> + use<'n> {
        let named = self.named.iter().flat_map(|key| key.find_all(root));
        let likely = self.likely.iter().filter(|key| !self.named.contains(key));
        let is_prose = |text: &str| text.trim().contains(' ') && !text.contains('`');
        let likely = likely.flat_map(|key| key.find_all(root));
        let likely = likely.filter(move |node| node.text().is_some_and(is_prose));
        named.chain(likely).collect::<Vec<_>>().into_iter()
    }
}

/// Reads the words of a page: those of the front matter keys that hold prose and of values that read as sentences, those
/// of the text, its headings, tables, image descriptions and HTML, then those of titles, attributes and arguments. Code, URLs, formulas and templates are left out. `tags` are those of [`Ast::html_tags`].
pub fn read(
    source: &str,
    front_matter: Option<&FrontMatter>,
    keys: ProseKeys<'_>,
    ast: &Ast,
    tags: &[HtmlTag],
) -> Words {
    WordCache::with(|cache| {
        let mut intake = WordCollector::new(source, cache);
        read_into(&mut intake, source, front_matter, keys, (ast, tags));
        intake.finish()
    })
}

/// The comments of a page without their markers, in source order.
pub fn comments(source: &str, front_matter: Option<&FrontMatter>, ast: &Ast) -> Vec<Span> {
    let yaml = front_matter.map_or(&[][..], |it| &it.tree.comments).iter();
    let yaml = yaml.map(|comment| Span::new(comment.start + 1, comment.end));
    let html = ast.html_comments(source).into_iter();
    let html = html.map(|comment| Span::new(comment.start + 4, comment.end - 3));
    let islands = ast.overlay().map_or(&[][..], |overlay| overlay.islands()).iter();
    let islands = islands.filter(|island| island.kind == IslandKind::Comment);
    // `{/* */}`, `{# #}`, `%% %%`; `% ` goes on to the end of its line.
    let is_line = |text: &str| text.starts_with('%') && !(text.len() >= 4 && text.ends_with("%%"));
    let islands = islands.map(|island| match island.span {
        span if is_line(span.of(source)) => Span::new(span.start + 1, span.end),
        span => Span::new(span.start + 2, span.end - 2),
    });
    let mut comments: Vec<Span> = yaml.chain(html).chain(islands).collect();
    comments.sort_unstable();
    comments
}

fn read_into<'s, 'w>(
    intake: &'w mut WordCollector<'s>,
    source: &'s str,
    front_matter: Option<&FrontMatter>,
    keys: ProseKeys<'_>,
    (ast, tags): (&'w Ast, &[HtmlTag]),
) {
    let mut scanner = Tokenizer::new(source, intake);
    if let Some(root) = front_matter.and_then(|it| it.tree.root.as_ref()) {
        let known: Vec<&data::Node> = keys.find(root).collect();
        for node in &known {
            let single_line = !node.span.of(source).contains('\n');
            if matches!(node.value, Value::Scalar(_)) && !node.is_alias(source) {
                scanner.begin(Flags::FRONT_MATTER.with(if single_line {
                    Flags::HEADING
                } else {
                    Flags::default()
                }));
                scanner.text(node.span);
            }
        }
        let known: Vec<Span> = known.iter().map(|node| node.span).collect();
        asides::of_front_matter(source, root, &known, &mut |sentence| {
            scanner.begin(Flags::FRONT_MATTER);
            scanner.text(sentence);
        });
    }
    let mut walk = Walk { source, ast, scanner, hidden: 0, image: None, code_tags: 0 };
    for node in ast.nodes() {
        walk.node(node);
    }
    let templates = walk.scanner.take_templates();
    for aside in asides::of_body(source, ast, tags, &templates) {
        walk.scanner.begin(Flags::ASIDE);
        walk.plain_lines(aside);
    }
}

struct Walk<'s, 'w> {
    source: &'s str,
    ast: &'w Ast,
    scanner: Tokenizer<'s, 'w>,
    /// What begins before this offset is not read.
    hidden: u32,
    /// The end of the image at hand.
    image: Option<u32>,
    /// How many inline tags around the text at hand say that it is code.
    code_tags: u32,
}

impl Walk<'_, '_> {
    fn node(&mut self, node: Node<'_>) {
        let span = node.span();
        if self.image.is_some_and(|end| span.start >= end) {
            self.image = None;
            self.scanner.blank();
        }
        match node.kind() {
            NodeKind::Paragraph | NodeKind::TableCell | NodeKind::Heading => self.block(node),
            NodeKind::Text if span.start >= self.hidden && self.code_tags == 0 => self.scanner.text(span),
            NodeKind::SoftBreak | NodeKind::HardBreak => self.scanner.line_break(),
            NodeKind::Code | NodeKind::Island => self.scanner.opaque(),
            NodeKind::FootnoteReference => self.scanner.blank(),
            NodeKind::HtmlInline => self.inline_html(span),
            NodeKind::HtmlBlock => self.html_block(span),
            NodeKind::Image => {
                self.scanner.blank();
                self.image = Some(span.end);
            }
            NodeKind::Link => {
                self.scanner.mark();
                if let NodeData::Link(link) = node.data()
                    && matches!(link.kind, LinkKind::Bare | LinkKind::Autolink)
                {
                    self.scanner.opaque();
                    self.hidden = span.end;
                }
            }
            NodeKind::Container => {
                // A title that is a node is read as others are.
                let head = self.ast.overlay().and_then(|overlay| overlay.head_at(span.start));
                if let Some(title) = head.and_then(Head::plain_title) {
                    self.scanner.begin(Flags::default());
                    self.scanner.text(title);
                }
            }
            NodeKind::Alert => {
                if let NodeData::Alert(Alert { title: Some(title), .. }) = node.data() {
                    self.scanner.begin(Flags::default());
                    self.scanner.text(*title);
                }
            }
            _ => {}
        }
    }

    fn block(&mut self, node: Node<'_>) {
        let heading = node.kind() == NodeKind::Heading;
        self.scanner.begin(if heading { Flags::HEADING } else { Flags::default() });
        self.code_tags = 0;
        if is_module_code(node.span().of(self.source)) {
            self.hidden = node.span().end;
        }
    }

    fn inline_html(&mut self, span: Span) {
        // What is masked may have other characters: places in it are none of the source.
        let parsed = self.ast.text(self.source);
        let text = span.of(self.source);
        match html::tag_name(text) {
            Some(name) if html::holds_code(name) => {
                self.scanner.opaque();
                let ends = text.starts_with("</");
                self.code_tags = if ends { self.code_tags.saturating_sub(1) } else { self.code_tags + 1 };
            }
            _ => html::runs(parsed, span, |run| match run {
                html::HtmlRun::Text(span) => self.lines(span),
                html::HtmlRun::Comment(span) if is_directive(span.of(parsed)) => self.scanner.blank(),
                html::HtmlRun::Comment(span) => {
                    let place = self.scanner.move_to(Flags::COMMENT);
                    self.comment(span);
                    self.scanner.blank();
                    self.scanner.move_to(place);
                }
                html::HtmlRun::Tag | html::HtmlRun::Code => self.scanner.blank(),
            }),
        }
    }

    /// Reads the text of an HTML block; each tag may begin a paragraph, a cell, an item.
    fn html_block(&mut self, span: Span) {
        self.scanner.begin(Flags::default());
        let parsed = self.ast.text(self.source);
        html::runs(parsed, span, |run| match run {
            html::HtmlRun::Text(span) => self.lines(span),
            html::HtmlRun::Comment(span) if is_directive(span.of(parsed)) => {
                self.scanner.begin(Flags::default());
            }
            html::HtmlRun::Comment(span) => {
                self.scanner.begin(Flags::COMMENT);
                self.comment(span);
                self.scanner.begin(Flags::default());
            }
            html::HtmlRun::Tag => self.scanner.begin(Flags::default()),
            html::HtmlRun::Code => self.scanner.opaque(),
        });
    }

    /// Reads a comment, in which what is between backticks on one line is code, as it would be in Markdown.
    fn comment(&mut self, mut span: Span) {
        while let Some((start, end)) = code_in(span.of(self.source)) {
            self.lines(Span::new(span.start, span.start + start));
            self.scanner.opaque();
            span.start += end;
        }
        self.lines(span);
    }

    /// Reads text of HTML, which may go over lines and hold what is not Markdown.
    fn lines(&mut self, mut span: Span) {
        while !span.is_empty()
            && let Some(island) = self.ast.overlay().and_then(|overlay| overlay.island_at(span))
        {
            self.plain_lines(Span::new(span.start, island.span.start.max(span.start)));
            self.scanner.opaque();
            span.start = island.span.end.min(span.end);
        }
        self.plain_lines(span);
    }

    /// Reads text that may go over lines.
    fn plain_lines(&mut self, span: Span) {
        if span.is_empty() {
            // It may be inside of what is masked, and in the middle of a character.
            return;
        }
        let mut start = span.start;
        for line in span.of(self.source).split_inclusive('\n') {
            let end = start + line.len() as u32;
            self.scanner.text(Span::new(start, end));
            if line.ends_with('\n') {
                self.scanner.line_break();
            }
            start = end;
        }
    }
}

/// Whether a paragraph is an `import` or `export` of MDX.
fn is_module_code(text: &str) -> bool {
    let is_statement = text.starts_with("import ") || text.starts_with("export ");
    is_statement && text.lines().next().is_some_and(|line| line.trim_end().ends_with([';', '\'', '"', '{']))
}

/// The first part of a text that is between backticks on one line, with the backticks.
fn code_in(text: &str) -> Option<(u32, u32)> {
    let mut from = 0;
    loop {
        let start = from + text[from..].find('`')?;
        let rest = &text[start + 1..];
        match rest.find(['`', '\n'])? {
            end if rest.as_bytes()[end] == b'`' => return Some((start as u32, (start + end + 2) as u32)),
            end => from = start + 1 + end,
        }
    }
}
