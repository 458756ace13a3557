//! Front matter that no generator finds: it is not at the start of the page, or its first line is not `---`.

use super::split::{Line, is_key, lines};
use crate::text::Span;

/// A block in the body that looks like front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misplaced {
    /// The line that opens it.
    pub opening: Span,
    /// The keys and values.
    pub content: Span,
    /// What is before it, or what its delimiter is.
    pub cause: Misplacement,
}

/// Why a block is not front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misplacement {
    /// The page has front matter already.
    Second,
    /// Blank lines, comments or a heading are before it.
    NotFirst,
    /// Its first line is like `---`, but is not.
    Delimiter,
}

/// How many lines of content are looked at.
const MAX_LINES: usize = 200;

/// Keys that are front matter even if there is no other one.
const COMMON: [&str; 14] = [
    "title",
    "date",
    "layout",
    "description",
    "slug",
    "tags",
    "draft",
    "author",
    "categories",
    "permalink",
    "id",
    "weight",
    "template",
    "summary",
];

/// The block that looks like front matter before all other content of the body, or right after a heading that is the
/// first content. `has_front_matter` says whether the page begins with another one.
pub fn misplaced(source: &str, body: u32, has_front_matter: bool) -> Option<Misplaced> {
    let start = body as usize;
    let first = first_content(source, start)?;
    let is_after_heading = first.text(source).starts_with("# ");
    let opening = if is_after_heading { first_content(source, first.next)? } else { first };
    let text = opening.text(source).trim();
    let is_exact = matches!(text, "---" | "+++");
    let is_first = opening.start == start && opening.text(source).trim_end() == text;
    // A page that begins with `---` and has no front matter begins with a thematic break.
    if !is_exact && !is_like_delimiter(text) || is_exact && is_first && !has_front_matter {
        return None;
    }
    let content = content(source, opening)?;
    // Under a heading, keys may as well be an example or a list of facts.
    if is_after_heading && (has_front_matter || !is_exact || content.common < 2) {
        return None;
    }
    let cause = match (has_front_matter, is_exact) {
        (true, _) => Misplacement::Second,
        (false, true) => Misplacement::NotFirst,
        (false, false) => Misplacement::Delimiter,
    };
    Some(Misplaced { opening: opening.span(), content: content.span, cause })
}

/// The first line that is neither blank nor part of an HTML comment.
fn first_content(source: &str, start: usize) -> Option<Line> {
    let mut at = start;
    while at < source.len() {
        let line = Line::at(source, at);
        let text = line.text(source).trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        if text.starts_with("<!--") {
            let length = source[at..].find("-->")? + "-->".len();
            let rest = Line::at(source, at + length);
            if !rest.is_blank(source) {
                return None;
            }
            at = rest.next;
        } else if text.is_empty() {
            at = line.next;
        } else {
            return Some(line);
        }
    }
    None
}

/// Whether a line has nothing but dashes, at least two, of which some may be typographic.
fn is_like_delimiter(text: &str) -> bool {
    let count = text.chars().filter(|c| matches!(c, '-' | '–' | '—' | '−')).count();
    count >= 2 && count == text.chars().count() || text == "—"
}

/// Whether between a line and one like it are keys with values, and one that pages have or several.
pub(super) fn has_keys_of_pages(source: &str, opening: Line) -> bool {
    content(source, opening).is_some()
}

/// Keys with their values.
struct Content {
    span: Span,
    /// How many of the keys are in [`COMMON`].
    common: usize,
}

/// The lines between the opening line and one like it, if they are keys with values.
fn content(source: &str, opening: Line) -> Option<Content> {
    let separator = if opening.text(source).trim() == "+++" { '=' } else { ':' };
    let closes = |text: &str| text == "+++" || text == "..." || is_like_delimiter(text);
    let (mut keys, mut common) = (0, 0);
    for line in lines(source, opening.next).take(MAX_LINES) {
        let text = line.text(source);
        let trimmed = text.trim();
        if closes(trimmed) {
            let span = Span::from_range(opening.next..line.start);
            return (keys > 1 || common > 0).then_some(Content { span, common });
        }
        if is_key(trimmed, separator) && !text.starts_with([' ', '\t']) {
            keys += 1;
            let key = trimmed.split(separator).next().unwrap_or_default().trim();
            common += usize::from(COMMON.contains(&key));
        } else if keys == 0 && !trimmed.starts_with('#') || !is_continuation(text) {
            return None;
        }
    }
    None
}

/// Whether a line can follow a key: it is indented, an item of a list, a comment or blank.
fn is_continuation(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with([' ', '\t', '#', ']', '}']) || line.starts_with("- ")
}

#[cfg(test)]
mod tests {
    use super::{Misplacement, misplaced};

    fn cause(source: &str) -> Option<Misplacement> {
        misplaced(source, 0, false).map(|it| it.cause)
    }

    #[test]
    fn a_block_of_keys_is_found_before_all_other_content() {
        assert_eq!(cause("\n---\ntitle: Tides\n---\n"), Some(Misplacement::NotFirst));
        assert_eq!(cause("<!-- a\nb -->\n\n---\na: 1\nb:\n  - 2\n---\n"), Some(Misplacement::NotFirst));
        assert_eq!(cause(" +++\na = 1\nb = 2\n+++\n"), Some(Misplacement::NotFirst));
        let below = "# Tides\n\n---\ntitle: Tides\ndate: 2024-01-29\n---\n";
        assert_eq!(cause(below), Some(Misplacement::NotFirst));
        assert_eq!(misplaced(below, 0, true).map(|it| it.cause), None);
        assert_eq!(cause("—-\ntitle: Tides\n—-\n"), Some(Misplacement::Delimiter));
        assert_eq!(cause("----\ntitle: Tides\n----\n"), Some(Misplacement::Delimiter));
        let second = "---\ntitle: Tides\n---\nText\n";
        assert_eq!(misplaced(second, 0, true).map(|it| it.cause), Some(Misplacement::Second));
    }

    #[test]
    fn text_between_thematic_breaks_is_text() {
        for source in [
            "---\n\nText\n\n---\n",
            "\n---\nNote: the tide turns\n---\n",
            "\n---\nThe tide: it turns\nagain\n---\n",
            "Text\n\n---\ntitle: Tides\n---\n",
            "\n---\ntitle: Tides\n",
            "--\n",
            "# Tides\n\n---\ntitle: Tides\nrow: 2\n---\n",
            "# Tides\n\nText\n\n---\ntitle: Tides\ndate: 2024-01-29\n---\n",
            "<!-- a -->text\n---\ntitle: Tides\n---\n",
        ] {
            assert_eq!(cause(source), None, "{source:?}");
        }
    }
}
