//! Names that have one spelling: that of their owners.

use std::sync::LazyLock;

use super::word_status::{Hashed, hash_without_case};

/// The names, separated by whitespace. Lines that begin with `#` are comments.
const LIST: &str = include_str!("brands.txt");

static BRANDS: LazyLock<Hashed<Brand>> =
    LazyLock::new(|| all().map(|brand| (hash_without_case(brand.name.as_bytes()), brand)).collect());

static IN_LOWERCASE: LazyLock<Vec<(String, Brand)>> =
    LazyLock::new(|| all().map(|brand| (brand.name.to_ascii_lowercase(), brand)).collect());

/// All brands, each with its name in lowercase.
pub(super) fn in_lowercase() -> &'static [(String, Brand)] {
    &IN_LOWERCASE
}

/// All brands.
fn all() -> impl Iterator<Item = Brand> {
    let names = LIST.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_ascii_whitespace);
    names.map(|entry| Brand { name: entry.trim_end_matches('*'), is_only_name: entry.ends_with('*') })
}

/// An abbreviation with so many letters may mean something else: `IOS`.
const SHORT: usize = 3;

/// A name as its owner writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brand {
    /// The correct spelling.
    pub name: &'static str,
    /// Whether the word in lower case is not a command or a package, too.
    pub is_only_name: bool,
}

impl Brand {
    /// The brand with the letters of a word, in any case.
    pub fn of(word: &str) -> Option<Self> {
        BRANDS
            .get(&hash_without_case(word.as_bytes()))
            .copied()
            .filter(|brand| brand.name.eq_ignore_ascii_case(word))
    }

    /// Whether a spelling that differs from the name is wrong, wherever it is: `Github` and `GitHUB` are, `GITHUB` may
    /// be part of a text in uppercase, `Iphone` begins with the capital of a sentence, and plurals such as `IOs` are
    /// other words.
    pub fn is_wrong(self, word: &str) -> bool {
        let is_lower = word.bytes().all(|byte| byte.is_ascii_lowercase());
        let is_upper = |text: &str| text.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_plural = word.strip_suffix('s').is_some_and(is_upper);
        let is_short = word.len() <= SHORT && is_upper(word);
        word != self.name && !is_plural && !is_short && (self.is_only_name || !is_lower)
    }
}

#[cfg(test)]
mod tests {
    use super::{BRANDS, Brand, LIST};

    #[test]
    fn brands_are_found_in_any_case() {
        for word in ["GitHub", "Github", "github", "GITHUB"] {
            assert_eq!(Brand::of(word).map(|brand| brand.name), Some("GitHub"), "{word}");
        }
        assert_eq!(Brand::of("GitHubs"), None);
    }

    #[test]
    fn wrong_spellings_are_told_from_other_words() {
        let is_wrong = |word: &str| Brand::of(word).is_some_and(|brand| brand.is_wrong(word));
        for word in ["Github", "github", "GITHUB", "Javascript", "Mysql", "CEPH", "MacOS", "PyPi"] {
            assert!(is_wrong(word), "{word}");
        }
        for word in ["GitHub", "IOs", "IOS", "mysql", "ceph", "macos", "Git"] {
            assert!(!is_wrong(word), "{word}");
        }
    }

    #[test]
    fn every_brand_is_one_word_and_listed_once() {
        let names: Vec<_> =
            LIST.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect();
        assert_eq!(names.len(), BRANDS.len());
        assert!(
            names
                .iter()
                .all(|name| name.trim_end_matches('*').bytes().all(|byte| byte.is_ascii_alphabetic()))
        );
    }
}
