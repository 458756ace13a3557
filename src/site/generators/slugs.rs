//! How generators make parts of paths from names and titles.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::text::bare_letters;

/// Hugo: letters with their marks, digits and `._#+~@-` stay, each run of spaces becomes a hyphen, all in lowercase.
pub(super) fn hugo(text: &str) -> String {
    // Go lowers letter by letter.
    hugo_in_case(&text.chars().flat_map(char::to_lowercase).collect::<String>())
}

/// The same with the case kept, as with `disablePathToLower`.
pub(super) fn hugo_in_case(text: &str) -> String {
    let mut slug = String::new();
    let mut hyphen = false;
    for c in text.chars() {
        let is_sign = matches!(c, '.' | '_' | '#' | '+' | '~' | '@' | '-' | '/');
        if c.is_alphanumeric() || is_sign || is_combining_mark(c) {
            if std::mem::take(&mut hyphen) && c != '-' && !slug.ends_with('-') {
                slug.push('-');
            }
            slug.push(c);
        } else if c.is_whitespace() && !slug.is_empty() {
            hyphen = true;
        }
    }
    slug
}

/// Hugo, as for names of files and, in newer versions, terms: each space becomes a hyphen first.
pub(super) fn hugo_name(text: &str) -> String {
    hugo(&text.replace(' ', "-"))
}

/// Jekyll, as for `:name` and `:slug`: each run of what is not a letter or digit becomes a hyphen, all in lowercase.
pub(super) fn jekyll(text: &str) -> String {
    replaced(&text.to_lowercase(), char::is_alphanumeric)
}

/// Jekyll, as for `:title`: case and some punctuation stay.
pub(super) fn jekyll_title(text: &str) -> String {
    replaced(text, |c| c.is_alphanumeric() || "._~!$&'()+,;=@".contains(c))
}

/// Hexo: each run of spaces and of the punctuation that it takes out becomes a hyphen; case and other letters stay.
pub(super) fn hexo(text: &str) -> String {
    const TAKEN_OUT: &str = "~`!@#$%^&*()-_+=[]{}|\\;:\"'<>,.?/";
    const ACCENTS: std::ops::RangeInclusive<char> = '\u{300}'..='\u{36f}';
    let bare: String = text.nfd().filter(|c| !ACCENTS.contains(c)).nfc().collect();
    replaced(&bare, |c| !c.is_whitespace() && !c.is_control() && !TAKEN_OUT.contains(c))
}

/// The letters and digits of a text, in lowercase.
pub(super) fn letters(text: &str) -> String {
    bare_letters(&hexo(text))
}

fn replaced(text: &str, stays: impl Fn(char) -> bool) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        if stays(c) {
            slug.push(c);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_matches('-').to_owned()
}

/// github-slugger, as Astro applies it to each part of the path of an entry: dots and other punctuation are dropped.
pub(super) fn github(text: &str) -> String {
    crate::text::slug(crate::text::SlugStyle::Github, text)
}

/// Python's `slugify` of Pelican: letters, digits and `_` stay, the rest becomes single hyphens, all in lowercase.
pub(super) fn pelican(text: &str) -> String {
    let ascii: String = text.nfkd().filter(char::is_ascii).collect();
    let kept: String = ascii
        .chars()
        .filter(|&c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-') || c.is_whitespace())
        .collect();
    replaced(&kept.to_lowercase(), |c| !c.is_whitespace() && c != '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_parts_of_paths() {
        assert_eq!(hugo("Low Tide: it's Near & Far"), "low-tide-its-near-far");
        assert_eq!(
            (hugo("Neap - Spring"), hugo("Neap \u{2013} Spring")),
            ("neap-spring".into(), "neap-spring".into())
        );
        assert_eq!((hugo_name("Low & High"), hugo_name("it's 5%")), ("low--high".into(), "its-5".into()));
        assert_eq!((hugo("C++"), hugo("Neap_X/b")), ("c++".to_owned(), "neap_x/b".to_owned()));
        assert_eq!(
            (jekyll("My Quay_1"), jekyll_title("Big Quay.v1")),
            ("my-quay-1".into(), "Big-Quay.v1".into())
        );
        assert_eq!((github("v1.2"), github("Quay House")), ("v12".to_owned(), "quay-house".to_owned()));
        assert_eq!(pelican("Neap tide: low"), "neap-tide-low");
    }
}
