//! Quarto.

use std::sync::Arc;

use super::{
    Generator, GeneratorLink, GeneratorSupport, LinkReading, Otherwise, PageSource, Route, Setup, SiteKind,
    Start, Survey, source::ends_in,
};
use crate::{
    data::Node,
    markdown::DialectName,
    site::urls::{RouteForm, join, parent},
    text::SlugStyle,
};

pub(super) static QUARTO: GeneratorSupport = GeneratorSupport {
    kind: SiteKind::Quarto,
    configs: &["_quarto.yml", "_quarto.yaml"],
    variant: None,
    is_config: |_, _| true,
    sign: |_| None,
    dialects: &[DialectName::Templates, DialectName::Pandoc],
    setup,
};

#[derive(Debug)]
struct Quarto {
    root: Box<str>,
}

fn setup(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    // The anchors of pandoc are not known.
    setup.defaults(&[("", "")], &[""], RouteForm::Html, SlugStyle::None);
    let root = setup.root();
    let url = root.as_ref().and_then(|root| root.get("website")?.get("site-url").and_then(Node::text));
    setup.url(url, None);
    setup.default_language(root.as_ref().and_then(|root| root.get("lang")?.text()));
    Arc::new(Quarto { root: setup.layout.root.clone() })
}

/// Whether other pages take in a file, as its name or that of a folder says.
fn is_part(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('_'))
}

impl Generator for Quarto {
    fn route(&self, page: &PageSource<'_>) -> Option<Route> {
        const NOT_RENDERED: [&str; 3] = ["README", "CLAUDE", "AGENTS"];
        let is_hidden = page.below.split('/').any(|part| part.starts_with('.'));
        if is_part(page.below) || is_hidden || NOT_RENDERED.contains(&page.stem()) {
            return None;
        }
        let folder = page.folder_path();
        Some(Route::at(match page.stem() {
            "index" => page.folder_route(&folder),
            stem => page.formed(&format!("{folder}/{stem}")),
        }))
    }

    /// Links to sources become links to pages. Those of a part are read from the pages that take it in.
    fn reads(&self, link: &GeneratorLink<'_>) -> LinkReading {
        if is_part(link.from) {
            return LinkReading::Unknown;
        }
        let base = if link.start == Start::Page { parent(link.from) } else { &*self.root };
        LinkReading::Files(join(base, link.path).into_iter().collect(), Otherwise::Url)
    }

    fn page_endings(&self) -> &'static [&'static str] {
        &["qmd", "ipynb", "Rmd"]
    }

    fn publishes_files(&self) -> bool {
        true
    }

    fn prefers_files(&self) -> bool {
        true
    }

    /// Listings, and outputs in other formats. What a page in the config has in its place is not known.
    fn may_make(&self, path: &str, _: &Survey<'_>) -> bool {
        !ends_in(path, &["html", "md"]) && !ends_in(path, self.page_endings())
    }
}
