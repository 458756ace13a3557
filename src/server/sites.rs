//! The sites that open texts and folders belong to, and which of them have to be read again.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use jiff::civil;

use super::site_index::SiteIndex;
use crate::{
    discover::Project,
    vfs::{FileOverlay, FileSystem as _},
    workspace::Facts,
};

/// How long nothing must change on disk before a site is read again: files often change together.
pub(super) const QUIET: Duration = Duration::from_millis(150);

/// How long nothing must be typed before a site is read again for what a page says to others.
pub(super) const PAUSE: Duration = Duration::from_secs(1);

/// A site and how far it is known.
pub(super) struct KnownSite {
    /// Its root and its config file.
    pub(super) project: Project,
    /// What is known of it; `None` until it was read once.
    pub(super) index: Option<SiteIndex>,
    /// When it has to be read again.
    due: Option<Instant>,
    /// Whether it is being read.
    is_running: bool,
    /// Whether nothing shows it to be a site, so that only its open pages are known.
    is_lone: bool,
}

/// All sites, by root.
#[derive(Default)]
pub(super) struct ServedSites {
    by_root: BTreeMap<PathBuf, KnownSite>,
    /// The roots that folders belong to.
    roots: HashMap<PathBuf, PathBuf>,
}

impl ServedSites {
    /// The root of the site that a folder belongs to. A site that is new is read soon; the folder is one of its own
    /// where no `folders` hold it and nothing says that it is a site.
    pub(super) fn add(
        &mut self,
        folder: &Path,
        folders: &[PathBuf],
        files: &FileOverlay,
        today: civil::Date,
    ) -> PathBuf {
        if let Some(root) = self.roots.get(folder) {
            return root.clone();
        }
        let project = Project::of(files, folder);
        let is_lone = project.config.is_none()
            && project.root == *folder
            && files.repository(folder).is_none_or(|it| it.top() != Some(folder))
            && !folders.iter().any(|open| folder.starts_with(open));
        self.roots.insert(folder.to_owned(), project.root.clone());
        let root = project.root.clone();
        self.by_root.entry(root.clone()).or_insert_with(|| KnownSite {
            index: is_lone.then(|| SiteIndex::of_nothing(project.clone(), today)),
            due: (!is_lone).then(Instant::now),
            is_running: false,
            is_lone,
            project,
        });
        root
    }

    /// The site with a root.
    pub(super) fn get(&self, root: &Path) -> Option<&KnownSite> {
        self.by_root.get(root)
    }

    /// What is known of the site that a file belongs to; of sites in sites the innermost.
    pub(super) fn index_of(&self, path: &Path) -> Option<&SiteIndex> {
        path.ancestors().skip(1).find_map(|folder| self.by_root.get(folder))?.index.as_ref()
    }

    /// All that is known.
    pub(super) fn indexes(&self) -> impl Iterator<Item = &SiteIndex> {
        self.by_root.values().filter_map(|site| site.index.as_ref())
    }

    /// What was read of the pages of a site.
    pub(super) fn facts(&self, root: &Path) -> Facts {
        let index = self.get(root).and_then(|site| site.index.as_ref());
        index.map(|index| index.facts().clone()).unwrap_or_default()
    }

    /// Whether every site was read once.
    pub(super) fn are_read(&self) -> bool {
        self.by_root.values().all(|site| site.index.is_some())
    }

    /// Notes that a file changed: its site, and those that it is in, are read again after a while.
    pub(super) fn touch(&mut self, path: &Path, wait: Duration) {
        for folder in path.ancestors() {
            if let Some(site) = self.by_root.get_mut(folder)
                && !site.is_lone
            {
                site.due = Some(Instant::now() + wait);
            }
        }
    }

    /// Notes that anything may have changed.
    pub(super) fn touch_all(&mut self) {
        let roots: Vec<PathBuf> = self.by_root.keys().cloned().collect();
        for root in roots {
            self.touch(&root, Duration::ZERO);
        }
    }

    /// Forgets where folders belong, and all sites: configs came or went, or folders were closed.
    pub(super) fn forget(&mut self) {
        self.roots.clear();
        let running = std::mem::take(&mut self.by_root).into_iter().filter(|(_, site)| site.is_running);
        // What is being read is let finish, so that no site is read twice at once.
        self.by_root = running.collect();
        for site in self.by_root.values_mut() {
            site.due = Some(Instant::now());
        }
    }

    /// Notes that a text of a site was opened that was not read yet, or that is not on disk.
    pub(super) fn wake(&mut self, root: &Path) {
        if let Some(site) = self.by_root.get_mut(root).filter(|site| site.index.is_none() && !site.is_running)
        {
            site.due.get_or_insert_with(Instant::now);
        }
    }

    /// The site to read now, which counts as being read from now on.
    pub(super) fn next_due(&mut self) -> Option<Project> {
        let is_due =
            |site: &&mut KnownSite| !site.is_running && site.due.is_some_and(|due| due <= Instant::now());
        // One at a time: each uses all cores.
        if self.by_root.values().any(|site| site.is_running) {
            return None;
        }
        let site = self.by_root.values_mut().find(is_due)?;
        (site.due, site.is_running) = (None, true);
        Some(site.project.clone())
    }

    /// How long to wait for the next site to read; `None` where none waits.
    pub(super) fn wait(&self) -> Option<Duration> {
        let waiting = self.by_root.values().filter(|site| !site.is_running);
        waiting.filter_map(|site| Some(site.due?.saturating_duration_since(Instant::now()))).min()
    }

    /// Takes what was read of a site; `None` where reading failed. One whose config has errors keeps what was known of
    /// its pages.
    pub(super) fn finish(&mut self, root: &Path, read: Option<SiteIndex>, today: civil::Date) {
        let Some(site) = self.by_root.get_mut(root) else { return };
        site.is_running = false;
        match (read, &mut site.index) {
            (Some(read), Some(known)) if read.is_broken && !known.is_broken => known.findings = read.findings,
            (Some(read), known) => {
                let old = known.replace(read);
                // Freeing it takes as long as several edits.
                rayon::spawn(move || drop(old));
            }
            // Reading failed, and what waits for it must not wait for ever.
            (None, known @ None) => *known = Some(SiteIndex::of_nothing(site.project.clone(), today)),
            (None, Some(_)) => {}
        }
    }
}
