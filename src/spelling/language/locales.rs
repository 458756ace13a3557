//! What paths say of the language of pages.

use super::Language;

/// Primary subtags (ISO 639-1) that name directories and suffixes of translated pages.
const SUBTAGS: &[&str] = &[
    "af", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu",
    "fa", "fi", "fr", "ga", "gl", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "km",
    "ko", "lt", "lv", "mk", "ml", "mn", "mr", "ms", "my", "nb", "ne", "nl", "nn", "no", "pa", "pl", "pt",
    "ro", "ru", "si", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "te", "th", "tl", "tr", "uk", "ur", "uz",
    "vi", "zh",
];

/// Which languages the pages of a site are in, by their paths.
#[derive(Debug, Clone, Default)]
pub struct Locales {
    /// The language of pages that nothing else names; `None` where the config does not say.
    pub default: Option<Language>,
    /// Directories whose language the generator's config names, relative to the root, without a slash at either end.
    pub folders: Vec<(Box<str>, Language)>,
    /// Tags that the config of the generator or CMS names; they count as parts of paths whatever they look like.
    pub tags: Vec<Box<str>>,
}

/// What a path says of the language of its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hint {
    /// The config names this language, or a part of the path names it with its region.
    Named(Language),
    /// A part of the path looks like this language.
    Likely(Language),
    /// Nothing.
    None,
}

impl Locales {
    /// What a path, relative to the root, says: its suffix first (`tides.de.md`), then the directories.
    pub(super) fn of(&self, path: &str) -> Hint {
        let in_folder = |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let longest =
            self.folders.iter().filter(|(folder, _)| in_folder(folder)).max_by_key(|(it, _)| it.len());
        let (directories, name) = path.rsplit_once('/').unwrap_or(("", path));
        let mut suffixes = name.rsplit('.').skip(1);
        let suffix = suffixes.next().filter(|_| suffixes.next().is_some());
        let parts = || suffix.into_iter().chain(directories.split('/'));
        let is_tag = |part: &&str| self.tags.iter().any(|tag| tag.eq_ignore_ascii_case(part));
        if let Some(tag) = parts().find(is_tag) {
            return Hint::Named(Language::from_tag(tag));
        }
        if let Some((_, language)) = longest {
            return Hint::Named(language.clone());
        }
        if let Some(tag) = parts().find(|part| is_language_tag(part)) {
            let language = Language::from_tag(tag);
            return if has_region(tag) { Hint::Named(language) } else { Hint::Likely(language) };
        }
        self.default.clone().map_or(Hint::None, Hint::Named)
    }
}

/// Whether a part of a path looks like a language: `de`, `pt-br`, `zh_CN`, `zh-Hans`, `es-419`.
pub fn is_language_tag(part: &str) -> bool {
    let (subtag, rest) = part.split_once(['-', '_']).unwrap_or((part, "DE"));
    let is_known = SUBTAGS.iter().any(|it| it.eq_ignore_ascii_case(subtag));
    let letters = rest.bytes().all(|byte| byte.is_ascii_alphabetic());
    let region = matches!(rest.len(), 2 | 4) && letters;
    is_known && (region || rest.len() == 3 && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a part of a path that looks like a language can hardly be anything else: `de_DE`, `pt-BR`, `zh-Hans`, `es-419`, but
/// not `pt-br`, which is like `my-os`.
fn has_region(tag: &str) -> bool {
    let region = tag.split_once(['-', '_']).map_or("", |(_, region)| region);
    let (first, rest) = region.split_at(region.len().min(1));
    match region.len() {
        2 => region.bytes().all(|byte| byte.is_ascii_uppercase()),
        3 => true,
        4 => {
            first.bytes().all(|byte| byte.is_ascii_uppercase())
                && rest.bytes().all(|byte| byte.is_ascii_lowercase())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_name_languages() {
        let other = |tag: &str| Language::Other(tag.into());
        let mut locales = Locales::default();
        for (path, expected) in [
            ("de/a.md", Hint::Likely(other("de"))),
            ("i18n/zh-Hans/docs/a.md", Hint::Named(other("zh"))),
            ("docs/de_DE/a.md", Hint::Named(other("de"))),
            ("docs/en_GB/a.md", Hint::Named(Language::English)),
            ("content/posts/a.pt-br.md", Hint::Likely(other("pt"))),
            ("fr/a.en.md", Hint::Likely(Language::English)),
            ("en/a.md", Hint::Likely(Language::English)),
            ("de.md", Hint::None),
            ("go-lang/de-facto/a.md", Hint::None),
            ("docs/v1.2.md", Hint::None),
            ("", Hint::None),
        ] {
            assert_eq!(locales.of(path), expected, "{path}");
        }
        locales.default = Some(other("nl"));
        locales.folders = vec![("content/francais".into(), other("fr"))];
        locales.tags = vec!["nds".into()];
        for (path, expected) in [
            ("a.md", Hint::Named(other("nl"))),
            ("content/francais/a.md", Hint::Named(other("fr"))),
            ("content/francaise/a.md", Hint::Named(other("nl"))),
            ("content/nds/a.md", Hint::Named(other("nds"))),
            ("content/de/a.md", Hint::Likely(other("de"))),
        ] {
            assert_eq!(locales.of(path), expected, "{path}");
        }
    }
}
