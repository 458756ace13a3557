//! Spans as reports need them: whatever a rule says, inside the text and between its characters.

use crate::text::Span;

/// The part of `span` that lies in `text`, widened to whole characters.
pub(super) fn clamp(text: &str, span: Span) -> Span {
    let (mut start, mut end) = (span.start as usize, (span.end.max(span.start)) as usize);
    start = start.min(text.len());
    end = end.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Span::from_range(start..end)
}

#[cfg(test)]
mod tests {
    use super::{Span, clamp};

    #[test]
    fn any_span_becomes_one_of_the_text() {
        assert_eq!(clamp("aé", Span { start: 2, end: 2 }), Span::new(1, 3));
        assert_eq!(clamp("aé", Span { start: 9, end: 4 }), Span::empty(3));
        assert_eq!(clamp("", Span::new(1, 2)), Span::empty(0));
    }
}
