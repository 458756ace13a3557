//! Where the YAML parser was when it gave up, and what is around it.

use std::ops::Range;

use super::error::{SyntaxError, SyntaxErrorKind};
use super::frame::{Frame, FrameContent};
use super::source::SourceSlice;
use super::{Node, Value};

/// Where the parser was when it gave up.
pub(super) struct Scene<'b> {
    pub(super) excerpt: SourceSlice<'b>,
    /// Collections that are still open, outermost first.
    pub(super) open: &'b [Frame],
    /// The root, where it is already complete.
    pub(super) root: Option<&'b Node>,
    /// End of the last token that became part of the tree.
    pub(super) cursor: usize,
}

impl Scene<'_> {
    pub(super) fn error(
        &self,
        kind: SyntaxErrorKind,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> SyntaxError {
        SyntaxError::new(kind, self.excerpt.span(range), message)
    }

    pub(super) fn text(&self, range: Range<usize>) -> &str {
        &self.excerpt.text[range]
    }

    /// The line of `at` without its indentation and trailing spaces.
    pub(super) fn line_at(&self, at: usize) -> Range<usize> {
        let (start, end) = (self.excerpt.line_start(at), self.excerpt.line_end(at));
        let line = self.text(start..end);
        let start = start + line.len() - line.trim_start().len();
        start..start + line.trim().len()
    }

    /// The line from `at` on, up to a comment.
    pub(super) fn rest_of_line(&self, at: usize) -> Range<usize> {
        let line = self.text(at..self.excerpt.line_end(at));
        let line = line.find(" #").map_or(line, |comment| &line[..comment]);
        at..at + line.trim_end().len()
    }

    /// The character at `at`, if there is one.
    pub(super) fn char_at(&self, at: usize) -> Range<usize> {
        at..at + self.excerpt.text[at..].chars().next().map_or(0, char::len_utf8)
    }

    /// The value that was read last, if it was one and not a key.
    pub(super) fn last_value(&self) -> Option<&Node> {
        match self.open.last().map(|frame| &frame.content) {
            Some(FrameContent::Mapping(entries, None)) => entries.last().map(|entry| &entry.value),
            Some(FrameContent::Sequence(items)) => items.last(),
            Some(FrameContent::Mapping(_, Some(_))) => None,
            None => self.root,
        }
    }

    /// The key whose value was read last, or is being read.
    pub(super) fn last_key(&self) -> Option<&Node> {
        self.open.iter().rev().find_map(|frame| match &frame.content {
            FrameContent::Mapping(_, Some(key)) => Some(key),
            FrameContent::Mapping(entries, None) => entries.last().map(|entry| &entry.key),
            FrameContent::Sequence(_) => None,
        })
    }

    pub(super) fn bracket(&self, at: usize) -> Option<char> {
        self.excerpt.byte(at).map(char::from).filter(|bracket| "[{".contains(*bracket))
    }

    /// A column of bytes, from 0.
    pub(super) fn column(&self, at: usize) -> usize {
        at - self.excerpt.line_start(at)
    }
}

/// The key that was read last in a collection.
pub(super) fn deepest_last_key(value: Option<&Node>) -> Option<&Node> {
    match &value?.value {
        Value::Scalar(_) => None,
        Value::Sequence(items) => deepest_last_key(items.last()),
        Value::Mapping(mapping) => {
            let last = mapping.entries.last()?;
            deepest_last_key(Some(&last.value)).or(Some(&last.key))
        }
    }
}
