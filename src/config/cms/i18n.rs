//! Languages of a CMS collection: `i18n` (<https://decapcms.org/docs/i18n/>).

use super::text;
use crate::data::Node;

/// How the translations of a collection's pages are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Structure {
    /// `tide.de.md`
    Files,
    /// `posts/de/tide.md`
    Folders,
    /// `de/posts/tide.md`
    RootFolders,
    /// One file, whose front matter has a mapping for each locale.
    Single,
}

/// The languages of a collection.
#[derive(Debug, Clone)]
pub(super) struct I18n<'n> {
    pub(super) structure: Structure,
    pub(super) default: &'n str,
    /// The others.
    pub(super) others: Vec<&'n str>,
}

impl<'n> I18n<'n> {
    /// The languages of a collection; `None` where it has none, or keeps them in a way that is not known.
    pub(super) fn of(root: &'n Node, collection: &'n Node) -> Option<Self> {
        let own = collection.get("i18n")?;
        if own.as_bool() == Some(false) {
            return None;
        }
        let root = root.get("i18n");
        let setting = |key: &str| own.get(key).or_else(|| root?.get(key));
        let structure = match setting("structure")?.text()? {
            "multiple_files" => Structure::Files,
            "multiple_folders" => Structure::Folders,
            "multiple_root_folders" | "multiple_folders_i18n_root" => Structure::RootFolders,
            "single_file" => Structure::Single,
            _ => return None,
        };
        let locales: Vec<&str> = setting("locales")?.items().iter().filter_map(Node::text).collect();
        let default = setting("default_locale").and_then(Node::text).or(locales.first().copied())?;
        let others = locales.into_iter().filter(|locale| *locale != default).collect();
        Some(Self { structure, default, others })
    }

    /// The globs of a locale's pages, from the folder (empty, or with a slash at its end), what is below it and the
    /// extension, all of them as globs.
    pub(super) fn glob(&self, locale: &str, folder: &str, below: &str, extension: &str) -> String {
        let tag = globset::escape(locale);
        match self.structure {
            Structure::Files if locale == self.default => format!("{folder}{below}.{extension}"),
            Structure::Files => format!("{folder}{below}.{tag}.{extension}"),
            Structure::Folders => format!("{folder}{tag}/**/*.{extension}"),
            Structure::RootFolders => format!("{tag}/{folder}{below}.{extension}"),
            Structure::Single => format!("{folder}{below}.{extension}"),
        }
    }
}

/// Whose fields are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Locale<'n> {
    /// Those of the default locale, or of a collection without locales.
    Default(Option<&'n str>),
    /// Those of another, which has only fields that are translated or copied.
    Other(&'n str),
}

impl Locale<'_> {
    /// Whether pages of this locale have a field.
    pub(super) fn has(self, field: &Node) -> bool {
        match self {
            Self::Default(_) => true,
            Self::Other(_) => field.get("i18n").is_some_and(|i18n| {
                i18n.as_bool() == Some(true) || matches!(i18n.text(), Some("translate" | "duplicate"))
            }),
        }
    }

    /// Whether a field may not be empty: `required` is a flag or, in Sveltia CMS, a list of locales.
    pub(super) fn requires(self, field: &Node) -> bool {
        let Some(required) = field.get("required") else { return true };
        match self {
            Self::Default(None) => {}
            Self::Default(Some(locale)) | Self::Other(locale) => {
                if !required.items().is_empty() {
                    return required.items().iter().any(|it| it.text() == Some(locale));
                }
            }
        }
        required.as_bool() != Some(false) && text(field, "required") != Some("false")
    }
}
