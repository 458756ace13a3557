//! Which files there are: the site that a path belongs to, and what is in it.

mod ignore_files;
mod ignored_by_git;
mod names;
mod project;
mod site_files;
mod walk;

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    sync::Arc,
};

pub use ignore_files::IGNORE_FILES;
pub use ignored_by_git::IgnoredByGit;
pub use names::{CMS_PATHS, FILE_NAMES, MARKDOWNLINT_CLI2_NAMES, MARKDOWNLINT_NAMES, markdownlint_config};
pub use project::Project;
pub use site_files::{FileTexts, FolderNames, SiteFiles};
pub use walk::everything;

use crate::vfs::{EntryKind, FileSystem};
use ignore_files::{Decision, IgnoreFiles};
use walk::{Hidden, Walk};

/// What is in a project.
#[derive(Debug, Default)]
pub struct Listing {
    /// Its files, relative to its root, sorted. Files of nested projects are not among them.
    pub files: Vec<Arc<Path>>,
    /// Files in it whose path has a part that begins with a dot, and that no ignore file takes back; as `files` are.
    /// They are pages only if a glob or a path on the command line names them.
    pub hidden: Vec<Arc<Path>>,
    /// Its symbolic links, which are not followed, relative to its root, sorted.
    pub links: Vec<PathBuf>,
    /// Its folders that are left out by their name and by no ignore file, relative to its root, sorted.
    pub passed_over: Vec<PathBuf>,
    /// The projects in it that have a config of their own.
    pub nested: Vec<Project>,
    /// Folders that could not be read, with the reason.
    pub unreadable: Vec<(PathBuf, String)>,
    /// Ignore files that cannot be used, absolute, with the reason.
    pub unusable: Vec<(PathBuf, String)>,
}

/// Lists a project, respecting `.gitignore`, `.ignore` and `.copydeskignore`, and without a config of ours
/// `.markdownlintignore`, without following links. Hidden files are listed by themselves, unless a config of
/// markdownlint-cli2 holds or an ignore file takes them back; `.git` and `node_modules` are left out.
pub fn list(files: &dyn FileSystem, project: &Project) -> Listing {
    list_by(files, files, project)
}

/// Lists the files of a project, of which the ignore files and the configs of another state leave some out.
pub fn list_by(rules: &dyn FileSystem, files: &dyn FileSystem, project: &Project) -> Listing {
    let is_foreign = project.config.is_none();
    let first = usize::from(!is_foreign);
    let with_hidden = is_foreign && names::picks_hidden_files(rules, &project.root);
    let hidden = if with_hidden { Hidden::Listed } else { Hidden::Apart };
    let ignore_files = IgnoreFiles::above(rules, &project.root, first..IGNORE_FILES.len()).with_local_rules();
    let mut listing = Listing::default();
    Walk { files, rules: ignore_files, hidden, listing: &mut listing }
        .run(&project.root, |folder| Project::at(rules, folder));
    listing.nested.sort();
    listing.files.sort();
    listing.hidden.sort();
    listing.links.sort();
    listing.passed_over.sort();
    listing
}

/// Whether a file, by path relative to its site, is in a folder that no ignore file needs to name.
pub fn is_passed_over(path: &Path) -> bool {
    path.iter().any(walk::is_passed_over)
}

/// Which of some files, absolute, the ignore files of a project leave out, or of folders on the way to them.
pub fn ignored(rules: &dyn FileSystem, project: &Project, files: &[PathBuf]) -> HashSet<PathBuf> {
    let first = usize::from(project.config.is_some());
    let mut rules = IgnoreFiles::above(rules, &project.root, first..IGNORE_FILES.len());
    let mut entered: Vec<&Path> = Vec::new();
    let mut ignored = HashSet::new();
    let mut files: Vec<&PathBuf> = files.iter().filter(|file| file.starts_with(&project.root)).collect();
    files.sort();
    for file in files {
        entered.retain(|folder| file.starts_with(folder));
        let mut below: Vec<&Path> = file.ancestors().take_while(|path| *path != project.root).collect();
        below.reverse();
        for path in below {
            let kind = if path == file { EntryKind::File } else { EntryKind::Folder };
            if entered.contains(&path) {
                continue;
            }
            if rules.decide(path, kind) == Decision::Ignored {
                ignored.insert(file.clone());
                break;
            }
            if kind == EntryKind::Folder {
                rules.enter(path);
                entered.push(path);
            }
        }
    }
    ignored
}

#[cfg(test)]
mod tests;
