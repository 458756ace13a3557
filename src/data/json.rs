//! JSON (RFC 8259), and with comments and trailing commas what editors call JSONC, read by a reader of its own.
//!
//! A YAML parser will not do: it takes JSON for YAML's flow style, which has no `\/`, no surrogate pairs, no keys
//! over 1,024 characters, and reads much that JSON forbids. `serde_json` decides what a string or a number means,
//! one token at a time.

use super::error::{SyntaxError, SyntaxErrorKind};
use super::source::SourceSlice;
use super::{DataFormat, Entry, MAX_DEPTH, Mapping, Meaning, Node, Scalar, ScalarNotation, Tree, Value};
use crate::text::{Span, byte_order_mark};

/// Reads JSON, or JSONC where `format` says so. At most one error.
pub(super) fn parse(source: &str, span: Span, format: DataFormat) -> Tree {
    let excerpt = SourceSlice::new(source, span);
    let mut reader = Reader { excerpt, format, at: 0, depth: 0, comments: Vec::new() };
    let (root, errors) = match reader.document() {
        Ok(root) => (root, Vec::new()),
        Err(error) => (None, vec![error]),
    };
    Tree { format, root, comments: reader.comments, unindented: vec![], errors }
}

/// What follows the comma after an item.
#[derive(PartialEq, Eq)]
enum Behind {
    Item,
    /// The collection ends, and its closing bracket has been read.
    Nothing,
}

struct Reader<'s> {
    excerpt: SourceSlice<'s>,
    format: DataFormat,
    at: usize,
    depth: usize,
    /// Those of JSONC.
    comments: Vec<Span>,
}

