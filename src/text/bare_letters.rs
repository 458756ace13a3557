//! What is left of a text where only its letters and digits count.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// The letters and digits of a text, in lowercase.
pub fn bare_letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A text with the letters that accents are on.
pub fn without_accents(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).nfc().collect()
}
