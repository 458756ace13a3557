//! Places as the protocol counts them: lines from 0, and columns from 0 in units that client and server agree on.

use gen_lsp_types::{Position, PositionEncodingKind, Range};

use crate::text::{LineIndex, Span};

/// The units that columns are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Code units of UTF-16, which every client has.
    #[default]
    Utf16,
    /// Code points.
    Utf32,
}

impl Encoding {
    /// The first of the offered encodings that the server has; the client lists them by preference.
    pub(super) fn negotiate<'a>(offered: impl IntoIterator<Item = &'a str>) -> Self {
        let known = |name: &str| match name {
            "utf-8" => Some(Self::Utf8),
            "utf-16" => Some(Self::Utf16),
            "utf-32" => Some(Self::Utf32),
            _ => None,
        };
        offered.into_iter().find_map(known).unwrap_or_default()
    }

    /// The name in the protocol.
    pub(super) const fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    const fn units(self, c: char) -> u32 {
        match self {
            Self::Utf8 => c.len_utf8() as u32,
            Self::Utf16 => c.len_utf16() as u32,
            Self::Utf32 => 1,
        }
    }
}

/// A text and how places in it are counted.
#[derive(Clone, Copy)]
pub(super) struct TextPositions<'a> {
    /// The text.
    pub(super) text: &'a str,
    /// Its lines.
    pub(super) lines: &'a LineIndex,
    /// The units of columns.
    pub(super) encoding: Encoding,
}

impl TextPositions<'_> {
    /// The place of a byte offset. One in a line break is at the end of its line.
    pub(super) fn position(&self, offset: u32) -> Position {
        let at = self.lines.position(self.text, offset.min(self.lines.text_len()));
        let line = self.lines.line_span(self.text, at.line - 1);
        let at = if at.offset > line.end { self.lines.position(self.text, line.end) } else { at };
        let column = match self.encoding {
            Encoding::Utf8 => at.byte_column,
            Encoding::Utf16 => at.utf16_column,
            Encoding::Utf32 => at.column,
        };
        Position { line: at.line - 1, character: column - 1 }
    }

    /// The range of a span, which need not be one of this text.
    pub(super) fn range(&self, span: Span) -> Range {
        let span = span.fit(self.text);
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    /// The byte offset of a place. Past the end of a line it is the line's end, past the last line the text's; within
    /// a character it is the character's start.
    pub(super) fn offset(&self, position: Position) -> u32 {
        if position.line >= self.lines.line_count() {
            return self.lines.text_len();
        }
        let line = self.lines.line_span(self.text, position.line);
        let text = line.of(self.text);
        if self.encoding == Encoding::Utf8 && text.is_char_boundary(position.character as usize) {
            return line.start + position.character;
        }
        let mut column = 0;
        for (at, c) in text.char_indices() {
            column += self.encoding.units(c);
            if column > position.character {
                return line.start + at as u32;
            }
        }
        line.end
    }

    /// The span of a range. The ends may be in any order.
    pub(super) fn span(&self, range: Range) -> Span {
        let (one, other) = (self.offset(range.start), self.offset(range.end));
        Span::new(one.min(other), one.max(other))
    }
}

#[cfg(test)]
mod tests {
    use gen_lsp_types::Position;

    use super::{Encoding, TextPositions};
    use crate::text::LineIndex;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    #[test]
    fn places_after_wide_characters_are_counted_in_each_unit() {
        let text = "x\r\nb’é𝒳!\r";
        let lines = LineIndex::new(text);
        for (encoding, column) in ALL.into_iter().zip([10, 5, 4]) {
            let places = TextPositions { text, lines: &lines, encoding };
            let at = Position { line: 1, character: column };
            assert_eq!(places.position(13), at, "{encoding:?}");
            assert_eq!(places.offset(at), 13, "{encoding:?}");
        }
    }

    #[test]
    fn places_and_offsets_agree_at_every_character() {
        let text = "é𝒳\r\n\n’a\rb𝒳𝒳";
        let lines = LineIndex::new(text);
        for encoding in ALL {
            let places = TextPositions { text, lines: &lines, encoding };
            let is_in_break = |at: usize| text[..at].ends_with('\r') && text[at..].starts_with('\n');
            let offsets = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            for offset in offsets.filter(|&at| !is_in_break(at)) {
                assert_eq!(places.offset(places.position(offset as u32)) as usize, offset, "{encoding:?}");
            }
        }
    }

    #[test]
    fn any_place_is_one_of_the_text() {
        let text = "é\r\nb";
        let lines = LineIndex::new(text);
        for encoding in ALL {
            let places = TextPositions { text, lines: &lines, encoding };
            assert_eq!(places.offset(Position { line: 0, character: 99 }), 2);
            assert_eq!(places.offset(Position { line: 9, character: 0 }), 5);
            assert_eq!(places.position(99), Position { line: 1, character: 1 });
        }
        let places = TextPositions { text, lines: &lines, encoding: Encoding::Utf8 };
        assert_eq!(places.offset(Position { line: 0, character: 1 }), 0);
    }

    #[test]
    fn the_client_has_the_choice() {
        assert_eq!(Encoding::negotiate(["utf-7", "utf-32", "utf-8"]), Encoding::Utf32);
        assert_eq!(Encoding::negotiate([]), Encoding::Utf16);
    }
}
