use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    rule::Rule,
    site::{Page, Site, urls::SiteKind},
    text::Span,
};

declare_rule! {
    /// No other page has a link to this one
    ///
    /// ## Why
    ///
    /// Readers come upon a page by a link. One that none leads to was forgotten, or should have gone with the page that
    /// had the link.
    ///
    /// What templates make, menus and lists above all, is not known and does not count; that is why the rule is off.
    /// Taken as listed are the pages of collections with a `permalink` and Jekyll's posts. Silent for pages that stand
    /// for a folder or the whole site (`index.md`, `_index.md`, `README.md`), drafts, and pages that are not on the
    /// site.
    ///
    /// ## Bad
    ///
    /// A page `old-pier.md` that no other page names:
    ///
    /// ```markdown
    /// # The old pier
    /// ```
    ///
    /// ## Good
    ///
    /// With another page that says:
    ///
    /// ```markdown
    /// Before the storm there was [the old pier](old-pier.md).
    /// ```
    pub struct OrphanPage {
        /// Pages that need no link, by their paths on the site, such as `/thanks/`.
        allow: Vec<String> = vec![],
    }
    id = "orphan-page",
    severity = Severity::Info,
    on = false,
}

impl Rule for OrphanPage {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let path = page.path.to_string_lossy();
        let Some((index, route)) = site.page_at(&path).and_then(|index| Some((index, site.route(index)?)))
        else {
            return;
        };
        let is_allowed =
            self.allow.iter().any(|allowed| allowed.trim_matches('/') == route.trim_matches('/'));
        if is_index(&path) || route == "/" || is_listed(page, site) || is_draft(page) || is_allowed {
            return;
        }
        if !site.is_linked(index) {
            let title = page.root().and_then(|root| root.get("title"));
            sink.report(
                title.map_or(Span::empty(0), |title| title.span),
                "no other page has a link to this one",
            )
            .help("link to it where readers would look for it, or take it from the site");
        }
    }
}

/// Whether a page stands for its folder.
fn is_index(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default().to_lowercase();
    ["index.", "_index.", "readme."].iter().any(|stem| name.starts_with(stem))
}

/// Whether a template lists the page.
fn is_listed(page: &Page, site: &Site) -> bool {
    let is_post = || {
        let parts = page.path.iter();
        site.urls.layout.kind == Some(SiteKind::Jekyll) && parts.into_iter().any(|part| part == "_posts")
    };
    page.collection.as_ref().is_some_and(|collection| collection.permalink.is_some()) || is_post()
}

fn is_draft(page: &Page) -> bool {
    let text = |key| page.root().and_then(|root| root.get(key)).and_then(crate::yaml::Node::text);
    text("draft") == Some("true") || text("published") == Some("false")
}
