//! Franklin.
//!
//! Source: `src/manager/dir_utils.jl` of Franklin 0.10.

use std::sync::Arc;

use super::{Generator, GeneratorSupport, PageSource, Route, Setup, SiteKind, Survey, detect::RootCandidate};
use crate::{markdown::DialectName, site::urls::RouteForm, text::SlugStyle};

pub(super) static FRANKLIN: GeneratorSupport = GeneratorSupport {
    kind: SiteKind::Franklin,
    configs: &["config.md"],
    variant: None,
    is_config: is_franklin,
    sign: |_| None,
    dialects: &[DialectName::Franklin],
    setup,
};

#[derive(Debug)]
struct Franklin {
    root: Box<str>,
}

/// Whether a file has definitions of Franklin, and the templates are where it looks for them.
fn is_franklin(folder: &RootCandidate<'_>, path: &str) -> bool {
    let has_definitions = |text: &str| {
        text.lines().any(|line| {
            line.trim_end() == "+++" || line.starts_with("@def ") || line.starts_with("\\newcommand")
        })
    };
    folder.has("_layout/") && folder.read(path).is_some_and(|text| has_definitions(&text))
}

fn setup(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    // Its anchors are made of the headings after its own commands are replaced, which is not done here.
    setup.defaults(&[("", "")], &[""], RouteForm::Slash, SlugStyle::None);
    Arc::new(Franklin { root: setup.layout.root.clone() })
}

impl Generator for Franklin {
    fn route(&self, page: &PageSource<'_>) -> Option<Route> {
        let is_special = page.below.split('/').any(|part| part.starts_with(['_', '.']));
        let is_of_root = page.folder_path().is_empty();
        if is_special || is_of_root && matches!(page.stem(), "config" | "README" | "LICENSE") {
            return None;
        }
        let folder = page.folder_path();
        Some(Route::at(match page.stem() {
            "index" => page.folder_route(&folder),
            stem => page.formed(&format!("{folder}/{stem}")),
        }))
    }

    fn page_endings(&self) -> &'static [&'static str] {
        &["html"]
    }

    fn publishes_files(&self) -> bool {
        true
    }

    /// Files of the folders that lose their underscore, lists of the pages with a tag, and the feed.
    fn may_make(&self, path: &str, survey: &Survey<'_>) -> bool {
        const SPECIAL: [&str; 5] = ["assets", "css", "layout", "libs", "literate"];
        let path = path.trim_start_matches('/');
        let first = path.split('/').next().unwrap_or_default();
        let file = if self.root.is_empty() { format!("_{path}") } else { format!("{}/_{path}", self.root) };
        matches!(first, "tag" | "feed.xml") || SPECIAL.contains(&first) && survey.has_file(&file)
    }
}
