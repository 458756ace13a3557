//! Which part of an excerpt is underlined.

use std::ops::Range;

use crate::report::{excerpt::Excerpt, sanitize};

/// Where a byte range of the line is in the text of an excerpt, for an underline of at least one cell. It may end one byte
/// past the end, for a place after the last character.
pub(super) fn underline(excerpt: &Excerpt, range: &Range<usize>) -> Range<usize> {
    let text = &excerpt.text;
    let (mut start, mut end) = (excerpt.at(range.start), excerpt.at(range.end));
    if text[start..end.max(start)].chars().all(is_flat) {
        // An accent by itself: underline the letter it sits on.
        while start > 0 && text[start..].starts_with(is_flat) {
            start = text[..start].char_indices().next_back().map_or(0, |(at, _)| at);
        }
        let mut rest = text[start..].char_indices();
        end = rest.find(|&(_, ch)| !is_flat(ch)).map_or(text.len(), |(at, _)| start + at).max(end);
    }
    start..end.max(start + 1)
}

/// Whether a character takes no cell.
fn is_flat(ch: char) -> bool {
    sanitize::cells(ch) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accent_alone_is_underlined_with_its_letter() {
        let excerpt = Excerpt::new("cafe\u{301}s", &[], 80);
        assert_eq!(underline(&excerpt, &(4..6)), 3..6);
    }

    #[test]
    fn what_takes_no_cell_at_the_end_is_underlined() {
        let excerpt = Excerpt::new("end", &[], 80);
        assert_eq!(underline(&excerpt, &(3..3)), 3..4);
    }
}
