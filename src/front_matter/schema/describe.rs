//! Values, types and lists of alternatives in the words of those who write pages.

use jsonschema::{JsonType, JsonTypeSet};
use serde_json::Value;

use crate::data::{Node, Segment};

/// Characters of a value that a message shows.
const SHOWN: usize = 60;

/// Alternatives that a message names.
pub(super) const NAMED: usize = 8;

/// A text on one line, cut where it grows too long, in backticks.
pub(super) fn quoted(text: &str) -> String {
    format!("`{}`", cut(text))
}

/// Texts, each in backticks.
pub(super) fn each_quoted<S: AsRef<str>>(texts: &[S]) -> Vec<String> {
    texts.iter().map(|text| quoted(text.as_ref())).collect()
}

/// A text on one line, cut where it grows too long.
pub(super) fn cut(text: &str) -> String {
    let mut chars = text.chars().map(|char| if char.is_control() { ' ' } else { char });
    let mut shown: String = chars.by_ref().take(SHOWN).collect();
    if chars.next().is_some() {
        shown.push('…');
    }
    shown
}

/// A value of a schema as a page would have it: text without quotes, everything else as JSON.
pub(super) fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => cut(text),
        other => cut(&other.to_string()),
    }
}

/// A value of a page as the subject of a sentence: the text as it is, or what kind of thing it is.
pub(super) fn subject(node: &Node) -> String {
    match node.text() {
        Some("") | None => String::from("this"),
        Some(text) => quoted(text),
    }
}

/// The name of what a path leads to: the last key, or an item of it.
pub(super) fn name(path: &[Segment], whole: &str) -> String {
    match path {
        [] => whole.to_owned(),
        [.., Segment::Key(key)] => quoted(key),
        [rest @ .., Segment::Index(_)] => match owner(rest) {
            Some(key) => format!("an item of {}", quoted(key)),
            None => format!("an item of {whole}"),
        },
    }
}

/// The last key of a path.
pub(super) fn owner(path: &[Segment]) -> Option<&str> {
    path.iter().rev().find_map(Segment::as_key)
}

/// A path of keys, with one more below it, as `seo.path`; list indexes left out.
pub(super) fn dotted<'k>(path: &'k [Segment], below: impl IntoIterator<Item = &'k str>) -> String {
    path.iter().filter_map(Segment::as_key).chain(below).collect::<Vec<_>>().join(".")
}

/// A type, as a predicate.
pub(super) fn kind(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Array => "a list",
        JsonType::Boolean => "a boolean",
        JsonType::Integer => "an integer",
        JsonType::Null => "null",
        JsonType::Number => "a number",
        JsonType::Object => "a mapping",
        JsonType::String => "a string",
    }
}

/// Types as predicates. A whole number is a number and need not be named beside one; nor need nothing beside something.
pub(super) fn kinds(types: JsonTypeSet) -> Vec<&'static str> {
    let types = if types.contains(JsonType::Number) { types.remove(JsonType::Integer) } else { types };
    let something = types.remove(JsonType::Null);
    let named = if something.iter().len() == 0 { types } else { something };
    named.iter().map(kind).collect()
}

/// What YAML 1.1 and people take for true and false.
pub(super) fn as_boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "on" | "true" | "y" | "1" => Some(true),
        "no" | "off" | "false" | "n" | "0" => Some(false),
        _ => None,
    }
}

/// What a value of a schema is, as a predicate.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    }
}

/// `a`, `a or b`, `a, b or c`; beyond [`NAMED`] the rest is counted.
pub(super) fn either<S: AsRef<str>>(alternatives: &[S]) -> String {
    listed(alternatives, "or")
}

/// `a`, `a and b`, `a, b and c`; beyond [`NAMED`] the rest is counted.
pub(super) fn all<S: AsRef<str>>(parts: &[S]) -> String {
    listed(parts, "and")
}

fn listed<S: AsRef<str>>(parts: &[S], word: &str) -> String {
    let named: Vec<&str> = parts.iter().take(NAMED).map(AsRef::as_ref).collect();
    if parts.len() > NAMED {
        return format!("{} {word} {} more", named.join(", "), parts.len() - NAMED);
    }
    match named.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} {word} {last}", rest.join(", ")),
    }
}

/// The first sentence of a description, without its full stop.
pub(super) fn first_sentence(text: &str) -> String {
    let text = text.trim();
    let ends = text.match_indices('.').map(|(at, _)| at).find(|at| {
        let rest = &text[at + 1..];
        let next = rest.trim_start();
        next.len() < rest.len() && !next.starts_with(char::is_lowercase)
    });
    let end = ends.into_iter().chain(text.find("\n\n")).min().unwrap_or(text.len());
    let sentence: String = text[..end].split_whitespace().collect::<Vec<_>>().join(" ");
    let mut shown: String = sentence.chars().take(200).collect();
    if shown.len() < sentence.len() {
        shown.push('…');
    }
    shown.trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{cut, either, first_sentence};

    #[test]
    fn long_values_are_cut_and_stay_on_one_line() {
        assert_eq!(cut("one\ntwo"), "one two");
        assert_eq!(cut(&"é".repeat(61)).chars().count(), 61);
    }

    #[test]
    fn alternatives_beyond_eight_are_counted() {
        assert_eq!(either(&["a", "b", "c"]), "a, b or c");
        assert_eq!(either(&["x"; 10]), "x, x, x, x, x, x, x, x or 2 more");
    }

    #[test]
    fn a_sentence_ends_at_its_full_stop() {
        assert_eq!(first_sentence("The day.\nNot the hour. More."), "The day");
        assert_eq!(first_sentence("Like 1.5 or\n 2.0"), "Like 1.5 or 2.0");
        assert_eq!(first_sentence("A name, e.g. of a town. No more."), "A name, e.g. of a town");
    }
}
