//! The files that MkDocs adds to every page: `auto_append` of the snippets extension of `PyMdown`.

use std::path::Path;

use super::load::{ConfigSource, join};
use crate::discover::SiteFiles;
use crate::{data::Node, markdown::SharedDefinitions, site::urls::SiteKind};

/// Files that are read at most.
const MAX_FILES: usize = 100;

/// What the config of the generator has added to every page.
pub(super) fn shared_definitions(files: &SiteFiles, kind: Option<SiteKind>) -> SharedDefinitions {
    let mut shared = SharedDefinitions::default();
    if kind != Some(SiteKind::Mkdocs) {
        return shared;
    }
    let mut configs = SiteKind::Mkdocs.engine().configs.iter();
    let root = configs.find_map(|path| ConfigSource::read(files, Path::new(path)).ok()?.tree.root);
    let Some(root) = root else { return shared };
    let Some(options) = extension(&root, "pymdownx.snippets") else { return shared };
    let texts = |key: &str| -> Vec<&str> {
        options.get(key).map_or(&[][..], Node::self_or_items).iter().filter_map(Node::text).collect()
    };
    let folders = match texts("base_path") {
        folders if folders.is_empty() => vec!["."],
        folders => folders,
    };
    for name in texts("auto_append").into_iter().take(MAX_FILES) {
        let read = |folder: &&str| {
            let path = join(&join(Path::new(""), folder), name);
            files.read(&path).ok().map(|text| (path, text))
        };
        if let Some((path, text)) = folders.iter().find_map(read) {
            shared.add(&path, &text);
        }
    }
    shared
}

/// The options of an extension, in either of the two forms that a list of extensions has.
fn extension<'a>(root: &'a Node, name: &str) -> Option<&'a Node> {
    let extensions = root.get("markdown_extensions")?;
    extensions.get(name).or_else(|| extensions.items().iter().find_map(|item| item.get(name)))
}
