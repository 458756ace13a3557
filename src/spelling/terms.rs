//! Configured terms: finding their incorrect spellings in text.

use std::{cmp::Reverse, collections::BTreeMap, ops::Range};

use crate::markdown::TextKind;

/// Finds the incorrect spellings of terms.
#[derive(Debug)]
pub struct TermMatcher<'a> {
    /// The longest first.
    spellings: Vec<Spelling<'a>>,
    /// Whether a spelling starts with the byte.
    first_bytes: [bool; 256],
}

/// A spelling of a term, which may be the correct one.
#[derive(Debug)]
struct Spelling<'a> {
    written: &'a str,
    right: &'a str,
    case: Case,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Exact,
    Any,
}

/// An incorrect spelling in a text.
#[derive(Debug)]
pub struct TermMisspelling<'a> {
    /// The byte range in the text.
    pub range: Range<usize>,
    /// The correct spelling.
    pub right: &'a str,
    /// Whether it is in prose and not part of a path, a package name or an anchor.
    pub is_sure: bool,
}

impl<'a> TermMatcher<'a> {
    /// A matcher for incorrect spellings by their correct ones, and for names with their correct case.
    pub fn new(terms: &'a BTreeMap<String, Vec<String>>, names: &'a [String]) -> Self {
        let name = |name| Spelling { written: name, right: name, case: Case::Any };
        let mut spellings: Vec<_> = names.iter().map(|it| name(it.as_str())).collect();
        for (right, wrong) in terms {
            // The correct spelling takes precedence over incorrect ones that are part of it.
            let written = std::iter::once(right).chain(wrong);
            spellings.extend(written.map(|written| Spelling { written, right, case: Case::Exact }));
        }
        spellings.retain(|spelling| !spelling.written.is_empty());
        spellings.sort_by_key(|spelling| Reverse(spelling.written.len()));
        let mut first_bytes = [false; 256];
        for byte in spellings.iter().map(|spelling| spelling.written.as_bytes()[0]) {
            for byte in [byte, byte.to_ascii_lowercase(), byte.to_ascii_uppercase()] {
                first_bytes[usize::from(byte)] = true;
            }
        }
        Self { spellings, first_bytes }
    }

    /// Whether there are no terms.
    pub fn is_empty(&self) -> bool {
        self.spellings.is_empty()
    }

    /// The incorrect spellings in a text, except those in URLs.
    pub fn misspellings(&self, text: &str, kind: TextKind) -> Vec<TermMisspelling<'a>> {
        let mut misspellings = Vec::new();
        let mut at = 0;
        let mut chunk = Chunk::default();
        while at < text.len() {
            let Some(spelling) = self.at(text, at, kind) else {
                at += 1;
                continue;
            };
            let range = at..at + spelling.written.len();
            if at >= chunk.end {
                chunk = Chunk::around(text, chunk.end, at);
            }
            at = range.end;
            if text[range.clone()] != *spelling.right && !chunk.is_url {
                let is_part = text[..range.start].ends_with(JOINS) || text[range.end..].starts_with(JOINS);
                let is_prose = matches!(kind, TextKind::Prose | TextKind::Inline | TextKind::FrontMatter);
                misspellings.push(TermMisspelling {
                    range,
                    right: spelling.right,
                    is_sure: is_prose && !is_part,
                });
            }
        }
        misspellings
    }

    /// The longest spelling at an offset of a text.
    fn at(&self, text: &str, at: usize, kind: TextKind) -> Option<&Spelling<'a>> {
        if !self.first_bytes[usize::from(text.as_bytes()[at])] {
            return None;
        }
        self.spellings.iter().find(|it| it.starts(&text.as_bytes()[at..], kind) && it.is_word(text, at, kind))
    }
}

impl Spelling<'_> {
    /// Whether `text` starts with this spelling, and texts of this kind are checked for it.
    fn starts(&self, text: &[u8], kind: TextKind) -> bool {
        let Some(start) = text.get(..self.written.len()) else { return false };
        match self.case {
            Case::Exact => {
                matches!(kind, TextKind::Prose | TextKind::Inline | TextKind::FrontMatter)
                    && start == self.written.as_bytes()
            }
            Case::Any => kind != TextKind::FrontMatter && start.eq_ignore_ascii_case(self.written.as_bytes()),
        }
    }

    /// Whether the spelling is not part of a longer word. In plain text, underscores separate words; elsewhere,
    /// underscores around a word are ignored.
    fn is_word(&self, text: &str, at: usize, kind: TextKind) -> bool {
        let is_letter = |c: char| c.is_alphanumeric();
        let (first, last) = (self.written.chars().next(), self.written.chars().next_back());
        let (mut before, mut after) = (&text[..at], &text[at + self.written.len()..]);
        if self.case == Case::Exact || matches!(kind, TextKind::Inline | TextKind::Code | TextKind::Html) {
            before = before.trim_end_matches('_');
            after = after.trim_start_matches('_');
        }
        !(first.is_some_and(is_letter) && before.ends_with(is_letter)
            || last.is_some_and(is_letter) && after.starts_with(is_letter))
    }
}

/// Characters that join the parts of a path, a package name or an anchor, in which another spelling may be correct.
const JOINS: [char; 4] = ['_', '/', '@', '#'];

/// A part of a text between spaces, quotation marks and brackets.
#[derive(Default)]
struct Chunk {
    end: usize,
    is_url: bool,
}

impl Chunk {
    /// The chunk that contains the offset `at`; it does not start before `from`.
    fn around(text: &str, from: usize, at: usize) -> Self {
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '(' | ')');
        let start = text[from..at].rfind(ends).map_or(from, |before| from + before);
        let end = text[at..].find(ends).map_or(text.len(), |end| at + end);
        let chunk = text[start..end].trim_start_matches(ends);
        let is_destination = text[..end - chunk.len()].ends_with("](");
        let is_url =
            is_destination || chunk.contains("://") || chunk.starts_with("www.") || has_email_address(chunk);
        Self { end, is_url }
    }
}

fn has_email_address(chunk: &str) -> bool {
    chunk.split_once('@').is_some_and(|(name, host)| {
        name.ends_with(char::is_alphanumeric)
            && host.trim_end_matches(|c: char| !c.is_alphanumeric()).contains('.')
    })
}
