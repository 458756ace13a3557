//! The language that a page says it is written in.

use crate::front_matter::FrontMatter;

/// The keys that name it, in the order in which they are believed.
const KEYS: [&str; 3] = ["lang", "language", "locale"];

/// The language of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Language {
    /// The lexicon's.
    English,
    /// Another one, by its primary subtag (BCP 47, section 2.1) in lower case, such as `de`.
    Other(Box<str>),
}

impl Language {
    /// Reads a tag such as `de-AT`, `de_AT` or `en`.
    pub fn from_tag(tag: &str) -> Self {
        let subtag = tag.trim().split(['-', '_', '.']).next().unwrap_or_default().to_ascii_lowercase();
        if matches!(&*subtag, "en" | "eng" | "english" | "") {
            Self::English
        } else {
            Self::Other(subtag.into())
        }
    }

    /// The language that a page names; nothing where it names none.
    pub fn of(front_matter: Option<&FrontMatter>) -> Option<Self> {
        let root = front_matter?.tree.root.as_ref()?;
        let texts = KEYS.iter().filter_map(|key| root.entry(key)?.value.as_str().map(str::trim));
        texts.filter(|text| !text.is_empty()).map(Self::from_tag).next()
    }
}

#[cfg(test)]
mod tests {
    use super::Language;
    use crate::front_matter::FrontMatter;

    #[test]
    fn the_language_is_read_from_the_front_matter() {
        let other = |tag: &str| Some(Language::Other(tag.into()));
        for (source, expected) in [
            ("---\nlang: de-AT\n---\n", other("de")),
            ("---\nlocale: pt_BR\n---\n", other("pt")),
            ("---\nlanguage: English\n---\n", Some(Language::English)),
            ("---\nlang: ''\nlocale: FR\n---\n", other("fr")),
            ("---\nlang: [de, en]\n---\n", None),
            ("---\ntitle: x\n---\n", None),
            ("x", None),
        ] {
            let (front_matter, _) = FrontMatter::parse(source);
            assert_eq!(Language::of(front_matter.as_ref()), expected, "{source:?}");
        }
    }
}