impl Reader<'_> {
    /// One value and nothing after it; an empty text is an empty document.
    fn document(&mut self) -> Result<Option<Node>, SyntaxError> {
        self.at = byte_order_mark(self.excerpt.text);
        if self.peek().is_none() {
            return Ok(None);
        }
        let root = self.value()?;
        match self.peek() {
            None => Ok(Some(root)),
            Some(_) => Err(self.unexpected("expected end of file")),
        }
    }

    fn value(&mut self) -> Result<Node, SyntaxError> {
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string(),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => self.word(),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, SyntaxError>) -> Result<Node, SyntaxError> {
        let start = self.at;
        if self.depth >= MAX_DEPTH {
            return Err(SyntaxErrorKind::TooDeep.at(self.excerpt.span(start..start + 1)));
        }
        self.depth += 1;
        let value = read(self).map_err(|error| self.unclosed(start, error))?;
        self.depth -= 1;
        Ok(Node { span: self.excerpt.span(start..self.at), tag: None, value })
    }

    fn object(&mut self) -> Result<Value, SyntaxError> {
        let mut entries = Vec::new();
        self.at += 1;
        if self.eat(b'}') {
            return Ok(Value::Mapping(Mapping { entries: entries.into() }));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.unexpected("expected a key in double quotes"));
            }
            let key = self.string()?;
            if !self.eat(b':') {
                return Err(self.unexpected("expected `:` after the key"));
            }
            entries.push(Entry { key, value: self.value()? });
            if self.eat(b'}') || self.comma(b'}')? == Behind::Nothing {
                return Ok(Value::Mapping(Mapping { entries: entries.into() }));
            }
        }
    }

    fn array(&mut self) -> Result<Value, SyntaxError> {
        let mut items = Vec::new();
        self.at += 1;
        if self.eat(b']') {
            return Ok(Value::Sequence(items));
        }
        loop {
            items.push(self.value()?);
            if self.eat(b']') || self.comma(b']')? == Behind::Nothing {
                items.shrink_to_fit();
                return Ok(Value::Sequence(items));
            }
        }
    }

    /// The comma before the next item. In JSON one before the closing bracket is a mistake of its own; in JSONC the
    /// bracket is then read, too.
    fn comma(&mut self, close: u8) -> Result<Behind, SyntaxError> {
        // Whoever asked for the closing bracket has moved past spaces and comments.
        let comma = self.at;
        if !self.eat(b',') {
            let message = format!("expected `,` or `{}`", char::from(close));
            return Err(self.unexpected(&message));
        }
        if self.format == DataFormat::Jsonc {
            return Ok(if self.eat(close) { Behind::Nothing } else { Behind::Item });
        }
        if self.peek() == Some(close) {
            let span = self.excerpt.span(comma..comma + 1);
            let message = format!("trailing comma before `{}`", char::from(close));
            return Err(SyntaxError::new(SyntaxErrorKind::NotJson, span, message).help("remove the comma"));
        }
        Ok(Behind::Item)
    }

    fn string(&mut self) -> Result<Node, SyntaxError> {
        let start = self.at;
        let rest = &self.excerpt.text.as_bytes()[start + 1..];
        let mut escapes = false;
        let mut length = 0;
        loop {
            match rest.get(length) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escapes = true;
                    length += 2;
                }
                Some(0x20..) => length += 1,
                None | Some(b'\n' | b'\r') => return Err(self.unclosed_string(start, start + 1 + length)),
                Some(_) => {
                    let span = self.excerpt.span(start + 1 + length..start + 2 + length);
                    let error = SyntaxError::new(SyntaxErrorKind::Other, span, "control character in string");
                    return Err(error.help("use an escape sequence, such as `\\t` for a tab"));
                }
            }
        }
        self.at = start + length + 2;
        let token = &self.excerpt.text[start..self.at];
        let text: Box<str> =
            if escapes { self.unescape(start, token)?.into() } else { token[1..=length].into() };
        Ok(self.scalar(start, text, ScalarNotation::DoubleQuoted, Meaning::String))
    }

    fn unescape(&self, start: usize, token: &str) -> Result<String, SyntaxError> {
        serde_json::from_str(token).map_err(|error| {
            let at = self.excerpt.boundary(start + error.column().min(token.len())) - start;
            let escape = token[..at].rfind('\\').unwrap_or(0);
            let span = self.excerpt.span(start + escape..start + at.max(escape + 1));
            SyntaxError::new(SyntaxErrorKind::Other, span, "invalid escape sequence")
                .help("escape the backslash as `\\\\`")
        })
    }

    fn unclosed_string(&self, start: usize, end: usize) -> SyntaxError {
        let end = end.min(self.excerpt.text.len());
        SyntaxError::new(
            SyntaxErrorKind::UnclosedQuote,
            self.excerpt.span(start..end),
            "missing closing quote",
        )
        .help("add a closing `\"`; use `\\n` for a newline in the string")
    }

    fn number(&mut self) -> Result<Node, SyntaxError> {
        let start = self.at;
        let rest = &self.excerpt.text.as_bytes()[start..];
        let length =
            rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"+-._".contains(byte)).count();
        let token = &self.excerpt.text[start..start + length];
        let number =
            serde_json::from_str(token).ok().and_then(|number: serde_json::Number| yaml_number(&number));
        let Some(number) = number else {
            let message = format!("`{token}` is not a valid JSON number");
            return Err(SyntaxError::new(
                SyntaxErrorKind::NotJson,
                self.excerpt.span(start..start + length),
                message,
            ));
        };
        self.at += length;
        Ok(self.scalar(start, token.into(), ScalarNotation::Plain, Meaning::Number(number)))
    }

    fn word(&mut self) -> Result<Node, SyntaxError> {
        let start = self.at;
        let rest = &self.excerpt.text[start..];
        let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let meaning = match &rest[..length] {
            "true" => Meaning::Bool(true),
            "false" => Meaning::Bool(false),
            "null" => Meaning::Null,
            _ => return Err(self.unexpected("expected a value")),
        };
        self.at += length;
        Ok(self.scalar(start, rest[..length].into(), ScalarNotation::Plain, meaning))
    }

    fn scalar(&self, start: usize, text: Box<str>, style: ScalarNotation, meaning: Meaning) -> Node {
        let value = Value::Scalar(Scalar { text, style, meaning });
        Node { span: self.excerpt.span(start..self.at), tag: None, value }
    }

    /// The next byte that is not a space and in no comment of JSONC; the reader then is at it.
    fn peek(&mut self) -> Option<u8> {
        self.at = self.excerpt.skip_json_blanks(self.at);
        while let Some(end) = self.comment_end() {
            self.comments.push(self.excerpt.span(self.at..end));
            self.at = self.excerpt.skip_json_blanks(end);
        }
        self.excerpt.byte(self.at)
    }

    /// Where the comment ends that begins here, if one does.
    fn comment_end(&self) -> Option<usize> {
        if self.format != DataFormat::Jsonc {
            return None;
        }
        let rest = &self.excerpt.text[self.at..];
        if rest.starts_with("//") {
            return Some(self.excerpt.line_end(self.at));
        }
        let inside = rest.strip_prefix("/*")?;
        Some(self.at + 2 + inside.find("*/")? + 2)
    }

    fn eat(&mut self, expected: u8) -> bool {
        let found = self.peek() == Some(expected);
        self.at += usize::from(found);
        found
    }

    /// What is here instead of what was expected.
    fn unexpected(&self, expected: &str) -> SyntaxError {
        let rest = &self.excerpt.text[self.at..];
        let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let length = if word > 0 { word } else { rest.chars().next().map_or(0, char::len_utf8) };
        let span = self.excerpt.span(self.at..self.at + length);
        let not_json =
            |message: &str, help: &str| SyntaxError::new(SyntaxErrorKind::NotJson, span, message).help(help);
        match rest.as_bytes() {
            [b'\'', ..] => not_json("strings must use double quotes", "replace `'` with `\"`"),
            [b'/', b'*', ..] if self.format == DataFormat::Jsonc => {
                SyntaxError::new(SyntaxErrorKind::Other, span, "unterminated comment")
                    .help("add a closing `*/`")
            }
            [b'#', ..] if self.format == DataFormat::Jsonc => {
                not_json("comments must start with `//`", "replace `#` with `//`")
            }
            [b'/', b'/' | b'*', ..] | [b'#', ..] => {
                not_json("comments are not allowed in JSON", "remove the comment")
            }
            [] => SyntaxError::new(SyntaxErrorKind::Other, span, format!("{expected}, found end of file")),
            _ => {
                let message = format!("{expected}, found `{}`", &rest[..length].escape_debug());
                SyntaxError::new(SyntaxErrorKind::Other, span, message)
            }
        }
    }

    /// An error at the end of the text is one of the bracket that was never closed.
    fn unclosed(&self, start: usize, error: SyntaxError) -> SyntaxError {
        let at_end = error.kind == SyntaxErrorKind::Other && self.at >= self.excerpt.text.len();
        if !at_end {
            return error;
        }
        let bracket = &self.excerpt.text[start..=start];
        let message = format!("unclosed `{bracket}`");
        SyntaxError::new(SyntaxErrorKind::UnclosedBracket, self.excerpt.span(start..start + 1), message)
    }
}

impl SourceSlice<'_> {
    fn skip_json_blanks(self, mut at: usize) -> usize {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.byte(at) {
            at += 1;
        }
        at
    }
}

fn yaml_number(number: &serde_json::Number) -> Option<serde_yaml::Number> {
    let integer = number.as_u64().map(Into::into).or_else(|| number.as_i64().map(Into::into));
    integer.or_else(|| number.as_f64().map(Into::into))
}
