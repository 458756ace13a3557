//! TOML 1.0, by way of the `toml` crate's spanned values.

use std::borrow::Cow;
use std::ops::Range;

use toml::de::{DeArray, DeTable, DeValue};

use super::error::{SyntaxError, SyntaxErrorKind};
use super::source::SourceSlice;
use super::{DataFormat, Entry, MAX_DEPTH, Mapping, Meaning, Node, Scalar, ScalarNotation, Tree, Value};
use crate::text::Span;

/// How many errors of one text are reported; a text with more is not TOML at all.
const MAX_ERRORS: usize = 20;

/// Tables that a text of any length may have.
const MAX_TABLES: usize = 20_000;

/// Bytes of a longer text for each table: the `toml` crate takes up to 2 kB for one, however short it is.
const BYTES_PER_TABLE: usize = 20;

/// Commas that a text of any length may have.
const MAX_COMMAS: usize = 100_000;

/// Bytes of a longer text for each comma: the `toml` crate takes up to 250 bytes for a value and the comma after it.
const BYTES_PER_COMMA: usize = 4;

/// Reads TOML, and goes on after an error.
pub(super) fn parse(source: &str, span: Span) -> Tree {
    let excerpt = SourceSlice::new(source, span);
    let table = first_table_too_many(excerpt.text).map(|at| (at, SyntaxErrorKind::TooManyTables));
    let value = || first_value_too_many(excerpt.text).map(|at| (at, SyntaxErrorKind::TooManyValues));
    if let Some((at, kind)) = table.or_else(value) {
        let error = kind.at(excerpt.span(at..at + 1));
        return Tree {
            format: DataFormat::Toml,
            root: None,
            comments: vec![],
            unindented: vec![],
            errors: vec![error],
        };
    }
    let (table, errors) = DeTable::parse_recoverable(excerpt.text);
    let mut converter = Converter { excerpt, depth: 0, leaves: Vec::new(), errors: Vec::new() };
    converter.errors.extend(errors.iter().take(MAX_ERRORS).map(|error| syntax_error(excerpt, error)));
    let range = table.span();
    let table = table.into_inner();
    let root = (!table.is_empty()).then(|| converter.table(range, table));
    let comments = converter.comments();
    let mut errors = converter.errors;
    errors.sort_by_key(|error| error.span);
    Tree { format: DataFormat::Toml, root, comments, unindented: vec![], errors }
}

/// Where the tables become more than is likely in a text of this length. Each bracket and each dot between names is
/// counted, as it may make a table.
fn first_table_too_many(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let most = MAX_TABLES.max(bytes.len() / BYTES_PER_TABLE);
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'"' | b'\'');
    let begins_line = |at: usize| {
        let line = bytes[..at].iter().rev().take_while(|byte| **byte != b'\n');
        line.take(MAX_DEPTH).all(|byte| matches!(byte, b' ' | b'\t'))
    };
    let may_make_a_table = |at: &usize| match bytes[*at] {
        b'{' => true,
        b'[' => begins_line(*at),
        b'.' => *at > 0 && is_name(bytes[*at - 1]) && bytes.get(*at + 1).is_some_and(|byte| is_name(*byte)),
        _ => false,
    };
    memchr::memchr3_iter(b'{', b'[', b'.', bytes).filter(may_make_a_table).nth(most)
}

/// Where the values become more than is likely in a text of this length.
fn first_value_too_many(text: &str) -> Option<usize> {
    memchr::memchr_iter(b',', text.as_bytes()).nth(MAX_COMMAS.max(text.len() / BYTES_PER_COMMA))
}

