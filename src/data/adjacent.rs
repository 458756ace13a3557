//! Reading `fields:[…]` inside brackets, a colon with nothing between it and the bracket.
//!
//! YAML 1.2.2 (section 7.4.2) wants a space there and our parser insists. The JavaScript parsers that CMSs are
//! configured through do not, so the files have it. The text is read once more with blanks in those places, which the
//! spans leave out again.

use super::source::Excerpt;

/// How many bytes may be read again for one text: each outermost bracketed value in need of blanks costs a reading.
const MAX_REREAD: usize = 4 << 20;

/// The places in a text that need a blank.
#[derive(Default)]
pub(super) struct Repairs {
    /// Offsets in the text as it is in the file, ascending.
    places: Vec<usize>,
    /// Bytes read in vain so far.
    reread: usize,
}

impl Repairs {
    /// Adds the places of the bracketed value that begins at `start` and whose colon at `colon` the parser stumbled
    /// over. False when that leads nowhere.
    pub(super) fn add(&mut self, excerpt: Excerpt<'_>, start: Option<usize>, colon: usize) -> bool {
        let before = self.places.len();
        let colons = start.map_or_else(Vec::new, |start| adjacent_colons(excerpt.text, start));
        let places = colons.into_iter().chain([colon]);
        self.places.extend(places.map(|colon| excerpt.without_blanks(colon) + 1));
        self.places.sort_unstable();
        self.places.dedup();
        self.reread += excerpt.text.len();
        self.places.len() > before && self.reread <= MAX_REREAD
    }

    /// The text with its blanks, and where in it they are.
    pub(super) fn apply(&self, text: &str) -> (String, Vec<usize>) {
        let mut repaired = String::with_capacity(text.len() + self.places.len());
        let mut blanks = Vec::with_capacity(self.places.len());
        let mut copied = 0;
        for &place in &self.places {
            repaired.push_str(&text[copied..place]);
            blanks.push(repaired.len());
            repaired.push(' ');
            copied = place;
        }
        repaired.push_str(&text[copied..]);
        (repaired, blanks)
    }
}

/// The colons right before a bracket in the bracketed value at `start`, outside of quotes and comments.
fn adjacent_colons(text: &str, start: usize) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut colons = Vec::new();
    let (mut at, mut depth) = (start, 0_usize);
    // The last byte that was no blank: quotes open a value only where one may begin.
    let mut last = b',';
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b':' if matches!(bytes.get(at + 1), Some(b'[' | b'{')) => colons.push(at),
            b'#' if bytes[at - 1].is_ascii_whitespace() => {
                at += bytes[at..]
                    .iter()
                    .position(|byte| matches!(byte, b'\n' | b'\r'))
                    .unwrap_or(bytes.len() - at);
                continue;
            }
            b'"' | b'\'' if b"[{,:?".contains(&last) => at = closing_quote(bytes, at),
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
        at += 1;
    }
    colons
}

/// The quote that closes the one at `open`, or the end. A doubled single quote closes and opens again.
fn closing_quote(bytes: &[u8], open: usize) -> usize {
    let quote = bytes[open];
    let mut at = open + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if quote == b'"' => at += 1,
            b'\'' if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') => at += 1,
            _ if byte == quote => break,
            _ => {}
        }
        at += 1;
    }
    at
}
