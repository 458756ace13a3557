//! What Hugo makes besides the pages that have a source.

use super::Setup;
use crate::data::Node;

/// What the config and the templates of a site make.
#[derive(Debug, Default)]
pub(super) struct Outputs {
    /// Files in the root of the site.
    files: Vec<&'static str>,
    /// Whether pages that are no lists may have feeds.
    pub(super) has_page_feeds: bool,
}

/// Whether the config switches a kind of page off.
pub(super) fn disables(find: &dyn Fn(&str) -> Option<Node>, kind: &str) -> bool {
    let kinds = find("disableKinds");
    let mut kinds = kinds.iter().flat_map(Node::self_or_items).filter_map(Node::text);
    kinds.any(|it| it.eq_ignore_ascii_case(kind))
}

impl Outputs {
    pub(super) fn of(setup: &Setup<'_>, find: &dyn Fn(&str) -> Option<Node>) -> Self {
        let mut files = Vec::new();
        if !disables(find, "sitemap") {
            files.push("sitemap.xml");
        }
        if find("enableRobotsTXT").as_ref().and_then(Node::as_bool) == Some(true) {
            files.push("robots.txt");
        }
        let has_template = ["layouts", "layouts/_default"]
            .iter()
            .any(|folder| setup.names(folder).iter().any(|name| name.starts_with("404.")));
        if has_template && !disables(find, "404") {
            files.extend(["404.html", "404"]);
        }
        let outputs = find("outputs");
        Self { files, has_page_feeds: outputs.is_some_and(|it| super::get(&it, "page").is_some()) }
    }

    /// Whether a file is made in the root of the site, by the name of it. What a theme has is not known.
    pub(super) fn make(&self, name: &str, has_theme: bool) -> bool {
        self.files.contains(&name) || has_theme && matches!(name, "robots.txt" | "404.html" | "404")
    }
}
