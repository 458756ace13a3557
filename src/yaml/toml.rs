//! TOML 1.0, by way of the `toml` crate's spanned values.

use toml::de::{DeTable, DeValue};

use super::error::{SyntaxError, SyntaxErrorKind};
use super::source::Excerpt;
use super::{Entry, Format, MAX_DEPTH, Mapping, Meaning, Node, Scalar, Style, Tree, Value};
use crate::text::Span;

type Spanned<T> = toml::Spanned<T>;

/// Reads TOML, and goes on behind an error.
pub(super) fn parse(source: &str, span: Span) -> Tree {
    let excerpt = Excerpt::new(source, span);
    if let Some(error) = too_deep(excerpt) {
        return Tree { format: Format::Toml, root: None, comments: Vec::new(), errors: vec![error] };
    }
    let (table, errors) = DeTable::parse_recoverable(excerpt.text);
    let mut converter = Converter { excerpt, leaves: Vec::new(), errors: Vec::new() };
    converter.errors = errors.iter().map(|error| converter.syntax_error(error)).collect();
    let (range, table) = (table.span(), table.into_inner());
    let root = (!table.is_empty()).then(|| converter.table(range, table));
    let comments = converter.comments();
    Tree { format: Format::Toml, root, comments, errors: converter.errors }
}

/// A dotted key nests one table per dot, and the `toml` crate follows without a bound.
fn too_deep(excerpt: Excerpt<'_>) -> Option<SyntaxError> {
    let mut start = 0;
    for line in excerpt.text.split_inclusive('\n') {
        let key = line.split(['=', '#']).next().unwrap_or(line);
        if key.bytes().filter(|&byte| byte == b'.').count() >= MAX_DEPTH {
            return Some(SyntaxErrorKind::TooDeep.at(excerpt.span(start..start + key.trim_end().len())));
        }
        start += line.len();
    }
    None
}

struct Converter<'s> {
    excerpt: Excerpt<'s>,
    /// Keys and scalars, to tell comments from text with a `#`.
    leaves: Vec<Span>,
    errors: Vec<SyntaxError>,
}

impl Converter<'_> {
    fn table(&mut self, range: std::ops::Range<usize>, table: DeTable<'_>) -> Node {
        let mut entries: Vec<Entry> = table
            .into_iter()
            .map(|(key, value)| Entry { key: self.key(&key), value: self.value(value) })
            .collect();
        entries.sort_by_key(|entry| entry.key.span.start);
        let span = entries
            .iter()
            .fold(self.excerpt.span(range), |span, entry| span.join(entry.key.span).join(entry.value.span));
        Node { span, tag: None, value: Value::Mapping(Mapping { entries }) }
    }

    fn key(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>) -> Node {
        self.scalar(key.span(), key.get_ref(), Meaning::String)
    }

    fn value(&mut self, value: Spanned<DeValue<'_>>) -> Node {
        let range = value.span();
        let meaning = match value.into_inner() {
            DeValue::Table(table) => return self.table(range, table),
            DeValue::Array(array) => {
                let items: Vec<Node> = array.into_iter().map(|item| self.value(item)).collect();
                let span = self.excerpt.span(range);
                let span = items.iter().fold(span, |span, item| span.join(item.span));
                return Node { span, tag: None, value: Value::Sequence(items) };
            }
            DeValue::String(text) => return self.scalar(range, &text, Meaning::String),
            DeValue::Datetime(date) => return self.scalar(range, &date.to_string(), Meaning::DateTime),
            DeValue::Boolean(value) => Meaning::Bool(value),
            DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix())
                .map_or_else(|_| self.beyond_64_bits(&range), |value| Meaning::Number(value.into())),
            DeValue::Float(float) => float
                .as_str()
                .parse::<f64>()
                .map_or_else(|_| self.beyond_64_bits(&range), |value| Meaning::Number(value.into())),
        };
        let text = self.excerpt.text[range.clone()].to_owned();
        self.scalar(range, &text, meaning)
    }

    fn scalar(&mut self, range: std::ops::Range<usize>, text: &str, meaning: Meaning) -> Node {
        let written = &self.excerpt.text[range.clone()];
        let style = match written.as_bytes() {
            [b'\'', b'\'', b'\'', ..] | [b'"', b'"', b'"', ..] => Style::Block,
            [b'\'', ..] => Style::SingleQuoted,
            [b'"', ..] => Style::DoubleQuoted,
            _ => Style::Plain,
        };
        let span = self.excerpt.span(range);
        self.leaves.push(span);
        Node { span, tag: None, value: Value::Scalar(Scalar { text: text.into(), style, meaning }) }
    }

    fn beyond_64_bits(&mut self, range: &std::ops::Range<usize>) -> Meaning {
        let span = self.excerpt.span(range.clone());
        self.errors.push(SyntaxError::new(SyntaxErrorKind::Other, span, "this number does not fit 64 bits"));
        Meaning::String
    }

    fn syntax_error(&self, error: &toml::de::Error) -> SyntaxError {
        let range = error.span().unwrap_or(0..0);
        let (start, end) = (self.excerpt.boundary(range.start), self.excerpt.boundary(range.end));
        let message = error.message().lines().next().unwrap_or("this cannot be read");
        SyntaxError::new(SyntaxErrorKind::Other, self.excerpt.span(start..end.max(start)), message)
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
