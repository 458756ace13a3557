//! Where pages and files of the site appear, as config, generator and defaults have it together.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use schemars::JsonSchema;
use serde::Deserialize;
use url::Url;

use super::moved::Moves;
use crate::{
    diagnostic::Label,
    front_matter::Collection,
    site::generators::{Generator, SiteKind, layout_of_kind},
    text::SlugStyle,
};

/// Where pages and files of a site appear.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// The folder of the site, relative to the project's root, without a slash at either end; empty for that itself.
    pub root: Box<str>,
    /// What makes the site; `None` where nothing gives it away.
    pub kind: Option<SiteKind>,
    /// The generator as it is set up for this site; as [`Self::kind`].
    pub generator: Option<Arc<dyn Generator>>,
    /// Where the site is published. Its path, if it has one, is where the site's `/` lies.
    pub url: Option<Url>,
    /// The path under which the site's `/` is on its host, where that is known and the host is not.
    pub base: Option<Box<str>>,
    /// Other URLs of the site.
    pub aliases: Vec<Url>,
    /// The folders that hold its pages.
    pub content: Vec<Mount>,
    /// The folders whose files appear at the root of the site as they are, relative to the site's root, without a
    /// slash at either end.
    pub statics: Vec<Box<str>>,
    /// Folders and files that appear at other paths as they are.
    pub copied: Vec<Mount>,
    /// What the path of a page looks like.
    pub route_form: RouteForm,
    /// The pages that a program of the site's own changes before they are read as Markdown, so that they may have anchors
    /// and link reference definitions that are not in their source.
    pub preprocessed: Preprocessed,
    /// Whether a workflow of the repository publishes it on GitHub Pages.
    pub is_on_github_pages: bool,
    /// Whether the Markdown engine turns bare URLs into links, where that does not follow from the kind.
    pub autolinks: Option<bool>,
    /// How anchors are made from headings.
    pub slugs: SlugStyle,
    /// Ids in its templates, which pages may have as well.
    pub template_ids: Arc<HashSet<Box<str>>>,
    /// Whether a template has a `<base>`, from which browsers read the relative links of a page.
    pub has_base: bool,
    /// Templates that pages show by these names, and that make no anchors but those with such ids.
    pub plain_parts: Arc<HashSet<Box<str>>>,
    /// What the generator's config says of languages.
    pub languages: SiteLanguages,
    /// URLs that moved.
    pub moves: Moves,
    /// Where the site's repository can be looked at, such as `https://github.com/harbour/site`.
    pub repositories: Vec<Url>,
    /// Where each setting comes from, by its key.
    pub origins: BTreeMap<&'static str, LayoutOrigin>,
}

/// Which pages a program of the site's own changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Preprocessed {
    /// None.
    #[default]
    None,
    /// Those that show something of the program.
    Marked,
    /// Perhaps all.
    All,
}

/// The languages that a generator's config names, by their tags.
#[derive(Debug, Clone, Default)]
pub struct SiteLanguages {
    /// That of pages that nothing else names.
    pub default: Option<Box<str>>,
    /// All that the config names.
    pub tags: Vec<Box<str>>,
    /// Folders with a language of their own, relative to the project's root, without a slash at either end.
    pub folders: Vec<(Box<str>, Box<str>)>,
}

/// Where a setting comes from.
#[derive(Debug, Clone)]
pub enum LayoutOrigin {
    /// A place in copydesk's config.
    Config(Label),
    /// The generator's own config.
    Generator(Arc<str>),
    /// The kind of the site.
    Kind(SiteKind),
}

/// A folder whose pages appear below a path of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mount {
    /// The folder, relative to the site's root, without a slash at either end; empty for the root itself.
    pub folder: Box<str>,
    /// The path, beginning with `/` and not ending with one; empty for the site's `/`.
    pub at: Box<str>,
    /// Whether the config leaves some of its files out, by patterns that are not read.
    pub is_filtered: bool,
}

impl Mount {
    /// A folder and its path on the site, with or without slashes around them.
    pub fn new(folder: &str, at: &str) -> Self {
        let at = at.trim_matches('/');
        let at = if at.is_empty() { String::new() } else { format!("/{at}") };
        Self { folder: clean_folder(folder).into(), at: at.into(), is_filtered: false }
    }

