//! GitBook, from files that it keeps in step with a repository.
//!
//! Source: its documentation on Git Sync, and the files that it writes.

use std::sync::Arc;

use super::{
    Generator, GeneratorLink, GeneratorSupport, LinkReading, Otherwise, PageSource, Route, Setup, SiteKind,
    Start, Survey, setup::is_asset,
};
use crate::{
    data::Node,
    markdown::DialectName,
    site::urls::{RouteForm, ending, join, parent},
    text::SlugStyle,
};

pub(super) static GITBOOK: GeneratorSupport = GeneratorSupport {
    kind: SiteKind::Gitbook,
    configs: &[".gitbook.yaml"],
    variant: None,
    is_config: |_, _| true,
    // It puts images into this folder.
    sign: |folder| (folder.has(".gitbook/") && folder.has("SUMMARY.md")).then_some("SUMMARY.md"),
    dialects: &[DialectName::Templates, DialectName::Math],
    setup,
};

#[derive(Debug)]
struct Gitbook {
    /// The folder of the pages.
    source: Box<str>,
}

fn setup(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    setup.defaults(&[("", "")], &[""], RouteForm::Any, SlugStyle::Any);
    let root = setup.root();
    if let Some(folder) = root.as_ref().and_then(|root| root.get("root")).and_then(Node::text) {
        setup.source(folder);
    }
    let source = setup.layout.content.first().map(|mount| mount.folder.clone()).unwrap_or_default();
    Arc::new(Gitbook { source })
}

impl Generator for Gitbook {
    /// The path of the file, where it was made in the repository. The editor may move the page to another path, and gives
    /// another one to the second of two pages that would have the same.
    fn route(&self, page: &PageSource<'_>) -> Option<Route> {
        let folder = page.folder_path();
        if folder.is_empty() && page.stem() == "SUMMARY" {
            return None;
        }
        let mut route = Route::at(format!("{folder}/{}", page.stem()).to_lowercase());
        if page.stem() == "README" {
            route.others.push(page.folder_route(&folder).to_lowercase());
        }
        Some(route)
    }

    /// Links name files. What is none of a page or an image is an address in the site, or in another one of the organization.
    fn reads(&self, link: &GeneratorLink<'_>) -> LinkReading {
        let ending = ending(link.path);
        let folder = if link.start == Start::Page { parent(link.from) } else { &*self.source };
        // It writes this where a page is gone.
        let is_gone = link.path == "broken-reference" || link.path.starts_with("broken/pages/");
        if is_asset(&ending) {
            return LinkReading::Url;
        }
        let otherwise = if ending == "md" || is_gone { Otherwise::Missing } else { Otherwise::Unknown };
        let file = join(folder, link.path);
        let of_folder = file.as_deref().and_then(|folder| join(folder, "README.md"));
        LinkReading::Files(file.into_iter().chain(of_folder).collect(), otherwise)
    }

    fn publishes_files(&self) -> bool {
        true
    }

    fn prefers_files(&self) -> bool {
        true
    }

    fn may_make(&self, _: &str, _: &Survey<'_>) -> bool {
        true
    }
}