/// The `toml` crate's errors in the words of those who write front matter.
fn syntax_error(excerpt: SourceSlice<'_>, error: &toml::de::Error) -> SyntaxError {
    let range = error.span().unwrap_or(0..0);
    let (start, end) = (excerpt.boundary(range.start), excerpt.boundary(range.end));
    let range = start..end.max(start);
    let found = &excerpt.text[range.clone()];
    let line = error.message().lines().next().unwrap_or("invalid TOML");
    let (message, expected) = match line.split_once(", expected ") {
        Some((message, expected)) => (message, Some(expected).filter(|expected| *expected != "nothing")),
        None => (line, None),
    };
    let (kind, message, help) = match message {
        "string values must be quoted" if found.is_empty() => (SyntaxErrorKind::Other, "missing value", None),
        "string values must be quoted" => {
            (SyntaxErrorKind::UnquotedText, "strings must be quoted", Some("use `\"…\"`"))
        }
        "invalid boolean" if !["true", "false"].contains(&&*found.to_lowercase()) => {
            (SyntaxErrorKind::UnquotedText, "strings must be quoted", Some("use `\"…\"`"))
        }
        "invalid boolean" => (SyntaxErrorKind::Other, "invalid boolean", Some("use lowercase")),
        "invalid unquoted key" if found == ":" => {
            (SyntaxErrorKind::Other, "invalid key-value separator `:`", Some("use `key = value`"))
        }
        "key with no value" => (SyntaxErrorKind::Other, "key has no value", None),
        "duplicate key" => (SyntaxErrorKind::Other, "duplicate key", None),
        message
            if message.ends_with("string")
                && expected.is_some_and(|expected| expected.contains(['"', '\''])) =>
        {
            (SyntaxErrorKind::UnclosedQuote, "missing closing quote", None)
        }
        message if message.starts_with("unclosed") => (SyntaxErrorKind::UnclosedBracket, message, None),
        message => (SyntaxErrorKind::Other, message, None),
    };
    let error = SyntaxError::new(kind, excerpt.span(range), message);
    match (help, expected) {
        (Some(help), _) => error.help(help),
        (None, Some(expected)) if kind != SyntaxErrorKind::UnclosedQuote => {
            error.help(format!("expected {expected}"))
        }
        _ => error,
    }
}

struct Converter<'s> {
    excerpt: SourceSlice<'s>,
    depth: usize,
    /// Keys and scalars, to tell comments from text with a `#`.
    leaves: Vec<Span>,
    errors: Vec<SyntaxError>,
}

