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
        let line = sanitize::visible(line);
        let mut done = 0;
        for (at, ch) in line.char_indices() {
            let escape = match ch {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                '\u{fffe}' | '\u{ffff}' => "\u{fffd}",
                _ => continue,
            };
            escaped.push_str(&line[done..at]);
            escaped.push_str(escape);
            done = at + ch.len_utf8();
        }
        escaped.push_str(&line[done..]);
    }
    escaped
}
