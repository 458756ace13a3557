//! From the bytes of text runs to words. Runs of one block are given one after the other, so that a word may go on
//! after markup, and what touches a word is known on either side.

use super::{
    alphabet::{CharacterKind, kind, letters, reach, touches_after, touches_before},
    non_words,
    word_collector::WordCollector,
    words::{Flags, Gap, Word},
};
use crate::text::Span;

/// Longer runs of letters are data.
const LONGEST_WORD: u32 = 64;

/// Shorter words that end in `in` are not written as they are spoken.
const SHORTEST_SPOKEN: usize = 4;

/// Stands for what is not read, beside a word.
const OPAQUE: u8 = 0;

/// Gives the words of one text after the other to an [`WordCollector`].
pub(super) struct Tokenizer<'s, 'w> {
    source: &'s str,
    words: &'w mut WordCollector<'s>,
    /// What every word gets: where the text at hand stands.
    place: Flags,
    /// Of the next word; nothing directly after a word.
    gap: Option<Gap>,
    new_line: bool,
    /// The word that is not over yet.
    open: Option<Open>,
    /// What is before the text run at hand.
    edge: u8,
    /// The first word since the last space, and what those since then are.
    chunk: usize,
    chunk_kind: Chunk,
    /// The templates that were met in text.
    templates: Vec<Span>,
}

/// What is known of the words since the last space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Chunk {
    Prose,
    /// A slash is between two of them.
    Slashed,
    /// They are a name, a path or a URL.
    Name,
}

struct Open {
    start: u32,
    /// After what was read so far.
    end: u32,
    flags: Flags,
    gap: Gap,
    /// The word so far, once it differs from the source.
    text: Option<String>,
    /// Where the part that is not in `text` yet begins.
    rest: u32,
}

impl<'s, 'w> Tokenizer<'s, 'w> {
    pub(super) fn new(source: &'s str, words: &'w mut WordCollector<'s>) -> Self {
        let chunk = words.len();
        Self {
            source,
            words,
            place: Flags::default(),
            gap: Some(Gap::Start),
            new_line: true,
            open: None,
            edge: b' ',
            chunk,
            chunk_kind: Chunk::Prose,
            templates: vec![],
        }
    }

    /// A block of text begins.
    pub(super) fn begin(&mut self, place: Flags) {
        self.blank();
        self.words.end_block();
        self.place = place;
        self.gap = Some(Gap::Start);
        self.new_line = true;
    }

    /// The templates met so far, which were not read.
    pub(super) fn take_templates(&mut self) -> Vec<Span> {
        std::mem::take(&mut self.templates)
    }

    /// What follows in this block is at another place; gives the one before.
    pub(super) fn move_to(&mut self, place: Flags) -> Flags {
        std::mem::replace(&mut self.place, place)
    }

    /// A line ends.
    pub(super) fn line_break(&mut self) {
        self.blank();
        self.new_line = true;
    }

    /// Something is here that parts words like a space: markup, the end of the block.
    pub(super) fn blank(&mut self) {
        self.close(b' ', b' ');
        self.end_chunk();
        self.part(Gap::Blank);
        self.edge = b' ';
    }

    /// Punctuation is here that the tree has taken.
    pub(super) fn mark(&mut self) {
        self.close(b'[', b' ');
        self.edge = b'[';
    }

    /// Something is here that is not read: code, a URL.
    pub(super) fn opaque(&mut self) {
        self.close(OPAQUE, OPAQUE);
        self.end_chunk();
        self.part(Gap::Opaque);
        self.edge = OPAQUE;
    }

    /// Reads a run of text.
    pub(super) fn text(&mut self, span: Span) {
        let bytes = self.source.as_bytes();
        let (mut at, end) = (span.start as usize, span.end as usize);
        if at < end && !self.continues(at) {
            self.close(bytes[at], bytes.get(at + 1).copied().filter(|_| at + 1 < end).unwrap_or(b' '));
        }
        while at < end {
            at = self.plain_words(span, at);
            let Some(&byte) = bytes[..end].get(at) else { break };
            at = if byte.is_ascii_alphabetic() {
                self.letters(span, at)
            } else if byte == b' ' {
                self.close_at(span, at);
                self.end_chunk();
                self.part(Gap::Blank);
                at + 1
            } else {
                self.other(span, at)
            };
        }
        if let Some(open) = &mut self.open {
            open.end = span.end;
        }
        if span.start < span.end {
            self.edge = bytes[end - 1];
        }
    }

