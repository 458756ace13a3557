//! What characters are to words.

use std::sync::OnceLock;

use crate::text::Span;

/// What a character is to words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CharacterKind {
    /// Part of a word.
    Letter,
    /// Part of the letter before it: an accent of its own.
    Mark,
    /// Between words.
    Blank,
    /// Not seen by readers, in the middle of words too: soft hyphens, joiners.
    Invisible,
    /// Part of a word between its letters.
    Apostrophe,
    /// Opens a quotation or an aside.
    Opening,
    /// Closes one.
    Closing,
    /// Ends a sentence, or announces one.
    SentenceEnd,
    /// Parts words and sentences' parts.
    Dash,
    /// Any other punctuation, a digit, a symbol.
    Other,
}

/// What `c` is to words.
pub(super) fn kind(c: char) -> CharacterKind {
    match c {
        // The letters of the scripts that most pages are in, which are not to be looked up in the tables of Unicode: other
        // letters of Latin, Cyrillic, kana, Chinese characters, Hangul.
        '\u{c0}'..='\u{d6}'
        | '\u{d8}'..='\u{f6}'
        | '\u{f8}'..='\u{24f}'
        | '\u{400}'..='\u{481}'
        | '\u{48a}'..='\u{52f}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' => CharacterKind::Letter,
        '\'' | '\u{2019}' => CharacterKind::Apostrophe,
        '"' | '(' | '[' | '\u{201c}' | '\u{2018}' | '\u{ab}' | '\u{201e}' => CharacterKind::Opening,
        ')' | ']' | '\u{201d}' | '\u{bb}' | '*' | '_' => CharacterKind::Closing,
        '.' | '!' | '?' | ':' | '|' | '\u{2026}' => CharacterKind::SentenceEnd,
        '\u{2013}' | '\u{2014}' | '\u{2212}' => CharacterKind::Dash,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => CharacterKind::Invisible,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}' => CharacterKind::Mark,
        // In each block of a script of India: the dot below, and the sign that a consonant has no vowel.
        '\u{900}'..='\u{d7f}' if matches!(c as u32 % 0x80, 0x3c | 0x4d) => CharacterKind::Mark,
        c if is_letter(c) => CharacterKind::Letter,
        c if c.is_whitespace() || c.is_control() => CharacterKind::Blank,
        _ => CharacterKind::Other,
    }
}

/// Whether Unicode has `c` as a letter. Its tables are searched for all characters of a block when the first of them is
/// met: a page in another script asks for the same few hundred characters again and again.
fn is_letter(c: char) -> bool {
    const BLOCKS: usize = 256;
    static LETTERS: [OnceLock<[u64; 4]>; BLOCKS] = [const { OnceLock::new() }; BLOCKS];
    let c = u32::from(c);
    let (block, place) = (c >> 8, c & 0xFF);
    let is_alphabetic = |c: u32| char::from_u32(c).is_some_and(char::is_alphabetic);
    let Some(letters) = LETTERS.get(block as usize) else { return is_alphabetic(c) };
    let letters = letters.get_or_init(|| {
        let word =
            |first: u32| (0..64).fold(0, |word, bit| word | u64::from(is_alphabetic(first + bit)) << bit);
        [0, 64, 128, 192].map(|first| word((block << 8) + first))
    });
    letters[place as usize / 64] >> (place % 64) & 1 != 0
}

/// How many letters of the basic alphabet `text` begins with.
#[inline]
pub(super) fn letters(text: &[u8]) -> usize {
    let mut at = 0;
    while let Some(eight) = text.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let others = others(u64::from_le_bytes(*eight));
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at + text[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count()
}

/// The runs of letters of the basic alphabet in a span of a text, from left to right. Blocks of many bytes are looked at
/// together, and each byte once.
pub(super) struct LetterRuns<'s> {
    bytes: &'s [u8],
    /// Where the span ends.
    end: usize,
    /// Where the block at hand begins.
    block: usize,
    /// Which of its bytes are letters that were not given yet, one bit each.
    letters: u64,
}

/// Bytes that are looked at together: as many as a number has bits.
const BLOCK: usize = u64::BITS as usize;

impl<'s> LetterRuns<'s> {
    pub(super) fn new(source: &'s str, span: Span) -> Self {
        let (bytes, end) = (source.as_bytes(), span.end as usize);
        let mut runs = Self { bytes, end, block: span.start as usize, letters: 0 };
        runs.read_block();
        runs
    }

    /// Goes to the next block; says whether there is one.
    fn next_block(&mut self) -> bool {
        self.block += BLOCK;
        self.read_block();
        self.block < self.end
    }

    fn read_block(&mut self) {
        let block = self.bytes.get(self.block..self.end.min(self.block + BLOCK)).unwrap_or_default();
        let (eights, rest) = block.as_chunks::<8>();
        let mut letters = 0;
        for (eight, place) in eights.iter().zip((0..).step_by(8)) {
            letters |= gathered(others(u64::from_le_bytes(*eight)) ^ HIGHEST) << place;
        }
        let behind = block.len() - rest.len();
        for (byte, place) in rest.iter().zip(behind..) {
            letters |= u64::from(byte.is_ascii_alphabetic()) << place;
        }
        self.letters = letters;
    }
}

