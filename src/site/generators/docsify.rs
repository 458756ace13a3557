//! Docsify, which reads the pages in the browser.

use std::sync::Arc;

use super::{
    Generator, GeneratorLink, GeneratorSupport, LinkReading, Otherwise, PageSource, Route, Setup, SiteKind,
    Start, Survey,
    script::{Script, ScriptPart},
    setup::is_asset,
};
use crate::{
    markdown::DialectName,
    site::urls::{RouteForm, join, parent},
    text::SlugStyle,
};

pub(super) static DOCSIFY: GeneratorSupport = GeneratorSupport {
    kind: SiteKind::Docsify,
    configs: &["index.html"],
    variant: None,
    is_config: |folder, path| folder.read(path).is_some_and(|text| text.contains("$docsify")),
    sign: |_| None,
    dialects: &[DialectName::Templates, DialectName::MathBlocks, DialectName::Alerts],
    setup,
};

#[derive(Debug)]
struct Docsify {
    root: Box<str>,
    /// Whether links count from the page and not from the root.
    is_relative: bool,
    /// What is before and after the first placeholder in each path that leads elsewhere.
    aliases: Vec<(Box<str>, Box<str>)>,
}

fn setup(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    setup.defaults(&[("", "")], &[""], RouteForm::Any, SlugStyle::Any);
    let script = Script::javascript(&setup.text);
    let config = script.whole().after("$docsify").and_then(ScriptPart::first_block);
    let aliases = config.and_then(|config| config.block("alias")).map(ScriptPart::pairs).unwrap_or_default();
    let literal = |text: &str| -> Box<str> {
        text.trim_start_matches(['^', '.', '*', '?', '(', ')', '/']).trim_end_matches(['$', '/']).into()
    };
    let aliases = aliases.into_iter().map(|(pattern, _)| {
        match pattern.trim_start_matches(['^', '/']).split_once(['.', '*', '(', '?', '[']) {
            Some((before, after)) => (literal(before), literal(after)),
            None => (literal(pattern), Box::default()),
        }
    });
    Arc::new(Docsify {
        root: setup.layout.root.clone(),
        is_relative: config.and_then(|config| config.flag("relativePath")) == Some(true),
        aliases: aliases.filter(|(before, after)| !before.is_empty() || !after.is_empty()).collect(),
    })
}

impl Docsify {
    /// Whether a path of the site may lead to a file elsewhere.
    fn is_alias(&self, path: &str) -> bool {
        let path = path.trim_matches('/');
        let stem = path.strip_suffix(".md").unwrap_or(path);
        self.aliases.iter().any(|(before, after)| stem.starts_with(&**before) && stem.ends_with(&**after))
    }
}

impl Generator for Docsify {
    fn route(&self, page: &PageSource<'_>) -> Option<Route> {
        // The sidebar, the cover and the like are shown with other pages.
        if page.name().starts_with('_') {
            return None;
        }
        let folder = page.folder_path();
        Some(Route::at(match page.stem() {
            stem if stem.eq_ignore_ascii_case("readme") => page.folder_route(&folder),
            stem => format!("{folder}/{stem}"),
        }))
    }

    fn reads(&self, link: &GeneratorLink<'_>) -> LinkReading {
        if link.path.is_empty() {
            return LinkReading::Unknown;
        }
        let folder = parent(link.from);
        let bases: &[&str] = match link.start {
            Start::Page if self.is_relative => &[folder],
            Start::Page => &[&self.root, folder],
            _ => &[&self.root],
        };
        let ending = link.path.rsplit_once('.').map_or("", |(_, ending)| ending);
        let paths = bases.iter().filter_map(|base| join(base, link.path));
        let files = paths.flat_map(|path| {
            let readme = join(&path, "README.md").unwrap_or_default();
            if is_asset(ending) || ending == "md" {
                vec![path]
            } else {
                vec![format!("{path}.md"), readme, path]
            }
        });
        let otherwise = if self.is_alias(link.path) { Otherwise::Unknown } else { Otherwise::Missing };
        LinkReading::Files(files.collect(), otherwise)
    }

    fn publishes_files(&self) -> bool {
        true
    }

    fn prefers_files(&self) -> bool {
        true
    }

    fn may_make(&self, path: &str, _: &Survey<'_>) -> bool {
        self.is_alias(path)
    }
}
