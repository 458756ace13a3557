//! Configs of lychee: <https://lychee.cli.rs/guides/config/>.

use super::Settings;
use crate::{
    config::load::{ConfigSource, note},
    data::Node,
    diagnostic::Label,
};

/// What a run of lychee is like has no counterpart: it goes on with the external links.
pub(super) fn lychee(settings: &mut Settings, source: &ConfigSource, root: &Node) {
    for pattern in root.get("exclude").map_or(&[][..], Node::self_or_items) {
        let Some(text) = pattern.as_str() else { continue };
        if let Some(glob) = glob_of(text) {
            settings.ignored_urls.insert(glob);
        } else {
            let message = format!("`{text}` cannot be written as a glob: add globs to `links.ignore`");
            settings.notes.push(note(Label::new(&source.path, pattern.span), message));
        }
    }
    if let Some(entry) = root.entry("exclude_path") {
        settings.no_counterpart(source, &entry.key, ": add an override with `links: off`");
    }
}

/// The glob that matches the URLs that a regular expression finds, if one does.
fn glob_of(pattern: &str) -> Option<String> {
    let (start, pattern) = pattern.strip_prefix('^').map_or(("*", pattern), |rest| ("", rest));
    let is_whole = pattern.ends_with('$') && !pattern.ends_with("\\$");
    let pattern = if is_whole { &pattern[..pattern.len() - 1] } else { pattern };
    let mut glob = start.to_owned();
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '.' if chars.peek() == Some(&'*') => {
                chars.next();
                glob.push('*');
            }
            // Nearly always a dot that its author did not escape.
            '.' if !matches!(chars.peek(), Some('+' | '?' | '{')) => glob.push('.'),
            '\\' => match chars.next() {
                Some(escaped) if escaped.is_ascii_punctuation() => push_literal(&mut glob, escaped),
                _ => return None,
            },
            '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '^' | '$' => return None,
            c if matches!(chars.peek(), Some('*' | '+' | '?' | '{')) => {
                // `https?://` is two URLs, or one with anything after `http`.
                if c != 's' || chars.next() != Some('?') {
                    return None;
                }
                glob.push('*');
            }
            c => glob.push(c),
        }
    }
    if !is_whole && !glob.ends_with('*') {
        glob.push('*');
    }
    glob.contains(|c| c != '*').then_some(glob)
}

/// Adds a character that a glob would read as something else.
fn push_literal(glob: &mut String, c: char) {
    if matches!(c, '*' | '?' | '[' | ']' | '{' | '}') {
        glob.push('[');
        glob.push(c);
        glob.push(']');
    } else {
        glob.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::glob_of;

    #[test]
    fn expressions_that_globs_can_say_are_converted() {
        for (pattern, glob) in [
            ("^https://quay\\.example/tides", "https://quay.example/tides*"),
            ("quay.example", "*quay.example*"),
            ("^https?://quay\\.example$", "http*://quay.example"),
            ("^https://quay\\.example/.*\\.pdf$", "https://quay.example/*.pdf"),
            ("\\?berth=1$", "*[?]berth=1"),
        ] {
            assert_eq!(glob_of(pattern).as_deref(), Some(glob), "{pattern}");
        }
        for pattern in ["", ".*", "a|b", "\\d+", "a+", "[ab]", "(a)", "a{2}", ".+", "x?"] {
            assert_eq!(glob_of(pattern), None, "{pattern}");
        }
    }
}
