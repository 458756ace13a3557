//! Where in JSON somebody is writing. What is before the cursor is read as tokens, which need not make a whole.

use super::place::{CompletionPlace, Slot};
use crate::{data::Segment, text::Span};

/// The deepest nesting in which something is offered.
const MAX_DEPTH: usize = 64;

/// An object or list that is not closed before the cursor.
enum Open<'s> {
    /// The key whose value the cursor may be in, with its quotation marks; nothing before its colon.
    Object(Option<&'s str>),
    /// The number of items before the cursor.
    List(usize),
}

/// The tokens before the cursor, as far as they matter.
#[derive(Default)]
struct Before<'s> {
    open: Vec<Open<'s>>,
    /// The last text, with its quotation marks.
    text: Option<&'s str>,
    /// Whether the value or item at the cursor is complete.
    is_written: bool,
    /// Where the text begins that the cursor is in.
    in_text: Option<usize>,
}

impl<'s> Before<'s> {
    /// Reads the tokens; `None` if the cursor is in a comment.
    fn of(before: &'s str) -> Option<Self> {
        let mut read = Self::default();
        let mut at = 0;
        while let Some(c) = before[at..].chars().next() {
            let rest = &before[at..];
            let len = match c {
                '"' => read.text(before, at),
                '/' if rest.starts_with("//") => rest.find('\n')?,
                '/' if rest.starts_with("/*") => rest.find("*/")? + 2,
                _ => {
                    read.mark(c);
                    c.len_utf8()
                }
            };
            at += len;
        }
        Some(read)
    }

    /// Reads a text; returns its length.
    fn text(&mut self, before: &'s str, start: usize) -> usize {
        let rest = &before[start..];
        let mut is_escaped = false;
        let end = rest[1..].find(|c| {
            let is_end = c == '\n' || c == '"' && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            is_end
        });
        let Some(end) = end.map(|end| end + 2) else {
            self.in_text = Some(start);
            return rest.len();
        };
        self.text = Some(&rest[..end]);
        self.is_written = true;
        end
    }

    fn mark(&mut self, mark: char) {
        match mark {
            '{' => self.open.push(Open::Object(None)),
            '[' => self.open.push(Open::List(0)),
            '}' | ']' => drop(self.open.pop()),
            ':' => {
                if let Some(Open::Object(key)) = self.open.last_mut() {
                    *key = self.text.take();
                }
            }
            ',' => match self.open.last_mut() {
                Some(Open::Object(key)) => *key = None,
                Some(Open::List(index)) => *index += 1,
                None => {}
            },
            _ => return,
        }
        self.is_written = matches!(mark, '}' | ']');
    }
}

/// The place of an offset in the bytes `content` of a text; `None` where nothing can be completed.
pub(super) fn json_place(source: &str, content: Span, offset: u32) -> Option<CompletionPlace> {
    let before = &source[content.start as usize..offset as usize];
    let after = source[offset as usize..content.end as usize].lines().next().unwrap_or_default();
    let read = Before::of(before)?;
    if read.open.is_empty() || read.open.len() > MAX_DEPTH || read.is_written && read.in_text.is_none() {
        return None;
    }
    let slot = match read.open.last()? {
        Open::Object(None) => Slot::Key,
        Open::Object(Some(_)) => Slot::Value,
        Open::List(_) => Slot::FlowItem,
    };
    let path = read.open.iter().filter_map(|open| match open {
        Open::Object(key) => (*key).map(|key| Segment::key(&unescaped(key))),
        Open::List(index) => Some(Segment::Index(*index)),
    });
    let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '$');
    let word = before.trim_end_matches(is_of_word).len();
    let len = match read.in_text {
        Some(_) => after.find('"').map_or(0, |end| end + 1),
        None => after.find(|c| !is_of_word(c)).unwrap_or(after.len()),
    };
    let start = read.in_text.unwrap_or(word);
    let column = start - before[..start].rfind('\n').map_or(0, |at| at + 1);
    let typed = Span::from_range(start..before.len() + len).shift(content.start);
    Some(CompletionPlace { path: path.collect(), slot, typed, column })
}

fn unescaped(text: &str) -> String {
    serde_json::from_str(text).unwrap_or_else(|_| text.trim_matches('"').to_owned())
}
