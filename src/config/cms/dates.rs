//! Formats of dates: the tokens of Day.js (<https://day.js.org/docs/en/display/format>).

use serde_json::{Value, json};

use crate::front_matter::dates::DateForm;

/// Tokens, the longer ones first, and what they write.
const TOKENS: [(&str, &str); 25] = [
    ("YYYY", r"\d{4}"),
    ("YY", r"\d{2}"),
    ("MMMM", r"\p{L}+"),
    ("MMM", r"\p{L}+\.?"),
    ("MM", r"(0[1-9]|1[0-2])"),
    ("M", r"([1-9]|1[0-2])"),
    ("DD", r"(0[1-9]|[12]\d|3[01])"),
    ("Do", r"([1-9]|[12]\d|3[01])\p{L}*\.?"),
    ("D", r"([1-9]|[12]\d|3[01])"),
    ("dddd", r"\p{L}+"),
    ("ddd", r"\p{L}+\.?"),
    ("dd", r"\p{L}+\.?"),
    ("HH", r"([01]\d|2[0-4])"),
    ("H", r"(\d|1\d|2[0-4])"),
    ("hh", r"(0[1-9]|1[0-2])"),
    ("h", r"([1-9]|1[0-2])"),
    ("mm", r"[0-5]\d"),
    ("m", r"([0-9]|[1-5]\d)"),
    ("SSS", r"\d{3}"),
    ("ss", r"[0-5]\d"),
    ("s", r"([0-9]|[1-5]\d)"),
    ("ZZ", r"([+-]\d{4}|Z)"),
    ("Z", r"([+-]\d{2}:\d{2}|Z)"),
    ("A", "(AM|PM)"),
    ("a", "(am|pm)"),
];

/// The form of the dates that a format writes, if it is one of ISO 8601.
pub(super) fn form(format: &str) -> Option<DateForm> {
    let rest = format.strip_prefix("YYYY-MM-DD")?;
    match rest {
        "" => Some(DateForm::Date),
        _ if !rest.contains("HH") => None,
        _ if rest.ends_with(['Z', ']']) => Some(DateForm::DateTime),
        _ => Some(DateForm::LocalDateTime),
    }
}

/// The schema of the texts that a format writes. Where it has tokens that are not known, such as those that depend on
/// the language, any text will do.
pub(super) fn schema(format: &str) -> Value {
    match format {
        "X" | "x" | "YYYY" => json!({ "type": ["number", "string"], "pattern": r"^\d+$" }),
        _ => match pattern(format).filter(|_| form(format).is_none()) {
            Some(pattern) => json!({
                "type": "string",
                "pattern": format!("^{pattern}$"),
                "errorMessage": { "pattern": format!("the CMS writes this date as `{format}`") },
            }),
            None => json!({ "type": "string" }),
        },
    }
}

/// A pattern of the texts that a format writes; `None` where a token is not known.
fn pattern(format: &str) -> Option<String> {
    let mut pattern = String::new();
    let mut rest = format;
    while let Some(c) = rest.chars().next() {
        if let Some((literal, after)) = rest.strip_prefix('[').and_then(|it| it.split_once(']')) {
            pattern.push_str(&escaped(literal));
            rest = after;
        } else if let Some((token, written)) = TOKENS.iter().find(|(token, _)| rest.starts_with(token)) {
            pattern.push_str(written);
            rest = &rest[token.len()..];
        } else if c.is_ascii_alphabetic() && c != 'T' {
            return None;
        } else {
            pattern.push_str(&escaped(&rest[..c.len_utf8()]));
            rest = &rest[c.len_utf8()..];
        }
    }
    Some(pattern)
}

/// A text as a pattern of itself.
fn escaped(text: &str) -> String {
    let is_special = |c: char| r"\^$.|?*+()[]{}/-".contains(c);
    let mut pattern = String::new();
    for c in text.chars() {
        if is_special(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::front_matter::{FrontMatter, schema::Schema};

    #[test]
    fn dates_are_read_as_their_format_writes_them() {
        for (format, good, bad) in [
            ("DD.MM.YYYY", "29.01.2024", "2024-01-29"),
            ("DD.MM.YYYY HH:mm", "29.01.2024 10:05", "29.01.2024"),
            ("MMMM D, YYYY", "January 9, 2024", "9 January 2024"),
            ("D/M/YY", "9/1/24", "09/01/2024"),
            ("[Week of] MMM Do", "Week of Jan 9th", "Jan 9th"),
            ("h:mm A", "9:30 PM", "21:30"),
            ("LL", "anything", "2024-13-01"),
        ] {
            let schema = json!({ "properties": { "date": schema(format) } });
            let schema = Schema::from_json(schema).expect("it is a schema");
            let findings = |date: &str| {
                let (front_matter, _) = FrontMatter::parse(&format!("---\ndate: '{date}'\n---\n"));
                schema.findings(&front_matter.expect("there is one")).len()
            };
            assert_eq!((findings(good), findings(bad)), (0, usize::from(format != "LL")), "{format}");
        }
    }
}
