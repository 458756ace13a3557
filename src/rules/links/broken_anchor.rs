use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::{Applicability, Changes, Fix},
    links::{AddressKind, TargetKind, shortened},
    markdown::{Anchor, AnchorKind, Anchors, Fragment},
    rule::{Fixable, Rule},
    rules::{destinations::fragment, pattern::Pattern},
    site::{
        Page, Site,
        urls::{self, encode},
    },
};

declare_rule! {
    /// A link names a part of a page that the page does not have
    ///
    /// ## Why
    ///
    /// `#low-tide` leads to the heading "Low tide". When the heading is renamed, or the link has a slip, readers are
    /// left at the top of the page and have to look for themselves.
    ///
    /// Looked at are links of Markdown and HTML and definitions, to parts of the same page and of others of the site. A
    /// page has the anchors of its headings, made as the site's generator makes them (`site.slugs` in the config),
    /// those that the author chose with `{#id}`, `id` and `name` in HTML, and footnotes. Capitals count.
    ///
    /// Silent for `#top`, lines such as `#L10-L20`, words of the page (`#:~:text=tide`), and where it cannot be known:
    /// files that are no pages, sites whose headings have no anchors, pages that take in another file.
    ///
    /// ## Bad
    ///
    /// ```md
    /// See [low tide](#low-tides).
    ///
    /// ## Low tide
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// See [low tide](#low-tide).
    ///
    /// ## Low tide
    /// ```
    pub struct BrokenAnchor {
        /// Whether `{/*id*/}` behind a heading names it, as on some sites that are written in MDX.
        comment_ids: bool = true,
        /// Whether links to parts of other pages are looked at, which markdownlint does not do.
        other_pages: bool = true,
        /// Whether capitals do not count.
        #[serde(rename = "ignore_case")]
        ignore_case: bool = false,
        /// A regular expression; fragments, without their `#`, of which a part matches are fine.
        #[serde(rename = "ignored_pattern")]
        ignored_pattern: Option<Pattern> = None,
    }
    id = "broken-anchor",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Addresses,
    aliases = &["MD051", "link-fragments"],
    markdownlint = &[("comment-ids", false), ("other-pages", false)],
}

/// How many findings of a page come with an idea of what was meant: each looks at all anchors of a page.
const MOST_IDEAS: usize = 100;

impl Rule for BrokenAnchor {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let here = page.targets.iter().filter(|target| target.address == AddressKind::Fragment);
        let here = here.map(|target| (target, page));
        let elsewhere =
            site.leads(page).filter_map(|(target, leads)| Some((target, aim(page, site, leads)?)));
        let elsewhere = elsewhere.filter(|(_, to)| self.other_pages || to.path == page.path);
        let mut ideas = MOST_IDEAS;
        for (target, to) in here.chain(elsewhere).filter(|(target, _)| target.kind != TargetKind::Image) {
            let fragment = fragment(&target.url);
            let Some(anchors) = to.anchors.as_ref().filter(|anchors| self.is_broken(fragment, anchors))
            else {
                continue;
            };
            let name = shortened(fragment);
            let message = if to.path == page.path {
                format!("this page has no anchor `{name}`")
            } else {
                format!("`{}` has no anchor `{name}`", to.path.display())
            };
            let start = target.url.len() - fragment.len();
            let found = sink.report(target.part(start..target.url.len()), message);
            let Some((right, trust)) = meant(fragment, anchors).filter(|_| ideas > 0) else {
                found.help("name a part that the page has, or leave out what is behind the `#`");
                continue;
            };
            ideas -= 1;
            found.help(match trust {
                Applicability::Safe => format!("capitals count: write `{right}`"),
                _ => format!("did you mean `{right}`?"),
            });
            if target.is_verbatim {
                let part = target.part(start..target.url.len());
                found.fix(Fix::replace(format!("write `{right}`"), trust, part, right));
            }
        }
    }
}

impl BrokenAnchor {
    /// Whether a fragment, its `#` included, leads nowhere.
    fn is_broken(&self, fragment: &str, anchors: &Anchors) -> bool {
        let Fragment::Id(id) = Fragment::parse(fragment) else { return false };
        let written = fragment.trim_start_matches('#');
        let counts = |anchor: &Anchor| self.comment_ids || anchor.kind != AnchorKind::Comment;
        let is_there = |id: &str| {
            // GitHub puts this before every id and takes links with and without it.
            let bare = id.strip_prefix("user-content-").unwrap_or(id);
            let has = |id| {
                anchors.get(id).is_some_and(counts)
                    || self.ignore_case && anchors.twin(id).is_some_and(counts)
            };
            has(id) || bare.len() < id.len() && has(bare)
        };
        // Tabs of DocFX, which are no places.
        let is_tab = written.starts_with("tab/");
        let is_ignored = || self.ignored_pattern.as_ref().is_some_and(|pattern| pattern.is_match(written));
        !is_there(&id) && !is_there(written) && !anchors.is_open() && !is_tab && !is_ignored()
    }
}

/// The page that an address names.
fn aim<'a>(page: &'a Page, site: &'a Site, leads: &urls::Target) -> Option<&'a Page> {
    match leads.on_site() {
        urls::Target::SamePage { .. } => Some(page),
        urls::Target::Page(to) => Some(&site.pages[to.page]),
        _ => None,
    }
}

/// The fragment that was probably meant, and how sure that is.
fn meant(fragment: &str, anchors: &Anchors) -> Option<(String, Applicability)> {
    let Fragment::Id(id) = Fragment::parse(fragment) else { return None };
    let anchor = anchors.nearest(&id)?;
    let is_twin = anchor.id.to_lowercase() == id.to_lowercase();
    let trust = if is_twin { Applicability::Safe } else { Applicability::Unsafe };
    Some((format!("#{}", encode(&anchor.id)), trust))
}
