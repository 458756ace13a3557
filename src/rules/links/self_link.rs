use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::{Applicability, Changes},
    links::{self, TargetKind, WebAddress, shortened},
    rule::{Fixable, Rule},
    rules::links::destinations::{fragment, is_doubtful, is_on_site, like, link_to, replacement},
    site::{
        Page, Site,
        urls::{Form, Missing, OwnHost, OwnSite, PageTarget, Target},
    },
};

declare_rule! {
    /// Link to this site does not use the site's URL style
    ///
    /// ## What it does
    ///
    /// Reports links to pages of the site that contain the site's own host, or whose path differs from the site's URL
    /// style, such as `/tides.html` or `/tides` for `/tides/`. The style is known from the site generator or from
    /// `site.trailing-slash` in the config. The host is `site.url` in the config, or else that of the generator's config,
    /// a `CNAME` file, `site_url` of the CMS or `homepage` in `package.json`. If none of them names it, it is the host on
    /// which most linked paths, at least three of them, are those of pages of this site.
    ///
    /// Links to the home page may contain the host. So may front matter, URLs that are visible in the text, and pages
    /// that are not part of the site, such as the README of its repository.
    ///
    /// ## Why is this bad?
    ///
    /// A full URL leaves the preview or copy of the site on which it is opened, and breaks when the host changes. It
    /// works and may be intended, for example for feeds, so it is reported as `info`. A path in another style costs a
    /// redirect at best; on some servers it is broken. A path without the slash or the `.html` at its end works on the
    /// usual servers and is reported as `info`, and so is any other style if the host is known only from links and the
    /// page exists.
    ///
    /// ## Example
    ///
    /// With `site: { url: "https://quay.example", trailing-slash: always }` in the config:
    ///
    /// ```markdown
    /// See the [tides](https://quay.example/tides/) and the [ferries](/ferries).
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// See the [tides](/tides/) and the [ferries](/ferries/).
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is safe, unless the site is published below a path of its host, since some generators add that path to
    /// links, the host is known from links only, or the page at the new path is not known. URLs whose path would name a
    /// translation of the page are not reported.
    pub struct SelfLink {}
    id = "self-link",
    fixable = Fixable::Sometimes,
    changes = Changes::Addresses,
}

impl Rule for SelfLink {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        for (target, leads) in site.leads(page) {
            let Some(Expected { path, message, severity }) = expected(page, site, target, leads) else {
                continue;
            };
            let right = like(page, site, target, &path);
            if right == *target.url {
                continue;
            }
            // If the site is below a path of the host, some generators add it to links that start with `/`.
            let is_learned = matches!(leads, Target::OwnSite(OwnSite { host: OwnHost::Learned, .. }));
            let goes_on = change(page, site, target, leads, &right);
            if goes_on == Change::OtherPage {
                continue;
            }
            let is_sure =
                site.layout_of(page).base().is_empty() && !is_learned && goes_on == Change::SamePage;
            let applicability = if is_sure { Applicability::Safe } else { Applicability::Unsafe };
            let help = format!("use `{}`", shortened(&right));
            sink.report(target.span, message)
                .at_most(severity)
                .fix_or_help(replacement(target, applicability, right), help);
        }
    }
}

/// What becomes of a link with another destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    /// It leads to the same page, or to what is not a page.
    SamePage,
    /// It leads to another, such as the translation in the language of the page.
    OtherPage,
    /// Where it leads is not known.
    Unknown,
}

fn change(page: &Page, site: &Site, target: &links::UrlTarget, leads: &Target, right: &str) -> Change {
    let before = match leads.on_site() {
        Target::Page(before) => before,
        Target::File { .. } | Target::Folder { .. } => return Change::SamePage,
        // What the host makes of the URL, such as a redirect, is no page for the generator, which may stop at the link.
        _ => return Change::Unknown,
    };
    match site.would_lead(page, target, right).on_site() {
        Target::Page(after) if after.page == before.page => Change::SamePage,
        Target::Page(_) => Change::OtherPage,
        _ => Change::Unknown,
    }
}

