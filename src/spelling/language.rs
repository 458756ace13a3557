//! The language that a page says it is written in.

use crate::front_matter::FrontMatter;

/// The keys that name it, in the order in which they are believed.
const KEYS: [&str; 3] = ["lang", "language", "locale"];

/// The primary subtag of the page's language (BCP 47, section 2.1) in lower case, such as `de` for `de-AT` or `de_AT`;
/// nothing where the front matter does not name one.
pub fn language(front_matter: Option<&FrontMatter>) -> Option<String> {
    let root = front_matter?.tree.root.as_ref()?;
    let named = KEYS
        .iter()
        .find_map(|key| root.entry(key)?.value.as_str().map(str::trim).filter(|it| !it.is_empty()));
    let subtag = named?.split(['-', '_', '.']).next()?;
    Some(match subtag.to_ascii_lowercase().as_str() {
        "english" | "eng" => "en".to_owned(),
        other => other.to_owned(),
    })
}

/// Whether a page is read as English: it says so, or says nothing.
pub fn is_english(front_matter: Option<&FrontMatter>) -> bool {
    language(front_matter).is_none_or(|language| language == "en")
}

#[cfg(test)]
mod tests {
    use super::{is_english, language};
    use crate::front_matter::FrontMatter;

    #[test]
    fn the_language_is_read_from_the_front_matter() {
        for (source, expected) in [
            ("---\nlang: de-AT\n---\n", Some("de")),
            ("---\nlocale: pt_BR\n---\n", Some("pt")),
            ("---\nlanguage: English\n---\n", Some("en")),
            ("---\nlang: ''\nlocale: FR\n---\n", Some("fr")),
            ("---\nlang: [de, en]\n---\n", None),
            ("---\ntitle: x\n---\n", None),
            ("x", None),
        ] {
            let (front_matter, _) = FrontMatter::parse(source);
            assert_eq!(language(front_matter.as_ref()).as_deref(), expected, "{source:?}");
            assert_eq!(is_english(front_matter.as_ref()), expected.is_none_or(|it| it == "en"), "{source:?}");
        }
    }
}
