//! The constructs that lose to code: found line by line, outside of fences and code spans.

use std::{cell::Cell, collections::BTreeMap};

use super::attribute::is_attribute_list;
use super::cache::{Next, NextBlank, line_end, line_start, next_run_line};
use super::fenced_container::OpenDirective;
use super::html_body::Element;
use super::live_fence::LiveFence;
use super::overlay::{Head, Island, IslandKind, Patch};
use super::raw_html::RawElement;
use super::spared::Spared;
use super::{Dialect, Engine, Math, Parts, Template};
use crate::markdown::fences::{Fences, prefix};
use crate::text::Span;

/// By how many spaces a block may be indented.
pub(super) const SLACK: usize = 3;

/// Adds what a dialect has besides templates to the islands, which are the templates in source order, and gives the
/// heads of containers, and what is read as text and spared by fixes, in source order.
pub(super) fn scan(source: &str, body: usize, dialect: Dialect, islands: &mut Vec<Island>) -> LineScan {
    let bytes = source.as_bytes();
    if !is_wanted(&bytes[body..], dialect) {
        return LineScan::default();
    }
    let mut scanner = Lines {
        bytes,
        body,
        dialect,
        marks: more_marks(dialect),
        blank: NextBlank::new(bytes),
        double_dollar: Next::new(bytes, "$$"),
        double_percent: Next::new(bytes, "%%"),
        wikilink_end: Next::new(bytes, "]]"),
        bracket_end: Next::new(bytes, "\\]"),
        brace_end: Next::new(bytes, "}"),
        environment_end: None,
        extension_end: Next::new(bytes, "{:/"),
        comment_end: Next::new(bytes, "-->"),
        ticks: Ticks { limit: 0, last: BTreeMap::new() },
        budget: Cell::new(bytes.len().saturating_mul(8) + (1 << 20)),
        directives: vec![],
        containers: vec![],
        elements: vec![],
        raw: None,
        reads_html: dialect.parts.has(Parts::READS_HTML),
        has_templates: !islands.is_empty(),
        patches: vec![],
        letters: vec![],
        found: vec![],
        heads: vec![],
        spared: Spared::default(),
    };
    scanner.run(islands);
    scanner.close_directives(0, bytes.len());
    islands.append(&mut scanner.found);
    LineScan {
        heads: scanner.heads,
        containers: scanner.containers,
        guarded: scanner.spared.found,
        letters: scanner.letters,
        patches: scanner.patches,
    }
}

/// What the lines of a text have besides islands, all in source order.
#[derive(Default)]
pub(super) struct LineScan {
    /// The heads of containers.
    pub(super) heads: Vec<Head>,
    /// The containers between lines of colons, in the order of their ends.
    pub(super) containers: Vec<Span>,
    /// What is read as text and spared by fixes.
    pub(super) guarded: Vec<Island>,
    /// What islands are masked as that are a fence of code or the start of a paragraph.
    pub(super) letters: Vec<Patch>,
    /// What the parser reads in place of what is there.
    pub(super) patches: Vec<Patch>,
}

/// Whether a text can have anything of a dialect.
fn is_wanted(text: &[u8], dialect: Dialect) -> bool {
    let has = |byte| memchr::memchr(byte, text).is_some();
    let parts = dialect.parts;
    if dialect == Dialect::default() {
        return false;
    }
    dialect.engine() != Engine::CommonMark
        || dialect.math != Math::None && has(b'$')
        || memchr::memmem::find(text, b"[!").is_some()
        || parts.has(Parts::WIKILINKS) && has(b'[')
        || parts.has(Parts::PERCENT_COMMENTS) && has(b'%')
        || dialect.is_myst() && has(b'%')
        || dialect.is_pandoc()
        || parts.has(Parts::TEX) && has(b'\\')
        || parts.has(Parts::MDX)
        || parts.has(Parts::ADMONITIONS) && (has(b'!') || has(b'?') || has(b'='))
        || parts.has(Parts::DEFINITIONS) && has_definition(text)
        || parts.has(Parts::DIRECTIVES) && memchr::memmem::find(text, b":::").is_some()
        || parts.has(Parts::MDC) && (has(b':') || has(b'{'))
        || parts.has(Parts::SNIPPETS) && has(b'8')
        || parts.has(Parts::MARKDOWN_ATTRIBUTE) && memchr::memmem::find(text, b"markdown").is_some()
        || parts.has(Parts::ATTRIBUTES) && has(b'{')
        || dialect.template == Template::Vue && has(b'<')
}

