//! Rules about spelling and word choice.

pub(super) mod brand_case;
pub(super) mod confused_word;
pub(super) mod inconsistent_spelling;
pub(super) mod known_typo;
pub(super) mod missing_apostrophe;
pub(super) mod missing_word;
pub(super) mod misspelled_value;
mod misspellings;
pub(super) mod mixed_english;
pub(super) mod possible_typo;
pub(super) mod repeated_word;
pub(super) mod term;
pub(super) mod wrong_article;
