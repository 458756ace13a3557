//! Slips in names of files, parts of paths and anchors.

use super::lexicon;
use crate::text::Slip;

/// Shorter words differ in one letter from too many others. In bytes.
const SHORTEST: usize = 5;

/// Whether a name or a path is one letter away from another one, inside of a word that is none of its own: so near to
/// something that exists, it is hardly the name of something else. Linear in the length of both.
pub fn is_name_slip(written: &str, meant: &str) -> bool {
    if written.len().abs_diff(meant.len()) > 4 || written.eq_ignore_ascii_case(meant) {
        return false;
    }
    let word = Slip::between(written, meant).and_then(|slip| slip.word(written));
    word.is_some_and(|word| word.len() >= SHORTEST && !lexicon::is_known_lower(&word.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::is_name_slip;

    #[test]
    fn slips_are_in_words_of_their_own() {
        assert!(is_name_slip("/news/harbuor/tides", "/news/harbour/tides"));
        assert!(is_name_slip("ferryqboat.png", "ferryboat.png"));
        for (written, meant) in [
            ("/news/boat-2", "/news/boat-3"),
            ("/news/boats", "/news/boat"),
            ("tidal", "total"),
            ("tideTable", "tidetable"),
            ("step-a", "step-b"),
            ("/en/quay", "/de/quay"),
            ("/news/ferries", "/news/ferry"),
        ] {
            assert!(!is_name_slip(written, meant), "{written}");
        }
    }
}
