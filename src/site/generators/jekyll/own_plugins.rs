//! Plugins that a Jekyll site has of its own. They are not run.

use std::collections::HashSet;

use crate::site::generators::{Setup, setup::each_file, source::ends_in};

/// The folder of plugins, below the source.
pub(super) const FOLDER: &str = "_plugins";

/// The most plugins that are read, and how many bytes of each.
const MAX_PLUGINS: usize = 64;
const MAX_LENGTH: usize = 1 << 17;

/// What a plugin has that makes pages or files.
const MAKERS: [&str; 5] = ["Generator", "Page.new", "PageWithoutAFile", "StaticFile", ".register"];

/// What the plugins of a site may make.
#[derive(Debug, Default)]
pub(super) struct OwnPlugins {
    /// Whether one of them may make pages.
    pub(super) makes_pages: bool,
    /// What may be the first part of the paths of such pages: the words with which the strings of those plugins begin.
    names: HashSet<Box<str>>,
}

impl OwnPlugins {
    pub(super) fn read(setup: &Setup<'_>, source: &str) -> Self {
        let mut it = Self::default();
        let folder = if source.is_empty() { FOLDER.to_owned() } else { format!("{source}/{FOLDER}") };
        let Some(folder) = setup.path(&folder) else { return it };
        let mut left = MAX_PLUGINS;
        each_file(
            &folder,
            |folder| setup.project.names(folder),
            |_| true,
            |folder, name| {
                if !ends_in(name, &["rb"]) {
                    return;
                }
                let text = setup.project.text(&format!("{folder}/{name}")).unwrap_or_default();
                let is_read = left > 0 && text.len() <= MAX_LENGTH;
                left = left.saturating_sub(1);
                if !is_read {
                    it.makes_pages = true;
                } else if MAKERS.iter().any(|maker| text.contains(maker)) {
                    it.makes_pages = true;
                    it.names.extend(names(&text).map(Box::from));
                }
            },
        );
        it
    }

    /// Whether they may make pages whose path has this first part.
    pub(super) fn may_make(&self, first: &str) -> bool {
        self.makes_pages && self.names.contains(first)
    }
}

/// The words that follow the quotes of a program.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(['"', '\'', '\n']).map(|part| part.trim_start_matches('/'));
    parts.filter_map(|part| {
        let end = part.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(part.len());
        Some(&part[..end]).filter(|name| !name.is_empty())
    })
}
