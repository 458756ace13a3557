//! The language of a page: what it, its path, the config or its text say.

mod attributes;
mod evidence;
mod locales;

use crate::front_matter::FrontMatter;
pub(super) use attributes::parts;
pub use evidence::Evidence;
pub(super) use evidence::{Signs, WordCounts, WordSign, is_in_other_script, is_other};
use locales::Hint;
pub use locales::{Locales, is_language_tag};

/// The keys that name it, in the order in which they are believed.
const KEYS: [&str; 3] = ["lang", "language", "locale"];

/// The language of a page.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, Hash)]
pub enum Language {
    /// The dictionary's.
    English,
    /// Another one, by its primary subtag (BCP 47, section 2.1) in lower case, such as `de`; `und` where it is not
    /// known which.
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

    fn unknown() -> Self {
        Self::Other("und".into())
    }
}

/// The language of a page, and how sure that is.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PageLanguage {
    /// The language.
    pub language: Language,
    /// Whether the page or the config names it, or its text confirms it.
    pub is_certain: bool,
}

impl PageLanguage {
    /// English, named or confirmed.
    pub const ENGLISH: Self = Self { language: Language::English, is_certain: true };

    fn certain(language: Language) -> Self {
        Self { language, is_certain: true }
    }

    fn uncertain(language: Language) -> Self {
        Self { language, is_certain: false }
    }

    /// Decides on the language of a page. What its front matter names is believed; then what the config says of its
    /// path or of all pages, or the path with a region, unless that is English and the text is not. A directory or suffix that looks like a
    /// language counts unless all of the text is English, and where nothing is said the text alone decides.
    pub fn of(named: Option<Language>, locales: &Locales, path: &str, evidence: &Evidence) -> Self {
        if let Some(language) = named {
            return Self::certain(language);
        }
        let other = || match evidence {
            Evidence::Other(language) => Some(Self::uncertain(language.clone())),
            Evidence::English | Evidence::MostlyEnglish | Evidence::Unclear => None,
        };
        match locales.of(path) {
            Hint::Named(Language::English) | Hint::Likely(Language::English) => {
                other().unwrap_or(Self::ENGLISH)
            }
            Hint::Named(language) => Self::certain(language),
            Hint::Likely(language) if *evidence != Evidence::English => Self::uncertain(language),
            Hint::Likely(_) => Self::uncertain(Language::English),
            Hint::None => {
                let is_certain = *evidence != Evidence::Unclear;
                other().unwrap_or(Self { language: Language::English, is_certain })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Evidence, Language, Locales, PageLanguage};
    use crate::front_matter::FrontMatter;

    fn other(tag: &str) -> Language {
        Language::Other(tag.into())
    }

    #[test]
    fn the_language_is_read_from_the_front_matter() {
        for (source, expected) in [
            ("---\nlang: de-AT\n---\n", Some(other("de"))),
            ("---\nlocale: pt_BR\n---\n", Some(other("pt"))),
            ("---\nlanguage: English\n---\n", Some(Language::English)),
            ("---\nlang: ''\nlocale: FR\n---\n", Some(other("fr"))),
            ("---\nlang: [de, en]\n---\n", None),
            ("---\ntitle: x\n---\n", None),
            ("x", None),
        ] {
            let (front_matter, _) = FrontMatter::parse(source);
            assert_eq!(Language::of(front_matter.as_ref()), expected, "{source:?}");
        }
    }

    #[test]
    fn a_name_counts_more_than_a_path_and_a_path_more_than_nothing() {
        let locales = Locales::default();
        let of = |named: Option<Language>, path: &str, evidence: Evidence| {
            let page = PageLanguage::of(named, &locales, path, &evidence);
            (page.language, page.is_certain)
        };
        assert_eq!(of(Some(other("de")), "a.md", Evidence::English), (other("de"), true));
        assert_eq!(of(None, "fr/a.md", Evidence::Unclear), (other("fr"), false));
        assert_eq!(of(None, "it/a.md", Evidence::English), (Language::English, false));
        assert_eq!(of(None, "a.md", Evidence::Other(other("de"))), (other("de"), false));
        assert_eq!(of(None, "en/a.md", Evidence::Unclear), (Language::English, true));
        assert_eq!(of(None, "it/a.md", Evidence::MostlyEnglish), (other("it"), false));
        assert_eq!(of(None, "a.md", Evidence::MostlyEnglish), (Language::English, true));
        assert_eq!(of(None, "a.md", Evidence::Unclear), (Language::English, false));
        assert_eq!(of(None, "a.md", Evidence::English), (Language::English, true));
    }
}
