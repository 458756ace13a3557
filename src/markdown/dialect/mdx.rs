//! What MDX has besides Markdown: modules, expressions and elements.

use super::cache::line_end;
use super::lines::Lines;
use super::overlay::{Head, Island, IslandKind, MaskForm};
use crate::text::Span;

/// The least and the most columns by which the children of an element are indented to be read as its body.
const INDENTS: std::ops::RangeInclusive<usize> = 2..=5;

impl Lines<'_> {
    /// An `import` or `export` at the start of a block; returns the start of the line after it.
    pub(super) fn module(&mut self, line: usize, text: usize) -> Option<usize> {
        let rest = &self.bytes[text..];
        let is_module = text == line && (rest.starts_with(b"import ") || rest.starts_with(b"export "));
        if !is_module || !self.begins_block(line) {
            return None;
        }
        let mut end = self.blank.at(text);
        // A block whose content is Markdown ends there.
        if self.live_fence().is_some() {
            end = memchr::memmem::find(&self.bytes[text..end], b"\n```").map_or(end, |at| text + at);
        }
        // A function or an object may have blank lines in it.
        if let Some(close) = self.open_brace(text, end).and_then(|open| self.braces(open)) {
            end = end.max(line_end(self.bytes, close));
        }
        let end = text + self.bytes[text..end].trim_ascii_end().len();
        self.found.push(Island::new(text, end, IslandKind::Module));
        Some(line_end(self.bytes, end) + 1)
    }

    /// The first brace in a stretch that nothing in it closes.
    fn open_brace(&self, mut from: usize, end: usize) -> Option<usize> {
        loop {
            let open = from + memchr::memchr(b'{', self.bytes.get(from..end)?)?;
            from = self.braces(open)?;
            if from > end {
                return Some(open);
            }
        }
    }

    fn begins_block(&self, line: usize) -> bool {
        let before = &self.bytes[self.body..line];
        let above = before.strip_suffix(b"\n").map_or(before, |it| it.strip_suffix(b"\r").unwrap_or(it));
        above.is_empty()
            || above.ends_with(b"\n")
            || self.found.last().is_some_and(|it| {
                matches!(it.kind, IslandKind::Module | IslandKind::Fence)
                    && line_end(self.bytes, it.span.end as usize) + 1 == line
            })
    }

    /// An expression; gives where it ends.
    pub(super) fn expression(&mut self, open: usize) -> Option<usize> {
        // No expression begins so; Docusaurus has ids of headings in such braces.
        if self.bytes.get(open + 1) == Some(&b'#') {
            return None;
        }
        let end = self.braces(open)?;
        let inner = self.bytes[open + 1..end - 1].trim_ascii();
        let is_comment = inner.starts_with(b"/*") && inner.ends_with(b"*/");
        // A text one has to end before its paragraph does.
        if !is_comment && self.blank.at(open) < end && !self.begins_line(open) {
            return None;
        }
        let kind = if is_comment { IslandKind::Comment } else { IslandKind::Expression };
        self.found.push(Island::new(open, end, kind));
        Some(end)
    }

    /// A tag; gives where it ends. One that has its line for itself and children that are indented is the head of a
    /// container.
    pub(super) fn element(&mut self, line: usize, open: usize, end: usize) -> Option<usize> {
        let stop = self.tag_end(open)?;
        self.found.push(Island::new(open, stop, IslandKind::Element));
        let first_end = stop.min(end);
        let is_opening = !self.bytes[open..stop].ends_with(b"/>") && self.bytes[open + 1] != b'/';
        if !is_opening || !self.bytes[line..open].iter().all(|byte| *byte == b' ') {
            return Some(stop);
        }
        let is_alone = self.bytes[stop..line_end(self.bytes, stop)].trim_ascii().is_empty();
        let width = self.child_column(stop).and_then(|child| child.checked_sub(open - line)).unwrap_or(0);
        let is_body = || self.is_indented_by(stop, open - line + width);
        if is_alone && INDENTS.contains(&width) && first_end - open > width && is_body() {
            let span = Span::from_range(open..first_end);
            self.heads.push(Head { span, title: None, form: MaskForm::Empty(width as u8) });
        }
        Some(stop)
    }

    /// The column of the next line that is not blank.
    fn child_column(&self, at: usize) -> Option<usize> {
        let below = line_end(self.bytes, at) + 1;
        let rest = self.bytes.get(below..)?;
        let text = rest.iter().position(|byte| !byte.is_ascii_whitespace())?;
        let start = memchr::memrchr(b'\n', &rest[..text]).map_or(0, |i| i + 1);
        rest[start..text].iter().all(|byte| *byte == b' ').then_some(text - start)
    }

    /// Whether all lines below a place are indented by so many columns, up to the closing tag.
    fn is_indented_by(&self, at: usize, column: usize) -> bool {
        let mut at = line_end(self.bytes, at) + 1;
        let (start, limit) = (at, self.limit(at));
        while at < limit {
            let end = line_end(self.bytes, at);
            let line = &self.bytes[at..end];
            let indent = line.iter().take_while(|byte| **byte == b' ').count();
            if indent < column && !line.trim_ascii().is_empty() {
                self.charge(at - start);
                return line[indent..].starts_with(b"</");
            }
            at = end + 1;
        }
        self.charge(at.min(limit) - start);
        true
    }

    /// How far to look for the end of what begins at `at`.
    fn limit(&self, at: usize) -> usize {
        self.bytes.len().min(at + LONGEST.min(self.budget.get()))
    }

    /// Counts a search that found nothing. All such together are limited, so that no text makes them take long; one
    /// that finds something is passed over.
    pub(super) fn charge(&self, bytes: usize) {
        self.budget.set(self.budget.get().saturating_sub(bytes));
    }

    /// After the brace that closes the one at `at`, by the strings, templates and comments of JavaScript.
    fn braces(&self, at: usize) -> Option<usize> {
        let (start, limit) = (at, self.limit(at));
        let (mut at, mut depth) = (at, 0_u32);
        // The depths at which the template literals around a place go on.
        let mut templates: Vec<u32> = Vec::new();
        while at < limit {
            match self.bytes[at] {
                b'{' => depth += 1,
                b'}' => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(at + 1);
                    }
                    if templates.pop_if(|outer| *outer == depth).is_some() {
                        at = self.template_part(at, limit, &mut templates, &mut depth);
                    }
                }
                // A quote that nothing closes is one by itself.
                b'`' if memchr::memchr(b'`', &self.bytes[at + 1..limit]).is_some() => {
                    at = self.template_part(at, limit, &mut templates, &mut depth);
                }
                quote @ (b'"' | b'\'') => at = self.string_end(at, quote, limit).unwrap_or(at),
                b'/' if self.bytes.get(at + 1) == Some(&b'*') => {
                    let rest = self.bytes.get(at + 2..limit).unwrap_or_default();
                    at = memchr::memmem::find(rest, b"*/").map_or(limit, |i| at + 3 + i);
                }
                b'/' if self.bytes.get(at + 1) == Some(&b'/') => at = line_end(self.bytes, at),
                _ => {}
            }
            at += 1;
        }
        self.charge(at - start);
        None
    }

    /// The end of the part of a template literal that follows a place: its closing quote, or the brace of the `${` that
    /// interrupts it.
    fn template_part(&self, at: usize, limit: usize, templates: &mut Vec<u32>, depth: &mut u32) -> usize {
        let mut at = at + 1;
        while at < limit {
            match self.bytes[at] {
                b'\\' => at += 1,
                b'`' => return at,
                b'$' if self.bytes.get(at + 1) == Some(&b'{') => {
                    templates.push(*depth);
                    *depth += 1;
                    return at + 1;
                }
                _ => {}
            }
            at += 1;
        }
        limit
    }

    /// The quote that ends a string; none where its line ends first, as an apostrophe's does.
    fn string_end(&self, open: usize, quote: u8, limit: usize) -> Option<usize> {
        let mut at = open + 1;
        while at < limit && self.bytes[at] != quote && self.bytes[at] != b'\n' {
            at += if self.bytes[at] == b'\\' { 2 } else { 1 };
        }
        let is_closed = at < limit && self.bytes[at] == quote;
        if !is_closed {
            self.charge(at - open);
        }
        is_closed.then_some(at)
    }

    /// After the tag that begins at `at`.
    pub(super) fn tag_end(&self, at: usize) -> Option<usize> {
        if self.bytes[..at].ends_with(b"](") || self.bytes[..at].ends_with(b"]: ") {
            return None;
        }
        let name = self.bytes.get(at + 1..)?;
        let name = name.strip_prefix(b"/").unwrap_or(name);
        if !matches!(name.first()?, b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' | b'>') {
            return None;
        }
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_$.-:".contains(byte);
        let length = name.iter().take_while(|byte| is_part(byte)).count();
        // `<https://harbour.example>` and `<ana@harbour.example>` are URLs.
        if name[..length].ends_with(b":")
            || !matches!(name.get(length)?, b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'>')
        {
            return None;
        }
        let (start, limit) = (at, self.limit(at));
        let mut at = at + 1;
        while at < limit {
            match self.bytes[at] {
                b'>' => return Some(at + 1),
                b'{' => at = self.braces(at).map_or(limit, |end| end - 1),
                quote @ (b'"' | b'\'') => {
                    at = memchr::memchr(quote, &self.bytes[at + 1..limit]).map_or(limit, |i| at + 1 + i);
                }
                b'<' => break,
                _ => {}
            }
            at += 1;
        }
        self.charge(at - start);
        None
    }
}

/// How many bytes an expression or a tag may have: what nothing closes in that distance is none.
const LONGEST: usize = 64 * 1024;
