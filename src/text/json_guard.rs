//! JSON that can be printed anywhere: what a terminal or a log could act on is escaped.

use std::{borrow::Cow, fmt::Write as _};

use super::is_unseen;

/// JSON, or a part of a string of it, with `\u` escapes for the characters that cannot be seen, and for the `[` of the
/// `##[` that GitHub's runner takes for a command wherever in a line of a log it stands. Line feeds, which only JSON on
/// several lines has, stay.
pub fn guarded_json(json: &str) -> Cow<'_, str> {
    let is_guarded =
        |at: usize, ch: char| ch != '\n' && is_unseen(ch) || ch == '[' && json[..at].ends_with("##");
    if !json.char_indices().any(|(at, ch)| is_guarded(at, ch)) {
        return Cow::Borrowed(json);
    }
    let mut escaped = String::with_capacity(json.len());
    for (at, ch) in json.char_indices() {
        if is_guarded(at, ch) {
            for unit in ch.encode_utf16(&mut [0; 2]) {
                write!(escaped, "\\u{unit:04x}").expect("writing to a string cannot fail");
            }
        } else {
            escaped.push(ch);
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::guarded_json;

    #[test]
    fn what_is_escaped_means_the_same() {
        let text = "a\u{1b}[2J\u{9b}m \u{202e}x\u{e0041}\u{7f} ###[error] \u{65e5} \"\\\n";
        let value = serde_json::json!({ text: [text, 1] });
        let pretty = serde_json::to_string_pretty(&value).expect("it is JSON");
        let json = guarded_json(&pretty);
        let is_bad = |ch: char| ch != '\n' && ch.is_control() || ch == '\u{202e}' || ch > '\u{ffff}';
        assert!(!json.contains(is_bad) && !json.contains("##["), "{json}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&json).expect("it is JSON"), value);
        assert_eq!(guarded_json("[\n  1\n]"), "[\n  1\n]");
    }
}
