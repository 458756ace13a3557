//! The second phase: the pages of a site are looked at as parts of it.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap},
    path::{Path, PathBuf},
    sync::Arc,
};

use rayon::prelude::*;

use super::{
    Error, Options,
    assemble::extend,
    fixing::{ChangedPage, Fixer, PageFix, PageTask},
    open_site::{MAX_AT_ONCE, OpenSite},
    read_page::ReadPage,
    skipped_files::SkippedFiles,
};
use crate::{
    diagnostic::Diagnostic,
    lint::{self, GuardedTask},
    paths,
    rule::Group,
    site::{OldPage, Page, Site},
    suppress::Applied,
};

/// The result for one project.
#[derive(Default)]
pub(super) struct ProjectResult {
    pub(super) kept: Vec<Diagnostic>,
    pub(super) suppressed: Vec<Diagnostic>,
    pub(super) files: usize,
    pub(super) broken_config: bool,
    /// The texts of files with findings, and whether they may have secrets.
    pub(super) sources: HashMap<Arc<Path>, (Arc<str>, MayHaveSecrets)>,
    /// Files that look like pages and were not checked.
    pub(super) skipped_files: SkippedFiles,
    /// Names of parameters whose values reports must mask.
    pub(super) secret_parameters: BTreeSet<String>,
    /// The pages that change.
    pub(super) fixes: Vec<PageFix>,
    /// The absolute paths of all files that were read: pages, configs, and the files that configs refer to.
    pub(super) inputs: Vec<PathBuf>,
    /// Why some fixes were not applied, with the absolute path of the page.
    pub(super) held: Vec<(PathBuf, String)>,
}

/// The findings of the first phase in a page.
pub(super) type FirstFindings<'a> = Cow<'a, [Diagnostic]>;

/// What is known of the secrets in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MayHaveSecrets {
    /// There are none, by the names of parameters of its project.
    No,
    Unknown,
}

impl OpenSite {
    /// The findings in a page, of both phases. A panic replaces them.
    pub(super) fn findings(&self, page: &Page, read: &ReadPage) -> Applied {
        self.findings_with(page, read, Cow::Borrowed(&read.findings))
    }

    fn findings_with(&self, page: &Page, read: &ReadPage, first: FirstFindings<'_>) -> Applied {
        let findings = || findings_in(self.site(), page, read, first);
        lint::guarded(&page.path, GuardedTask::Check, findings)
            .unwrap_or_else(|error| Applied { kept: vec![*error], ..Applied::default() })
    }

