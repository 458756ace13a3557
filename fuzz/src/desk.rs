//! One page in a small site, checked as the program checks it.

use std::{
    path::Path,
    sync::{Arc, LazyLock},
};

use copydesk::{
    config::{Config, Layer, Settings},
    diagnostic::Diagnostic,
    fix::Changes,
    internals::{
        document::Document,
        lint,
        markdown::Dialect,
        site::{Extent, Page, Site, urls::Urls},
    },
    rules::RULES,
};
use jiff::civil;

use crate::memory::Memory;

/// The page that the input is.
pub const PAGE: &str = "blog/page.md";

const INDEX: &str = include_str!("site/index.md");

/// Every rule, with all that a config can ask of it.
pub static STRICT: LazyLock<Desk> = LazyLock::new(|| Desk::new("strict", Layer::default()));

/// What markdownlint finds, under its rules for comments.
pub static MARKDOWNLINT: LazyLock<Desk> = LazyLock::new(|| Desk::new("markdownlint", Layer::default()));

/// The rules whose safe fixes leave the rendered page as it is.
pub static STYLE: LazyLock<Desk> = LazyLock::new(|| {
    let style = RULES.iter().filter(|def| def.meta.changes == Changes::Nothing);
    Desk::new("strict", Layer::only(&style.map(|def| def.meta.id.to_owned()).collect::<Vec<_>>()))
});

/// A config in force.
pub struct Desk {
    config: Config,
    settings: Arc<Settings>,
    files: Memory,
    path: Arc<Path>,
}

/// A page after both phases; comments have had no effect yet.
pub struct Looked {
    pub page: Page,
    pub diagnostics: Vec<Diagnostic>,
    pub settings: Arc<Settings>,
    /// The text, with placeholders for what is none.
    pub source: Arc<str>,
}

impl Desk {
    fn new(preset: &str, cli_overrides: Layer) -> Self {
        let config = format!("extends: {preset}\n{}", include_str!("site/copydesk.yaml"));
        let files = Memory::default()
            .with("copydesk.yaml", &config)
            .with("categories.json", include_str!("site/categories.json"))
            .with("index.md", INDEX)
            .with(PAGE, "");
        let (config, diagnostics) =
            Config::load(&files.site_files(), Path::new("copydesk.yaml"), cli_overrides);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        Self::with(config, files)
    }

    /// The page under any config.
    pub fn with(config: Config, files: Memory) -> Self {
        let path: Arc<Path> = Arc::from(Path::new(PAGE));
        let settings = config.settings(std::slice::from_ref(&path)).remove(0);
        Self { config, settings, files, path }
    }

    /// Both phases.
    pub fn look(&self, bytes: &[u8]) -> Looked {
        let collections = self.config.collections_for(&self.path);
        let mut document = Document::from_bytes(Dialect::UNKNOWN, &self.path, bytes, &collections);
        document.reading = Arc::clone(&self.config.reading);
        let settings = self.config.settings_on(&document, &self.settings);
        let mistakes = self.config.check_own_schema(&self.files.site_files(), &mut document).err();
        let source = Arc::clone(&document.source);
        let mut diagnostics = lint::check(&document, &settings);
        let index = Document::parse(&Arc::from(Path::new("index.md")), INDEX, &[]);
        let pages = [document, index].map(|it| Page::with_words(it, &self.config.sites));
        let today = civil::date(2024, 6, 1);
        let urls = Urls::new(Arc::clone(&self.config.sites), self.files.surroundings());
        let mut site = Site::new(pages.into(), self.config.collections.clone(), &self.config.data, today)
            .with_urls(urls)
            .with_spelling(&self.config.spelling);
        let at = site.page_at(PAGE).expect("the page is one of the site's");
        diagnostics.extend(lint::check_page(&site.pages[at], &site, &settings));
        diagnostics.extend(mistakes.iter().flat_map(|mistakes| mistakes.iter().cloned()));
        Looked { page: site.pages.swap_remove(at), diagnostics, settings, source }
    }

    /// The findings that are reported.
    pub fn findings(&self, bytes: &[u8]) -> Vec<Diagnostic> {
        let Looked { page, diagnostics, settings, .. } = self.look(bytes);
        lint::finish(&page, Extent::Whole, diagnostics, &settings).kept
    }

    /// The text of a file that findings may be in besides the page.
    pub fn other(&self, path: &Path) -> Option<Arc<str>> {
        self.files.get(path)
    }
}
