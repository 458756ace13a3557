//! What Franklin has beyond Markdown: HTML between `~~~` and `~~~`, definitions in Julia between lines `+++` and after
//! `@def`, and `{{ x }}`.
//!
//! Source: `src/parser/markdown/tokens.jl` of Franklin 0.10.

use memchr::memmem;

use super::cache;
use super::overlay::{Island, IslandKind};
use crate::{markdown::fences::Fences, text::byte_order_mark};

const RAW: &str = "~~~";
const DEFINITIONS: &str = "+++";

/// Reads a text from front to back.
struct Scanner<'s> {
    source: &'s str,
    islands: Vec<Island>,
    /// Whether nothing closes a `~~~` from here on.
    is_raw_open: bool,
}

/// What a text has, in source order.
pub(super) fn scan(source: &str, body: usize) -> Vec<Island> {
    let mut scanner = Scanner { source, islands: vec![], is_raw_open: false };
    let (mut at, mut fences) = (body, Fences::default());
    while at < source.len() {
        let end = line_end(source, at);
        let content = source[at..end].trim();
        // Tildes are HTML.
        let is_code = (fences.is_open() || content.starts_with('`')) && fences.takes(content.as_bytes());
        at = if is_code { end } else { scanner.line(at, end) };
    }
    scanner.islands
}

/// The offset at which the body of a page begins: after the block of definitions, if it begins with one.
pub(super) fn end_of_definitions(source: &str) -> usize {
    let start = byte_order_mark(source);
    if is_delimiter(&source[start..line_end(source, start)]) {
        closing(source, line_end(source, start)).unwrap_or(start)
    } else {
        start
    }
}

fn is_delimiter(line: &str) -> bool {
    line.trim_end() == DEFINITIONS
}

/// After the line break of the line that begins at a place.
fn line_end(source: &str, at: usize) -> usize {
    (cache::line_end(source.as_bytes(), at) + 1).min(source.len())
}

/// After the line that closes a block of definitions.
fn closing(source: &str, from: usize) -> Option<usize> {
    let mut at = from;
    while at < source.len() {
        let end = line_end(source, at);
        if is_delimiter(&source[at..end]) {
            return Some(end);
        }
        at = end;
    }
    None
}

impl Scanner<'_> {
    /// Takes what is in a line; gives where to go on.
    fn line(&mut self, start: usize, end: usize) -> usize {
        let line = &self.source[start..end];
        if is_delimiter(line)
            && let Some(stop) = closing(self.source, end)
        {
            return self.take(start, stop, IslandKind::Comment);
        }
        if line.starts_with("@def ") {
            return self.take(start, self.end_of_value(start, end), IslandKind::Comment);
        }
        let mut at = start;
        // Whether something closes a `{{` on this line from here on.
        let mut is_closed = true;
        while let Some(mark) = self.source[at..end].find(['~', '{']).map(|found| at + found) {
            at = mark + 1;
            let rest = &self.source[mark..];
            let is_in_code = self.source[..mark].ends_with('`');
            if is_closed && rest.starts_with("{{") {
                match self.source[mark..end].find("}}") {
                    Some(length) => at = self.take(mark, mark + length + 2, IslandKind::Output),
                    None => is_closed = false,
                }
            } else if rest.starts_with(RAW) && !is_in_code && !self.is_raw_open {
                let after = mark + RAW.len();
                let Some(length) = memmem::find(&self.source.as_bytes()[after..], RAW.as_bytes()) else {
                    self.is_raw_open = true;
                    continue;
                };
                let stop = self.take(mark, after + length + RAW.len(), IslandKind::Verbatim);
                if stop > end {
                    return stop;
                }
                at = stop;
            }
        }
        end
    }

    /// Where the value of a definition ends: with its line, or with the quotes that close a text over several.
    fn end_of_value(&self, start: usize, end: usize) -> usize {
        const QUOTES: &str = "\"\"\"";
        let is_open = self.source[start..end].matches(QUOTES).count() == 1;
        let close =
            is_open.then(|| memmem::find(&self.source.as_bytes()[end..], QUOTES.as_bytes())).flatten();
        close.map_or(end, |length| line_end(self.source, end + length))
    }

    fn take(&mut self, start: usize, end: usize, kind: IslandKind) -> usize {
        self.islands.push(Island::new(start, end, kind));
        end
    }
}

#[cfg(test)]
mod tests {
    use super::{IslandKind, end_of_definitions, scan};

    fn taken(source: &str) -> Vec<(&str, IslandKind)> {
        scan(source, 0).iter().map(|it| (it.span.of(source), it.kind)).collect()
    }

    #[test]
    fn html_definitions_and_values_are_taken() {
        let source = "@def day = Date(2024, 1, 29)\nA ~~~<b>~~~low~~~</b>~~~ {{tide}}\n\n~~~\n<p>\n~~~\nB\n";
        let found = [
            ("@def day = Date(2024, 1, 29)\n", IslandKind::Comment),
            ("~~~<b>~~~", IslandKind::Verbatim),
            ("~~~</b>~~~", IslandKind::Verbatim),
            ("{{tide}}", IslandKind::Output),
            ("~~~\n<p>\n~~~", IslandKind::Verbatim),
        ];
        assert_eq!(taken(source), found);
        assert_eq!(
            taken("@def a = \"\"\"b\nc\"\"\"\nd\n"),
            [("@def a = \"\"\"b\nc\"\"\"\n", IslandKind::Comment)]
        );
    }

    #[test]
    fn code_and_what_is_not_closed_are_not() {
        for source in ["```\n~~~<b>~~~\n```\n", "A `~~~` b\n", "A ~~~ b\n", "A {{ b\n", "+++\na = 1\n"] {
            assert!(taken(source).is_empty(), "{source}");
        }
    }

    #[test]
    fn a_page_begins_after_its_definitions() {
        assert_eq!(end_of_definitions("+++\na = Date(2024, 1, 29)\n+++\nB\n"), 30);
        assert_eq!(end_of_definitions("A\n+++\n"), 0);
        assert_eq!(end_of_definitions("+++\na\n"), 0);
    }
}
