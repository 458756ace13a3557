//! Characters that could drive a terminal or deceive a reader, as marks that can be seen.
//!
//! A page under review is not to be trusted: an escape sequence could repaint the reviewer's terminal, and a
//! bidirectional override can make text look like other text (CVE-2021-42574).

use std::fmt::Write;

use unicode_width::UnicodeWidthChar;

use crate::text::is_unseen;

/// Cells that a tab takes at most.
pub(super) const TAB: usize = 4;

/// A text in one line: every character that is not itself visible is a mark.
pub(super) fn visible(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    let mut done = 0;
    for (at, ch) in text.char_indices().filter(|(_, ch)| !matches!(ch, ' '..='Z' | '\\'..='~')) {
        shown.push_str(&text[done..at]);
        push(&mut shown, ch);
        done = at + ch.len_utf8();
    }
    shown.push_str(&text[done..]);
    shown
}

/// Whether every byte is a character of one cell that may be shown as it is.
pub(super) fn are_cells(bytes: &[u8]) -> bool {
    // Without a branch for each byte, many are looked at together.
    let are = |block: &[u8]| block.iter().fold(true, |are, byte| are & matches!(byte, b' '..=b'~'));
    let (blocks, rest) = bytes.as_chunks::<64>();
    blocks.iter().all(|block| are(block)) && are(rest)
}

/// Whether a text is surely as it may be shown. Most are, and need not be looked at character by character.
pub(super) fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(last) = bytes.last_chunk::<8>() else { return is_short_plain(bytes) };
    let mut rest = bytes;
    while let Some((block, after)) = rest.split_first_chunk::<8>() {
        if !are_plain(u64::from_le_bytes(*block)) {
            return false;
        }
        rest = after;
    }
    // Some of these were looked at already.
    are_plain(u64::from_le_bytes(*last))
}

/// The same for fewer than eight bytes.
fn is_short_plain(bytes: &[u8]) -> bool {
    let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) else {
        return bytes.iter().all(|byte| matches!(byte, b' '..=b'~') && *byte != b'[');
    };
    let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
    are_plain(u64::from(first) << 32 | u64::from(last))
}

/// Whether the eight bytes of a number are all as they may be shown.
#[inline]
fn are_plain(word: u64) -> bool {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    // From the space on, one of these two bits is set.
    let are_visible = (word | word << 1) & (0x40 * EACH) == 0x40 * EACH;
    let is_ascii_without_delete = (word | word.wrapping_add(EACH)) & HIGH == 0;
    let brackets = word ^ (EACH * u64::from(b'['));
    let has_bracket = brackets.wrapping_sub(EACH) & !brackets & HIGH != 0;
    are_visible && is_ascii_without_delete && !has_bracket
}

/// Adds a character, or the mark for it.
pub(super) fn push(shown: &mut String, ch: char) {
    match ch {
        ' '..='Z' | '\\'..='~' => shown.push(ch),
        // Unicode's block "Control Pictures" has an image for every C0 control, in their order.
        '\0'..='\x1f' => {
            let picture = char::from_u32(0x2400 + u32::from(ch));
            shown.push(picture.expect("the block begins with 32 of them"));
        }
        '\x7f' => shown.push('␡'),
        // `##[error]` and the like are commands to GitHub's runner wherever in a line of a log they stand.
        '[' if shown.ends_with("##") => shown.push('⟦'),
        _ if is_unseen(ch) => {
            write!(shown, "<U+{:04X}>", u32::from(ch)).expect("writing to a string cannot fail");
        }
        _ => shown.push(ch),
    }
}

/// Cells that a character, or the mark for it, takes; a tab counts as the widest one.
pub(super) fn cells(ch: char) -> usize {
    match ch {
        // Most are among these, and the others take longer to tell apart.
        ' '..='~' | '\0'..='\x08' | '\n'..='\x1f' | '\x7f' => 1,
        '\t' => TAB,
        _ if is_unseen(ch) => "<U+>".len() + if ch > '\u{ffff}' { 5 } else { 4 },
        _ => ch.width().unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::{cells, is_plain, visible};

    #[test]
    fn plain_is_what_stays_as_it_is_wherever_it_stands() {
        for byte in 0..=u8::MAX {
            let is_expected = matches!(byte, b' '..=b'~') && byte != b'[';
            for (length, place) in (1..=9).flat_map(|length| (0..length).map(move |place| (length, place))) {
                let text: String =
                    (0..length).map(|at| if at == place { char::from(byte) } else { 'a' }).collect();
                assert_eq!(is_plain(&text), is_expected, "{text:?}");
                assert!(is_plain(&text[..place]), "{text:?}");
            }
        }
    }

    #[test]
    fn nothing_unseen_stays() {
        assert_eq!(visible("a\u{1b}[31m\tb\u{7f}\u{9b}c\n"), "a␛[31m␉b␡<U+009B>c␊");
        assert_eq!(visible("\u{feff}ab\u{202e}\u{200d}\u{2028}"), "<U+FEFF>ab<U+202E><U+200D><U+2028>");
        assert_eq!(visible("###[error]x [b] # [c]"), "###⟦error]x [b] # [c]");
        assert_eq!(visible("日本 café — ok"), "日本 café — ok");
    }

    #[test]
    fn a_mark_is_as_wide_as_it_says() {
        for ch in ['a', '日', '\u{1b}', '\u{7f}', '\u{85}', '\u{202e}', '\u{e0041}', '\u{301}'] {
            let width: usize = visible(&ch.to_string()).chars().map(cells).sum();
            assert_eq!(cells(ch), width, "{ch:?}");
        }
    }
}
