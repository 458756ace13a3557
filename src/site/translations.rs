//! Which pages are translations of which.

use super::{Page, Site};
use crate::{spelling::is_language_tag, text::PAGE_ENDINGS_WITH_MDX};

impl Site {
    /// The page that another is a translation of, by their paths; `language` is that of originals which have a directory
    /// or a suffix for it.
    pub fn original_of(&self, page: &Page, language: &str) -> Option<&Page> {
        let path = page.path.to_str()?;
        let here = self.page_at(path)?;
        let found = originals(path, language).into_iter().find_map(|path| self.page_at(&path));
        found.filter(|index| *index != here).map(|index| &self.pages[index])
    }
}

/// The paths that the original of a page may have, the likeliest first; empty if the page is not a translation.
fn originals(path: &str, language: &str) -> Vec<String> {
    let is_translation = |tag: &str| is_language_tag(tag) && !tag.eq_ignore_ascii_case(language);
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    let mut parts = name.rsplitn(3, '.');
    if let (Some(ending), Some(tag), Some(stem)) = (parts.next(), parts.next(), parts.next())
        && is_translation(tag)
    {
        let slash = if folder.is_empty() { "" } else { "/" };
        return vec![
            format!("{folder}{slash}{stem}.{ending}"),
            format!("{folder}{slash}{stem}.{language}.{ending}"),
        ];
    }
    let folders: Vec<&str> = folder.split('/').collect();
    let Some(at) = folders.iter().position(|part| is_translation(part)) else { return vec![] };
    let (before, after) = (&folders[..at], &folders[at + 1..]);
    if before.last() == Some(&"i18n")
        && let Some((plugin, below)) = after.split_first()
        && let Some(folders) = docusaurus(plugin, below)
    {
        let above = &before[..before.len() - 1];
        let joined = |folder: String| {
            let parts = above.iter().map(|part| (*part).to_owned()).chain([folder, name.to_owned()]);
            parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
        };
        return with_other_endings(folders.into_iter().map(joined));
    }
    let joined = |middle: Option<&str>| {
        let parts = before.iter().copied().chain(middle).chain(after.iter().copied()).chain([name]);
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
    };
    with_other_endings([joined(None), joined(Some(language))].into_iter())
}

/// The folders of the originals of a plugin of Docusaurus, `below` which its translations have this path.
fn docusaurus(plugin: &str, below: &[&str]) -> Option<Vec<String>> {
    let kind = plugin.strip_prefix("docusaurus-plugin-content-")?;
    let (kind, id) = kind.split_once('-').map_or((kind, None), |(kind, id)| (kind, Some(id)));
    let join = |first: &str, rest: &[&str]| [&[first][..], rest].concat().join("/");
    Some(match (kind, below.split_first()) {
        ("docs", Some((&"current", rest))) => {
            id.into_iter().chain(["docs"]).map(|folder| join(folder, rest)).collect()
        }
        ("docs", Some((version, rest))) => {
            let folder = id.map_or("versioned_docs".to_owned(), |id| format!("{id}_versioned_docs"));
            vec![join(&format!("{folder}/{version}"), rest)]
        }
        ("blog", _) => vec![join(id.unwrap_or("blog"), below)],
        ("pages", _) => vec![join("src/pages", below)],
        _ => return None,
    })
}

/// The same paths, and then those with the other endings of pages.
fn with_other_endings(paths: impl Iterator<Item = String>) -> Vec<String> {
    let paths: Vec<String> = paths.collect();
    let others = paths.iter().filter_map(|path| Some((path.rsplit_once('.')?, path)));
    let others = others.flat_map(|((stem, _), path)| {
        let all = PAGE_ENDINGS_WITH_MDX.iter().map(move |ending| format!("{stem}.{ending}"));
        all.filter(move |other| other != path)
    });
    let others: Vec<String> = others.collect();
    paths.into_iter().chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::originals;

    #[test]
    fn the_paths_of_originals_follow_from_that_of_a_translation() {
        for (path, expected) in [
            ("content/tides.fr.md", vec!["content/tides.md", "content/tides.en.md"]),
            ("tides.fr.md", vec!["tides.md", "tides.en.md"]),
            ("docs/fr/tides.md", vec!["docs/tides.md", "docs/en/tides.md"]),
            ("pt-br/a/tides.md", vec!["a/tides.md", "en/a/tides.md"]),
            ("docs/en/tides.md", vec![]),
            ("docs/tides.md", vec![]),
            ("docs/go/tides.md", vec![]),
            (
                "site/i18n/de/docusaurus-plugin-content-docs/current/a/tides.md",
                vec!["site/docs/a/tides.md", "site/docs/a/tides.markdown"],
            ),
            (
                "i18n/de/docusaurus-plugin-content-docs-harbour/version-2/tides.md",
                vec!["harbour_versioned_docs/version-2/tides.md"],
            ),
            ("i18n/de/docusaurus-plugin-content-blog/tides.md", vec!["blog/tides.md"]),
            ("i18n/de/docusaurus-plugin-content-pages/tides.mdx", vec!["src/pages/tides.mdx"]),
        ] {
            let found = originals(path, "en");
            assert_eq!(found[..expected.len().min(found.len())], expected, "{path}");
        }
        assert!(originals("docs/de/tides.md", "de").is_empty());
    }
}
