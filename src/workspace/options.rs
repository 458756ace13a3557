//! What a run checks, and where its files come from.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::civil;

use super::{Cache, PlacedFacts, Shard};
use crate::{
    config::Layer,
    discover::{self, Listing, Project, SiteFiles},
    links::LinkReport,
    paths,
    site::urls::Surroundings,
    vfs::{Difference, Disk, FileSystem, GitFolder, GitTree, Memory},
};

/// What to check, and how.
#[derive(Clone)]
pub struct Options<'a> {
    /// Files and folders, as given by the user; empty for the current folder.
    pub paths: Vec<PathBuf>,
    /// Where the files come from.
    pub files: Arc<dyn FileSystem>,
    /// Where configs, schemas, data and word lists come from, if not from `files`.
    pub config_files: Option<Arc<GitTree>>,
    /// An untrusted change: the suppression comments that it adds are ignored.
    pub untrusted_change: Option<&'a Difference>,
    /// A file whose text is given here instead of read, such as from stdin.
    pub given: Option<(PathBuf, Vec<u8>)>,
    /// The absolute path of the folder that `paths` are relative to.
    pub current: PathBuf,
    /// The part of the files whose findings are reported, if not all of them.
    pub shard: Option<Shard>,
    /// Where facts of pages are kept from one run to the next, if anywhere.
    pub cache: Option<Cache>,
    /// Which config to use.
    pub config: ConfigChoice,
    /// What is known of the sites whose pages are checked: no other page is read.
    pub site_facts: Option<PlacedFacts>,
    /// Settings from the command line. They take precedence over every config.
    pub cli_overrides: Layer,
    /// What a link checker found out about external URLs.
    pub link_report: Option<Arc<LinkReport>>,
    /// The day that dates are compared with.
    pub today: civil::Date,
    /// Called after each checked file, from any thread, with the total number of files.
    pub progress: &'a (dyn Fn(u64) + Sync),
}

impl Options<'_> {
    /// Checks the files on disk below `current`, with the config that is found there.
    pub fn on_disk(current: PathBuf, today: civil::Date) -> Self {
        Self {
            paths: vec![],
            files: Arc::new(Disk),
            config_files: None,
            untrusted_change: None,
            given: None,
            current,
            shard: None,
            cache: None,
            config: ConfigChoice::Discover,
            site_facts: None,
            cli_overrides: Layer::default(),
            link_report: None,
            today,
            progress: &|_| {},
        }
    }

    /// Checks files that are in memory alone. Their paths are relative to `folder`, which is absolute and need not
    /// exist.
    pub fn in_memory<'f>(
        folder: &Path,
        files: impl IntoIterator<Item = (&'f str, &'f str)>,
        today: civil::Date,
    ) -> Self {
        let files = files.into_iter().map(|(path, text)| (folder.join(path), text.as_bytes()));
        Self { files: Arc::new(Memory::new(files)), ..Self::on_disk(folder.to_owned(), today) }
    }

    /// The same for a workspace that outlives what these refer to: without progress, and trusting every change.
    pub(super) fn lasting(&self) -> Options<'static> {
        let Options { paths, files, config_files, given, current, shard, cache, .. } = self.clone();
        let Options { config, site_facts, cli_overrides, link_report, today, .. } = self.clone();
        Options {
            paths,
            files,
            config_files,
            untrusted_change: None,
            given,
            current,
            shard,
            cache,
            config,
            site_facts,
            cli_overrides,
            link_report,
            today,
            progress: &|_| {},
        }
    }

    /// Where configs and the files that they refer to come from.
    pub(super) fn config_file_system(&self) -> Arc<dyn FileSystem> {
        match &self.config_files {
            Some(files) => Arc::clone(files) as Arc<dyn FileSystem>,
            None => Arc::clone(&self.files),
        }
    }

    /// The files that the config of a project is read from.
    pub(super) fn config_files_of(&self, project: &Project) -> SiteFiles {
        match &self.site_facts {
            Some(facts) => facts.config_files(project),
            None => SiteFiles::new(self.config_file_system(), project),
        }
    }

    /// The project that a folder, absolute, belongs to.
    pub(super) fn project_of(&self, folder: &Path) -> Project {
        match &self.site_facts {
            Some(facts) => facts.project_of(folder),
            None => Project::of(&*self.config_file_system(), folder),
        }
    }

    /// Lists the files of a project, without those that ignore files exclude.
    fn list(&self, project: &Project) -> Listing {
        match &self.site_facts {
            Some(facts) => facts.list(project),
            None => discover::list_by(&*self.config_file_system(), &*self.files, project),
        }
    }

    /// The files, by absolute path, that the ignore files of a project exclude.
    pub(super) fn ignored(&self, project: &Project, files: &[PathBuf]) -> HashSet<PathBuf> {
        match &self.site_facts {
            Some(_) => HashSet::new(),
            None => discover::ignored(&*self.config_file_system(), project, files),
        }
    }

    /// What is around the pages of a project.
    pub(super) fn surroundings(&self, project: &Project, listing: &Listing) -> Surroundings {
        match &self.site_facts {
            Some(facts) => facts.surroundings(&project.root),
            None => Surroundings::new(Arc::clone(&self.files), &project.root, &listing.files),
        }
    }

    /// What git knows of a folder, absolute; nothing where facts take its place.
    pub(super) fn repository(&self, folder: &Path) -> Option<GitFolder> {
        if self.site_facts.is_some() { None } else { self.files.repository(folder) }
    }

    /// The days on which the files in a folder, absolute, and below were added, by path relative to it.
    pub(super) fn additions(&self, folder: &Path) -> HashMap<PathBuf, civil::Date> {
        match &self.site_facts {
            Some(facts) => facts.additions(folder),
            None => self.repository(folder).map_or_else(HashMap::new, |it| it.additions()),
        }
    }

    /// Whether a file that is new, by absolute path, would be listed.
    pub(super) fn may_list(&self, project: &Project, path: &Path) -> bool {
        !discover::is_passed_over(&paths::relative(&project.root, path))
            && self.ignored(project, &[path.to_owned()]).is_empty()
    }

    /// Lists the files that the config of a project applies to.
    pub(super) fn list_for(&self, project: &Project) -> Listing {
        match self.config {
            ConfigChoice::Discover => self.list(project),
            ConfigChoice::File(_) | ConfigChoice::Nothing => self.list_whole(project),
        }
    }

    /// Lists the files of a project, including those below folders that have a config of their own.
    fn list_whole(&self, project: &Project) -> Listing {
        let mut listing = self.list(project);
        for nested in std::mem::take(&mut listing.nested) {
            let inner = self.list_whole(&nested);
            let prefix = paths::relative(&project.root, &nested.root);
            listing.files.extend(inner.files.iter().map(|file| Arc::from(prefix.join(file))));
            listing.hidden.extend(inner.hidden.iter().map(|file| Arc::from(prefix.join(file))));
            listing.links.extend(inner.links.iter().map(|link| prefix.join(link)));
            listing.passed_over.extend(inner.passed_over.iter().map(|folder| prefix.join(folder)));
            listing.unreadable.extend(inner.unreadable);
            listing.unusable.extend(inner.unusable);
        }
        listing.files.sort();
        listing
    }
}

/// Which config to use.
#[derive(Debug, Clone)]
pub enum ConfigChoice {
    /// The nearest one.
    Discover,
    /// The given file.
    File(PathBuf),
    /// No config, and no CMS config either.
    Nothing,
}
