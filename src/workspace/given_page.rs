//! A page whose text is given, as a part of a site that is known by facts.

use std::{path::Path, sync::Arc};

use super::{
    Purpose, Run, Workspace,
    assemble::{Relocation, sources},
    read_page::PageReader,
    second_phase::findings_in,
};
use crate::{diagnostic::Diagnostic, document::MAX_LEN, paths, secrets::Secrets, vfs::Content};

impl Workspace<'_> {
    /// The findings in a page with this text, by path relative to the root of a run of one file. A page that the config
    /// excludes has none.
    pub(super) fn check_given(&self, run_root: &Path, path: &Path, text: &str) -> Run {
        let run = |secrets| {
            let sources = sources(run_root, secrets, &self.options.files);
            Run::of_nothing(run_root.to_owned(), self.options.current.clone(), sources)
        };
        let full = run_root.join(path);
        let Some(site) = self.site_at(&full) else { return run(Secrets::default()) };
        let root = &site.project.root;
        let relative: Arc<Path> = paths::relative(root, &full).into();
        if site.config.leaves_out(&relative) || !site.reports(&relative) {
            return run(Secrets::default());
        }
        let content = match text.len() as u64 {
            len if len > MAX_LEN => Content::TooLong(len),
            _ => Content::Bytes(text.as_bytes().to_vec()),
        };
        let base_settings = match site.position(&relative) {
            Some(at) => Arc::clone(&site.pages[at].base_settings),
            None => site.config.settings(std::slice::from_ref(&relative)).remove(0),
        };
        let (options, purpose) = (&self.options, Purpose::Known);
        let reader = PageReader::new(options, purpose, site, Secrets::default());
        let mut read = reader.page_of(&relative, &base_settings, content);
        let first = std::mem::take(&mut read.findings).into();
        let facts = options.site_facts.as_ref().and_then(|facts| facts.page(root, &relative));
        // What the page says of itself is what was read, whatever the site has of it.
        let page = site.page_of(&read.facts);
        let applied = if facts.is_some_and(|facts| facts.is_of(text.as_bytes())) {
            findings_in(site.site(), &page, &read, first)
        } else {
            findings_in(&site.site_with(&read.facts), &page, &read, first)
        };
        let parameters = read.settings.active.iter().flat_map(|active| active.rule.secret_parameters());
        let run = run(Secrets::named(parameters.map(String::as_str)));
        run.sources.keep(path, text.into());
        let moved = Relocation { prefix: paths::relative(run_root, root) };
        let moved =
            |diagnostics: Vec<Diagnostic>| diagnostics.into_iter().map(|it| moved.diagnostic(it)).collect();
        let mut diagnostics: Vec<Diagnostic> = moved(applied.kept);
        diagnostics.sort_by(Diagnostic::order);
        diagnostics.dedup();
        Run { files: 1, diagnostics, suppressed: moved(applied.suppressed), ..run }
    }
}
