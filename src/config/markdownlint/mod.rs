//! Configs of markdownlint 0.42 and markdownlint-cli2 0.24: read as they read them, honoured where a site has no config
//! of ours, and translated by `copydesk import`.

mod coerce;
mod effect;
mod folders;
mod globs;
mod import;
mod object;
mod read;
mod release;

pub(super) use effect::{Effect, Semantics};
pub(super) use folders::{FolderId, Folders};
pub(super) use globs::set as glob_set;
pub(super) use import::{ImportedRules, import};
pub(super) use object::Object;
use release::Release;

use std::{path::Path, sync::Arc};

use super::load::note;
use crate::{
    data::{self, DataFormat, Node, Value},
    rules::pattern::ASCII,
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
    Some(tree.root.map_or_else(Object::default, |mut root| {
        restrain_patterns(&mut root);
        Object::of(&root, page)
    }))
}

/// Options that are regular expressions.
const PATTERNS: [&str; 2] = ["front_matter_title", "ignored_pattern"];

/// The option whose items are regular expressions where they begin with `%`.
const HEADINGS: &str = "headings";

/// Puts the regular expressions of a page into ASCII mode, in which compiling them takes time in proportion to their
/// length. A character class of Unicode takes milliseconds, and a page may have one for every four bytes.
fn restrain_patterns(config: &mut Node) {
    let Value::Mapping(rules) = &mut config.value else { return };
    for rule in rules.entries.iter_mut() {
        let Value::Mapping(options) = &mut rule.value.value else { continue };
        options.entries.retain(|option| match option.key.text() {
            Some(key) if PATTERNS.contains(&key) => restrain_pattern(&mut option.value),
            Some(HEADINGS) => {
                !option.value.items().iter().filter_map(Node::text).any(|it| it.starts_with('%'))
            }
            _ => true,
        });
    }
}

/// Whether a value can be restrained.
fn restrain_pattern(value: &mut Node) -> bool {
    match &mut value.value {
        Value::Scalar(scalar) => {
            if !scalar.text.is_empty() {
                scalar.text = format!("{ASCII}{}", scalar.text).into();
            }
            true
        }
        Value::Sequence(_) | Value::Mapping(_) => false,
    }
}
