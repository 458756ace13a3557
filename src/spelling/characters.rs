//! What characters are to words.

/// What a character is to words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
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
pub(super) fn kind(c: char) -> Kind {
    match c {
        '\'' | '\u{2019}' => Kind::Apostrophe,
        '"' | '(' | '[' | '\u{201c}' | '\u{2018}' | '\u{ab}' | '\u{201e}' => Kind::Opening,
        ')' | ']' | '\u{201d}' | '\u{bb}' | '*' | '_' => Kind::Closing,
        '.' | '!' | '?' | ':' | '|' | '\u{2026}' => Kind::SentenceEnd,
        '\u{2013}' | '\u{2014}' | '\u{2212}' => Kind::Dash,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => Kind::Invisible,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}' => Kind::Mark,
        c if c.is_alphabetic() => Kind::Letter,
        c if c.is_whitespace() || c.is_control() => Kind::Blank,
        _ => Kind::Other,
    }
}

/// Whether the bytes before a word, the nearer one first, say that it is part of a name in code. 0 stands for code.
pub(super) fn touches_before(near: u8, far: u8, at_start: bool) -> bool {
    match near {
        b'@' | b'#' | b'$' | b'\\' | b'=' | b'&' | b'%' | b'~' | b'<' | 0 => true,
        b'_' | b'.' | b'/' | b'(' => far.is_ascii_alphanumeric(),
        b':' => far == b':',
        b'-' => far == b'-' || (far == b' ' && !at_start),
        byte => byte.is_ascii_digit(),
    }
}

/// Whether the bytes behind a word, the nearer one first, say that it is part of a name in code. 0 stands for code.
pub(super) fn touches_after(near: u8, far: u8) -> bool {
    match near {
        b'=' | b'\\' | b'@' | b'(' | 0 => true,
        b'_' | b'.' | b'/' => far.is_ascii_alphanumeric(),
        b':' => far == b':',
        byte => byte.is_ascii_digit(),
    }
}
