//! What a run checks, and where its files come from.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::civil;

use super::{Cache, PlacedFacts, Shard};
use crate::{
    checkout::{Checkout, CheckoutOverlay, Difference, OnDisk, SiteFiles, Snapshot},
    config::Layer,
    discover::{self, Listing, Project},
    links::LinkReport,
    paths,
};

/// What to check, and how.
#[derive(Clone)]
pub struct Options<'a> {
    /// Files and folders, as given by the user; empty for the current folder.
    pub paths: Vec<PathBuf>,
    /// Where the files come from.
    pub files: Arc<dyn Checkout>,
    /// Where configs, schemas, data and word lists come from, if not from `files`.
    pub config_files: Option<Arc<Snapshot>>,
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
            files: Arc::new(OnDisk),
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
        Self { files: Arc::new(CheckoutOverlay::of_files(files)), ..Self::on_disk(folder.to_owned(), today) }
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
    pub(super) fn config_checkout(&self) -> Arc<dyn Checkout> {
        match &self.config_files {
            Some(files) => Arc::clone(files) as Arc<dyn Checkout>,
            None => Arc::clone(&self.files),
        }
    }

    /// The files that the config of a project is read from.
    pub(super) fn config_files_of(&self, project: &Project) -> SiteFiles {
        match &self.site_facts {
            Some(facts) => facts.config_files(project),
            None => SiteFiles::new(self.config_checkout(), project),
        }
    }

    /// Lists the files of a project, without those that ignore files exclude.
    fn list(&self, project: &Project) -> Listing {
        match &self.config_files {
            None => self.files.list(project),
            Some(rules) => rules.pick(project, &*self.files),
        }
    }

    /// The files, by absolute path, that the ignore files of a project exclude.
    pub(super) fn ignored(&self, project: &Project, files: &[PathBuf]) -> HashSet<PathBuf> {
        match &self.config_files {
            None => self.files.ignored(project, files),
            Some(rules) => rules.ignored(project, files),
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
