//! The site that a path belongs to.

use std::path::{Path, PathBuf};

use super::names::{CMS_PATHS, FILE_NAMES, markdownlint_config};
use crate::vfs::{FileSystem, GitFolder};

/// A site: the folder that all its paths are relative to, and what says how it is checked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Project {
    /// The folder, absolute.
    pub root: PathBuf,
    /// The config file, relative to `root`, or absolute where it is elsewhere; `None` where there is none.
    pub config: Option<PathBuf>,
}

impl Project {
    /// The project that a folder belongs to: the nearest config upward, else the nearest CMS config, else the
    /// repository, else the nearest config of markdownlint, else the folder itself. The search ends at the
    /// repository's root, so that nothing outside it has a say. A config that cannot be read, such as a link to nothing,
    /// is one as well: that it cannot be is said when it is read.
    pub fn of(files: &dyn FileSystem, folder: &Path) -> Self {
        let repository = files.repository(folder);
        let top = repository.as_ref().and_then(GitFolder::top);
        let ancestors = || {
            let is_inside = move |dir: &&Path| top.is_none_or(|top| dir.starts_with(top));
            folder.ancestors().take_while(is_inside)
        };
        if let Some(project) = ancestors().find_map(|folder| Self::at(files, folder)) {
            return project;
        }
        // One below `site/` says nothing about the folders beside that; the root of its repository is found by itself.
        let paths = || CMS_PATHS.iter().filter(|path| !path.starts_with("site/"));
        let cms_in = |dir: &Path| paths().map(|path| dir.join(path)).find(|file| files.is_there(file));
        // `static/admin/config.yml` is `admin/config.yml` of `static`, which is not the root for that.
        let cms_root = || {
            let cms = ancestors().find_map(cms_in)?;
            ancestors().filter(|dir| paths().any(|path| dir.join(path) == cms)).last()
        };
        // Editors read one in the home folder, which is not a site.
        let home = std::env::home_dir();
        let below_home = || ancestors().take_while(|dir| home.as_deref() != Some(*dir));
        let root =
            cms_root().or(top).or_else(|| below_home().find(|dir| markdownlint_config(files, dir).is_some()));
        Self { root: root.unwrap_or(folder).to_owned(), config: None }
    }

    /// The project whose config is in this very folder.
    pub fn at(files: &dyn FileSystem, folder: &Path) -> Option<Self> {
        let name = FILE_NAMES.iter().find(|name| files.is_there(&folder.join(name)))?;
        Some(Self { root: folder.to_owned(), config: Some(PathBuf::from(name)) })
    }

    /// The project of a folder that is to be checked with this config file, both absolute. Its root is where the
    /// config lies; where the folder is not below that, the root that it would have without the config, `usual`.
    pub fn with_config(file: &Path, folder: &Path, usual: impl FnOnce() -> Self) -> Self {
        let place = file.parent().unwrap_or(Path::new("/"));
        let place = if place.ends_with(".config") { place.parent().unwrap_or(place) } else { place };
        if !folder.starts_with(place) {
            return Self { config: Some(file.to_owned()), ..usual() };
        }
        Self { root: place.to_owned(), config: file.strip_prefix(place).ok().map(Path::to_owned) }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Project;
    use crate::vfs::Memory;

    #[test]
    fn a_site_begins_where_the_whole_path_of_its_cms_config_begins() {
        let root = |folder: &str, config: &str| {
            let config = Path::new("/nowhere/site").join(config);
            Project::of(&Memory::new([(config, &b""[..])]), Path::new(folder)).root
        };
        for folder in
            ["/nowhere/site", "/nowhere/site/static", "/nowhere/site/static/admin", "/nowhere/site/blog"]
        {
            let found = root(folder, "static/admin/config.yml");
            assert_eq!(found, Path::new("/nowhere/site"), "{folder}");
        }
        assert_eq!(root("/nowhere/site/blog", "admin/config.yml"), Path::new("/nowhere/site"));
        assert_eq!(root("/nowhere/site/static", "docs/admin/config.yml"), Path::new("/nowhere/site/static"));
    }
}
