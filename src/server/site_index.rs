//! A site as the server knows it: its config, the facts of its pages, and what was found in them when it was last read.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::civil;

use super::{diagnostics::Converter, position::Encoding};
use crate::{
    config::{Config, Layer, Settings},
    diagnostic::Diagnostic,
    discover::{self, Project, SiteFiles},
    document::Document,
    fix::Applicability,
    lint::{self, Fixed},
    paths,
    secrets::Secrets,
    site::{Page, Site},
    sources::Sources,
    vfs::FileOverlay,
    workspace::{Facts, Options, Workspace},
};

/// A site, read.
pub(super) struct SiteIndex {
    /// Its root and its config file.
    pub(super) project: Project,
    config: Config,
    site: Site,
    files: Vec<Arc<Path>>,
    facts: Facts,
    /// What was found, by absolute path.
    pub(super) findings: BTreeMap<PathBuf, Vec<gen_lsp_types::Diagnostic>>,
    /// Whether its config has errors, so that its pages were not checked.
    pub(super) is_broken: bool,
    /// The folders in it that are sites of their own.
    pub(super) nested: Vec<PathBuf>,
}

/// What is read, and for whom.
pub(super) struct IndexRequest {
    /// The site.
    pub(super) project: Project,
    /// Its files.
    pub(super) files: Arc<FileOverlay>,
    /// What is known of its pages already.
    pub(super) known: Facts,
    /// The units of columns.
    pub(super) encoding: Encoding,
    /// The day that dates are compared with.
    pub(super) today: civil::Date,
}

impl SiteIndex {
    /// Reads a site. `progress` is called after each page with how many there are.
    pub(super) fn read(request: IndexRequest, progress: &(dyn Fn(u64) + Sync)) -> Self {
        let IndexRequest { project, files, known, encoding, today } = request;
        let options = Options { files, progress, ..Options::on_disk(project.root.clone(), today) };
        let workspace = Workspace::open_with(options, &known);
        let (run, facts) = (workspace.check(), workspace.facts());
        let (sites, _) = workspace.into_sites();
        let mut nested: Vec<PathBuf> = sites.iter().map(|site| site.root.clone()).collect();
        nested.retain(|root| *root != project.root);
        let own = sites.into_iter().find(|site| site.root == project.root);
        let converter = Converter { root: &run.root, sources: &run.sources, encoding };
        let mut findings: BTreeMap<PathBuf, Vec<_>> = BTreeMap::new();
        for finding in &run.diagnostics {
            let path = run.root.join(&finding.primary.path);
            if !nested.iter().any(|root| path.starts_with(root)) {
                findings.entry(path).or_default().push(converter.diagnostic(finding));
            }
        }
        match own {
            Some(own) => Self {
                is_broken: !own.mistakes.is_empty(),
                config: own.config,
                site: own.site,
                files: own.files,
                project,
                findings,
                facts,
                nested,
            },
            None => Self { findings, nested, ..Self::of_nothing(project, today) },
        }
    }

    /// A folder without a sign that it is a site: only its open pages are known.
    pub(super) fn of_nothing(project: Project, today: civil::Date) -> Self {
        Self {
            project,
            config: Config::defaults(Layer::default()),
            site: Site::new(vec![], vec![], &[], today),
            files: vec![],
            facts: Facts::default(),
            findings: BTreeMap::new(),
            is_broken: false,
            nested: vec![],
        }
    }

    /// What was read of its pages.
    pub(super) const fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Its config.
    pub(super) const fn config(&self) -> &Config {
        &self.config
    }

    /// The facts of its pages.
    pub(super) const fn site(&self) -> &Site {
        &self.site
    }

    /// Its files, relative to the root, sorted.
    pub(super) fn files(&self) -> &[Arc<Path>] {
        &self.files
    }

    /// The path of a file, relative to the root.
    pub(super) fn relative(&self, path: &Path) -> Arc<Path> {
        Arc::from(paths::relative(&self.project.root, path))
    }

    /// Whether a file, relative to the root, is checked when it is open.
    pub(super) fn checks(&self, path: &Path, files: &Arc<FileOverlay>) -> bool {
        let full = self.project.root.join(path);
        !self.config.leaves_out(path)
            && discover::ignored(&**files, &self.project, std::slice::from_ref(&full)).is_empty()
    }

    /// A page, parsed.
    pub(super) fn document(&self, path: &Arc<Path>, text: &Arc<str>) -> Document {
        let config = &self.config;
        let collections = config.collections_for(path);
        let mut document = Document::parse_in(config.dialect_for(path), path, Arc::clone(text), &collections);
        config.equip(&mut document);
        document
    }

    /// The findings in a text of a page. The other pages are as they were when the site was read.
    pub(super) fn check(
        &self,
        path: &Arc<Path>,
        text: &Arc<str>,
        files: &Arc<FileOverlay>,
    ) -> Vec<Diagnostic> {
        let mut document = self.document(path, text);
        let settings = self.config.settings_on(&document, &self.settings(path));
        let config_files = SiteFiles::new(Arc::clone(files) as _, &self.project);
        let mistakes = self.config.check_own_schema(&config_files, &mut document).err();
        self.config.check_generator(&mut document);
        let mut findings = lint::check(&document, &settings);
        findings.extend(mistakes.iter().flat_map(|mistakes| mistakes.iter().cloned()));
        let mut page = Page::with_words(document, &self.config.sites);
        let known = path.to_str().and_then(|path| self.site.page_at(path));
        if let Some(known) = known.map(|known| &self.site.pages[known]) {
            (page.added, page.changed) = (known.added, known.changed);
        }
        findings.extend(lint::check_page(&page, &self.site, &settings));
        lint::drop_shared_labels(&page, &self.site, &mut findings);
        lint::finish(&page, self.site.extent(), findings, &settings).kept
    }

    /// A text of a page with the fixes that are at least this good; `is_meant` says of which findings.
    pub(super) fn fix(
        &self,
        (path, text): (&Arc<Path>, &Arc<str>),
        files: &Arc<FileOverlay>,
        least: Applicability,
        is_meant: impl Fn(&Diagnostic) -> bool,
    ) -> Fixed {
        let check = |text: &Arc<str>| {
            let mut findings = self.check(path, text, files);
            findings.retain(|it| is_meant(it));
            findings
        };
        let page = (path, self.config.dialect_for(path));
        lint::fix_to_fixpoint(page, text, &check(text), least, check)
    }

    /// The texts that findings of a page refer to, shown without their secrets.
    pub(super) fn sources(&self, path: &Arc<Path>, text: &Arc<str>, files: &Arc<FileOverlay>) -> Sources {
        let sources = Sources::hiding(self.secrets(path), &self.project.root, Arc::clone(files) as _);
        sources.keep(path, Arc::clone(text));
        sources
    }

    /// What turns places in the site into those of the protocol.
    pub(super) fn converter<'s>(&'s self, sources: &'s Sources, encoding: Encoding) -> Converter<'s> {
        Converter { root: &self.project.root, sources, encoding }
    }

    /// What is masked in texts about a page.
    pub(super) fn secrets(&self, path: &Arc<Path>) -> Secrets {
        let settings = self.settings(path);
        let names: BTreeSet<&String> =
            settings.active.iter().flat_map(|active| active.rule.secret_parameters()).collect();
        Secrets::named(names.into_iter().map(String::as_str))
    }

    fn settings(&self, path: &Arc<Path>) -> Arc<Settings> {
        self.config.settings(std::slice::from_ref(path)).remove(0)
    }
}
