//! Pelican.

use std::sync::Arc;

use super::{
    Generator, GeneratorLink, GeneratorSupport, LinkReading, Otherwise, PageSource, Route, Setup, SiteKind,
    Survey, Tag, script::Script, slugs,
};
use crate::{
    markdown::DialectName,
    site::urls::{RouteForm, join, parent},
    text::SlugStyle,
};

pub(super) static PELICAN: GeneratorSupport = GeneratorSupport {
    kind: SiteKind::Pelican,
    configs: &["pelicanconf.py", "publishconf.py"],
    variant: None,
    is_config: |_, _| true,
    sign: |_| None,
    dialects: &[DialectName::Templates, DialectName::MathBlocks],
    setup,
};

#[derive(Debug)]
struct Pelican {
    content: Box<str>,
    /// Whether the config sets the paths of articles or pages.
    has_own_paths: bool,
}

fn setup(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    setup.defaults(&[("content", "")], &[], RouteForm::Html, SlugStyle::Mkdocs);
    let script = Script::python(&setup.text);
    let config = script.whole();
    setup.url(config.text("SITEURL"), None);
    setup.default_language(config.text("DEFAULT_LANG"));
    if let Some(folder) = config.text("PATH") {
        let mounts = setup.mount(folder, "").into_iter().collect();
        setup.content(mounts);
    }
    Arc::new(Pelican {
        content: setup.layout.content.first().map(|mount| mount.folder.clone()).unwrap_or_default(),
        has_own_paths: ["ARTICLE_URL", "ARTICLE_SAVE_AS", "PAGE_URL", "PAGE_SAVE_AS", "SLUGIFY_SOURCE"]
            .iter()
            .any(|key| config.text(key).is_some()),
    })
}

impl Generator for Pelican {
    fn route(&self, page: &PageSource<'_>) -> Option<Route> {
        if self.has_own_paths {
            return Some(Route::open(""));
        }
        let get = |name: &str| {
            let is_it = |key: &str| key.eq_ignore_ascii_case(name);
            let entries = page.root?.entries().iter();
            entries.filter(|entry| entry.key.text().is_some_and(is_it)).find_map(|entry| entry.value.text())
        };
        // Metadata without fences is none of ours.
        let Some(title) = get("slug").or_else(|| get("title")) else { return Some(Route::open("")) };
        let slug = slugs::pelican(title);
        let slug = get("lang").filter(|it| *it != "en").map_or(slug.clone(), |code| format!("{slug}-{code}"));
        let status = get("status").unwrap_or("published");
        let folder = if page.folders().next() == Some("pages") { "/pages" } else { "" };
        Some(match status {
            "draft" => Route::at(format!("/drafts/{slug}.html")),
            _ => Route::at(format!("{folder}/{slug}.html")),
        })
    }

    /// Only destinations with `{filename}` and the like name files.
    fn tag<'d>(&self, destination: &'d str, link: &GeneratorLink<'_>) -> Option<Tag<'d>> {
        let rest = destination.strip_prefix(['{', '|'])?;
        let (name, path) = rest.split_once(['}', '|'])?;
        let (path, fragment) = Tag::parts(path)?;
        let folder = parent(link.from);
        let base = if path.starts_with('/') { &*self.content } else { folder };
        let reading = match name {
            "filename" | "static" | "attach" => {
                LinkReading::Files(join(base, &path).into_iter().collect(), Otherwise::Missing)
            }
            "tag" | "category" | "author" | "index" => LinkReading::Unknown,
            _ => return None,
        };
        Some(Tag { reading, fragment })
    }

    fn may_make(&self, path: &str, _: &Survey<'_>) -> bool {
        let first = path.split('/').nth(1).unwrap_or_default();
        matches!(
            first,
            "category"
                | "tag"
                | "author"
                | "archives.html"
                | "categories.html"
                | "tags.html"
                | "authors.html"
                | "feeds"
                | "index.html"
                | ""
                | "theme"
                | "images"
        )
    }
}
