//! The words of a text in which a secret may be: most words of prose are passed over without a look at each byte.

use std::ops::Range;

use super::{
    decode::{DECODED, continuation},
    names::{LONGEST_NAME, may_be_known},
    values::SHORTEST_RANDOM,
};

/// A text up to the next white space; a line that ends in a backslash goes on in the next one, and so does a URL in
/// quotes, of which browsers leave out tabs and line breaks.
pub(super) struct SpacedWord {
    pub range: Range<usize>,
    /// What kinds of bytes it has, as bits.
    traits: u8,
}

/// Bytes of a token that is known by its format, at least.
pub(super) const SHORTEST_RUN: usize = 20;

/// Ends a word.
const SPACE: u8 = 1;
/// `=`
const EQUALS: u8 = 2;
/// `@`
const AT: u8 = 4;
/// `&`, `%` and `\`
const ESCAPE: u8 = 8;
/// A digit.
const DIGIT: u8 = 16;
/// `/`
const SLASH: u8 = 32;
/// It is the first of its line.
const FIRST: u8 = 64;
/// The first byte of a character beyond ASCII that may be left out or stand for another one.
const WIDE: u8 = 128;

/// The kind of each byte.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut digit = b'0';
    while digit <= b'9' {
        kinds[digit as usize] = DIGIT;
        digit += 1;
    }
    kinds[b' ' as usize] = SPACE;
    kinds[b'\n' as usize] = SPACE;
    kinds[b'\r' as usize] = SPACE;
    kinds[b'\t' as usize] = SPACE;
    kinds[b'=' as usize] = EQUALS;
    kinds[b'@' as usize] = AT;
    kinds[b'&' as usize] = ESCAPE;
    kinds[b'%' as usize] = ESCAPE;
    kinds[b'\\' as usize] = ESCAPE;
    kinds[b'/' as usize] = SLASH;
    let mut at = 0;
    while at < DECODED.len() {
        kinds[DECODED[at] as usize] = WIDE;
        at += 1;
    }
    kinds
};

fn is_space(byte: u8) -> bool {
    KINDS[usize::from(byte)] == SPACE
}

impl SpacedWord {
    /// The word around a byte; what is before `least` belongs to others.
    fn around(bytes: &[u8], least: usize, at: usize) -> Self {
        let mut start = at;
        loop {
            let length = bytes[least..start].iter().rev().take_while(|byte| !is_space(**byte)).count();
            start -= length;
            match continued(bytes, least, start) {
                Some(before) => start = before,
                None => break,
            }
        }
        let mut word = Self::starting(bytes, start);
        let is_first = bytes[least..start].iter().rev().find(|byte| !matches!(byte, b' ' | b'\t'));
        if is_first.is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            word.traits |= FIRST;
        }
        word
    }

    fn starting(bytes: &[u8], start: usize) -> Self {
        let mut traits = 0;
        let mut at = start;
        while let Some(byte) = bytes.get(at) {
            let kind = KINDS[usize::from(*byte)];
            if kind == SPACE {
                let is_continued = at > start && bytes[at - 1] == b'\\';
                let skipped = if is_continued { continuation(&bytes[at..]) } else { 0 };
                let skipped = if skipped == 0 { gap_in_url(bytes, at) } else { skipped };
                if skipped == 0 {
                    break;
                }
                at += skipped;
                continue;
            }
            traits |= kind;
            at += 1;
        }
        Self { range: start..at, traits }
    }

    fn has(&self, kind: u8) -> bool {
        self.traits & kind != 0
    }

    /// Whether a word is worth reading.
    pub(super) fn may_have_secrets(&self) -> bool {
        let is_user =
            self.has(AT) && (self.has(SLASH) || self.has(ESCAPE) || self.has(DIGIT) || self.has(FIRST));
        let is_run = self.has(DIGIT) && self.range.len() >= SHORTEST_RUN;
        let is_escaped = self.has(ESCAPE) && self.range.len() >= 12;
        self.range.len() >= 8 && (is_user || self.has(EQUALS) || is_run || is_escaped)
    }

    /// Whether nothing in a word of a text can be a secret but the value of a parameter or of a member with one of the
    /// usual names, and no name in it is one. So are most attributes of HTML and assignments in code, and to see this
    /// takes less than to read them.
    pub(super) fn is_harmless(&self, text: &[u8]) -> bool {
        let word = &text[self.range.clone()];
        let may_be_more = self.has(AT | ESCAPE | WIDE) || self.has(DIGIT) && word.len() >= SHORTEST_RUN;
        let begins_url = |at: usize| word[at] == b'/' && at > 0 && matches!(word[at - 1], b'/' | b':');
        let is_quote = |at: usize| matches!(word.get(at), Some(b'"' | b'\''));
        let ends_name = |at: usize| word[at] == b'=' || word[at] == b':' && is_quote(at + 1);
        let name = |at: usize| &word[at.saturating_sub(LONGEST_NAME + 1)..at];
        let may_be_one = |at| begins_url(at) || ends_name(at) && may_be_known(name(at));
        !may_be_more && !(0..word.len()).any(may_be_one)
    }

    /// Whether a word may be what a machine made.
    pub(super) fn may_be_random(&self) -> bool {
        self.has(DIGIT) && self.range.len() >= SHORTEST_RANDOM
    }
}

