//! Values as text.

use super::{Ambiguity, Meaning, scalar};
use crate::text::guarded_json;

/// A text as a YAML scalar for one line, also within brackets: plain if it is a word, a name or a path that no parser
/// reads as anything else, otherwise in double quotes with the escapes of JSON, which YAML shares.
pub fn yaml_scalar(text: &str) -> String {
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte))
        && scalar::plain(text) == Meaning::String
        && Ambiguity::of(text, None).is_none()
        // YAML 1.1 takes these letters for booleans, too.
        && !["y", "Y", "n", "N"].contains(&text);
    if is_plain {
        text.to_owned()
    } else {
        guarded_json(&serde_json::Value::from(text).to_string()).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::yaml_scalar;

    #[test]
    fn what_would_be_read_otherwise_is_quoted() {
        for plain in ["TideLedger", "docs/log.md", "date-time", "inf"] {
            assert_eq!(yaml_scalar(plain), plain);
        }
        for quoted in
            ["", "on", "No", "y", "null", "True", "12", "1e3", "-", "/topics", "**/*.md", "a: b", "a b"]
        {
            assert_eq!(yaml_scalar(quoted), format!("\"{quoted}\""));
        }
        assert_eq!(yaml_scalar("a\"b\n"), "\"a\\\"b\\n\"");
        assert_eq!(yaml_scalar("a\u{202e}b\u{9b}"), "\"a\\u202eb\\u009b\"");
    }
}
