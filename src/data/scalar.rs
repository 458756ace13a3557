//! What a scalar means.

use serde_yaml::Number;

use super::{Meaning, ScalarNotation};

/// What `serde_yaml` takes a plain scalar for: YAML 1.2.2, section 10.3.2, with `0b` for binary numbers.
///
/// An integer beyond 64 bits is read as the nearest floating-point number.
pub(super) fn plain(text: &str) -> Meaning {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Meaning::Null,
        "true" | "True" | "TRUE" => Meaning::Bool(true),
        "false" | "False" | "FALSE" => Meaning::Bool(false),
        _ => number(text).map_or(Meaning::String, Meaning::Number),
    }
}

/// What a scalar with a tag means; `None` where the tag does not fit the text, as in `!!int many`.
pub(super) fn tagged(text: &str, tag: &str, style: ScalarNotation) -> Option<Meaning> {
    match tag {
        "!!null" => (plain(text) == Meaning::Null && !text.is_empty()).then_some(Meaning::Null),
        "!!bool" => Some(plain(text)).filter(|meaning| matches!(meaning, Meaning::Bool(_))),
        "!!int" => number(text).filter(|number| !number.is_f64()).map(Meaning::Number),
        "!!float" => float(text).map(Meaning::Number),
        _ if is_local(tag) && style == ScalarNotation::Plain => Some(plain(text)),
        _ => Some(Meaning::String),
    }
}

/// Whether a tag is one that `serde_yaml` keeps, as opposed to YAML's own and to global ones.
pub(super) fn is_local(tag: &str) -> bool {
    !tag.starts_with("!!") && !tag.starts_with("!<")
}

fn number(text: &str) -> Option<Number> {
    if !looks_numeric(text) {
        return None;
    }
    text.parse().ok().or_else(|| beyond_64_bits(text))
}

/// Spares ordinary text the attempt at a number, and its error value.
fn looks_numeric(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    match unsigned.as_bytes() {
        [b'.', rest @ ..] => rest.first().is_some_and(|byte| byte.is_ascii_digit() || b"iInN".contains(byte)),
        [first, ..] => {
            first.is_ascii_digit()
                && unsigned.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        }
        [] => false,
    }
}

fn beyond_64_bits(text: &str) -> Option<Number> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let whole =
        digits.len() > 1 && !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
    whole.then(|| text.parse::<f64>().ok()).flatten().filter(|value| value.is_finite()).map(Number::from)
}

/// A tagged `!!float` may be written as an integer.
fn float(text: &str) -> Option<Number> {
    let number = number(text)?;
    number.as_f64().map(Number::from)
}
