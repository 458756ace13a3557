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

/// The config of markdownlint-cli in any of its notations.
const RC: &str = ".markdownlintrc";

/// The file of npm, in which a key may hold the config of markdownlint-cli2.
const PACKAGE: &str = "package.json";

/// The key of [`PACKAGE`].
const PACKAGE_KEY: &str = "markdownlint-cli2";

/// The config in a `markdownlint-configure-file` comment: JSON, or one of the other notations in which
/// markdownlint-cli2 has it. `None` where it cannot be read, which is without effect there too.
pub(super) fn inline(source: &str, content: Span, page: &Arc<Path>) -> Option<Object> {
    let trees = [DataFormat::Jsonc, DataFormat::Toml, DataFormat::Yaml]
        .map(|format| data::parse(source, content, format));
    let tree = trees.into_iter().find(data::Tree::is_complete)?;
    Some(tree.root.map_or_else(Object::default, |root| Object::of(&root, page)))
}
