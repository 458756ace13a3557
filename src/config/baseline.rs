//! `baseline` of a config.

use std::path::{Path, PathBuf};

use super::{
    load::{ConfigSource, join, mistake},
    raw::RawConfig,
};
use crate::{
    data::{Node, Segment},
    diagnostic::Diagnostic,
    discover::SiteFiles,
};

/// The baseline that the config at `path` names, relative to the root. What is wrong with the config is reported when
/// it is loaded.
pub fn baseline(files: &SiteFiles, path: &Path) -> Option<PathBuf> {
    let source = ConfigSource::read(files, path).ok()?;
    let name = source.tree.root.as_ref()?.get("baseline").and_then(Node::text)?;
    Some(beside(path, name)).filter(|file| is_inside(file))
}

/// Reports a baseline outside of the site.
pub(super) fn check(source: &ConfigSource, raw: &RawConfig, diagnostics: &mut Vec<Diagnostic>) {
    let Some(name) = &raw.baseline else { return };
    if !is_inside(&beside(&source.path, name)) {
        let place = source.value_place(&[Segment::key("baseline")]);
        diagnostics.push(mistake(place, format!("baseline `{name}` is outside the site root")));
    }
}

/// The path of a file that a config names relative to its directory.
fn beside(config: &Path, name: &str) -> PathBuf {
    join(config.parent().unwrap_or(Path::new("")), name)
}

fn is_inside(path: &Path) -> bool {
    path.is_relative() && !path.starts_with("..")
}
