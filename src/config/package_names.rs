//! The names of the packages that a site uses, which are right in its text as well.

use std::{collections::BTreeSet, path::Path};

use super::{Config, load::ConfigSource};
use crate::{
    data::{DataFormat, Node},
    discover::SiteFiles,
};

/// The files in the root of a site that name packages, and the keys below which they have them.
const MANIFESTS: [(&str, DataFormat, &[&[&str]]); 2] = [
    (
        "package.json",
        DataFormat::Json,
        &[&["dependencies"], &["devDependencies"], &["peerDependencies"], &["optionalDependencies"]],
    ),
    (
        "Cargo.toml",
        DataFormat::Toml,
        &[&["dependencies"], &["dev-dependencies"], &["workspace", "dependencies"]],
    ),
];

/// The fewest letters of a name that is worth keeping.
const FEWEST: usize = 4;

impl Config {
    /// Accepts the names of packages, unless what the pages' repository says of words has no effect.
    pub(super) fn read_package_names(&mut self, files: &SiteFiles) {
        if !self.reading.directives {
            return;
        }
        let mut roots: BTreeSet<Box<str>> = self.sites.iter().map(|layout| layout.root.clone()).collect();
        roots.insert("".into());
        for root in &roots {
            for (file, format, keys) in MANIFESTS {
                let path = Path::new(&**root).join(file);
                let Ok(source) = ConfigSource::read_as(files, &path, format) else { continue };
                for names in keys.iter().filter_map(|keys| below(source.tree.root.as_ref()?, keys)) {
                    self.accept_names(names);
                }
            }
        }
    }

    /// The keys of a mapping are names of packages: `@scope/name`, `name-of-words`.
    fn accept_names(&mut self, names: &Node) {
        for entry in names.entries() {
            let name = entry.key.text().unwrap_or_default();
            let parts = name.split(|c: char| !c.is_ascii_alphabetic());
            parts.filter(|part| part.len() >= FEWEST).for_each(|part| self.spelling.add(part));
        }
    }
}

fn below<'n>(root: &'n Node, keys: &[&str]) -> Option<&'n Node> {
    keys.iter().try_fold(root, |node, key| node.get(key))
}