    /// What follows the folder in a path; `None` where the path is elsewhere.
    pub fn below<'a>(&self, path: &'a str) -> Option<&'a str> {
        below(&self.folder, path)
    }
}

/// A folder as people write it, without `./` and slashes around it.
pub(crate) fn clean_folder(folder: &str) -> &str {
    let folder = folder.trim_start_matches("./").trim_matches('/');
    if folder == "." { "" } else { folder }
}

/// What follows `folder` in a path.
pub(crate) fn below<'a>(folder: &str, path: &'a str) -> Option<&'a str> {
    if folder.is_empty() {
        return Some(path);
    }
    path.strip_prefix(folder)?.strip_prefix('/')
}

/// What the path of a page looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RouteForm {
    /// `/tides/`
    Slash,
    /// `/tides`
    Bare,
    /// `/tides.html`
    Html,
    /// The server takes each of them.
    #[default]
    Any,
}

impl RouteForm {
    /// How `copydesk config show` calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Slash => "always",
            Self::Bare => "never",
            Self::Html => "never (paths end in .html)",
            Self::Any => "any",
        }
    }
}

/// Whether paths of pages end with a slash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TrailingSlash {
    /// `/tides/`
    Always,
    /// `/tides`
    Never,
    /// Both are accepted.
    Any,
}

impl From<TrailingSlash> for RouteForm {
    fn from(slash: TrailingSlash) -> Self {
        match slash {
            TrailingSlash::Always => Self::Slash,
            TrailingSlash::Never => Self::Bare,
            TrailingSlash::Any => Self::Any,
        }
    }
}

impl Layout {
    /// Whether a generator is known that makes a file, by its path relative to the project's root, part of the site.
    pub fn has_source(&self, path: &str) -> bool {
        self.generator().is_some() && self.mount_of(path).is_some()
    }

    /// Whether the Markdown engine turns bare URLs into links; `None` where it is not known which it is.
    pub fn makes_autolinks(&self) -> Option<bool> {
        self.autolinks.or_else(|| self.kind?.makes_autolinks())
    }

    /// What follows from the kind alone.
    pub fn of_kind(kind: Option<SiteKind>) -> Self {
        let unknown = || Self { content: vec![Mount::new("", "")], slugs: SlugStyle::Any, ..Self::default() };
        kind.map_or_else(unknown, layout_of_kind)
    }

    /// The path under which the site's `/` is on its host: empty, or beginning with `/` and not ending with one.
    pub fn base(&self) -> &str {
        let given = || self.base.as_deref().unwrap_or_default();
        self.url.as_ref().map_or_else(given, |url| url.path().trim_end_matches('/'))
    }

    /// Whose rules make the anchors of a page. One that is not on the site is read on the forge that keeps it.
    pub fn slugs_of(&self, path: &str, collection: Option<&Collection>) -> SlugStyle {
        let is_on_site = self.mount_of(path).is_some() || collection.is_some_and(|it| it.permalink.is_some());
        let is_gitlab = |url: &Url| url.host_str().is_some_and(|host| host.contains("gitlab"));
        match is_on_site {
            true if self.preprocessed == Preprocessed::All => SlugStyle::None,
            true => self.slugs,
            false if self.repositories.iter().any(is_gitlab) => SlugStyle::Gitlab,
            false => SlugStyle::Github,
        }
    }

    /// The generator, where its pages are not read as they are.
    pub(super) fn generator(&self) -> Option<&dyn Generator> {
        self.generator.as_deref().filter(|_| self.kind != Some(SiteKind::Plain))
    }

    /// The folder that a file's path is in and what follows it there: the longest one that fits.
    pub fn mount_of<'a>(&self, path: &'a str) -> Option<(&Mount, &'a str)> {
        let fitting = self.content.iter().filter_map(|mount| Some((mount, mount.below(path)?)));
        fitting.max_by_key(|(mount, _)| mount.folder.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_cleaned_and_match_whole_names() {
        let mount = Mount::new("./docs/", "guide");
        assert_eq!((&*mount.folder, &*mount.at), ("docs", "/guide"));
        assert_eq!(mount.below("docs/a.md"), Some("a.md"));
        assert_eq!(mount.below("docs-old/a.md"), None);
        assert_eq!(Mount::new(".", "/").below("a.md"), Some("a.md"));
    }
}