    /// Reads words with nothing but spaces between them, which is nearly all of most texts, from `at`; gives the offset
    /// after them. Whatever else touches a word is left to the careful way.
    fn plain_words(&mut self, span: Span, mut at: usize) -> usize {
        let bytes = &self.source.as_bytes()[..span.end as usize];
        let before = if at > span.start as usize { bytes[at - 1] } else { self.edge };
        if before != b' ' || self.open.is_some() {
            return at;
        }
        self.end_chunk();
        let reach = reach(self.source, span);
        let (mut gap, mut new_line) = (self.gap, self.new_line);
        loop {
            let length = letters(&reach[at..]);
            let end = at + length;
            if length == 0 || end >= bytes.len() || length > LONGEST_WORD as usize {
                break;
            }
            let second_is_blank = || bytes.get(end + 1).is_none_or(|&byte| byte == b' ');
            let behind = match bytes[end] {
                b' ' => Gap::Blank,
                b',' | b';' | b')' | b'"' => Gap::Other,
                b'!' | b'?' => Gap::Sentence,
                b'.' if second_is_blank() => Gap::Sentence,
                _ => break,
            };
            let flags = if new_line { self.place.with(Flags::NEW_LINE) } else { self.place };
            self.words.push(Word::new(Span::from_range(at..end), gap.unwrap_or(Gap::Other), flags));
            new_line = false;
            at = end + 1;
            if behind != Gap::Blank {
                if at >= bytes.len() || !second_is_blank() {
                    // The word is the first of those up to the next space.
                    (self.gap, self.new_line, self.chunk) = (None, new_line, self.words.len() - 1);
                    return end;
                }
                at += 1;
            }
            gap = Some(behind);
        }
        (self.gap, self.new_line, self.chunk) = (gap, new_line, self.words.len());
        at
    }

    /// Whether the word before goes on at a run of text: only markup is between.
    fn continues(&mut self, at: usize) -> bool {
        let Some(open) = &mut self.open else { return false };
        let letter = self.source[at..].chars().next().is_some_and(|c| kind(c) == CharacterKind::Letter);
        if letter && open.end != at as u32 {
            let text = open.text.get_or_insert_default();
            text.push_str(&self.source[open.rest as usize..open.end as usize]);
            open.rest = at as u32;
        }
        letter
    }

    /// Reads the letters of the basic alphabet from `at`; gives the offset after them.
    fn letters(&mut self, span: Span, at: usize) -> usize {
        let end = (at + letters(&reach(self.source, span)[at..])).min(span.end as usize);
        if self.open.is_none() {
            self.start_word(span, at);
        }
        end
    }

    fn start_word(&mut self, span: Span, at: usize) {
        let before = |back: usize| match at.checked_sub(back).filter(|&at| at >= span.start as usize) {
            Some(at) => self.source.as_bytes()[at],
            None if at + 1 == span.start as usize + back => self.edge,
            None => b' ',
        };
        let mut flags = self.place;
        // A slash in the same run of text tells more by what is around all words that it joins.
        let slash = before(1) == b'/' && at > span.start as usize;
        let marked = before(1) == b'=' && before(2) == b'=' && !before(3).is_ascii_alphanumeric();
        if !slash && !marked && touches_before(before(1), before(2), self.gap == Some(Gap::Start)) {
            flags = flags.with(Flags::IDENTIFIER);
        }
        if std::mem::take(&mut self.new_line) {
            flags = flags.with(Flags::NEW_LINE);
        }
        let start = at as u32;
        self.open = Some(Open {
            start,
            end: start,
            flags,
            gap: self.gap.unwrap_or(Gap::Other),
            text: None,
            rest: start,
        });
    }

