//! Folders of files that a checkout lacks as a whole.

use std::collections::{HashMap, HashSet};

use super::{
    Missing, Target,
    path::{ending, join, parent},
};
use crate::{links::TargetKind, site::Site, text::PAGE_ENDINGS_WITH_MDX};

/// The fewest missing files, and pages that link to them, for which a folder is absent and not misspelled.
const LEAST_FILES: usize = 20;
const LEAST_PAGES: usize = 5;

/// With so many files that are no images, one page is enough: it lists downloads.
const LEAST_DOWNLOADS: usize = 50;

/// A path with more folders is not looked into.
const MOST_FOLDERS: usize = 32;

/// The folders of images and downloads of which a site has nothing although many of its pages link to what should be in
/// them: they are kept elsewhere, such as on a server or in another repository.
#[derive(Debug, Default)]
pub(super) struct AbsentFolders(HashSet<Box<str>>);

/// What pages link to below a folder that is not there.
#[derive(Default)]
struct Uses<'a> {
    files: HashSet<&'a str>,
    downloads: HashSet<&'a str>,
    pages: HashSet<usize>,
}

impl Site {
    /// The folder, beginning with `/` where it is named by its path on the site, that a missing file is in and that the
    /// checkout lacks as a whole. The first call looks at the links of all pages.
    pub fn absent_folder<'m>(&self, missing: &'m Missing) -> Option<&'m str> {
        let folder = self.highest_missing_folder(missing)?;
        let absent = self.urls.absent.get_or_init(|| self.absent_folders());
        absent.0.contains(folder).then_some(folder)
    }

    fn absent_folders(&self) -> AbsentFolders {
        let mut uses: HashMap<&str, Uses<'_>> = HashMap::new();
        for (index, page) in self.pages.iter().enumerate() {
            for (link, target) in self.leads(page) {
                if let Target::Missing(missing) = target.on_site()
                    && let Some(folder) = self.highest_missing_folder(missing)
                {
                    let uses = uses.entry(folder).or_default();
                    uses.files.insert(&missing.looked_for);
                    if !matches!(link.kind, TargetKind::Image | TargetKind::HtmlMedia) {
                        uses.downloads.insert(&missing.looked_for);
                    }
                    uses.pages.insert(index);
                }
            }
        }
        let is_absent = |uses: &Uses<'_>| {
            uses.files.len() >= LEAST_FILES && uses.pages.len() >= LEAST_PAGES
                || uses.downloads.len() >= LEAST_DOWNLOADS
        };
        AbsentFolders(
            uses.into_iter().filter(|(_, uses)| is_absent(uses)).map(|(folder, _)| folder.into()).collect(),
        )
    }

    /// The highest folder above a missing file that does not exist either; `None` where its own folder exists, and for
    /// pages.
    fn highest_missing_folder<'m>(&self, missing: &'m Missing) -> Option<&'m str> {
        let path = &*missing.looked_for;
        let ending = ending(path);
        let is_page = ending.is_empty()
            || matches!(ending.as_str(), "html" | "htm")
            || PAGE_ENDINGS_WITH_MDX.contains(&ending.as_str());
        if is_page || missing.case_twin.is_some() || path.matches('/').nth(MOST_FOLDERS).is_some() {
            return None;
        }
        let mut folder = parent(path);
        let mut highest = None;
        while !folder.trim_matches('/').is_empty() && !self.has_folder_of_files(folder) {
            highest = Some(folder);
            folder = parent(folder);
        }
        highest
    }

    /// Whether files may be in a folder: of the repository, or of a path of the site.
    fn has_folder_of_files(&self, folder: &str) -> bool {
        let inventory = self.urls.inventory();
        let Some(below) = folder.strip_prefix('/') else { return inventory.has_folder(folder) };
        self.urls.sites.iter().any(|layout| {
            let content = layout.content.iter().map(|mount| &mount.folder);
            let mut roots = layout.statics.iter().chain(content);
            roots.any(|root| join(root, below).is_some_and(|path| inventory.has_folder(&path)))
        })
    }
}