impl Iterator for LetterRuns<'_> {
    type Item = Span;

    #[inline]
    fn next(&mut self) -> Option<Span> {
        while self.letters == 0 {
            if !self.next_block() {
                return None;
            }
        }
        let first = self.letters.trailing_zeros();
        let start = self.block + first as usize;
        let mut behind = first + (!(self.letters >> first)).trailing_zeros();
        // A run may go on in the next block.
        while behind == u64::BITS && self.next_block() {
            behind = (!self.letters).trailing_zeros();
        }
        let end = (self.block + behind as usize).min(self.end);
        self.letters &= u64::MAX.checked_shl(behind).unwrap_or(0);
        Some(Span::from_range(start..end))
    }
}

/// The highest bits of eight bytes, side by side.
#[inline]
const fn gathered(highest: u64) -> u64 {
    (highest >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// The bytes up to the end of a span and a few after it, so that [`letters`] need not count its last ones one by one.
#[inline]
pub(super) fn reach(source: &str, span: Span) -> &[u8] {
    &source.as_bytes()[..source.len().min(span.end as usize + 8)]
}

/// One in each of eight bytes, and the highest bit of each.
const EACH: u64 = 0x0101_0101_0101_0101;
const HIGHEST: u64 = 0x80 * EACH;

/// Marks which of eight bytes are not letters of the basic alphabet, with the highest bit of each.
#[inline]
const fn others(bytes: u64) -> u64 {
    const LOWER: u64 = 0x20 * EACH;
    let lower = (bytes | LOWER) & !HIGHEST;
    // The sums stay within their bytes and reach the highest bit from `a` on, and from after `z` on.
    let from_a = lower + (0x80 - b'a' as u64) * EACH;
    let behind_z = lower + (0x80 - (b'z' + 1) as u64) * EACH;
    (!from_a | behind_z | bytes) & HIGHEST
}

/// Whether the bytes before a word, the nearer one first, say that it is part of a name in code. 0 stands for code.
pub(super) fn touches_before(near: u8, far: u8, at_start: bool) -> bool {
    match near {
        b'@' | b'#' | b'$' | b'\\' | b'=' | b'&' | b'%' | b'~' | b'<' | 0 => true,
        b'_' | b'.' | b'/' | b'(' | b']' => far.is_ascii_alphanumeric(),
        b':' => far == b':',
        b'-' => far == b'-' || (far == b' ' && !at_start),
        byte => byte.is_ascii_digit(),
    }
}

/// Whether the bytes after a word, the nearer one first, say that it is part of a name in code. 0 stands for code.
pub(super) fn touches_after(near: u8, far: u8) -> bool {
    match near {
        b'=' | b'\\' | b'@' | b'(' | 0 => true,
        b'_' | b'.' | b'/' | b'[' => far.is_ascii_alphanumeric(),
        b':' => far == b':',
        byte => byte.is_ascii_digit(),
    }
}

#[cfg(test)]
mod tests {
    use super::{CharacterKind, LetterRuns, is_letter, kind, letters};
    use crate::text::Span;

    #[test]
    fn letters_are_those_of_unicode() {
        for c in (0..=0x2_FFFF).filter_map(char::from_u32) {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            assert!(kind(c) != CharacterKind::Letter || c.is_alphabetic(), "{c:?}");
        }
    }

    #[test]
    fn signs_below_letters_of_india_are_parts_of_them() {
        for word in ["समुद्र", "ज़मीन", "সমুদ্র", "கப்பல்", "സമുദ്രം"]
        {
            let is_part = |c| matches!(kind(c), CharacterKind::Letter | CharacterKind::Mark);
            assert!(word.chars().all(is_part), "{word}");
        }
        assert_eq!(kind('।'), CharacterKind::Other);
        assert_eq!(kind('५'), CharacterKind::Other);
    }

    #[test]
    fn letters_are_counted_wherever_they_end() {
        for byte in 0..=u8::MAX {
            for count in 0..20 {
                let mut text = vec![b'q'; count];
                text.push(byte);
                let expected = count + usize::from(byte.is_ascii_alphabetic());
                assert_eq!(letters(&text), expected, "{byte} behind {count} letters");
                text.extend(b"? more");
                assert_eq!(letters(&text), expected, "{byte} behind {count} letters, and more");
            }
        }
    }

    #[test]
    fn runs_of_letters_are_found_wherever_they_are() {
        for (longest, gap) in [(1, 1), (3, 2), (8, 1), (9, 7), (64, 1), (65, 3), (200, 64), (5, 130)] {
            let words = (1..=longest).map(|length| "q".repeat(length) + &" ".repeat(gap));
            let text: String = words.collect::<String>() + "é_1Qz";
            for (start, end) in [(0, text.len()), (1, text.len()), (3, text.len() - 1), (0, 64), (7, 71)] {
                let end = end.min(text.len());
                let span = Span::from_range(start.min(end)..end);
                let mut expected = vec![];
                for at in span.range().filter(|at| text.as_bytes()[*at].is_ascii_alphabetic()) {
                    match expected.last_mut() {
                        Some(Span { end, .. }) if *end as usize == at => *end += 1,
                        _ => expected.push(Span::from_range(at..at + 1)),
                    }
                }
                assert_eq!(
                    LetterRuns::new(&text, span).collect::<Vec<_>>(),
                    expected,
                    "{longest} {gap} {span:?}"
                );
            }
        }
    }
}
