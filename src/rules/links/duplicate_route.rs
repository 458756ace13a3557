use crate::{
    declare_rule,
    diagnostic::{Label, Severity, Sink},
    links::shortened,
    rule::Rule,
    rules::links::routes::{own_place, shown},
    site::{Extent, Page, Site, urls::Clash},
};

declare_rule! {
    /// URL is used by more than one page
    ///
    /// ## What it does
    ///
    /// Reports pages whose URL is also the URL of another page, and old paths in front matter (`aliases` in Hugo,
    /// `redirect_from` in Jekyll) that are the URL or an old path of another page. Pages are also reported if a redirect
    /// in the config or in a redirects file has exactly their URL. The URLs are those that the site generator creates;
    /// without a known generator nothing is reported.
    ///
    /// ## Why is this bad?
    ///
    /// Only one page can be published at a URL. Most generators overwrite the other one without a message; some stop the
    /// build. An old path that is the URL of a page is reported as a warning, and one that several versions of the same page
    /// have as `info`.
    ///
    /// ## Example
    ///
    /// On a Hugo site, `posts/neap.md` and `posts/neap-tide.md` with
    ///
    /// ```yaml
    /// slug: neap-tide
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```yaml
    /// slug: neap
    /// ```
    pub struct DuplicateRoute {}
    id = "duplicate-route",
    severity = Severity::Error,
}

impl Rule for DuplicateRoute {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        if site.extent() == Extent::OnePage {
            return;
        }
        let Some(index) = page.path.to_str().and_then(|path| site.page_at(path)) else { return };
        // What the URL of a page with broken front matter is depends on what is meant.
        let is_known = |page: &Page| page.front_matter.as_ref().is_none_or(|it| it.tree.errors.is_empty());
        let clashes =
            site.clashes(index).iter().filter(|it| is_known(page) && is_known(&site.pages[it.other]));
        for clash in clashes {
            report_clash(page, site, clash, sink);
        }
        if let Some(moved) = site.redirect_of(index) {
            let route = shown(site.route(index).unwrap_or_default());
            sink.report(
                own_place(page),
                format!("URL `{route}` of this page is redirected to `{}`", shortened(&moved.to)),
            )
            .at_most(Severity::Warning)
            .help("remove the redirect, or change the URL of the page")
            .also(moved.place);
        }
    }
}

/// Whether two pages are the same in two versions of a manual: their paths differ in folders that are named by numbers.
fn are_versions(page: &Page, other: &Page) -> bool {
    let without_versions = |page: &Page| {
        let is_version = |part: &str| part.contains(|c: char| c.is_ascii_digit()) && part.contains('.');
        let parts = page.path.parent().into_iter().flat_map(|folder| folder.iter());
        let parts = parts.map(|part| part.to_string_lossy());
        let kept = parts.filter(|part| !is_version(part) && part != "archive");
        kept.map(String::from).collect::<Vec<_>>()
    };
    page.path.file_name() == other.path.file_name() && without_versions(page) == without_versions(other)
}

fn report_clash(page: &Page, site: &Site, clash: &Clash, sink: &mut Sink<'_>) {
    let other = &site.pages[clash.other];
    let (route, file) = (shown(&clash.route), other.path.display());
    let what = if clash.alias.is_some() { "old path" } else { "URL" };
    let whose = if clash.other_alias.is_some() { "an old path" } else { "the URL" };
    let help = match clash.alias {
        Some(_) => "remove it here or change the other page",
        None => "change the URL of one of the pages",
    };
    let place = clash.alias.unwrap_or_else(|| own_place(page));
    let other_place = clash.other_alias.unwrap_or_else(|| own_place(other));
    let most = match (clash.alias, clash.other_alias) {
        (Some(_), Some(_)) if are_versions(page, other) => Severity::Info,
        (None, None) => Severity::Error,
        _ => Severity::Warning,
    };
    sink.report(place, format!("{what} `{route}` is also {whose} of `{file}`"))
        .at_most(most)
        .help(help)
        .also(Label::with_message(&other.path, other_place, "also used here"));
}
