//! Notes to oneself where a URL belongs.

/// Notes of a single word.
const ALONE: &str = "todo tbd tba tbc fixme url link placeholder insert add href";

/// Words that a longer note consists of.
const PARTS: &str = "a add address an come coming example fill go goes here href in insert link me my placeholder soon the \
    to url your";

/// What a note begins with that has other words as well.
const ORDERS: [&str; 10] = [
    "add link",
    "add url",
    "insert link",
    "insert url",
    "add the",
    "insert the",
    "todo",
    "tbd",
    "tba",
    "fixme",
];

/// Whether a destination is a note to fill it in later.
pub fn is_placeholder(destination: &str) -> bool {
    const LONGEST: usize = 200;
    if destination.is_empty() || destination.len() > LONGEST {
        return false;
    }
    let has_blank = memchr::memchr2(b' ', b'\n', destination.as_bytes()).is_some();
    // No word of a note has a slash or a dot in it; a scheme that waits for its URL is short.
    let is_long = destination.len() > "https://...".len();
    if !has_blank && (is_long && destination.contains('/') || destination.trim_matches('.').contains('.')) {
        return false;
    }
    let lower = destination.to_ascii_lowercase();
    if matches!(lower.as_str(), "http:" | "https:" | "http://" | "https://" | "https://…" | "https://...") {
        return true;
    }
    if lower.chars().all(|c| matches!(c, '.' | '…' | '?')) {
        // `.` and `..` are folders, `?` is the page itself.
        return lower.contains('…') || lower.len() > 2;
    }
    let inner = lower.trim_matches(|c| matches!(c, '<' | '>' | '[' | ']' | '(' | ')' | '.' | '…' | '!'));
    let words: Vec<&str> = inner.split([' ', '-', '_', '\n', ':']).filter(|word| !word.is_empty()).collect();
    let is_crossed = |word: &str| word.len() >= 3 && word.bytes().all(|byte| byte == b'x');
    match words.as_slice() {
        [] => false,
        [word] => is_in(ALONE, word) || is_crossed(word),
        words => {
            let is_note = words.iter().all(|word| is_in(PARTS, word));
            let names_a_place = words.iter().any(|word| matches!(*word, "link" | "url" | "href" | "address"));
            let has_blank = inner.contains([' ', '\n']);
            let phrase = words.join(" ");
            let is_order = ORDERS.iter().any(|order| {
                phrase.starts_with(order) && !phrase[order.len()..].starts_with(char::is_alphanumeric)
            });
            is_note && names_a_place || has_blank && is_order
        }
    }
}

/// Whether a program writes the URL in place of a name, as in `%url%` and `TIDES_URL`.
pub fn is_variable(destination: &str) -> bool {
    let is_constant = |byte: u8| byte.is_ascii_uppercase() || byte == b'_';
    if destination.len() > "_URL".len()
        && destination.ends_with("_URL")
        && destination.bytes().all(is_constant)
    {
        return true;
    }
    let name = destination.strip_prefix('%').and_then(|rest| rest.strip_suffix('%'));
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    name.is_some_and(|name| name.len() > 2 && name.bytes().all(is_part))
}

/// Whether a list of words separated by spaces has a word.
fn is_in(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|it| it == word)
}

#[cfg(test)]
mod tests {
    use super::{is_placeholder, is_variable};

    #[test]
    fn names_of_urls() {
        for name in ["%url%", "%PAGE_URL%", "TIDES_URL"] {
            assert!(is_variable(name), "{name}");
        }
        for path in [
            "%20",
            "%a%",
            "%E3%81%82%E3%81%84",
            "100%",
            "tides%",
            "%url%/tides",
            "%",
            "URL",
            "CODE_OF_CONDUCT",
            "_URL",
        ] {
            assert!(!is_variable(path), "{path}");
        }
    }

    #[test]
    fn notes_to_oneself() {
        for note in [
            "TODO",
            "tbd",
            "URL",
            "link",
            "xxx",
            "XXXX",
            "<url>",
            "example link",
            "add-link-here",
            "https://",
            "http:",
            "ADD LINK TO THE OVERVIEW BLOG POST",
            "todo: the post",
            "your_url",
            "link to come",
            "...",
            "???",
            "[link]",
            "insert the address",
            "…",
        ] {
            assert!(is_placeholder(note), "{note}");
        }
    }

    #[test]
    fn destinations() {
        for destination in [
            "",
            "#",
            "/todo",
            "todo.md",
            "todo-list",
            "xx",
            "..",
            ".",
            "?",
            "links",
            "/url/",
            "add-ons",
            "https://todo.example",
            "insert-coin",
            "here",
            "to the harbour",
            "todos and more",
            "add links",
            "tba-rules",
            "example",
            "the-link-road",
        ] {
            assert!(!is_placeholder(destination), "{destination}");
        }
    }
}
