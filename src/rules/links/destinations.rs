//! Link destinations: reporting missing ones, and replacing them.

use crate::{
    diagnostic::{Diagnostic, Severity, Sink},
    fix::{Applicability, Fix},
    links::{self, AddressKind, TargetKind, WebAddress, shortened},
    site::{
        Page, Site,
        urls::{LinkSuggestions, Missing, MissingEvidence, OwnHost, OwnSite, Reason, Suggestion, Target},
    },
};

/// File name extensions of images.
const IMAGE_EXTENSIONS: [&str; 11] =
    [".apng", ".avif", ".bmp", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".tiff", ".webp"];

/// Whether a destination is an image. If the context does not tell, as in a definition, the extension does.
pub(in crate::rules) fn is_image(target: &links::UrlTarget) -> bool {
    match target.kind {
        TargetKind::Image => true,
        TargetKind::Link | TargetKind::Autolink | TargetKind::Bare | TargetKind::Wikilink => false,
        TargetKind::Embed
        | TargetKind::Definition
        | TargetKind::Html
        | TargetKind::HtmlMedia
        | TargetKind::FrontMatter => {
            let path = target.url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
            IMAGE_EXTENSIONS.iter().any(|extension| path.ends_with(extension))
        }
    }
}

/// Whether a destination is an image that the page shows, not one that it links to. Of a definition, that is not known.
pub(in crate::rules) fn is_shown_image(target: &links::UrlTarget) -> bool {
    is_image(target) && !matches!(target.kind, TargetKind::Definition | TargetKind::Html)
}

/// Whether a missing URL on the site's host may have been published from elsewhere: no git index shows that the
/// repository does not contain the page.
pub(super) fn is_doubtful(own: &OwnSite) -> bool {
    matches!(own.host, OwnHost::Canonical | OwnHost::Learned)
        && matches!(&*own.target, Target::Missing(it) if it.case_twin.is_none() && it.evidence == MissingEvidence::Disk)
}

/// Whether the page is published on the site, where `/` is the root of the site, and not only read on a forge.
pub(super) fn is_on_site(page: &Page, site: &Site) -> bool {
    let index = page.path.to_str().and_then(|path| site.page_at(path));
    index.is_some_and(|index| site.route(index).is_some())
}

/// The query of a URL, including the `?`; empty if it has none.
fn query(address: &str) -> &str {
    let bare = &address[..address.len() - fragment(address).len()];
    bare.find('?').map_or("", |at| &bare[at..])
}

/// The fragment of a URL, including the `#`; empty if it has none.
pub(super) fn fragment(address: &str) -> &str {
    address.find('#').map_or("", |at| &address[at..])
}

/// The fragment of a destination, including the `#`; that of a template tag is within it.
pub(super) fn fragment_of(target: &links::UrlTarget) -> &str {
    let fragment = fragment(&target.url);
    match target.address {
        AddressKind::Template => fragment.split(['"', '\'', '`', ' ']).next().unwrap_or_default(),
        _ => fragment,
    }
}

/// The path for a link to a page, as its generator takes it best: the way to the page's file, or its URL on the site,
/// which is what the attributes of HTML have to name.
pub(super) fn link_to(page: &Page, site: &Site, target: &links::UrlTarget, to: usize) -> Option<String> {
    if target.kind.is_html() || needs_host(page, site, target) {
        site.canonical_link(to, None)
    } else {
        site.best_link(page, to)
    }
}

/// Whether a full URL stays one: where readers see it, and where `/` is not the root of the site.
fn needs_host(page: &Page, site: &Site, target: &links::UrlTarget) -> bool {
    matches!(target.kind, TargetKind::Autolink | TargetKind::Bare | TargetKind::FrontMatter)
        || !is_on_site(page, site)
}

/// A path in the style of an existing destination: with its query, and with its host where that is needed.
pub(super) fn like(page: &Page, site: &Site, target: &links::UrlTarget, path: &str) -> String {
    let fragment = fragment(path);
    let path = path.strip_suffix(fragment).unwrap_or(path);
    let query = query(&target.url);
    let needs_host = needs_host(page, site, target);
    let host =
        WebAddress::of(&target.url).filter(|_| needs_host).map_or("", |web| &target.url[..web.path.start]);
    format!("{host}{path}{query}{fragment}")
}

/// Reports a missing destination.
pub(in crate::rules) fn report_missing<'a>(
    sink: &mut Sink<'_>,
    target: &links::UrlTarget,
    missing: &'a Missing,
    suggestions: &mut LinkSuggestions<'a>,
) {
    if missing
        .unpublished
        .is_some_and(|it| std::ptr::eq(&raw const suggestions.site.pages[it], suggestions.page))
    {
        // The address that a page gives itself in its front matter holds once it is published.
        return;
    }
    let diagnostic = sink.report(target.span, message(missing));
    if target.address == AddressKind::Vault {
        diagnostic.help("link to a file of the vault, or remove the link");
        // Links to notes that are not written yet are usual: a click on one creates the note.
        if !is_image(target) && !missing.looked_for.rsplit('/').next().unwrap_or_default().contains('.') {
            diagnostic.at_most(Severity::Info);
        }
        return;
    }
    if missing.unpublished.is_some() {
        diagnostic.help("publish the page, or remove the link");
        return;
    }
    suggest(diagnostic, target, missing, suggestions);
}

/// Suggests a replacement for a missing destination, if there is a similar one.
pub(super) fn suggest<'a>(
    diagnostic: &mut Diagnostic,
    target: &links::UrlTarget,
    missing: &'a Missing,
    suggestions: &mut LinkSuggestions<'a>,
) {
    let (page, site) = (suggestions.page, suggestions.site);
    let Some(Suggestion { reason, destination, .. }) = suggestions.get(missing).first() else {
        diagnostic.help(match &missing.better_form {
            Some(form) => format!("pages on this site have paths such as `{}`", shortened(form)),
            None if is_image(target) => "use an existing image, or remove it".to_owned(),
            None => "link to an existing page, or remove the link".to_owned(),
        });
        return;
    };
    let right = like(page, site, target, destination);
    let shown = shortened(&right).into_owned();
    if *reason == Reason::Case {
        let fix = replacement(target, Applicability::Safe, right);
        diagnostic.fix_or_help(fix, format!("use `{shown}`"));
        return;
    }
    diagnostic.help(match reason {
        Reason::SameName => format!("a file with this name exists at `{shown}`"),
        Reason::Renamed => format!("the file was renamed to `{shown}`"),
        Reason::Similar | Reason::Case => format!("did you mean `{shown}`?"),
    });
    diagnostic.fixes.extend(replacement(target, Applicability::Unsafe, right));
}

/// Replaces a destination; `None` if the source does not contain it verbatim.
pub(super) fn replacement(
    target: &links::UrlTarget,
    applicability: Applicability,
    right: String,
) -> Option<Fix> {
    let title = format!("Replace with `{}`", shortened(&right));
    let is_whole = target.is_verbatim && target.address != AddressKind::Template;
    is_whole.then(|| Fix::replace(title, applicability, target.span, right))
}

fn message(missing: &Missing) -> String {
    let looked_for = &*missing.looked_for;
    if missing.unpublished.is_some() {
        return format!("page `{}` is not published", shortened(looked_for));
    }
    let name = looked_for.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let is_page = extension.is_none_or(|extension| matches!(extension.as_str(), "html" | "htm"));
    let what = if looked_for.starts_with('/') && is_page { "page" } else { "file" };
    let place = if looked_for.starts_with('/') { " on this site" } else { "" };
    format!("{what} `{}` not found{place}", shortened(looked_for))
}
