//! What the rules about where links lead share: what is missing, and how to write in a page what is there.

use crate::{
    diagnostic::{Diagnostic, Sink},
    fix::{Applicability, Fix},
    links::{self, TargetKind, WebAddress, shortened},
    site::{
        Page, Site,
        urls::{Evidence, Missing, OwnHost, OwnSite, Reason, Suggestion, Target},
    },
};

/// Endings of pictures.
const PICTURES: [&str; 11] =
    [".apng", ".avif", ".bmp", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".tiff", ".webp"];

/// Whether an address stands for a picture; where its place leaves that open, such as in a definition, its ending
/// tells.
pub(super) fn is_image(target: &links::Target) -> bool {
    match target.kind {
        TargetKind::Image => true,
        TargetKind::Link | TargetKind::Autolink | TargetKind::Bare => false,
        TargetKind::Definition | TargetKind::Html | TargetKind::FrontMatter => {
            let path = target.url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
            PICTURES.iter().any(|ending| path.ends_with(ending))
        }
    }
}

/// Whether an address that is missing is one of the site's host that may have been published from elsewhere: it names
/// the host, and no index says that the repository lacks the page.
pub(super) fn is_doubtful(own: &OwnSite) -> bool {
    own.host == OwnHost::Canonical
        && matches!(&*own.target, Target::Missing(it) if it.case_twin.is_none() && it.evidence == Evidence::Disk)
}

/// Whether the page is read on the site, and not on a forge alone: only there `/` is the root of the site.
pub(super) fn is_on_site(page: &Page, site: &Site) -> bool {
    let index = page.path.to_str().and_then(|path| site.page_at(path));
    index.is_some_and(|index| site.route(index).is_some())
}

/// The query of an address, with its mark; empty where it has none.
fn query(address: &str) -> &str {
    let bare = &address[..address.len() - fragment(address).len()];
    bare.find('?').map_or("", |at| &bare[at..])
}

/// The fragment of an address, with its mark; empty where it has none.
pub(super) fn fragment(address: &str) -> &str {
    address.find('#').map_or("", |at| &address[at..])
}

/// A path in the form that an address has: with its query, and with its host where that has to stay.
pub(super) fn like(page: &Page, site: &Site, target: &links::Target, path: &str) -> String {
    let fragment = fragment(path);
    let path = path.strip_suffix(fragment).unwrap_or(path);
    let query = query(&target.url);
    let needs_host = matches!(target.kind, TargetKind::Autolink | TargetKind::Bare | TargetKind::FrontMatter)
        || !is_on_site(page, site);
    let host = WebAddress::of(&target.url).filter(|_| needs_host).map_or("", |web| {
        // The path of an address begins where its host and port end.
        &target.url[..web.path.start]
    });
    format!("{host}{path}{query}{fragment}")
}

/// Reports that a destination is missing.
pub(super) fn report_missing(
    sink: &mut Sink<'_>,
    page: &Page,
    site: &Site,
    target: &links::Target,
    missing: &Missing,
) {
    let found = sink.report(target.span, describe(missing));
    suggest(found, page, site, target, missing);
}

/// Says what a destination that leads nowhere may have meant, if there is an idea.
pub(super) fn suggest(
    found: &mut Diagnostic,
    page: &Page,
    site: &Site,
    target: &links::Target,
    missing: &Missing,
) {
    let suggestions = site.suggestions(page, missing);
    let Some(Suggestion { reason, destination, .. }) = suggestions.first() else {
        found.help(match &missing.better_form {
            Some(form) => format!("pages of this site have paths such as `{}`", shortened(form)),
            None if is_image(target) => "name a picture that is there, or leave it out".to_owned(),
            None => "name a page that is there, or leave the link out".to_owned(),
        });
        return;
    };
    let right = like(page, site, target, destination);
    let shown = shortened(&right).into_owned();
    found.help(match reason {
        Reason::Case => format!("write `{shown}`"),
        Reason::SameName => format!("one of this name is at `{shown}`"),
        Reason::Renamed => format!("it was renamed: write `{shown}`"),
        Reason::Similar => format!("did you mean `{shown}`?"),
    });
    let trust = if *reason == Reason::Case { Applicability::Safe } else { Applicability::Unsafe };
    rewrite(found, target, trust, right);
}

/// Offers another address in place of one, where the file has that as it is meant.
pub(super) fn rewrite(
    found: &mut Diagnostic,
    target: &links::Target,
    applicability: Applicability,
    right: String,
) {
    if target.is_verbatim {
        let title = format!("write `{}`", shortened(&right));
        found.fix(Fix::replace(title, applicability, target.span, right));
    }
}

/// What is not there, in words: `there is no page …`.
fn describe(missing: &Missing) -> String {
    let looked_for = &*missing.looked_for;
    let name = looked_for.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let is_page = ending.is_none_or(|ending| matches!(ending.as_str(), "html" | "htm"));
    let what = if looked_for.starts_with('/') && is_page { "page" } else { "file" };
    let place = if looked_for.starts_with('/') { " on this site" } else { "" };
    format!("there is no {what} `{}`{place}", shortened(looked_for))
}