    /// The findings of the first phase in the pages, taken out of them: what is not checked again need not be in memory
    /// twice.
    pub(super) fn take_first(&mut self) -> Vec<FirstFindings<'static>> {
        let are_wanted: Vec<bool> = self.pages.iter().map(|page| self.reports(&page.facts.path)).collect();
        let take = |(page, is_wanted): (&mut Arc<ReadPage>, bool)| match Arc::get_mut(page) {
            Some(page) if is_wanted => Cow::Owned(std::mem::take(&mut page.findings)),
            _ => Cow::Owned(page.findings.clone()),
        };
        self.pages.iter_mut().zip(are_wanted).map(take).collect()
    }

    /// The same for who checks again.
    pub(super) fn first(&self) -> Vec<FirstFindings<'_>> {
        self.pages.iter().map(|page| Cow::Borrowed(&*page.findings)).collect()
    }

    /// Checks all pages whose findings are reported, and does with them what the task says.
    pub(super) fn check(
        &self,
        options: &Options<'_>,
        task: &PageTask,
        first: Vec<FirstFindings<'_>>,
        errors: &mut Vec<Error>,
    ) -> ProjectResult {
        let inputs = self.paths.iter().map(|path| self.project.root.join(path)).collect();
        let mut result = ProjectResult { inputs, ..ProjectResult::default() };
        errors.extend(self.unreadable(options));
        if self.mistakes.is_empty() {
            self.check_pages(options, task, first, &mut result);
        } else {
            result.kept.clone_from(&self.mistakes);
            result.broken_config = true;
        }
        result.inputs.extend(self.config_inputs());
        if options.config_files.is_some() {
            // Spans in these files refer to this revision of them.
            let texts = self.config_files.texts().into_iter();
            result
                .sources
                .extend(texts.map(|(path, text)| (Arc::from(path), (text, MayHaveSecrets::Unknown))));
        }
        result
    }

    /// What was asked for and could not be read.
    pub(super) fn unreadable(&self, options: &Options<'_>) -> Vec<Error> {
        let is_asked = |path: &Path| self.request.covers(&paths::relative(&self.project.root, path));
        let folders = self.listing.unreadable.iter().filter(|(path, _)| is_asked(path));
        let is_here = |path: &Path| self.is_in_shard(&paths::relative(&self.project.root, path));
        let listed = folders.chain(&self.listing.unusable).filter(|(path, _)| is_here(path));
        let listed = listed.map(|(path, reason)| Error::Unreadable {
            path: paths::relative(&options.current, path),
            reason: reason.clone(),
        });
        listed.chain(self.unreadable_pages()).collect()
    }

    /// The pages that were asked for and could not be read.
    pub(super) fn unreadable_pages(&self) -> impl Iterator<Item = Error> {
        let pages = self.unread.iter().filter(|(path, _)| self.reports(path));
        pages.map(|(_, error)| error.clone())
    }

    fn check_pages(
        &self,
        options: &Options<'_>,
        task: &PageTask,
        first: Vec<FirstFindings<'_>>,
        result: &mut ProjectResult,
    ) {
        result.kept.clone_from(&self.config.notes);
        result.kept.extend(self.unused_globs.iter().cloned());
        result.skipped_files = SkippedFiles::of(self, options);
        result.kept.extend(self.config.strays(&self.paths, |page| self.reports(page)));
        let site = self.site();
        self.resolve_links();
        let second: Vec<_> = site
            .pages
            .par_iter()
            .with_max_len(MAX_AT_ONCE)
            .zip(&self.pages)
            .zip(first)
            .filter(|((page, _), _)| self.reports(&page.path))
            .map(|((page, read), first)| {
                let has_first = !first.is_empty();
                (has_first, self.check_page(options, task, page, (read, first)))
            })
            .collect();
        result.files = second.len();
        let mut elsewhere = Vec::new();
        result.secret_parameters = self.secret_parameters();
        // Comments of a page may give rules other parameters than those that its text was searched for.
        let are_known = self.base_secret_parameters() == result.secret_parameters;
        for (has_first, (read, applied, changed)) in second {
            let has_findings = has_first || !applied.kept.is_empty();
            if options.site_facts.is_some() {
                let is_elsewhere = |it: &&Diagnostic| it.primary.path != read.facts.path;
                elsewhere.extend(applied.kept.iter().filter(is_elsewhere).cloned());
            }
            extend(&mut result.kept, applied.kept);
            result.suppressed.extend(applied.suppressed);
            if let (Some(changed), Some(source)) = (changed, &read.source) {
                self.add_fix(read, changed, source, result);
            }
            let source = read.source.as_ref().filter(|_| has_findings);
            let is_harmless = are_known && !read.has_secrets;
            let secrets = if is_harmless { MayHaveSecrets::No } else { MayHaveSecrets::Unknown };
            let source = source.map(|source| (Arc::clone(source), secrets));
            result.sources.extend(source.map(|source| (Arc::clone(&read.facts.path), source)));
        }
        if !self.request.folders.is_empty() {
            result.kept.extend(lint::check_site(site, &self.config.site_settings(), &self.config.path));
        }
        result.kept.extend(self.findings_of_removed_pages());
        result.kept.extend(self.findings_of_other_shards());
        result.kept.retain(|it| self.is_in_shard(&it.primary.path));
        // The shard of the file does not read the page that shows it.
        result.kept.append(&mut elsewhere);
    }

    /// Resolves the links of all pages: rules that compare them would otherwise do so on one thread.
    fn resolve_links(&self) {
        if self.pages.iter().any(|page| page.settings.checks(Group::Links)) {
            let site = self.site();
            let reported = site.pages.par_iter().filter(|page| self.reports(&page.path));
            // The rules that panic with it say so.
            reported.for_each(|page| {
                drop(lint::guarded(&page.path, GuardedTask::Check, || drop(site.leads(page))));
            });
        }
    }

    /// The findings in a page, and the page as the task leaves it.
    fn check_page<'a>(
        &self,
        options: &Options<'_>,
        task: &PageTask,
        page: &Page,
        (read, first): (&'a Arc<ReadPage>, FirstFindings<'_>),
    ) -> (&'a Arc<ReadPage>, Applied, Option<ChangedPage>) {
        let mut applied = self.findings_with(page, read, first);
        let source = read.source.as_ref().filter(|_| read.is_text);
        let fixer = Fixer { options, site: self, page, read };
        let change = source.map(|source| fixer.run(task, source, &applied.kept));
        let change = change.transpose().unwrap_or_else(|error| {
            applied.kept.push(*error);
            None
        });
        (read, applied, change.flatten())
    }

    /// What is wrong with the removal of pages, where they would have been checked.
    fn findings_of_removed_pages(&self) -> Vec<Diagnostic> {
        let site = self.site();
        let removed = site.before().map_or_else(Vec::new, |before| before.removed(site));
        let removed = removed.into_iter().filter(|page| self.is_wanted(&page.facts.path));
        let find = |page: &OldPage| {
            let settings = self.config.settings(std::slice::from_ref(&page.facts.path));
            settings.iter().flat_map(|settings| lint::check_removed(page, site, settings)).collect::<Vec<_>>()
        };
        removed.flat_map(find).collect()
    }

    /// What the pages of other shards show to be wrong in other files, such as a schema that they name.
    fn findings_of_other_shards(&self) -> impl Iterator<Item = Diagnostic> {
        let is_other = |read: &&Arc<ReadPage>| {
            let path = &read.facts.path;
            self.is_wanted(path) && !self.is_in_shard(path)
        };
        let others = self.pages.iter().filter(is_other);
        others.flat_map(|read| read.findings.iter().filter(|it| it.primary.path != read.facts.path).cloned())
    }

    fn add_fix(&self, read: &ReadPage, changed: ChangedPage, source: &Arc<str>, result: &mut ProjectResult) {
        let fixed = changed.fixed;
        let path = self.project.root.join(&read.facts.path);
        result.held.extend(fixed.held.into_iter().map(|reason| (path.clone(), reason)));
        if **source != *fixed.text {
            let (root, before) = (self.project.root.clone(), Arc::clone(source));
            let change = super::FileChange { path, root, before, after: fixed.text };
            let read = changed.read.map(Arc::new);
            result.fixes.push(PageFix { change, fixed: fixed.fixed, read });
        }
    }
}

/// The findings in a page of a site, of both phases.
pub(super) fn findings_in(site: &Site, page: &Page, read: &ReadPage, first: FirstFindings<'_>) -> Applied {
    let mut diagnostics = first.into_owned();
    diagnostics.extend(lint::check_page_within(read.quota, page, site, &read.settings));
    lint::drop_shared_labels(page, site, &mut diagnostics);
    lint::finish(page, site.extent(), diagnostics, &read.settings)
}
