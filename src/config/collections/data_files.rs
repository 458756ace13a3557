//! Data files: those that have records, and those that are checked against a schema as the front matter of pages is, which
//! `files` of a collection or the file collections of a CMS name.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{CollectionsBuilder, clean};
use crate::{
    config::{
        cms::CmsCollection,
        globs::{builder, is_data_glob},
        load::{ConfigSource, mistake},
        raw::OneOrMany,
    },
    diagnostic::Label,
    discover::SiteFiles,
    front_matter::schema::Schema,
    site::{CheckedData, DataFile, UndeclaredKeys},
};

/// The most files and folders that are looked at for the globs of a collection.
const MAX_ENTRIES: usize = 20_000;

impl CollectionsBuilder<'_> {
    /// Reads a data file, once; its path, if that went well.
    pub(super) fn data(&mut self, path: &Path, mentioned: &Label) -> Option<Arc<Path>> {
        if let Some(known) = self.data.iter().find(|file| *file.path == *path) {
            return Some(Arc::clone(&known.path));
        }
        let source = self.source(path, mentioned)?;
        let path = Arc::clone(&source.path);
        self.data.push(DataFile { path: source.path, tree: source.tree });
        Some(path)
    }

    /// Checks the data files among the files of a collection, which are named at a place.
    pub(super) fn check_data(&mut self, globs: &OneOrMany, schema: Option<&Arc<Schema>>, mentioned: &Label) {
        let Some(schema) = schema else { return };
        for glob in globs.as_slice().iter().filter(|glob| is_data_glob(glob)) {
            let matching = matching(self.files, glob).unwrap_or_else(|| {
                let message = format!("`{glob}` covers more than {MAX_ENTRIES} files and directories");
                self.diagnostics.push(mistake(mentioned.clone(), message));
                vec![]
            });
            for path in matching {
                self.check_data_file(&path, schema, UndeclaredKeys::Refused);
            }
        }
    }

    /// Checks the file that a file collection of a CMS describes.
    pub(super) fn check_cms_data(&mut self, collection: CmsCollection) {
        let Some(path) = collection.data else { return };
        // The fields of its pages would be reported where they cannot be read; a file without them has nothing to say.
        let Ok(schema) = Schema::derived(collection.schema) else { return };
        // The CMS keeps the keys that it has no fields for.
        self.check_data_file(&clean(&path), &Arc::new(schema), UndeclaredKeys::Kept);
    }

    /// Reads a file to check; one that is not there is not made yet.
    fn check_data_file(&mut self, path: &Path, schema: &Arc<Schema>, undeclared_keys: UndeclaredKeys) {
        let Some(source) = ConfigSource::at(self.files, path, self.diagnostics) else { return };
        let checked = CheckedData::new(source.path, source.tree, Arc::clone(schema), undeclared_keys);
        self.checked.insert(Arc::clone(&checked.path), Arc::new(checked));
    }
}

/// The files that a glob matches, sorted; `None` if there is too much to look at.
fn matching(files: &SiteFiles, glob: &str) -> Option<Vec<PathBuf>> {
    let Ok(matcher) = builder(glob).build().map(|glob| glob.compile_matcher()) else { return Some(vec![]) };
    let glob = glob.trim_start_matches("./").trim_start_matches('/');
    let parts = || glob.split('/');
    let fixed: PathBuf = parts().take_while(|part| !part.contains(['*', '?', '[', '{'])).collect();
    if fixed == Path::new(glob) {
        return Some(vec![fixed]);
    }
    let depth = if glob.contains("**") { usize::MAX } else { parts().count() };
    let mut found = Vec::new();
    let (mut folders, mut seen) = (vec![fixed], 0);
    while let Some(folder) = folders.pop() {
        for name in files.names(&folder).iter() {
            seen += 1;
            match name.strip_suffix('/') {
                Some(inner) if inner.starts_with('.') || inner == "node_modules" => {}
                Some(inner) if folder.iter().count() + 1 < depth => folders.push(folder.join(inner)),
                Some(_) => {}
                None => found.extend(Some(folder.join(name)).filter(|path| matcher.is_match(path))),
            }
        }
        if seen > MAX_ENTRIES {
            return None;
        }
    }
    found.sort();
    Some(found)
}
