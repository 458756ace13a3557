use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::{Applicability, Changes},
    links::{AddressKind, Answer, WebAddress, hosts::without_www, shortened},
    rule::{Fixable, Rule},
    rules::links::destinations::{fragment, like, replacement},
    site::{
        Page, Site,
        urls::{Moved, Target},
    },
    text::Span,
};

declare_rule! {
    /// Link to a moved URL
    ///
    /// ## What it does
    ///
    /// Reports links to URLs that have moved. Moves are declared by `links.moved` in the config, by the redirects of the host
    /// (`_redirects`, `netlify.toml`, `vercel.json`, `firebase.json`, `staticwebapp.config.json`, `.htaccess`), and by the old paths in front matter: `aliases` in Hugo, `redirect_from` in Jekyll. An old path
    /// at which a page exists again is ignored, unless `links.moved` lists its full URL. Links that the site itself redirects are
    /// reported as information.
    ///
    /// With `--link-report`, URLs that redirect permanently (301, 308) are reported as well; a redirect to the start page of
    /// a host is not a move.
    ///
    /// ## Why is this bad?
    ///
    /// The old URL may redirect today and stop working tomorrow.
    ///
    /// ## Example
    ///
    /// With `links: { moved: { "https://ferries.example/times": "https://ferry-times.example" } }` in the config:
    ///
    /// ```markdown
    /// The [ferry times](https://ferries.example/times/summer).
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// The [ferry times](https://ferry-times.example/summer).
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is unsafe: the content at the new URL may differ.
    pub struct MovedUrl {}
    id = "moved-url",
    fixable = Fixable::Sometimes,
    changes = Changes::Addresses,
}

impl Rule for MovedUrl {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        for (target, leads) in site.leads(page) {
            let Target::Moved(Moved { to, place, is_redirect }) = leads.on_site() else { continue };
            // The target of a full URL already has the query and fragment.
            let is_full_url = target.address == AddressKind::Web && matches!(leads, Target::Moved(_));
            if *to == *target.url || !is_full_url && is_short_form(page, site, &target.url, to) {
                continue;
            }
            let is_whole = is_full_url || !to.starts_with('/') || to.contains(['?', '#']);
            let to = if is_whole {
                to.clone()
            } else {
                like(page, site, target, &format!("{to}{}", fragment(&target.url)))
            };
            let shown = shortened(&to).into_owned();
            // Readers of an old link that redirects get where they want to.
            let most = if *is_redirect { Severity::Info } else { Severity::Error };
            sink.report(target.span, format!("URL has moved to `{shown}`"))
                .at_most(most)
                .also(place.clone())
                .fix_or_help(replacement(target, Applicability::Unsafe, to), format!("use `{shown}`"));
        }
        report_redirects(page, site, sink);
    }
}

/// Whether a path of the site is a short form of a URL on another host, which is made to be used: `/chat`.
fn is_short_form(page: &Page, site: &Site, written: &str, to: &str) -> bool {
    let layout = site.layout_of(page);
    let own = layout.url.as_ref().and_then(|url| url.host_str()).map(without_www);
    let is_elsewhere = WebAddress::of(to).is_some_and(|to| Some(without_www(to.host())) != own);
    let path = WebAddress::of(written).map_or(written, |written| written.path());
    let path = path.strip_prefix(layout.base()).unwrap_or(path).trim_matches('/');
    is_elsewhere && !path.contains('/')
}

/// Reports URLs that redirect for good, by the report of a link checker.
fn report_redirects(page: &Page, site: &Site, sink: &mut Sink<'_>) {
    let Some(report) = &site.link_report else { return };
    let known: Vec<Span> = site.leads(page).map(|(target, _)| target.span).collect();
    for target in page.targets.iter().filter(|target| target.address == AddressKind::Web) {
        let is_excepted = page.ignored_links.binary_search(&target.span).is_ok();
        let Some(Answer::Moved(to)) = report.answer(&target.url).filter(|_| !is_excepted) else { continue };
        if known.contains(&target.span) {
            continue;
        }
        let to = if to.contains('#') { to.clone() } else { format!("{to}{}", fragment(&target.url)) };
        let shown = shortened(&to).into_owned();
        sink.report(target.span, format!("URL redirects to `{shown}`"))
            .fix_or_help(replacement(target, Applicability::Unsafe, to), format!("use `{shown}`"));
    }
}
