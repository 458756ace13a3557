//! Text in XML 1.0. The reports write four kinds of elements; what they need besides is this one function, as marks
//! for forbidden characters are no library's matter.

use super::sanitize;

/// A text for an element or a quoted value. Line breaks stay; characters that XML 1.0 forbids (section 2.2) or that
/// could drive a terminal are marks.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            escaped.push_str("&#10;");
        }
        for ch in sanitize::visible(line).chars() {
            match ch {
                '&' => escaped.push_str("&amp;"),
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '"' => escaped.push_str("&quot;"),
                '\'' => escaped.push_str("&#39;"),
                '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
                _ => escaped.push(ch),
            }
        }
    }
    escaped
}
