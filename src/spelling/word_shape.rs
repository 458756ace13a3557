//! How the letters of a word are written.

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordShape {
    /// `word`
    Lower,
    /// `Word`
    Initial,
    /// `WORD`, `WORDs`
    Capitals,
    /// `wordWord`
    Mixed,
}

impl WordShape {
    pub(super) fn of(word: &str) -> Self {
        let body = word.strip_suffix('s').unwrap_or(word);
        let upper = |byte: u8| byte.is_ascii_uppercase();
        if body.len() > 1 && body.bytes().all(upper) {
            Self::Capitals
        } else if word.bytes().skip(1).any(upper) {
            Self::Mixed
        } else if word.bytes().next().is_some_and(upper) {
            Self::Initial
        } else {
            Self::Lower
        }
    }
}

/// `TDD'ing`, `OK'd`: an abbreviation with an ending.
pub(super) fn is_inflected_abbreviation(text: &str) -> bool {
    text.split_once('\'').is_some_and(|(stem, ending)| {
        stem.len() > 1
            && stem.bytes().all(|byte| byte.is_ascii_uppercase())
            && ["d", "ed", "er", "ers", "ing"].contains(&ending)
    })
}