/// The bytes that may begin something within a line, if the dialect has others than `$`, the backtick and the backslash.
fn more_marks(dialect: Dialect) -> Option<[bool; 256]> {
    let parts = dialect.parts;
    let more = [
        (parts.has(Parts::MDX.with(Parts::EXTENSIONS).with(Parts::MDC)), &b"{"[..]),
        (parts.has(Parts::MDX), b"<"),
        (parts.has(Parts::WIKILINKS.with(Parts::PERCENT_COMMENTS)), b"[%"),
        (dialect.engine() != Engine::CommonMark, b"]"),
    ];
    more.iter().any(|(has, _)| *has).then(|| {
        let mut marks = [false; 256];
        let bytes = more.iter().filter(|(has, _)| *has).flat_map(|(_, bytes)| *bytes).chain(b"$`\\");
        bytes.for_each(|byte| marks[usize::from(*byte)] = true);
        marks
    })
}

/// Whether a text has a colon that may begin the line of a definition.
fn has_definition(text: &[u8]) -> bool {
    memchr::memchr_iter(b':', text).any(|at| {
        let before = at.checked_sub(1).map_or(b'\n', |before| text[before]);
        matches!(before, b'\n' | b' ' | b'\t' | b'>') && matches!(text.get(at + 1), Some(b' ' | b'\t'))
    })
}

/// A walk over the lines of a text.
pub(super) struct Lines<'s> {
    pub(super) bytes: &'s [u8],
    pub(super) body: usize,
    pub(super) dialect: Dialect,
    /// The bytes that may begin something within a line, where there are more than those that every dialect has.
    marks: Option<[bool; 256]>,
    pub(super) blank: NextBlank<'s>,
    pub(super) double_dollar: Next<'s>,
    pub(super) double_percent: Next<'s>,
    pub(super) wikilink_end: Next<'s>,
    pub(super) bracket_end: Next<'s>,
    pub(super) brace_end: Next<'s>,
    /// The last end of an environment of TeX before a blank line, and where that line begins.
    pub(super) environment_end: Option<(Option<(usize, usize)>, usize)>,
    extension_end: Next<'s>,
    pub(super) comment_end: Next<'s>,
    ticks: Ticks,
    /// How far all looking for what nothing closes may go.
    pub(super) budget: Cell<usize>,
    /// The containers between lines of colons that are open, and the place of those that were.
    pub(super) directives: Vec<OpenDirective>,
    pub(super) containers: Vec<Span>,
    /// The HTML elements that are open, from the outermost one with the attribute `markdown`.
    pub(super) elements: Vec<Element>,
    /// The element at hand whose content is not Markdown.
    pub(super) raw: Option<RawElement>,
    /// Whether the content of all elements is Markdown.
    pub(super) reads_html: bool,
    /// Whether the text has templates, which may open and close elements.
    pub(super) has_templates: bool,
    pub(super) patches: Vec<Patch>,
    pub(super) letters: Vec<Patch>,
    pub(super) found: Vec<Island>,
    pub(super) heads: Vec<Head>,
    pub(super) spared: Spared,
}

/// Where the last run of backticks of each length is in a paragraph.
struct Ticks {
    /// Where the paragraph ends.
    limit: usize,
    last: BTreeMap<usize, usize>,
}