/// What a link should look like.
struct Expected {
    /// The path and fragment.
    path: String,
    /// What is wrong with the current ones.
    message: &'static str,
    /// The highest level of the finding.
    severity: Severity,
}

fn expected(page: &Page, site: &Site, target: &links::UrlTarget, leads: &Target) -> Option<Expected> {
    let fragment = fragment(&target.url);
    let (path, message, severity) = match leads {
        Target::Page(to) => wrong_style(page, site, target, to)?,
        Target::OwnSite(own) => match &*own.target {
            Target::Page(to) if wrong_style(page, site, target, to).is_some() => {
                let (path, message, severity) = wrong_style(page, site, target, to)?;
                // The page is there, and the server of a host that no config names may take both forms.
                let is_learned = own.host == OwnHost::Learned;
                (path, message, if is_learned { Severity::Info } else { severity })
            }
            Target::Missing(Missing { better_form: Some(form), .. }) if is_doubtful(own) => {
                (format!("{}{form}", site.layout_of(page).base()), HTML, Severity::Error)
            }
            _ => (without_host(page, site, target, own)?, "absolute URL to this site", Severity::Info),
        },
        _ => return None,
    };
    Some(Expected { path: format!("{path}{fragment}"), message, severity })
}

const HTML: &str = "path should not end with `.html`";

/// The path of a page to which a link uses another style of path.
fn wrong_style(
    page: &Page,
    site: &Site,
    target: &links::UrlTarget,
    to: &PageTarget,
) -> Option<(String, &'static str, Severity)> {
    let (message, severity) = match to.form {
        Form::Html => (HTML, Severity::Error),
        // Servers add the slash with a redirect.
        Form::SlashMissing => ("path should end with a slash", Severity::Info),
        Form::HtmlMissing => ("path should end with `.html`", Severity::Info),
        Form::SlashExtra => ("path does not match the URL of the page", Severity::Error),
        Form::Canonical | Form::Source | Form::RawSource | Form::Other => return None,
    };
    let path = link_to(page, site, target, to.page)?;
    let path = relative(target, &path).unwrap_or(path);
    Some((path, message, severity))
}

/// The relative path of a link with the ending of a page's URL, if the names are the same.
fn relative(target: &links::UrlTarget, path: &str) -> Option<String> {
    let written = target.url.split(['?', '#']).next()?;
    let is_relative = !written.starts_with('/') && WebAddress::of(&target.url).is_none();
    let bare = |path: &str| path.trim_end_matches('/').trim_end_matches(".html").len();
    let (written, path) = (written.split_at(bare(written)).0, path.split_at_checked(bare(path))?);
    let is_same = path.0.starts_with('/') && written.rsplit('/').next() == path.0.rsplit('/').next();
    (is_relative && is_same).then(|| format!("{written}{}", path.1))
}

/// The path of a full URL to a page of the site, except the home page.
fn without_host(page: &Page, site: &Site, target: &links::UrlTarget, own: &OwnSite) -> Option<String> {
    let has_reason = matches!(target.kind, TargetKind::Autolink | TargetKind::Bare | TargetKind::FrontMatter);
    let is_there = !matches!(&*own.target, Target::Missing(_) | Target::Moved(_) | Target::Malformed(_));
    // Other names of the host are reported by `non-canonical-host`.
    let is_known = matches!(own.host, OwnHost::Canonical | OwnHost::Learned);
    let is_reported = is_known && !has_reason && (is_there || is_doubtful(own));
    if !is_reported || !is_on_site(page, site) {
        return None;
    }
    let path = WebAddress::of(&target.url)?.path();
    let is_home = path.trim_end_matches('/') == site.layout_of(page).base();
    let file = match &*own.target {
        Target::Page(to) => link_to(page, site, target, to.page).filter(|link| !link.starts_with('/')),
        _ => None,
    };
    (!is_home).then(|| file.unwrap_or_else(|| path.to_owned()))
}
