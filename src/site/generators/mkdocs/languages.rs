//! The languages of `mkdocs-static-i18n`.

use crate::{
    data::Node,
    site::urls::{Mount, join},
};

/// How the i18n plugin finds translations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TranslationLayout {
    /// `docs/fr/a.md`
    Folder,
    /// `docs/a.fr.md`
    Suffix,
}

/// The languages of the i18n plugin.
#[derive(Debug)]
pub(super) struct Languages {
    pub(super) structure: TranslationLayout,
    pub(super) default: Box<str>,
    pub(super) others: Vec<Box<str>>,
    /// Whether pages without a translation are in the other languages too.
    pub(super) falls_back: bool,
}

/// What the options of the plugin say.
pub(super) fn languages(node: &Node) -> Option<Languages> {
    let text = |node: &Node, key: &str| node.get(key).and_then(Node::text).map(Box::<str>::from);
    let all = node.get("languages")?.items();
    let is_default = |it: &&Node| it.get("default").and_then(Node::as_bool) == Some(true);
    let default = all.iter().find(is_default).and_then(|it| text(it, "locale"))?;
    let others = all.iter().filter(|it| !is_default(it)).filter_map(|it| text(it, "locale")).collect();
    let structure = match text(node, "docs_structure").as_deref() {
        Some("folder") => TranslationLayout::Folder,
        _ => TranslationLayout::Suffix,
    };
    let falls_back = node.get("fallback_to_default").and_then(Node::as_bool) != Some(false);
    Some(Languages { structure, default, others, falls_back })
}

impl Languages {
    /// The language of a file, and its path without that.
    pub(super) fn split(&self, below: &str) -> (String, Option<&str>) {
        let known =
            |code: &str| self.others.iter().chain([&self.default]).find(|it| ***it == *code).map(|it| &**it);
        match self.structure {
            TranslationLayout::Folder => {
                match below.split_once('/').and_then(|(code, rest)| Some((rest, known(code)?))) {
                    Some((rest, code)) => (rest.to_owned(), Some(code)),
                    None => (below.to_owned(), None),
                }
            }
            TranslationLayout::Suffix => {
                let stem = below.rsplit_once('.').and_then(|(stem, ending)| {
                    let (bare, code) = stem.rsplit_once('.')?;
                    Some((format!("{bare}.{ending}"), known(code)?))
                });
                stem.map_or_else(|| (below.to_owned(), None), |(bare, code)| (bare, Some(code)))
            }
        }
    }

    /// The folders of files, where each language has one: the default one is at the `/` of the site, and its files are
    /// in the other languages too.
    pub(super) fn files(&self, docs: &str) -> Vec<Mount> {
        if self.structure != TranslationLayout::Folder {
            return vec![];
        }
        let folder = |code: &str| join(docs, code);
        let mount = |code: &str, at: &str| Some(Mount::new(&folder(code)?, at));
        let others = self.others.iter().filter_map(|code| mount(code, code));
        let shared = self.others.iter().filter(|_| self.falls_back);
        let shared = shared.filter_map(|code| mount(&self.default, code));
        mount(&self.default, "").into_iter().chain(others).chain(shared).collect()
    }

    /// The files that a link in a page may name, both by their paths in the folder of pages. What is not built in the language of
    /// the page is not found.
    pub(super) fn files_of_link(&self, here: &str, below: &str) -> Vec<String> {
        let current = self.split(here).1.unwrap_or(&self.default);
        if self.structure == TranslationLayout::Suffix {
            let (plain, named) = self.split(below);
            let mut files = vec![self.file(&plain, named.unwrap_or(current)), below.to_owned()];
            // The name of a file that has a language stands for no other.
            if self.falls_back && named.is_none() {
                files.extend([self.file(&plain, &self.default), plain]);
            }
            return files;
        }
        let in_folder = |code: &str| below.strip_prefix(code).and_then(|rest| rest.strip_prefix('/'));
        let (first, rest, other) = match (in_folder(current), in_folder(&self.default)) {
            (Some(rest), _) => (current, rest, &*self.default),
            (None, Some(rest)) => (&*self.default, rest, current),
            (None, None) => (current, below, &*self.default),
        };
        let of_language = |code: &str| self.file(rest, code);
        let other = Some(of_language(other)).filter(|_| self.falls_back);
        let files = [of_language(first)].into_iter().chain(other).chain([rest.to_owned()]);
        let has_default = self.falls_back || *current == *self.default;
        let is_built = |file: &String| match self.split(file).1 {
            Some(code) => code == current || has_default && *code == *self.default,
            None => has_default,
        };
        files.filter(is_built).collect()
    }

    pub(super) fn prefix(&self, code: Option<&str>) -> String {
        code.filter(|code| **code != *self.default).map_or_else(String::new, |code| format!("/{code}"))
    }

    /// The file of a page in a language.
    pub(super) fn file(&self, bare: &str, code: &str) -> String {
        match self.structure {
            TranslationLayout::Folder => format!("{code}/{bare}"),
            TranslationLayout::Suffix => bare
                .rsplit_once('.')
                .map_or_else(|| bare.to_owned(), |(stem, ending)| format!("{stem}.{code}.{ending}")),
        }
    }
}
