//! The slugs of Zola, which are those of the crate `slug`.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

/// Words in lowercase with single hyphens between; `None` where a letter is replaced that the crate takes from a table of all of
/// Unicode.
pub fn zola_slug(text: &str) -> Option<String> {
    let mut slug = String::new();
    let mut push = |c: char| {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    };
    for c in text.chars() {
        if c.is_ascii() {
            push(c);
        } else {
            in_ascii(c)?.chars().for_each(&mut push);
        }
    }
    Some(slug.trim_end_matches('-').to_owned())
}

/// What stands for a letter or mark in ASCII, where that is known.
fn in_ascii(c: char) -> Option<Cow<'static, str>> {
    let fixed = match c {
        'ß' => "ss",
        'æ' => "ae",
        'Æ' => "AE",
        'ø' => "o",
        'Ø' => "O",
        'œ' => "oe",
        'Œ' => "OE",
        'ł' => "l",
        'Ł' => "L",
        'đ' => "d",
        'Đ' => "D",
        // All of them become hyphens.
        '\u{a0}' | '‘' | '’' | '“' | '”' | '«' | '»' | '–' | '—' | '…' | '→' | '←' => "-",
        '\u{c0}'..='\u{17e}' => {
            let base = std::iter::once(c).nfd().next().filter(char::is_ascii_alphabetic)?;
            return Some(base.to_string().into());
        }
        _ => return None,
    };
    Some(fixed.into())
}

/// The heading as it is, with `_` for each space.
pub(super) fn zola_safe(heading: &str) -> String {
    heading.replace(|c: char| c.is_ascii_whitespace(), "_")
}

#[cfg(test)]
mod tests {
    use super::{zola_safe, zola_slug};

    #[test]
    fn letters_become_those_of_ascii() {
        for (text, slug) in [
            ("Use `a_b` & it's C++", Some("use-a-b-it-s-c")),
            ("Über die Größe – «ébb»…", Some("uber-die-grosse-ebb")),
            ("!!!", Some("")),
            ("日本", None),
            ("🚀 Launch", None),
        ] {
            assert_eq!(zola_slug(text).as_deref(), slug);
        }
        assert_eq!(zola_safe("Low  Tide (hey)"), "Low__Tide_(hey)");
    }
}
