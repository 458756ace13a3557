//! Spaces that a text needs before our parser reads it.
//!
//! - `fields:[…]` inside brackets, a colon with nothing between it and the bracket: YAML 1.2.2 (section 7.4.2) wants a
//!   space there and our parser insists. The JavaScript parsers that CMSs are configured through do not, so the files
//!   have it.
//! - lines of a quoted value that are not indented (section 7.3.3): libyaml and the parsers made after it, as Jekyll,
//!   Hugo and Python programs have them, take them.
//! - tabs in front of the lines of a bracketed value (section 6.1): libyaml, its ports to Go and js-yaml before version 5 take them.
//!
//! The text is read once more with spaces in those places, which the spans leave out again.

use std::collections::BTreeMap;

use super::Tree;
use super::node::Unindented;
use super::source::SourceSlice;

/// How many bytes may be read again for one text: each repair costs a reading.
const MAX_REREAD: usize = 4 << 20;

/// The places in a text that need spaces.
#[derive(Default)]
pub(super) struct Repairs {
    /// How many spaces are needed where, by offset in the text as it is in the file.
    places: BTreeMap<usize, usize>,
    /// The quoted values that are not indented.
    unindented: Vec<Unindented>,
    /// Bytes read in vain so far.
    reread: usize,
}

impl Repairs {
    /// Adds the places of the bracketed value that begins at `start` and whose colon at `colon` the parser stumbled
    /// over. Whether the text should be read again.
    pub(super) fn add_colons(
        &mut self,
        excerpt: SourceSlice<'_>,
        start: Option<usize>,
        colon: usize,
    ) -> bool {
        let before = self.places.len();
        let colons = start.map_or_else(Vec::new, |start| adjacent_colons(excerpt.text, start));
        for colon in colons.into_iter().chain([colon]) {
            self.places.insert(excerpt.without_blanks(colon) + 1, 1);
        }
        self.may_reread(excerpt) && self.places.len() > before
    }

    /// Adds the places in front of tabs that indent the lines of the bracketed value that begins at `start`. Whether
    /// the text should be read again.
    pub(super) fn add_spaces_before_tabs(
        &mut self,
        excerpt: SourceSlice<'_>,
        start: usize,
        indent: usize,
    ) -> bool {
        let before = self.places.len();
        let end = bracketed(excerpt.text, start, |_| {});
        let mut at = start;
        while let Some(line) = excerpt.next_line(at).filter(|line| *line < end) {
            if excerpt.byte(line) == Some(b'\t') {
                self.places.insert(excerpt.without_blanks(line), indent.max(1));
            }
            at = line;
        }
        self.may_reread(excerpt) && self.places.len() > before
    }

    /// Indents the lines of the quoted value that begins at `quote` by `indent` spaces at least. Whether the text
    /// should be read again: not if the value has no end, or if it looks as if its closing quote were missing.
    pub(super) fn add_indentation(&mut self, excerpt: SourceSlice<'_>, quote: usize, indent: usize) -> bool {
        let end = closing_quote(excerpt.text.as_bytes(), quote);
        let Some(found) = excerpt.unindented(quote..end + 1, indent).filter(|_| end < excerpt.text.len())
        else {
            return false;
        };
        if found.iter().any(|line| is_entry(&excerpt.text[line.start..excerpt.line_end(line.start)])) {
            return false;
        }
        for line in &found {
            *self.places.entry(excerpt.without_blanks(line.start)).or_default() += indent - line.len();
        }
        let lines = found.into_iter().map(|line| excerpt.span(line)).collect();
        self.unindented.push(Unindented { span: excerpt.span(quote..end + 1), lines, indent });
        self.may_reread(excerpt)
    }

    fn may_reread(&mut self, excerpt: SourceSlice<'_>) -> bool {
        self.reread += excerpt.text.len();
        self.reread <= MAX_REREAD
    }

    /// The tree of the repaired text, with what is of interest of the repairs.
    pub(super) fn note(self, mut tree: Tree) -> Tree {
        tree.unindented.extend(self.unindented);
        tree.unindented.sort_by_key(|it| it.span);
        tree
    }

    /// The text with its spaces, and where in it they are.
    pub(super) fn apply(&self, text: &str) -> (String, Vec<usize>) {
        let mut repaired = String::with_capacity(text.len() + self.places.values().sum::<usize>());
        let mut blanks = Vec::new();
        let mut copied = 0;
        for (&place, &count) in &self.places {
            repaired.push_str(&text[copied..place]);
            for _ in 0..count {
                blanks.push(repaired.len());
                repaired.push(' ');
            }
            copied = place;
        }
        repaired.push_str(&text[copied..]);
        (repaired, blanks)
    }
}

/// Whether a line looks like an entry of a mapping, and not like the next line of a sentence.
fn is_entry(line: &str) -> bool {
    let key = line.split(':').next().unwrap_or_default();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    key.len() < line.len()
        && key.trim_start().chars().all(is_name)
        && line[key.len() + 1..].chars().next().is_none_or(char::is_whitespace)
}

/// The colons right before a bracket in the bracketed value at `start`, outside of quotes and comments.
fn adjacent_colons(text: &str, start: usize) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut colons = Vec::new();
    bracketed(text, start, |at| {
        if bytes[at] == b':' && matches!(bytes.get(at + 1), Some(b'[' | b'{')) {
            colons.push(at);
        }
    });
    colons
}

/// Where the bracketed value at `start` ends, whose bytes outside of quotes and comments are given to `visit`.
fn bracketed(text: &str, start: usize, mut visit: impl FnMut(usize)) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (start, 0_usize);
    // The last byte that was not a space: quotes open a value only where one may begin.
    let mut last = b',';
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'#' if bytes[at - 1].is_ascii_whitespace() => {
                at += bytes[at..]
                    .iter()
                    .position(|byte| matches!(byte, b'\n' | b'\r'))
                    .unwrap_or(bytes.len() - at);
                continue;
            }
            b'"' | b'\'' if b"[{,:?".contains(&last) => at = closing_quote(bytes, at),
            _ => visit(at),
        }
        if depth == 0 {
            break;
        }
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
        at += 1;
    }
    at
}

/// The quote that closes the one at `open`, or the end. A doubled single quote closes and opens again.
fn closing_quote(bytes: &[u8], open: usize) -> usize {
    let quote = bytes[open];
    let mut at = open + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if quote == b'"' => at += 1,
            b'\'' if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') => at += 1,
            _ if byte == quote => break,
            _ => {}
        }
        at += 1;
    }
    at
}
