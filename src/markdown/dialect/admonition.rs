//! The containers of Python-Markdown and its extensions: `!!!`, `???` and `===` with a body that is indented by four
//! columns; and definitions, `: text` below a term, which other engines have too.

use super::Parts;
use super::lines::Lines;
use super::overlay::{Head, MaskForm};
use crate::text::Span;

/// What begins such a container, longer marks first.
const MARKS: [&[u8]; 6] = [b"!!!", b"???+", b"???", b"===+", b"===!", b"==="];

/// The columns by which a body is indented.
const INDENT: usize = 4;

impl Lines<'_> {
    /// The head of a container, if the line from `start` to `end`, without trailing whitespace, is one.
    pub(super) fn container(&self, start: usize, end: usize) -> Option<Head> {
        let text = &self.bytes[start..end];
        if self.dialect.parts.has(Parts::ADMONITIONS)
            && let Some(mark) = MARKS.into_iter().find(|mark| text.starts_with(mark))
        {
            return admonition(text, start, mark.len());
        }
        let is_marker = |byte: u8| byte == b':' || byte == b'~' && self.dialect.is_pandoc();
        let is_definition = self.dialect.parts.has(Parts::DEFINITIONS)
            && matches!(text, [marker, b' ' | b'\t', ..] if is_marker(*marker))
            && self.follows_text(start);
        is_definition.then(|| Head {
            span: Span::from_range(start..start + 1),
            title: None,
            form: MaskForm::Bullet,
        })
    }

    /// Whether there is text in the line above, or above it if that one is blank.
    fn follows_text(&self, at: usize) -> bool {
        let above = self.bytes[self.body..at].rsplit(|&byte| byte == b'\n').skip(1).take(2);
        above.into_iter().any(|line| !line.trim_ascii().is_empty())
    }
}

/// The head of an admonition, of details or of a tab.
fn admonition(text: &[u8], start: usize, mark: usize) -> Option<Head> {
    let open = memchr::memchr(b'"', text);
    let title = open.and_then(|open| {
        let close = memchr::memrchr(b'"', text).filter(|&close| close > open && close + 1 == text.len())?;
        Some(open + 1..close)
    });
    let name = text[mark..open.unwrap_or(text.len())].trim_ascii();
    let is_tab = text[0] == b'=';
    let is_name = name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_ ".contains(byte));
    let is_head = match (is_tab, open, &title) {
        (true, _, title) => name.is_empty() && title.is_some(),
        (false, Some(_), None) => false,
        (false, open, _) => is_name && (name.first().is_some_and(u8::is_ascii_alphabetic) || open.is_some()),
    };
    if !is_head || text.len() <= INDENT {
        return None;
    }
    let form = match &title {
        // There has to be room for a bullet, three spaces, `#` and a space.
        Some(title) if title.start >= INDENT + 2 && !title.is_empty() => MaskForm::Heading,
        _ => MaskForm::Empty(INDENT as u8),
    };
    let title = title.map(|title| Span::from_range(start + title.start..start + title.end));
    Some(Head { span: Span::from_range(start..start + text.len()), title, form })
}