impl Converter<'_> {
    fn table(&mut self, range: Range<usize>, table: DeTable<'_>) -> Node {
        if let Some(too_deep) = self.too_deep(&range) {
            dismantle(DeValue::Table(table));
            return too_deep;
        }
        self.depth += 1;
        let mut entries: Vec<Entry> = table
            .into_iter()
            .map(|(key, value)| Entry { key: self.key(&key), value: self.value(value) })
            .collect();
        self.depth -= 1;
        // The `toml` crate sorts by name.
        entries.sort_by_key(|entry| entry.key.span.start);
        let children = entries.iter().map(|entry| entry.key.span.join(entry.value.span));
        let span = children.fold(self.excerpt.span(range), Span::join);
        Node { span, tag: None, value: Value::Mapping(Mapping { entries: entries.into() }) }
    }

    fn key(&mut self, key: &toml::Spanned<Cow<'_, str>>) -> Node {
        self.scalar(key.span(), key.get_ref(), Meaning::String)
    }

    fn value(&mut self, value: toml::Spanned<DeValue<'_>>) -> Node {
        let range = value.span();
        let meaning = match value.into_inner() {
            DeValue::Table(table) => return self.table(range, table),
            DeValue::Array(array) => return self.array(range, array),
            DeValue::String(text) => return self.scalar(range, &text, Meaning::String),
            DeValue::Datetime(date) => return self.scalar(range, &date.to_string(), Meaning::DateTime),
            DeValue::Boolean(value) => Meaning::Bool(value),
            DeValue::Integer(integer) => {
                let value = i64::from_str_radix(integer.as_str(), integer.radix()).ok();
                value.map_or_else(|| self.beyond_64_bits(&range), |value| Meaning::Number(value.into()))
            }
            DeValue::Float(float) => {
                let value: Option<f64> = float.as_str().parse().ok();
                let value = value.filter(|value| value.is_finite() || float.as_str().contains(['i', 'n']));
                value.map_or_else(|| self.beyond_64_bits(&range), |value| Meaning::Number(value.into()))
            }
        };
        let text = &self.excerpt.text[range.clone()];
        self.scalar(range, text, meaning)
    }

    fn array(&mut self, range: Range<usize>, array: DeArray<'_>) -> Node {
        if let Some(too_deep) = self.too_deep(&range) {
            dismantle(DeValue::Array(array));
            return too_deep;
        }
        self.depth += 1;
        let items: Vec<Node> = array.into_iter().map(|item| self.value(item)).collect();
        self.depth -= 1;
        let span = items.iter().map(|item| item.span).fold(self.excerpt.span(range), Span::join);
        Node { span, tag: None, value: Value::Sequence(items) }
    }

    fn scalar(&mut self, range: Range<usize>, text: &str, meaning: Meaning) -> Node {
        let style = match self.excerpt.text[range.clone()].as_bytes() {
            [b'\'', b'\'', b'\'', ..] | [b'"', b'"', b'"', ..] => ScalarNotation::Block,
            [b'\'', ..] => ScalarNotation::SingleQuoted,
            [b'"', ..] => ScalarNotation::DoubleQuoted,
            _ => ScalarNotation::Plain,
        };
        let span = self.excerpt.span(range);
        self.leaves.push(span);
        Node { span, tag: None, value: Value::Scalar(Scalar { text: text.into(), style, meaning }) }
    }

    fn beyond_64_bits(&mut self, range: &Range<usize>) -> Meaning {
        let span = self.excerpt.span(range.clone());
        // A number that is none has its error already.
        if !self.errors.iter().any(|error| span.contains(error.span)) {
            self.report(SyntaxError::new(SyntaxErrorKind::Other, span, "number does not fit in 64 bits"));
        }
        Meaning::String
    }

    fn report(&mut self, error: SyntaxError) {
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(error);
        }
    }

    /// An empty value and an error in place of a collection that would nest too deeply: each dotted key of each
    /// inline table adds its own levels.
    fn too_deep(&mut self, range: &Range<usize>) -> Option<Node> {
        if self.depth < MAX_DEPTH {
            return None;
        }
        self.report(SyntaxErrorKind::TooDeep.at(self.excerpt.span(range.clone())));
        let scalar = Scalar { text: "".into(), style: ScalarNotation::Plain, meaning: Meaning::Null };
        Some(Node { span: self.excerpt.span(range.clone()), tag: None, value: Value::Scalar(scalar) })
    }

    /// Comments: every `#` outside of keys and scalars, to the end of its line. The `toml` crate drops them.
    fn comments(&mut self) -> Vec<Span> {
        self.leaves.sort_unstable();
        let mut comments = Vec::new();
        let mut at = 0;
        let end = Span::empty(self.excerpt.offset(self.excerpt.text.len()));
        for leaf in self.leaves.iter().chain([&end]) {
            let leaf = self.excerpt.range(*leaf);
            while at < leaf.start {
                if self.excerpt.byte(at) == Some(b'#') {
                    let line_end = self.excerpt.line_end(at);
                    comments.push(self.excerpt.span(at..line_end));
                    at = line_end;
                } else {
                    at += 1;
                }
            }
            at = at.max(leaf.end);
        }
        comments
    }
}

/// Drops a value level by level: the levels may be too many for the stack.
fn dismantle(value: DeValue<'_>) {
    let mut rest = vec![value];
    while let Some(value) = rest.pop() {
        match value {
            DeValue::Table(table) => rest.extend(table.into_iter().map(|(_, value)| value.into_inner())),
            DeValue::Array(array) => rest.extend(array.into_iter().map(toml::Spanned::into_inner)),
            _ => {}
        }
    }
}
