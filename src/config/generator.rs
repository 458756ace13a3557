//! The sites of a project, as the configs of their generators have them.

use std::{path::Path, sync::Arc};

use super::{Config, default_files, globs::globs, snippets};
use crate::{
    diagnostic::Label,
    discover::SiteFiles,
    site::{
        generators::{SiteKind, detect},
        urls::Layout,
    },
    text::Span,
};

impl Config {
    /// Takes over what follows from the generator besides the layout: languages, front matter, dialect and definitions.
    pub(super) fn apply_generator(&mut self, files: &SiteFiles) {
        self.apply_languages();
        self.apply_generator_schemas(files);
        self.detect_dialect(files);
        self.apply_autolinks();
        self.shared = Arc::new(snippets::shared_definitions(files, self.sites.main().kind));
    }
}

/// Pages of generators that read MDX.
const MDX_FILES: &str = "**/*.mdx";

/// Globs of test data, which are not pages.
const TEST_DATA: [&str; 4] = [
    "{test,tests,fixtures}/*/**",
    "**/{__tests__,__fixtures__,testdata}/**",
    "**/{test,tests}/fixtures/**",
    "**/{test,tests}/**/{data,expected}/**",
];

/// Globs of copies of other projects and of test data in them, which are no pages unless the folder is one of pages.
const FOREIGN: [&str; 2] = ["**/{third_party,third-party,vendor}/*/**", "**/fixtures/*/**"];

impl Config {
    /// Takes MDX files for pages where the generator does, and no template for one.
    pub(super) fn apply_page_files(&mut self) {
        if self.has_mdx_pages() {
            let pages = [default_files(), MDX_FILES.to_owned()];
            self.files = globs(&pages).expect("the default globs are well formed");
        }
        let templates = self.sites.iter().flat_map(|layout| {
            let folders = layout.generator.iter().flat_map(|generator| generator.other_folders());
            folders.map(|folder| join_glob(&layout.root, folder))
        });
        let mut templates: Vec<String> = templates.collect();
        // A site whose pages are in its root publishes what is in any folder.
        if !self.is_published("test/data/page.md") {
            templates.extend(TEST_DATA.map(str::to_owned));
        }
        self.foreign = globs(&FOREIGN.map(str::to_owned)).unwrap_or_default();
        if let Ok(templates) = globs(&templates) {
            self.templates = templates;
        }
    }

    /// Whether a file is in a folder with the pages of a site.
    fn is_published(&self, path: &str) -> bool {
        self.sites.iter().any(|layout| layout.kind.is_some() && layout.mount_of(path).is_some())
    }

    /// Whether a file belongs to a copy of another project, and to no site of this one.
    pub(super) fn is_foreign(&self, path: &Path) -> bool {
        self.foreign.is_match(path) && !self.is_published(&path.to_string_lossy())
    }

    /// Tells rules whether the generators of all sites turn bare URLs into links, or none of them does, and whether bare URLs may
    /// have escapes.
    fn apply_autolinks(&mut self) {
        let known = || self.sites.iter().filter_map(Layout::makes_autolinks);
        let all = |expected: bool| known().next().is_some() && known().all(|makes| makes == expected);
        if all(true) {
            self.take_autolinks();
        } else if all(false) || self.sites.iter().any(|it| it.kind.is_some_and(SiteKind::escapes_bare_urls)) {
            let place = Label::new(&self.path, Span::empty(0));
            self.give_options("malformed-url", "bare-urls", false.into(), place);
        }
    }

    /// Tells `bare-url` that forges turn bare URLs into links, where no generator is known that does not.
    pub(super) fn apply_forge(&mut self) {
        if self.sites.iter().all(|layout| layout.makes_autolinks().is_none()) {
            self.take_autolinks();
        }
    }

    fn take_autolinks(&mut self) {
        let place = Label::new(&self.path, Span::empty(0));
        self.give_options("bare-url", "autolinks", true.into(), place);
    }
}

/// A glob for all files below a folder of a site.
fn join_glob(root: &str, folder: &str) -> String {
    let root = globset::escape(root);
    let separator = if root.is_empty() { "" } else { "/" };
    format!("{root}{separator}{folder}/**")
}

/// The layouts of all sites that are found, the main one first; of one kind only, where that is given.
///
/// The main one is that of the project's root, or the only one. Where there are several below the root, or pages may be
/// elsewhere, it is one of which nothing is known.
pub(super) fn layouts(files: &SiteFiles, given: Option<SiteKind>) -> Vec<Layout> {
    let found = detect(files, given.map(SiteKind::engine));
    let is_alone = found.len() == 1;
    let mut layouts: Vec<Layout> = found.iter().map(|site| site.layout(files)).collect();
    let has_root = layouts.iter().any(|layout| layout.root.is_empty());
    if !(has_root || is_alone && given.is_some()) {
        // What is beside the sites is read as it is; the URL of the only one is that of the project.
        let rest = if found.is_empty() { given } else { None };
        layouts.insert(0, Layout::of_kind(rest));
    }
    layouts
}
