//! Characters that show nothing, and where they are at home all the same.

/// The name of a character that shows nothing; nothing for others, for spaces, and for soft hyphens, which only show
/// where a line ends. NUL is none of them: it is not text.
pub const fn invisible_name(c: char) -> Option<&'static str> {
    Some(match c {
        '\0' | '\t' | '\n' | '\r' => return None,
        '\u{1}'..='\u{1F}' | '\u{7F}'..='\u{9F}' => "control character",
        '\u{61C}' => "Arabic letter mark",
        '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' => "Hangul filler",
        '\u{180E}' => "Mongolian vowel separator",
        '\u{200B}' => "zero-width space",
        '\u{200C}' => "zero-width non-joiner",
        '\u{200D}' => "zero-width joiner",
        '\u{200E}' => "left-to-right mark",
        '\u{200F}' => "right-to-left mark",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{202A}'..='\u{202C}' | '\u{2066}'..='\u{2069}' => "bidirectional text control",
        '\u{202D}' => "left-to-right override",
        '\u{202E}' => "right-to-left override",
        '\u{2060}' => "word joiner",
        '\u{2061}'..='\u{2064}' => "invisible operator",
        '\u{206A}'..='\u{206F}' => "deprecated format character",
        '\u{FEFF}' => "byte order mark in the text",
        '\u{FFF9}'..='\u{FFFB}' => "annotation character",
        '\u{E0000}'..='\u{E007F}' => "tag character",
        _ => return None,
    })
}

/// The characters of a text that [`invisible_name`] names, with their offsets.
pub fn invisible_characters(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut at = 0;
    let characters = std::iter::from_fn(move || {
        at += position(&text.as_bytes()[at..], may_begin_invisible)?;
        let found = (at, text[at..].chars().next()?);
        at += found.1.len_utf8();
        Some(found)
    });
    characters.filter(|(_, c)| invisible_name(*c).is_some())
}

/// Whether a byte may be the first one of a character that [`invisible_name`] names.
const fn may_begin_invisible(byte: u8) -> bool {
    let is_control = byte < b' ' && byte != b'\t' && byte != b'\n' && byte != b'\r' || byte == 0x7F;
    is_control || byte == 0xC2 || byte == 0xD8 || byte.wrapping_sub(0xE1) < 3 || byte == 0xEF || byte == 0xF3
}

/// Gives the code points of the characters of a text that are neither printable ASCII nor tabs or parts of line ends, nor
/// ideographs or syllables of Korean, which texts in these scripts consist of.
fn each_unusual_character(text: &str, mut give: impl FnMut(u32)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = position(&bytes[at..], is_unusual) {
        at += next;
        // In scripts other than Latin one follows the other, with blanks between words.
        while let Some(byte) = bytes.get(at) {
            match byte {
                b' ' => at += 1,
                // U+4000 to U+D7FF.
                0xE4..=0xED => at += 3,
                // Letters of Latin, Greek, Cyrillic and their neighbours, which other languages have everywhere.
                0xC2..=0xDF => {
                    give((u32::from(*byte) & 0x1F) << 6 | u32::from(bytes[at + 1]) & 0x3F);
                    at += 2;
                }
                byte if is_unusual(*byte) => {
                    let Some(c) = text[at..].chars().next() else { return };
                    give(u32::from(c));
                    at += c.len_utf8();
                }
                _ => break,
            }
        }
    }
}

/// Where the first byte is of which something holds. Most text has none, and is passed many bytes at a time.
fn position(bytes: &[u8], holds: impl Fn(u8) -> bool) -> Option<usize> {
    const BLOCK: usize = 64;
    // One answer for all of them, without a branch between them.
    let has_some = |block: &[u8; BLOCK]| block.iter().fold(false, |found, byte| found | holds(*byte));
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    let (passed, rest) = match blocks.iter().position(has_some) {
        Some(block) => (block, &blocks[block][..]),
        None => (blocks.len(), rest),
    };
    Some(passed * BLOCK + rest.iter().position(|byte| holds(*byte))?)
}

/// The different unusual characters of a text but ideographs and syllables of Korean, in no particular order. Most texts
/// have a handful, and one that has none of those that a rule is about need not be read for it again.
pub fn different_unusual_characters(text: &str) -> Box<[char]> {
    // A bit for each character, up to the highest one met: most texts have some punctuation and no more.
    let mut seen: Vec<u64> = Vec::new();
    let mut different = Vec::new();
    each_unusual_character(text, |c| {
        let (block, bit) = (c as usize / 64, 1 << (c % 64));
        if seen.len() <= block {
            seen.resize(block + 1, 0);
        }
        let known = &mut seen[block];
        if *known & bit == 0 {
            *known |= bit;
            different.extend(char::from_u32(c));
        }
    });
    different.into()
}

