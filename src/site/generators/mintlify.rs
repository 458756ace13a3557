//! Mintlify.

use std::sync::Arc;

use super::{
    Generator, GeneratorLink, GeneratorSupport, LinkReading, Otherwise, PageSource, Route, Setup, SiteKind,
    Start, Survey, detect::RootCandidate, setup::is_asset,
};
use crate::{
    data::Node,
    markdown::DialectName,
    site::urls::{RouteForm, join},
    text::SlugStyle,
};

pub(super) static MINTLIFY: GeneratorSupport = GeneratorSupport {
    kind: SiteKind::Mintlify,
    configs: &["docs.json", "mint.json"],
    variant: None,
    is_config,
    sign: |_| None,
    dialects: &[DialectName::Mdx, DialectName::MathBlocks],
    setup,
};

/// Others have a `docs.json` as well.
fn is_config(folder: &RootCandidate<'_>, path: &str) -> bool {
    let text = folder.read(path).unwrap_or_default();
    text.contains("\"navigation\"") && (path == "mint.json" || text.contains("mintlify"))
}

/// Pages that Mintlify leaves out, in any folder.
const LEFT_OUT: [&str; 4] = ["README.md", "LICENSE.md", "CHANGELOG.md", "CONTRIBUTING.md"];

/// Folders of parts of pages.
const PARTS: [&str; 3] = ["snippets", "_snippets", "node_modules"];

#[derive(Debug)]
struct Mintlify {
    root: Box<str>,
    /// Whether pages are made of the description of an interface.
    has_interface: bool,
}

fn setup(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    setup.defaults(&[("", "")], &[""], RouteForm::Any, SlugStyle::Any);
    let root = setup.root();
    let redirects = root.as_ref().and_then(|root| root.get("redirects"));
    let elsewhere = redirects.and_then(|it| it.get("$ref")?.text()).and_then(|path| setup.tree(path)?.root);
    let redirects = elsewhere.as_ref().or(redirects).map_or(&[][..], Node::items);
    let ends = |redirect: &Node| {
        let end = |key: &str| redirect.get(key).and_then(Node::text).map(str::to_owned);
        Some((end("source")?, end("destination")?))
    };
    let (patterns, pairs): (Vec<_>, Vec<_>) =
        redirects.iter().filter_map(ends).partition(|(from, _)| from.contains([':', '*']));
    for (from, _) in patterns {
        setup.layout.moves.add_pattern(&from);
    }
    setup.redirects(pairs.iter().map(|(from, to)| (from.as_str(), to.as_str())));
    let has_interface = ["openapi", "asyncapi", "graphql"].iter().any(|name| setup.text.contains(name));
    Arc::new(Mintlify { root: setup.layout.root.clone(), has_interface })
}

impl Generator for Mintlify {
    fn route(&self, page: &PageSource<'_>) -> Option<Route> {
        if LEFT_OUT.contains(&page.name()) || page.folders().any(|folder| PARTS.contains(&folder)) {
            return None;
        }
        let folder = page.folder_path();
        Some(Route::at(match page.stem() {
            "index" => page.folder_route(&folder),
            stem => format!("{folder}/{stem}"),
        }))
    }

    /// Paths count from the root; what is relative works in some places only.
    fn reads(&self, link: &GeneratorLink<'_>) -> LinkReading {
        let ending = link.path.rsplit_once('.').map_or("", |(_, ending)| ending);
        if link.start == Start::Page {
            return LinkReading::Unknown;
        }
        if is_asset(ending) {
            return LinkReading::Url;
        }
        let files = join(&self.root, link.path).into_iter().flat_map(|path| {
            let path = path.trim_end_matches('/');
            [".mdx", ".md", "/index.mdx", "/index.md"].map(|ending| format!("{path}{ending}"))
        });
        LinkReading::Files(files.collect(), Otherwise::Url)
    }

    fn publishes_files(&self) -> bool {
        true
    }

    fn may_make(&self, path: &str, _: &Survey<'_>) -> bool {
        let first = path.split('/').nth(1).unwrap_or_default();
        self.has_interface && (path.contains("api") || path.contains("reference"))
            || matches!(first, "mcp" | "404" | "_mintlify" | "llms-full.txt")
    }
}
