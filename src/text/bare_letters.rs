//! What is left of a text where only its letters and digits count.

/// The letters and digits of a text, in lowercase.
pub fn bare_letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