const fn is_unusual(byte: u8) -> bool {
    let is_printable = byte.wrapping_sub(b' ') < 0x7F - b' ';
    let is_blank = byte == b'\t' || byte == b'\n' || byte == b'\r';
    !is_printable && !is_blank
}

/// Whether an invisible character does what it is there for: it joins letters of a script that asks for that, or parts
/// of an emoji, or it orders the text of a line that is written in both directions.
///
/// `before` and `after` are the text on either side of it, within its line.
pub fn is_expected_here(c: char, before: &str, after: &str) -> bool {
    let (last, next) = (before.chars().next_back(), after.chars().next());
    let is_beside = |is: fn(char) -> bool| last.is_some_and(is) || next.is_some_and(is);
    match c {
        '\u{200D}' if last.is_some_and(is_emoji) && next.is_some_and(is_emoji) => true,
        '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{180E}' => is_beside(is_joined),
        // It lets emphasis begin and end within words of scripts that have no spaces.
        '\u{200B}' => is_beside(is_joined) || is_beside(is_ideographic) || is_beside(|c| "*_`~".contains(c)),
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202C}' | '\u{2066}'..='\u{2069}' => {
            before.chars().chain(after.chars()).any(is_right_to_left)
        }
        '\u{E0020}'..='\u{E007F}' => {
            before.trim_end_matches(|c| matches!(c, '\u{E0020}'..='\u{E007F}')).ends_with('\u{1F3F4}')
        }
        _ => false,
    }
}

/// Emoji and the marks that follow them.
const fn is_emoji(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Scripts written from right to left.
const fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// Scripts whose letters join, or whose words have no spaces between them: Arabic and its kin, those of India and
/// South-East Asia, Tibetan, Mongolian.
const fn is_joined(c: char) -> bool {
    is_right_to_left(c)
        || matches!(c, '\u{900}'..='\u{109F}' | '\u{1780}'..='\u{18AF}' | '\u{1900}'..='\u{1CFF}' | '\u{A800}'..='\u{ABFF}' | '\u{11000}'..='\u{11FFF}')
}

/// Chinese, Japanese and Korean, with their punctuation.
const fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Controls (C0, C1, DEL), bidirectional controls, line and paragraph separators, and what takes no room by itself
/// without belonging to the character before it.
pub fn is_unseen(ch: char) -> bool {
    matches!(ch,
        '\0'..='\x1f'
        | '\x7f'..='\u{9f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::{invisible_characters, invisible_name, is_expected_here};

    /// Whether the invisible character in a text, of which there is one, is at home.
    fn judge(text: &str) -> bool {
        let (at, c) = invisible_characters(text).next().expect("there is one");
        is_expected_here(c, &text[..at], &text[at + c.len_utf8()..])
    }

    #[test]
    fn joiners_are_at_home_in_scripts_and_emoji_that_need_them() {
        for text in [
            "می\u{200C}خواهم",
            "क्\u{200D}ष",
            "👩\u{200D}🔬",
            "❤\u{FE0F}\u{200D}🔥",
            "ភាសា\u{200B}ខ្មែរ",
            "**潮。**\u{200B}汐",
        ] {
            assert!(judge(text), "{text:?}");
        }
        for text in ["tide\u{200B}table", "ti\u{200D}de", "ti\u{200C}de", "ebb\u{2060}", "a\u{FEFF}b"] {
            assert!(!judge(text), "{text:?}");
        }
    }

    #[test]
    fn marks_of_direction_need_text_in_both() {
        assert!(judge("שלום (tide)\u{200F}!"));
        assert!(!judge("tide\u{200F}!"));
        assert!(!judge("שלום \u{202E}tide"));
    }

    #[test]
    fn tags_belong_to_flags() {
        assert!(judge("🏴\u{E0067}"));
        assert!(!judge("tide\u{E0067}"));
    }

    #[test]
    fn every_invisible_character_is_found() {
        for c in (0..=0x000E_00FF).filter_map(char::from_u32).filter(|c| invisible_name(*c).is_some()) {
            let text = format!("tide{c}");
            assert_eq!(invisible_characters(&text).collect::<Vec<_>>(), [(4, c)], "{c:?}");
        }
    }
}