    /// Ends the open word, if there is one, before the byte at `at`.
    fn close_at(&mut self, span: Span, at: usize) {
        if let Some(open) = &mut self.open {
            open.end = at as u32;
            let bytes = &self.source.as_bytes()[..span.end as usize];
            let after = |ahead: usize| bytes.get(at + ahead).copied().unwrap_or(b' ');
            let marked = after(0) == b'=' && after(1) == b'=' && !after(2).is_ascii_alphanumeric();
            let separate = marked
                || after(0) == b'/'
                || [&b"(s)"[..], b"(es)"].iter().any(|it| bytes[at..].starts_with(it));
            let begins_quote = (open.start as usize).checked_sub(1).is_some_and(|at| bytes[at] == b'\'');
            let is_spoken = !begins_quote
                && bytes[open.start as usize..at].ends_with(b"in")
                && ["'", "’"].iter().any(|it| bytes[at..].starts_with(it.as_bytes()));
            if is_spoken && at - open.start as usize >= SHORTEST_SPOKEN {
                // An apostrophe stands for the last letter: `sailin'`.
                open.flags = open.flags.with(Flags::IDENTIFIER);
            }
            if separate { self.close(b' ', b' ') } else { self.close(after(0), after(1)) }
        }
    }

    /// Ends the open word, if there is one; `next` and `second` follow it.
    fn close(&mut self, next: u8, second: u8) {
        let Some(mut open) = self.open.take() else { return };
        if touches_after(next, second) || open.end - open.start > LONGEST_WORD {
            open.flags = open.flags.with(Flags::IDENTIFIER);
        }
        if next == b'-' {
            open.flags = open.flags.with(Flags::BEFORE_HYPHEN);
        }
        let word = Word::new(Span::new(open.start, open.end), open.gap, open.flags);
        if let Some(mut text) = open.text {
            text.push_str(&self.source[open.rest as usize..open.end as usize]);
            self.words.push_rewritten(word, text);
        } else {
            self.words.push(word);
        }
        self.gap = None;
    }

    /// Reads what is neither a plain letter nor a space at `at`; gives the offset after it.
    fn other(&mut self, span: Span, at: usize) -> usize {
        let text = &self.source[at..span.end as usize];
        let Some(c) = text.chars().next() else { return at + 1 };
        let end = at + c.len_utf8();
        let kind = kind(c);
        match kind {
            CharacterKind::Letter | CharacterKind::Mark
                if kind == CharacterKind::Letter || self.open.is_some() =>
            {
                if self.open.is_none() {
                    self.start_word(span, at);
                }
                if let Some(open) = &mut self.open {
                    open.flags = open.flags.with(Flags::FOREIGN);
                }
                return end + foreign_letters(&text[c.len_utf8()..]);
            }
            CharacterKind::Invisible if self.open.is_some() => {
                self.rewrite(at, "", end);
                return end;
            }
            CharacterKind::Apostrophe if self.open.is_some() && letter_at(text, c.len_utf8()) => {
                if c != '\'' {
                    self.rewrite(at, "'", end);
                }
                return end;
            }
            _ => {}
        }
        if c == '&' && self.open.is_some() {
            if let Some(entity) = non_words::apostrophe(text).filter(|&len| letter_at(text, len)) {
                self.rewrite(at, "'", at + entity);
                return at + entity;
            }
            // A word with letters that are written otherwise is not read.
            if non_words::is_letter(text) {
                self.chunk_kind = Chunk::Name;
            }
        }
        self.close_at(span, at);
        if let Some(insert) = non_words::at(text) {
            if text.starts_with("{{") || text.starts_with("{%") {
                self.templates.push(Span::from_range(at..at + insert));
            }
            self.end_chunk();
            self.part(Gap::Opaque);
            return at + insert;
        }
        self.chunk_kind = self.chunk_kind.max(self.joined_by(span, at));
        self.separate(kind, c);
        // An escaped character is punctuation, whatever it would mean bare.
        if c == '\\' && text[1..].starts_with(|c: char| c.is_ascii_punctuation()) { end + 1 } else { end }
    }

