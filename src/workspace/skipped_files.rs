//! Files that look like pages of the site and are not checked. A note lists them.

use std::path::{Path, PathBuf};

use super::{Options, open_site::OpenSite};
use crate::{
    paths,
    text::{is_mdx, quantity},
    vfs::EntryKind,
};

/// How many names a note has.
const MAX_NAMES: usize = 3;

/// Files and folders that were passed over, relative to the current folder.
#[derive(Debug, Default)]
pub(super) struct SkippedFiles {
    /// Symbolic links to pages and folders.
    links: Vec<PathBuf>,
    /// Pages in MDX.
    mdx: Vec<PathBuf>,
    /// Pages in hidden folders.
    hidden: Vec<PathBuf>,
    /// Folders such as `node_modules` that no ignore file names.
    folders: Vec<PathBuf>,
}

impl SkippedFiles {
    /// What of a project was asked for, and is neither checked nor excluded.
    pub(super) fn of(site: &OpenSite, options: &Options<'_>) -> Self {
        let OpenSite { project, request, listing, config, .. } = site;
        let is_meant =
            |path: &Path| request.covers(path) && !request.files.contains(path) && !config.leaves_out(path);
        let shown = |path: &Path| paths::relative(&options.current, &project.root.join(path));
        let is_folder = |path: &Path| {
            options.files.kind(&project.root.join(path)).is_ok_and(|kind| kind == EntryKind::Folder)
        };
        let links = listing.links.iter().filter(|path| is_meant(path));
        let links = links.filter(|path| !is_checked(path, site, options));
        let links = links.filter(|path| config.files.is_match(path) || is_folder(path));
        let mdx = listing.files.iter().filter(|path| is_mdx(path) && is_meant(path));
        let mdx = mdx.filter(|path| !config.is_page(path));
        let hidden = listing.hidden.iter().filter(|path| is_meant(path) && config.is_page(path));
        let hidden = hidden.filter(|path| !config.names_hidden(path) && !request.names_hidden(path));
        // What is in there is not listed. If a page would be one there, a page may be.
        let has_pages = |path: &Path| config.is_page(&path.join("page.md"));
        let folders = listing.passed_over.iter().filter(|path| is_meant(path) && has_pages(path));
        Self {
            links: links.map(|path| shown(path)).collect(),
            mdx: mdx.map(|path| shown(path)).collect(),
            hidden: hidden.map(|path| shown(path)).collect(),
            folders: folders.map(|path| shown(path)).collect(),
        }
    }

    pub(super) fn extend(&mut self, other: Self) {
        self.links.extend(other.links);
        self.mdx.extend(other.mdx);
        self.hidden.extend(other.hidden);
        self.folders.extend(other.folders);
    }

    /// How many pages are not read because of how they are written.
    pub(super) fn unread(&self) -> usize {
        self.mdx.len()
    }

    /// A sentence for each kind, where there are any.
    pub(super) fn notes(self) -> Vec<String> {
        let mut notes = Vec::new();
        if !self.links.is_empty() {
            let links = quantity(self.links.len(), "symbolic link");
            notes.push(format!("{links} to pages or folders not followed: {}", names(&self.links)));
        }
        if !self.mdx.is_empty() {
            let pages = quantity(self.mdx.len(), "MDX page");
            notes.push(format!("{pages} skipped, because `files` does not match them: {}", names(&self.mdx)));
        }
        if !self.hidden.is_empty() {
            let pages = quantity(self.hidden.len(), "hidden page");
            notes.push(format!(
                "{pages} skipped, because no glob in `files` includes hidden paths: {}",
                names(&self.hidden)
            ));
        }
        if !self.folders.is_empty() {
            let folders = quantity(self.folders.len(), "directory");
            notes.push(format!(
                "{folders} skipped, because packages of others are never checked: {}",
                names(&self.folders)
            ));
        }
        notes
    }
}

/// Whether a link leads to a page that is checked under its own name, and in the same way.
fn is_checked(link: &Path, site: &OpenSite, options: &Options<'_>) -> bool {
    let OpenSite { project, listing, config, .. } = site;
    let real = |path: &Path| options.files.real(path).ok();
    let (Some(root), Some(page)) = (real(&project.root), real(&project.root.join(link))) else {
        return false;
    };
    let Ok(page) = page.strip_prefix(&root) else { return false };
    let collections =
        |path: &Path| config.collections_for(path).iter().map(|it| it.index).collect::<Vec<usize>>();
    listing.files.binary_search_by(|file| (**file).cmp(page)).is_ok()
        && config.is_page(page)
        && collections(page) == collections(link)
}

/// The first few names.
fn names(paths: &[PathBuf]) -> String {
    let shown: Vec<String> = paths.iter().take(MAX_NAMES).map(|path| path.display().to_string()).collect();
    match paths.len().saturating_sub(MAX_NAMES) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
