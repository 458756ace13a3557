use std::{collections::HashSet, path::Path, sync::Arc};

use crate::{
    declare_rule,
    diagnostic::{Label, Recurrence, Severity, Sink},
    markdown::{Anchor, AnchorKind},
    rule::Rule,
    rules::links::routes::{KEYS, shown},
    site::{OldPage, Page, Site, urls::LayoutOrigin},
    text::{Span, quantity},
};

declare_rule! {
    /// Published URL is removed without a redirect
    ///
    /// ## What it does
    ///
    /// With `--since`, reports pages that a change removes, renames or no longer publishes, and pages whose URL it
    /// changes, if nothing is left at the old URL. An old URL is not reported if another page has it, if it is redirected
    /// (`aliases` in Hugo and Zola, `redirect_from` in Jekyll, plugins for redirects, `_redirects`, `netlify.toml`,
    /// `vercel.json`, `firebase.json`, `staticwebapp.config.json`, `.htaccess`, `links.moved` in the config), if the
    /// build may create it, or if another file of the same change contains it. The URLs are those that the site
    /// generator creates; without a known generator nothing is reported.
    ///
    /// As info, anchors are reported that a change removes from a page: headings that it renames or removes.
    ///
    /// Without `--since` the rule does nothing.
    ///
    /// ## Why is this bad?
    ///
    /// Other sites, search engines and bookmarks still use the old URL. Links on the site itself are checked by
    /// `broken-link`; those of other sites cannot be fixed by a change to this site.
    ///
    /// ## Example
    ///
    /// On a Hugo site, a change renames `posts/neap.md` to `posts/neap-tide.md`.
    ///
    /// ## Use instead
    ///
    /// ```yaml
    /// aliases:
    ///   - /posts/neap/
    /// ```
    pub struct RemovedUrl {
        /// Also report anchors that are removed from pages.
        anchors: bool = true,
    }
    id = "removed-url",
    recurrence = Recurrence::Never,
}

/// The most anchors that a message lists.
const MAX_ANCHORS: usize = 3;

impl Rule for RemovedUrl {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let Some((before, old, index)) = site
            .before()
            .and_then(|before| Some((before, before.page(&page.path)?, site.page_at(page.path.to_str()?)?)))
        else {
            return;
        };
        if !before.touches(&page.path) {
            return;
        }
        match site.published_route(index) {
            _ if site.keeps_url(before, old) => {}
            Some(new) => {
                let (was, new) = (shown(&old.route), shown(new));
                sink.report(
                    place(page, old),
                    format!("URL changes from `{was}` to `{new}` without a redirect"),
                )
                .help(help(site, page, &was));
                return;
            }
            None => {
                let was = shown(&old.route);
                sink.report(place(page, old), format!("page at `{was}` is no longer published"))
                    .help(format!("add a redirect from `{was}`, or keep the page"));
                return;
            }
        }
        if self.anchors {
            report_anchors(page, old, sink);
        }
    }

    fn check_removed(&self, page: &OldPage, site: &Site, sink: &mut Sink<'_>) {
        let Some(before) = site.before() else { return };
        if !site.keeps_url(before, page) {
            let was = shown(&page.route);
            sink.report(Span::empty(0), format!("page at `{was}` is removed without a redirect"))
                .help(format!("add a redirect from `{was}`"));
        }
    }

    /// Pages that the change leaves alone have another URL because something else decides on it.
    fn check_site(&self, site: &Site, sink: &mut Sink<'_>) {
        let Some(before) = site.before() else { return };
        let changed = site.pages.iter().enumerate().filter(|(_, page)| !before.touches(&page.path));
        let changed = changed.filter_map(|(index, page)| {
            let (old, new) = (before.page(&page.path)?, site.published_route(index));
            (new != Some(&*old.route) && !site.keeps_url(before, old)).then_some((page, old, new))
        });
        let changed: Vec<_> = changed.collect();
        let Some((page, old, new)) = changed.first() else { return };
        let was = shown(&old.route);
        let example = match new {
            Some(new) => format!("`{was}` is now `{}`", shown(new)),
            None => format!("`{was}` is no longer published"),
        };
        let count = quantity(changed.len(), "URL");
        let verb = if changed.len() == 1 { "changes" } else { "change" };
        let message = format!("{count} of pages {verb} without a redirect: {example}");
        let config = site.layout_of(page).origins.values().find_map(|origin| match origin {
            LayoutOrigin::Generator(path) => Some(Arc::from(Path::new(&**path))),
            LayoutOrigin::Config(_) | LayoutOrigin::Kind(_) => None,
        });
        let place = |path: Arc<Path>| Label::new(&path, Span::empty(0));
        match config.map(place) {
            Some(place) => sink.report_at(place, message),
            None => sink.report(Span::empty(0), message),
        }
        .help("add redirects from the old URLs, or keep them");
    }
}

/// What to do for a page whose URL changed.
fn help(site: &Site, page: &Page, was: &str) -> String {
    match site.old_paths_key(page) {
        Some(key) => format!("add `{was}` to `{key}`"),
        None => format!("add a redirect from `{was}`"),
    }
}

/// The value of the front matter that gives a page another URL than before, or the file as a whole.
fn place(page: &Page, old: &OldPage) -> Span {
    let differs = |key: &&str| {
        let new = page.root()?.get(key)?;
        let was = old.facts.root().and_then(|root| root.get(key)?.text());
        (new.text() != was).then_some(new.span)
    };
    KEYS.iter()
        .chain(&["date", "draft", "published", "categories", "category", "lang", "type"])
        .find_map(differs)
        .unwrap_or_else(|| Span::empty(0))
}

/// Reports the anchors that a page had and has no more.
fn report_anchors(page: &Page, old: &OldPage, sink: &mut Sink<'_>) {
    let (Some(new), Some(was)) = (&page.anchors, &old.facts.anchors) else { return };
    let is_heading = |anchor: &&Anchor| matches!(anchor.kind, AnchorKind::Heading | AnchorKind::Explicit);
    let removed: Vec<&Anchor> =
        was.iter().filter(is_heading).filter(|anchor| !new.contains(&anchor.id)).collect();
    let Some(first) = removed.first().filter(|_| !new.is_open(|_| false)) else { return };
    let mut names: Vec<String> =
        removed.iter().take(MAX_ANCHORS).map(|anchor| format!("`#{}`", shown(&anchor.id))).collect();
    if removed.len() > MAX_ANCHORS {
        names.push(format!("{} more", removed.len() - MAX_ANCHORS));
    }
    let message =
        format!("{} removed from this page: {}", quantity(removed.len(), "anchor"), names.join(", "));
    // What took the place of the first one: the next new heading after the last one that stayed.
    let stayed = was.iter().take_while(|anchor| anchor.span != first.span);
    let stayed = stayed.filter_map(|anchor| Some(new.get(&anchor.id)?.span)).last();
    let known: HashSet<&str> = was.iter().map(|anchor| &*anchor.id).collect();
    let after = new.iter().filter(is_heading).find(|it| stayed.is_none_or(|stayed| it.span > stayed));
    let place = after.filter(|anchor| !known.contains(&*anchor.id)).map(|anchor| anchor.span);
    sink.report(place.or(stayed).unwrap_or_else(|| Span::empty(0)), message)
        .at_most(Severity::Info)
        .help("keep the old anchors if other sites link to them");
}
