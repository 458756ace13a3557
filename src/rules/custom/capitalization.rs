//! How texts are capitalized.

use std::ops::Range;

use super::matcher::{PatternMatcher, Ranges};

/// Words that title case leaves in lowercase.
pub const SMALL_WORDS: [&str; 26] = [
    "a", "an", "the", "and", "but", "or", "nor", "for", "so", "yet", "as", "at", "by", "from", "in", "into",
    "of", "off", "on", "onto", "per", "to", "up", "via", "vs", "with",
];

/// A way to capitalize a text.
#[derive(Debug, Clone)]
pub enum Capitalization {
    /// The first word is capitalized, the others are not.
    Sentence,
    /// All words are capitalized, except articles, conjunctions and prepositions.
    Title,
    /// No letter is in uppercase.
    Lower,
    /// No letter is in lowercase.
    Upper,
    /// The text as a whole matches a pattern.
    Pattern(PatternMatcher),
}

impl Capitalization {
    /// What a text should be in.
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Sentence => "sentence case",
            Self::Title => "title case",
            Self::Lower => "lowercase",
            Self::Upper => "uppercase",
            Self::Pattern(_) => "the required form",
        }
    }

    /// The first word that is not as it should be, or the whole text.
    pub(super) fn check(&self, text: &str, accepted: &Ranges) -> Option<Range<usize>> {
        if let Self::Pattern(matcher) = self {
            let whole = 0..text.len();
            let is_right = matcher.find_in(text).next().is_some() || text.trim().is_empty();
            return (!is_right && !accepted.cover(&whole)).then_some(whole);
        }
        let words = words(text);
        let last = words.len().saturating_sub(1);
        let mut starts = true;
        for (index, range) in words.into_iter().enumerate() {
            let word = &text[range.clone()];
            let is_edge = starts || index == last && matches!(self, Self::Title);
            starts = text[range.end..].starts_with([':', '.', '?', '!', '—', '–']);
            if !self.accepts(word, is_edge) && !accepted.cover(&range) {
                return Some(range);
            }
        }
        None
    }

    /// Whether a word is as it should be. Words with other uppercase letters, such as `iPhone` and `PDF`, keep theirs.
    fn accepts(&self, word: &str, is_edge: bool) -> bool {
        let mut chars = word.chars();
        let Some(first) = chars.next() else { return true };
        let rest_is_lower = chars.clone().all(|ch| !ch.is_uppercase());
        match self {
            Self::Lower => !word.chars().any(char::is_uppercase),
            Self::Upper => !word.chars().any(char::is_lowercase),
            _ if !rest_is_lower => true,
            Self::Sentence | Self::Title if is_edge => !first.is_lowercase(),
            // `I` is a word, and letters have names.
            Self::Sentence => !first.is_uppercase() || chars.next().is_none(),
            Self::Title => SMALL_WORDS.contains(&&*word.to_lowercase()) || !first.is_lowercase(),
            Self::Pattern(_) => true,
        }
    }
}

/// The words of a text, without those that have digits or signs in them.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, ch) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_between = ch.is_whitespace() || "()“”\",:!?/—–;….".contains(ch);
        match (is_between, start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                let word = &text[from..at];
                if word.chars().all(|ch| ch.is_alphabetic() || matches!(ch, '\'' | '’' | '-')) {
                    words.push(from..at);
                }
                start = None;
            }
            _ => {}
        }
    }
    words
}
