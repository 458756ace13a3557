use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::{LineKind, Node, NodeKind},
    rule::{Fixable, Rule},
    text::{Span, quantity},
};

declare_rule! {
    /// Hard tab
    ///
    /// ## What it does
    ///
    /// Reports tabs.
    ///
    /// ## Why is this bad?
    ///
    /// The width of a tab depends on the viewer, whereas Markdown counts it as up to four spaces to decide what
    /// belongs to a list item and what is code.
    ///
    /// ## Example
    ///
    /// ```md
    /// Tide⇥noon
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// Tide noon
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe between words: `--fix` replaces the tabs with spaces, and the rendered page stays the same.
    /// Elsewhere, such as in code and before text, they are unsafe, because the rendered page could change.
    ///
    /// ## References
    ///
    /// - [CommonMark: Tabs](https://spec.commonmark.org/0.31.2/#tabs)
    pub struct HardTab {
        /// Also check code.
        #[serde(rename = "code_blocks")]
        code_blocks: bool = true,
        /// Languages of fenced code blocks in which tabs are allowed.
        #[serde(rename = "ignore_code_languages")]
        ignore_code_languages: Vec<String> = vec![],
        /// Number of spaces that the fix writes for each tab after the first text of a line. In indentation and after
        /// markers, a tab becomes the spaces up to the next tab stop.
        #[serde(rename = "spaces_per_tab", deserialize_with = "crate::rules::counts::count")]
        spaces_per_tab: u32 = 1,
    }
    id = "hard-tab",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD010", "no-hard-tabs"],
}

/// Columns from one tab stop to the next (CommonMark, "Tabs").
const TAB_STOP: usize = 4;

impl Rule for HardTab {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let body = doc.ast.root().span();
        if !doc.slice(body).contains('\t') {
            return;
        }
        let mut excluded = self.excluded(doc);
        excluded.extend(doc.ast.html_comments(&doc.source));
        excluded.sort_unstable();
        let mut at = body.start;
        let mut column = Column::default();
        while let Some(offset) = doc.source[at as usize..].find('\t') {
            let start = at + offset as u32;
            let count = doc.source[start as usize..].bytes().take_while(|&byte| byte == b'\t').count() as u32;
            let tabs = Span::new(start, start + count);
            at = tabs.end;
            let before = excluded.partition_point(|excluded| excluded.start <= tabs.start);
            if !before.checked_sub(1).is_some_and(|at| excluded[at].contains(tabs)) {
                let column = column.before(doc, tabs.start);
                self.report(doc, sink, tabs, column);
            }
        }
    }
}

fn next_stop(column: usize) -> usize {
    (column / TAB_STOP + 1) * TAB_STOP
}

/// Counts the columns of one line after the other, each byte once.
#[derive(Default)]
struct Column {
    at: u32,
    /// The column at `at`; `None` after the content of the line began.
    column: Option<usize>,
}

impl Column {
    /// The column of a tab, unless the content of its line is before it. Tabs come in order.
    fn before(&mut self, doc: &Document, tab: u32) -> Option<usize> {
        let line_start = doc.lines.line_start(doc.lines.line_of(tab));
        if line_start >= self.at {
            *self = Self { at: line_start, column: Some(0) };
        }
        for c in doc.slice(Span::new(self.at, tab)).chars() {
            let is_structure = c.is_ascii_digit() || " \t>-+*.)".contains(c);
            let next = |column| if c == '\t' { next_stop(column) } else { column + 1 };
            self.column = self.column.filter(|_| is_structure).map(next);
        }
        self.at = tab;
        self.column
    }
}

impl HardTab {
    /// The code that is not checked.
    fn excluded(&self, doc: &Document) -> Vec<Span> {
        let is_named = |language: &str| {
            self.ignore_code_languages.iter().any(|name| name.eq_ignore_ascii_case(language))
        };
        let mut code = Vec::new();
        for block in doc.ast.code_blocks() {
            let is_excluded = match block.fence {
                Some(_) if !self.ignore_code_languages.is_empty() => is_named(block.language(&doc.source)),
                _ => !self.code_blocks,
            };
            if is_excluded && block.fence.is_none() {
                let start = block.node().prefix_end(&doc.source, &doc.lines);
                code.push(Span::new(start, block.span().end));
            } else if is_excluded {
                // The lines between the fences, including their indentation.
                let lines = doc.ast.code_lines(&block);
                let start = lines
                    .first()
                    .map_or(block.content.start, |line| doc.lines.line_start(doc.lines.line_of(line.start)));
                code.push(Span::new(start.min(block.content.end), block.content.end));
            }
        }
        if !self.code_blocks {
            code.extend(doc.ast.of(NodeKind::Code).map(Node::span));
        }
        code
    }

    /// How many spaces replace tabs. Before the content of a line they decide which block it belongs to, so they become
    /// as wide as CommonMark takes them for, which is up to the next tab stop.
    fn width(&self, column: Option<usize>, tabs: usize) -> usize {
        let Some(column) = column else { return tabs * self.spaces_per_tab as usize };
        (0..tabs).fold(column, |column, _| next_stop(column)) - column
    }

    fn report(&self, doc: &Document, sink: &mut Sink<'_>, tabs: Span, column: Option<usize>) {
        let message = if tabs.len() == 1 { "hard tab".to_owned() } else { quantity(tabs.len(), "hard tab") };
        let line = doc.lines.line_of(tabs.start);
        let before = doc.slice(Span::new(doc.lines.line_start(line), tabs.start));
        let spaces = " ".repeat(self.width(column, tabs.len() as usize));
        // Tabs in code are rendered, and tabs before a text decide what it is.
        let in_text = !doc.line_kind(line).is(LineKind::CODE.or(LineKind::HTML))
            && before.ends_with(char::is_alphanumeric)
            && !doc.ast.is_literal_at(tabs.start);
        let applicability =
            if in_text && !spaces.is_empty() { Applicability::Safe } else { Applicability::Unsafe };
        let title = if spaces.is_empty() { "Remove tabs" } else { "Replace with spaces" };
        sink.report(tabs, message).fix(Fix::replace(title, applicability, tabs, spaces));
    }
}
