//! What the words beside an unknown one ask for: of two words that it may be a slip of, one fits there and the other
//! does not.

use super::{
    phrases::is_base_verb,
    traits::Traits,
    weights as w,
    words::{Gap, Words},
};

/// After them comes what can be the object of a preposition; `to` besides has a verb after it.
const PREPOSITIONS: [&str; 14] = [
    "about", "at", "between", "by", "for", "from", "in", "into", "of", "on", "through", "to", "under", "with",
];
/// What hardly ever follows a preposition.
const NO_OBJECTS: [&str; 8] = ["he", "she", "than", "then", "there", "they", "we", "who"];
/// After them `than` is likely.
const COMPARATIVES: [&str; 9] =
    ["better", "fewer", "greater", "higher", "less", "lower", "more", "other", "rather"];
/// Verbs that have a subject before them, or `there`.
const FINITE: [&str; 15] = [
    "are", "can", "could", "had", "has", "have", "is", "may", "must", "should", "was", "were", "will",
    "won't", "would",
];
/// What is before a finite verb more often than other words that look like it.
const SUBJECTS: [&str; 6] = ["that", "there", "these", "they", "this", "those"];
/// What follows `the` more often than any other word.
const RANKED: [&str; 12] = [
    "best",
    "corresponding",
    "current",
    "entire",
    "first",
    "following",
    "last",
    "newest",
    "next",
    "oldest",
    "same",
    "whole",
];

impl Traits {
    /// What the words beside the one with this index say.
    pub(super) fn beside(source: &str, words: &Words, index: usize) -> Self {
        let all = words.all();
        let is_joined = |index: usize| all.get(index).is_some_and(|word| word.gap == Gap::Blank);
        let before = if is_joined(index) && index > 0 { words.text(index - 1, source) } else { "" };
        let after = if is_joined(index + 1) { words.text(index + 1, source) } else { "" };
        Self::default()
            .with(Self::AFTER_PREPOSITION, PREPOSITIONS.contains(&before))
            .with(Self::AFTER_TO, before == "to")
            .with(Self::AFTER_COMPARATIVE, COMPARATIVES.contains(&before))
            .with(Self::BEFORE_FINITE, FINITE.contains(&after))
            .with(Self::BEFORE_RANKED, RANKED.contains(&after))
    }

    /// How well a word, in lower case, fits between the words there: it tells candidates apart, and not a slip from a
    /// word that is unknown.
    pub(super) fn fit(self, word: &str) -> f32 {
        let mut fit = 0.0;
        let mut add = |weight: f32, when: bool| fit += if when { weight } else { 0.0 };
        add(-w::FIT, self.has(Self::AFTER_PREPOSITION) && NO_OBJECTS.contains(&word));
        add(w::FIT, self.has(Self::AFTER_TO) && is_base_verb(word));
        add(w::FIT, self.has(Self::AFTER_COMPARATIVE) && word == "than");
        add(w::FIT, self.has(Self::BEFORE_FINITE) && SUBJECTS.contains(&word));
        add(w::FIT, self.has(Self::BEFORE_RANKED) && word == "the");
        fit
    }
}