    /// Puts `instead` for the bytes from `at` to `end` into the text of the open word.
    fn rewrite(&mut self, at: usize, instead: &str, end: usize) {
        if let Some(open) = &mut self.open {
            let text = open.text.get_or_insert_default();
            text.push_str(&self.source[open.rest as usize..at]);
            text.push_str(instead);
            open.rest = end as u32;
        }
    }

    /// What the character at `at` makes of everything up to the next spaces.
    fn joined_by(&self, span: Span, at: usize) -> Chunk {
        let bytes = &self.source.as_bytes()[..span.end as usize];
        let alphanumeric =
            |at: usize| bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
        let inside = at > span.start as usize && alphanumeric(at - 1) && alphanumeric(at + 1);
        let doubled = bytes.get(at + 1) == Some(&bytes[at]);
        let is_name = match bytes[at] {
            b'/' if inside => return Chunk::Slashed,
            b'.' | b'_' | b'=' => inside,
            // In `w/` and in `word / word` a slash is not part of a path.
            b'/' | b'@' | b'#' => alphanumeric(at + 1),
            b':' => doubled,
            b'\\' if bytes.get(at + 1) == Some(&b'_') => {
                at > span.start as usize && alphanumeric(at - 1) && alphanumeric(at + 2)
            }
            b'\\' => bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic),
            _ => false,
        };
        if is_name { Chunk::Name } else { Chunk::Prose }
    }

    /// Notes what is between two words.
    fn separate(&mut self, kind: CharacterKind, c: char) {
        let gap = match (kind, self.gap) {
            (CharacterKind::Blank, _) => {
                self.end_chunk();
                Gap::Blank
            }
            (CharacterKind::Invisible, _) => return,
            (CharacterKind::Other, None) if c == '-' => Gap::Hyphen,
            (CharacterKind::SentenceEnd, _) if c == '|' => {
                self.end_chunk();
                Gap::Sentence
            }
            // Directly after a word, a straight quote closes.
            (CharacterKind::Opening, None) if c == '"' => Gap::Other,
            (CharacterKind::Opening | CharacterKind::SentenceEnd, _)
            | (CharacterKind::Closing | CharacterKind::Apostrophe, Some(Gap::Sentence)) => Gap::Sentence,
            (CharacterKind::Dash, _) => {
                self.end_chunk();
                Gap::Other
            }
            _ => Gap::Other,
        };
        self.part(gap);
    }

    /// Joins `gap` to what is known to be before the next word.
    fn part(&mut self, gap: Gap) {
        self.gap = Some(match (self.gap, gap) {
            (Some(Gap::Start), _) => Gap::Start,
            (Some(before), Gap::Blank) if before != Gap::Hyphen => before,
            (Some(Gap::Opaque), Gap::Other) => Gap::Opaque,
            (Some(Gap::Blank | Gap::Hyphen), Gap::Blank | Gap::Hyphen) => Gap::Other,
            (_, gap) => gap,
        });
    }

    fn end_chunk(&mut self) {
        if self.chunk_kind != Chunk::Prose {
            self.mark_chunk();
        }
        self.chunk = self.words.len();
    }

    /// Says of the words since the last spaces that they are no plain prose.
    #[cold]
    fn mark_chunk(&mut self) {
        match std::mem::replace(&mut self.chunk_kind, Chunk::Prose) {
            Chunk::Prose => {}
            Chunk::Slashed => self.words.mark_slashed(self.chunk),
            Chunk::Name => self.words.mark_identifiers(self.chunk),
        }
    }
}

/// The last words have their ends, too.
impl Drop for Tokenizer<'_, '_> {
    fn drop(&mut self) {
        self.blank();
    }
}

/// How many bytes of letters beyond the basic alphabet, their accents included, a text begins with.
fn foreign_letters(text: &str) -> usize {
    let is_letter =
        |c: &char| !c.is_ascii() && matches!(kind(*c), CharacterKind::Letter | CharacterKind::Mark);
    text.chars().take_while(is_letter).map(char::len_utf8).sum()
}

fn letter_at(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(u8::is_ascii_alphabetic)
}
