//! Front matter in another form: how a value or a key could be written instead.

use crate::{
    data::{self, DataFormat, Node, ScalarNotation},
    text::Span,
};

/// Quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quotes {
    /// `'…'`, where the notation has them.
    Single,
    /// `"…"`.
    Double,
}

/// A text in quotes, as a notation writes it on one line. Marks that would need escapes give way to the others. `None`
/// for what is not a single line.
pub fn quoted(text: &str, format: DataFormat, quotes: Quotes) -> Option<String> {
    if text.contains(char::is_control) {
        return None;
    }
    let needs_escapes = text.contains(['"', '\\']);
    Some(match format {
        DataFormat::Yaml if quotes == Quotes::Single || needs_escapes => {
            format!("'{}'", text.replace('\'', "''"))
        }
        DataFormat::Toml if needs_escapes && !text.contains('\'') => format!("'{text}'"),
        _ => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    })
}

/// How another text is written in the place of a value or a key: in the quotes that it has, or without any where it has
/// none and the text needs none. `None` where that is not one line, or a tag says what it is.
pub fn retext(node: &Node, format: DataFormat, text: &str) -> Option<String> {
    let scalar = node.as_scalar().filter(|_| node.tag.is_none() && !node.span.is_empty())?;
    match scalar.style {
        ScalarNotation::Plain if format == DataFormat::Yaml && is_plain(text) => Some(text.to_owned()),
        ScalarNotation::Plain if format == DataFormat::Toml && is_bare_key(text) => Some(text.to_owned()),
        ScalarNotation::Plain | ScalarNotation::DoubleQuoted => quoted(text, format, Quotes::Double),
        ScalarNotation::SingleQuoted => quoted(text, format, Quotes::Single),
        ScalarNotation::Block => None,
    }
}

/// A text as a new value: plain where YAML reads it as itself, else in double quotes. `None` for what is not a single
/// line.
pub fn written(text: &str, format: DataFormat) -> Option<String> {
    match format {
        DataFormat::Yaml if is_plain(text) => Some(text.to_owned()),
        _ => quoted(text, format, Quotes::Double),
    }
}

/// Whether YAML reads a text as itself without quotes, in brackets too.
fn is_plain(text: &str) -> bool {
    let tree = data::parse(text, Span::from_range(0..text.len()), DataFormat::Yaml);
    let is_itself = tree.root.as_ref().is_some_and(|root| root.as_str() == Some(text));
    is_itself
        && tree.is_complete()
        && tree.comments.is_empty()
        && !text.contains([',', '[', ']', '{', '}', '\n'])
}

/// Whether TOML takes a text for a key without quotes.
fn is_bare_key(text: &str) -> bool {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    !text.is_empty() && text.bytes().all(is_bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_give_way_to_those_that_need_no_escapes() {
        let double = |text, format| quoted(text, format, Quotes::Double);
        assert_eq!(double("a: b", DataFormat::Yaml).as_deref(), Some("\"a: b\""));
        assert_eq!(double("say \"it's\"", DataFormat::Yaml).as_deref(), Some("'say \"it''s\"'"));
        assert_eq!(double("a\\b", DataFormat::Toml).as_deref(), Some("'a\\b'"));
        assert_eq!(double("it's a \"b\"", DataFormat::Toml).as_deref(), Some("\"it's a \\\"b\\\"\""));
        assert_eq!(double("a\\b", DataFormat::Json).as_deref(), Some("\"a\\\\b\""));
        assert_eq!(double("two\nlines", DataFormat::Yaml), None);
    }

    #[test]
    fn a_text_takes_the_quotes_of_the_one_it_replaces() {
        let retexted = |source: &str, text: &str| {
            let tree = data::parse(source, Span::from_range(0..source.len()), DataFormat::Yaml);
            let root = tree.root.expect("it can be read");
            retext(&root.entries()[0].value, DataFormat::Yaml, text)
        };
        assert_eq!(retexted("a: b", "new").as_deref(), Some("new"));
        assert_eq!(retexted("a: b", "yes: no").as_deref(), Some("\"yes: no\""));
        assert_eq!(retexted("a: b", "true").as_deref(), Some("\"true\""));
        assert_eq!(retexted("a: 'b'", "it's").as_deref(), Some("'it''s'"));
        assert_eq!(retexted("a: \"b\"", "new").as_deref(), Some("\"new\""));
        assert_eq!(retexted("a: |\n  b", "new"), None);
        assert_eq!(retexted("a: !x b", "new"), None);
        assert_eq!(retexted("a:", "new"), None);
    }
}
