//! The words that a project calls its own.

use std::collections::BTreeSet;

use super::{
    weights,
    word_status::{Hashes, hash, hash_without_case},
};

/// How likely a typo must be to be reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sensitivity {
    /// Few false positives, for CI: about one in 100,000 words.
    #[default]
    Strict,
    /// Finds more typos; about one false positive in 40,000 words.
    Sensitive,
    /// Do not check unknown words.
    Off,
}

impl Sensitivity {
    /// The score from which on a slip is reported.
    pub const fn threshold(self) -> f32 {
        match self {
            Self::Strict => weights::STRICT,
            Self::Sensitive => weights::SENSITIVE,
            Self::Off => f32::INFINITY,
        }
    }
}

/// The words of the config, of its words file and of the site's data.
///
/// A word in lower case stands for itself in any case; a word with capital letters for itself, and for itself in uppercase
/// only.
#[derive(Debug, Clone, Default)]
pub struct ProjectWords {
    words: BTreeSet<Box<str>>,
    /// The same in uppercase.
    capitals: BTreeSet<Box<str>>,
    /// The hashes of both: hardly a word is one of them, and this tells so at once.
    hashes: Hashes,
    /// How likely a typo must be to be reported.
    pub sensitivity: Sensitivity,
}

impl ProjectWords {
    /// Adds the words of a text: a name of several words is several words.
    pub fn add(&mut self, text: &str) {
        let letters = |c: char| !c.is_alphabetic() && c != '\'' && c != '\u{2019}';
        let words = text.split(letters).map(|word| word.trim_matches(['\'', '\u{2019}']));
        for word in words.filter(|word| !word.is_empty()) {
            let word = word.replace('\u{2019}', "'");
            let capitals = word.to_uppercase();
            self.hashes.extend([&word, &capitals].map(|form| hash(form.as_bytes())));
            self.capitals.insert(capitals.into());
            self.words.insert(word.into());
        }
    }

    /// Whether a word, without a possessive `'s`, is one of the project's.
    pub fn has(&self, word: &str) -> bool {
        if self.words.is_empty() {
            return false;
        }
        let is_either = || self.words.contains(word) || self.capitals.contains(word);
        let in_lower = || self.words.contains(word.to_lowercase().as_str());
        let bytes = word.as_bytes();
        if !bytes.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b'\'') {
            return is_either() || in_lower();
        }
        let (own, lower) = (hash(bytes), hash_without_case(bytes));
        let may_be = |hash| self.hashes.contains(&hash);
        may_be(own) && is_either() || own != lower && may_be(lower) && in_lower()
    }

    /// The words in order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| &**word)
    }
}

#[cfg(test)]
mod tests {
    use super::ProjectWords;

    #[test]
    fn case_counts_as_it_is_written() {
        let mut project = ProjectWords::default();
        assert!(!project.has("tide"));
        project.add("quayside StarBoard Löschboot don\u{2019}ts");
        for word in [
            "quayside",
            "Quayside",
            "QUAYSIDE",
            "StarBoard",
            "STARBOARD",
            "löschboot",
            "LÖSCHBOOT",
            "don'ts",
            "Don'ts",
        ] {
            assert_eq!(project.has(word), word != "löschboot", "{word}");
        }
        for word in ["starboard", "Starboard", "quay", "quaysides", ""] {
            assert!(!project.has(word), "{word}");
        }
    }
}
