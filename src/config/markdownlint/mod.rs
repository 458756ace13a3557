//! Configs of markdownlint 0.42 and markdownlint-cli2 0.24: read as they read them, honoured where a site has no config
//! of ours, and translated by `copydesk import`.

mod coerce;
mod effect;
mod folders;
mod globs;
mod import;
mod object;
mod read;

pub(super) use effect::{Effect, Semantics};
pub(super) use folders::{FolderId, Folders};
pub(super) use globs::set as glob_set;
pub(super) use import::{ImportedRules, import};
pub(super) use object::Object;

use std::{path::Path, sync::Arc};

use super::load::note;
use crate::{
    data::{self, DataFormat},
    text::Span,
};

/// Names of markdownlint's configs in a folder, the first found winning.
const CONFIGS: [&str; 8] = [
    ".markdownlint.jsonc",
    ".markdownlint.json",
    ".markdownlint.yaml",
    ".markdownlint.yml",
    ".markdownlint.cjs",
    ".markdownlint.mjs",
    ".markdownlint.toml",
    RC,
];

/// The config of markdownlint-cli in any of its notations.
const RC: &str = ".markdownlintrc";

/// The file of npm, in which a key may hold the config of markdownlint-cli2.
const PACKAGE: &str = "package.json";

/// The key of [`PACKAGE`].
const PACKAGE_KEY: &str = "markdownlint-cli2";

/// Names of markdownlint-cli2's configs in a folder, the first found winning.
const OPTIONS: [&str; 4] = [
    ".markdownlint-cli2.jsonc",
    ".markdownlint-cli2.yaml",
    ".markdownlint-cli2.cjs",
    ".markdownlint-cli2.mjs",
];

/// Whether a site's root has a config by whose globs hidden files are files like others.
pub fn picks_hidden_files(root: &Path, is_file: &dyn Fn(&Path) -> bool) -> bool {
    OPTIONS.iter().any(|name| is_file(&root.join(name)))
}

/// Whether a folder has a config of markdownlint.
pub fn is_in(folder: &Path, is_file: &dyn Fn(&Path) -> bool) -> bool {
    config_in(folder, is_file).is_some()
}

/// The name of the config of markdownlint in a folder, if it has one.
pub fn config_in(folder: &Path, is_file: &dyn Fn(&Path) -> bool) -> Option<&'static str> {
    OPTIONS.iter().chain(&CONFIGS).copied().find(|name| is_file(&folder.join(name)))
}

/// The config in a `markdownlint-configure-file` comment: JSON, or one of the other notations in which
/// markdownlint-cli2 has it. `None` where it cannot be read, which is without effect there too.
pub(super) fn inline(source: &str, content: Span, page: &Arc<Path>) -> Option<Object> {
    let trees = [DataFormat::Jsonc, DataFormat::Toml, DataFormat::Yaml]
        .map(|format| data::parse(source, content, format));
    let tree = trees.into_iter().find(data::Tree::is_complete)?;
    Some(tree.root.map_or_else(Object::default, |root| Object::of(&root, page)))
}