/// The end of the line before a place, where that line goes on here: where its backslash ends, or where a URL in quotes
/// has a tab or a line break.
fn continued(bytes: &[u8], least: usize, start: usize) -> Option<usize> {
    let before = &bytes[least..start];
    let gap = before.iter().rev().take_while(|byte| is_space(**byte)).count();
    let end = start - gap;
    if gap > 0 && gap_in_url(bytes, end) == gap {
        return Some(end);
    }
    let indent = before.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let line = &before[..before.len() - indent];
    let line = line
        .strip_suffix(b"\r\n")
        .or_else(|| line.strip_suffix(b"\n"))
        .or_else(|| line.strip_suffix(b"\r"))?;
    line.ends_with(b"\\").then_some(least + line.len())
}

/// Bytes of a URL in quotes before a tab or a line break in it.
const LONGEST_SPLIT: usize = 512;

/// The bytes of white space at a place, where they are in a URL in quotes and browsers leave them out: where they have a
/// tab or a line break. 0 where they end the word.
fn gap_in_url(bytes: &[u8], at: usize) -> usize {
    let gap = gap(&bytes[at..]);
    let before = &bytes[at.saturating_sub(LONGEST_SPLIT)..at];
    let quote = if gap == 0 { None } else { memchr::memrchr3(b'"', b'\'', b'<', before) };
    let Some(quote) = quote else { return 0 };
    let opening = before[quote];
    let url = before[quote + 1..].trim_ascii_start();
    let start = at - url.len();
    let closing = if opening == b'<' { b'>' } else { opening };
    let is_over = url.contains(&closing) || bytes.get(at + gap).is_none_or(|byte| *byte == closing);
    // Behind a closing quote, there is nothing yet.
    let is_url = !url.is_empty() && begins_url(&bytes[start..]) && is_unspaced(url);
    if is_url && !is_over { gap } else { 0 }
}

/// The bytes of white space at the beginning of a text, if they have a tab or a line break; 0 otherwise.
pub(super) fn gap(rest: &[u8]) -> usize {
    let gap = rest.iter().take_while(|byte| is_space(**byte)).count();
    if rest[..gap].iter().all(|byte| *byte == b' ') { 0 } else { gap }
}

/// Whether a text begins with a scheme and a colon, which may be a character reference, or with slashes.
fn begins_url(text: &[u8]) -> bool {
    let is_scheme = |byte: &&u8| byte.is_ascii_alphanumeric() || b"+-.\t\r\n".contains(byte);
    let rest = &text[text.iter().take(LONGEST_SCHEME).take_while(is_scheme).count()..];
    let ends_scheme = rest.starts_with(b":") || rest.starts_with(b"&#") || rest.starts_with(b"&colon");
    text.first().is_some_and(|byte| matches!(byte, b'/' | b'\\')) || (rest.len() < text.len() && ends_scheme)
}

/// Bytes that a scheme may have, with the white space in it.
const LONGEST_SCHEME: usize = 48;

/// Whether all white space in a text has tabs or line breaks.
fn is_unspaced(text: &[u8]) -> bool {
    let mut at = 0;
    while let Some(found) = text[at..].iter().position(|byte| is_space(*byte)) {
        at += found;
        match gap(&text[at..]) {
            0 => return false,
            gap => at += gap,
        }
    }
    true
}

