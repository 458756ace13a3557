//! mdBook.

use std::{collections::HashSet, sync::Arc};

use super::{
    Generator, GeneratorLink, GeneratorSupport, LinkReading, Otherwise, PageSource, Route, Setup, SiteKind,
    Start, Survey,
};
use crate::{
    data::Node,
    markdown::DialectName,
    site::urls::{Preprocessed, RouteForm, below, join, parent},
    text::SlugStyle,
};

pub(super) static MDBOOK: GeneratorSupport = GeneratorSupport {
    kind: SiteKind::Mdbook,
    configs: &["book.toml"],
    variant: None,
    is_config: |_, _| true,
    sign: |_| None,
    dialects: &[DialectName::Mdbook, DialectName::MathBlocks],
    setup,
};

#[derive(Debug)]
struct Mdbook {
    source: Box<str>,
    /// The chapters, below the source; `None` where their list cannot be read.
    chapters: Option<HashSet<Box<str>>>,
    /// The first of them, which is the page of the site's `/` too.
    first: Box<str>,
    /// Whether a preprocessor may make links and pages of its own.
    has_preprocessor: bool,
    /// The page for what is not found, below the source.
    not_found: Box<str>,
}

fn setup(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    setup.defaults(&[("src", "")], &["src"], RouteForm::Html, SlugStyle::Mdbook);
    let root = setup.root();
    let html = root.as_ref().and_then(|root| root.get("output")?.get("html"));
    setup.url(None, html.and_then(|html| html.get("site-url")).and_then(Node::text));
    let book = root.as_ref().and_then(|root| root.get("book"));
    setup.default_language(book.and_then(|book| book.get("language")?.text()));
    let folder = book.and_then(|book| book.get("src")?.text());
    if let Some(folder) = folder {
        setup.source(folder);
    }
    let pairs = super::setup::texts(html.and_then(|html| html.get("redirect")));
    setup.redirects(pairs.iter().map(|(from, to)| (&**from, &**to)));
    let source = setup.layout.content.first().map(|mount| mount.folder.clone()).unwrap_or_default();
    let summary = join(&source, "SUMMARY.md").and_then(|path| setup.project.text(&path));
    let built_in = ["index", "links"];
    let preprocessors =
        root.as_ref().and_then(|root| root.get("preprocessor")).map_or(&[][..], Node::entries);
    let is_other = |name: &str| !built_in.contains(&name);
    let has_preprocessor = preprocessors.iter().any(|it| it.key.text().is_some_and(is_other));
    setup.layout.preprocessed = if has_preprocessor { Preprocessed::All } else { Preprocessed::None };
    let chapters = summary.map(|text| chapters(&text));
    let first = chapters.as_ref().and_then(|all| all.first().cloned()).unwrap_or_default();
    let chapters = chapters.map(|all| all.into_iter().collect());
    let not_found = html.and_then(|html| html.get("input-404")?.text()).unwrap_or("404.md").into();
    Arc::new(Mdbook { source, chapters, first, has_preprocessor, not_found })
}

/// The files that a summary lists, in its order.
fn chapters(summary: &str) -> Vec<Box<str>> {
    let document =
        crate::document::Document::parse(&Arc::from(std::path::Path::new("SUMMARY.md")), summary, &[]);
    let targets = document.targets().iter();
    let paths = targets.filter_map(|target| {
        let path = target.url.split(['#', '?']).next()?.trim_start_matches("./");
        Some(join("", &crate::site::urls::decode(path)?)?.into())
    });
    paths.collect()
}

impl Mdbook {
    fn is_chapter(&self, below: &str) -> bool {
        *below == *self.not_found || self.chapters.as_ref().is_none_or(|chapters| chapters.contains(below))
    }
}

/// Whether a file is the page of its folder.
fn is_readme(stem: &str) -> bool {
    stem.eq_ignore_ascii_case("readme")
}

impl Generator for Mdbook {
    fn route(&self, page: &PageSource<'_>) -> Option<Route> {
        if page.below == "SUMMARY.md" {
            return None;
        }
        let folder = page.folder_path();
        let canonical = match page.stem() {
            "index" => format!("{folder}/"),
            stem if is_readme(stem) => format!("{folder}/"),
            stem => page.formed(&format!("{folder}/{stem}")),
        };
        let mut route = Route::at(canonical).published(self.is_chapter(page.below));
        route.others.extend((*page.below == *self.first).then(|| "/".to_owned()));
        Some(route)
    }

    /// `.md` becomes `.html`, whichever file it names: `README.md` becomes `README.html`, though its page is the index.
    fn reads(&self, link: &GeneratorLink<'_>) -> LinkReading {
        let Some(stem) = link.path.strip_suffix(".md") else {
            return if self.has_preprocessor { LinkReading::Unknown } else { LinkReading::Url };
        };
        let name = stem.rsplit('/').next().unwrap_or_default();
        if is_readme(name) {
            return LinkReading::Files(vec![], Otherwise::Missing);
        }
        // From the `/` of the host, the path that the book has there is in front.
        let base = link.layout.base().trim_start_matches('/');
        let below_base = below(base, link.path).filter(|_| link.start != Start::Page && !base.is_empty());
        let mut files = Vec::new();
        for path in below_base.into_iter().chain([link.path]) {
            let folder = if link.start == Start::Page { parent(link.from) } else { &*self.source };
            files.extend(join(folder, path));
            if name == "index" {
                let readme = format!("{}README.md", &path[..path.len() - "index.md".len()]);
                let is_chapter =
                    |file: &String| below(&self.source, file).is_some_and(|it| self.is_chapter(it));
                files.extend(join(folder, &readme).filter(is_chapter));
            }
        }
        // The first chapter is at the `/` of the book as well.
        let is_start = files.iter().any(|file| parent(file) == &*self.source && file.ends_with("index.md"));
        files.extend(join(&self.source, &self.first).filter(|_| is_start && name == "index"));
        let otherwise = if self.has_preprocessor { Otherwise::Unknown } else { Otherwise::Missing };
        LinkReading::Files(files, otherwise)
    }

    fn publishes_files(&self) -> bool {
        true
    }

    fn prefers_files(&self) -> bool {
        true
    }

    fn may_make(&self, path: &str, _: &Survey<'_>) -> bool {
        matches!(path, "/print.html" | "/404.html" | "/toc.html" | "/print" | "/404" | "/toc")
    }
}