impl Lines<'_> {
    fn run(&mut self, templates: &[Island]) {
        let mut fences = Fences::default();
        let mut live = LiveFence::default();
        let mut templates = templates.iter().peekable();
        let mut at = self.body;
        while at < self.bytes.len() {
            while templates.next_if(|island| island.span.end as usize <= at).is_some() {}
            if let Some(island) = templates.peek().filter(|island| (island.span.start as usize) < at) {
                // The rest of the line follows a template, so it is not the start of a line.
                at = line_end(self.bytes, island.span.end as usize) + 1;
                continue;
            }
            let end = line_end(self.bytes, at);
            let text = at + prefix(&self.bytes[at..end]);
            // A tag such as `{% endraw %}` shows nothing before the fence that closes a block.
            let tag =
                templates.peek().filter(|island| island.span.start as usize == text && fences.is_open());
            let start =
                tag.filter(|tag| tag.span.end as usize <= end).map_or(text, |tag| tag.span.end as usize);
            let content = self.bytes[start..end].trim_ascii_end();
            if let Some(name) = self.live_fence()
                && !fences.is_open()
                && live.takes(content, name)
            {
                self.take_live_fence(text, text + content.len());
                at = end + 1;
                continue;
            }
            if !fences.is_open()
                && let Some(next) = self.raw_html(at, text, end)
            {
                at = next;
                continue;
            }
            if fences.is_open() && self.closes_directive_in_code(text, start + content.len(), &fences) {
                fences = Fences::default();
                at = end + 1;
                continue;
            }
            if !fences.is_open() && self.is_text_fence(at, text, content) {
                at = end + 1;
                continue;
            }
            // In MDX the body of an element may be indented as it likes.
            let around = if self.dialect.parts.has(Parts::MDX) { &[] } else { &self.bytes[at..text] };
            let is_first = !fences.is_open();
            let is_code = fences.takes_after(around, content);
            self.spare(at, text, end, is_code.then_some(is_first));
            at = match fences.surely_open().filter(|_| self.is_code_plain()) {
                Some(marker) => next_run_line(self.bytes, end + 1, marker),
                None if is_code => end + 1,
                None => self.line(at, text, end),
            };
        }
        if fences.is_open() {
            self.spare_misread();
        }
    }

    /// Whether nothing but a fence means anything in code.
    fn is_code_plain(&self) -> bool {
        !self.has_templates
            && self.dialect.engine() == Engine::CommonMark
            && !self.dialect.closes_containers_in_code()
            && self.live_fence().is_none()
    }

    /// Reads a line outside of code; gives where the next one begins.
    fn line(&mut self, line: usize, text: usize, end: usize) -> usize {
        let stop = text + self.bytes[text..end].trim_ascii_end().len();
        if let Some(next) = self.math_block(text, end) {
            return next;
        }
        if let Some(next) = self.pandoc(line, text, end) {
            return next;
        }
        if let Some(head) = self.container(text, stop) {
            self.heads.push(head);
            return end + 1;
        }
        if let Some(next) = self.snippet(text, stop) {
            return next;
        }
        if let Some(next) = self.component_data(line, text, stop) {
            return next;
        }
        if let Some(next) = self.literal_directive(text, stop) {
            return next;
        }
        if self.whole_line(text, stop) || self.line_comment(text, stop) {
            return end + 1;
        }
        let is_mdx = self.dialect.parts.has(Parts::MDX);
        if let Some(next) = is_mdx.then(|| self.module(line, text)).flatten() {
            return next;
        }
        self.component(line, text, end);
        if self.is_text_heading(line, text, end) {
            let marks = run_length(self.bytes, text);
            self.found.push(Island::new(text, text + marks, IslandKind::Literal));
        }
        self.dense_heading(line, text, end);
        self.quotes_in_title(text, stop);
        let reads_elements = self.dialect.parts.has(Parts::MARKDOWN_ATTRIBUTE) || self.dialect.is_pandoc();
        let tag = reads_elements.then(|| self.html_body(text)).flatten();
        if let Some(stop) = tag.filter(|&stop| stop >= end) {
            return line_end(self.bytes, stop) + 1;
        }
        let at = tag.or_else(|| self.alert_marker(line, text, stop)).unwrap_or(text);
        let at = self.inlines(line, at, end);
        if at > end { line_end(self.bytes, at.min(self.bytes.len())) + 1 } else { end + 1 }
    }

    /// Reads what may begin within a line, from `at` on; gives where to go on, which may be in a line below.
    pub(super) fn inlines(&mut self, line: usize, mut at: usize, end: usize) -> usize {
        let has_extensions = self.dialect.parts.has(Parts::EXTENSIONS);
        let has_components = self.dialect.parts.has(Parts::MDC);
        while at < end {
            let Some(next) = self.next_mark(&self.bytes[at..end]) else { break };
            at += next;
            at = match self.bytes[at] {
                b'`' => self.code_span(at),
                // A line break is not escaped.
                b'\\' => self.tex(at, end).unwrap_or(at + 2).min(end),
                b'[' => self.wikilink(at, end).unwrap_or(at + 1),
                b']' => self.spaced_destination(at, end).unwrap_or(at + 1),
                b'%' => self.percent_comment(at).unwrap_or(at + 1),
                b'{' if has_extensions => self.extension(at).unwrap_or(at + 1),
                b'{' if has_components => self.component_attributes(at, end).unwrap_or(at + 1),
                b'{' => self.expression(at).unwrap_or(at + 1),
                b'<' => self.comment(at).or_else(|| self.element(line, at, end)).unwrap_or(at + 1),
                _ => self.dollars(at, end),
            };
        }
        at
    }

    /// The place of the first byte that may begin something within a line.
    fn next_mark(&self, rest: &[u8]) -> Option<usize> {
        match &self.marks {
            None => memchr::memchr3(b'$', b'`', b'\\', rest),
            Some(marks) => rest.iter().position(|byte| marks[usize::from(*byte)]),
        }
    }

    /// A line that as a whole is not Markdown.
    fn whole_line(&mut self, text: usize, stop: usize) -> bool {
        let parts = self.dialect.parts;
        if parts.has(Parts::DIRECTIVES) && self.directive(text, stop) {
            return true;
        }
        let content = &self.bytes[text..stop];
        if parts.has(Parts::EXTENSIONS) && content.starts_with(b"{::options") {
            let has = |option: &str| memchr::memmem::find(content, option.as_bytes()).is_some();
            self.reads_html |= has("parse_block_html=\"true\"");
        }
        let is_list =
            parts.has(Parts::ATTRIBUTES) && is_attribute_list(content) && !self.is_apart(text, stop);
        if is_list {
            self.found.push(Island::new(text, stop, IslandKind::Attributes));
        }
        is_list
    }

    /// The line above the one that begins at a place, with its line break; empty above the first line.
    pub(super) fn line_above(&self, line: usize) -> &[u8] {
        let start = line_start(self.bytes, line.saturating_sub(1).max(self.body), self.body);
        &self.bytes[start..line]
    }

    /// Whether a line is indented like code, with blank lines around.
    fn is_apart(&self, text: usize, stop: usize) -> bool {
        let start = line_start(self.bytes, text, self.body);
        let above = self.line_above(start);
        let below = line_end(self.bytes, stop) + 1;
        let below = self.bytes.get(below..).map_or(&[][..], |rest| &rest[..line_end(rest, 0)]);
        text - start > SLACK && above.trim_ascii().is_empty() && below.trim_ascii().is_empty()
    }

    /// Whether `#` begins no heading: it is indented by a few spaces in Python-Markdown, and nothing that may hold it is
    /// above it; or its element has inline content alone.
    fn is_text_heading(&self, line: usize, text: usize, end: usize) -> bool {
        if self.dialect.engine() != Engine::PythonMarkdown || !self.bytes[text..end].starts_with(b"#") {
            return false;
        }
        let is_slack =
            text > line && text - line <= SLACK && self.bytes[line..text].iter().all(|byte| *byte == b' ');
        let above = self.bytes[self.body..line].trim_ascii_end();
        let above = &above[line_start(above, above.len(), 0)..];
        let is_open = above.first().is_some_and(|first| !matches!(first, b' ' | b'\t' | b'>'));
        self.elements.last().is_some_and(Element::is_inline) || is_slack && is_open && prefix(above) == 0
    }

    /// `{::comment}…{:/comment}` or `{::nomarkdown}…{:/}`; gives where it ends.
    fn extension(&mut self, open: usize) -> Option<usize> {
        let inner = self.bytes[open..].strip_prefix(b"{::")?;
        let kinds = [(b"comment}".as_slice(), IslandKind::Comment), (b"nomarkdown}", IslandKind::Verbatim)];
        let kind = kinds.into_iter().find(|(name, _)| inner.starts_with(name))?.1;
        let close = self.extension_end.at(open)?;
        let end = close + 1 + memchr::memchr2(b'}', b'\n', &self.bytes[close..])?;
        if !self.bytes[..end].ends_with(b"}") {
            return None;
        }
        if !self.begins_line(open) && self.blank.at(open) < end {
            return None;
        }
        self.found.push(Island::new(open, end, kind));
        Some(end)
    }

    /// Whether there is nothing but whitespace before a place in its line.
    pub(super) fn begins_line(&self, at: usize) -> bool {
        let mut before = self.bytes[self.body..at].iter().rev();
        before.find(|byte| **byte == b'\n' || !byte.is_ascii_whitespace()).is_none_or(|byte| *byte == b'\n')
    }

    /// The end of an HTML comment, which some generators take in MDX as well.
    fn comment(&mut self, at: usize) -> Option<usize> {
        let is_comment = self.bytes[at..].starts_with(b"<!--");
        is_comment.then(|| self.comment_end.at(at).map(|end| end + "-->".len()))?
    }

    /// The end of the code span that begins with the backticks at `at`, or the end of these if nothing closes it.
    fn code_span(&mut self, at: usize) -> usize {
        let run = run_length(self.bytes, at);
        if at >= self.ticks.limit {
            self.ticks.limit = self.blank.at(at);
            self.ticks.last = last_runs(self.bytes, at, self.ticks.limit);
        }
        let last = self.ticks.last.get(&run).copied().unwrap_or(at);
        let mut from = at + run;
        while from <= last {
            let Some(next) = memchr::memchr(b'`', &self.bytes[from..]).map(|i| from + i) else { break };
            let length = run_length(self.bytes, next);
            if length == run {
                self.bars_in_code(at + run, next);
                return next + run;
            }
            from = next + length;
        }
        at + run
    }

    /// Takes the bars in a code span: they part no cells where the engine reads code first.
    fn bars_in_code(&mut self, start: usize, end: usize) {
        if self.dialect.engine() != Engine::CommonMark {
            let bars = memchr::memchr_iter(b'|', &self.bytes[start..end]).map(|i| start + i);
            self.found.extend(bars.map(|bar| Island::new(bar, bar + 1, IslandKind::Literal)));
        }
    }
}

/// How many bytes like the one at `at` follow each other.
pub(super) fn run_length(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|&&byte| byte == bytes[at]).count()
}

/// The place of the last run of backticks of each length.
fn last_runs(bytes: &[u8], start: usize, end: usize) -> BTreeMap<usize, usize> {
    let mut last = BTreeMap::new();
    let mut at = start;
    while let Some(next) = memchr::memchr(b'`', &bytes[at..end]).map(|i| at + i) {
        let length = run_length(&bytes[..end], next);
        last.insert(length, next);
        at = next + length;
    }
    last
}