/// Whether a short text has none of the bytes that secrets need, as most messages do. Of a long one nothing is known.
pub(super) fn is_harmless(text: &[u8]) -> bool {
    const SHORT: usize = 256;
    let kinds = || text.iter().fold(0, |kinds, byte| kinds | KINDS[usize::from(*byte)]);
    text.len() <= SHORT && kinds() & (EQUALS | AT | ESCAPE | DIGIT) == 0
}

/// Goes through the words that are long and have a digit, or have a character that secrets need: `=`, `@`, `&`, `%` or a
/// backslash.
pub(super) struct SpacedWords<'a> {
    bytes: &'a [u8],
    /// Where the next word begins at the earliest.
    at: usize,
    /// Where the next of each kind is, as far as that is known.
    next: [usize; 3],
}

impl<'a> SpacedWords<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        let mut words = Self { bytes, at: 0, next: [0; 3] };
        words.look();
        words
    }

    /// Finds the next of each kind from here on.
    fn look(&mut self) {
        let Self { bytes, at, next: [mark, escape, long] } = self;
        let rest = bytes.get(*at..).unwrap_or_default();
        let place = |found: Option<usize>| found.map_or(bytes.len(), |found| *at + found);
        if *mark <= *at {
            *mark = place(next_mark(bytes, *at));
        }
        if *escape <= *at {
            *escape = place(memchr::memchr3(b'&', b'%', b'\\', rest));
        }
        if *long <= *at {
            *long = place(digit_of_long_run(rest));
        }
    }
}

/// How far after a place the next `=` or `@` is that does not stand alone between two spaces.
fn next_mark(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let is_alone = |at: usize| {
        let around = at.checked_sub(2).and_then(|start| bytes.get(start..at + 3));
        around.is_some_and(|it| it[1] == b' ' && it[3] == b' ' && !is_space(it[0]) && !is_space(it[4]))
    };
    memchr::memchr2_iter(b'=', b'@', rest).find(|found| !is_alone(from + found))
}

/// A digit in the next run of bytes that is long enough to be random and has no white space.
fn digit_of_long_run(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += next_digit(bytes.get(at..)?)?;
        let is_part = |byte: &&u8| !is_space(**byte);
        let before = bytes[..at].iter().rev().take(SHORTEST_RANDOM).take_while(is_part).count();
        let after = bytes[at..].iter().take(SHORTEST_RANDOM).take_while(is_part).count();
        if before + after >= SHORTEST_RANDOM {
            return Some(at);
        }
        at += after;
    }
}

/// Where the next digit is. Eight bytes are looked at together.
fn next_digit(bytes: &[u8]) -> Option<usize> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const LOW: u64 = EACH * 0x7F;
    let (blocks, rest) = bytes.as_chunks::<8>();
    // With its bits changed about, a digit is less than 10, and all others reach the highest bit.
    let digits = |block: &[u8; 8]| {
        let word = u64::from_le_bytes(*block) ^ (EACH * u64::from(b'0'));
        !(((word & LOW) + EACH * (0x80 - 10)) | word | LOW)
    };
    for (number, block) in blocks.iter().enumerate() {
        let found = digits(block);
        if found != 0 {
            return Some(number * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let start = bytes.len() - rest.len();
    rest.iter().position(u8::is_ascii_digit).map(|at| start + at)
}

impl Iterator for SpacedWords<'_> {
    type Item = SpacedWord;

    fn next(&mut self) -> Option<SpacedWord> {
        let at = self.next.into_iter().min().filter(|at| *at < self.bytes.len())?;
        let word = SpacedWord::around(self.bytes, self.at, at);
        self.at = word.range.end + 1;
        self.look();
        Some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::next_digit;

    #[test]
    fn the_first_digit_is_found_wherever_it_is() {
        for byte in 0..=u8::MAX {
            for before in 0..20 {
                let mut text = vec![b'/'; before];
                text.extend([byte, b':', 0xB5]);
                let expected = byte.is_ascii_digit().then_some(before);
                assert_eq!(next_digit(&text), expected, "{byte} behind {before} others");
                text.extend([b'9'; 9]);
                assert_eq!(next_digit(&text), expected.or(Some(before + 3)), "{byte} behind {before} others");
            }
        }
    }
}
